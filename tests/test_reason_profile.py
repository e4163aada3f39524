"""Every rule of OWL 2 RL by its name, and some ontologies made to trip over: the same as owlrl, triple for triple.

Each stands once in the ontology and once among the data. What is left out is told in ``ontology/noise.txt``; besides, a
property above owl:sameAs or rdf:type would let the axiomatic triples that are noise have consequences of their own.
"""

# ruff: noqa: E501 - an ontology in one line

from __future__ import annotations

import pytest

from kg.judge import reason
from tests.reason_graphs import graph
from tests.test_reason_rules import CONTRADICTIONS, RULES

SCHEMA = {
    "scm-cls": ":C a owl:Class .",
    "scm-sco": ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :a a :C .",
    "scm-eqc1": ":C owl:equivalentClass :D . :a a :C .",
    "scm-eqc2": ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C . :a a :D .",
    "scm-op": ":p a owl:ObjectProperty .",
    "scm-dp": ":p a owl:DatatypeProperty .",
    "scm-spo": ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .",
    "scm-eqp1": ":p owl:equivalentProperty :q .",
    "scm-eqp2": ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
    "scm-dom1": ":p rdfs:domain :C . :C rdfs:subClassOf :D .",
    "scm-dom2": ":q rdfs:domain :C . :p rdfs:subPropertyOf :q .",
    "scm-rng1": ":p rdfs:range :C . :C rdfs:subClassOf :D .",
    "scm-rng2": ":q rdfs:range :C . :p rdfs:subPropertyOf :q .",
    "scm-hv": ":C owl:hasValue :x ; owl:onProperty :p . :D owl:hasValue :x ; owl:onProperty :q . :p rdfs:subPropertyOf :q . :a a :C .",
    "scm-svf1": ":R owl:someValuesFrom :C ; owl:onProperty :p . :S owl:someValuesFrom :D ; owl:onProperty :p . :C rdfs:subClassOf :D .",
    "scm-svf2": ":R owl:someValuesFrom :C ; owl:onProperty :p . :S owl:someValuesFrom :C ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
    "scm-avf1": ":R owl:allValuesFrom :C ; owl:onProperty :p . :S owl:allValuesFrom :D ; owl:onProperty :p . :C rdfs:subClassOf :D .",
    "scm-avf2": ":R owl:allValuesFrom :C ; owl:onProperty :p . :S owl:allValuesFrom :C ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
    "scm-int": ":C owl:intersectionOf (:D :E) . :a a :C .",
    "scm-uni": ":C owl:unionOf (:D :E) . :a a :D .",
    "cls-oo": ":C owl:oneOf (:a :b) . :C rdfs:subClassOf :D .",
    "prp-ap": "rdfs:label rdfs:domain :X .",
    "a value of a functional property": ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :x ] . :p rdfs:subPropertyOf :q ; a owl:FunctionalProperty . :a a :C ; :p :y . :q owl:inverseOf :r .",
    "an intersection with a restriction": ":C owl:equivalentClass [ owl:intersectionOf (:D [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :E ]) ] . :a a :D ; :p :b . :b a :F . :F rdfs:subClassOf :E .",
    "a chain of itself, inverse to itself": ":p owl:propertyChainAxiom (:p :p) ; owl:inverseOf :p . :a :p :b . :b :p :c .",
    "transitive, symmetric, and the same": ":p a owl:TransitiveProperty, owl:SymmetricProperty . :a :p :b . :b :p :c . :c owl:sameAs :d .",
    "a disjoint union": ":C owl:disjointUnionOf (:D :E) . :a a :D .",
    "a chain over an inverse": ":p owl:propertyChainAxiom (:q [ owl:inverseOf :r ]) . :a :q :b . :c :r :b .",
    "keys of numbers": ":C owl:hasKey (:p) . :a a :C ; :p 1 . :b a :C ; :p 1.0 . :c a :C ; :p 01 .",
    "a domain of rdfs:subClassOf": "rdfs:subClassOf rdfs:domain :K . :C rdfs:subClassOf :D . :a a :C .",
    "classes in a circle": ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :E rdfs:subClassOf :C . :a a :D . :C owl:disjointWith :X .",
    "two ways to have one at most": ':R a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 . :S owl:onProperty :p ; owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ; owl:onClass :C . :a a :R, :S ; :p :x, :y . :x a :C .',
    "denied below": "_:n a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetIndividual :b . :q rdfs:subPropertyOf :p . :a :q :b .",
    "ranges of literals": ':p rdfs:range xsd:integer . :a :p 5, 5.0, "5"^^xsd:byte . :q rdfs:domain :Q . :a :q "x"@en .',
}

CASES = {
    **{name: (axioms, given) for name, (axioms, given, _) in RULES.items()},
    **{f"{name}, axioms among the data": ("", axioms + given) for name, (axioms, given, _) in RULES.items()},
    **CONTRADICTIONS,
    **{name: (axioms, "") for name, axioms in SCHEMA.items()},
    **{f"{name}, axioms among the data": ("", axioms) for name, axioms in SCHEMA.items()},
}


@pytest.mark.parametrize("name", CASES)
def test_what_follows_is_what_the_reference_says(name: str) -> None:
    axioms, given = map(graph, CASES[name])
    assert reason(given, axioms).triples == reason(given, axioms, engine="owlrl").triples


def test_no_rule_of_the_profile_is_missing() -> None:
    shown = {name.partition(" ")[0] for name in (*RULES, *CONTRADICTIONS, *SCHEMA)}
    named = {"cls-thing", "cls-nothing1", "eq-ref", "dt-type1", "dt-type2", "dt-eq"}  # noise, or part of every run
    profile = """eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3
        prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 prp-eqp1 prp-eqp2 prp-pdw
        prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2 cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni
        cls-com cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2 cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4
        cls-oo cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc dt-type1 dt-type2 dt-eq dt-diff dt-not-type scm-cls scm-sco scm-eqc1
        scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1 scm-rng2 scm-hv scm-svf1 scm-svf2
        scm-avf1 scm-avf2 scm-int scm-uni"""
    assert set(profile.split()) <= shown | named
