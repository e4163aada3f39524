"""From claims to worlds: the closure of each, and what the rules of comparison find between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.assess import Background, Fact, Verdict, compare
from kg.assess.matching import upwards
from kg.claims import Claim, merged
from kg.claims.assessment import Judgement
from kg.claims.nodes import Node
from kg.iris import Names
from kg.reason import Clash, Closure, Rules
from kg.terms import Property, Vocabulary
from kg.vocab import FORCE, PH, PROV, RANK, SKOS, Iri, Triple

RULES_VERSION = 1


@dataclass(frozen=True, slots=True)
class World:
    """One world: its stated triples with the claims that state them, and its closure.

    ``common`` are the contradictions that ontology and background have without any claim, the same in every world.
    """

    iri: Iri
    stated: Mapping[Triple, tuple[Iri, ...]]
    closure: Closure
    inferred: frozenset[Triple]
    common: tuple[Clash, ...] = ()

    def triples(self) -> frozenset[Triple]:
        """Return what holds in this world: what is stated and what follows."""
        return self.inferred | self.stated.keys()


@dataclass(frozen=True, slots=True)
class Concluded:
    """What was concluded from the claims of a guide.

    ``everywhere`` follows from the background alone, ``found`` is what the rules of comparison say, and ``claims`` are
    those given with the verdicts among them.
    """

    everywhere: frozenset[Triple]
    worlds: Mapping[Iri, World]
    found: tuple[Verdict, ...]
    claims: Mapping[Iri, Claim]


def concluded(
    rules: Rules,
    background: frozenset[Triple],
    claims: dict[Iri, Claim],
    episodes: Mapping[Iri, Iri],
    vocabulary: Vocabulary,
    names: Names,
) -> Concluded:
    """Close the worlds of some claims, hold the stories against history, and let the verdicts follow too.

    ``episodes`` are by source.
    """
    everywhere, worlds = close(rules, background, claims)
    found = compared(worlds, claims, background | everywhere, vocabulary, names.actual)
    verdicts = merged(judged(found, claims, episodes, vocabulary, names), names)
    if verdicts:
        worlds[names.actual] = extended(worlds[names.actual], verdicts, everywhere)
    return Concluded(everywhere, worlds, found, claims | verdicts)


def stated(claims: Mapping[Iri, Claim]) -> dict[Iri, dict[Triple, tuple[Iri, ...]]]:
    """Return the stated triples of every world, each with its claims; hedged and said ones are in none."""
    worlds: dict[Iri, dict[Triple, tuple[Iri, ...]]] = {}
    for name, claim in claims.items():
        world = worlds.setdefault(claim.world, {})
        if claim.force == FORCE.stated:
            for triple in claim.statements:
                world[triple] = (*world.get(triple, ()), name)
    return worlds


def close(
    rules: Rules, background: Iterable[Triple], claims: Mapping[Iri, Claim]
) -> tuple[frozenset[Triple], dict[Iri, World]]:
    """Return what follows from the background alone, and the worlds with what follows in each besides."""
    base = Closure(rules)
    base.add(background)
    everywhere, common = frozenset(base.inferred()), base.clashes()
    worlds = {}
    for iri, triples in sorted(stated(claims).items()):
        closure = base.fork()
        closure.add(triples)
        worlds[iri] = World(iri, triples, closure, frozenset(closure.inferred()) - everywhere, common)
    return everywhere, worlds


def extended(world: World, claims: Mapping[Iri, Claim], everywhere: frozenset[Triple]) -> World:
    """Return a world with further stated claims, and what follows from them."""
    more = stated(claims).get(world.iri, {})
    world.closure.add(more)
    inferred = frozenset(world.closure.inferred()) - everywhere
    return World(world.iri, {**world.stated, **more}, world.closure, inferred, world.common)


def clashes(worlds: Mapping[Iri, World]) -> Iterator[tuple[World, Clash]]:
    """Yield the contradictions inside each world; those of the background as the first world's, once."""
    for number, world in enumerate(worlds.values()):
        for clash in (*(() if number else world.common), *world.closure.clashes()):
            yield world, clash


# --- comparison -----------------------------------------------------------------------------------------------------


def compared(
    worlds: Mapping[Iri, World],
    claims: Mapping[Iri, Claim],
    background: frozenset[Triple],
    vocabulary: Vocabulary,
    actual: Iri,
) -> tuple[Verdict, ...]:
    """Return what the rules find where every story is held against the actual world."""
    properties = {prop.iri: prop for prop in vocabulary.properties.values()}
    if actual not in worlds:
        return ()
    known = _background(background | set(worlds[actual].stated))
    told: dict[Iri, dict[Iri, Claim]] = {}
    for name, claim in claims.items():
        if claim.force == FORCE.stated:
            told.setdefault(claim.world, {})[name] = claim
    history = tuple(_facts(worlds[actual], told.get(actual, {}), properties, frozenset(known.depicts.values())))
    figures, single = frozenset(known.depicts), _single(properties)
    return tuple(
        verdict
        for iri, world in sorted(worlds.items())
        if iri != actual
        for verdict in compare(_facts(world, told.get(iri, {}), properties, figures), history, known, single)
    )


def _single(properties: Mapping[Iri, Property]) -> Callable[[Iri], bool]:
    return frozenset(iri for iri, prop in properties.items() if prop.single_valued).__contains__


def _background(triples: Iterable[Triple]) -> Background:
    pairs: dict[Iri, list[tuple[Iri, Iri]]] = {PH.depicts: [], SKOS.broader: [], PH.partOf: [], PH.locatedIn: []}
    for subject, predicate, value in triples:
        if predicate in pairs and isinstance(subject, Iri) and isinstance(value, Iri):
            pairs[predicate].append((subject, value))
    places = pairs[PH.partOf] + pairs[PH.locatedIn]
    return Background(dict(sorted(pairs[PH.depicts])), upwards(pairs[SKOS.broader]), upwards(places))


def _facts(
    world: World, told: Mapping[Iri, Claim], properties: Mapping[Iri, Property], subjects: frozenset[Iri]
) -> Iterator[Fact]:
    """Yield the comparable facts of a world about some subjects: stated in the claims ``told``, denied and inferred."""
    for name, claim in told.items():
        yield from (
            Fact(triple.subject, triple.predicate, triple.object, (name,), claim.negated, _rank(claim))
            for triple in (claim.denied() if claim.negated else claim.statements)
            if triple.subject in subjects and _comparable(triple.predicate, properties)
            if isinstance(triple.subject, Iri)
        )
    for triple in world.inferred:
        if triple.subject in subjects and _comparable(triple.predicate, properties) and isinstance(triple.subject, Iri):
            support = tuple(sorted({claim for leaf in _leaves(world, triple) for claim in world.stated.get(leaf, ())}))
            if support:
                yield Fact(triple.subject, triple.predicate, triple.object, support, inferred=True)


def _comparable(predicate: Iri, properties: Mapping[Iri, Property]) -> bool:
    return predicate in properties and properties[predicate].comparable


def _rank(claim: Claim) -> Iri:
    return next((Iri(str(value)) for predicate, value in claim.about if predicate == PH.rank), RANK.normal)


def _leaves(world: World, triple: Triple) -> Iterator[Triple]:
    """Yield the stated triples that an inferred one rests on."""
    proof = world.closure.why(triple)
    yield from (leaf.triple for leaf in proof.leaves()) if proof else ()


# --- verdicts as claims ---------------------------------------------------------------------------------------------


def rule(names: Names, name: str) -> Node:
    """Return a rule of ours as an agent, by name and version."""
    label = f"the rule “{name}” ({RULES_VERSION})"
    return Node(names.agent(f"rule {name} {RULES_VERSION}"), label, (PROV.Agent, PROV.SoftwareAgent))


def judged(
    verdicts: Iterable[Verdict],
    claims: Mapping[Iri, Claim],
    episodes: Mapping[Iri, Iri],
    vocabulary: Vocabulary,
    names: Names,
) -> Iterator[Claim]:
    """Yield the verdicts of the rules as claims that stand on the words of both sides; ``episodes`` are by source.

    That nothing is found is worth saying only where no person has judged the statement already.
    """
    settled = {
        triple.object for claim in claims.values() for triple in claim.statements if triple.predicate == PH.storyClaim
    }
    aspects = {prop.iri: prop.aspect for prop in vocabulary.properties.values()}
    for verdict in verdicts:
        story, other = verdict.story, verdict.actual
        if other is None and settled.intersection(story.claims):
            continue
        source = claims[story.claims[0]].source
        agent = rule(names, verdict.rule).iri
        judgement = Judgement(
            verdict.verdict,
            agent,
            story.subject,
            story.prop,
            story=story.claims[0],
            actual=other.claims[0] if other else None,
            rule=agent,
            aspect=aspects.get(story.prop),
            episode=episodes.get(source),
        )
        sides = (*story.claims, *(other.claims if other else ()))
        evidence = tuple(dict.fromkeys(support for side in sides for support in claims[side].evidence))
        yield judgement.claim(names, source, evidence, ((PROV.wasAttributedTo, agent),))
