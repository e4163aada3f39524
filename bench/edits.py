"""What an edit of one entry costs, reasoning and validation together: ``python -m bench.edits [QUADS …]``.

A made-up guide (``bench.synthetic``) with text, spans and all that our own shapes ask for is kept in memory; twenty of
its entries are changed, deleted and added again, one after the other. The edited guide is then held against one that is
closed and checked anew: every graph and every finding has to be the same, or the program ends with an error. The report
goes to ``bench/edits.md`` and to standard output.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from bench import synthetic
from bench.reason import ROOT, noise, ontology
from kg.build.checks import broken
from kg.build.editing import Editing, Spent
from kg.reason import Rules, compile_rules
from kg.resources import shared
from kg.store.embedded import Embedded, read_file
from kg.vocab import (
    DCTERMS,
    ONTOLOGY_GRAPH,
    PH,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    Iri,
    Literal,
    Quad,
    Term,
    Triple,
    edtf,
    integer,
)

NAMES = synthetic.NAMES
READER = NAMES.agent("reader")
KINDS = ("statements", "text", "deleted", "added")
CHECKED_BY_BUILD = 100_000  # quads up to which the checks of a build, which go over every world, are asked as well
HEAD = """# One entry edited

Made by `python -m bench.edits`, one process, two shared cores. A guide of so many quads (claims, catalogue, anchors,
background) in memory, with the closures of its worlds and all findings of our own shapes, of worlds and catalogue.
Milliseconds of the processor, median and largest of twenty entries; *elapsed* is the same by the clock on the wall,
other work beside it included.

- *statements*: an entry's statements are edited beside the same text: a performer, a date and a relation corrected, one
  statement added, one taken away.
- *text*: these corrections are undone and the text is edited, so that all its passages have other names.
- *deleted*, *added*: the whole entry.

*Changed* counts quads that the entry gives and did not, or the contrary. *Reasoning* includes finding out what no other
entry gives, and writing to the store; *worlds* and *catalogue* are the checks of our shapes. *Full* is the same guide
closed and checked anew, its loading included; *equal* tells that graph by graph and finding by finding it is what the
edits made.

| quads | worlds | findings | edit | changed | reasoning | worlds | catalogue | together | elapsed | full s | equal |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


# --- a guide that our shapes find nothing wrong with, but for what is put in ------------------------------------------


def given(entry: synthetic.Entry, version: int = 1) -> Iterator[Quad]:
    """Yield all that an entry gives; another version of its text gives its passages other names."""
    episode = next(it.subject for it in entry.background if it.object == SCHEMA.TVEpisode)
    source, anchors = NAMES.source(entry.key), NAMES.anchors(entry.key)
    old, text = NAMES.text(entry.key, entry.key), NAMES.text(entry.key, f"{entry.key} {version}")
    words: list[tuple[int, str]] = []
    for quad in synthetic.of_entry(entry):
        if quad.graph.startswith(NAMES.iri("world", "")):
            continue
        subject, value = (_renamed(it, old, text) for it in (quad.subject, quad.object))
        yield Quad(Iri(str(subject)), quad.predicate, value, quad.graph)
        if quad.predicate == PH.quote and isinstance(value, Literal):
            words.append((int(str(subject).partition("=")[2].partition(",")[0]), value.value))
    yield Quad(source, PH.describes, Iri(episode), NAMES.catalogue)
    yield Quad(source, PH.recordedBy, READER, NAMES.catalogue)
    yield Quad(source, DCTERMS.license, Iri("https://creativecommons.org/licenses/by/4.0/"), NAMES.catalogue)
    yield Quad(text, PH.text, Literal(" ".join(it for _, it in sorted(words))), anchors)


def _renamed(term: Iri | Literal | str, old: Iri, new: Iri) -> Iri | Literal:
    if isinstance(term, Literal):
        return term
    return Iri(new + term[len(old) :]) if term.startswith(old) else Iri(term)


def completed(entry: synthetic.Entry) -> synthetic.Entry:
    """Return an entry with what an episode, a season and their series need to have."""
    kinds = {it.object: Iri(it.subject) for it in entry.background if it.predicate == RDF.type}
    season, series = kinds[SCHEMA.TVSeason], kinds[SCHEMA.TVSeries]
    full = replace(entry, claims=list(entry.claims))
    full.claim(NAMES.actual, (season, SCHEMA.seasonNumber, integer(int(season.rpartition("/")[2]))))
    full.claim(NAMES.actual, (kinds[SCHEMA.TVEpisode], SCHEMA.partOfSeries, series))
    return full


def restated(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return what an entry gives after its statements were edited beside the same text.

    Another performer, another date, a statement more and one less: the claims have other names, on the same passages.
    """
    quads = tuple(quads)
    said: dict[Iri, list[Quad]] = {}
    for quad in quads:
        said.setdefault(quad.graph, []).append(quad)
    about = {predicate: graph for graph, found in said.items() for predicate in {it.predicate for it in found}}
    played = next(it.graph for it in quads if it.predicate == PH.billing and it.object == integer(2))
    person = NAMES.person(f"Somebody Else {played}")
    edits: dict[Iri, tuple[Iri, Term]] = {
        played: (PH.performer, person),
        about[PH.launch]: (PH.launch, edtf("2001")),
        about[PH.friendOf]: (PH.friendOf, person),
    }
    kept = [it for it in quads if about[PH.child] not in (it.graph, it.subject)]
    new = [_restated(it, edits) for it in kept]
    new += [it for it in quads if about[PH.friendOf] in (it.graph, it.subject)]
    for kind, value in ((RDF.type, SCHEMA.Person), (RDFS.label, Literal("Somebody Else")), (PH.existsIn, NAMES.actual)):
        new.append(Quad(person, kind, value, NAMES.background))
    return tuple(dict.fromkeys(new))


def _restated(quad: Quad, edits: Mapping[Iri, tuple[Iri, Term]]) -> Quad:
    if quad.graph in edits:
        predicate, value = edits[quad.graph]
        new = value if quad.predicate == predicate else quad.object
        return Quad(quad.subject, quad.predicate, new, Iri(f"{quad.graph}-2"))
    return quad._replace(subject=Iri(f"{quad.subject}-2")) if quad.subject in edits else quad


def common(worlds: Iterable[Iri]) -> Iterator[Quad]:
    """Yield what no entry gives: places, worlds, the ontology with its concepts, the agent that reads entries."""
    worlds = sorted(worlds)
    yield from (Quad(*triple, NAMES.background) for triple in synthetic.shared(worlds))
    yield from (Quad(it, RDFS.label, Literal(it.rpartition("/")[2]), NAMES.background) for it in worlds)
    for triple in ontology():
        yield Quad(*triple, ONTOLOGY_GRAPH)
    for quad in read_file(shared("ontology", "concepts.ttl")):
        yield quad._replace(graph=NAMES.background)
    yield Quad(READER, RDF.type, PROV.Agent, NAMES.catalogue)
    yield Quad(READER, RDFS.label, Literal("a reader"), NAMES.catalogue)


def entries(quads: int) -> list[synthetic.Entry]:
    """Return so many entries that they give about as many quads, a few with mistakes."""
    found, size = [], 0
    for entry in synthetic.entries({"no-label": 3, "negated": 2, "performer-is-character": 2}):
        found.append(completed(entry))
        size += sum(1 for _ in given(found[-1]))
        if size >= quads:
            return found
    raise AssertionError("entries have no end")


# --- the measurement --------------------------------------------------------------------------------------------------


class Guide:
    """A guide that is edited, and what each edit took."""

    def __init__(self, rules: Rules, shapes: tuple[Triple, ...], quads: int) -> None:
        self._rules, self._shapes = rules, shapes
        self.entries = entries(quads)
        self.now = {entry.key: tuple(given(entry)) for entry in self.entries}
        self._common = tuple(common({world for entry in self.entries for world, _ in entry.claims}))
        self.size = sum(map(len, self.now.values())) + len(self._common)
        begun = time.perf_counter()
        self.editing = self.anew()
        self.full = time.perf_counter() - begun
        self.spent: dict[str, list[tuple[int, float, Spent]]] = {kind: [] for kind in KINDS}

    def anew(self) -> Editing:
        """Return the guide as it is now, closed and checked in full."""
        return Editing(self._rules, self._shapes, NAMES, chain(self._common, *self.now.values()), time.process_time)

    def edit(self, kind: str, key: str, after: tuple[Quad, ...]) -> None:
        """Put other quads in the place of an entry's, and note what it took."""
        before, self.now[key] = self.now[key], after
        begun = time.perf_counter()
        edited = self.editing.replace(before, after)
        taken = time.perf_counter() - begun
        self.spent[kind].append((len(set(before) ^ set(after)), taken, edited.spent))

    def equal(self) -> bool:
        """Tell whether the edited guide is the one made anew; a small one has the findings of a build's checks too."""
        other = self.anew()
        same = _digest(self.editing.store) == _digest(other.store) and self.editing.findings() == other.findings()
        if self.size <= 2 * CHECKED_BY_BUILD:
            shapes = set(broken(other.store, self._shapes, NAMES))
            same &= shapes <= other.findings() and all(it.component == it.shape for it in other.findings() - shapes)
        return same


def _digest(store: Embedded) -> tuple[int, int]:
    """Return the number of quads, and the sum of their hashes: the same for the same quads, in whatever order."""
    hashes = [hash(quad) for quad in store.quads()]
    return len(hashes), sum(hashes)


def measured(guide: Guide, count: int) -> Iterator[str]:
    """Yield the rows of a guide of which so many entries are edited."""
    chosen = guide.entries[:: max(1, len(guide.entries) // count)][:count]
    gc.collect()
    gc.freeze()  # millions of terms that stay: no collector has to look at them again during an edit
    for entry in chosen:
        original = guide.now[entry.key]
        guide.edit("statements", entry.key, restated(original))
        guide.edit("text", entry.key, tuple(given(entry, 2)))
        guide.edit("deleted", entry.key, ())
        guide.edit("added", entry.key, restated(original))
    gc.unfreeze()
    equal = guide.equal()
    for kind, spent in guide.spent.items():
        yield _row(guide, kind, spent, equal=equal)
    if not equal:
        sys.exit("the edited guide differs from the one made anew")


def _row(guide: Guide, kind: str, spent: list[tuple[int, float, Spent]], *, equal: bool) -> str:
    parts = [(it.reasoning, it.worlds, it.catalogue, it.reasoning + it.worlds + it.catalogue) for _, _, it in spent]
    figures = [_median(list(column)) for column in (*zip(*parts, strict=True), [elapsed for _, elapsed, _ in spent])]
    worlds = len({world for entry in guide.entries for world, _ in entry.claims})
    findings, moved = len(guide.editing.findings()), round(statistics.median(size for size, _, _ in spent))
    start = [f"{guide.size:,}", str(worlds), f"{findings:,}", kind, str(moved)]
    return f"| {' | '.join([*start, *figures, f'{guide.full:.2f}', 'yes' if equal else 'NO'])} |"


def _median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ({max(seconds) * 1000:.1f})"


def main() -> None:
    """Measure, write the report, and fail where an edited guide is not the one made anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("quads", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--entries", type=int, default=20, help="how many entries are edited")
    parser.add_argument("--output", type=Path, default=ROOT / "bench" / "edits.md")
    chosen = parser.parse_args()
    rules = compile_rules(ontology(), noise())
    shapes = tuple(quad.triple for quad in read_file(shared("ontology", "porthole.shapes.ttl")))
    lines = HEAD.splitlines()
    print(HEAD, flush=True)
    for size in chosen.quads:
        for line in measured(Guide(rules, shapes, size), chosen.entries):
            print(line, flush=True)
            lines.append(line)
    chosen.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
