"""Outside sources as the catalogue describes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.iris import Names, slug
from kg.model import OutsideSource
from kg.vocab import DCTERMS, PH, RDF, RDFS, SCHEMA, Iri, Literal, Triple, edtf


def outside_sources(sources: Iterable[OutsideSource], names: Names) -> Iterator[Triple]:
    """Yield what the catalogue says of outside sources: title, who made them, where and when, under which licence."""
    for source in sources:
        it = names.source(slug(source.key))
        yield Triple(it, RDF.type, PH.OutsideSource)
        yield Triple(it, RDFS.label, Literal(source.title or source.key))
        yield from (Triple(it, DCTERMS.creator, Literal(author)) for author in source.authors)
        if source.publisher:
            yield Triple(it, DCTERMS.publisher, Literal(source.publisher))
        if source.url:
            yield Triple(it, SCHEMA.url, Iri(source.url))
        if source.date:
            yield Triple(it, DCTERMS.date, edtf(source.date))
        if source.licence:
            yield Triple(it, DCTERMS.license, address(source.licence))
        if source.note:
            yield Triple(it, PH.note, Literal(source.note))


def address(licence: str) -> Iri | Literal:
    """Return a licence as its address where it has one, else as the words that were given."""
    return Iri(licence) if licence.startswith(("http://", "https://")) else Literal(licence)
