"""Casts and credits of others: who plays whom in a work, and who made it, as an entry of the guide would say it.

schema.org says it in two ways: ``actor`` leads to a person, or to a role that names person and character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.claims.foreign.identified import Things
from kg.claims.nodes import Node
from kg.claims.values import UnreadableError
from kg.foreign import Said
from kg.iris import slug
from kg.vocab import JOB, PH, RDF, SCHEMA, Iri, Literal, Term, Triple
from kg.vocab import Node as Name

ACTORS: Final = frozenset((SCHEMA.actor, SCHEMA.actors))
JOBS: Final = {
    SCHEMA.director: "director", SCHEMA.author: "writer", SCHEMA.musicBy: "composer", SCHEMA.producer: "producer",
    SCHEMA.creator: "creator",
}  # fmt: skip
_PERSONS: Final = (*ACTORS, *JOBS, SCHEMA.performer)
_KEPT: Final = (PH.manner, PH.billing, PH.section, PH.inGroup, PH.roleAsCredited)


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one performance or credit: triples, and the nodes that they name."""

    triples: tuple[Triple, ...]
    nodes: tuple[Node, ...]


def roles(statements: Iterable[Said]) -> frozenset[Name]:
    """Return the nodes that stand between a work and a person: what they say goes into performance or credit."""
    said = list(statements)
    between = {it.object for it in said if it.predicate in (*ACTORS, *JOBS) and not isinstance(it.object, Literal)}
    return frozenset(it.subject for it in said if it.subject in between and it.predicate in _PERSONS)


def performance(it: Said, things: Things) -> Part:
    """Return what a cast line says: one performance, with its performer and characters."""
    work, role = things.node(it.subject), it.object
    person = _person(role, things)
    called = _characters(role, things)
    universe = things.at.story_of(things.series_name(it.subject))
    episode = work.iri.rpartition("/")[2] if SCHEMA.TVEpisode in things.types(it.subject) else ""
    figures = [things.figure(name, universe, episode) for name in called]
    stem = f"{slug(person.label)}-as-{'-and-'.join(slug(name) for name in called) or 'unknown'}"
    node = Iri(f"{work.iri}/performance/{stem}")
    said: list[Triple] = [
        Triple(node, RDF.type, PH.Performance),
        Triple(node, PH.performer, person.iri),
        Triple(node, PH.creditedAs, Literal(_credited(role, things, person))),
        *(Triple(node, PH.character, figure.iri) for figure in figures),
        *(Triple(node, prop, value) for prop in _KEPT for value in _values(role, prop, things)),
    ]
    if called and not _values(role, PH.roleAsCredited, things):
        said.append(Triple(node, PH.roleAsCredited, Literal(" / ".join(called))))
    if SCHEMA.TVEpisode in things.types(it.subject):
        said.append(Triple(node, PH.inEpisode, work.iri))
    else:
        said += [Triple(figure.iri, PH.appearsIn, work.iri) for figure in figures]
    label = f"{person.label} as {' and '.join(called) or 'an unknown role'}"
    own = Node(node, label, (), things.at.names.actual)
    return Part(tuple(said), (own, work, person, *figures, *(story(things, universe) if figures else ())))


def credit(it: Said, things: Things) -> Part:
    """Return what a credit line says: who did which job, and the same as a property of the work."""
    work, person = things.node(it.subject), _person(it.object, things)
    job = JOBS[it.predicate]
    node = Iri(f"{work.iri}/credit/{job}-{slug(person.label)}")
    said = (
        Triple(node, RDF.type, PH.Credit),
        Triple(node, PH.creditOf, work.iri),
        Triple(node, PH.creditedAgent, person.iri),
        Triple(node, PH.job, JOB[job]),
        Triple(node, PH.creditedAs, Literal(_credited(it.object, things, person))),
        Triple(work.iri, it.predicate, person.iri),
    )
    return Part(said, (Node(node, f"{job} {person.label}", (), things.at.names.actual), work, person))


def _person(role: Term, things: Things) -> Node:
    if isinstance(role, Literal):
        return _human(role.value, things)
    behind = next((them for prop in _PERSONS for them in things.values(role, prop)), None)
    if behind is not None and behind != role:
        return _human(behind.value, things) if isinstance(behind, Literal) else _real(things, behind)
    return _real(things, role)


def _human(name: str, things: Things) -> Node:
    name = " ".join(name.split())
    if not any(sign.isalnum() for sign in name):
        raise UnreadableError(f"“{name}” names nobody")
    known = things.at.known_as(name)
    return Node(things.at.names.person(known), known, (SCHEMA.Person,), things.at.names.actual)


def _real(things: Things, name: Name) -> Node:
    """Return a maker or performer, who is a person (or an organisation) of the actual world whatever the story."""
    label = things.label(name)
    found = things.node(name)
    if things.at.is_ours(found.iri) and not label:  # known by its address alone: told apart by the last part of it
        return replace(found, label=found.label or found.iri.rpartition("/")[2])
    if isinstance(name, Iri) and things.at.is_ours(name):
        return found
    if not things.types(name) or found.world != things.at.names.actual:
        return _human(label, things) if label else found
    return found


def _credited(role: Term, things: Things, person: Node) -> str:
    written = _values(role, PH.creditedAs, things)
    first = next((it.value for it in written if isinstance(it, Literal)), "")
    if first or isinstance(role, Literal):
        return first or " ".join(role.value.split())  # type: ignore[union-attr]  # a literal, as just asked
    behind = next((it for prop in _PERSONS for it in things.values(role, prop)), role)
    return (behind.value if isinstance(behind, Literal) else things.label(behind)) or person.label


def _characters(role: Term, things: Things) -> list[str]:
    named = (_name(it, things) for it in (*_values(role, SCHEMA.characterName, things),
                                          *_values(role, SCHEMA.character, things)))  # fmt: skip
    return list(dict.fromkeys(it for it in named if any(sign.isalnum() for sign in it)))


def _name(term: Term, things: Things) -> str:
    return " ".join(term.value.split()) if isinstance(term, Literal) else things.label(term)


def _values(role: Term, prop: Iri, things: Things) -> list[Term]:
    return [] if isinstance(role, Literal) else things.values(role, prop)


def story(things: Things, universe: str) -> Iterator[Node]:
    """Yield a story's world and its universe, as nodes."""
    names = things.at.names
    yield Node(names.actual, "actual world", (PH.World, PH.ActualWorld))
    yield Node(names.world(universe), f"{universe} (story)", (PH.World, PH.StoryWorld))
    yield Node(names.universe(universe), universe, (PH.Universe,), names.actual)
