"""People whose years of life the prose gives: “Ada Lovelace (1815–1852)”.

>>> text = "The film (1966-1989) cites Ada Lovelace (1815–1852), and Bo Lind (born 1950)."
>>> [(text[found.start:found.end], found.birth, found.death) for found in lives(text, 0, len(text), lambda name: False)]
[('Ada Lovelace', '1815', '1852'), ('Bo Lind', '1950', None)]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.parse.lexicon import ADDRESSES, PARTICLES, folded, is_suffix

_YEARS = re.compile(
    r"\((?:(?P<birth>\d{4}) ?[-–—] ?(?P<death>\d{4})|(?:born|b\.)(?: in)? (?P<born>\d{4})|(?:died"
    r"|d\.)(?: in)? (?P<died>\d{4}))\)"
)
_WORK = re.compile(
    r"[ ,]{0,2}(?:a |an |the )?(?:\w+ ){0,3}(?:series|show|sitcom|film|movie|serial|program|programme|magazine)\b"
)
_SHOW_BEFORE = re.compile(
    r"\b(?:series|show|film|movie|sitcom|serial|magazine|comic|revival|era|period) $", re.IGNORECASE
)
_NAME_WORDS = 6
_REACH = 70
_YOUNGEST, _OLDEST = 12, 122


@dataclass(frozen=True, slots=True)
class Years:
    """A name and the years of life behind it; ``end`` is the name's, ``close`` the bracket's."""

    start: int
    end: int
    close: int
    birth: str | None
    death: str | None


def lives(text: str, start: int, end: int, known: Callable[[str], bool]) -> Iterator[Years]:
    """Yield the names between two places of a text that are followed by years of life.

    ``known`` tells of a name whether a person bears it: else it needs two words, and nothing around may call it a show.
    """
    for found in _YEARS.finditer(text, start, end):
        birth, death = found["birth"] or found["born"], found["death"] or found["died"]
        if birth and death and not _YOUNGEST <= int(death) - int(birth) <= _OLDEST:
            continue
        stop = found.start() - 1
        begin = _name(text, max(start, stop - _REACH), stop)
        if begin >= stop or text[stop] != " ":
            continue
        name = text[begin:stop]
        if not known(name) and (len(name.split()) < 2 or _is_work(text, start, begin, found.end(), name)):
            continue
        yield Years(begin, stop, found.end(), birth, death)


def _name(text: str, start: int, end: int) -> int:
    """Return where the capitalised words that end at ``end`` begin."""
    begin, at, count = end, end, 0
    while at > start and count < _NAME_WORDS:
        low = max(text.rfind(" ", start, at), text.rfind("\n", start, at)) + 1 or start
        word = text[low:at]
        capital = word[:1].isupper() or is_suffix(word)
        if not word or (
            word[-1] in ".,;:!?)" and count and not (len(word) <= 3 or is_suffix(word) or folded(word) in ADDRESSES)
        ):
            break
        if capital and folded(word) not in ADDRESSES:
            begin = low
        elif word.lower() not in PARTICLES:
            break
        at, count = low - 1, count + 1
    return begin


def _is_work(text: str, start: int, begin: int, close: int, name: str) -> bool:
    """Whether words around a name call it a series or a film; so does an article in front."""
    if name.split()[0] in ("The", "A", "An") or _WORK.match(text, close, close + 60):
        return True
    return _SHOW_BEFORE.search(text, max(start, begin - 20), begin) is not None
