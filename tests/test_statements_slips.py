"""Slips of the hand: each is reported within one line of its place, or the file is read as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Place, Statement
from kg.resources import shared
from kg.statements import bibliography, check, read
from kg.store.embedded import read_file
from kg.terms import Vocabulary, vocabulary
from kg.units import UNITS
from kg.vocab import ONTOLOGY_GRAPH

ENTRY = """\
1961: Mara Voss rides the rocket Petrel from the pad at Hoo. The hatch of the ship jams, and for a while
nobody can open it. Ivo Lind, who paid for it all, is watching from the roof.

2040: The Petrel expedition leaves for Europa. Reportedly its computer hums.
"""
FILE = """\
entry: petrel.txt
by: the editors

# Things
- Petrel | is a | craft
- Petrel expedition | is a | mission
- Mara Voss | is a | person
- Ivo Lind | is a | person
- Europa | is a | moon

# Story
> The Petrel expedition leaves for Europa
- Petrel expedition | destination | Europa
- Petrel expedition | launch | 2040
  when: 3 days after launch of Petrel
- Petrel | part of | Petrel expedition

> Ivo Lind, who paid for it all, is watching
- Ivo Lind | finances | Petrel expedition
  told by: Mara Voss
- Petrel | not had anomaly | software failure
  shown: on screen
  verdict: contradicted
  against: ^jam

# History
> Mara Voss rides […] Petrel from the pad
- Petrel | commander | Mara Voss
  complete: crew member

> The hatch of the ship jams
- Petrel | had anomaly | software failure ^jam
  rank: preferred
- story: Petrel | had anomaly | software failure
  verdict: accurate
  against: ^jam

> It flew for 40 minutes in 1961. [@wade p. 3]
- Petrel | launch | 1961-05
- Petrel | flight time | 40 minutes
  note: an old book
- Petrel | first | "rocket from Hoo"@en
"""
SOURCES = {"wade"}
NAMELESS = re.compile(r"^\s*(//|note:|by:)|\[@")  # what these lines say is free text
# a sign lost here leaves another value that is as good: digits, doubt, the words of a text
FREE = re.compile(r'"[^"]*"|\d[\d~?%-]*')


@cache
def words() -> Vocabulary:
    paths = (shared("ontology", "porthole.ttl"), shared("ontology", "concepts.ttl"))
    return vocabulary(quad.triple for path in paths for quad in read_file(path, ONTOLOGY_GRAPH))


def outcome(text: str) -> tuple[list[Statement], list[int]]:
    """Return what a file says, without places, and the lines of what was noticed."""
    found = read("petrel.claims.md", text, Document("petrel.txt", ENTRY))
    noticed = [*found.diagnostics, *check(found, (), words(), SOURCES)]
    return [bare(said) for said in found.statements], [it.line for it in noticed if it.severity != "info"]


def bare(said: Statement) -> Statement:
    """Return a statement without its places, and with units as they are meant."""
    here = Place(1, 1)
    quote = replace(said.quote, place=here, pieces=tuple(map(fold, said.quote.pieces))) if said.quote else None
    value = replace(said.value, unit=meant(said.value.unit))
    when = replace(said.when, unit=meant(said.when.unit)) if said.when else None
    kept = replace(said, place=here, value_place=None, property_place=None, key_places=())
    return replace(kept, quote=quote, value=value, when=when)


def meant(unit: str) -> str:
    return UNITS[unit].code if unit in UNITS else unit


def fold(piece: str) -> str:
    return piece.replace("“", '"').replace("”", '"').replace("’", "'")


def caught(damaged: str, line: int, meant: list[Statement]) -> bool:
    said, lines = outcome(damaged)
    return any(abs(it - line) <= 1 for it in lines) or (said == meant and not lines)


def test_is_read_without_a_remark() -> None:
    said, lines = outcome(FILE)
    assert len(said) == 16
    assert lines == []


def lost_signs() -> Iterator[tuple[int, int]]:
    for number, line in enumerate(FILE.splitlines(), 1):
        free = {at for found in FREE.finditer(line) for at in range(found.start() + 1, found.end())}
        spared = {at for found in FREE.finditer(line) if found[0][0] != '"' for at in range(found.start(), found.end())}
        ends = {found.end() - 1 for found in FREE.finditer(line) if found[0][0] == '"'}
        if NAMELESS.search(line) is None:
            yield from ((number, at) for at in range(len(line)) if at not in (free | spared) - ends)


def test_reports_every_lost_sign() -> None:
    meant, _ = outcome(FILE)
    lines = FILE.splitlines()
    silent = []
    for number, at in lost_signs():
        damaged = [*lines[: number - 1], lines[number - 1][:at] + lines[number - 1][at + 1 :], *lines[number:]]
        if not caught("\n".join(damaged), number, meant):
            silent.append((number, damaged[number - 1]))
    assert silent == []


SLIPS = {
    "a tab for a space": lambda line, at: line[:at] + line[at:].replace(" ", "\t", 1),
    "indented": lambda line, at: "  " + line,
    "indent lost": lambda line, at: line.lstrip(),
    "smart quotes": lambda line, at: line.replace('"', "“", 1).replace('"', "”", 1),
    "one smart quote": lambda line, at: line.replace('"', "“", 1),
    "smart dash": lambda line, at: line.replace("- ", "– ", 1),
    "hard wrap": lambda line, at: line[:at].rstrip() + "\n" + line[at:].lstrip(),
    "hard wrap, indented": lambda line, at: line[:at].rstrip() + "\n  " + line[at:].lstrip(),
    "comma for a bar": lambda line, at: line.replace(" |", ",", 1),
    "semicolon for a bar": lambda line, at: line[::-1].replace("| ", " ;", 1)[::-1],
    "joined with the next": lambda line, at: line + "\0",
    "letters swapped": lambda line, at: line[:at] + line[at : at + 2][::-1] + line[at + 2 :],
    "doubled sign": lambda line, at: line[:at] + line[at : at + 1] * 2 + line[at + 1 :],
    "full width colon": lambda line, at: line.replace(":", "：", 1),
    "trailing blanks": lambda line, at: line + "   ",
}


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_reports_or_forgives_every_slip(data: st.DataObject) -> None:
    lines = FILE.splitlines()
    number = data.draw(st.integers(1, len(lines)), label="line")
    line = lines[number - 1]
    name = data.draw(st.sampled_from(sorted(SLIPS)), label="slip")
    at = data.draw(st.integers(1, max(1, len(line) - 1)), label="at")
    free = {place for found in FREE.finditer(line) for place in range(found.start() - 1, found.end() + 1)}
    if name in ("letters swapped", "doubled sign") and (at in free or NAMELESS.search(line)):
        return
    if "wrap" in name and NAMELESS.search(line):
        return
    damaged = "\n".join([*lines[: number - 1], SLIPS[name](line, at), *lines[number:]]).replace("\0\n", "")
    meant, _ = outcome(FILE)
    assert caught(damaged, number, meant), damaged.splitlines()[number - 1]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from('>-|#:^"“/?[]@… \t\n\rabc19~\u0301\ufeff\0'), max_size=200))
def test_never_raises(text: str) -> None:
    for entry in (None, Document("petrel.txt", ENTRY)):
        found = read("any.claims.md", text, entry)
        lines = len(text.splitlines()) + 1
        assert all(1 <= it.line <= lines and it.column >= 1 and it.message for it in found.diagnostics)


def test_reads_a_huge_file_in_little_time() -> None:
    block = "> The hatch of the ship jams\n- Petrel | had anomaly | software failure\n\n"
    found = read("huge.claims.md", "# History\n" + block * 2000, Document("petrel.txt", ENTRY * 50))
    assert len(found.statements) == 2000


def test_names_the_bundled_files() -> None:
    root = Path(shared("data", "missions"))
    assert bibliography("sources.bib", (root / "sources.bib").read_text(encoding="utf-8")).diagnostics == ()
