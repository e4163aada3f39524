"""The beginning of a statements file: every sentence once, proposals where their words stand."""

from __future__ import annotations

from kg.model import Depiction, Document, Entry, KnownName, Life, Mention, Paragraph, Span
from kg.statements import format_text, read, scaffold

SYNOPSIS = "1961: Mara Voss flies. It is late. She lands, and it is over. It is late."
NOTES = "Mara Voss (1930–1961) was a real pilot."
MAKING = "It was filmed in Hoo."
TEXT = "\n\n".join((SYNOPSIS, NOTES, MAKING))
DOCUMENT = Document("guide/petrel.txt", TEXT)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


MARA = KnownName("Mara Voss", "person", "Q42")
ENTRY = Entry(
    "petrel.txt",
    Span(0, len(TEXT)),
    synopsis=(Paragraph(SYNOPSIS, at(SYNOPSIS)),),
    notes=(Paragraph(NOTES, at(NOTES)), Paragraph(MAKING, at(MAKING))),
    mentions=(Mention(KnownName("Hoo", "place"), "notes", (at("Hoo"),)),),
    lives=(Life("Mara Voss", "1930", "1961", "notes", (at("Mara Voss (1930–1961)"),)),),
    depictions=(Depiction("Mara Voss", MARA, "same name", (at("Mara Voss (1930–1961)"),)),),
)
WANTED = """\
entry: petrel.txt
by: the editors

# Things
//? - Hoo | is a | place
//? - Mara Voss | is a | person

# Story
> 1961: Mara Voss flies.

> It is late. She lands, and it is over.

> It is late.

# History
> Mara Voss (1930–1961) was a real pilot.
//? - Mara Voss | birth | 1930
//? - Mara Voss | death | 1961
//? - making: Mara Voss | depicts | Mara Voss

# Making
> It was filmed in Hoo.

// offered: Mara Voss | depicts | Mara Voss
"""


def test_gives_the_whole_entry_with_proposals() -> None:
    assert scaffold(ENTRY, DOCUMENT) == WANTED


def test_reads_back_but_for_what_stands_twice() -> None:
    found = read("petrel.claims.md", WANTED, DOCUMENT)
    assert [it.code for it in found.diagnostics] == ["ambiguous-quote"]
    assert all(said.proposed for said in found.statements)
    assert format_text(WANTED) == WANTED


def test_a_deleted_proposal_is_rejected_and_an_accepted_one_is_not() -> None:
    line = "//? - making: Mara Voss | depicts | Mara Voss\n"
    assert len(read("x", WANTED.replace(line, ""), DOCUMENT).rejected) == 1
    assert read("x", WANTED.replace(line, line.removeprefix("//? ")), DOCUMENT).rejected == ()


def test_an_entry_without_prose_gives_a_head_and_things() -> None:
    found = scaffold(Entry("x.txt", Span(0, 0)), Document("x.txt", ""))
    assert found == "entry: x.txt\nby: the editors\n\n# Things\n"
