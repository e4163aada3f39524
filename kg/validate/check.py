"""One compiled check: a query that a store answers, and the findings made from its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.dataset import Solutions
from kg.errors import RdfError
from kg.validate.findings import Finding
from kg.validate.fragments import constants
from kg.validate.looks import VALUE, Look, Need
from kg.validate.paths import Step, Touch
from kg.validate.shapes import Focus, Shape
from kg.vocab import Iri, Literal, Node, Term, n3

_SLOT = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint of one shape, for the focus nodes that one target gives.

    ``parts`` are the stretches of the query between the places for the focus nodes. ``shows`` tells whether findings
    have a value of their own; where they have none, those of a node shape show the focus node with ``fallback``.
    """

    shape: Shape
    component: Iri
    focus: Focus
    parts: tuple[str, ...]
    messages: tuple[Literal, ...]
    touches: tuple[Touch | Look, ...]
    constraint: Node | None = None
    known: tuple[tuple[str, Term], ...] = ()
    shows: bool = False
    itself: bool = False
    select: bool = False
    each: bool = False
    classes: bool = False
    anything: bool = False
    needs: tuple[Need, ...] = ()

    def query(self, only: tuple[Term, ...] | None = None) -> str:
        """Return the query, for all focus nodes or for ``only`` some that are known to be such."""
        return self.focus.text("?this", only).join(self.parts)

    def query_of(self, pairs: Iterable[tuple[Term, Term]]) -> str:
        """Return the query for pairs of a focus node that is known to be one and a value."""
        rows = " ".join(f"({n3(focus)} {n3(value)})" for focus, value in pairs)
        return f"VALUES (?this {VALUE}) {{ {rows} }}".join(self.parts)

    def query_at(self, node: Term) -> str:
        """Return the query for one focus node that is known to be one."""
        return constants("?this", (node,)).join(self.parts)

    def findings(self, solutions: Solutions, number: int, focus: Term | None = None) -> Iterator[Finding]:
        """Yield a finding for each row. Raises RdfError where the query says that it failed."""
        for row in dict.fromkeys(solutions.rows):
            values = dict(zip(solutions.variables, row, strict=True))
            if isinstance(values.get("failure"), Literal):
                raise RdfError(str(self.shape.node), "a SPARQL constraint says that it failed")
            yield self._finding(values, values.get("this") or focus, number)

    def _finding(self, row: Mapping[str, Term | None], focus: Term | None, number: int) -> Finding:
        if focus is None:
            raise RdfError(str(self.shape.node), "a SPARQL constraint answers without its focus node")
        value = row.get("value") if self.shows else None
        path = row.get("path")
        return Finding(
            focus=focus,
            path=Step(path) if isinstance(path, Iri) else self.shape.path,
            value=focus if value is None and self.itself else value,
            component=self.component,
            severity=self.shape.severity,
            shape=self.shape.node,
            messages=self._told({**dict(self.known), **row, "this": focus}),
            constraint=self.constraint,
            check=number,
        )

    def _told(self, row: Mapping[str, Term | None]) -> tuple[Literal, ...]:
        own = row.get("message")
        told = (own,) if isinstance(own, Literal) else self.messages
        return tuple(_filled(message, row) for message in told)


def _filled(message: Literal, row: Mapping[str, Term | None]) -> Literal:
    def value(match: re.Match[str]) -> str:
        term = row.get(match.group(1))
        return match.group() if term is None else term.value if isinstance(term, Literal) else str(term)

    text = _SLOT.sub(value, message.value)
    return message if text == message.value else replace(message, value=text)


@dataclass(frozen=True, slots=True)
class Guard:
    """The question whether a focus node fails at all; without ``parts`` there is nothing to ask."""

    focus: Focus
    parts: tuple[str, ...] = ()
    touches: tuple[Touch | Look, ...] = ()
    classes: bool = False
    anything: bool = False

    def query(self, only: tuple[Term, ...] | None = None) -> str:
        """Return the query for the focus nodes that fail, or for those of ``only`` some that are known to be such."""
        return self.focus.loose("?this", only).join(self.parts)
