"""Laws that hold for every text and every entry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import EntryError
from kg.model import CastItem, Credit, Entry, KnownName, Paragraph, Span, Words
from kg.parse import Gazetteer, document, entries, layouts, record, text

NOWHERE = Span(0, 1)
GAZETTEER = Gazetteer(
    [
        KnownName("Vostok 9", "mission", "Q1"),
        KnownName("Ada Brandt", "person", "Q2", (), 1815),
        KnownName("24", "work", "Q3"),
    ]
)
PIECES = st.sampled_from(
    ["Cast:", "Guest Cast: ", "written by ", "Notes:", "LogBook entry by ", "Categories ", "(", ")", ",",
     " / ", "\n", "\n\n",
     "Comet Patrol", "Ann Pell", "Ivo", "voice of ", "1967: ", "Order the DVD", "[…]", "and ", "&", "“", "”",
     "’", " ", "---\n",
     "Ada Brandt (1815-1852)", "Vostok 9", "24 hours", "Broadcast from May 1, 1970", "Season 2 Regular Cast:",
     "\u00a0", "é", "𝔘"]
)  # fmt: skip
SOUP = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))
GIVEN = ["Ann", "Bo", "Mara", "Nils", "Uma", "Zoë"]
FAMILY = ["Pell", "Lind", "Voss", "Thorn", "Rusk", "van Dael", "O’Dea", "McKee"]
NAMES = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))
ROLES = st.sampled_from(
    ["Ivo", "voice of Zed", "Guard #2", "Ivo / Zed", "young Ivo", "Zed puppeteer", "Brun, Duke of Ely",
     "Computer Voice", "?",
     "Guard, Harbour", "77X2031", "himself", "Dr. Orr", "Lt. Tom “Ace” Hale, Jr.", "Ivo / voice of Zed"]
)  # fmt: skip
SENTENCES = st.sampled_from(
    ["A door opens.", "The crew waits for the storm to pass.", "Mara leaves the dome.", "In 1967, nobody came back.",
     "“Stay here,” says Ivo.", "2027: The ship is lost."]
)  # fmt: skip
PROSE = st.lists(SENTENCES, min_size=2, max_size=4).map(" ".join)
JOBS = st.sampled_from(
    [("written by", "writer"), ("teleplay by", "teleplay"), ("story by", "story"), ("directed by", "director"),
     ("music by", "composer"), ("additional music by", "additional music"), ("arranged by", "arranger")]
)  # fmt: skip
SERIES = st.sampled_from(["Comet Patrol", "Star Hotel", "The Long Night", "Zorn!", "Base 7", "Ark III"])


def words(value: str) -> Words:
    return Words(value, (NOWHERE,))


def paragraph(value: str) -> Paragraph:
    return Paragraph(value, NOWHERE)


@st.composite
def credit(draw: st.DrawFn) -> Credit:
    heading, job = draw(JOBS)
    names = draw(st.lists(NAMES, min_size=0 if heading == "music by" else 1, max_size=3, unique=True))
    return Credit(job, heading, tuple(map(words, names)), None, NOWHERE)


@st.composite
def section(draw: st.DrawFn) -> list[CastItem]:
    heading = draw(st.sampled_from(["Cast", "Guest Cast", "Season 2 Regular Cast", "Voice Cast"]))
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    return [
        CastItem(words(name), (), draw(ROLES), (), heading, Span(0, 10 + place)) for place, name in enumerate(names)
    ]


@st.composite
def entry(draw: st.DrawFn) -> Entry:
    return Entry(
        source="t.txt",
        span=NOWHERE,
        series=draw(SERIES),
        title=draw(st.none() | st.sampled_from(["Ice", "The Pit", "Who Goes There?", "Part II"]).map(words)),
        season=draw(st.none() | st.integers(1, 12)),
        number=draw(st.none() | st.integers(1, 40)),
        synopsis=tuple(map(paragraph, draw(st.lists(PROSE, min_size=1, max_size=3)))),
        credits=tuple(draw(st.lists(credit(), min_size=1, max_size=5))),
        cast=tuple(item for items in draw(st.lists(section(), max_size=2)) for item in items),
        notes=tuple(map(paragraph, draw(st.lists(PROSE, max_size=2)))),
        authors=tuple(map(words, draw(st.lists(NAMES, max_size=1)))),
    )


def said(found: Entry) -> dict[str, object]:
    """What an entry says, without where it stands and what was noticed."""
    plain = record(replace(found, source="", span=NOWHERE, label=None, diagnostics=()))
    for kind in ("credits", "cast", "synopsis", "notes"):
        plain[kind] = [
            {key: value for key, value in one.items() if "span" not in key}
            for one in plain[kind]  # type: ignore[attr-defined]
        ]
    return plain


def read(page: str) -> list[Entry]:
    return list(layouts(document("t.txt", page.encode())))


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_entries_or_a_refusal(soup: str) -> None:
    refused = ""
    try:
        found = document("t.txt", soup.encode("utf-8", "replace"))
        for one in entries(found, GAZETTEER):
            check_spans(one, found.text)
    except EntryError as error:
        refused = str(error)
    assert "\n" not in refused


def check_spans(one: Entry, whole: str) -> None:
    spans = [part.span for part in (*one.synopsis, *one.credits, *one.cast, *one.notes)]
    spans += [span for item in one.cast for name in (item.performer, *item.characters) for span in name.spans]
    spans += [span for found in one.mentions for span in found.spans] + [found.span for found in one.times]
    assert all(0 <= span.start <= span.end <= len(whole) for span in spans)
    for item in one.cast:
        for name in (item.performer, *item.characters):
            assert list(name.spans) == sorted(name.spans)
            carried = "".join("".join(span.of(whole) for span in name.spans).split())
            assert carried == "".join(name.text.split())
    assert all(1 <= found.line <= whole.count("\n") + 1 and found.column >= 1 for found in one.diagnostics)


@given(entry())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_again(made: Entry) -> None:
    (first,) = read(text(made))
    (again,) = read(text(first))
    assert said(again) == said(first)
    assert [found.heading for found in first.credits] == [found.heading for found in made.credits]
    assert [[name.text for name in found.names] for found in first.credits] == [
        [name.text for name in found.names] for found in made.credits
    ]
    assert [item.performer.text for item in first.cast] == [item.performer.text for item in made.cast]
    assert [part.text for part in first.synopsis] == [part.text for part in made.synopsis]


@given(entry(), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_label_glued_anywhere_changes_nothing(made: Entry, data: st.DataObject) -> None:
    label = made.series or ""
    plain = text(made)
    glued = text(made, label)
    for item in made.cast[: data.draw(st.integers(0, 3))]:
        given_name, _, family = item.performer.text.partition(" ")
        place = data.draw(st.sampled_from(["before", "inside", "behind"]))
        if place == "before":
            glued = glued.replace(f", {item.performer.text} (", f", {label}{item.performer.text} (", 1)
        elif place == "inside" and family[0].isupper():
            glued = glued.replace(f"{item.performer.text} (", f"{given_name} {label}{family} (", 1)
        else:
            glued = glued.replace(f"{item.performer.text} (", f"{item.performer.text} {label}(", 1)
    assert [said(one) for one in read(glued)] == [said(one) for one in read(plain)]


@given(st.lists(entry(), min_size=2, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_page_of_entries_holds_each_of_them(made: list[Entry]) -> None:
    author = (words("Mara Voss"),)
    pages = [
        text(
            replace(one, series=None, season=None, number=None, authors=author, categories=(f"{one.series} Season 1",))
        )
        for one in made
    ]
    whole = read("\n\n".join(pages))
    assert [said(one) for one in whole] == [said(one) for page in pages for one in read(page)]


@pytest.mark.parametrize("size", [10, 1000])
def test_an_entry_may_be_repeated_any_number_of_times(size: int) -> None:
    page = (
        "Categories Comet Patrol Season 1\n\nIce\n\nA door opens. It closes.\n\nwritten by Ann Pell\n\n"
        "LogBook entry by Mara Voss\n\n"
    )
    assert sum(1 for _ in layouts(document("t.txt", page.encode() * size))) == size
