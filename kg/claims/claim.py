"""A claim: what one source says with one force, as a named graph, and the recipe of its name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.iris import Names
from kg.vocab import FORCE, OWL, PH, PROV, RDF, XSD, Iri, Literal, Quad, Term, Triple, n3

RECIPE = "porthole-claim-1"

_INTEGERS = frozenset(
    XSD[name]
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"([+-]?)0*([0-9]{0,18})(?:\.([0-9]{0,18}?)0*)?")


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that one source makes in one world with one force.

    ``evidence`` are the spans or outside sources that support it; ``about`` says further things of the claim itself,
    for the catalogue. ``negated`` is its polarity: the statements then describe a negative property assertion.
    """

    source: Iri
    world: Iri
    statements: tuple[Triple, ...]
    evidence: tuple[Iri, ...] = ()
    force: Iri = FORCE.stated
    negated: bool = False
    about: tuple[tuple[Iri, Term], ...] = ()

    def denied(self) -> tuple[Triple, ...]:
        """Return what a negative claim denies; nothing for a positive one."""
        parts = {predicate: value for _, predicate, value in self.statements} if self.negated else {}
        target = parts.get(OWL.targetIndividual, parts.get(OWL.targetValue))
        subject, predicate = parts.get(OWL.sourceIndividual), parts.get(OWL.assertionProperty)
        if not isinstance(subject, Iri) or not isinstance(predicate, Iri) or target is None:
            return ()
        return (Triple(subject, predicate, target),)

    def iri(self, names: Names) -> Iri:
        """Return the claim's name: 80 bits of SHA-256 over all that makes it this claim (model, section 1)."""
        key = [RECIPE, self.source, self.world, self.force, "-" if self.negated else "+"]
        lines = sorted(" ".join(n3(kept(term)) for term in triple) for triple in self.statements)
        text = unicodedata.normalize("NFC", "\n".join([*key, *lines]))
        return names.iri("claim", hashlib.sha256(text.encode()).hexdigest()[:20])

    def quads(self, names: Names) -> Iterator[Quad]:
        """Yield the claim's graph, and what the catalogue says of it."""
        name = self.iri(names)
        for subject, predicate, value in self.statements:
            yield Quad(subject, predicate, kept(value), name)
        for predicate, value in self._description():
            yield Quad(name, predicate, value, names.catalogue)

    def _description(self) -> Iterator[tuple[Iri, Term]]:
        yield RDF.type, PH.Claim
        yield PH.assertedIn, self.world
        yield PH.force, self.force
        yield from ((PROV.wasDerivedFrom, support) for support in self.evidence)
        yield from self.about


def kept(term: Term) -> Term:
    """Return a term as the store keeps it: NFC, numbers and truth values in their canonical lexical form.

    >>> kept(Literal("007", XSD.positiveInteger))
    Literal(value='7', datatype=Iri('http://www.w3.org/2001/XMLSchema#integer'), language='')
    """
    if not isinstance(term, Literal):
        return type(term)(unicodedata.normalize("NFC", term))
    text = unicodedata.normalize("NFC", term.value)
    if term.datatype in _INTEGERS and _WHOLE.fullmatch(text):
        return Literal(str(int(text)), XSD.integer)
    if term.datatype == XSD.boolean:
        return Literal({"1": "true", "0": "false"}.get(text, text), XSD.boolean)
    if term.datatype == XSD.decimal and (found := _DECIMAL.fullmatch(text)):
        return Literal(_decimal(found), XSD.decimal)
    language = term.language.lower()
    return term if (text, language) == (term.value, term.language) else Literal(text, term.datatype, language)


def _decimal(found: re.Match[str]) -> str:
    sign, whole, fraction = found.groups()
    number = (whole or "0") + (f".{fraction}" if fraction else "")
    return f"-{number}" if sign == "-" and number != "0" else number


def merged(claims: Iterable[Claim], names: Names) -> dict[Iri, Claim]:
    """Return claims by name: claims that say the same become one that stands on all their evidence.

    Their values are those that the store keeps, so that a claim, its world and what follows in it agree to the letter.
    """
    found: dict[Iri, Claim] = {}
    for claim in map(_settled, claims):
        name = claim.iri(names)
        other = found.get(name)
        found[name] = claim if other is None else _union(other, claim)
    return found


def _settled(claim: Claim) -> Claim:
    statements = tuple(Triple(subject, predicate, kept(value)) for subject, predicate, value in claim.statements)
    return claim if statements == claim.statements else replace(claim, statements=statements)


def _union(one: Claim, other: Claim) -> Claim:
    return Claim(
        one.source,
        one.world,
        one.statements,
        tuple(dict.fromkeys(one.evidence + other.evidence)),
        one.force,
        one.negated,
        tuple(dict.fromkeys(one.about + other.about)),
    )
