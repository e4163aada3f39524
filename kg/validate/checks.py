"""All checks of a shapes graph: run on a store, or brought up to date after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.dataset import Store
from kg.validate.affected import Change
from kg.validate.asked import Asked, triples
from kg.validate.check import Check, Guard
from kg.validate.findings import Finding
from kg.vocab import Iri, Node, Term, Triple


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
        for group in self.groups:
            yield from self._of_group(group, Asked(store, tuple(default)))

    def unfit(self, store: Store, default: Sequence[Iri]) -> tuple[str, ...]:
        """Return why the reference engine has to be asked instead; empty where the store can answer everything."""
        asked = Asked(store, tuple(default))
        return (*self.not_compiled, *asked.unread(self.patterns), *asked.nameless(self.checks))

    def _of_group(self, group: Group, asked: Asked) -> Iterator[Finding]:
        failing = asked.failing(group.guard, None)
        if failing is None or failing:
            for number in group.direct:
                yield from asked.answers(self.checks[number], number, failing)
            for number in group.below:
                yield from asked.answers(self.checks[number], number, None)
        for number in group.others:
            yield from asked.answers(self.checks[number], number, None)

    def update(
        self, findings: Iterable[Finding], changed: Iterable[Triple], store: Store, default: Sequence[Iri]
    ) -> tuple[Finding, ...]:
        """Return the findings of a full run, from those before a change and what the change can affect.

        ``changed`` are the triples added and those removed; the store holds the data after the change.
        """
        if self.unfit(store, default):
            return tuple(self.run(store, default))
        asked, change = Asked(store, tuple(default)), Change(changed, store)
        scopes: dict[int, frozenset[Term] | None] = {}
        new: list[Finding] = []
        for group in self.groups:
            new += self._of_changed(group, change, asked, scopes)
        return (*(it for it in findings if not _covers(scopes.get(it.check, frozenset()), it.focus)), *new)

    def _of_changed(
        self, group: Group, change: Change, asked: Asked, scopes: dict[int, frozenset[Term] | None]
    ) -> Iterator[Finding]:
        only = asked.scope(group.guard, change)
        if only is None or only:
            scopes |= dict.fromkeys(group.direct, None if only is None else frozenset(only))
            failing = asked.failing(group.guard, only)
            for number in group.direct if failing is None or failing else ():
                yield from asked.answers(self.checks[number], number, failing)
        for number in (*group.below, *group.others):
            only = asked.scope(self.checks[number], change)
            if only is None or only:
                scopes[number] = None if only is None else frozenset(only)
                yield from asked.answers(self.checks[number], number, only)


def _covers(chosen: frozenset[Term] | None, node: Term) -> bool:
    return chosen is None or node in chosen
