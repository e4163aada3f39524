"""Which rows of an answer rest on inference or on links: those that are not there without them.

The query is asked again of copies of the graph that lack the one or the other. Inferred is what stands in a world's
graph and in no claim; kinds that follow from other kinds stand in the background, which every world shares. Without
links there are no facts either that were taken over along them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kg.dataset import Row, Store
from kg.errors import UsageError
from kg.iris import Names
from kg.queries.answers import Page, Source, Values, answer, resolved
from kg.queries.binding import bound
from kg.queries.header import Column
from kg.queries.results import Table
from kg.queries.saved import SavedQuery
from kg.vocab import DEFAULT_BASE, PREFIXES, Iri, Literal, Quad

RESTS_ON = Column("rests_on", "text", "", "inference, links or both, without which the row would not be there")
INFERENCE, LINKS = "inference", "links"

_ALL = 1_000_000_000  # rows: the page is cut from the answer, and its rows are looked for in all that is left
_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("force", "ph", "prov"))
_STATED = """SELECT ?s ?p ?o ?world ?claim WHERE {
  GRAPH ?catalogue { ?claim ph:assertedIn ?world ; ph:force force:stated }
  GRAPH ?claim { ?s ?p ?o }
}"""
_WORLDS = "SELECT DISTINCT ?world WHERE { GRAPH ?catalogue { ?claim ph:assertedIn ?world } }"
_TAKEN_OVER = "SELECT ?claim WHERE { GRAPH ?catalogue { ?claim prov:wasDerivedFrom $source } }"


def marked(query: SavedQuery, values: Values, source: Source, *, page: Page | None = None) -> Table:
    """Return what a saved query answers, with a last column that tells what each row rests on besides statements.

    Raises what `kg.queries.answer` raises, and UsageError for a query that answers no rows.
    """
    if query.form != "select":
        raise UsageError(f"{query.stem} answers no rows: only rows can be marked")
    known = resolved(query, values, source)  # names mean what they mean in the whole graph
    found = _rows(query, known, source, page or Page())
    left = {
        reason: frozenset(map(_key, _rows(query, known, replace(source, store=store), Page(most=_ALL)).rows))
        for reason, store in _lacking(source)
    }
    rows = tuple((*row, _mark(row, left)) for row in found.rows)
    return replace(found, columns=(*found.columns, RESTS_ON), rows=rows)


def told(table: Table) -> str:
    """Return how many rows of a marked table rest on what, in one line.

    >>> told(Table((RESTS_ON,), ((Literal("links"),), (Literal(""),))))
    '1 of 2 rows rest on links'
    """
    marks = [row[-1].value for row in table.rows if isinstance(row[-1], Literal)]
    counts = {reason: sum(reason in mark.split(" and ") for mark in marks) for reason in (INFERENCE, LINKS)}
    if not table.rows:
        return "no rows"
    said = [f"{count} of {len(table.rows)} rows rest on {reason}" for reason, count in counts.items() if count]
    return ", ".join(said) or "every row rests on statements alone"


def _rows(query: SavedQuery, values: Values, source: Source, page: Page) -> Table:
    found = answer(query, values, source, page=page)
    assert isinstance(found, Table)  # a SELECT, and nothing else, was let in
    return found


def _key(row: Row) -> tuple[object, ...]:
    """Return what tells a row from others; the pieces of a joined cell come in any order."""
    return tuple(tuple(sorted(re.split(r"[\s,]+", cell.value))) if isinstance(cell, Literal) else cell for cell in row)


def _lacking(source: Source) -> Iterator[tuple[str, Store]]:
    """Yield copies of the graph without what follows, and without links, where there is such a thing."""
    store, names = source.store, Names(source.names.get("id", DEFAULT_BASE))
    stated = _stated(store)
    inferred = {
        quad for world in _iris(store, _PREFIXES + _WORLDS) for quad in store.quads(world) if quad not in stated
    }
    if inferred:
        yield INFERENCE, _copy(store, lambda quad: quad not in inferred)
    taken = set(_iris(store, bound(_PREFIXES + _TAKEN_OVER, {"source": (names.source("wikidata"),)})))
    if taken or any(True for _ in store.quads(names.links)):
        apart = {names.links, *taken}
        only = {quad for quad, claims in stated.items() if claims <= taken}
        yield LINKS, _copy(store, lambda quad: not (quad.graph in apart or quad.subject in taken or quad in only))


def _stated(store: Store) -> dict[Quad, set[Iri]]:
    """Return what is stated in each world, with the claims that state it."""
    found: dict[Quad, set[Iri]] = {}
    for subject, predicate, value, world, claim in store.select(_PREFIXES + _STATED).rows:
        quad = Quad(subject, predicate, value, world)  # type: ignore[arg-type]  # they stand in a graph, so they fit
        found.setdefault(quad, set()).add(Iri(str(claim)))
    return found


def _iris(store: Store, text: str) -> Iterator[Iri]:
    return (row[0] for row in store.select(text).rows if isinstance(row[0], Iri))


def _copy(store: Store, kept: Callable[[Quad], bool]) -> Store:
    from kg.store.embedded import Embedded  # the engine loads when it is needed

    return Embedded.memory(filter(kept, store.quads()))


def _mark(row: Row, left: Mapping[str, frozenset[tuple[object, ...]]]) -> Literal:
    return Literal(" and ".join(reason for reason, rows in left.items() if _key(row) not in rows))
