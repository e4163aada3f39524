"""Literals that a store would spell otherwise than they are written: kept under stand-ins, and given back.

An engine may keep ``4.0`` as ``4`` and ``"5"^^xsd:int`` as an xsd:integer. To SHACL these are other terms: their
datatype is demanded, their signs are matched, their values are compared with lists term by term. So where data has
such literals they are stored with a datatype of our own, which no engine touches and which the compiled checks know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kg.validate.findings import Finding
from kg.validate.fragments import KEPT
from kg.vocab import RDF, SH, XSD, Iri, Literal, Quad, Term, Triple

_CONSTANTS = frozenset({SH.hasValue, SH.targetNode, RDF.first})


@dataclass(frozen=True, slots=True)
class Spelling:
    """The literals that stand under others in a store; empty where the store keeps all of them as they are."""

    literals: Collection[Literal]

    def stored(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield quads as they are to be stored."""
        return (Quad(it.subject, it.predicate, self._stand_in(it.object), it.graph) for it in quads)

    def constants(self, shapes: Iterable[Triple]) -> Iterator[Triple]:
        """Yield shapes in which the terms that data are compared with stand as they are stored."""
        for it in shapes:
            yield it._replace(object=self._stand_in(it.object)) if it.predicate in _CONSTANTS else it

    def _stand_in(self, term: Term) -> Term:
        if isinstance(term, Literal) and term in self.literals:
            return Literal(term.value, Iri(KEPT + term.datatype.removeprefix(str(XSD))))
        return term

    def given(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings with literals as they were written."""
        for it in findings:
            value = None if it.value is None else written(it.value)
            yield replace(it, focus=written(it.focus), value=value)


def written(term: Term) -> Term:
    """Return a term as it was written, if it is a stand-in."""
    if isinstance(term, Literal) and term.datatype.startswith(KEPT):
        return Literal(term.value, XSD[term.datatype.removeprefix(KEPT)])
    return term


def core(finding: Finding) -> bool:
    """Tell whether a finding is of a component of SHACL Core."""
    return finding.component.startswith(str(SH)) and finding.component != SH.SPARQLConstraintComponent
