"""How fast saved queries answer: from the command line, in a store of a million quads, and from the cache.

Run ``python bench/queries.py [QUADS]`` (1,000,000 unless given). The data is the bundled guide, as built, copied under
other names until there are enough quads; every copy is a guide of its own, and all share catalogue and background.
Each query runs with its header's examples, once through `kg.queries` and once as the same text on the engine itself,
in turns; the best of several runs counts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import pyoxigraph as ox

from kg.build.pipeline import build
from kg.cli.asking import source_of
from kg.cli.collection import collection
from kg.project import Project
from kg.queries import Cache, SavedQuery, Source, answer, resolved
from kg.store.embedded import Embedded
from kg.vocab import Iri, Quad

RUNS = 3
STARTS = 15


@dataclass(frozen=True, slots=True)
class Timing:
    """One query's times in milliseconds."""

    name: str
    rows: int
    ours: float
    engine: float
    cached: float


def main() -> None:
    """Build, copy, measure and print a table in Markdown."""
    size = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        project = built(Path(folder))
        print(f"first byte of `kg query cast-of-episode`: {first_byte(Path(folder)):.0f} ms (median of {STARTS})\n")
        small = source_of(project, None)
        store = Embedded.memory(copies(project, size))
        print(f"{len(store):,} quads; times in ms, best of {RUNS}\n")
        print("| query | rows | kg.queries | engine | cached |\n|---|---:|---:|---:|---:|")
        for query in collection(project):
            if query.services:  # how fast others answer is theirs
                continue
            timing = timed(query, small, Source(store, small.graphs, "bench"))
            print(
                f"| {timing.name} | {timing.rows} | {timing.ours:.2f} | {timing.engine:.2f} | {timing.cached:.3f} |",
                flush=True,
            )


def built(folder: Path) -> Project:
    """Build the bundled guide into a folder."""
    report = build(Project.bundled(), output=folder)
    if report.folder is None:
        raise SystemExit("the bundled guide does not build")
    return Project.find(folder)


def first_byte(folder: Path) -> float:
    """Return the milliseconds from the start of the process to its first byte."""
    command = [sys.executable, "-m", "kg", "query", "cast-of-episode", "-p", str(folder)]
    times = []
    for _ in range(STARTS):
        start = perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.read(1)
            times.append(perf_counter() - start)
            process.stdout.read()
    return median(times) * 1000


def copies(project: Project, size: int) -> Iterator[Quad]:
    """Yield the build as it is, then copies of what lies under its base, until there are enough quads."""
    base = project.settings.base
    names = project.names
    kept = {names.catalogue, names.background, names.links, names.actual}
    quads = list(project.store().quads())
    yield from quads
    own = [quad for quad in quads if quad.graph.startswith(base) and quad.subject.startswith(base)]
    for number in range(1, max(1, (size - len(quads)) // len(own) + 1)):
        stem = f"{base}copy{number}/"
        yield from (Quad(*(renamed(term, base, stem, kept) for term in quad)) for quad in own)  # type: ignore[arg-type]


def renamed(term: object, base: str, stem: str, kept: set[Iri]) -> object:
    """Return a term of a copy: under the copy's own stem, unless every copy shares it."""
    moved = isinstance(term, Iri) and term.startswith(base) and term not in kept
    return Iri(stem + str(term)[len(base) :]) if moved else term


def timed(query: SavedQuery, small: Source, large: Source) -> Timing:
    """Return the times of one query; names of its examples are looked up in the small graph, where they are unique."""
    values = resolved(query, query.examples, small)
    text = query.bind(**values)
    engine = large.store.engine  # type: ignore[attr-defined]  # an Embedded, made above
    graphs = [ox.NamedNode(graph) for graph in large.graphs]
    cache = Cache()
    pairs = [
        (clock(lambda: answer(query, values, large)), clock(lambda: consumed(engine.query(text, default_graph=graphs))))
        for _ in range(RUNS)
    ]
    found = answer(query, values, large, cache=cache)
    cached = min(clock(lambda: answer(query, values, large, cache=cache)) for _ in range(RUNS))
    rows = len(getattr(found, "rows", None) or getattr(found, "triples", ()))
    return Timing(query.stem, rows, min(it[0] for it in pairs), min(it[1] for it in pairs), cached)


def consumed(found: object) -> int:
    """Read every value of an answer of the engine, as a reader would."""
    if isinstance(found, ox.QuerySolutions):
        return sum(value is not None for solution in found for value in solution)
    return sum(1 for _ in found)  # type: ignore[attr-defined]  # triples


def clock(call: Callable[[], object]) -> float:
    """Return how many milliseconds a call takes."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
