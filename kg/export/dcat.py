"""The description of a release: what it holds (VoID), and how its files are had (DCAT 3).

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.export.release import Part, Release, Source, licence_term
from kg.export.rows import Row
from kg.iris import Names
from kg.vocab import (
    DCTERMS,
    PH,
    PORTHOLE,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    XSD,
    Iri,
    Literal,
    Namespace,
    Quad,
    Term,
    Triple,
    integer,
)  # fmt: skip

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
NAMES = {"dcat": str(DCAT), "void": str(VOID), "spdx": str(SPDX), "foaf": str(FOAF)}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_LINKS = frozenset(f"<{SKOS[it]}>" for it in ("exactMatch", "closeMatch", "relatedMatch", "broadMatch", "narrowMatch"))
_ITEMS = f"<{PREFIXES['wd']}"
_TYPE = f"<{RDF.type}>"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a data set holds; ``kinds`` counts the things of each class, ``properties`` the statements with each."""

    triples: int
    subjects: int
    links: int
    kinds: tuple[tuple[Iri, int], ...]
    properties: tuple[tuple[Iri, int], ...]


def counts(rows: Iterable[Row]) -> Counts:
    """Return how much the rows hold, a statement that stands in several graphs counting once."""
    seen = {row[:3] for row in rows}
    kinds = Counter(found for _, predicate, found in seen if predicate == _TYPE)
    properties = Counter(predicate for _, predicate, _ in seen)
    links = sum(1 for _, predicate, found in seen if predicate in _LINKS and found.startswith(_ITEMS))
    return Counts(len(seen), len({row[0] for row in seen}), links, _named(kinds), _named(properties))


def _named(found: Counter[str]) -> tuple[tuple[Iri, int], ...]:
    return tuple((Iri(token[1:-1]), count) for token, count in sorted(found.items()) if token[0] == "<")


def description(release: Release, found: Counts, dumps: Collection[str]) -> Iterator[Quad]:
    """Yield the description; ``dumps`` are the paths of the files that hold the whole data set as RDF."""
    for triple in _triples(release, found, dumps):
        yield Quad(*triple, Iri(""))


def _triples(release: Release, found: Counts, dumps: Collection[str]) -> Iterator[Triple]:
    it = release.iri
    for predicate, value in _dataset(release):
        yield Triple(it, predicate, value)
    for name in dict.fromkeys(filter(None, [*release.authors(), release.publisher])):
        yield Triple(Names(release.base).agent(name), RDF.type, FOAF.Agent)
        yield Triple(Names(release.base).agent(name), FOAF.name, Literal(name))
    for part in release.parts:
        node = release.address(part)
        yield Triple(it, DCAT.distribution if part.data else DCTERMS.relation, node)
        yield from _distribution(release, part, node) if part.data else _document(part, node)
        if part.path in dumps:
            yield Triple(it, VOID.dataDump, node)
    for source in release.sources:
        yield Triple(it, DCTERMS.source, source.iri)
        yield from _source(source)
    yield from _held(it, release, found)


def _dataset(release: Release) -> Iterator[tuple[Iri, Term]]:
    yield RDF.type, DCAT.Dataset
    yield RDF.type, VOID.Dataset
    yield DCTERMS.title, Literal(release.title)
    yield DCTERMS.description, Literal(release.description)
    yield DCTERMS.identifier, Literal(f"sha256:{release.digest}")
    yield DCAT.version, Literal(release.date)
    yield DCTERMS.issued, Literal(release.date, XSD.date)
    yield DCTERMS.license, licence_term(release.licence)
    yield DCAT.landingPage, Iri(f"{release.site}/")
    yield DCTERMS.conformsTo, Iri("/".join(filter(None, (f"{PORTHOLE}ontology", release.terms))))
    yield DCTERMS.conformsTo, Iri(f"{PORTHOLE}shapes")
    for language in release.languages:
        yield DCTERMS.language, Iri(_LANGUAGES + language.partition("-")[0])
    for name in release.authors():
        yield DCTERMS.creator, Names(release.base).agent(name)
    if release.publisher:
        yield DCTERMS.publisher, Names(release.base).agent(release.publisher)
    yield VOID.uriSpace, Literal(release.base)
    for name in sorted(PREFIXES):
        if name in ("ph", "prov", "schema", "skos", "dcterms"):
            yield VOID.vocabulary, Iri(PREFIXES[name])


def _distribution(release: Release, part: Part, node: Iri) -> Iterator[Triple]:
    checksum = Iri(f"{node}#sha256")
    yield Triple(node, RDF.type, DCAT.Distribution)
    yield Triple(node, DCTERMS.title, Literal(part.title))
    yield Triple(node, DCAT.downloadURL, node)
    yield Triple(node, DCAT.accessURL, node)
    yield Triple(node, DCAT.mediaType, Iri(_MEDIA + part.media))
    if part.packed:
        yield Triple(node, DCAT.compressFormat, Iri(_MEDIA + "application/gzip"))
    yield Triple(node, DCAT.byteSize, Literal(str(part.size), XSD.nonNegativeInteger))
    yield Triple(node, DCTERMS.license, licence_term(release.licence))
    yield Triple(node, SPDX.checksum, checksum)
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(checksum, SPDX.checksumValue, Literal(part.sha256, XSD.hexBinary))


def _document(part: Part, node: Iri) -> Iterator[Triple]:
    """Yield what is said of a file that goes along: terms, checks, queries."""
    yield Triple(node, RDF.type, FOAF.Document)
    yield Triple(node, DCTERMS.title, Literal(part.title))
    yield Triple(node, DCTERMS["format"], Iri(_MEDIA + part.media))


def _source(source: Source) -> Iterator[Triple]:
    yield Triple(source.iri, RDF.type, PH.Entry if source.entry else PH.OutsideSource)
    yield Triple(source.iri, RDFS.label, Literal(source.label))
    for licence in source.licences:
        yield Triple(source.iri, DCTERMS.license if isinstance(licence, Iri) else DCTERMS.rights, licence)
    if source.address:
        yield Triple(source.iri, FOAF.page, Iri(source.address))


def _held(it: Iri, release: Release, found: Counts) -> Iterator[Triple]:
    """Yield the counts; a partition is named by its place among the others, since it needs a name and no more."""
    yield Triple(it, VOID.triples, integer(found.triples))
    yield Triple(it, VOID.distinctSubjects, integer(found.subjects))
    yield Triple(it, VOID.classes, integer(len(found.kinds)))
    yield Triple(it, VOID.properties, integer(len(found.properties)))
    for number, (kind, count) in enumerate(found.kinds, start=1):
        node = Iri(f"{it}#class-{number}")
        yield Triple(it, VOID.classPartition, node)
        yield Triple(node, VOID["class"], kind)
        yield Triple(node, VOID.entities, integer(count))
    for number, (predicate, count) in enumerate(found.properties, start=1):
        node = Iri(f"{it}#property-{number}")
        yield Triple(it, VOID.propertyPartition, node)
        yield Triple(node, VOID.property, predicate)
        yield Triple(node, VOID.triples, integer(count))
    if found.links:
        node, items = Iri(f"{it}#links"), Iri("http://www.wikidata.org/")
        yield Triple(node, RDF.type, VOID.Linkset)
        yield Triple(node, VOID.subjectsTarget, it)
        yield Triple(node, VOID.objectsTarget, items)
        yield Triple(node, VOID.linkPredicate, SKOS.exactMatch)
        yield Triple(node, VOID.triples, integer(found.links))
        yield Triple(it, VOID.subset, node)
