"""Which thing of the project a node of a file from elsewhere is: by its kind and name, as the build knows people.

A node with a kind and a name becomes the thing that the project would name so; what has neither keeps its own IRI,
and two nodes of one file with one name keep theirs, because the file holds them to be two. IRIs of the project itself
stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.claims.foreign.alignment import LABELS, OF_CLAIMS
from kg.claims.foreign.blanks import skolems
from kg.claims.foreign.importing import Importing
from kg.claims.nodes import Node
from kg.claims.roles import unnamed
from kg.claims.scene import UNKNOWN_SERIES
from kg.foreign import Said
from kg.iris import slug
from kg.terms import Kind
from kg.vocab import PH, RDF, SCHEMA, SKOS, Iri, Literal, Term
from kg.vocab import Node as Name

_WORKS = (SCHEMA.TVSeries, SCHEMA.TVSeason, SCHEMA.TVEpisode)
#: Nodes that mean nothing without what they are about: what is said of one is one claim.
DEPENDENT = frozenset((PH.Credit, PH.Performance, PH.Participation, PH.Assessment))


class Things:
    """The nodes of one file, each with what it is here; looked up once and remembered."""

    def __init__(self, statements: Iterable[Said], at: Importing) -> None:
        self.at = at
        said = list(statements)
        self._blank = skolems(said, at.names, at.key)
        self._values: defaultdict[tuple[Name, Iri], list[Term]] = defaultdict(list)
        for it in said:
            self._values[it.subject, it.predicate].append(it.object)
        self._types: dict[Name, tuple[Iri, ...]] = {}
        self._implied = dict(self._ranges(said))
        given = {it.predicate for it in said}
        self._labelling = sorted((it for it in given if at.terms.term(it) in LABELS), key=_order_of_labels)
        self._known: dict[Name, Node] = {}
        self._shared = self._namesakes({it.subject for it in said})

    # --- what the file says of a node -----------------------------------------------------------------------------

    def values(self, node: Name, prop: Iri) -> list[Term]:
        """Return the values of a property of a node, in the order of the file."""
        return self._values.get((node, prop), [])

    def types(self, node: Name) -> tuple[Iri, ...]:
        """Return the classes of a node that have a place here."""
        if node not in self._types:
            found = (self.at.terms.term(it) for it in self.values(node, RDF.type) if isinstance(it, Iri))
            known = tuple(dict.fromkeys(it for it in found if it is not None))
            self._types[node] = known or self._implied.get(node, ())
        return self._types[node]

    def _ranges(self, said: Iterable[Said]) -> Iterator[tuple[Name, tuple[Iri, ...]]]:
        """Yield the classes of things whose kind the property that leads to them tells; an agent may be of any kind."""
        for it in said:
            wanted = self.at.terms.ranges.get(self.at.terms.term(it.predicate) or it.predicate)
            ours = isinstance(it.object, Iri) and self.at.is_ours(it.object)
            if wanted and wanted != PH.Agent and not isinstance(it.object, Literal) and not ours:
                yield it.object, (wanted,)

    def label(self, node: Name) -> str:
        """Return what a file calls a node, in the project's first language where it can be chosen; else ""."""
        found = [(place, it) for place, prop in enumerate(self._labelling) for it in self.values(node, prop)]
        texts = [(self._preference(it), place, it.value) for place, it in found if isinstance(it, Literal)]
        label = " ".join(min(texts)[2].split()) if texts else ""
        return label if any(sign.isalnum() for sign in label) else ""

    def _preference(self, label: Literal) -> int:
        order = ("", *self.at.languages)
        return order.index(label.language) if label.language in order else len(order)

    def number(self, node: Name, prop: Iri) -> int | None:
        """Return a whole number that the file gives for a node."""
        found = (it.value.strip() for it in self.values(node, prop) if isinstance(it, Literal))
        return next((int(it) for it in found if it.isascii() and it.isdigit() and len(it) < 10), None)

    def linked(self, node: Name, prop: Iri) -> Name | None:
        """Return the first node that a property leads to."""
        return next((it for it in self.values(node, prop) if not isinstance(it, Literal)), None)

    def is_dependent(self, node: Name) -> bool:
        """Return whether a node is a credit, a performance or the like."""
        return bool(DEPENDENT.intersection(self.types(node)))

    # --- what a node is here --------------------------------------------------------------------------------------

    def node(self, name: Name) -> Node:
        """Return what a node is here."""
        if name not in self._known:
            self._known[name] = self._node(name)
        return self._known[name]

    def _node(self, name: Name) -> Node:
        if isinstance(name, Iri) and name in self.at.items:
            return Node(self.at.items[name], "", ())
        if isinstance(name, Iri) and self.at.is_ours(name):
            return self._ours(name)
        label, types = self.label(name), self.types(name)
        found = self._work(name, label, types)
        if found is None and label and name not in self._shared:
            found = self.named(label, types)
        if found is not None:
            return found
        iri = name if isinstance(name, Iri) else self._blank[name]
        return Node(iri, label or _last_part(iri), types, self._home(types))

    def named(self, label: str, types: Iterable[Iri], universe: str = "") -> Node | None:
        """Return the thing that the project would call so; None where the classes tell no kind."""
        known = self.at.known_as(label)
        types = tuple(types)
        declared = self.at.declared.get(known)
        kind = declared or next(iter(self.at.terms.kinds(types)), None)
        if kind is None or kind.generic in _WORKS:
            return None
        found = self._of_kind(known, kind, types, universe or self.at.universe)
        return replace(found, aliases=(label,)) if label != known else found

    def _of_kind(self, name: str, kind: Kind, types: tuple[Iri, ...], universe: str) -> Node:
        names, vocabulary = self.at.names, self.at.terms.vocabulary
        if kind.background:
            listed = vocabulary.concept(kind, name)
            return Node(listed.iri if listed else names.thing(kind.segment, name), name, (kind.generic,))
        told = bool(kind.story and kind.story in types)
        real = kind.history in types and not told
        if universe and kind.story and (told or (self.at.universe and not real)):
            return self.figure(name, universe) if kind.story == PH.Character else Node(
                names.thing(kind.story_segment, name, universe), name, (kind.generic, kind.story), names.world(universe)
            )  # fmt: skip
        if kind.making == SCHEMA.Person:
            kinds = tuple(dict.fromkeys((SCHEMA.Person, *(it for it in types if it == PH.HistoricalFigure))))
            return Node(names.person(name), name, kinds, names.actual)
        own = tuple(it for it in types if it in (kind.history, kind.making))
        return Node(names.thing(kind.segment, name), name, tuple(dict.fromkeys((kind.generic, *own))), names.actual)

    def figure(self, name: str, universe: str, episode: str = "") -> Node:
        """Return a character of a story, or an unnamed role of one episode."""
        names = self.at.names
        if episode and unnamed(name):
            iri = names.iri(slug(universe), "character", episode, slug(name))
            return Node(iri, name, (PH.Character, PH.UnnamedRole), names.world(universe))
        known = self.at.known_as(name)
        return Node(names.thing("character", known, universe), known, (PH.Character,), names.world(universe))

    def _ours(self, iri: Iri) -> Node:
        """Return a thing of the project, as the file describes it; one that it does not describe is known already."""
        types, label = self.types(iri), self.label(iri)
        if (not types and not label) or OF_CLAIMS.intersection(types):
            return Node(iri, "", ())
        worlds = sorted(it for it in self.values(iri, PH.existsIn) if isinstance(it, Iri))
        kinds = tuple(it for it in types if it not in DEPENDENT)
        aliases = tuple(
            it.value for it in self.values(iri, SKOS.altLabel) if isinstance(it, Literal) and not it.language
        )
        home = worlds[0] if worlds else self.at.home(iri)
        return Node(iri, label or _last_part(iri), kinds, home, aliases)

    def _home(self, types: Iterable[Iri]) -> Iri | None:
        """Return the world that a thing of some classes exists in; None for what is the same in every world."""
        types = tuple(types)
        if {PH.World, PH.StoryWorld, PH.ActualWorld}.intersection(types):
            return None
        kinds = self.at.terms.kinds(types)
        if kinds and kinds[0].background:
            return None
        actual = not kinds or {*_WORKS, *DEPENDENT, PH.Universe}.intersection(types)
        return self.at.names.actual if actual and not self.at.universe else self.at.world

    # --- works ----------------------------------------------------------------------------------------------------

    def series(self, work: Name) -> Name | None:
        """Return the series that a work belongs to: itself, or by its season."""
        if SCHEMA.TVSeries in self.types(work):
            return work
        direct = self.linked(work, SCHEMA.partOfSeries)
        season = self.linked(work, SCHEMA.partOfSeason)
        return direct or (self.linked(season, SCHEMA.partOfSeries) if season else None)

    def series_name(self, work: Name) -> str:
        """Return what the series of a work is called, or a stand-in where nothing tells it."""
        series = self.series(work)
        called = (it.value for it in self.values(work, SCHEMA.partOfSeries) if isinstance(it, Literal))
        return self.at.known_as((self.label(series) if series else next(called, "")) or UNKNOWN_SERIES)

    def _work(self, name: Name, label: str, types: tuple[Iri, ...]) -> Node | None:
        if not set(_WORKS).intersection(types):
            return None
        names, series = self.at.names, self.series_name(name)
        key = self.episode_key(name) or (slug(label) if label else "")
        if SCHEMA.TVEpisode in types and key:
            return Node(names.episode(series, key), _titled(series, label, key), (SCHEMA.TVEpisode,), names.actual)
        if SCHEMA.TVSeason in types and (number := self.number(name, SCHEMA.seasonNumber)) is not None:
            return Node(names.season(series, number), f"{series}, season {number}", (SCHEMA.TVSeason,), names.actual)
        if SCHEMA.TVSeries in types and label:
            return Node(names.series(series), series, (SCHEMA.TVSeries,), names.actual)
        return None

    def episode_key(self, name: Name) -> str:
        """Return an episode's key by its numbers, "" where they are not both told."""
        season = self.linked(name, SCHEMA.partOfSeason)
        first = self.number(season, SCHEMA.seasonNumber) if season else self.number(name, SCHEMA.seasonNumber)
        number = self.number(name, SCHEMA.episodeNumber)
        return f"s{first}e{number:02}" if first is not None and number is not None else ""

    # --- namesakes ------------------------------------------------------------------------------------------------

    def _namesakes(self, subjects: Iterable[Name]) -> frozenset[Iri]:
        """Return the nodes that share name and kinds with another one of the file: it holds them to be two."""
        found: defaultdict[tuple[object, ...], list[Iri]] = defaultdict(list)
        for it in subjects:
            label = self.label(it)
            if (
                isinstance(it, Iri)
                and label
                and not self.at.is_ours(it)
                and not set(_WORKS).intersection(self.types(it))
            ):
                found[self.at.known_as(label), frozenset(self.types(it))].append(it)
        return frozenset(it for same in found.values() if len(same) > 1 for it in same)

    def namesakes(self) -> Iterator[tuple[str, tuple[Iri, ...]]]:
        """Yield names that several nodes of the file have, with those nodes."""
        by_name: defaultdict[str, list[Iri]] = defaultdict(list)
        for it in sorted(self._shared):
            by_name[self.label(it)].append(it)
        yield from ((name, tuple(found)) for name, found in sorted(by_name.items()))


def _order_of_labels(prop: Iri) -> tuple[int, str]:
    return LABELS.index(prop) if prop in LABELS else len(LABELS), prop


def _last_part(iri: str) -> str:
    tail = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return tail.replace("-", " ").replace("_", " ").strip() or iri


def _titled(series: str, label: str, key: str) -> str:
    return f"{series}: {label}" if label else f"{series}, {key}"
