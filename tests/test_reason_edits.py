"""Adding and removing triples, and closures on top of others: always equal to a full run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.reason import Closure, Rules, compile_rules
from kg.vocab import Triple
from tests.reason_graphs import closed, data, graph, noise, ontologies

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def state(closure: Closure) -> tuple[set[Triple], set[tuple[str, frozenset[Triple]]]]:
    """Return what a closure infers and what contradicts itself in it."""
    return set(closure.inferred()), {(clash.rule, frozenset(clash.triples)) for clash in closure.clashes()}


def afresh(rules: Rules, below: set[Triple], here: set[Triple]) -> tuple[Closure, Closure]:
    """Return closures of the same triples that were never edited."""
    base = closed(rules, sorted(below, key=str))
    fork = base.fork()
    fork.add(sorted(here, key=str))
    return base, fork


@few
@given(axioms=ontologies(), before=data(), after=data())
def test_an_edit_equals_a_full_run(axioms: list[Triple], before: list[Triple], after: list[Triple]) -> None:
    rules = compile_rules(axioms, noise())
    edited = closed(rules, before)
    edited.remove(set(before) - set(after))
    edited.add(set(after) - set(before))
    assert state(edited) == state(closed(rules, after))


@few
@given(axioms=ontologies(6), steps=st.lists(st.tuples(st.integers(0, 2), st.booleans(), data(5)), max_size=6))
def test_edits_below_reach_the_forks(axioms: list[Triple], steps: list[tuple[int, bool, list[Triple]]]) -> None:
    rules = compile_rules(axioms, noise())
    base = Closure(rules)
    closures = (base, base.fork(), base.fork())
    said: list[set[Triple]] = [set(), set(), set()]
    for at, adding, triples in steps:
        if adding:
            closures[at].add(triples)
            said[at] |= set(triples)
        else:
            gone = sorted(said[at], key=str)[::2]
            closures[at].remove(gone)
            said[at] -= set(gone)
    for at in (1, 2):
        full_base, full_fork = afresh(rules, said[0], said[at])
        assert (state(base), state(closures[at])) == (state(full_base), state(full_fork))


@few
@given(axioms=ontologies(5), later=ontologies(3), triples=data(6))
def test_axioms_may_come_and_go(axioms: list[Triple], later: list[Triple], triples: list[Triple]) -> None:
    rules = compile_rules(axioms, noise())
    edited = closed(rules, [*triples, *later])
    assert state(edited) == state(closed(rules, {*triples, *later}))
    edited.remove(set(later) - set(triples))
    assert state(edited) == state(closed(rules, triples))


@few
@given(axioms=ontologies(4), own=ontologies(3), before=data(6), after=data(6), here=data(6))
def test_a_fork_may_have_axioms_of_its_own(
    axioms: list[Triple], own: list[Triple], before: list[Triple], after: list[Triple], here: list[Triple]
) -> None:
    rules = compile_rules(axioms, noise())
    base = closed(rules, before)
    fork = base.fork()
    fork.add([*own, *here])
    base.remove(set(before) - set(after))
    base.add(set(after) - set(before))
    full_base, full_fork = afresh(rules, set(after), {*own, *here})
    assert (state(base), state(fork)) == (state(full_base), state(full_fork))


def test_a_property_that_is_transitive_in_one_world_only() -> None:
    base = closed(compile_rules([]), graph(":a :in :b . :b :in :c ."))
    fork = base.fork()
    fork.add(graph(":in a owl:TransitiveProperty ."))
    base.add(graph(":c :in :d ."))
    base.add(graph(":d :in :e ."))
    assert len(set(fork.inferred())) == 6
    base.remove(graph(":b :in :c ."))
    assert set(fork.inferred()) == set(graph(":c :in :e ."))
    assert not list(base.inferred())


def test_what_still_follows_otherwise_stays() -> None:
    closure = closed(compile_rules(graph(":p rdfs:domain :C . :q rdfs:domain :C .")), graph(":a :p :b ; :q :b ."))
    closure.remove(graph(":a :p :b ."))
    assert set(closure.inferred()) == set(graph(":a a :C ."))


def test_two_things_that_vouch_for_each_other_go_together() -> None:
    closure = closed(compile_rules(graph(":p owl:equivalentProperty :q .")), graph(":a :p :b ."))
    closure.remove(graph(":a :p :b ."))
    assert not list(closure.inferred())


def test_what_is_asserted_besides_is_not_inferred() -> None:
    closure = closed(compile_rules(graph(":p a owl:TransitiveProperty .")), graph(":a :p :b, :c . :b :p :c ."))
    assert not list(closure.inferred())
    closure.remove(graph(":a :p :c ."))
    assert set(closure.inferred()) == set(graph(":a :p :c ."))


def test_removing_what_was_never_asserted_changes_nothing() -> None:
    closure = closed(compile_rules(graph(":p a owl:SymmetricProperty .")), graph(":a :p :b ."))
    closure.remove(graph(":b :p :a . :x :p :y ."))
    assert set(closure.inferred()) == set(graph(":b :p :a ."))


# planted bridges between two worlds over one background: what they share, and what each world says
BRIDGES = {
    "sameAs": ("", ":a owl:sameAs :b .", ":b :p :c ."),
    "a shared place": (":in rdfs:range :Place .", ":a :in :mars .", ":b :in :mars ."),
    "a shared property": (":p a owl:SymmetricProperty .", ":a :p :x .", ":x :p :b ."),
    "a transitive part-of": (":partOf a owl:TransitiveProperty .", ":a :partOf :x .", ":x :partOf :b ."),
    "a functional property": (":p a owl:FunctionalProperty .", ":a :p :b .", ":a :p :c ."),
}


@pytest.mark.parametrize("name", BRIDGES)
def test_nothing_crosses_worlds(name: str) -> None:
    axioms, one, other = BRIDGES[name]
    base = closed(compile_rules(graph(axioms), noise()), graph(":mars a :Planet ."))
    alone = base.fork()
    alone.add(graph(one))
    expected = state(alone)
    beside = base.fork()
    beside.add(graph(other))
    assert state(alone) == expected
    assert not set(beside.inferred()) & expected[0] - set(graph(":mars a :Place ."))
    assert not list(base.inferred())
