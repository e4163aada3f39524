"""The hand-written guide that the tests of queries ask: as a store, as a source of answers, as a folder of builds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.queries import SavedQuery, Source, load
from kg.resources import shared
from kg.store.embedded import Embedded, read_file, read_rdf
from kg.vocab import ONTOLOGY_GRAPH, PREFIXES, Iri, Quad

BASE = "https://example.org/id/"
GRAPHS = (Iri(BASE + "world/actual"), Iri(BASE + "background"))
NAMES = {**PREFIXES, "id": BASE}
GUIDE = Path(__file__).parent / "golden" / "queries" / "tideline.trig"


def quads() -> Iterator[Quad]:
    """Yield the guide with the ontology, as a build would hold them."""
    yield from read_rdf(GUIDE.read_bytes(), "trig", GUIDE.name, Iri(BASE))
    yield from read_file(shared("ontology", "porthole.ttl"), ONTOLOGY_GRAPH)
    for graph in (ONTOLOGY_GRAPH, GRAPHS[1]):
        yield from read_file(shared("ontology", "concepts.ttl"), graph)


def source(build: str = "tideline-1") -> Source:
    """Return the guide as a source of answers."""
    return Source(Embedded.memory(quads()), GRAPHS, build, names=NAMES)


def built(folder: Path, more: Iterable[Quad] = ()) -> Path:
    """Write the guide, and more, as a folder of builds, and return it."""
    build = folder / "builds" / "first"
    build.mkdir(parents=True)
    Embedded.create(build / "store", chain(quads(), more))
    (build / "build.json").write_text(json.dumps({"base": BASE, "digest": "tideline-1"}), encoding="utf-8")
    (folder / "builds" / "current").write_text("first\n", encoding="utf-8")
    return folder / "builds"


def shipped() -> list[Path]:
    """Return the files of the saved queries that come with the program."""
    return sorted(shared("queries").rglob("*.rq"))


def loaded(path: Path) -> SavedQuery:
    """Return a saved query of a file."""
    return load(f"{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8"))
