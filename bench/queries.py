"""How fast saved queries answer: from the command line, in a store of a million quads, and from the cache.

Run ``python bench/queries.py [QUADS]`` (1,000,000 unless given). The data is the bundled guide, as built, copied under
other names until there are enough quads; every copy is a guide of its own, and all share catalogue and background.
Each query runs with its header's examples, once through `kg.queries` and once as the same text on the engine itself,
in turns; the best of several runs counts, in processor time, which other work on the machine disturbs least. Both sides
end with the same thing: a list of rows in memory with each cell's value, datatype and language. Ours are typed terms,
the engine's are its own N-Triples strings.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pyoxigraph as ox

from kg.build.pipeline import build
from kg.cli.asking import source_of
from kg.cli.collection import collection
from kg.project import Project
from kg.queries import Cache, SavedQuery, Source, answer, resolved
from kg.store.embedded import Embedded
from kg.vocab import Iri, Quad

RUNS = 5
QUICK = 5  # milliseconds: below, what is measured is the binding of parameters
STARTS = 15
SHORT = 5  # milliseconds that a call is repeated for at least


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
        print("| query | rows | kg.queries | engine | ratio | cached |\n|---|---:|---:|---:|---:|---:|")
        timings = []
        for query in collection(project):
            if query.services:  # how fast others answer is theirs
                continue
            it = timed(query, small, Source(store, small.graphs, "bench"))
            timings.append(it)
            ratio = it.ours / it.engine
            figures = f"{it.rows} | {it.ours:.2f} | {it.engine:.2f} | {ratio:.2f} | {it.cached:.3f}"
            print(f"| {it.name} | {figures} |", flush=True)
        print(summary(timings))


def summary(timings: Sequence[Timing]) -> str:
    """Return what the table comes to: the ratio over all, and what a query costs besides where the engine is quick."""
    slow = [it for it in timings if it.engine >= QUICK]
    ratios = sorted(it.ours / it.engine for it in slow)
    besides = median(it.ours - it.engine for it in timings if it.engine < QUICK)
    together = sum(it.ours for it in timings) / sum(it.engine for it in timings)
    return (
        f"\nall together: {together:.3f}; the {len(slow)} that "
        f"keep the engine busy for {QUICK} ms or more: median {median(ratios):.2f}, worst {ratios[-1]:.2f}; the others "
        f"take {besides:.2f} ms besides"
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


def consumed(found: object) -> object:
    """Return an answer of the engine as a finished table, which says of each cell as much as ours."""
    if isinstance(found, ox.QuerySolutions):
        return [tuple(None if value is None else str(value) for value in solution) for solution in found]
    return [tuple(map(str, triple)) for triple in found]  # type: ignore[attr-defined]  # triples


def clock(call: Callable[[], object]) -> float:
    """Return how many milliseconds of the processor a call takes; short ones are repeated for the coarse clock."""
    times, start = 0, process_time()
    while True:
        call()
        times += 1
        taken = (process_time() - start) * 1000
        if taken > SHORT:
            return taken / times


if __name__ == "__main__":
    main()
