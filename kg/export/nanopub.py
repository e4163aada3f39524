"""Claims as nanopublications: head, assertion, provenance and publication info, four graphs each.

The assertion graph keeps the claim's own IRI, so what is read back is the same claim. A span becomes an
oa:SpecificResource with both its selectors; its words go along only where the source's licence allows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.export.claims import Claim, Evidence
from kg.export.release import licence_term
from kg.vocab import DCTERMS, OA, PH, PROV, RDF, RDFS, XSD, Iri, Literal, Namespace, Node, Quad, Term, Triple, integer

NP = Namespace("http://www.nanopub.org/nschema#")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every nanopublication of a release says of itself; ``created`` is an xsd:dateTime."""

    created: str
    licence: str = ""
    creators: tuple[Iri, ...] = ()


def nanopubs(claims: Iterable[Claim], imprint: Imprint) -> Iterator[Quad]:
    """Yield one nanopublication for each claim that says something."""
    for claim in claims:
        if claim.statements:
            yield from nanopub(claim, imprint)


def nanopub(claim: Claim, imprint: Imprint) -> Iterator[Quad]:
    """Yield the four graphs of one claim's nanopublication."""
    it = Iri(f"{claim.iri}/np")
    head, provenance, info = (Iri(f"{it}#{part}") for part in ("Head", "provenance", "pubinfo"))
    yield Quad(it, RDF.type, NP.Nanopublication, head)
    yield Quad(it, NP.hasAssertion, claim.iri, head)
    yield Quad(it, NP.hasProvenance, provenance, head)
    yield Quad(it, NP.hasPublicationInfo, info, head)
    for subject, predicate, value in claim.statements:
        yield Quad(subject, predicate, value, claim.iri)
    for predicate, value in claim.about:
        yield Quad(claim.iri, predicate, value, provenance)
    for number, evidence in enumerate(claim.evidence, start=1):
        for subject, predicate, value in _support(it, number, evidence):
            yield Quad(subject, predicate, value, provenance)
    for predicate, value in _imprint(imprint):
        yield Quad(it, predicate, value, info)


def _support(it: Iri, number: int, evidence: Evidence) -> Iterator[tuple[Iri, Iri, Term]]:
    """Yield what describes a span, or names an outside source."""
    if evidence.source != evidence.iri:
        yield evidence.iri, RDF.type, OA.SpecificResource
        yield evidence.iri, OA.hasSource, evidence.text or evidence.source
        yield evidence.iri, DCTERMS.isPartOf, evidence.source
    yield evidence.source, RDFS.label, Literal(evidence.source_label)
    if evidence.start is not None and evidence.end is not None:
        selector = Iri(f"{it}#position-{number}")
        yield evidence.iri, OA.hasSelector, selector
        yield selector, RDF.type, OA.TextPositionSelector
        yield selector, OA.start, integer(evidence.start)
        yield selector, OA.end, integer(evidence.end)
    if evidence.quote and evidence.free:
        selector = Iri(f"{it}#quote-{number}")
        yield evidence.iri, OA.hasSelector, selector
        yield selector, RDF.type, OA.TextQuoteSelector
        yield selector, OA.exact, Literal(evidence.quote)


def _imprint(imprint: Imprint) -> Iterator[tuple[Iri, Term]]:
    yield DCTERMS.created, Literal(imprint.created, XSD.dateTime)
    if imprint.licence:
        yield DCTERMS.license, licence_term(imprint.licence)
    for creator in imprint.creators:
        yield PROV.wasAttributedTo, creator


def claims_of(quads: Iterable[Quad]) -> Iterator[Claim]:
    """Yield the claims that nanopublications hold: the same claims, under the same IRIs."""
    by_graph: defaultdict[Iri, list[Triple]] = defaultdict(list)
    by_subject: defaultdict[Node, list[tuple[Iri, Term]]] = defaultdict(list)
    assertions: set[Iri] = set()
    for quad in sorted(set(quads), key=lambda it: (it.subject, it.predicate, repr(it.object))):
        by_graph[quad.graph].append(quad.triple)
        by_subject[quad.subject].append((quad.predicate, quad.object))
        if quad.predicate == NP.hasAssertion and isinstance(quad.object, Iri):
            assertions.add(quad.object)
    for iri in sorted(assertions):
        about = by_subject[iri]
        said = dict(reversed(about))
        yield Claim(
            iri,
            Iri(str(said.get(PH.assertedIn, ""))),
            Iri(str(said.get(PH.force, ""))),
            tuple(by_graph[iri]),
            tuple(_evidence(by_subject, value) for predicate, value in about if predicate == PROV.wasDerivedFrom),
            tuple(about),
        )


def _evidence(by_subject: Mapping[Node, list[tuple[Iri, Term]]], iri: Term) -> Evidence:
    """Return the span or source that a nanopublication describes; words that were left out are not known to it."""
    found = Iri(str(iri))
    said = dict(by_subject.get(found, ()))
    selectors = [Iri(str(value)) for predicate, value in by_subject.get(found, ()) if predicate == OA.hasSelector]
    selected = {predicate: value for selector in selectors for predicate, value in by_subject.get(selector, ())}
    part_of, quote, text = said.get(DCTERMS.isPartOf), selected.get(OA.exact), said.get(OA.hasSource)
    source = part_of if isinstance(part_of, Iri) else found
    label = dict(by_subject.get(source, ())).get(RDFS.label)
    return Evidence(
        found,
        source,
        label.value if isinstance(label, Literal) else "",
        quote.value if isinstance(quote, Literal) else "",
        text if isinstance(text, Iri) and text != source else None,
        _whole(selected.get(OA.start)),
        _whole(selected.get(OA.end)),
        free=isinstance(quote, Literal),
    )


def _whole(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else None
