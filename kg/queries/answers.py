"""From a saved query and its values, or from SPARQL text, to a result within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import TypeVar

from kg.dataset import Answer, Row, Solutions, Store
from kg.errors import LimitError, QueryError, UsageError
from kg.iris import place
from kg.queries.binding import filled
from kg.queries.cache import Cache, Key
from kg.queries.entities import entity
from kg.queries.federation import Federation, restored
from kg.queries.grammar import located, prefixed, refuse_invalid
from kg.queries.guard import called as services
from kg.queries.guard import guarded, refusal
from kg.queries.header import Column
from kg.queries.parameters import Given, Parameter
from kg.queries.results import Citation, Graph, Result, Table, Truth, plain
from kg.queries.saved import SavedQuery
from kg.queries.tokens import tokens
from kg.vocab import PH, PREFIXES, Iri, Literal, Triple

Values = Mapping[str, Given | Sequence[Given]]
NOTHING: Mapping[str, str] = MappingProxyType({})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are wanted, and how many there may be at most (asking for more is an error, not a cut)."""

    limit: int | None = None
    offset: int = 0
    most: int = 100_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from: a store, its default graphs, the digest of its build (none where it may change).

    ``services`` are the endpoints that SERVICE may name, by name; ``endpoint`` opens one by its address. ``place`` is
    the address of a store that is elsewhere itself, ``names`` are the prefixes that text from outside may use.
    """

    store: Store
    graphs: tuple[Iri, ...]
    build: str = ""
    services: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(PREFIXES))
    endpoint: Callable[[str], Store] | None = None
    place: str = ""


def resolved(query: SavedQuery, values: Values, source: Source) -> dict[str, tuple[Given, ...]]:
    """Return the values with the names of entities and worlds replaced by their IRIs, defaults filled in."""
    known = {parameter.name: parameter for parameter in query.parameters}
    return {
        name: tuple(_resolved(known.get(name), value, source) for value in _listed(several))
        for name, several in {**_defaults(query), **values}.items()
    }


def answer(
    query: SavedQuery, values: Values, source: Source, *, page: Page = Page(), cache: Cache | None = None
) -> Result:
    """Return what a saved query answers; values may hold names of entities.

    Raises UsageError for values that do not fit, QueryError for a query that the store refuses, LimitError for more
    rows than the page allows.
    """
    called = _permitted(query, source)
    terms = query.terms(resolved(query, values, source))
    text = filled(query.text, query.slots, terms)
    if query.header.rows is not None:
        page = replace(page, most=min(page.most, query.header.rows))
    if query.form == "select" and not query.cut:  # else the page is cut from what comes back
        text, page = _paged(text, page)
    found = _kept(text, source, page, cache, query.name, called, query.columns)
    said = {name: ", ".join(map(plain, several)) for name, several in terms.items() if several}
    return replace(found, citation=_cited(query.name, source, called, said))


def ask(text: str, source: Source, *, page: Page = Page(), cache: Cache | None = None, name: str = "query") -> Result:
    """Return what SPARQL text from outside answers; the prefixes that everyone knows need not be declared."""
    whole = prefixed(text, source.names)
    try:
        guarded(whole, source=name, services={*source.services, *source.services.values()})
        called = {target: source.services.get(target, target) for _, target in services(list(tokens(whole)))}
        if called:  # an endpoint is asked nothing for a query that has a fault somewhere else
            refuse_invalid(name, whole)
        found = _kept(whole, source, page, cache, name, called)
    except QueryError as error:
        if whole == text or error.line is None:
            raise
        raise QueryError(error.source, error.problem, line=error.line - 1, column=error.column) from error
    return replace(found, citation=_cited(name, source, called))


def _permitted(query: SavedQuery, source: Source) -> dict[str, str]:
    """Return the address of each endpoint that a query calls, by what it calls it: the settings say where a name is.

    Raises QueryError for an endpoint that they do not name.
    """
    names = {address: name for name, address in query.header.services.items()}
    found: dict[str, str] = {}
    for target in query.services:
        name = names.get(target, target)
        if name not in source.services and target not in source.services.values():
            raise QueryError(f"{query.name}.rq", refusal(target, names.get(target, "NAME")))
        found[target] = source.services.get(name, target)
    return found


def _cited(name: str, source: Source, called: Mapping[str, str], said: Mapping[str, str] = NOTHING) -> Citation:
    asked = dict.fromkeys((source.place, *called.values()) if source.place else called.values())
    return Citation(query=name, parameters=said, build=source.build, services=tuple(map(place, asked)))


def _kept(
    text: str, source: Source, page: Page, cache: Cache | None, name: str, called: Mapping[str, str],
    columns: Sequence[Column] = (),
) -> Result:  # fmt: skip
    def fresh() -> Result:
        found = _federated(text, source, page, name, called) if called else _answer(source, text, name)
        return _result(found, columns, page, name)

    if cache is None:
        return fresh()
    # an answer that SERVICE had a part in depends on more than the build
    return cache.answer(Key(f"{text}\n#{page}", source.graphs, "" if called else source.build), fresh)


def _federated(text: str, source: Source, page: Page, name: str, called: Mapping[str, str]) -> Answer:
    if source.endpoint is None:
        raise UsageError(f"{name}: calls services, and this way of asking reaches none")
    federation = Federation(source.store, source.graphs, source.endpoint, called, page.most)
    return restored(_answer(source, federation.local(text, name), name))


def _paged(text: str, page: Page) -> tuple[str, Page]:
    most = page.most + 1 if page.limit is None else min(page.limit, page.most + 1)
    return f"{text}\nLIMIT {most:d} OFFSET {page.offset:d}\n", replace(page, limit=None, offset=0)


def _answer(source: Source, text: str, name: str) -> Answer:
    try:
        return source.store.query(text, source.graphs)
    except QueryError as error:
        raise located(name, error) from error


def _result(found: Answer, columns: Sequence[Column], page: Page, name: str) -> Result:
    if isinstance(found, bool):
        return Truth(found)
    if isinstance(found, Solutions):
        rows: tuple[Row, ...] = _taken(found.rows, page, name)
        return Table(tuple(columns) or tuple(Column(variable) for variable in found.variables), rows)
    triples: tuple[Triple, ...] = _taken(dict.fromkeys(found), page, name)
    return Graph(triples)


def _taken(rows: Iterable[T], page: Page, name: str) -> tuple[T, ...]:
    wanted = page.most + 1 if page.limit is None else min(page.limit, page.most + 1)
    taken = tuple(islice(rows, page.offset, page.offset + wanted))
    if len(taken) > page.most:
        raise LimitError(
            f"{name}: more than {page.most:,} rows: take a page with --limit and --offset, or raise --max-rows"
        )
    return taken


def _defaults(query: SavedQuery) -> dict[str, str]:
    return {parameter.name: parameter.default for parameter in query.parameters if parameter.default is not None}


def _listed(several: Given | Sequence[Given]) -> tuple[Given, ...]:
    if isinstance(several, str | int | float | date | Literal):
        return (several,)
    return tuple(several)


def _resolved(parameter: Parameter | None, value: Given, source: Source) -> Given:
    if parameter is None or parameter.type not in ("entity", "world") or isinstance(value, Iri):
        return value
    if not isinstance(value, str):
        raise UsageError(f"--{parameter.name}: {value} names nothing: give a name, a CURIE or an IRI")
    kind = PH.World if parameter.type == "world" else parameter.of
    return entity(source.store, source.graphs, value, kind=kind, base=source.names.get("id", ""))
