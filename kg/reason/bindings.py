"""Tables of bindings: how the conditions of a rule are met by whole columns of facts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.reason.facts import Fact
from kg.reason.limits import Meter
from kg.reason.plan import Line, Plan
from kg.reason.relations import LOW, SHIFT, Column, Key, Relations, member, turned

ONE = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Bindings:
    """Values of variables, row by row; a constant stands for a column that has it in every row."""

    columns: dict[int, Column | int]
    rows: int

    def value(self, slot: int) -> Column | int | None:
        """Return what a place of an atom stands for, None where it is open."""
        return slot if slot >= 0 else self.columns.get(slot)

    def column(self, slot: int) -> Column:
        """Return a place that is known, as a column."""
        found = self.value(slot)
        return np.full(self.rows, found, np.uint64) if isinstance(found, int) or found is None else found

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Bindings:
        """Return some rows, by mask or by number."""
        columns = {slot: value if isinstance(value, int) else value[rows] for slot, value in self.columns.items()}
        return Bindings(columns, int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows))

    def bind(self, slot: int, value: Column | int) -> Bindings:
        """Return the rows with one more variable."""
        return Bindings({**self.columns, slot: value}, self.rows)


class Solver:
    """The conditions of rules, met by the relations of one run."""

    def __init__(self, plan: Plan, relations: Relations, meter: Meter) -> None:
        self._plan = plan
        self._meter = meter
        self._relations = relations

    def started(self, atom: Fact, key: Key, pairs: Column, leading: int | None) -> Bindings:
        """Return the bindings under which an atom is one of these facts, sorted by the variable ``leading``."""
        predicate, kind = key
        columns: dict[int, Column | int] = {atom[1]: predicate} if atom[1] < 0 else {}
        if kind >= 0:
            ends: tuple[Column, Column | int] = (pairs, kind)
        elif leading == atom[2] and leading != atom[0]:
            by_object = turned(pairs)
            ends = (by_object & LOW, by_object >> SHIFT)
        else:
            ends = (pairs >> SHIFT, pairs & LOW)
        return _ended(Bindings(columns, len(pairs)), atom, ends)

    def solved(self, atoms: tuple[Fact, ...], bindings: Bindings, line: Line) -> Iterator[Bindings]:
        """Yield tables of bindings under which all atoms hold and what must be distinct is."""
        if not bindings.rows:
            return
        if not atoms:
            yield _distinct(bindings, line)
            return
        for atom, rows in self._grounded(atoms[0], bindings, line):
            yield from self.solved(atoms[1:], self._joined(atom, rows), line)

    def _grounded(self, atom: Fact, bindings: Bindings, line: Line) -> Iterable[tuple[Fact, Bindings]]:
        """Yield the atom with its predicate, and the class of rdf:type, replaced by each that it may be."""
        subject, predicate, value = atom
        if predicate < 0:
            hidden = self._plan.unequal if line.steps else self._plan.hidden
            for link, rows in _each(bindings, predicate, self._relations.predicates() - hidden):
                yield from self._grounded((subject, link, value), rows, line)
        elif predicate == self._relations.type and value < 0:
            for kind, rows in _each(bindings, value, self._relations.classes()):
                yield (subject, predicate, kind), rows
        else:
            yield atom, bindings

    def _joined(self, atom: Fact, bindings: Bindings) -> Bindings:
        subject, predicate, value = atom
        if predicate == self._relations.type:
            return self._of_class(subject, (predicate, value), bindings)
        key = (predicate, -1)
        start, end = bindings.value(subject), bindings.value(value)
        if start is not None and end is not None:
            pairs = bindings.column(subject) << SHIFT | bindings.column(value)
            return bindings.take(member(pairs, self._relations.forward(key)))
        if start is not None:
            return self._expanded(bindings, bindings.column(subject), self._relations.forward(key), value)
        if end is not None:
            return self._expanded(bindings, bindings.column(value), self._relations.backward(key), subject)
        pairs = self._relations.forward(key)
        crossed = self._crossed(bindings, len(pairs))
        repeated = np.tile(pairs, bindings.rows)
        return _ended(crossed, atom, (repeated >> SHIFT, repeated & LOW))

    def _of_class(self, subject: int, key: Key, bindings: Bindings) -> Bindings:
        members = self._relations.forward(key)
        if bindings.value(subject) is not None:
            return bindings.take(member(bindings.column(subject), members))
        return self._crossed(bindings, len(members)).bind(subject, np.tile(members, bindings.rows))

    def _expanded(self, bindings: Bindings, by: Column, pairs: Column, slot: int) -> Bindings:
        """Return each row once for every pair that begins with its value, the pair's other side bound."""
        low = np.searchsorted(pairs, by << SHIFT)
        counts = np.searchsorted(pairs, (by + ONE) << SHIFT) - low
        self._meter.expect(int(counts.sum()))
        rows = np.repeat(np.arange(len(by)), counts)
        at = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
        return bindings.take(rows).bind(slot, pairs[at] & LOW)

    def _crossed(self, bindings: Bindings, times: int) -> Bindings:
        self._meter.expect(bindings.rows * times)
        return bindings.take(np.repeat(np.arange(bindings.rows), times))


def _each(bindings: Bindings, slot: int, candidates: Iterable[int]) -> Iterator[tuple[int, Bindings]]:
    """Yield the values that a variable has, with its rows, or all candidates where it is open."""
    found = bindings.value(slot)
    if found is None:
        yield from ((each, bindings.bind(slot, each)) for each in candidates)
    elif isinstance(found, int):
        yield found, bindings
    else:
        yield from ((int(each), bindings.take(found == each)) for each in np.unique(found))


def _ended(bindings: Bindings, atom: Fact, ends: tuple[Column, Column | int]) -> Bindings:
    """Return rows with the subjects and objects of an atom bound, those dropped that do not fit."""
    fits = None
    for slot, value in zip((atom[0], atom[2]), ends, strict=True):
        known = bindings.value(slot)
        if known is None:
            bindings = bindings.bind(slot, value)
        else:
            equal = np.broadcast_to(np.equal(known, value), (bindings.rows,))
            fits = equal if fits is None else fits & equal
    return bindings if fits is None else bindings.take(fits)


def _distinct(bindings: Bindings, line: Line) -> Bindings:
    for left, right in line.distinct:
        bindings = bindings.take(bindings.column(left) != bindings.column(right))
    return bindings
