"""The closure by every engine on the same data, and what an edit costs: ``python -m bench.reason [SIZE …]``.

Data are made by ``bench.synthetic``, read by each engine from one N-Triples file in a process of its own, with a
deadline. What the engines infer is compared triple for triple, noise left out (``ontology/noise.txt``). The report goes
to ``bench/reason.md`` and to standard output. ``reasonable`` is installed for this measurement only.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import synthetic
from kg.reason import Closure, Noise, Rules, closure_by_owlrl, compile_rules, read_noise
from kg.store.embedded import read_file
from kg.vocab import Blank, Iri, Literal, Term, Triple, n3

ROOT = Path(__file__).parents[1]
ENGINES = ("compiled", "columns", "reasonable", "owlrl")
DEFECTS = {"negated": 5, "wrong-kind": 5, "performer-is-character": 5}


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine on one size: seconds to read, make rules and close, megabytes, and the file of what it inferred."""

    engine: str
    size: int
    read: float = 0
    rules: float = 0
    close: float = 0
    megabytes: float = 0
    contradictions: int | None = None
    found: Path | None = None
    problem: str = ""


def noise() -> Noise:
    """Return the patterns of what says nothing."""
    return read_noise((ROOT / "ontology" / "noise.txt").read_text(encoding="utf-8"))


def ontology() -> list[Triple]:
    """Return the project's ontology."""
    return [quad.triple for name in ("porthole.ttl", "concepts.ttl") for quad in read_file(ROOT / "ontology" / name)]


def write(path: Path, triples: Iterable[Triple]) -> None:
    """Write triples as N-Triples, in order; a blank node gets a name, so that it is the same for every engine."""
    lines = {" ".join(map(_word, triple)) + " .\n" for triple in triples}
    path.write_text("".join(sorted(lines)), encoding="utf-8")


def _word(term: Term) -> str:
    return f"<urn:x-blank:{term[2:]}>" if isinstance(term, Blank) else n3(term)


# --- in a process of its own ------------------------------------------------------------------------------------------


def one(engine: str, axioms: Path, data: Path, found: Path) -> None:
    """Close data by one engine, write what it inferred, and print the figures."""
    started = time.perf_counter()
    contradictions: int | None = None
    if engine == "reasonable":
        import reasonable

        reasoner = reasonable.PyReasoner()
        reasoner.load_file(str(axioms))
        reasoner.load_file(str(data))
        read = made = time.perf_counter()
        triples = reasoner.reason()
        closed = time.perf_counter()
        new = {_ours(triple) for triple in triples}
    else:
        rules_of = [quad.triple for quad in read_file(axioms)]
        said = [quad.triple for quad in read_file(data)]
        read = made = time.perf_counter()
        if engine == "owlrl":
            new = set(closure_by_owlrl([*rules_of, *said]))
        else:
            rules = compile_rules(rules_of, noise())
            made = time.perf_counter()
            closure = _closure(engine, rules, said)
            new = {*closure.inferred(), *rules.facts}
            contradictions = len(closure.clashes())
        closed = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    given = {quad.triple for path in (axioms, data) for quad in read_file(path)}
    write(found, noise().without(new - given))
    print(json.dumps([read - started, made - read, closed - made, memory, contradictions]))


def _closure(engine: str, rules: Rules, said: list[Triple]) -> Closure:
    if engine == "columns":
        from kg.reason.columns import Bulk

        return Bulk(rules, said)  # type: ignore[return-value]  # it answers the same questions
    closure = Closure(rules)
    closure.add(said)
    return closure


def _ours(triple: tuple[object, object, object]) -> Triple:
    """Return a triple of rdflib as ours; xsd:string is what it leaves out."""
    import rdflib

    def term(node: object) -> Iri | Literal:
        if isinstance(node, rdflib.Literal):
            return Literal(str(node), Iri(node.datatype or str(Literal("").datatype)), node.language or "")
        return Iri(str(node))

    return Triple(*map(term, triple))  # type: ignore[arg-type]


# --- the comparison ---------------------------------------------------------------------------------------------------


def measured(engine: str, size: int, folder: Path, deadline: float) -> Measured:
    """Return the figures of one engine, or why there are none."""
    found = folder / f"{engine}-{size}.ttl"
    files = (folder / "axioms.ttl", folder / f"{size}.ttl", found)
    command = [sys.executable, "-m", "bench.reason", "--one", engine, *map(str, files)]
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=deadline, check=False)
    except subprocess.TimeoutExpired:
        return Measured(engine, size, problem=f"more than {deadline:.0f} s")
    if run.returncode:
        return Measured(engine, size, problem=run.stderr.strip().splitlines()[-1][:80])
    return Measured(engine, size, *json.loads(run.stdout), found)


def agreement(found: Measured, ours: Path) -> str:
    """Return in words how far an engine agrees with the compiled rules."""
    if found.found is None:
        return "–"
    mine, other = set(ours.read_text().splitlines()), set(found.found.read_text().splitlines())
    if mine == other:
        return f"the same {len(mine):,}"
    return f"{len(mine & other):,} the same; {_predicates(mine - other)} missing; {_predicates(other - mine)} more"


def _predicates(lines: set[str]) -> str:
    """Return how many lines there are, and of which predicates most."""
    counts = Counter(line.split(" ")[1].rstrip(">").replace("#", "/").rpartition("/")[2] for line in lines)
    names = ", ".join(f"{name} {count:,}" for name, count in counts.most_common(3))
    return f"{len(lines):,}" + (f" ({names})" if names else "")


def table(rows: list[Measured]) -> Iterator[str]:
    """Yield the comparison as Markdown."""
    ours = {row.size: row for row in rows if row.engine == "compiled"}
    yield "| triples | engine | read s | rules s | close s | MB | contradictions | times as long as ours | inferred |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        best = min(it.close for it in rows if it.size == row.size and it.engine in ("compiled", "columns") and it.found)
        if row.problem:
            yield f"| {row.size:,} | {row.engine} | | | {row.problem} | | | | |"
            continue
        mine = ours[row.size].found
        said = agreement(row, mine) if mine else ""
        clashes = "" if row.contradictions is None else row.contradictions
        yield (
            f"| {row.size:,} | {row.engine} | {row.read:.2f} | {row.rules:.2f} | {row.close:.2f} "
            f"| {row.megabytes:.0f} | {clashes} | {row.close / best:.1f} | {said} |"
        )


# --- edits ------------------------------------------------------------------------------------------------------------


class Guide:
    """The closures of a whole guide, base and worlds, and how often each triple is said."""

    def __init__(self, rules: Rules, quads: int) -> None:
        self.entries: list[synthetic.Entry] = []
        self.size = 0
        self.counts: dict[Iri, Counter[Triple]] = {}
        for entry in synthetic.entries():
            self.entries.append(entry)
            self.size += sum(1 for _ in synthetic.of_entry(entry))
            for graph, triples in self._parts(entry):
                self.counts.setdefault(graph, Counter()).update(triples)
            if self.size >= quads:
                break
        self.base = Closure(rules)
        self.base.add((*synthetic.shared(), *self.counts[synthetic.NAMES.background]))
        self.worlds = dict.fromkeys((synthetic.NAMES.background,), self.base)
        for graph, counted in self.counts.items():
            if graph not in self.worlds:
                self.worlds[graph] = self.base.fork()
                self.worlds[graph].add(counted)

    @staticmethod
    def _parts(entry: synthetic.Entry) -> Iterator[tuple[Iri, list[Triple]]]:
        yield synthetic.NAMES.background, list(entry.background)
        for world in {place for place, _ in entry.claims}:
            yield world, list(entry.world(world))

    def remove(self, entry: synthetic.Entry) -> None:
        """Take an entry away."""
        for graph, triples in self._parts(entry):
            self.counts[graph].subtract(triples)
            self.worlds[graph].remove({triple for triple in triples if self.counts[graph][triple] == 0})

    def add(self, entry: synthetic.Entry) -> None:
        """Bring an entry in."""
        for graph, triples in self._parts(entry):
            self.worlds[graph].add({triple for triple in triples if self.counts[graph][triple] == 0})
            self.counts[graph].update(triples)

    def state(self) -> dict[Iri, frozenset[Triple]]:
        """Return what each closure infers."""
        return {graph: frozenset(closure.inferred()) for graph, closure in self.worlds.items()}


def edits(rules: Rules, quads: int) -> str:
    """Return a row about edits: one statement changed, a whole entry replaced; checked against a full run."""
    started = time.perf_counter()
    guide = Guide(rules, quads)
    full = time.perf_counter() - started
    before = guide.state()
    gc.collect()
    gc.freeze()
    chosen = guide.entries[:: max(1, len(guide.entries) // 20)][:20]
    whole, part = [], []
    for entry in chosen:
        started = time.perf_counter()
        guide.remove(entry)
        guide.add(entry)
        whole.append(time.perf_counter() - started)
        started = time.perf_counter()
        world, triples = entry.claims[-1]
        guide.worlds[world].remove(triples)
        part.append(time.perf_counter() - started)
        started = time.perf_counter()
        guide.worlds[world].add(triples)
        part.append(time.perf_counter() - started)
    equal = "yes" if guide.state() == before else "NO"
    gc.unfreeze()
    said = sum(map(len, guide.counts.values()))
    worlds = len(guide.worlds) - 1
    return f"| {guide.size:,} | {said:,} | {worlds} | {full:.2f} | {_median(whole)} | {_median(part)} | {equal} |"


def _median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.2f} ({max(seconds) * 1000:.2f})"


# --- the report -------------------------------------------------------------------------------------------------------


HEAD = """# Closure and edits

Made by `python -m bench.reason`; two shared cores, so trust ratios of three and more. Every engine reads the ontology
and the same N-Triples, in a process of its own. *close* is from what the engine has read to triples in Python, *rules*
what is done once for an ontology. Agreement is triple for triple, noise left out.
"""
EDITS = """
Edits of a whole guide (claims, catalogue and anchors counted in quads), the closures of background and worlds in
memory. Milliseconds, median and largest of twenty entries; afterwards all closures are compared with those before.

| quads | triples closed | worlds | full run s | an entry replaced ms | a statement taken or given ms | equal |
|---|---|---|---|---|---|---|"""


def report(sizes: list[int], engines: list[str], deadline: float, slowest: int) -> Iterator[str]:
    """Yield the lines of the report."""
    axioms = ontology()
    yield HEAD
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "axioms.ttl", axioms)
        rows = []
        for size in sizes:
            write(folder / f"{size}.ttl", synthetic.world(size, DEFECTS))
            for engine in engines:
                if engine == "owlrl" and size > slowest:
                    rows.append(Measured(engine, size, problem="not tried"))
                else:
                    rows.append(measured(engine, size, folder, deadline))
        yield from table(rows)
    yield ""
    yield f"Contradictions put in: {sum(DEFECTS.values())}."
    yield EDITS
    rules = compile_rules(axioms, noise())
    yield from (edits(rules, size) for size in sizes)


def main() -> None:
    """Measure and write the report, or be the process of one engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--deadline", type=float, default=900, help="seconds for one engine on one size")
    parser.add_argument("--owlrl-up-to", type=int, default=100_000, help="the largest size for the reference engine")
    parser.add_argument("--output", type=Path, default=ROOT / "bench" / "reason.md")
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], *map(Path, sys.argv[3:6]))
        return
    chosen = parser.parse_args()
    lines = []
    for line in report(
        chosen.sizes, sorted({"compiled", *chosen.engines}, key=ENGINES.index), chosen.deadline, chosen.owlrl_up_to
    ):
        print(line, flush=True)
        lines.append(line + "\n")
    chosen.output.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
