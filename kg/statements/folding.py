"""Finding words in a text as a reader sees it: picture labels, quotation marks, dashes, white space and Unicode forms.

A `Folded` text keeps for each of its letters where the raw letters stand, so that what is found leads back to them.

>>> text = "about the CometPetrel “wing” – lost"
>>> [hit.of(text) for hit in fold(text, ("Comet",)).find('the Petrel "wing" -')]
['the CometPetrel “wing” –']
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Span

_DOUBLE = "“”„‟«»″〝〞＂"
_SINGLE = "‘’‚‛‹›′ʼ`´"
_DASHES = "‐‑‒–—―−﹘﹣－"
_SILENT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SIGNS = str.maketrans(
    dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SILENT, "")
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in its folded form, and where each of its letters begins and ends in the raw text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def find(self, words: str) -> Iterator[Span]:
        """Yield where the words stand in the raw text, in order; where they overlap themselves, each place."""
        wanted = plain(words)
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            yield self.span(at, at + len(wanted))
            at = self.text.find(wanted, at + 1)

    def span(self, start: int, end: int) -> Span:
        """Return the raw stretch behind a stretch of the folded text."""
        return Span(self.starts[start], self.ends[end - 1])

    def cuts(self, words: str, span: Span) -> bool:
        """Return whether the stretch begins or ends inside a word."""
        at = bisect_left(self.starts, span.start)
        end = at + len(plain(words))
        return _joined(self.text[max(0, at - 1) : at + 1]) or _joined(self.text[end - 1 : end + 1])


def plain(words: str) -> str:
    """Return words in folded form, without the white space around them."""
    signs = unicodedata.normalize("NFKD", words.translate(_SIGNS)).translate(_SIGNS)
    return _SPACE.sub(" ", signs).strip()


def fold(text: str, labels: tuple[str, ...] = ()) -> Folded:
    """Return a text in folded form, the labels of pictures left out where they are glued to the next word."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text, labels):
        for letter in unicodedata.normalize("NFKD", text[start:end].translate(_SIGNS)).translate(_SIGNS):
            if letter.isspace():
                if letters and letters[-1] == " ":
                    continue
                letter = " "
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _clusters(text: str, labels: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text that fold as one: a letter with the marks that combine with it."""
    glued = {found.start(): found.end() for found in _glued(text, labels)}
    at, size = 0, len(text)
    while at < size:
        if at in glued:
            at = glued[at]
            continue
        end = at + 1
        while end < size and unicodedata.combining(text[end]):
            end += 1
        yield at, end
        at = end


def _glued(text: str, labels: tuple[str, ...]) -> Iterator[re.Match[str]]:
    longest = sorted(filter(None, labels), key=len, reverse=True)
    if longest:
        pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?=[\w“‘\"#(])"
        yield from re.finditer(pattern, text)


def _joined(pair: str) -> bool:
    return len(pair) == 2 and pair[0].isalnum() and pair[1].isalnum()
