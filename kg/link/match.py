r"""Proposes items of a snapshot for names, with reasons; says so where two are near or none is good enough.

>>> from kg.link.snapshot import read_table
>>> index = Index(read_table("qid\tlabel\nQ1\tVenture 1\nQ2\tVenture 11", "mission"))
>>> index.answer(Question("Ventrue I", "mission")).text, index.answer(Question("Venture 111", "mission")).text
('Q1', 'none')
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.link.asking import Asked, read
from kg.link.brackets import without_years
from kg.link.likeness import Likeness
from kg.link.snapshot import Item, ItemName, Snapshot
from kg.link.wikidata import IN_COMMON
from kg.link.words import Word, numbered, plain, words
from kg.vocab import Iri

THRESHOLD: Final = 0.78
MARGIN: Final = 0.04
_SHORTLIST: Final = 60
_REMEMBERED: Final = 100_000  # words whose neighbours are kept
_DIFFERENT: Final = 0.5  # names that cost more to take for each other are not worth showing
# Wikidata often keeps a craft and its flight in one item
_COMPATIBLE: Final = {("craft", "mission"): 0.03, ("mission", "craft"): 0.03}


@dataclass(frozen=True, slots=True)
class Question:
    """A name to find an item for, and what is known besides: kind, year, occupations as Q-ids.

    ``related`` are the items of works and flights that it is joined to, or of those who are joined to it.
    ``fictional`` tells that the thing belongs to a story; None where that is not known.
    """

    label: str
    kind: str = ""
    year: int | None = None
    aliases: tuple[str, ...] = ()
    occupations: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    fictional: bool | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be meant: how sure that is, from 0 to 1, and why.

    ``weight`` is the score before it was cut to that range: of two sure candidates, the one that more speaks for wins.
    """

    item: Item
    score: float
    evidence: tuple[str, ...]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the matcher says to a question: one item, or none, or that it cannot tell two apart."""

    question: Question
    candidates: tuple[Candidate, ...]
    verdict: str  # "match", "none" or "ambiguous"

    @property
    def text(self) -> str:
        """The Q-id, ``none`` or ``ambiguous``."""
        return self.candidates[0].item.qid if self.verdict == "match" else self.verdict

    @property
    def score(self) -> float:
        """The score of the best candidate, 0 without one."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def evidence(self) -> str:
        """The reasons for the answer, in one line."""
        if not self.candidates:
            return "no name like it in the snapshot"
        best, rest = self.candidates[0], self.candidates[1:3]
        shown = f"{best.item.qid} “{best.item.label}”: {'; '.join(best.evidence)}"
        others = [f"{other.item.qid} “{other.item.label}” {other.score:.2f}" for other in rest if other.score >= 0.5]
        return shown + (f" | next: {', '.join(others)}" if others else "")


@dataclass(frozen=True, slots=True)
class _Name:
    name: ItemName
    words: tuple[Word, ...]
    title: tuple[Word, ...]  # with its numbers in digits
    item: Item


class Index:
    """A snapshot's names, ready to be asked; made once for many questions."""

    def __init__(self, snapshot: Snapshot, threshold: float = THRESHOLD, margin: float = MARGIN) -> None:
        self._snapshot, self._threshold, self._margin = snapshot, threshold, margin
        self._joined = _joined(snapshot)
        self._names = [name for item in snapshot.items.values() for name in _names(item)]
        self._holding: dict[str, set[int]] = defaultdict(set)
        self._glued: dict[str, set[int]] = defaultdict(set)
        self._texts: set[str] = set()
        for number, name in enumerate(self._names):
            for word in name.words:
                self._holding[word.folded].add(number)
                self._texts.add(word.text)
            self._texts.update(f"{one.text} {code.text}" for one, code in pairwise(name.words) if len(code.text) < 4)
            self._glued["".join(word.text for word in name.words)].add(number)
        self._near: dict[str, tuple[tuple[str, float], ...]] = {}
        self._lengths: dict[int, list[str]] = defaultdict(list)
        for folded in self._holding:
            self._lengths[len(folded)].append(folded)

    def answer(self, question: Question) -> Answer:
        """Return the item that a question means, or that there is none, or that two are too near to tell."""
        return decide(question, self.candidates(question), self._threshold, self._margin)

    def candidates(self, question: Question, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the items that may be meant, the likeliest first."""
        best: dict[str, Candidate] = {}
        question = _dated_inside(question)
        for asked, likeness, name in self._likenesses(question):
            common = question.related & self._joined.get(name.item.qid, frozenset())
            candidate = _candidate(question, asked, likeness, name, frozenset(map(self._titled, common)))
            earlier = best.get(name.item.qid)
            if earlier is None or candidate.weight > earlier.weight:
                best[name.item.qid] = candidate
        order = sorted(best.values(), key=lambda found: (-found.weight, len(found.item.qid), found.item.qid))
        return tuple(order[:limit])

    def _likenesses(self, question: Question) -> Iterator[tuple[str, Likeness, _Name]]:
        for text in dict.fromkeys((question.label, *question.aliases)):
            asked = read(text, question.kind)
            for number in self._shortlist(asked):
                name = self._names[number]
                if question.kind == "person" or (not question.kind and name.item.kind == "person"):
                    likeness = asked.as_person(name.words, self._known)
                else:
                    likeness = asked.as_title(name.title, self._known)
                if likeness.cost < _DIFFERENT:
                    yield text, likeness, name

    def _titled(self, qid: str) -> str:
        item = self._snapshot.items.get(qid)
        return f"{item.label} ({qid})" if item is not None else qid

    def _known(self, text: str) -> bool:
        return text in self._texts

    def _shortlist(self, asked: Asked) -> list[int]:
        """Return the names that share most with a name, rare words counting more than common ones."""
        weights: dict[int, float] = defaultdict(float)
        for folded in {word.folded for word in asked.tokens}:
            for like, closeness in self._similar(folded):
                holding = self._holding[like]
                weight = closeness * math.log(1 + len(self._names) / len(holding))
                for number in holding:
                    weights[number] += weight
        for number in (number for glued in asked.glued for number in self._glued.get(glued, ())):
            weights[number] += 100.0
        return heapq.nlargest(_SHORTLIST, weights, key=lambda number: (weights[number], -number))

    def _similar(self, folded: str) -> tuple[tuple[str, float], ...]:
        """Return the words of the snapshot that one may be a slip of; the same words come again and again."""
        found = self._near.get(folded)
        if found is None:
            found = tuple(self._slips(folded))
            if len(self._near) < _REMEMBERED:
                self._near[folded] = found
        return found

    def _slips(self, folded: str) -> Iterator[tuple[str, float]]:
        if folded in self._holding:
            yield folded, 1.0
        reach = 0 if len(folded) < 3 or folded.isdigit() else 1 if len(folded) < 5 else 2 if len(folded) < 9 else 3
        for length in range(len(folded) - reach, len(folded) + reach + 1):
            near = process.extract(
                folded,
                self._lengths.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=reach,
                limit=None,
                processor=None,
            )
            yield from ((like, 1.0 - 0.2 * edits) for like, edits, _ in near if like != folded)


def decide(
    question: Question, found: tuple[Candidate, ...], threshold: float = THRESHOLD, margin: float = MARGIN
) -> Answer:
    """Return what candidates, the likeliest first, answer to a question.

    A name that is the same in every word needs but a quarter of the margin before the next.
    """
    if not found or found[0].score < threshold:
        return Answer(question, found, "none")
    needed = margin if found[0].score < 0.995 else margin / 4
    if len(found) > 1 and found[1].weight > found[0].weight - needed:
        return Answer(question, found, "ambiguous")
    return Answer(question, found, "match")


def propose(snapshot: Snapshot, questions: Iterable[Question]) -> Iterator[Answer]:
    """Yield the answer to each question, in their order."""
    index = Index(snapshot)
    return (index.answer(question) for question in questions)


def _names(item: Item) -> Iterator[_Name]:
    seen: set[tuple[str, ...]] = set()
    for name in sorted(item.names, key=lambda name: name.alias):
        tokens = words(name.text)
        key = tuple(word.text for word in tokens)
        if key and key not in seen:
            seen.add(key)
            yield _Name(name, tokens, numbered(tokens), item)


def _dated_inside(question: Question) -> Question:
    """Return a question with the year that its label has in brackets as its year, unless it has one besides."""
    label, year = without_years(question.label)
    if year is None:
        return question
    return replace(question, year=question.year or year, aliases=(label, *question.aliases))


def _candidate(question: Question, asked: str, likeness: Likeness, name: _Name, common: frozenset[str]) -> Candidate:
    evidence = [_named(asked, name), *likeness.reasons]
    cost = likeness.cost
    for price, reason in (
        _gate(question, name.item),
        _dated(question, name.item),
        *_shared(question, name.item, common),
    ):
        cost += price
        evidence.extend([reason] if reason else [])
    weight = round(1.0 - cost, 4)
    return Candidate(name.item, max(0.0, min(1.0, weight)), tuple(evidence), weight)


def _named(asked: str, name: _Name) -> str:
    kind = "alias" if name.name.alias else "label"
    language = f" ({name.name.language})" if name.name.language else ""
    latin = plain(asked)
    script = f", {asked} read as {latin}" if latin.casefold() != asked.casefold() and not _latin(asked) else ""
    return f"{kind} “{name.name.text}”{language}{script}"


def _latin(text: str) -> bool:
    return all(ord(sign) < 0x250 or not sign.isalpha() for sign in text)


def _gate(question: Question, item: Item) -> tuple[float, str]:
    """Return whether an item's class lets it be meant at all, as a price."""
    asked, held = question.kind, item.kind
    if item.fictional and (question.fictional is False or asked == "person"):
        return 1.0, "but it is of fiction"
    if asked == "character" and not item.fictional and held != "character":
        return 1.0, "but no character"
    if question.fictional and not item.fictional:
        return 1.0, "but not of a story"
    if not asked or not held:
        return 0.0, ""
    if asked == held:
        return 0.0, f"a {held} as asked"
    if (asked, held) in _COMPATIBLE:
        return _COMPATIBLE[asked, held], f"a {held}, near enough to a {asked}"
    return 1.0, f"but a {held}"


def _dated(question: Question, item: Item) -> tuple[float, str]:
    """Return what the years say: the same year supports, the next is a slip, any other is another thing."""
    if question.year is None:
        return 0.0, ""
    if not item.years:
        return 0.02, "no year to compare"
    nearest = min(item.years, key=lambda year: abs(year.year - (question.year or 0)))
    distance = abs(nearest.year - question.year)
    if distance == 0:
        return -0.10, f"{nearest.event} {nearest.year}"
    return (0.05 if distance == 1 else 1.0), f"but {nearest.event} {nearest.year}, not {question.year}"


def _shared(question: Question, item: Item, common: frozenset[str]) -> Iterator[tuple[float, str]]:
    """Yield what works in common and occupations say; who made a work of ours is meant whatever the trade."""
    if common:
        what = "works" if question.kind in ("person", "character") else "people"
        yield -0.05, f"{what} in common: {', '.join(sorted(common))}"
    elif question.occupations and item.occupations:
        same = question.occupations & set(item.occupations)
        yield (-0.05, f"same occupation {', '.join(sorted(same))}") if same else (0.5, "but of other occupations")
    elif question.occupations:
        yield 0.02, "no occupation to compare"


def _joined(snapshot: Snapshot) -> dict[str, set[str]]:
    """Return which items are joined as somebody and a work or flight are, by what either of them says."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in snapshot.items.values():
        for fact in (fact for fact in item.facts if fact.property in IN_COMMON and isinstance(fact.value, Iri)):
            other = str(fact.value).rpartition("/")[2]
            found[item.qid].add(other)
            found[other].add(item.qid)
    return found
