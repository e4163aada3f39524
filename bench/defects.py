"""A guide's world with mistakes put in, in known numbers, and the twelve shapes that find them."""

# ruff: noqa: E501 - Turtle reads better unbroken

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench import synthetic
from kg.resources import shared
from kg.store.embedded import read_file
from kg.vocab import JOB, PH, PREFIXES, RDF, RDFS, SCHEMA, XSD, Iri, Literal, Term, Triple, integer

SHAPES = (
    "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    + """
phsh:Episode a sh:NodeShape ; sh:targetClass schema:TVEpisode ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 3 ] ;
  sh:property [ sh:path schema:episodeNumber ; sh:datatype xsd:integer ; sh:minInclusive 1 ; sh:maxExclusive 100 ] ;
  sh:property [ sh:path schema:partOfSeason ; sh:minCount 1 ; sh:class schema:TVSeason ] ;
  sh:property [ sh:path schema:datePublished ; sh:maxCount 1 ; sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" ] .
phsh:Season a sh:NodeShape ; sh:targetClass schema:TVSeason ;
  sh:property [ sh:path schema:partOfSeries ; sh:minCount 1 ; sh:maxCount 1 ; sh:class schema:TVSeries ] .
phsh:Series a sh:NodeShape ; sh:targetClass schema:TVSeries ;
  sh:property [ sh:path ph:universe ; sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:class ph:Universe ] .
phsh:Credit a sh:NodeShape ; sh:targetClass ph:Credit ;
  sh:property [ sh:path ph:creditOf ; sh:minCount 1 ; sh:maxCount 1 ; sh:class schema:TVEpisode ] ;
  sh:property [ sh:path ph:creditedAgent ; sh:minCount 1 ; sh:class schema:Person ] ;
  sh:property [ sh:path ph:job ; sh:minCount 1 ; sh:in (job:writer job:director job:composer job:producer) ] .
phsh:Performance a sh:NodeShape ; sh:targetClass ph:Performance ;
  sh:property [ sh:path ph:performer ; sh:minCount 1 ; sh:maxCount 1 ; sh:class schema:Person ; sh:not phsh:ACharacter ] ;
  sh:property [ sh:path ph:character ; sh:class ph:Character ; sh:disjoint ph:performer ] ;
  sh:property [ sh:path ph:billing ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:minInclusive 1 ] ;
  sh:property [ sh:path ph:creditedAs ; sh:minLength 2 ; sh:maxLength 200 ; sh:nodeKind sh:Literal ] .
phsh:ACharacter a sh:NodeShape ; sh:class ph:Character .
phsh:Character a sh:NodeShape ; sh:targetClass ph:Character ;
  sh:property [ sh:path ph:existsIn ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path ph:depicts ; sh:maxCount 24 ] .
phsh:Person a sh:NodeShape ; sh:targetClass schema:Person ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ; sh:pattern "^[^ ]" ] .
phsh:Mission a sh:NodeShape ; sh:targetClass ph:HistoricalMission ;
  sh:property [ sh:path rdfs:label ; sh:minCount 1 ] ;
  sh:property [ sh:path ph:commander ; sh:or ( [ sh:class schema:Person ] [ sh:class ph:Character ] ) ] .
phsh:Named a sh:NodeShape ; sh:targetSubjectsOf ph:existsIn ; sh:severity sh:Warning ;
  sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:severity sh:Warning ] .
phsh:Depicted a sh:NodeShape ; sh:targetObjectsOf ph:depicts ;
  sh:xone ( [ sh:class ph:HistoricalMission ] [ sh:class ph:HistoricalFigure ] ) .
phsh:Place a sh:NodeShape ; sh:targetSubjectsOf ph:locatedIn ;
  sh:property [ sh:path ph:locatedIn ; sh:node phsh:APlace ] .
phsh:APlace a sh:NodeShape ; sh:or ( [ sh:class ph:Planet ] [ sh:class ph:Country ] [ sh:class ph:Region ] [ sh:class ph:City ] ) .
phsh:Making a sh:NodeShape ; sh:targetClass schema:TVEpisode ;
  sh:property [ sh:path [ sh:inversePath ph:creditOf ] ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShape [ sh:property [ sh:path ph:job ; sh:hasValue job:writer ] ] ] ;
  sh:property [ sh:path ( [ sh:inversePath ph:inEpisode ] ph:performer ) ; sh:minCount 1 ; sh:class schema:Person ] .
"""
)

EVERY = 2_000  # triples to one mistake


@dataclass(frozen=True, slots=True)
class Broken:
    """A world with mistakes: its triples, and how many findings they make."""

    triples: tuple[Triple, ...]
    findings: int


def world(size: int) -> Broken:
    """Return a world of about ``size`` triples in which one triple of `EVERY` or so is wrong."""
    above, known = kinds()
    made = dict.fromkeys([*synthetic.shared([synthetic.NAMES.actual]), *known])
    worlds: dict[Iri, None] = {}
    mistakes, findings = max(6, size // EVERY), 0
    for number, entry in enumerate(synthetic.entries()):
        triples = dict.fromkeys(complete(entry, above))
        if number < mistakes:
            triples, wrong = _spoilt(triples, number)
            findings += wrong
        made |= triples
        worlds |= dict.fromkeys(place for place, _ in entry.claims)
        if len(made) >= size:
            made |= dict.fromkeys(synthetic.shared(worlds))
            return Broken(tuple(made), findings)
    raise AssertionError("entries have no end")


def kinds() -> tuple[dict[Term, set[Term]], list[Triple]]:
    """Return the classes above each class of the ontology, and what the background says of concepts."""
    ontology = [quad.triple for quad in read_file(shared("ontology", "porthole.ttl"))]
    concepts = [quad.triple for quad in read_file(shared("ontology", "concepts.ttl"))]
    above: dict[Term, set[Term]] = {}
    for triple in ontology:
        if triple.predicate == RDFS.subClassOf:
            above.setdefault(triple.subject, set()).add(triple.object)
    while any(grown := [(kind, more) for kind, up in above.items() if (more := _higher(up, above) - up)]):
        for kind, more in grown:
            above[kind] |= more
    return above, concepts


def _higher(classes: set[Term], above: dict[Term, set[Term]]) -> set[Term]:
    return {higher for kind in classes for higher in above.get(kind, ())}


def complete(entry: synthetic.Entry, above: dict[Term, set[Term]]) -> Iterator[Triple]:
    """Yield what an entry adds to the background and the actual world, its nodes' higher classes included."""
    episode = next(it.subject for it in entry.background if it.object == SCHEMA.TVEpisode)
    series = next(it.subject for it in entry.background if it.object == SCHEMA.TVSeries)
    season = next(it.subject for it in entry.background if it.object == SCHEMA.TVSeason)
    yield Triple(episode, SCHEMA.partOfSeries, Iri(series))
    yield Triple(season, SCHEMA.seasonNumber, integer(int(season.rsplit("/", 1)[-1])))
    for triple in (*entry.background, *entry.world(synthetic.NAMES.actual)):
        yield triple
        if triple.predicate == RDF.type:
            for kind in sorted(above.get(triple.object, ()), key=str):
                if isinstance(kind, Iri):
                    yield triple._replace(object=kind)


def _spoilt(triples: dict[Triple, None], number: int) -> tuple[dict[Triple, None], int]:
    """Return an entry's triples with one mistake, and how many findings that makes."""
    kind = number % 6
    played, credit = _first(triples, PH.Performance), _first(triples, PH.Credit)
    episode = _first(triples, SCHEMA.TVEpisode)
    if kind == 0:  # not a number, and not above any
        return _changed(triples, played, PH.billing, Literal("first")), 2
    if kind == 1:  # no performer
        return _changed(triples, played, PH.performer), 1
    if kind == 2:  # a job that is none
        return _changed(triples, credit, PH.job, JOB["gaffer"]), 1 + _writer(triples, credit)
    if kind == 3:  # below one
        return _changed(triples, episode, SCHEMA.episodeNumber, integer(0)), 1
    if kind == 4:  # no label
        return _changed(triples, played, RDFS.label), 1
    return _changed(triples, episode, SCHEMA.datePublished, Literal("soon", XSD.string)), 1  # no date


def _writer(triples: dict[Triple, None], credit: Iri) -> int:
    """Return 1 where the credit was the writer's: then the episode lacks one as well."""
    return int(Triple(credit, PH.job, JOB.writer) in triples)


def _first(triples: dict[Triple, None], kind: Iri) -> Iri:
    return next(Iri(it.subject) for it in triples if it.predicate == RDF.type and it.object == kind)


def _changed(
    triples: dict[Triple, None], subject: Iri, predicate: Iri, value: Iri | Literal | None = None
) -> dict[Triple, None]:
    kept: Iterator[Triple] = (it for it in triples if (it.subject, it.predicate) != (subject, predicate))
    return dict.fromkeys([*kept, *([] if value is None else [Triple(subject, predicate, value)])])


def edit() -> tuple[Triple, ...]:
    """Return the triples of one more entry, which no world has yet."""
    entry = synthetic._entry(10_000_000, "")
    return tuple(dict.fromkeys(complete(entry, kinds()[0])))
