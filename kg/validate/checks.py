"""All checks of a shapes graph: run on a store, or brought up to date after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.dataset import Store
from kg.validate.affected import Change, Scope
from kg.validate.asked import Asked, triples
from kg.validate.check import Check, Guard
from kg.validate.findings import Finding
from kg.validate.known import Known
from kg.validate.looks import Need
from kg.validate.shapes import Focus
from kg.vocab import PH, Iri, Node, Quad, Term, Triple

_MANY = 2_000  # nodes in one query


@dataclass(frozen=True, slots=True)
class Group:
    """The checks of one target: a question whether any of them fails at all, and their numbers.

    Most nodes are as they should be, so one query goes over the focus nodes, and only where it finds something are
    the checks asked one by one. ``direct`` judge the target's own focus nodes, ``below`` those that its property
    shapes lead to. ``others`` are queries of the shapes' author, which are always asked.
    """

    guard: Guard
    direct: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    others: tuple[int, ...] = ()

    @property
    def apart(self) -> tuple[int, ...]:
        """The numbers of the checks that no guard speaks for, after a change."""
        return (*self.below, *self.others)


@dataclass(frozen=True, slots=True)
class Renewed:
    """Some checks after a change: what the change can affect, and what they find there now."""

    checks: tuple[int, ...]
    scope: Scope
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A query of the shapes' author: the statement that holds it, and its prefixes."""

    node: Node
    predicate: Iri
    query: str
    prefixes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """What a shapes graph demands, ready to be asked of any store.

    ``not_compiled`` says of which constraints it could not be made so, and why; `run` then asks the reference engine.
    ``texts`` are the queries of the shapes' author as they were written.
    """

    checks: tuple[Check, ...]
    groups: tuple[Group, ...]
    patterns: tuple[tuple[str, str], ...]
    not_compiled: tuple[str, ...]
    shapes: tuple[Triple, ...]
    texts: tuple[Text, ...] = ()

    def run(self, store: Store, default: Sequence[Iri]) -> Iterator[Finding]:
        """Yield what is wrong in the union of the graphs given, target by target."""
        if self.unfit(store, default):
            from kg.validate.reference import validate

            yield from validate(self.shapes, triples(store, default))
            return
        yield from self.found(store, default)

    def found(self, store: Store, default: Sequence[Iri]) -> Iterator[Finding]:
        """Yield what `run` does, of a store that is known to be fit."""
        for group in self.groups:
            yield from self._of_group(group, Asked(store, tuple(default)))

    def unfit(self, store: Store, default: Sequence[Iri]) -> tuple[str, ...]:
        """Return why the reference engine has to be asked instead; empty where the store can answer everything."""
        asked = Asked(store, tuple(default))
        return (*self.not_compiled, *asked.unread(self.patterns), *asked.nameless(self.checks))

    def _of_group(self, group: Group, asked: Asked) -> Iterator[Finding]:
        failing = asked.failing(group.guard, None)
        if failing is None or failing:
            scope = None if failing is None else Scope(set(failing))
            for number in group.direct:
                yield from asked.answers(self.checks[number], number, scope)
            for number in group.below:
                yield from asked.answers(self.checks[number], number)
        for number in group.others:
            yield from asked.answers(self.checks[number], number)

    # --- after a change -------------------------------------------------------------------------------------------

    def update(
        self, findings: Iterable[Finding], changed: Iterable[Quad], store: Store, default: Sequence[Iri]
    ) -> tuple[Finding, ...]:
        """Return the findings of a full run, from those before a change and what the change can affect.

        ``changed`` are the quads added and those removed; the store holds the data after the change.
        """
        if self.unfit(store, default):
            return tuple(self.run(store, default))
        scopes: dict[int, Scope] = {}
        new: list[Finding] = []
        for renewed in self.renewed(changed, store, default):
            scopes |= dict.fromkeys(renewed.checks, renewed.scope)
            new += renewed.findings
        kept = (it for it in findings if it.check not in scopes or not scopes[it.check].covers(it.focus, it.value))
        return (*kept, *new)

    def renewed(
        self, changed: Iterable[Quad], store: Store, default: Sequence[Iri], world: Iri | None = None
    ) -> Iterator[Renewed]:
        """Yield what a change can affect and what is found there now; of ``world``, if given, what exists in it.

        What a change moves into another world is asked about by all checks.
        """
        asked, change = Asked(store, tuple(default)), Change(changed, store, default)
        scopes = {number: asked.scope(group.guard, change) for group in self.groups for number in group.direct[:1]}
        scopes |= {it: asked.scope(self.checks[it], change) for group in self.groups for it in group.apart}
        for scope in scopes.values() if world is not None else ():
            scope.nodes.update(change.subjects(PH.existsIn))
        nodes = {node for scope in scopes.values() for node in scope.foci()}
        yield from self._again(scopes, asked, Known(nodes, self.checks, store, default, world))

    def within(
        self, nodes: Iterable[Term], store: Store, default: Sequence[Iri], world: Iri | None = None
    ) -> Iterator[Finding]:
        """Yield what is wrong with some nodes; of ``world``, if given, with those that exist in it."""
        waiting, asked = list(nodes), Asked(store, tuple(default))
        while waiting:
            some, waiting = waiting[:_MANY], waiting[_MANY:]
            scopes = {number: Scope(set(some)) for number in range(len(self.checks))}
            for renewed in self._again(scopes, asked, Known(some, self.checks, store, default, world)):
                yield from renewed.findings

    def _again(self, scopes: Mapping[int, Scope], asked: Asked, known: Known) -> Iterator[Renewed]:
        """Ask again; the scope of a group's direct checks is that of the first of them."""
        for group in self.groups:
            if group.direct and (scope := scopes[group.direct[0]]):
                yield Renewed(group.direct, scope, tuple(self._of_changed(group, scope, asked, known)))
            for number in group.apart:
                if scope := scopes[number]:
                    check = self.checks[number]
                    narrow = _narrowed(scope, check.focus, known, check.needs)
                    found = asked.answers(check, number, narrow) if narrow else ()
                    yield Renewed((number,), scope, tuple(it for it in found if known.at_home(it.focus)))

    def _of_changed(self, group: Group, scope: Scope, asked: Asked, known: Known) -> Iterator[Finding]:
        narrow = _narrowed(scope, group.guard.focus, known)
        failing = asked.failing(group.guard, None if narrow.whole else tuple(narrow.nodes)) if narrow else ()
        if failing is None or failing:
            again = narrow if failing is None else Scope(set(failing))
            for number in group.direct:
                for finding in asked.answers(self.checks[number], number, again):
                    if known.at_home(finding.focus):
                        yield finding


def _narrowed(scope: Scope, focus: Focus, known: Known, needs: Sequence[Need] = ()) -> Scope:
    """Return that part of a scope which is about focus nodes."""
    if scope.whole:
        return scope
    meant = known.meant(focus, scope.foci(), needs)
    return Scope(scope.nodes & meant, {pair for pair in scope.pairs if pair[0] in meant})
