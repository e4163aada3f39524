"""What is at hand while a file from elsewhere is turned into claims: its project's names, terms, people and worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.claims.foreign.alignment import Terms
from kg.claims.identity import Identity
from kg.iris import Names, slug
from kg.terms import Kind
from kg.vocab import Iri


@dataclass(frozen=True)
class Importing:
    """One file in its project.

    ``key`` is that of its source, ``file`` its name below the project, ``universe`` the story that its statements are
    about (empty where they are about the actual world). ``items`` leads from Wikidata's items to things of the
    project, ``universes`` from a series to its story. ``declared`` are the kinds that names.md gives.
    """

    names: Names
    terms: Terms
    key: str
    file: str
    universe: str = ""
    identity: Identity = field(default_factory=Identity)
    declared: Mapping[str, Kind] = field(default_factory=dict)
    items: Mapping[str, Iri] = field(default_factory=dict)
    universes: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)

    @cached_property
    def source(self) -> Iri:
        """The source that the file's statements are of."""
        return self.names.source(slug(self.key))

    @cached_property
    def anchors(self) -> Iri:
        """The graph of where its statements stand."""
        return self.names.anchors(f"{slug(self.key)}/{slug(self.file)}")

    @cached_property
    def world(self) -> Iri:
        """The world that its statements are about unless they say otherwise."""
        return self.names.world(self.universe) if self.universe else self.names.actual

    def known_as(self, name: str) -> str:
        """Return the name under which someone is known; the source's key stands where an entry's would."""
        return self.identity.known_as(name, self.key)

    def story_of(self, series: str) -> str:
        """Return the story that a series tells."""
        return self.universes.get(series, series)

    def is_ours(self, iri: str) -> bool:
        """Return whether an IRI names a thing of the project."""
        return iri.startswith(self.names.base)

    def home(self, iri: str) -> Iri | None:
        """Return the world in which a thing of the project exists, as its name tells it (`kg.iris.Names`).

        A story’s things are named below their universe, those of the actual world by their kind alone. None for what
        is the same in every world, and for what no name tells.
        """
        parts = iri.removeprefix(self.names.base).split("/")
        if len(parts) > 2 and parts[1] in self._of_stories:
            return self.names.iri("world", parts[0])
        if len(parts) > 2 and parts[1] in ("episode", "season"):
            return self.names.actual
        return self.names.actual if parts[0] in self._of_history else None

    @cached_property
    def _of_stories(self) -> frozenset[str]:
        return frozenset(kind.story_segment for kind in self.terms.vocabulary.kinds.values() if kind.story)

    @cached_property
    def _of_history(self) -> frozenset[str]:
        kinds = self.terms.vocabulary.kinds.values()
        return frozenset(kind.segment for kind in kinds) - {kind.segment for kind in kinds if kind.background}
