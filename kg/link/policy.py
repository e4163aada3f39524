"""What must not be given back: statements that Wikidata's policies or the meaning of its properties forbid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.link.giveback import LABELS, Statement, is_item
from kg.link.items import Item, Snapshot

_CAST = ("P161", "P725")
_WORKS = ("P1441", "P179")


def faults(given: Iterable[Statement], snapshot: Snapshot) -> Iterator[str]:
    """Yield what is wrong with each statement, in words; one without fault yields nothing."""
    for one in given:
        item, value = snapshot.items.get(one.item), snapshot.items.get(one.value)
        for problem in (*_form(one), *_people(one, item, value), *_fiction(one, item, value)):
            yield f"{in_words(one, snapshot)}: {problem}"


def _form(one: Statement) -> Iterator[str]:
    if one.property not in LABELS:
        yield f"{one.property} is not among the properties whose meaning was confirmed"
    if not one.citation.url:
        yield "has no reference; give the entry a url"


def _people(one: Statement, item: Item | None, value: Item | None) -> Iterator[str]:
    if one.property == "P31" and one.value == "Q5" and (item is None or item.fictional or item.kind != "person"):
        yield "a character is no human"
    if one.property in _CAST and value is not None and value.kind not in ("", "person"):
        yield f"a cast member is a person, not a {value.kind}"
    elif one.property in _CAST and value is not None and value.fictional:
        yield "a cast member is a person, not a character"


def _fiction(one: Statement, item: Item | None, value: Item | None) -> Iterator[str]:
    if one.property == "P1074" and item is not None and not item.fictional:
        yield "P1074 belongs on an item of fiction"
    if value is None:
        return
    if one.property == "P1074" and (value.fictional or value.kind == "work"):
        yield "P1074 leads to what was imitated; the universe that something is from is P1080"
    if one.property == "P1080" and value.kind == "person":
        yield "P1080 leads to a universe; whom a character imitates is P1074"
    if one.property in _WORKS and value.kind not in ("", "work"):
        yield f"{LABELS[one.property]} leads to a work, not to a {value.kind}"


def in_words(one: Statement, snapshot: Snapshot) -> str:
    """Return a statement as a person would say it."""
    qualified = "; ".join(f"{_named(name)} {_value(value, snapshot)}" for name, value in one.qualifiers)
    said = f"{_value(one.item, snapshot)}: {_named(one.property)} {_value(one.value, snapshot)}"
    return f"{said} ({qualified})" if qualified else said


def _named(name: str) -> str:
    return f"{LABELS.get(name, 'unknown property')} ({name})"


def _value(value: str, snapshot: Snapshot) -> str:
    item = snapshot.items.get(value)
    return f"{item.label} ({value})" if item is not None else value if is_item(value) else f"“{value}”"
