"""What follows: the closure of one world by the rules of OWL 2 RL, and why each triple of it holds.

>>> from kg.vocab import PH, RDF, RDFS, Iri, Triple
>>> rules = compile_rules([Triple(PH.commander, RDFS.subPropertyOf, PH.crewMember)])
>>> closure = Closure(rules)
>>> closure.add([Triple(Iri("https://example.org/m"), PH.commander, Iri("https://example.org/p"))])
>>> [triple.predicate for triple in closure.inferred()]
[Iri('https://w3id.org/porthole/ontology#crewMember')]
"""

from kg.reason.closure import Closure, compile_rules
from kg.reason.compiler import Rules
from kg.reason.contradictions import Clash
from kg.reason.elsewhere import proof_elsewhere
from kg.reason.limits import Limits
from kg.reason.noise import Noise, read_noise
from kg.reason.proof import Proof
from kg.reason.reference import closure_by_owlrl, ontology_closure

__all__ = [
    "Clash",
    "Closure",
    "Limits",
    "Noise",
    "Proof",
    "Rules",
    "closure_by_owlrl",
    "compile_rules",
    "ontology_closure",
    "proof_elsewhere",
    "read_noise",
]
