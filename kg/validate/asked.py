"""A store and the graphs that are its data, asked what checks want to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.dataset import Store
from kg.validate.affected import Change, Scope
from kg.validate.check import Check, Guard
from kg.validate.findings import Finding
from kg.validate.fragments import text_literal
from kg.vocab import RDFS, Blank, Iri, Literal, Term, Triple

_MANY = 2_000  # failing nodes from which on it is faster to ask about all


@dataclass(frozen=True, slots=True)
class Asked:
    """A store, and the graphs whose union is the data."""

    store: Store
    default: tuple[Iri, ...]

    def failing(self, guard: Guard, only: tuple[Term, ...] | None) -> tuple[Term, ...] | None:
        """Return the focus nodes (among ``only`` if given) that fail; None where they are many or have no names."""
        if not guard.parts:
            return ()
        found = tuple({term for (term,) in self.store.select(guard.query(only), self.default).rows if term is not None})
        return None if len(found) > _MANY or any(isinstance(term, Blank) for term in found) else found

    def answers(self, check: Check, number: int, scope: Scope | None = None) -> Iterator[Finding]:
        """Yield a check's findings, those in a scope if given, as often as ways lead to their focus nodes."""
        found = list(self._once(check, number, scope))
        if not found or not check.focus.steps:
            yield from found
            return
        query = check.focus.ways("?this", tuple({finding.focus for finding in found}))
        ways = {node: _count(count) for node, count in self.store.select(query, self.default).rows}
        for finding in found:
            yield from [finding] * ways.get(finding.focus, 1)

    def _once(self, check: Check, number: int, scope: Scope | None) -> Iterator[Finding]:
        queries: list[tuple[str, Term | None]] = []
        only = None if scope is None or scope.whole else tuple(scope.nodes)
        if check.each:
            queries = [(check.query_at(node), node) for node in self._nodes(check, only)]
        elif only is None or only:
            queries = [(check.query(only), None)]
        if scope is not None and scope.pairs and not scope.whole:
            queries.append((check.query_of(scope.pairs), None))
        for query, node in queries:
            yield from check.findings(self.store.select(query, self.default), number, node)

    def _nodes(self, check: Check, only: tuple[Term, ...] | None = None) -> list[Term]:
        query = f"SELECT ?this {{ {check.focus.text('?this', only)} }}"
        return [term for (term,) in self.store.select(query, self.default).rows if term is not None]

    def scope(self, check: Check | Guard, change: Change) -> Scope:
        """Return what a change can affect among the focus nodes of a check."""
        if not change.quads:
            return Scope()
        if check.anything or (check.classes and change.has(RDFS.subClassOf)):
            return Scope(whole=True)
        scope = change.affected(check.touches)
        if isinstance(check, Check) and check.each:
            scope.nodes |= {node for node, _ in scope.pairs}
        scope.pairs = {pair for pair in scope.pairs if pair[0] not in scope.nodes}
        return Scope(whole=True) if scope.whole or len(scope.nodes) > _MANY else scope

    # --- what cannot be answered ----------------------------------------------------------------------------------

    def unread(self, patterns: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield a reason for each pattern that the store's regular expressions cannot read."""
        rows = " ".join(f"({text_literal(pattern)} {text_literal(flags)})" for pattern, flags in patterns)
        if not rows:
            return
        refused = "COALESCE(IF(REGEX('', ?pattern, ?flags), 1, 1), 0) = 0"  # IF hands an error on
        query = f"SELECT ?pattern {{ VALUES (?pattern ?flags) {{ {rows} }} FILTER({refused}) }}"
        for (pattern,) in self.store.select(query).rows:
            if isinstance(pattern, Literal):
                yield f"the store cannot read the pattern {pattern.value}"

    def nameless(self, checks: Iterable[Check]) -> Iterator[str]:
        """Yield a reason for each query that has to name its focus nodes where one has no name."""
        for check in checks:
            if check.each and any(isinstance(node, Blank) for node in self._nodes(check)):
                yield f"{check.shape.node}: a query with totals or LIMIT cannot be asked of a node without a name"


def triples(store: Store, default: Sequence[Iri]) -> Iterator[Triple]:
    """Yield the triples of some graphs of a store."""
    for graph in default:
        for quad in store.quads(graph):
            yield quad.triple


def _count(term: Term | None) -> int:
    return int(term.value) if isinstance(term, Literal) else 1
