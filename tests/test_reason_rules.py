"""The rules of OWL 2 RL one by one, and the notation that they are written in."""

from __future__ import annotations

import pytest

from kg.errors import LimitError, RdfError
from kg.reason import Closure, compile_rules
from kg.reason.owl2rl import templates
from kg.reason.rules import Var, read_rule
from kg.vocab import OWL, RDF, Literal, Triple
from tests.reason_graphs import EX, clashes, closed, follows, graph, listed

# name of the rule: what the ontology says, what the data say, what follows
RULES = {
    "eq-sym": ("", ":a owl:sameAs :b .", ":b owl:sameAs :a ."),
    "eq-trans": ("", ":a owl:sameAs :b . :b owl:sameAs :c .", ":a owl:sameAs :c ."),
    "eq-rep-s": ("", ":a owl:sameAs :b ; :p :x .", ":b :p :x ."),
    "eq-rep-p": ("", ":p owl:sameAs :q . :a :p :x .", ":a :q :x ."),
    "eq-rep-o": ("", ":a owl:sameAs :b . :x :p :a .", ":x :p :b ."),
    "prp-dom": (":p rdfs:domain :C .", ":a :p :b .", ":a a :C ."),
    "prp-rng": (":p rdfs:range :C .", ":a :p :b .", ":b a :C ."),
    "prp-fp": (":p a owl:FunctionalProperty .", ":a :p :b, :c .", ":b owl:sameAs :c ."),
    "prp-ifp": (":p a owl:InverseFunctionalProperty .", ":a :p :x . :b :p :x .", ":a owl:sameAs :b ."),
    "prp-symp": (":p a owl:SymmetricProperty .", ":a :p :b .", ":b :p :a ."),
    "prp-trp": (":p a owl:TransitiveProperty .", ":a :p :b . :b :p :c . :c :p :d .", ":a :p :c, :d ."),
    "prp-spo1": (":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .", ":a :p :b .", ":a :q :b ; :r :b ."),
    "prp-spo2": (":p owl:propertyChainAxiom (:q :r :s) .", ":a :q :b . :b :r :c . :c :s :d .", ":a :p :d ."),
    "prp-eqp1": (":p owl:equivalentProperty :q .", ":a :p :b .", ":a :q :b ."),
    "prp-eqp2": (":p owl:equivalentProperty :q .", ":a :q :b .", ":a :p :b ."),
    "prp-inv1": (":p owl:inverseOf :q .", ":a :p :b .", ":b :q :a ."),
    "prp-inv2": (":p owl:inverseOf :q .", ":a :q :b .", ":b :p :a ."),
    "prp-key": (":C owl:hasKey (:p :q) .", ":a a :C ; :p 1 ; :q 2 . :b a :C ; :p 1 ; :q 2 .", ":a owl:sameAs :b ."),
    "cls-int1": (":C owl:intersectionOf (:D :E) .", ":a a :D, :E .", ":a a :C ."),
    "cls-int2": (":C owl:intersectionOf (:D :E) .", ":a a :C .", ":a a :D, :E ."),
    "cls-uni": (":C owl:unionOf (:D :E) .", ":a a :E .", ":a a :C ."),
    "cls-svf1": (":R owl:someValuesFrom :C ; owl:onProperty :p .", ":a :p :b . :b a :C .", ":a a :R ."),
    "cls-svf2": (":R owl:someValuesFrom owl:Thing ; owl:onProperty :p .", ":a :p :b .", ":a a :R ."),
    "cls-svf1 of literals": (":R owl:someValuesFrom xsd:decimal ; owl:onProperty :p .", ":a :p 7 .", ":a a :R ."),
    "cls-avf": (":R owl:allValuesFrom :C ; owl:onProperty :p .", ":a a :R ; :p :b .", ":b a :C ."),
    "cls-hv1": (":R owl:hasValue :x ; owl:onProperty :p .", ":a a :R .", ":a :p :x ."),
    "cls-hv2": (":R owl:hasValue :x ; owl:onProperty :p .", ":a :p :x .", ":a a :R ."),
    "cls-maxc2": (":R owl:maxCardinality 1 ; owl:onProperty :p .", ":a a :R ; :p :b, :c .", ":b owl:sameAs :c ."),
    "cls-maxqc3": (
        ":R owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :C .",
        ":a a :R ; :p :b, :c, :d . :b a :C . :c a :C .",
        ":b owl:sameAs :c .",
    ),
    "cls-maxqc4": (
        ":R owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass owl:Thing .",
        ":a a :R ; :p :b, :c .",
        ":b owl:sameAs :c .",
    ),
    "cls-oo": (":C owl:oneOf (:a :b) ; rdfs:subClassOf :D .", ":a :p :x . ", ""),
    "cax-sco": (":C rdfs:subClassOf :D . :D rdfs:subClassOf :E .", ":a a :C .", ":a a :D, :E ."),
    "cax-eqc1": (":C owl:equivalentClass :D .", ":a a :C .", ":a a :D ."),
    "cax-eqc2": (":C owl:equivalentClass :D .", ":a a :D .", ":a a :C ."),
    "scm-dom1": (":p rdfs:domain :C . :C rdfs:subClassOf :D .", ":a :p :b .", ":a a :C, :D ."),
    "scm-dom2": (":p rdfs:subPropertyOf :q . :q rdfs:domain :C .", ":a :p :b .", ":a a :C ."),
    "scm-svf1": (
        ":R owl:someValuesFrom :C ; owl:onProperty :p . :S owl:someValuesFrom :D ; owl:onProperty :p ."
        ":C rdfs:subClassOf :D .",
        ":a a :R .",
        ":a a :S .",
    ),
    "axioms in the data": ("", ":C rdfs:subClassOf :D . :a a :C .", ":a a :D ."),
}  # fmt: skip

CONTRADICTIONS = {
    "eq-diff1": ("", ":a owl:sameAs :b ; owl:differentFrom :b ."),
    "eq-diff2": ("[] a owl:AllDifferent ; owl:members (:a :b :c) .", ":b owl:sameAs :c ."),
    "eq-diff3": ("[] a owl:AllDifferent ; owl:distinctMembers (:a :b :c) .", ":a owl:sameAs :c ."),
    "prp-irp": (":p a owl:IrreflexiveProperty .", ":a :p :a ."),
    "prp-asyp": (":p a owl:AsymmetricProperty .", ":a :p :b . :b :p :a ."),
    "prp-pdw": (":p owl:propertyDisjointWith :q .", ":a :p :b ; :q :b ."),
    "prp-adp": ("[] a owl:AllDisjointProperties ; owl:members (:p :q :r) .", ":a :q :b ; :r :b ."),
    "prp-npa1": ("", ":n owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetIndividual :b . :a :p :b ."),
    "prp-npa2": ("", ":n owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue 1 . :a :p 1 ."),
    "cls-nothing2": ("", ":a a owl:Nothing ."),
    "cls-com": (":C owl:complementOf :D .", ":a a :C, :D ."),
    "cls-maxc1": (":R owl:maxCardinality 0 ; owl:onProperty :p .", ":a a :R ; :p :b ."),
    "cls-maxqc1": (
        ":R owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :C .", ":a a :R ; :p :b . :b a :C ."),
    "cls-maxqc2": (
        ":R owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass owl:Thing .", ":a a :R ; :p :b ."),
    "cax-dw": (":C owl:disjointWith :D .", ":a a :C, :D ."),
    "cax-adc": ("[] a owl:AllDisjointClasses ; owl:members (:C :D :E) .", ":a a :D, :E ."),
    "dt-not-type": ("", ':a :p "one"^^xsd:integer .'),
    "dt-diff": (":p a owl:FunctionalProperty .", ":a :p 1, 2 ."),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_draws_the_conclusion(name: str) -> None:
    axioms, given, conclusion = RULES[name]
    assert follows(axioms, given) >= set(graph(conclusion))


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_finds_the_contradiction(name: str) -> None:
    axioms, given = CONTRADICTIONS[name]
    assert name in clashes(axioms, given)


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_finds_no_contradiction_in_half_of_it(name: str) -> None:
    axioms, given = CONTRADICTIONS[name]
    said = graph(given)
    assert len(said) == 1 or (not clashes(axioms, "") and not closed(compile_rules(graph(axioms)), said[:1]).clashes())


def test_a_value_outside_its_range_is_a_contradiction() -> None:
    assert clashes(":p rdfs:range xsd:integer .", ':a :p "seven" .') == {"dt-not-type"}


def test_values_that_are_spelt_differently_are_no_contradiction() -> None:
    assert not clashes(":p a owl:FunctionalProperty .", ":a :p 1, 01, +1, 1.0 .")


def test_every_rule_of_the_table_has_an_example() -> None:
    shown = {name.partition(" ")[0] for name in (*RULES, *CONTRADICTIONS)}
    schema = {"cls-thing", "cls-nothing1"}
    assert {it.name for it in templates() if not it.name.startswith("scm-")} - schema <= shown


def test_a_rule_is_read_as_it_is_written() -> None:
    rule = read_rule("prp-fp  ?p a owl:FunctionalProperty | ?x ?p ?y . ?x ?p ?z . ?y != ?z => ?y owl:sameAs ?z")
    assert rule.axioms == ((Var("?p"), RDF.type, OWL.FunctionalProperty),)
    assert len(rule.body) == 2
    assert rule.distinct == ((Var("?y"), Var("?z")),)


def test_everything_is_the_same_as_itself_only_where_somebody_asks() -> None:
    assert follows("owl:sameAs rdfs:subPropertyOf :like .", ":a :p :b .") >= set(graph(":a :like :a . :b :like :b ."))
    assert not follows("", ":a :p :b .")


def test_a_list_in_a_circle_is_refused() -> None:
    with pytest.raises(RdfError, match="runs in a circle"):
        compile_rules(graph(":C owl:unionOf :l . :l rdf:first :D ; rdf:rest :l ."))


def test_a_list_that_is_too_long_for_one_rule_is_refused() -> None:
    cells = listed([EX[f"D{number}"] for number in range(300)])
    with pytest.raises(LimitError, match="LONGEST_BODY"):
        compile_rules([*cells, Triple(EX.C, OWL.intersectionOf, cells[0].subject)])


@pytest.mark.parametrize("number", ["2", "-1", "x", ""])
def test_other_cardinalities_make_no_rule(number: str) -> None:
    axioms = [Triple(EX.R, OWL.maxCardinality, Literal(number)), Triple(EX.R, OWL.onProperty, EX.p)]
    closure = closed(compile_rules(axioms), graph(":a a :R ; :p :b, :c ."))
    assert not list(closure.inferred())


def test_an_empty_ontology_and_no_data_are_fine() -> None:
    assert not list(Closure(compile_rules([])).inferred())
