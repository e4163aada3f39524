"""The JSON-LD context of an ontology: short names for its terms, with the kind of value that each takes.

A property is called by its local name and so is a class; values of object properties are plain names, dates and
quantities plain strings of their type. Where a prefix for closed lists is called like a property (``force``), the
prefix takes the plural (``forces:stated``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.vocab import OWL, PH, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, Iri, Quad

_OBJECTS = OWL.ObjectProperty
_KINDS = (OWL.Class, RDFS.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
_UNTYPED = {XSD.string, RDF.langString, XSD.integer, XSD.boolean, RDFS.Literal}  # JSON has these itself
_STANDARD: dict[str, object] = {
    "label": str(RDFS.label),
    "prefLabel": str(SKOS.prefLabel),
    "altLabel": str(SKOS.altLabel),
    "exactMatch": {"@id": str(SKOS.exactMatch), "@type": "@id"},
    "relatedMatch": {"@id": str(SKOS.relatedMatch), "@type": "@id"},
    "sameAs": {"@id": str(SCHEMA.sameAs), "@type": "@id"},
    "wasDerivedFrom": {"@id": str(PROV.wasDerivedFrom), "@type": "@id"},
    "wasAttributedTo": {"@id": str(PROV.wasAttributedTo), "@type": "@id"},
    "wasRevisionOf": {"@id": str(PROV.wasRevisionOf), "@type": "@id"},
}
_FIRST = (str(PH), str(SCHEMA), str(SKOS), str(PROV))  # whose term gets the plain name where two have the same


def context(ontology: Iterable[Quad], prefixes: Mapping[str, str]) -> dict[str, object]:
    """Return the context: the prefixes, then the terms of the ontology in the order of their names."""
    kinds: defaultdict[Iri, set[object]] = defaultdict(set)
    ranges: defaultdict[Iri, set[Iri]] = defaultdict(set)
    for subject, predicate, found, _ in ontology:
        if not isinstance(subject, Iri) or not isinstance(found, Iri):
            continue
        if predicate == RDF.type and found in _KINDS:
            kinds[subject].add(found)
        elif predicate == RDFS.range:
            ranges[subject].add(found)
    terms = dict(_STANDARD)
    taken = {_address(value) for value in terms.values()}
    for iri in sorted(kinds, key=_preference):
        name = iri.replace("/", "#").rpartition("#")[2]
        if name.isidentifier() and name not in terms and iri not in taken:
            terms[name] = _definition(iri, kinds[iri], ranges[iri])
    spelt = {f"{name}s" if name in terms else name: stem for name, stem in sorted(prefixes.items())}
    return {"@version": 1.1, **spelt, **{name: _short(terms[name], spelt) for name in sorted(terms)}}


def _preference(iri: Iri) -> tuple[int, str]:
    return next((rank for rank, stem in enumerate(_FIRST) if iri.startswith(stem)), len(_FIRST)), iri


def _definition(iri: Iri, kinds: Iterable[object], ranges: set[Iri]) -> object:
    if _OBJECTS in kinds:
        return {"@id": str(iri), "@type": "@id"}
    typed = sorted(ranges - _UNTYPED)
    if OWL.DatatypeProperty in kinds and len(ranges) == 1 and typed:
        return {"@id": str(iri), "@type": str(typed[0])}
    return str(iri)


def _address(value: object) -> object:
    return value.get("@id") if isinstance(value, Mapping) else value


def _short(value: object, prefixes: Mapping[str, str]) -> object:
    """Return a definition with its IRIs compacted."""
    if isinstance(value, Mapping):
        return {key: _short(part, prefixes) for key, part in value.items()}
    text = str(value)
    fitting = [(len(stem), name) for name, stem in prefixes.items() if text.startswith(stem) and text != stem]
    if not fitting:
        return text
    length, name = max(fitting)
    return f"{name}:{text[length:]}"
