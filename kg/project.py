"""A project: its folder, its settings, its inputs, and the builds that were made of it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kg.errors import ProjectError, UsageError
from kg.iris import Names, slug
from kg.resources import shared
from kg.vocab import DEFAULT_BASE, Iri

if TYPE_CHECKING:  # rdflib loads slowly, and only those who ask for it need it
    from rdflib import Dataset, Graph

    from kg.dataset import Store
    from kg.link.snapshot import Snapshot
    from kg.model import KnownName
    from kg.store.embedded import Embedded

SETTINGS = "kg.toml"
LINKS = "links.sssom.tsv"
_KEYS = {"base", "title", "licence", "languages", "universes", "services", "snapshots", "publisher", "creators", "site"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``kg.toml`` says.

    ``universes`` maps a series to the story it shares with others, ``services`` are the endpoints that queries may
    reach by SERVICE, by name (by address where they have none), ``snapshots`` further Wikidata snapshots that names
    are known from, ``site`` where a release will lie.
    """

    base: str = DEFAULT_BASE
    title: str = ""
    licence: str = ""
    languages: tuple[str, ...] = ("en",)
    publisher: str = ""
    creators: tuple[str, ...] = ()
    universes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    services: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    snapshots: tuple[str, ...] = ()
    site: str = ""


@dataclass(frozen=True)
class Project:
    """A folder with ``kg.toml``, the bundled guide, or a bare folder of builds."""

    root: Path
    settings: Settings
    builds: Path
    prefix: str = ""

    @classmethod
    def find(cls, path: Path | None = None, start: Path | None = None) -> Project:
        """Return the project at a path; without one the nearest upwards from ``start``, else the bundled guide.

        Raises ProjectError for a path that holds neither ``kg.toml`` nor builds, and for settings that cannot be read.
        """
        if path is not None:
            return cls._at(path if path.is_dir() else path.parent)
        here = (start or Path.cwd()).resolve()
        nearest = next((folder for folder in (here, *here.parents) if (folder / SETTINGS).is_file()), None)
        return cls._at(nearest) if nearest else cls.bundled()

    @classmethod
    def bundled(cls) -> Project:
        """Return the guide that comes with the program; its builds go to the user's cache."""
        root = shared("data", "missions")
        return cls(root, settings(root / SETTINGS), cache() / "bundled", root.name)

    @classmethod
    def bare(cls, builds: Path) -> Project:
        """Return a project without a folder of its own, for entries that belong to none; its builds go there."""
        return cls(builds.resolve(), Settings(), builds.resolve())

    @classmethod
    def _at(cls, root: Path) -> Project:
        root = root.resolve()
        if (root / SETTINGS).is_file():
            if root == shared("data", "missions").resolve():
                return cls.bundled()
            return cls(root, settings(root / SETTINGS), root / ".kg", root.name)
        if (root / "current").is_file():
            base = manifest(_current(root)).get("base", DEFAULT_BASE)
            return cls(root, Settings(base=str(base)), root)
        raise ProjectError(f"{root}: holds no {SETTINGS} and no builds; run kg init there, or kg build -o {root.name}")

    @property
    def names(self) -> Names:
        """The names of this project's things."""
        return Names(self.settings.base)

    # --- what is read -------------------------------------------------------------------------------------------

    @property
    def entries(self) -> Path:
        """The folder of guide entries."""
        return self.root / "entries"

    @property
    def imports(self) -> Path:
        """The folder of files from elsewhere."""
        return self.root / "imports"

    def alignments(self) -> tuple[Path, ...]:
        """Return the files that say which foreign terms are ours: the shipped one, then the project's own."""
        own = self.root / "alignments.ttl"
        return (shared("ontology", "alignments.ttl"), *((own,) if own.is_file() else ()))

    def queries(self) -> dict[str, Path]:
        """Return the saved queries by name: those shipped, and the project's own, which win."""
        folders = (shared("queries"), self.root / "queries")
        return {path.stem: path for folder in folders for path in sorted(folder.rglob("*.rq"))}

    def ontology(self) -> tuple[Path, ...]:
        """Return the ontology's files, the project's own after the shipped ones."""
        return (shared("ontology", "porthole.ttl"), shared("ontology", "concepts.ttl"), *self._local("ontology"))

    def shapes(self) -> tuple[Path, ...]:
        """Return the shapes' files, the project's own after the shipped one."""
        return (shared("ontology", "porthole.shapes.ttl"), *self._local("shapes"))

    def snapshots(self) -> tuple[Path, ...]:
        """Return the Wikidata snapshots: the small one that is shipped, and those that the settings name."""
        own = tuple(self.root / name for name in self.settings.snapshots)
        return (
            *sorted(shared("data", "wikidata").glob("*.nt")),
            *sorted(shared("data", "wikidata").glob("*.ttl")),
            *own,
        )

    def links(self) -> Path | None:
        """Return the reviewed link file: the project's own, else the shipped one, whose base is the default base."""
        own, shipped = self.root / LINKS, shared("data", "missions", LINKS)
        if own.is_file():
            return own
        return shipped if self.settings.base == DEFAULT_BASE and not (self.root / SETTINGS).is_file() else None

    def snapshot(self) -> Snapshot:
        """Return what the snapshots know of Wikidata: RDF by its ending, else a table of items.

        Raises InputError where one of them cannot be read.
        """
        from kg.link.files import text_of
        from kg.link.snapshot import Snapshot, read, read_table
        from kg.store.embedded import read_file

        found = Snapshot({})
        for path in self.snapshots():
            table = path.suffix == ".tsv"
            found = found.union(read_table(text_of(path)) if table else read(it.triple for it in read_file(path)))
        return found

    def known_names(self) -> tuple[KnownName, ...]:
        """Return the names that the snapshots know, for finding mentions in prose."""
        return self.snapshot().known_names()

    def _local(self, folder: str) -> tuple[Path, ...]:
        return tuple(sorted((self.root / folder).glob("*.ttl")))

    # --- what was built -----------------------------------------------------------------------------------------

    def current(self) -> Path:
        """Return the folder of the current build. Raises ProjectError where nothing was built."""
        return _current(self.builds)

    def manifest(self) -> dict[str, Any]:
        """Return what the current build says of itself: digest, versions, counts, sources."""
        return manifest(self.current())

    def store(self) -> Embedded:
        """Return the current build's store, read-only. Raises ProjectError where nothing was built."""
        from kg.store.embedded import Embedded

        try:
            return Embedded.open(self.current() / "store")
        except ProjectError:  # builds that were published since may have swept this one away: look again, once
            return Embedded.open(self.current() / "store")

    def worlds(self, store: Store | None = None) -> dict[str, Iri]:
        """Return the worlds of the current build, or of a store that holds one, by the last part of their name."""
        prefix, graphs = self.names.iri("world", ""), (self.store() if store is None else store).graphs()
        return {graph.removeprefix(prefix): graph for graph in graphs if graph.startswith(prefix)}

    def default_graphs(self, world: str | None = None, store: Store | None = None) -> tuple[Iri, Iri]:
        """Return the graphs that a query asks when it names none: a world (actual unless named) and the background.

        A world is named as a person would name the story, or by its IRI. Raises UsageError for one that is not there.
        """
        if world is None or world == "actual":
            return self.names.actual, self.names.background
        worlds = self.worlds(store)
        found = (
            worlds.get(slug(world)) if "/" not in world else next((it for it in worlds.values() if it == world), None)
        )
        if found is None:
            raise UsageError(f"there is no world “{world}”; there are {', '.join(sorted(worlds))}")
        return found, self.names.background

    def graph(self, world: str | None = None) -> Graph:
        """Return a world with the background as an rdflib graph; changes to it stay in memory."""
        from kg.store.interchange import graph

        store = self.store()
        return graph(store, self.default_graphs(world, store))

    def dataset(self) -> Dataset:
        """Return the whole build as an rdflib dataset, read-only, its default graph empty."""
        from kg.store.interchange import dataset

        return dataset(self.store())


def settings(path: Path) -> Settings:
    """Return the settings in a ``kg.toml``. Raises ProjectError with what is wrong in it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"{path}: cannot be read: {error}") from error
    if unknown := sorted(set(found) - _KEYS):
        raise ProjectError(f"{path}: “{unknown[0]}” is no setting; known are {', '.join(sorted(_KEYS))}")
    base = found.get("base", DEFAULT_BASE)
    if not isinstance(base, str) or not base.startswith(("http://", "https://")) or not base.endswith("/"):
        raise ProjectError(f"{path}: base must be an http(s) address that ends in a slash")
    return Settings(
        base,
        str(found.get("title", "")),
        str(found.get("licence", "")),
        tuple(found.get("languages", ("en",))),
        str(found.get("publisher", "")),
        tuple(found.get("creators", ())),
        MappingProxyType(dict(found.get("universes", {}))),
        MappingProxyType(dict(_services(path, found.get("services", {})))),
        tuple(found.get("snapshots", ())),
        str(found.get("site", "")).rstrip("/"),
    )


def _services(path: Path, found: Any) -> Iterator[tuple[str, str]]:  # what TOML holds here is checked by use
    """Yield the services by name; those of a plain list, or of ``allow``, are named by their address."""
    named = found if isinstance(found, dict) else {"allow": found}
    for name, said in named.items():
        for address in said if name == "allow" and isinstance(said, list) else [said]:
            if not isinstance(address, str) or not address.startswith(("http://", "https://")):
                raise ProjectError(f'{path}: services: “{address}” is no http(s) address; write NAME = "https://…"')
            yield (address if name == "allow" else name), address


def cache() -> Path:
    """Return the user's cache folder for builds and downloads (XDG, or the platform's own)."""
    if named := os.environ.get("PORTHOLE_CACHE"):
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".cache") / "porthole"


def manifest(build: Path) -> dict[str, Any]:
    """Return a build's manifest. Raises ProjectError where it cannot be read."""
    try:
        found: dict[str, Any] = json.loads((build / "build.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProjectError(f"{build}: this build is damaged ({error}); run kg build again") from error
    return found


def _current(builds: Path) -> Path:
    try:
        name = (builds / "current").read_text(encoding="utf-8").strip()
    except OSError:
        raise ProjectError(f"nothing was built yet in {builds}; run kg build") from None
    return builds / name
