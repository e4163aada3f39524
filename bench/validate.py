"""Validation: the compiled checks against pyshacl and pyrudof, on the same data, with agreement checked.

``python -m bench.validate`` measures 10,000, 100,000 and 1,000,000 triples, each engine in a process of its own.
pyshacl is not asked for more triples than ``--pyshacl`` says (it needs about twenty minutes for a million).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench import defects
from kg.vocab import PH, Blank, Iri, Quad, Term, Triple, n3

DATA = Iri("urn:data")
ENGINES = ("compiled", "pyshacl", "pyrudof")
COLUMNS = ("triples", "shapes", "engine", "load s", "validate s", "MB", "findings", "put in", "one entry edited, ms")


def shapes(name: str) -> tuple[Triple, ...]:
    """Return the twelve shapes of SHACL Core, or those that every build of a guide holds its worlds against."""
    from kg.resources import shared
    from kg.store.embedded import read_rdf
    from kg.validate import shapes_for

    own = shared("ontology", "porthole.shapes.ttl").read_bytes() if name == "own" else defects.SHAPES.encode()
    return shapes_for((quad.triple for quad in read_rdf(own, "turtle", "shapes", DATA)), PH.WorldGraph)


def turtle(name: str) -> str:
    """Return the same shapes as N-Triples, for engines that read text."""
    return "".join(f"{n3(it.subject)} {n3(it.predicate)} {n3(it.object)} .\n" for it in shapes(name))


def compiled(file: Path, name: str) -> dict[str, object]:
    """Measure the compiled checks: a full run, then one entry edited."""
    from kg.store.embedded import Embedded, read_file
    from kg.validate import compile_shapes

    start = time.perf_counter()
    store = Embedded.memory(read_file(file, DATA))
    loaded = time.perf_counter()
    checks = compile_shapes(shapes(name))
    found = list(checks.run(store, [DATA]))
    done = time.perf_counter()
    memory = peak()
    return {
        "load": loaded - start,
        "seconds": done - loaded,
        "findings": [_fact(it.focus, it.component, it.value) for it in found],
        "memory": memory,
        "edit": _edited(store, checks, found),
    }


def _edited(store: object, checks: object, found: list[object]) -> float:
    """Return the milliseconds that it takes to check one entry more, the best of three, equal to a full run."""
    from kg.store.embedded import Embedded

    assert isinstance(store, Embedded)
    added = [Quad(*triple, DATA) for triple in defects.edit()]
    store.change(added=added)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        updated = checks.update(found, added, store, [DATA])  # type: ignore[attr-defined]
        times.append((time.perf_counter() - start) * 1000)
    assert Counter(updated) == Counter(checks.run(store, [DATA]))  # type: ignore[attr-defined]
    return min(times)


def pyshacl(file: Path, name: str) -> dict[str, object]:
    """Measure pyshacl on rdflib graphs."""
    import rdflib

    from kg.validate import reference

    start = time.perf_counter()
    graph, known = rdflib.Graph().parse(file, format="nt"), rdflib.Graph().parse(data=turtle(name), format="nt")
    loaded = time.perf_counter()
    _, report, _ = reference._pyshacl(graph, shacl_graph=known, inference="none")
    done = time.perf_counter()
    found = list(reference._findings(reference.ShapesGraph((reference._triple(*it) for it in report), "report")))
    facts = [_fact(it.focus, it.component, it.value) for it in found]
    return {"load": loaded - start, "seconds": done - loaded, "findings": facts, "memory": peak()}


def pyrudof(file: Path, name: str) -> dict[str, object]:
    """Measure pyrudof's own engine."""
    import pyrudof as rudof

    start = time.perf_counter()
    session = rudof.Rudof(rudof.RudofConfig())
    session.read_data(str(file), rudof.RDFFormat.NTriples)
    session.read_shacl(turtle(name), rudof.ShaclFormat.NTriples)
    loaded = time.perf_counter()
    report = session.validate_shacl()
    done = time.perf_counter()
    return {"load": loaded - start, "seconds": done - loaded, "findings": [""] * len(report), "memory": peak()}


def peak() -> float:
    """Return the most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fact(focus: Term, component: Iri, value: Term | None) -> str:
    return " ".join("_" if it is None or isinstance(it, Blank) else n3(it) for it in (focus, component, value))


RUNNERS: dict[str, Callable[[Path, str], dict[str, object]]] = {
    "compiled": compiled, "pyshacl": pyshacl, "pyrudof": pyrudof,
}  # fmt: skip


def measured(engine: str, file: Path, name: str, seconds: float) -> dict[str, object] | None:
    """Return an engine's figures from a process of its own; None where it did not end in time."""
    command = [sys.executable, "-m", "bench.validate", "--one", engine, str(file), name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(f"{engine} on {file}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Print a table of all engines and sizes, and fail where two engines disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "FILE", "SHAPES"))
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--shapes", nargs="+", default=["core", "own"], choices=("core", "own"))
    parser.add_argument("--pyshacl", type=int, default=100_000, help="the most triples that pyshacl is asked for")
    parser.add_argument("--seconds", type=float, default=1_800, help="the most seconds for one engine and size")
    arguments = parser.parse_args()
    if arguments.one:
        engine, file, name = arguments.one
        print(json.dumps(RUNNERS[engine](Path(file), name)))
        return
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with tempfile.TemporaryDirectory() as folder:
        for size in arguments.sizes:
            file = Path(folder) / f"{size}.nt"
            made = defects.world(size)
            with file.open("w") as lines:
                lines.writelines(f"{n3(it.subject)} {n3(it.predicate)} {n3(it.object)} .\n" for it in made.triples)
            for name in arguments.shapes:
                engines = [it for it in ENGINES if it != "pyshacl" or size <= arguments.pyshacl]
                _compare(size, file, name, engines, arguments.seconds, made.findings if name == "core" else None)


def _compare(size: int, file: Path, name: str, engines: list[str], seconds: float, expected: int | None) -> None:
    facts: dict[str, Counter[str]] = {}
    for engine in engines:
        result = measured(engine, file, name, seconds)
        if result is not None:
            facts[engine] = Counter(result["findings"])  # type: ignore[arg-type]
        print(f"| {' | '.join(_row(size, name, engine, result, expected))} |", flush=True)
    ours = facts["compiled"]
    assert expected is None or ours.total() == expected, f"{ours.total()} findings, {expected} were put in"
    assert "pyshacl" not in facts or facts["pyshacl"] == ours, "the compiled checks and pyshacl disagree"
    if "pyrudof" in facts and facts["pyrudof"].total() != ours.total():
        print(f"pyrudof finds {facts['pyrudof'].total()}, the others {ours.total()}", file=sys.stderr)


def _row(size: int, name: str, engine: str, result: dict[str, object] | None, expected: int | None) -> list[str]:
    known = "–" if expected is None else str(expected)
    if result is None:
        return [f"{size:,}", name, engine, "–", "–", "–", "–", known, "–"]
    found = result["findings"]
    assert isinstance(found, list)
    edit = f"{result['edit']:.1f}" if "edit" in result else "–"
    figures = [f"{result['load']:.2f}", f"{result['seconds']:.2f}", f"{result['memory']:.0f}"]
    return [f"{size:,}", name, engine, *figures, str(len(found)), known, edit]


if __name__ == "__main__":
    main()
