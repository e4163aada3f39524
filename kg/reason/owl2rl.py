"""The rules of OWL 2 RL, as its recommendation writes them (OWL 2 Profiles, tables 4 to 9).

Left of ``|`` stands what the ontology says, right of it what the data say; so each axiom of an ontology makes a rule.
Rules over lists stand in ``kg.reason.lists``. What follows from datatypes (table 8) is in ``kg.reason.literals``.
The inequalities of the schema rules are those of the reference engine, which does not state that a term is below itself
unless its declaration says so (scm-cls, scm-op).
"""

from __future__ import annotations

from kg.reason.rules import Template, read_rules

_EQUALITY = """
    eq-sym       | ?x owl:sameAs ?y => ?y owl:sameAs ?x
    eq-trans     | ?x owl:sameAs ?y . ?y owl:sameAs ?z . ?x != ?z => ?x owl:sameAs ?z
    eq-rep-s     | ?x owl:sameAs ?y . ?x ?p ?z => ?y ?p ?z
    eq-rep-p     | ?p owl:sameAs ?q . ?x ?p ?y => ?x ?q ?y
    eq-rep-o     | ?y owl:sameAs ?z . ?x ?p ?y => ?x ?p ?z
    eq-diff1     | ?x owl:sameAs ?y . ?x owl:differentFrom ?y => false
    eq-diff1     | ?x owl:differentFrom ?x => false
"""

_REFLEXIVE = """
    eq-ref       | ?x ?p ?y => ?x owl:sameAs ?x
    eq-ref       | ?x ?p ?y => ?p owl:sameAs ?p
    eq-ref       | ?x ?p ?y => ?y owl:sameAs ?y
"""

_PROPERTIES = """
    prp-dom      ?p rdfs:domain ?c | ?x ?p ?y => ?x a ?c
    prp-rng      ?p rdfs:range ?c | ?x ?p ?y => ?y a ?c
    prp-fp       ?p a owl:FunctionalProperty | ?x ?p ?y . ?x ?p ?z . ?y != ?z => ?y owl:sameAs ?z
    prp-ifp      ?p a owl:InverseFunctionalProperty | ?x ?p ?z . ?y ?p ?z . ?x != ?y => ?x owl:sameAs ?y
    prp-irp      ?p a owl:IrreflexiveProperty | ?x ?p ?x => false
    prp-symp     ?p a owl:SymmetricProperty | ?x ?p ?y => ?y ?p ?x
    prp-asyp     ?p a owl:AsymmetricProperty | ?x ?p ?y . ?y ?p ?x => false
    prp-trp      ?p a owl:TransitiveProperty | ?x ?p ?y . ?y ?p ?z => ?x ?p ?z
    prp-spo1     ?p rdfs:subPropertyOf ?q . ?p != ?q | ?x ?p ?y => ?x ?q ?y
    prp-eqp1     ?p owl:equivalentProperty ?q . ?p != ?q | ?x ?p ?y => ?x ?q ?y
    prp-eqp2     ?p owl:equivalentProperty ?q . ?p != ?q | ?x ?q ?y => ?x ?p ?y
    prp-pdw      ?p owl:propertyDisjointWith ?q | ?x ?p ?y . ?x ?q ?y => false
    prp-inv1     ?p owl:inverseOf ?q | ?x ?p ?y => ?y ?q ?x
    prp-inv2     ?p owl:inverseOf ?q | ?x ?q ?y => ?y ?p ?x
    prp-npa1     | ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetIndividual ?y . ?x ?p ?y => false
    prp-npa2     | ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y . ?x ?p ?y => false
"""  # noqa: E501 - one rule in one line, as in the recommendation

_CLASSES = """
    cls-thing    | => owl:Thing a owl:Class
    cls-nothing1 | => owl:Nothing a owl:Class
    cls-nothing2 | ?x a owl:Nothing => false
    cls-com      ?c owl:complementOf ?d | ?x a ?c . ?x a ?d => false
    cls-svf1     ?r owl:someValuesFrom ?c . ?r owl:onProperty ?p . ?c != owl:Thing | ?x ?p ?y . ?y a ?c => ?x a ?r
    cls-svf2     ?r owl:someValuesFrom owl:Thing . ?r owl:onProperty ?p | ?x ?p ?y => ?x a ?r
    cls-avf      ?r owl:allValuesFrom ?c . ?r owl:onProperty ?p | ?x a ?r . ?x ?p ?y => ?y a ?c
    cls-hv1      ?r owl:hasValue ?v . ?r owl:onProperty ?p | ?x a ?r => ?x ?p ?v
    cls-hv2      ?r owl:hasValue ?v . ?r owl:onProperty ?p | ?x ?p ?v => ?x a ?r
    cax-sco      ?c rdfs:subClassOf ?d . ?c != ?d | ?x a ?c => ?x a ?d
    cax-eqc1     ?c owl:equivalentClass ?d . ?c != ?d | ?x a ?c => ?x a ?d
    cax-eqc2     ?c owl:equivalentClass ?d . ?c != ?d | ?x a ?d => ?x a ?c
    cax-dw       ?c owl:disjointWith ?d | ?x a ?c . ?x a ?d => false
"""

_SCHEMA = """
    scm-cls      | ?c a owl:Class => ?c rdfs:subClassOf ?c
    scm-cls      | ?c a owl:Class => ?c owl:equivalentClass ?c
    scm-cls      | ?c a owl:Class => ?c rdfs:subClassOf owl:Thing
    scm-cls      | ?c a owl:Class => owl:Nothing rdfs:subClassOf ?c
    scm-sco      | ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e . ?c != ?e => ?c rdfs:subClassOf ?e
    scm-eqc1     | ?c owl:equivalentClass ?d . ?c != ?d => ?c rdfs:subClassOf ?d
    scm-eqc1     | ?c owl:equivalentClass ?d . ?c != ?d => ?d rdfs:subClassOf ?c
    scm-eqc2     | ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c => ?c owl:equivalentClass ?d
    scm-op       | ?p a owl:ObjectProperty => ?p rdfs:subPropertyOf ?p
    scm-op       | ?p a owl:ObjectProperty => ?p owl:equivalentProperty ?p
    scm-dp       | ?p a owl:DatatypeProperty => ?p rdfs:subPropertyOf ?p
    scm-dp       | ?p a owl:DatatypeProperty => ?p owl:equivalentProperty ?p
    scm-dp       | ?p a rdf:Property => ?p rdfs:subPropertyOf ?p
    scm-dp       | ?p a rdf:Property => ?p owl:equivalentProperty ?p
    scm-spo      | ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r . ?p != ?r => ?p rdfs:subPropertyOf ?r
    scm-eqp1     | ?p owl:equivalentProperty ?q . ?p != ?q => ?p rdfs:subPropertyOf ?q
    scm-eqp1     | ?p owl:equivalentProperty ?q . ?p != ?q => ?q rdfs:subPropertyOf ?p
    scm-eqp2     | ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p . ?p != ?q => ?p owl:equivalentProperty ?q
    scm-dom1     | ?p rdfs:domain ?c . ?c rdfs:subClassOf ?d . ?c != ?d => ?p rdfs:domain ?d
    scm-dom2     | ?q rdfs:domain ?c . ?p rdfs:subPropertyOf ?q . ?p != ?q => ?p rdfs:domain ?c
    scm-rng1     | ?p rdfs:range ?c . ?c rdfs:subClassOf ?d . ?c != ?d => ?p rdfs:range ?d
    scm-rng2     | ?q rdfs:range ?c . ?p rdfs:subPropertyOf ?q . ?p != ?q => ?p rdfs:range ?c
    scm-hv       | ?c owl:hasValue ?v . ?c owl:onProperty ?p . ?d owl:hasValue ?v . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q => ?c rdfs:subClassOf ?d
    scm-svf1     | ?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:onProperty ?p . ?d owl:someValuesFrom ?z . ?y rdfs:subClassOf ?z => ?c rdfs:subClassOf ?d
    scm-svf2     | ?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?y . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q => ?c rdfs:subClassOf ?d
    scm-avf1     | ?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:onProperty ?p . ?d owl:allValuesFrom ?z . ?y rdfs:subClassOf ?z => ?c rdfs:subClassOf ?d
    scm-avf2     | ?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?y . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q => ?d rdfs:subClassOf ?c
"""  # noqa: E501


def templates() -> tuple[Template, ...]:
    """Return the rules that hold for every ontology and those that its axioms make."""
    return read_rules(_EQUALITY + _PROPERTIES + _CLASSES + _SCHEMA)


def reflexive() -> tuple[Template, ...]:
    """Return eq-ref, which is needed only where another rule reads owl:sameAs: else it says x sameAs x and no more."""
    return read_rules(_REFLEXIVE)
