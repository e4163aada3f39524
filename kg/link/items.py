"""The items of a snapshot: their names, classes, years and facts, and what kind of thing each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kg.link.wikidata import ACTUAL, FICTION, UNSURE
from kg.model import KnownName
from kg.vocab import Iri, Term

_GAZETTEER: Final = ("person", "mission", "craft", "place", "work", "organisation")
_YEAR = re.compile(r"\+?(-?[0-9]{1,6})(?:-[0-9]{2}|$)")


@dataclass(frozen=True, slots=True)
class ItemName:
    """A label or alias of an item, in a language ("" where the snapshot does not say)."""

    text: str
    language: str = ""
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that Wikidata gives for a property of an item, with what its statement adds where the snapshot has it.

    ``references`` are the properties of the statement's references, ``qualifiers`` its own; ``precision`` is that of a
    date (9 year, 10 month, 11 day), 0 where it is not known; ``statement`` is the id of the statement where that is.
    """

    property: str
    value: Term
    references: tuple[tuple[Iri, Term], ...] = ()
    qualifiers: tuple[tuple[str, Term], ...] = ()
    precision: int = 0
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an item and what happened in it: ``born``, ``launched``, … or, from a table, just ``dated``."""

    event: str
    year: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of Wikidata. ``kind`` is "" where no class tells; ``fictional`` where its class is one of fiction."""

    qid: str
    names: tuple[ItemName, ...] = ()
    classes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    years: tuple[Year, ...] = ()
    occupations: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    kind: str = ""
    fictional: bool = False

    @property
    def label(self) -> str:
        """The name to show: the English label, else the first label, else the id."""
        labels = [name for name in self.names if not name.alias] or list(self.names)
        best = next((name for name in labels if name.language in ("en", "", "mul")), labels[0] if labels else None)
        return best.text if best is not None else self.qid

    @property
    def year(self) -> int | None:
        """The year that tells it from a namesake: of birth, launch, first showing or beginning."""
        return next((year.year for year in self.years if year.event != "died"), None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Items by their id, in the order of ids."""

    items: Mapping[str, Item]

    def known_names(self) -> tuple[KnownName, ...]:
        """Return what the prose of a guide may mention: actual things with a name, each with its other names."""
        return tuple(
            KnownName(item.label, item.kind, item.qid, _others(item), item.year)
            for item in self.items.values()
            if item.kind in _GAZETTEER and not item.fictional and item.names
        )

    def union(self, other: Snapshot) -> Snapshot:
        """Return both snapshots as one; an item that both have keeps what each knows."""
        items = dict(self.items)
        for qid, item in other.items.items():
            items[qid] = _joined(items[qid], item) if qid in items else item
        return snapshot_of(items.values())


def year_of(text: str) -> int | None:
    """Return the year of a date as Wikidata, a table or a person writes it, or None where there is none.

    >>> year_of("1927"), year_of("1967-04-24T00:00:00Z"), year_of("+1964-10-12T00:00:00Z"), year_of("soon")
    (1927, 1967, 1964, None)
    """
    found = _YEAR.match(text.strip())
    return int(found[1]) if found else None


def snapshot_of(items: Iterable[Item]) -> Snapshot:
    """Return items as a snapshot, each with the kind that its classes tell."""
    found = {item.qid: item for item in sorted(items, key=lambda item: (len(item.qid), item.qid))}
    return Snapshot(MappingProxyType({qid: _with_kind(item, found) for qid, item in found.items()}))


def _with_kind(item: Item, items: Mapping[str, Item]) -> Item:
    """Return an item with the kind of its classes; where they tell none, the kind that it came with."""
    if "Q5" in item.classes:
        return replace(item, kind="person", fictional=False)
    ancestors = _ancestors(item, items)
    invented = sorted((FICTION[one] for one in ancestors if one in FICTION), reverse=True)
    if invented or UNSURE & ancestors:
        return replace(item, kind=invented[0] if invented else "", fictional=True)
    actual = sorted({ACTUAL[one] for one in ancestors if one in ACTUAL})
    if actual and item.kind not in actual:
        return replace(item, kind=actual[0])
    return replace(item, kind=item.kind or ("class" if item.parents else ""))


def _ancestors(item: Item, items: Mapping[str, Item]) -> set[str]:
    """Return the item's classes and all that these are subclasses of, as far as the snapshot knows."""
    found: set[str] = set()
    waiting = list(item.classes)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(items[name].parents if name in items else ())
    return found


def _joined(one: Item, other: Item) -> Item:
    return Item(
        one.qid,
        tuple(dict.fromkeys(one.names + other.names)),
        tuple(dict.fromkeys(one.classes + other.classes)),
        tuple(dict.fromkeys(one.parents + other.parents)),
        tuple(dict.fromkeys(one.years + other.years)),
        tuple(dict.fromkeys(one.occupations + other.occupations)),
        tuple(dict.fromkeys(one.facts + other.facts)),
        one.kind or other.kind,
        one.fictional or other.fictional,
    )


def _others(item: Item) -> tuple[str, ...]:
    label = item.label
    return tuple(dict.fromkeys(name.text for name in item.names if name.text != label))
