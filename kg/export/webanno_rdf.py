"""Web Annotations as RDF: the very statements that a JSON-LD processor reads from `kg.export.webanno`.

The keys are those of https://www.w3.org/ns/anno.jsonld that are used there. Since nothing is fetched, they are known
here; a test holds both readings against each other through PyLD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.export.claims import Labels
from kg.export.editions import Edition
from kg.export.webanno import TERMS, Imprint, collection
from kg.vocab import DCTERMS, OA, PH, RDF, RDFS, XSD, Iri, Literal, Namespace, Quad, Term, Triple

AS = Namespace("http://www.w3.org/ns/activitystreams#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
NAMES = {"as": str(AS), "dc": str(DC), "foaf": str(FOAF)}

_KINDS = {
    "Annotation": OA.Annotation,
    "AnnotationCollection": AS.OrderedCollection,
    "AnnotationPage": AS.OrderedCollectionPage,
    "Claim": PH.Claim,
    "Software": AS.Application,
    "SpecificResource": OA.SpecificResource,
    "TextPositionSelector": OA.TextPositionSelector,
    "TextQuoteSelector": OA.TextQuoteSelector,
    "TextualBody": OA.TextualBody,
}
_LINKS = {
    "body": OA.hasBody,
    "creator": DCTERMS.creator,
    "first": AS.first,
    "generator": AS.generator,
    "items": AS["items"],
    "last": AS.last,
    "rights": DCTERMS.rights,
    "scope": OA.hasScope,
    "selector": OA.hasSelector,
    "source": OA.hasSource,
    "target": OA.hasTarget,
    **{name: PH[name] for name, term in TERMS.items() if isinstance(term, dict)},
}
_MOTIVES = {"motivation": OA.motivatedBy, "purpose": OA.hasPurpose}
_TEXTS = {
    "end": (OA.end, XSD.nonNegativeInteger),
    "exact": (OA.exact, XSD.string),
    "format": (DC["format"], XSD.string),
    "generated": (DCTERMS.issued, XSD.dateTime),
    "label": (RDFS.label, XSD.string),
    "language": (DC.language, XSD.string),
    "name": (FOAF.name, XSD.string),
    "prefix": (OA.prefix, XSD.string),
    "start": (OA.start, XSD.nonNegativeInteger),
    "startIndex": (AS.startIndex, XSD.nonNegativeInteger),
    "suffix": (OA.suffix, XSD.string),
    "total": (AS.totalItems, XSD.nonNegativeInteger),
    "value": (RDF.value, XSD.string),
}


def quads(editions: Iterable[Edition], labels: Labels, imprint: Imprint) -> Iterator[Quad]:
    """Yield the annotations of editions as quads of the default graph."""
    for edition in editions:
        for triple in _statements(collection(edition, labels, imprint)):
            yield Quad(*triple, Iri(""))


def _statements(thing: Mapping[str, object]) -> Iterator[Triple]:
    it = Iri(str(thing["id"]))
    for key, value in thing.items():
        values = value if isinstance(value, list) else [value]
        if key == "items":
            yield from _list(it, _LINKS[key], [_node(part) for part in values])
        elif key != "id":
            yield from (Triple(it, *_said(key, part)) for part in values)
        for part in values:
            if isinstance(part, Mapping):
                yield from _statements(part)


def _said(key: str, value: object) -> tuple[Iri, Term]:
    if key == "type":
        return RDF.type, _KINDS[str(value)]
    if key in _MOTIVES:
        return _MOTIVES[key], OA[str(value)]
    if key in _LINKS:
        return _LINKS[key], _node(value)
    predicate, datatype = _TEXTS[key]
    return predicate, Literal(str(value), datatype)


def _node(value: object) -> Iri:
    return Iri(str(value["id"] if isinstance(value, Mapping) else value))


def _list(subject: Iri, predicate: Iri, items: Iterable[Iri]) -> Iterator[Triple]:
    """Yield a list as RDF has it, cell by cell; a cell is named after its item, so that others keep their names."""
    for item in items:
        cell = Iri(f"{item}#item")
        yield Triple(subject, predicate, cell)
        yield Triple(cell, RDF.first, item)
        subject, predicate = cell, RDF.rest
    yield Triple(subject, predicate, RDF.nil)
