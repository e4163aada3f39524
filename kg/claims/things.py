"""What stands under # Things: kinds and names, and what is true of background things in every world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.claims.directory import Directory, Side
from kg.claims.nodes import Claimed, Node
from kg.claims.values import UnreadableError, term
from kg.model import Diagnostic, Statement, Statements
from kg.vocab import Quad, Term

DECLARING = ("is a", "also known as")


def things(directory: Directory, file: Statements) -> Claimed:
    """Return the background that a file declares.

    Lines that say something of a thing of one world become diagnostics: they belong under another heading.
    """
    faults: list[Diagnostic] = []
    quads: list[Quad] = []
    for line in _lines(file):
        try:
            quads.extend(_said(directory, line))
        except UnreadableError as problem:
            faults.append(Diagnostic("things", "error", line.place.line, line.place.column, str(problem)))
    return Claimed(nodes=tuple(_nodes(directory, file)), background=tuple(quads), diagnostics=tuple(faults))


def _lines(file: Statements) -> Iterable[Statement]:
    return (line for line in file.statements if line.section == "things" and line.property not in DECLARING)


def _nodes(directory: Directory, file: Statements) -> Iterator[Node]:
    """Yield background things, and those of the entry that other names are given to, however little is said of them."""
    for line in file.statements:
        if line.section == "things":
            for side in _sides(directory, line):
                node = directory.node(line.subject, side)
                yield from () if node is None else (node,)


def _sides(directory: Directory, line: Statement) -> Iterator[Side]:
    kind = directory.declared.get(line.subject)
    if kind is not None and kind.background:
        yield "history"
    elif line.property == "also known as":
        if line.subject in directory.roles:
            yield "story"
        if line.subject in directory.people:
            yield "making"


def _said(directory: Directory, line: Statement) -> Iterator[Quad]:
    prop = directory.vocabulary.property(line.property)
    subject = directory.node(line.subject, "history")
    if prop is None or subject is None:
        return  # the check of names has told this already
    if subject.world is not None:
        raise UnreadableError(
            f"“{line.subject}” is of one world only: say this under # Story, # History or # Making, with its words"
        )
    value: Term
    if prop.kind == "name":
        other = directory.concept(line.value.text, prop.range) or directory.node(line.value.text, "history")
        if other is None or other.world is not None:
            raise UnreadableError(f"“{line.value.text}” is no background thing, so “{line.subject}” cannot point to it")
        value = other.iri
    else:
        value = term(line.value, prop)
    yield Quad(subject.iri, prop.iri, value, directory.scene.names.background)
