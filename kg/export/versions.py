"""Whether an ontology may follow another as its next version (https://semver.org/).

A name that was given out is kept for ever: a term may be deprecated, with what replaces it, and is never removed. What
changes raises the version: its meaning the first number (the second before 1.0.0), a new term the second, words the
third. The header says which version came before, and whether data of that version still mean the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kg.vocab import DCTERMS, OWL, PH, PORTHOLE, RDF, RDFS, SKOS, Blank, Iri, Literal, Node, Term, Triple

_SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z")
_KINDS = frozenset(
    (
        OWL.Class, RDFS.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property,
        SKOS.Concept, SKOS.ConceptScheme,
    )
)  # fmt: skip
#: What is said of a term to people alone, or of its fate.
_WORDS = frozenset(
    (
        SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.example, SKOS.scopeNote, SKOS.note, SKOS.changeNote,
        RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.deprecated, DCTERMS.isReplacedBy,
        PH.inverseLabel,
    )
)  # fmt: skip
_Facts: TypeAlias = Mapping[Iri, frozenset[tuple[Iri, object]]]
Number: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions: names of terms removed, new, deprecated anew, of another meaning; words."""

    removed: tuple[Iri, ...]
    added: tuple[Iri, ...]
    deprecated: tuple[Iri, ...]
    redefined: tuple[Iri, ...]
    words: bool


class Vocabulary:
    """An ontology as its versions are compared: its header and its terms, blank nodes told by what they hold."""

    def __init__(self, statements: Iterable[Triple], stem: str = PORTHOLE) -> None:
        kept = list(statements)
        said: defaultdict[Node, set[tuple[Iri, Term]]] = defaultdict(set)
        for subject, predicate, value in kept:
            said[subject].add((predicate, value))
        self.facts: _Facts = {
            it: frozenset((predicate, _told(value, said)) for predicate, value in about)
            for it, about in said.items()
            if isinstance(it, Iri)
        }
        self.iri = next((it for it, about in self.facts.items() if (RDF.type, OWL.Ontology) in about), Iri(""))
        self.terms = frozenset(
            it
            for it in self.facts
            if it.startswith(stem) and any((RDF.type, kind) in self.facts[it] for kind in _KINDS)
        )

    def values(self, subject: Iri, predicate: Iri) -> tuple[object, ...]:
        """Return what is said of a thing under one property."""
        return tuple(value for found, value in self.facts.get(subject, ()) if found == predicate)

    @property
    def version(self) -> str:
        """The version that the header tells; nothing where it tells none."""
        return next((it.value for it in self.values(self.iri, OWL.versionInfo) if isinstance(it, Literal)), "")

    def is_deprecated(self, term: Iri) -> bool:
        """Whether a term is no longer to be used."""
        return any(isinstance(it, Literal) and it.value in ("true", "1") for it in self.values(term, OWL.deprecated))


def change(before: Vocabulary, after: Vocabulary) -> Change:
    """Return what differs between two versions."""
    both, added = sorted(before.terms & after.terms), after.terms - before.terms
    return Change(
        tuple(sorted(before.terms - after.terms)),
        tuple(sorted(added)),
        tuple(it for it in both if after.is_deprecated(it) and not before.is_deprecated(it)),
        tuple(it for it in both if _meaning(before.facts[it]) != _meaning(after.facts[it], added)),
        any(before.facts[it] != after.facts[it] for it in both),
    )


def faults(before: Vocabulary, after: Vocabulary) -> Iterator[str]:
    """Yield what keeps an ontology from following the last one that was released, one clear line each."""
    found = change(before, after)
    for term in found.removed:
        yield f"{term} was removed: keep it, with owl:deprecated true and dcterms:isReplacedBy"
    for term in sorted(after.terms):
        if after.is_deprecated(term):
            yield from _replaced(term, after)
    old, new = number(before.version), number(after.version)
    if old is None or new is None:
        yield f"“{after.version if old else before.version}” is no version: give three numbers, as in 1.4.0"
        return
    if new < (least := _least(old, found)):
        yield f"version {after.version} must be at least {'.'.join(map(str, least))}, since {_reason(found)}"
    if new > old:
        yield from _header(before, after, compatible=not (found.removed or found.redefined))


def number(version: str) -> Number | None:
    """Return a version as numbers to be compared; nothing where it is none.

    >>> number("0.10.0") > number("0.9.1"), number("1.0")
    (True, None)
    """
    match = _SEMVER.match(version)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _least(old: Number, found: Change) -> Number:
    major, minor, patch = old
    if found.removed or found.redefined:
        return (major + 1, 0, 0) if major else (0, minor + 1, 0)
    if found.added or found.deprecated:
        return major, minor + 1, 0
    return (major, minor, patch + 1) if found.words else old


def _reason(found: Change) -> str:
    told = (
        (found.removed, "was removed"),
        (found.redefined, "means something else"),
        (found.added, "is new"),
        (found.deprecated, "is deprecated"),
    )
    for terms, what in told:
        if terms:
            more = f" (and {len(terms) - 1} more)" if len(terms) > 1 else ""
            return f"{terms[0]}{more} {what}"
    return "words of it changed"


def _replaced(term: Iri, after: Vocabulary) -> Iterator[str]:
    replacements = after.values(term, DCTERMS.isReplacedBy)
    if not replacements:
        yield f"{term} is deprecated: say what replaces it, with dcterms:isReplacedBy"
    for it in replacements:
        if isinstance(it, Iri) and it.startswith(PORTHOLE) and (it not in after.terms or after.is_deprecated(it)):
            yield f"{term} is replaced by {it}, which is itself {'deprecated' if it in after.terms else 'unknown'}"


def _header(before: Vocabulary, after: Vocabulary, *, compatible: bool) -> Iterator[str]:
    prior = Iri(f"{before.iri}/{before.version}")
    if after.values(after.iri, OWL.versionIRI) != (Iri(f"{after.iri}/{after.version}"),):
        yield f"{after.iri}: owl:versionIRI must end in {after.version}, as owl:versionInfo says"
    if prior not in after.values(after.iri, OWL.priorVersion):
        yield f"{after.iri}: owl:priorVersion must be <{prior}>, the last that was released"
    told = prior in after.values(after.iri, OWL.backwardCompatibleWith)
    if told and not compatible:
        yield f"{after.iri}: is not compatible with <{prior}>: say owl:incompatibleWith"
    if compatible and not told:
        yield f"{after.iri}: is compatible with <{prior}>: say owl:backwardCompatibleWith"
    if not compatible and prior not in after.values(after.iri, OWL.incompatibleWith):
        yield f"{after.iri}: owl:incompatibleWith must name <{prior}>"


def _meaning(facts: Iterable[tuple[Iri, object]], new: Collection[Iri] = ()) -> frozenset[tuple[Iri, object]]:
    """Return what is said of a term to programs; what leads to a new term takes nothing from what there was."""
    return frozenset(it for it in facts if it[0] not in _WORDS and it[1] not in new)


def _told(value: Term, said: Mapping[Node, Iterable[tuple[Iri, Term]]], above: frozenset[Node] = frozenset()) -> object:
    """Return a value, a blank node as what is said of it: its label is nobody's name."""
    if not isinstance(value, Blank) or value in above:
        return value
    return frozenset((predicate, _told(inner, said, above | {value})) for predicate, inner in said.get(value, ()))
