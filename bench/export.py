"""How long each export takes, against pyoxigraph's own serialiser plus a sort: ``python bench/export.py [QUADS]``.

The store holds a synthetic guide in the shape of docs/model.md. Both sides start from the same place and end with the
bytes of a file: once from the folder of a finished build, as ``kg export`` does, once from a store in memory. Oxigraph
writes in the order of its index, which is not the order of names and differs from store to store; to give the same
bytes for the same data its N-Quads are sorted, read again and written in the wanted syntax. Times are processor seconds
of one core, best of the given rounds, the sides in turn; memory is what a process of its own takes at its peak.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

from kg.cli.export import dump, publishable
from kg.export import FORMATS, TRIPLE_FORMATS, write_rows
from kg.store.embedded import FORMATS as ENGINE_FORMATS
from kg.store.embedded import Embedded, read_file
from kg.vocab import (
    DEFAULT_BASE,
    FORCE,
    ONTOLOGY_GRAPH,
    PH,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    Iri,
    Literal,
    Quad,
    edtf,
    integer,
    n_quads,
)

PREFIXED = {**PREFIXES, "id": DEFAULT_BASE}


def guide(quads: int) -> Iterator[Quad]:
    """Yield a guide of about so many quads: performances in claims and in the actual world, labels, evidence."""
    world, background, catalogue = (Iri(DEFAULT_BASE + name) for name in ("world/actual", "background", "catalogue"))
    for number in range(quads // 25):
        episode = Iri(f"{DEFAULT_BASE}series-{number // 2000}/episode/s1e{number // 20:04}")
        node = Iri(f"{episode}/performance/performer-{number}-as-character-{number}")
        person, claim = Iri(f"{DEFAULT_BASE}person/name-{number % 9000}"), Iri(f"{DEFAULT_BASE}claim/{number:020x}")
        text = f"{DEFAULT_BASE}source/series/{number // 20}/3f2a.txt"
        span = Iri(f"{text}#char={number % 20 * 40},{number % 20 * 40 + 31}")
        for graph in (claim, world):
            yield Quad(node, RDF.type, PH.Performance, graph)
            yield Quad(node, PH.performer, person, graph)
            yield Quad(node, PH.character, Iri(f"{DEFAULT_BASE}series/character/name-{number}"), graph)
            yield Quad(node, PH.creditedAs, Literal(f"Zoë Name {number}"), graph)
            yield Quad(node, PH.billing, integer(number % 40), graph)
            yield Quad(node, PH.inEpisode, episode, graph)
            yield Quad(episode, SCHEMA.datePublished, edtf(f"20{number % 90 + 10}-04-24"), graph)
        yield Quad(node, RDFS.label, Literal(f"Zoë Name {number} as Character {number}", language="en"), background)
        yield Quad(node, PH.existsIn, world, background)
        yield Quad(claim, RDF.type, PH.Claim, catalogue)
        yield Quad(claim, PH.assertedIn, world, catalogue)
        yield Quad(claim, PH.force, FORCE.stated, catalogue)
        yield Quad(claim, PROV.wasDerivedFrom, span, catalogue)
        anchors = Iri(f"{DEFAULT_BASE}anchors/{number}")
        yield Quad(span, PH.quote, Literal(f"Zoë “Zo” Name {number} (Character {number})"), anchors)
        yield Quad(span, PH.start, integer(number % 20 * 40), anchors)
        yield Quad(span, PH.end, integer(number % 20 * 40 + 31), anchors)
        yield Quad(span, PH.inText, Iri(text), anchors)
        yield Quad(episode, RDFS.label, Literal(f"Episode {number // 20}"), background)


def ours(store: Embedded, syntax: str) -> bytes:
    """Return an export as ``kg export`` writes it."""
    return b"".join(piece.encode() for piece in write_rows(publishable(dump(store)), syntax, PREFIXED))


def oxigraph(store: Embedded, syntax: str) -> bytes:
    """Return Oxigraph's export, made repeatable by a sort."""
    lines = sorted(set((store.engine.dump(format=ENGINE_FORMATS["nquads"]) or b"").splitlines(keepends=True)))
    if syntax == "nquads":
        return b"".join(lines)
    quads = ox.parse(b"".join(lines), ENGINE_FORMATS["nquads"])
    if syntax in TRIPLE_FORMATS:
        quads = (quad.triple for quad in quads)
    return ox.serialize(quads, format=ENGINE_FORMATS[syntax], prefixes=PREFIXED) or b""


SIDES = {"ours": ours, "oxigraph": oxigraph}


def seconds(
    sides: Iterable[Callable[[Embedded, str], bytes]], store: Callable[[], Embedded], syntax: str
) -> list[float]:
    """Return the processor time of one round of each side."""
    found = []
    for side in sides:
        start = time.process_time()
        side(store(), syntax)
        found.append(time.process_time() - start)
    return found


def peak(folder: Path, side: str, syntax: str) -> int:
    """Return the megabytes that a process takes at its peak which does nothing but one export."""
    command = [sys.executable, __file__, "--peak", str(folder), "--side", side, "--format", syntax]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def table(folder: Path, memory: Embedded, rounds: int) -> Iterator[str]:
    """Yield the table, a row as soon as it is measured."""
    yield f"| {len(memory):,} quads | kg export, s | pyoxigraph and a sort, s | the same in memory, s | MB | bytes |"
    yield "|---|---|---|---|---|---|"
    for syntax in FORMATS:
        size = len(ours(memory, syntax))
        build = [seconds(SIDES.values(), lambda: Embedded.open(folder), syntax) for _ in range(rounds)]
        inside = [seconds(SIDES.values(), lambda: memory, syntax) for _ in range(rounds)]
        mine, theirs = map(min, zip(*build, strict=True))
        here, there = map(min, zip(*inside, strict=True))
        most = " / ".join(f"{peak(folder, side, syntax):,}" for side in SIDES)
        yield f"| {syntax} | {mine:.1f} | {theirs:.1f} | {here:.1f} / {there:.1f} | {most} | {size:,} |"


def main() -> None:
    """Measure and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("quads", type=int, nargs="?", default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--peak", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--side", help=argparse.SUPPRESS)
    arguments.add_argument("--format", help=argparse.SUPPRESS)
    wanted = arguments.parse_args()
    if wanted.peak:
        SIDES[wanted.side](Embedded.open(wanted.peak), wanted.format)
        status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage remembers the parent's peak
        print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
        return
    ontology = Path(__file__).parents[1] / "ontology" / "porthole.ttl"  # the blank nodes of a build stand here
    quads = [*guide(wanted.quads), *read_file(ontology, ONTOLOGY_GRAPH)]
    random.Random(1).shuffle(quads)
    with TemporaryDirectory() as folder:
        Embedded.create(Path(folder), quads, n_quads(quads))
        store = Embedded.memory(quads)
        del quads
        for line in table(Path(folder), store, wanted.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
