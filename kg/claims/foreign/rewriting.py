"""Statements of others in the order in which they are made here: one address for schema.org, wholes named by parts.

schema.org lets a series list its seasons and a season its episodes; here an episode names its season. Nothing else is
turned around.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.foreign import Said
from kg.vocab import RDF, SCHEMA, Iri, Literal, Node, Term

_OLD: Final = "http://schema.org/"
_PARTS: Final = frozenset(
    SCHEMA[name] for name in ("episode", "episodes", "season", "seasons", "containsSeason", "hasPart")
)
_SERIES: Final = frozenset((SCHEMA.TVSeries, SCHEMA.CreativeWorkSeries))
_SEASONS: Final = frozenset((SCHEMA.TVSeason, SCHEMA.CreativeWorkSeason))


def rewritten(statements: Iterable[Said]) -> tuple[Said, ...]:
    """Return the statements with schema.org's terms at one address, and parts of series turned towards their whole."""
    said = [
        replace(it, predicate=_one(it.predicate), object=_one(it.object) if it.predicate == RDF.type else it.object)
        for it in statements
    ]
    kinds: dict[Node, set[Term]] = {}
    for it in said:
        if it.predicate == RDF.type:
            kinds.setdefault(it.subject, set()).add(it.object)
    turned = [turned for it in said for turned in _turned(it, kinds)]
    return (*turned, *_seasons(turned))


def _seasons(said: Iterable[Said]) -> Iterator[Said]:
    """Yield the series of seasons that name none, where an episode names both."""
    said = list(said)
    series = {it.subject: it.object for it in said if it.predicate == SCHEMA.partOfSeries}
    for it in said:
        season = it.object
        told = it.predicate == SCHEMA.partOfSeason and not isinstance(season, Literal) and it.subject in series
        if told and not isinstance(season, Literal) and season not in series:
            series[season] = series[it.subject]
            yield replace(it, subject=season, predicate=SCHEMA.partOfSeries, object=series[it.subject])


def _one(term: Term) -> Iri:
    return Iri(str(SCHEMA) + term[len(_OLD) :]) if isinstance(term, str) and term.startswith(_OLD) else term  # type: ignore[return-value]


def _turned(it: Said, kinds: dict[Node, set[Term]]) -> Iterator[Said]:
    if isinstance(it.object, Literal):
        yield it
    elif it.predicate in _PARTS and (whole := _whole(kinds.get(it.subject, set()))):
        yield replace(it, subject=it.object, predicate=whole, object=it.subject)
    elif it.predicate == SCHEMA.isPartOf and (whole := _whole(kinds.get(it.object, set()))):
        yield replace(it, predicate=whole)
    else:
        yield it


def _whole(kinds: set[Term]) -> Iri | None:
    if kinds & _SERIES:
        return SCHEMA.partOfSeries
    return SCHEMA.partOfSeason if kinds & _SEASONS else None
