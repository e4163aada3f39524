"""Whom a name means: the node of a name on the story's side and on the actual world's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from kg.claims.entry import mentioned, played
from kg.claims.nodes import Node
from kg.claims.scene import Scene
from kg.iris import slug
from kg.model import KnownName, Statement, Statements
from kg.terms import Kind, Vocabulary
from kg.vocab import PH, SCHEMA, Iri

Side: TypeAlias = Literal["story", "history", "making"]


@dataclass(frozen=True, slots=True)
class Directory:
    """Every name that a statements file may use: those declared with their kinds, and the entry's own.

    ``declared`` maps a name to its kind, ``aliases`` another name to the one it stands for; ``roles`` are the cast's
    characters, ``people`` the performers, makers and authors, ``figures`` the known names that the prose mentions.
    """

    scene: Scene
    vocabulary: Vocabulary
    declared: Mapping[str, Kind]
    aliases: Mapping[str, str]
    roles: frozenset[str]
    people: frozenset[str]
    figures: Mapping[str, KnownName]

    def names(self) -> tuple[str, ...]:
        """Return every name that stands for something, in order."""
        series = self.scene.series
        works = (series, self.scene.episode_label, "this episode", *(f"{series} season {n}" for n in range(1, 100)))
        found = {*self.declared, *self.aliases, *self.roles, *self.people, *self.figures, *works}
        return tuple(sorted(found))

    def node(self, name: str, side: Side) -> Node | None:
        """Return what a name means on one side; None where it means nothing there."""
        name = self.aliases.get(name, name)
        kind = self.declared.get(name)
        if kind is not None and kind.background:
            found: Node | None = self._background(name, kind)
        else:
            found = self._story(name, kind) if side == "story" else self._actual(name, kind, side)
        also = tuple(alias for alias, meant in self.aliases.items() if meant == name)
        return replace(found, aliases=also) if found and also else found

    def concept(self, name: str, scheme_of: Iri | None) -> Node | None:
        """Return the concept of a closed list that a name stands for, where a property's range has such a list."""
        name = self.aliases.get(name, name)
        for kind in self.vocabulary.kinds.values():
            if kind.generic == scheme_of and (found := self.vocabulary.concept(kind, name)):
                return Node(found.iri, found.label, (kind.generic,))
        return None

    def _background(self, name: str, kind: Kind) -> Node:
        listed = self.vocabulary.concept(kind, name)
        iri = listed.iri if listed else self.scene.names.thing(kind.segment, name)
        return Node(iri, listed.label if listed else name, (kind.generic,))

    def _story(self, name: str, kind: Kind | None) -> Node | None:
        scene = self.scene
        if name in self.roles:
            return played(scene, name)
        if kind is None:
            return self._place(name)
        iri = scene.names.thing(kind.story_segment, name, scene.universe)
        return Node(iri, name, _classes(kind.generic, kind.story), scene.story)

    def _place(self, name: str) -> Node | None:
        known = self.figures.get(name)
        return mentioned(self.scene, known) if known and known.kind == "place" else None

    def _actual(self, name: str, kind: Kind | None, side: Side) -> Node | None:
        scene, names = self.scene, self.scene.names
        if name == scene.series:
            return Node(names.series(name), name, (SCHEMA.TVSeries,), names.actual)
        if kind is not None:
            own = kind.history if side == "history" and name not in self.people else kind.making
            return Node(names.thing(kind.segment, name), name, _classes(kind.generic, own), names.actual)
        if name in self.figures:
            return mentioned(scene, self.figures[name])
        if name in self.people:
            return scene.person(name)
        return self._part_of_series(name)

    def _part_of_series(self, name: str) -> Node | None:
        """Return the episode at hand (by its title or as “this episode”) or a season (“NAME season 2”)."""
        scene, names = self.scene, self.scene.names
        if name in (scene.episode_label, "this episode"):
            return Node(scene.episode, f"{scene.series}: {scene.episode_label}", (SCHEMA.TVEpisode,), names.actual)
        series, _, number = name.rpartition(" season ")
        if series != scene.series or not number.isdigit():
            return None
        return Node(names.season(series, int(number)), f"{series}, season {number}", (SCHEMA.TVSeason,), names.actual)

    def event(self, phrase: str, side: Side) -> Node | None:
        """Return an event that is named by what happens to a thing (“launch of the ship”)."""
        known = self.node(phrase, side)
        _, _, whose = phrase.partition(" of ")
        if known is not None or not whose or self.node(whose, side) is None:
            return known
        scene = self.scene
        universe = scene.universe if side == "story" else ""
        kind = PH.FictionalEvent if side == "story" else PH.HistoricalEvent
        world = scene.story if side == "story" else scene.names.actual
        return Node(scene.names.iri(*([slug(universe)] if universe else []), "event", slug(phrase)), phrase,
                    (PH.Event, kind), world)  # fmt: skip


def _classes(generic: Iri, own: Iri | None) -> tuple[Iri, ...]:
    return (generic,) if own is None else tuple(dict.fromkeys((generic, own)))


def directory(
    scene: Scene,
    files: Iterable[Statements],
    vocabulary: Vocabulary,
    known: Iterable[KnownName] = (),
) -> Directory:
    """Return the directory of an entry: its own names, and those that the given files declare under # Things."""
    entry = scene.entry
    lines = [line for file in files for line in file.statements if line.section == "things"]
    people = {scene.known_as(name.text) for credit in entry.credits for name in credit.names}
    people |= {scene.known_as(item.performer.text) for item in entry.cast}
    figures = {life.name: KnownName(life.name, "person") for life in entry.lives}
    figures |= {mention.known.name: mention.known for mention in entry.mentions if mention.known.kind != "character"}
    return Directory(
        scene,
        vocabulary,
        {line.subject: vocabulary.kinds[line.value.text] for line in lines if _declares(line, vocabulary)},
        aliases(files),
        frozenset(role.text for item in entry.cast for role in item.characters),
        frozenset(people | {author.text for author in entry.authors}),
        figures | {name.name: name for name in known},
    )


def aliases(files: Iterable[Statements]) -> dict[str, str]:
    """Return the other names of things that files declare, each with the name that it stands for."""
    lines = (line for file in files for line in file.statements if line.section == "things")
    return {line.value.text: line.subject for line in lines if line.property == "also known as"}


def _declares(line: Statement, vocabulary: Vocabulary) -> bool:
    return line.property == "is a" and line.value.text in vocabulary.kinds
