"""What became of claims that changed: the new one says of which it is a revision.

A claim's name is made from what it says, so an edit gives another name. Where exactly one claim of a source about the
same things in the same world went and one came, the one that came revises the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.claims import Claim
from kg.dataset import Store
from kg.iris import Names
from kg.vocab import PH, PROV, Iri, Node, Quad, Term, Triple


class _Topic(NamedTuple):
    """What a claim is about, whatever it says of it."""

    world: Term
    sources: frozenset[str]
    about: frozenset[tuple[Node, Iri]]


def revisions(before: Store, claims: Mapping[Iri, Claim], names: Names) -> Iterator[Quad]:
    """Yield which claims revise which of an earlier build, and what that build said of claims that still stand."""
    old = dict(_topics(before, names))
    gone = _by_topic((topic, name) for name, topic in old.items() if name not in claims)
    come = _by_topic((_topic(claim), name) for name, claim in claims.items() if name not in old)
    for topic, new in come.items():
        if len(new) == len(gone.get(topic, ())) == 1:
            yield Quad(new[0], PROV.wasRevisionOf, gone[topic][0], names.catalogue)
    for quad in before.quads(names.catalogue):
        if quad.predicate == PROV.wasRevisionOf and quad.subject in claims:
            yield quad


def _by_topic(pairs: Iterable[tuple[_Topic, Iri]]) -> dict[_Topic, list[Iri]]:
    found: dict[_Topic, list[Iri]] = defaultdict(list)
    for topic, name in pairs:
        found[topic].append(name)
    return found


def _topic(claim: Claim) -> _Topic:
    return _Topic(claim.world, frozenset(map(_source, claim.evidence)), _about(claim.statements))


def _about(statements: Iterable[Triple]) -> frozenset[tuple[Node, Iri]]:
    return frozenset((triple.subject, triple.predicate) for triple in statements)


def _source(support: str) -> str:
    """Return the source that a span stands in, whatever the version of its text."""
    place = support.partition("#")[0]
    return place.rpartition("/")[0] if place.endswith(".txt") else place


def _topics(store: Store, names: Names) -> Iterator[tuple[Iri, _Topic]]:
    worlds: dict[Iri, Term] = {}
    support: dict[Iri, set[str]] = defaultdict(set)
    for quad in store.quads(names.catalogue):
        if quad.predicate == PH.assertedIn:
            worlds[Iri(quad.subject)] = quad.object
        elif quad.predicate == PROV.wasDerivedFrom:
            support[Iri(quad.subject)].add(_source(str(quad.object)))
    for name, world in worlds.items():
        statements = (quad.triple for quad in store.quads(name))
        yield name, _Topic(world, frozenset(support[name]), _about(statements))
