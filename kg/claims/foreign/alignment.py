"""What foreign terms are here: those of the ontology as they are, others by its alignments.

Only what means the same or nearly the same is translated (skos:exactMatch, skos:closeMatch); what is merely broader or
related is not ours to say, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.terms import Kind, PropertyKind, Vocabulary
from kg.vocab import CDT, EDTF, OWL, PH, PORTHOLE, RDF, RDFS, SCHEMA, SKOS, XSD, Iri, Namespace, Term, Triple, boolean

FOAF = Namespace("http://xmlns.com/foaf/0.1/")
DC = Namespace("http://purl.org/dc/elements/1.1/")
_DCTERMS = Namespace("http://purl.org/dc/terms/")

LABELS: Final = (RDFS.label, SKOS.prefLabel, SCHEMA.name)

# terms that everybody uses for what schema.org has a term for; the alignments speak of terms of our own only
_COMMON: Final[dict[Iri, Iri]] = {
    FOAF.name: SCHEMA.name, FOAF.nick: SCHEMA.alternateName, FOAF.page: SCHEMA.url, FOAF.homepage: SCHEMA.url,
    FOAF.Person: SCHEMA.Person, FOAF.Organization: PH.Organisation, FOAF.Group: PH.Group, FOAF.Agent: PH.Agent,
    DC.title: SCHEMA.name, DC.creator: SCHEMA.creator, DC.date: SCHEMA.datePublished, DC.language: SCHEMA.inLanguage,
    _DCTERMS.title: SCHEMA.name, _DCTERMS.alternative: SCHEMA.alternateName, _DCTERMS.creator: SCHEMA.creator,
    _DCTERMS.issued: SCHEMA.datePublished, _DCTERMS.date: SCHEMA.datePublished,
    SKOS.altLabel: SCHEMA.alternateName,
    SCHEMA.Episode: SCHEMA.TVEpisode, SCHEMA.CreativeWorkSeason: SCHEMA.TVSeason,
    SCHEMA.CreativeWorkSeries: SCHEMA.TVSeries, SCHEMA.TVSeries: SCHEMA.TVSeries,
}  # fmt: skip
_PROPERTIES: Final = frozenset(
    (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.SymmetricProperty)
)
TRUE: Final = boolean(True)
_RANGES: Final[dict[Term, PropertyKind]] = {
    EDTF.EDTF: "date", CDT.ucum: "quantity", XSD.integer: "number", XSD.boolean: "flag",
}  # fmt: skip
#: Claims, sources and texts: the project makes its own for what it imports.
OF_CLAIMS: Final = frozenset((PH.Claim, PH.Entry, PH.Source, PH.OutsideSource, PH.Span, PH.SourceText, PH.Quotation))


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of the ontology, and which of them foreign ones stand for."""

    vocabulary: Vocabulary
    properties: frozenset[Iri]
    classes: frozenset[Iri]
    of_claims: frozenset[Iri]
    ranges: Mapping[Iri, Iri]
    objects: frozenset[Iri]
    of_the_work: frozenset[Iri]
    aligned: Mapping[Iri, Iri]

    def term(self, foreign: Iri) -> Iri | None:
        """Return what a property or class is called here; None where it has no place.

        What is no address is a property or kind as editors write it, which is how tables name them.
        """
        if ":" not in foreign:
            return self._written(foreign)
        if foreign in self.properties or foreign in self.classes or foreign in LABELS:
            return foreign
        return self.aligned.get(foreign)

    def _written(self, words: str) -> Iri | None:
        kind = self.vocabulary.kinds.get(words)
        if kind is not None:
            return kind.making if kind.generic == PH.Agent else kind.generic
        prop = self.vocabulary.property(words)
        return prop.iri if prop is not None else None

    def kind_of_value(self, prop: Iri) -> PropertyKind | None:
        """Return which kind of value a property takes; None where the ontology does not say."""
        if prop in self.ranges and self.ranges[prop] in _RANGES:
            return _RANGES[self.ranges[prop]]
        return "name" if prop in self.objects else None

    def kinds(self, classes: Iterable[Iri]) -> list[Kind]:
        """Return the kinds of thing that classes belong to, the most telling first."""
        found = [
            kind
            for name in classes
            for kind in self.vocabulary.kinds.values()
            if name in (kind.generic, kind.story, kind.history, kind.making)
        ]
        return sorted(found, key=lambda kind: (kind.generic == PH.Agent, not kind.background, kind.name))


def terms(vocabulary: Vocabulary, ontology: Iterable[Triple], alignments: Iterable[Triple]) -> Terms:
    """Return the terms of an ontology with those that its alignments lead to."""
    triples = list(ontology)
    properties = {s for s, p, o in triples if p == RDF.type and o in _PROPERTIES and isinstance(s, Iri)}
    classes = {s for s, p, o in triples if p == RDF.type and o == OWL.Class and isinstance(s, Iri)}
    domains = {s for s, p, o in triples if p == RDFS.domain and o in OF_CLAIMS and isinstance(s, Iri)}
    writable = {it.iri for it in vocabulary.properties.values()}
    schema = {it for it in properties if not it.startswith(PORTHOLE)}
    return Terms(
        vocabulary,
        frozenset(properties),
        frozenset(classes),
        frozenset(domains - writable - {PH.mentions, PH.mentionsTime}),
        {s: o for s, p, o in triples if p == RDFS.range and isinstance(s, Iri) and isinstance(o, Iri)},
        frozenset(s for s, p, o in triples if p == RDF.type and o == OWL.ObjectProperty and isinstance(s, Iri)),
        frozenset(s for s, p, o in triples if p == PH.ofTheWork and o == TRUE and isinstance(s, Iri)),
        {**_COMMON, **_aligned(alignments, writable | schema | classes)},
    )


def _aligned(alignments: Iterable[Triple], usable: set[Iri]) -> dict[Iri, Iri]:
    """Return our term for each foreign one; where several are near and none is the same, none is chosen."""
    near: dict[Iri, set[Iri]] = {}
    same: dict[Iri, set[Iri]] = {}
    for ours, how, foreign in alignments:
        if how in (SKOS.exactMatch, SKOS.closeMatch) and isinstance(foreign, Iri) and ours in usable:
            (same if how == SKOS.exactMatch else near).setdefault(foreign, set()).add(Iri(ours))
    chosen = {**near, **same}
    return {foreign: next(iter(found)) for foreign, found in chosen.items() if len(found) == 1}
