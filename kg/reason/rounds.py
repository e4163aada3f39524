"""One run of the rules over columns: rounds in which all that is new meets all that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.reason.bindings import Bindings, Solver
from kg.reason.facts import Fact
from kg.reason.limits import Meter
from kg.reason.plan import Dispatch, Line, Plan, Trigger
from kg.reason.relations import LOW, NONE, SHIFT, Column, Key, Relations, merged, stars, without
from kg.reason.shortcuts import Shortcuts
from kg.vocab import Triple

Found: TypeAlias = dict[Key, list[Column]]
Table: TypeAlias = dict[Key, Column]
_ODD = np.uint64(1)


class Run:
    """The closure of some facts by the rules of a plan; ``met`` are the contradictions, as tables of bindings."""

    def __init__(self, plan: Plan, meter: Meter) -> None:
        self.plan = plan
        self.relations = Relations(plan.type)
        self.met: list[tuple[Line, Bindings]] = []
        self._meter = meter
        self._solver = Solver(plan, self.relations, meter)
        self._shortcuts = Shortcuts(plan)

    def close(self, given: Table) -> None:
        """Draw all conclusions from facts. Raises LimitError."""
        found: Found = defaultdict(list)
        for key, pairs in given.items():
            found[self._stored(key)].append(pairs)
        for subject, predicate, value in self.plan.givens:
            self._conclude(found, (-1, predicate, value), np.array([subject], np.uint64), NONE)
        for literal, kind in self._literal_kinds():
            found[self.plan.type, kind].append(literal)
        delta = self.relations.fresh(found)
        while delta:
            delta = self._round(delta)

    def keyed(self, facts: Iterable[Column]) -> Table:
        """Return facts, given as three columns, as sorted pairs by key."""
        subjects, predicates, values = facts
        table = {}
        for predicate, rows in _groups(predicates):
            pairs = subjects[rows] << SHIFT | values[rows]
            if predicate == self.plan.type:
                for kind, of_kind in _groups(values[rows]):
                    table[predicate, kind] = merged([pairs[of_kind] >> SHIFT])
            else:
                table[predicate, -1] = merged([pairs])
        return table

    # --- what was found -----------------------------------------------------------------------------------------

    def unsettled(self) -> bool:
        """Return whether axioms were found that are not among the rules yet, or a literal that is a node."""
        return any(fact not in self.plan.axioms for fact in self._axiom_facts()) or self.literal_is_node()

    def axioms(self) -> frozenset[Triple]:
        """Return all axioms that hold."""
        return frozenset(self.plan.triple(fact) for fact in self._axiom_facts() if self.plan.is_said(fact))

    def literal_is_node(self) -> bool:
        """Return whether a literal is said to be the same as a node, for the first time."""
        pairs = self.relations.forward((self.plan.same, -1))
        mixed = (pairs & _ODD == 1) & (pairs >> SHIFT & _ODD == 0)
        return bool(mixed.any()) and not self.plan.every_kind

    def _axiom_facts(self) -> Iterator[Fact]:
        for predicate, found in self.plan.by_predicate.items():
            if found.axiomatic:
                for pair in self.relations.forward((predicate, -1)).tolist():
                    yield pair >> 32, predicate, pair & 0xFFFFFFFF
            for kind, special in found.values.items():
                if special.axiomatic:
                    for subject in self.relations.forward((predicate, kind)).tolist():
                        yield subject, predicate, kind

    # --- rounds -------------------------------------------------------------------------------------------------

    def _round(self, delta: Table) -> Table:
        """Know what is new and what follows from it by single conditions; return what follows by others."""
        delta = self._with_stars(delta)
        self.relations.extend(delta)
        found: Found = defaultdict(list)
        for key, pairs in delta.items():
            self._shortcut(found, key, key, pairs)
        fresh = self.relations.fresh(found)
        self.relations.extend(fresh)
        self._meter.inferred += sum(map(len, fresh.values()))
        self._meter.check()
        new = {key: merged(table[key] for table in (delta, fresh) if key in table) for key in {**delta, **fresh}}
        joined: Found = defaultdict(list)
        for key, pairs in new.items():
            self._values(joined, key, pairs)
            for trigger in self._triggers(key):
                self._join(joined, trigger, key, pairs)
        return self.relations.fresh(joined)

    def _with_stars(self, delta: Table) -> Table:
        """Return what is new with as few steps of equality as will do."""
        key = (self.plan.steps.get(self.plan.same, -1), -1)
        if key not in delta:
            return delta
        selves = delta[key][delta[key] >> SHIFT == delta[key] & LOW]
        fewer = merged([selves, stars(merged([delta[key], self.relations.forward(key)]))])
        return {**delta, key: without(fewer, self.relations.forward(key))}

    def _shortcut(self, found: Found, key: Key, kind: Key, pairs: Column) -> None:
        subjects, values = (pairs, NONE) if key[0] == self.plan.type else (pairs >> SHIFT, pairs & LOW)
        for head in self._shortcuts.of(kind):
            self._conclude(found, head, subjects, values)

    def _values(self, found: Found, key: Key, pairs: Column) -> None:
        """Apply the rules that ask for one value of a predicate other than rdf:type."""
        if key[0] != self.plan.type:
            for value, special in self.plan.by_predicate.get(key[0], Dispatch()).values.items():
                if special.heads:
                    self._shortcut(found, key, (key[0], value), pairs[pairs & LOW == value])

    def _triggers(self, key: Key) -> Iterator[Trigger]:
        predicate, kind = key
        plan = self.plan
        dispatch = plan.by_predicate.get(predicate, Dispatch())
        special = (dispatch.values.get(kind, Dispatch()),) if kind >= 0 else dispatch.values.values()
        stock = self.relations.predicates()
        for found in (dispatch, *special):
            yield from (trigger for trigger in found.triggers if trigger.guards <= stock)
        for trigger in plan.anywhere:
            if predicate not in (plan.unequal if trigger.line.steps else plan.hidden) and trigger.guards <= stock:
                yield trigger

    def _join(self, found: Found, trigger: Trigger, key: Key, pairs: Column) -> None:
        line = trigger.line
        atom, rest = line.body[trigger.position], line.rest(trigger.position)
        leading = next((slot for other in rest[:1] for slot in (other[0], other[2]) if slot < 0 and slot in atom), None)
        start = self._solver.started(atom, key, pairs, leading)
        for bindings in self._solver.solved(rest, start, line):
            if line.head is None:
                self.met.append((line, bindings))
            elif bindings.rows:
                self._conclude_rows(found, line.head, bindings)

    # --- conclusions --------------------------------------------------------------------------------------------

    def _conclude_rows(self, found: Found, head: Fact, bindings: Bindings) -> None:
        subject, predicate, value = head
        links: list[tuple[int, Bindings]] = [(predicate, bindings)]
        if predicate < 0:
            column = bindings.column(predicate)
            links = [(int(link), bindings.take(column == link)) for link in np.unique(column)]
        for link, rows in links:
            link = self.plan.steps.get(link, link) if predicate < 0 else link
            constant = value if value >= 0 else -2
            self._conclude(found, (-1, link, constant), rows.column(subject), rows.column(value))

    def _conclude(self, found: Found, head: Fact, subjects: Column, values: Column) -> None:
        """Note what a head says of columns of subjects and objects."""
        one, link, other = head
        rows = len(subjects)
        starts = _column(one, subjects, values, rows)
        if link != self.plan.type:
            found[link, -1].append(starts << SHIFT | _column(other, subjects, values, rows))
        elif other >= 0:
            self._belong(found, other, starts)
        else:
            for kind, of_kind in _groups(_column(other, subjects, values, rows)):
                self._belong(found, kind, starts[of_kind])

    def _belong(self, found: Found, kind: int, members: Column) -> None:
        if kind not in self.plan.read and not self.plan.every_kind:
            members = members[members & _ODD == 0]
        found[self.plan.type, kind].append(members)

    def _stored(self, key: Key) -> Key:
        return self.plan.steps.get(key[0], key[0]), key[1]

    def _literal_kinds(self) -> Iterator[tuple[Column, int]]:
        """Yield the literals of each datatype that a rule asks for (dt-type2)."""
        members: dict[int, list[int]] = defaultdict(list)
        if self.plan.asks_datatypes():
            for number in self.plan.terms.literals():
                for kind in self.plan.kinds(number):
                    members[kind].append(number)
        for kind, numbers in members.items():
            yield np.array(numbers, np.uint64), kind


def _column(place: int, subjects: Column, values: Column, rows: int) -> Column:
    if place >= 0:
        return np.full(rows, place, np.uint64)
    return subjects if place == -1 else values


def _groups(column: Column) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each value of a column with the numbers of its rows."""
    if len(column):
        order = np.argsort(column, kind="stable")
        ordered = column[order]
        for rows in np.split(order, np.flatnonzero(ordered[1:] != ordered[:-1]) + 1):
            yield int(column[rows[0]]), rows


def remaining(relations: Relations, given: Table, key: Key) -> Column:
    """Return what holds by a key, is not given, and has a node for subject."""
    pairs = without(relations.forward(key), given.get(key, NONE))
    subjects = pairs if key[0] == relations.type else pairs >> SHIFT
    kept: Column = pairs[subjects & _ODD == 0]
    return kept
