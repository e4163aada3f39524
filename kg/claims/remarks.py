"""What an editor says of a statement itself: when it holds, who tells it, how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.claims.desk import Desk, evidence_of
from kg.claims.directory import Side
from kg.claims.nodes import Node
from kg.claims.values import UnreadableError, quantity
from kg.iris import slug
from kg.model import Statement, When
from kg.terms import Property
from kg.vocab import PH, PROV, RANK, SHOWN, Iri, Literal, Term, edtf


def remarks(
    desk: Desk, line: Statement, prop: Property, side: Side, sayer: Iterable[Node]
) -> Iterator[tuple[Iri, Term]]:
    """Yield what the catalogue says of a statement's claim besides its place and force."""
    yield PROV.wasAttributedTo, desk.editor.iri
    yield from ((PH.saidBy, node.iri) for node in sayer)
    if line.hedge:
        yield PH.hedge, desk.scene.span(line.hedge_span) if line.hedge_span else Literal(line.hedge)
    if line.shown:
        yield PH.shown, SHOWN[slug(line.shown)]
    if line.rank:
        yield PH.rank, RANK[slug(line.rank)]
    if line.note:
        yield PH.note, Literal(line.note)
    if line.quote and line.quote.locator:
        yield PH.locator, Literal(line.quote.locator)
    for name in line.complete:
        whole = desk.vocabulary.properties.get(name, prop)
        yield PH.complete, whole.iri
    if line.when:
        yield from _when(desk, line, line.when, side)
    if line.until:
        yield PH.holdsUntil, _moment(desk, line, line.until, side)


def _when(desk: Desk, line: Statement, when: When, side: Side) -> Iterator[tuple[Iri, Term]]:
    if when.relation == "at":
        yield PH.storyTime if side == "story" else PH.atTime, edtf(when.date)
    elif when.relation == "since":
        yield PH.holdsFrom, _moment(desk, line, when, side)
    else:
        yield PH.offsetFrom, _moment(desk, line, when, side)
        yield PH.offsetDirection, Literal(when.relation)
        if when.amount:
            yield PH.offset, quantity(when.amount, when.unit)


def _moment(desk: Desk, line: Statement, when: When, side: Side) -> Term:
    """Return a date, or the node of an event: an interval from an event never becomes a date."""
    if when.date:
        return edtf(when.date)
    if when.event == "this passage" and line.quote and line.quote.spans:
        return desk.scene.span(line.quote.spans[0])
    if when.event.startswith("^"):
        return _labelled(desk, when.event[1:])
    return _event(desk, when.event, side).iri


def _labelled(desk: Desk, label: str) -> Iri:
    for line in desk.file.statements:
        if line.label == label and line.quote:
            return next(iter(evidence_of(desk, line.quote)))
    raise UnreadableError(f"no statement of this file is marked ^{label}")


def _event(desk: Desk, phrase: str, side: Side) -> Node:
    event = desk.directory.event(phrase, side)
    if event is None:
        raise UnreadableError(
            f"“{phrase}” is no event that is known; declare it under # Things: - {phrase} | is a | event"
        )
    return event


def events(desk: Desk, line: Statement, side: Side) -> Iterator[Node]:
    """Yield the events that a statement's time is counted from."""
    for when in (line.when, line.until):
        if when and when.event and when.event != "this passage" and not when.event.startswith("^"):
            yield _event(desk, when.event, side)
