"""Why a triple holds: proofs end in what was asserted and never rest on themselves."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import LimitError
from kg.reason import Proof, compile_rules, proof, proof_elsewhere
from kg.vocab import Triple
from tests.reason_graphs import closed, data, graph, noise, ontologies

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
CREW = ":commander rdfs:subPropertyOf :crew . :crew rdfs:range :Agent ."


def triples(found: Proof) -> set[Triple]:
    """Return the triples that a proof ends in."""
    return {leaf.triple for leaf in found.leaves()}


def test_a_proof_names_rule_and_premises_down_to_what_was_said() -> None:
    closure = closed(compile_rules(graph(CREW)), graph(":m :commander :k ."))
    found = closure.why(graph(":k a :Agent .")[0])
    assert found is not None
    assert (found.rule, triples(found)) == ("prp-rng", set(graph(CREW)) | set(graph(":m :commander :k .")))


def test_what_was_said_is_its_own_proof() -> None:
    said = graph(":m :commander :k .")
    assert closed(compile_rules(graph(CREW)), said).why(said[0]) == Proof(said[0], "stated")


def test_what_does_not_hold_has_no_proof() -> None:
    closure = closed(compile_rules(graph(CREW)), graph(":m :commander :k ."))
    assert closure.why(graph(":m a :Agent .")[0]) is None
    assert closure.why(graph(":never :heard :of .")[0]) is None


def test_steps_of_a_transitive_property_are_shown_as_the_property() -> None:
    closure = closed(
        compile_rules(graph(":in a owl:TransitiveProperty .")), graph(":a :in :b . :b :in :c . :c :in :d .")
    )
    found = closure.why(graph(":a :in :d .")[0])
    assert found is not None
    assert triples(found) >= set(graph(":a :in :b . :b :in :c . :c :in :d ."))
    assert "step" not in str(found)


@few
@given(axioms=ontologies(), said=data())
def test_every_inferred_triple_has_a_proof_that_ends_in_what_was_said(axioms: list[Triple], said: list[Triple]) -> None:
    closure = closed(compile_rules(axioms, noise()), said)
    known = {*said, *closure.rules.facts}
    for triple in closure.inferred():
        found = closure.why(triple)
        assert found is not None
        assert found.premises
        assert all(leaf.triple in known or leaf.rule == "dt-type2" or not leaf.premises for leaf in found.leaves())
        assert not _rests_on_itself(found, frozenset())


def _rests_on_itself(found: Proof, above: frozenset[Triple]) -> bool:
    return found.triple in above or any(_rests_on_itself(it, above | {found.triple}) for it in found.premises)


@few
@given(axioms=ontologies(5), said=data(8))
def test_a_closure_kept_elsewhere_gives_proofs_too(axioms: list[Triple], said: list[Triple]) -> None:
    closure = closed(compile_rules(axioms), said)
    held = {*said, *closure.inferred()}
    for triple in set(closure.inferred()):
        found = proof_elsewhere(
            triple,
            axioms,
            lambda s, p, o: [it for it in held if all(a in (None, b) for a, b in zip((s, p, o), it, strict=True))],
            lambda it: "stated" if it in set(said) else "",
            lambda it: "given" if it in held else "",
        )
        assert found is not None


def test_a_long_proof_is_found_as_well() -> None:
    chain = " ".join(f":i{number} :in :i{number + 1} ." for number in range(600))
    closure = closed(compile_rules(graph(":in a owl:TransitiveProperty .")), graph(chain))
    found = closure.why(graph(":i0 :in :i600 .")[0])
    assert found is not None
    assert triples(found) >= set(graph(chain))


def test_a_contradiction_comes_with_its_proof() -> None:
    closure = closed(
        compile_rules(graph(":C owl:disjointWith :D . :p rdfs:domain :C . :q rdfs:domain :D .")),
        graph(":a :p :x ; :q :x ."),
    )
    (clash,) = closure.clashes()
    assert clash.rule == "cax-dw"
    assert set(clash.triples) == set(graph(":a a :C, :D ."))
    assert triples(clash.proof) >= set(graph(":a :p :x ; :q :x ."))


def test_too_many_facts_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MOST_FACTS", 3)
    chain = " ".join(f":i{number} :in :i{number + 1} ." for number in range(30))
    closure = closed(compile_rules(graph(":in a owl:TransitiveProperty .")), graph(chain))
    with pytest.raises(LimitError, match="bear on"):
        closure.why(graph(":i0 :in :i30 .")[0])
