"""Whether two values say the same: equal, depicted, contained, rounded, part of, or broader (model, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from kg import edtf, units
from kg.vocab import CDT, EDTF, XSD, Iri, Literal, Term


class Match(Enum):
    """How a story's value stands to an actual one."""

    SAME = "same"
    BROADER = "broader"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Background:
    """What matching needs to know: who depicts whom, which kinds are broader, which places lie in which."""

    depicts: Mapping[Iri, Iri]
    broader: Mapping[Iri, frozenset[Iri]]
    part_of: Mapping[Iri, frozenset[Iri]]


def match(story: Term, actual: Term, background: Background) -> Match:
    """Return how a story's value stands to an actual value of the same property."""
    if isinstance(story, Literal) and isinstance(actual, Literal):
        return Match.SAME if _equal(story, actual) else Match.DIFFERENT
    if isinstance(story, Literal) or isinstance(actual, Literal):
        return Match.DIFFERENT
    one, other = background.depicts.get(Iri(story), Iri(story)), Iri(actual)
    if one == other or _related(one, other, background.part_of):
        return Match.SAME
    return Match.BROADER if _related(one, other, background.broader) else Match.DIFFERENT


def _related(one: Iri, other: Iri, upwards: Mapping[Iri, frozenset[Iri]]) -> bool:
    return other in _above(one, upwards) or one in _above(other, upwards)


def _above(start: Iri, upwards: Mapping[Iri, frozenset[Iri]]) -> set[Iri]:
    found: set[Iri] = set()
    waiting = [start]
    while waiting:
        for above in upwards.get(waiting.pop(), frozenset()) - found:
            found.add(above)
            waiting.append(above)
    return found


def _equal(story: Literal, actual: Literal) -> bool:
    if story.datatype == actual.datatype == EDTF.EDTF:
        return _same_time(story.value, actual.value)
    if story.datatype == actual.datatype == CDT.ucum:
        return _same_amount(story.value, actual.value)
    if _is_number(story) and _is_number(actual):
        return units.matches(story.value, "", actual.value, "")
    return _folded(story.value) == _folded(actual.value)


def _same_time(one: str, other: str) -> bool:
    """Return whether one date is the other, or a coarser one that contains it."""
    try:
        left, right = edtf.parse(one), edtf.parse(other)
    except ValueError:
        return one == other
    return left.contains(right) or right.contains(left)


def _same_amount(one: str, other: str) -> bool:
    (amount, _, unit), (other_amount, _, other_unit) = one.partition(" "), other.partition(" ")
    return units.matches_codes(amount, unit, other_amount, other_unit)


def _is_number(literal: Literal) -> bool:
    return literal.datatype in (XSD.integer, XSD.decimal)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def upwards(pairs: Iterable[tuple[Iri, Iri]]) -> dict[Iri, frozenset[Iri]]:
    """Return pairs of (narrower, broader) or (part, whole) as a table of what stands directly above each."""
    table: dict[Iri, set[Iri]] = {}
    for below, above in pairs:
        table.setdefault(below, set()).add(above)
    return {below: frozenset(above) for below, above in table.items()}
