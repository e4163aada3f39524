"""The contradictions of a run over columns, gathered when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kg.reason.bindings import Bindings
from kg.reason.contradictions import Contradictions
from kg.reason.facts import Fact, Facts, Layer
from kg.reason.literals import excluded, ill_typed
from kg.reason.plan import Line
from kg.reason.relations import LOW, SHIFT, Column
from kg.reason.rounds import Run
from kg.vocab import Iri, Literal

_ODD = np.uint64(1)


def noted(run: Run, most: int) -> Contradictions:
    """Return the contradictions of a run, up to about ``most`` of them."""
    kept = Contradictions(run.plan, Facts((Layer(),)))
    for line, bindings in run.met:
        for facts in _rows(line, bindings):
            kept.note(line, facts)
            if len(kept) >= most:
                return kept
    for fact in _of_doubtful_literals(run):
        kept.check_literal(fact)
    for fact, kind in _misplaced(run):
        kept.check_kind(fact[2], kind, fact)
    return kept


def _rows(line: Line, bindings: Bindings) -> Iterator[tuple[Fact, ...]]:
    columns = [[bindings.column(slot).tolist() for slot in atom] for atom in line.body]
    for row in range(bindings.rows):
        yield tuple((one[row], link[row], other[row]) for one, link, other in columns)


def _of_doubtful_literals(run: Run) -> Iterator[Fact]:
    """Yield the facts whose literal is no value of its datatype, and what is said to be the same as a literal."""
    terms = run.plan.terms
    bad = np.array([number for number in terms.literals() if ill_typed(terms.literal(number))], np.uint64)
    for (predicate, kind), pairs in run.relations.known.items():
        if kind < 0 and len(bad):
            yield from _facts(predicate, pairs[np.isin(pairs & LOW, bad)])
    same = run.relations.forward((run.plan.same, -1))
    yield from _facts(run.plan.same, same[(same & _ODD == 1) & (same >> SHIFT & _ODD == 1)])


def _misplaced(run: Run) -> Iterator[tuple[Fact, int]]:
    """Yield the facts whose literal a range puts into a datatype that it is no value of, with that datatype."""
    terms, plan = run.plan.terms, run.plan
    datatypes = {terms.literal(number).datatype: None for number in terms.literals()}
    codes = {datatype: code for code, datatype in enumerate(datatypes)}
    of_literal = np.array([codes[terms.literal(number).datatype] for number in terms.literals()], np.int64)
    for predicate, found in plan.by_predicate.items():
        kinds = [kind for one, link, kind in found.heads if link == plan.type and one == -2 and kind >= 0]
        for kind in kinds:
            term = plan.term(kind)
            wrong = [codes[it] for it in datatypes if isinstance(term, Iri) and excluded(Literal("", it), term)]
            pairs = run.relations.forward((predicate, -1))
            pairs = pairs[pairs & _ODD == 1] if wrong else pairs[:0]
            found_codes = of_literal[((pairs & LOW) >> np.uint64(1)).astype(np.int64)] if len(pairs) else np.empty(0)
            yield from ((fact, kind) for fact in _facts(predicate, pairs[np.isin(found_codes, wrong)]))


def _facts(predicate: int, pairs: Column) -> Iterator[Fact]:
    return ((pair >> 32, predicate, pair & 0xFFFFFFFF) for pair in pairs.tolist())
