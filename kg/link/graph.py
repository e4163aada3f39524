"""Accepted links as quads: in a graph of their own, outside every closure, each with who accepted it and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import InputError
from kg.iris import Names, digest
from kg.link.mapping import Mapping
from kg.link.wikidata import SSSOM
from kg.vocab import OWL, PH, RDF, RDFS, SKOS, XSD, Iri, Literal, Quad, Term

_IDENTIFYING = frozenset({SKOS.exactMatch, SKOS.closeMatch})
# below a series' name stand its episodes and seasons, which are things of production, and the things of its story
_PRODUCTION = frozenset({"episode", "season"})


def of_a_story(node: Iri, names: Names) -> bool:
    """Tell whether a node belongs to a story: its IRI then names the universe before the kind.

    >>> of_a_story(Iri("https://w3id.org/porthole/id/saga/character/eve"), Names())
    True
    >>> of_a_story(Iri("https://w3id.org/porthole/id/person/ada"), Names())
    False
    """
    segments = node.removeprefix(names.base).split("/") if node.startswith(names.base) else []
    return len(segments) > 2 and segments[1] not in _PRODUCTION


def relation(node: Iri, names: Names) -> Iri:
    """Return how a node may be linked: exactly for a thing of the actual world, as related for a thing of a story.

    A class of our vocabulary is close to one of Wikidata's: to be the same, all their instances would have to be.
    """
    if node.startswith(str(PH)):
        return SKOS.closeMatch
    return SKOS.relatedMatch if of_a_story(node, names) else SKOS.exactMatch


def quads(mappings: Iterable[Mapping], names: Names) -> Iterator[Quad]:
    """Yield the accepted links and what is known of each; proposals, rejections and denials give none.

    A link and its confidence, reviewer and date are said as SSSOM says them in RDF: an owl:Axiom about the link, here
    with an IRI of its own. Raises InputError for a thing of a story that would be the same as something outside it.
    """
    for mapping in mappings:
        if mapping.decision != "accepted" or mapping.negated:
            continue
        if mapping.predicate in _IDENTIFYING and of_a_story(mapping.subject, names):
            problem = f"<{mapping.subject}> is a thing of a story: it can be skos:relatedMatch at most"
            raise InputError("links.sssom.tsv", problem, line=mapping.line or None)
        yield Quad(mapping.subject, mapping.predicate, mapping.object, names.links)
        link = names.iri("link", digest(f"{mapping.subject} {mapping.predicate} {mapping.object}", 20))
        for predicate, value in _description(mapping):
            yield Quad(link, predicate, value, names.links)


def _description(mapping: Mapping) -> Iterator[tuple[Iri, Term]]:
    yield RDF.type, OWL.Axiom
    yield OWL.annotatedSource, mapping.subject
    yield OWL.annotatedProperty, mapping.predicate
    yield OWL.annotatedTarget, mapping.object
    yield SSSOM.mapping_justification, mapping.justification
    yield from ((SSSOM.reviewer_id, reviewer) for reviewer in mapping.reviewers)
    if mapping.confidence is not None:
        yield SSSOM.confidence, Literal(f"{mapping.confidence:g}", XSD.double)
    if mapping.agreement is not None:
        yield SSSOM.reviewer_agreement, Literal(f"{mapping.agreement:g}", XSD.double)
    if mapping.review_date:
        yield SSSOM.review_date, Literal(mapping.review_date, XSD.date)
    if mapping.tool:
        yield SSSOM.mapping_tool, Literal(mapping.tool)
    if mapping.comment:
        yield RDFS.comment, Literal(mapping.comment)
