"""The words that editors may write: properties, kinds of thing and concepts, as the ontology defines them.

A property's name is its local name in spaced words (``ph:crewMember`` is written “crew member”) unless the ontology
says ``ph:writtenName``; names that were changed go on working (``ph:formerName``). Everything here is read from
annotations, so a project that adds terms of its own to the ontology can write them at once.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kg.vocab import CDT, EDTF, OWL, PH, RDF, RDFS, SCHEMA, SKOS, XSD, Iri, Node, Term, Triple
from kg.vocab import Literal as Value

PropertyKind: TypeAlias = Literal["name", "text", "date", "quantity", "number", "flag"]

_KINDS: dict[Term, PropertyKind] = {
    EDTF.EDTF: "date",
    CDT.ucum: "quantity",
    XSD.integer: "number",
    XSD.boolean: "flag",
    XSD.string: "text",
    RDF.langString: "text",
    RDFS.Literal: "text",
}
_SEAM = re.compile(r"(?<=[^A-Z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Property:
    """A property that statements may use, under its written name.

    ``range`` is None where any thing may be the value. ``domain`` holds the classes of fitting subjects, none where all
    fit. ``background_value`` says that its values are the same in every world; ``former`` are names it once had.
    """

    name: str
    iri: Iri
    kind: PropertyKind
    range: Iri | None = None
    domain: tuple[Iri, ...] = ()
    comparable: bool = False
    single_valued: bool = False
    aspect: Iri | None = None
    symmetric: bool = False
    inverse: Iri | None = None
    of_the_work: bool = False
    background_value: bool = False
    example: str = ""
    label: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its classes and the segment of its IRIs.

    ``generic`` is the class whatever the world, ``story``, ``history`` and ``making`` those of a thing of a story, of
    history and of production; ``story_segment`` is the segment on the story's side. ``scheme`` is the list that
    concepts of this kind belong to. Things of a ``background`` kind are the same in every world.
    """

    name: str
    generic: Iri
    story: Iri | None = None
    history: Iri | None = None
    making: Iri | None = None
    segment: str = ""
    story_segment: str = ""
    scheme: Iri | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a closed list, with its label in English and the list it is in."""

    label: str
    iri: Iri
    scheme: Iri
    labels: tuple[str, ...] = ()
    broader: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that may be written: properties and kinds by written name, old names, and concepts by list and label."""

    properties: Mapping[str, Property] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[tuple[Iri, str], Concept] = field(default_factory=dict)

    def property(self, name: str) -> Property | None:
        """Return the property that is written so, now or formerly; None where there is none."""
        return self.properties.get(name) or self.properties.get(self.former.get(name, ""))

    def property_of(self, iri: Iri) -> Property | None:
        """Return the property with an IRI, where it may be written."""
        return next((found for found in self.properties.values() if found.iri == iri), None)

    def concept(self, kind: Kind, label: str) -> Concept | None:
        """Return the concept of a kind's list that has a label, in either language; None where there is none."""
        return self.concepts.get((kind.scheme, label.casefold())) if kind.scheme else None

    def nearest_properties(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Return the written names nearest to one that is not known, best first."""
        return nearest(name, (*self.properties, *self.former), count)

    def nearest_kinds(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Return the kinds nearest to one that is not known, best first."""
        return nearest(name, self.kinds, count)


def spaced(local: str) -> str:
    """Return a local name as editors write it.

    >>> spaced("crewMember"), spaced("cosparId")
    ('crew member', 'cospar id')
    """
    return _SEAM.sub(" ", local).lower()


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return the known names that are most like a name, best first, whatever their case.

    >>> nearest("comander", ["commander", "crew member", "cause"])
    ('commander',)
    """
    folded = {other.casefold(): other for other in known}
    return tuple(folded[found] for found in difflib.get_close_matches(name.casefold(), folded, count))


def vocabulary(triples: Iterable[Triple]) -> Vocabulary:
    """Return the vocabulary that an ontology and its lists of concepts define."""
    terms = _Terms(triples)
    properties = {
        found.name: found
        for iri in terms.having(PH.writable)
        if terms.flag(iri, PH.writable)
        for found in [_property(terms, iri)]
    }
    kinds = {
        name: _kind(terms, iri, name) for iri in terms.having(PH.kindName) for name in terms.texts(iri, PH.kindName)
    }
    former = {old: name for name, found in properties.items() for old in found.former if old not in properties}
    return Vocabulary(properties, kinds, former, dict(_concepts(terms)))


class _Terms:
    """Triples by subject and predicate, values sorted, so that the same ontology gives the same vocabulary."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        found: defaultdict[tuple[Node, Iri], set[Term]] = defaultdict(set)
        for subject, predicate, value in triples:
            found[subject, predicate].add(value)
        self._found = {key: sorted(values, key=str) for key, values in found.items()}

    def having(self, predicate: Iri) -> list[Iri]:
        return sorted(subject for subject, found in self._found if found == predicate and isinstance(subject, Iri))

    def iris(self, subject: Iri, predicate: Iri) -> tuple[Iri, ...]:
        return tuple(value for value in self._found.get((subject, predicate), ()) if isinstance(value, Iri))

    def iri(self, subject: Iri, predicate: Iri) -> Iri | None:
        return next(iter(self.iris(subject, predicate)), None)

    def texts(self, subject: Iri, predicate: Iri, language: str | None = None) -> tuple[str, ...]:
        values = (value for value in self._found.get((subject, predicate), ()) if isinstance(value, Value))
        return tuple(value.value for value in values if language is None or value.language == language)

    def text(self, subject: Iri, predicate: Iri, language: str | None = None) -> str:
        return next(iter(self.texts(subject, predicate, language)), "")

    def flag(self, subject: Iri, predicate: Iri) -> bool:
        return self.text(subject, predicate) in ("true", "1")


def _property(terms: _Terms, iri: Iri) -> Property:
    ranges = terms.iris(iri, RDFS.range)
    literal = [kind for found in ranges if (kind := _KINDS.get(found))]
    return Property(
        name=terms.text(iri, PH.writtenName) or spaced(re.split(r"[#/]", iri)[-1]),
        iri=iri,
        kind=literal[0] if literal else "name",
        range=next(iter(ranges), None),
        domain=terms.iris(iri, RDFS.domain) or terms.iris(iri, SCHEMA.domainIncludes),
        comparable=terms.flag(iri, PH.comparable),
        single_valued=terms.flag(iri, PH.singleValued),
        aspect=terms.iri(iri, PH.aspect),
        symmetric=OWL.SymmetricProperty in terms.iris(iri, RDF.type),
        inverse=terms.iri(iri, OWL.inverseOf),
        of_the_work=terms.flag(iri, PH.ofTheWork),
        background_value=terms.flag(iri, PH.backgroundValue),
        example=terms.text(iri, SKOS.example),
        label=terms.text(iri, SKOS.prefLabel, "en"),
        former=terms.texts(iri, PH.formerName),
    )


def _kind(terms: _Terms, iri: Iri, name: str) -> Kind:
    segment = terms.text(iri, PH.segment)
    return Kind(
        name=name,
        generic=iri,
        story=terms.iri(iri, PH.storyKind),
        history=terms.iri(iri, PH.historyKind),
        making=terms.iri(iri, PH.makingKind),
        segment=segment,
        story_segment=terms.text(iri, PH.storySegment) or segment,
        scheme=terms.iri(iri, PH.scheme),
        background=terms.flag(iri, PH.background),
    )


def _concepts(terms: _Terms) -> Iterable[tuple[tuple[Iri, str], Concept]]:
    for iri in terms.having(SKOS.inScheme):
        labels = tuple(dict.fromkeys((*terms.texts(iri, SKOS.prefLabel), *terms.texts(iri, SKOS.altLabel))))
        for scheme in terms.iris(iri, SKOS.inScheme):
            label = terms.text(iri, SKOS.prefLabel, "en")
            found = Concept(label, iri, scheme, labels, terms.iris(iri, SKOS.broader))
            yield from (((scheme, name.casefold()), found) for name in labels)
