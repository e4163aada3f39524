"""Known names, compiled once, found in prose in time that grows with the prose alone.

The prose is read once, word by word, down a tree of words; the longest name wins. A word of six letters or more in a
name of several words may have one slip (two letters swapped, one doubled or halved), met through a table of the words'
letters.

>>> known = Gazetteer([KnownName("Vostok 9", "mission"), KnownName("24", "work")])
>>> [(hit.known.name, hit.start) for hit in known.find("Only 24 hours on Vostok 9 remain", 0, 32)]
[('24', 5), ('Vostok 9', 17)]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz.distance import OSA

from kg.model import KnownName, Span

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.](?=[^\W\d_][.]))?(?:[’'](?![sS]\b)[^\W\d_]+)*|[^\W_]+")
_START = re.compile(r"(?<!\w)(?:(?=[^\Wa-zß-öø-ÿ_])|(?=[a-z]{1,3}[A-Z]))(\d+(?:[.,]\d+)*|[^\W\d_]+|\w+)")
_JOINT = re.compile(r" & |[.,:’]?[ \n]{1,2}|[-–−‑./\u00a0]")
_SLIP_LENGTH = 6
_LABEL = 3  # letters by which works that may be a label are looked up
_DEEPEST = 24  # words in the longest name
_SLIPPERY = frozenset(("person", "mission", "craft", "place", "event"))

Tree: TypeAlias = dict[str | None, object]


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name met in a text; ``slip`` when its letters are not quite the name's."""

    known: KnownName
    start: int
    end: int
    words: int
    slip: bool = False


def words(text: str) -> list[str]:
    """Return the words of a name as they are compared: small letters, no accents.

    >>> words("Cassini−Huygens 2"), words("Hélène Viviès")
    (['cassini', 'huygens', '2'], ['helene', 'vivies'])
    """
    if text.isascii():
        return _WORD.findall(text.lower())
    return [plain(word) for word in _WORD.findall(text)]


def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).replace("’", "'")


class Gazetteer:
    """A set of known names; ``works`` are those that a picture may bear as its label, by their first three signs."""

    __slots__ = ("_exact", "_forms", "_letters", "_tree", "works")

    def __init__(self, known: Iterable[KnownName]) -> None:
        self._tree: Tree = {}
        self._exact: dict[str, list[KnownName]] = {}
        self._letters: dict[frozenset[str], list[str]] = {}
        self._forms: set[str] = set()
        works: dict[str, list[str]] = {}
        for one in known:
            for form in dict.fromkeys((one.name, *one.aliases)):
                self._add(one, form)
            if one.kind == "work" and len(one.name) > _LABEL and not one.name.isdigit():
                works.setdefault(one.name[:_LABEL], []).append(one.name)
        self.works = {stem: tuple(sorted(names, key=len, reverse=True)) for stem, names in works.items()}

    def _add(self, known: KnownName, form: str) -> None:
        parts = words(form)
        if not parts or len(parts) > _DEEPEST:
            return
        node = self._tree
        for part in parts:
            following = node.setdefault(part, {})
            node = following if isinstance(following, dict) else {}
        there = node.setdefault(None, [])
        if isinstance(there, list) and (known, form) not in there:
            there.append((known, form))
        self._exact.setdefault(" ".join(parts), []).append(known)
        self._forms.update(parts)
        if len(parts) > 1 and known.kind in _SLIPPERY:
            for part in parts:
                if len(part) >= _SLIP_LENGTH and part.isalpha():
                    self._letters.setdefault(frozenset(part), []).append(part)

    def named(self, name: str, kind: str | None = None) -> list[KnownName]:
        """Return what bears exactly this name, of one kind where that is given."""
        return [one for one in self._exact.get(" ".join(words(name)), []) if kind is None or one.kind == kind]

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Yield every known name between two places of a text, the longest at each place, never overlapping."""
        tree, letters = self._tree, self._letters
        at = start
        for found in _START.finditer(text, start, end):
            low = found.start()
            first = plain(found[1])
            if low < at or not (first in tree or (letters and self._right(first, tree))):
                continue
            for hit in self._walk(text, low, end):
                yield hit
                at = hit.end

    def _walk(self, text: str, low: int, end: int) -> list[Hit]:
        """Return what bears the longest name that begins at a place."""
        node, slip, at = self._tree, False, low
        best: list[Hit] = []
        for count in range(1, _DEEPEST):
            word = _WORD.match(text, at, end)
            if word is None:
                break
            part = plain(word.group())
            following = node.get(part)
            if following is None and not slip and (right := self._right(part, node)):
                following, slip = node[right], True
            if not isinstance(following, dict):
                break
            node = following
            there = node.get(None)
            if isinstance(there, list):
                best = self._hits(there, text, Span(low, word.end()), count, slip=slip) or best
            joint = _JOINT.match(text, word.end(), end)
            if joint is None or len(node) == (None in node):
                break
            at = joint.end()
        return best

    def _hits(self, there: list[tuple[KnownName, str]], text: str, span: Span, count: int, *, slip: bool) -> list[Hit]:
        said = span.of(text)
        return [
            Hit(known, span.start, span.end, count, slip)
            for known, form in there
            if said == form or _same_size(said, form)
        ]

    def _right(self, part: str, node: Tree) -> str:
        """Return the word of the tree that a word is a slip of, nothing where it is none."""
        if len(part) < _SLIP_LENGTH - 1 or part in self._forms:
            return ""
        near = self._letters.get(frozenset(part), ())
        return min((known for known in near if known in node and _slipped(part, known)), default="")


def _slipped(word: str, known: str) -> bool:
    """Whether a word of the same letters is a known one with two swapped, one doubled or halved."""
    return OSA.distance(word, known, score_cutoff=1) == 1


def _same_size(found: str, form: str) -> bool:
    """Whether capitals stand where the name has them: “lost in space” is no title."""
    got, want = _WORD.findall(found), _WORD.findall(form)
    return len(got) != len(want) or all(
        not one[0].isupper() or other[0].isupper() for one, other in zip(want, got, strict=True)
    )
