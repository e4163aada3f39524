"""Networks for people who analyse graphs: who appears with whom, who plays whom, who flies on what.

Nodes have a label and a kind, edges a weight and what they stand for, so that Gephi and networkx need nothing else.
What is read are the worlds and the background; in which episode someone appears is read in claims too, since guides
often hedge it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from kg.export.claims import Labels
from kg.export.rows import Row
from kg.vocab import PH, RDFS, Iri

KINDS = ("co-appearance", "performances", "crews")


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of a network, and what sort of thing it is."""

    iri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie: how often it holds, and in what (episodes, manners or posts)."""

    source: str
    target: str
    weight: int
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges in the order of their names."""

    name: str
    directed: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


_Values: TypeAlias = Mapping[str, set[str]]
_Ties: TypeAlias = Mapping[tuple[str, str], set[str]]


def network(kind: str, rows: Iterable[Row], placings: Iterable[Row], labels: Labels) -> Network:
    """Return one of `KINDS`: ``rows`` are worlds and background, ``placings`` all rows of ph:inEpisode.

    The posts of a crew are the properties below ph:crewMember, as far as the rows know the ontology.
    """
    kept = list(dict.fromkeys(row[:3] for row in rows))
    if kind == "crews":
        return _network(kind, _crews(kept), labels, ("member", "mission"))
    performers = _values(kept, PH.performer)
    if kind == "performances":
        return _network(kind, _played(kept, performers), labels, ("performer", "character"))
    episodes = _values([row[:3] for row in placings], PH.inEpisode)
    return _network(kind, _together(performers, episodes), labels, ())


def _together(performers: _Values, episodes: _Values) -> _Ties:
    casts: defaultdict[str, set[str]] = defaultdict(set)
    for performance, who in performers.items():
        for episode in episodes.get(performance, ()):
            casts[episode] |= who
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for episode, cast in casts.items():
        for one, other in combinations(sorted(cast), 2):
            found[one, other].add(episode)
    return found


def _played(rows: Iterable[tuple[str, str, str]], performers: _Values) -> _Ties:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for performance, _, character in _of(rows, PH.character):
        for performer in performers.get(performance, ()):
            found[performer, character].add(performance)
    return found


def _crews(rows: Iterable[tuple[str, str, str]]) -> _Ties:
    """Return who flies on which mission, with the narrowest posts that are told."""
    kept = list(rows)
    above = _values(kept, RDFS.subPropertyOf)
    posts = {f"<{PH.crewMember}>"}
    while wider := {it for it, over in above.items() if over & posts} - posts:
        posts |= wider
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for mission, predicate, member in kept:
        if predicate in posts:
            found[member, mission].add(predicate)
    return {
        tie: {it for it in held if not any(it in above.get(other, ()) for other in held)} for tie, held in found.items()
    }


def _network(name: str, ties: _Ties, labels: Labels, kinds: tuple[str, ...]) -> Network:
    sources, targets = {tie[0] for tie in ties}, {tie[1] for tie in ties}
    nodes = [Node(it[1:-1], labels(Iri(it[1:-1])), _kind(it in sources, kinds)) for it in sorted(sources | targets)]
    edges = [
        Edge(tie[0][1:-1], tie[1][1:-1], len(held), tuple(sorted(labels(Iri(it[1:-1])) for it in held)))
        for tie, held in sorted(ties.items())
    ]
    return Network(name, bool(kinds), tuple(nodes), tuple(edges))


def _kind(source: bool, kinds: tuple[str, ...]) -> str:  # noqa: FBT001 - the one thing that is asked of a node
    return "performer" if not kinds else kinds[0] if source else kinds[1]


def _of(rows: Iterable[tuple[str, str, str]], predicate: Iri) -> Iterable[tuple[str, str, str]]:
    token = f"<{predicate}>"
    return (row for row in rows if row[1] == token and row[2][0] == "<")


def _values(rows: Iterable[tuple[str, str, str]], predicate: Iri) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, _, value in _of(rows, predicate):
        found[subject].add(value)
    return found
