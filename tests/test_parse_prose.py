"""Names and dates in prose, and what follows from them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.model import Entry, KnownName
from kg.parse import Gazetteer, document, entries

KNOWN = [
    KnownName("Ada Brandt", "person", "Q1", (), 1815),
    KnownName("Gus Falk", "person", "Q2", (), 1930),
    KnownName("Vostrok 9", "mission", "Q3", (), 1963),
    KnownName("Voyager", "craft", "Q4"),
    KnownName("Voyager 1", "mission", "Q5"),
    KnownName("24", "work", "Q6"),
    KnownName("Adrift", "work", "Q7"),
    KnownName("The Office", "work", "Q8"),
    KnownName("Breaking Ice", "work", "Q9"),
    KnownName("Mars", "place", "Q10"),
    KnownName("Apollo", "mission", "Q11"),
]


def read(
    synopsis: str = "It rains.", notes: str = "It did.", cast: str = "Ann Pell (Ivo)", known: list[KnownName] = KNOWN
) -> Entry:
    page = f"Ice\n\n{synopsis}\n\nwritten by Bo Lind\n\nCast: {cast}\n\nNotes: {notes}\n\nLogBook entry by Mara Voss"
    (found,) = entries(document("t.txt", page.encode()), Gazetteer(known))
    return found


def mentioned(found: Entry) -> list[tuple[str, str, str, int]]:
    return [(one.known.name, one.known.kind, one.part, len(one.spans)) for one in found.mentions]


@pytest.mark.parametrize(
    ("notes", "names"),
    [
        ("The show is as grim as the series 24 was.", ["24"]),
        ("Only 24 hours remain, and 24 men.", []),
        ("It was inspired by the American series Adrift.", ["Adrift"]),
        ("They are adrift. Adrift in space, they wait.", []),
        ("The film “Adrift” was a model.", ["Adrift"]),
        ("Adrift (2001) was a model.", ["Adrift"]),
        ("The Office is closed.", []),
        ("It looks like the sitcom The Office.", ["The Office"]),
        ("Fans of Breaking Ice liked it.", ["Breaking Ice"]),
        ("He was breaking ice.", []),
        ("The ship Voyager is lost. “Apollo, come in,” says Nia.", []),
        ("The starship Voyager flies on.", []),
        ("The real Voyager probe is far away.", ["Voyager"]),
        ("Voyager 1 is far away.", ["Voyager 1"]),
        ("Voyager 12 is far away.", []),
        ("Vostrok 9 flew alone.", ["Vostrok 9"]),
        ("Vostork 9 flew alone.", ["Vostrok 9"]),
        ("Vostrak 9 flew alone.", []),
        ("On Mars, it rains.", ["Mars"]),
        ("Veronica Mars leaves.", []),
        ("Gus Falk flew. Falk came back, and Falk’s ship did.", ["Gus Falk"]),
        ("They board the Gus Falk at dawn.", []),
        ("Gus Walk flew.", []),
    ],
)
def test_a_known_name_must_mean_what_is_known(notes: str, names: list[str]) -> None:
    assert [name for name, _, _, _ in mentioned(read(notes=notes))] == names


def test_a_slip_is_noticed() -> None:
    assert "name-slip" in [one.code for one in read(notes="Vostork 9 flew alone.").diagnostics]


def test_a_single_word_is_no_craft_inside_the_story() -> None:
    assert mentioned(read("The Voyager probe is an alien machine.")) == []


def test_surnames_count_once_the_name_was_given() -> None:
    (found,) = read(notes="Gus Falk flew. Falk came back, and Falk’s ship did.").mentions
    assert (found.known.key, len(found.spans)) == ("Q2", 3)


def test_the_cast_is_mentioned_by_surname_and_first_name() -> None:
    found = read(
        "Mara Hale waits. Hale sleeps. Tom Orr and Nia Orr quarrel; Orr wins. Tom goes.",
        cast="A (Mara Hale), B (Tom Orr), C (Nia Orr)",
    )
    assert mentioned(found) == [
        ("Mara Hale", "character", "synopsis", 2), ("Tom Orr", "character", "synopsis", 2),
        ("Nia Orr", "character", "synopsis", 1),
    ]  # fmt: skip


def test_unnamed_roles_are_no_names() -> None:
    assert mentioned(
        read("The guard waits. Guard the door, says the Second Guard.", cast="A (Second Guard), B (Guard)")
    ) in (
        [("Second Guard", "character", "synopsis", 1), ("Guard", "character", "synopsis", 1)],
        [("Guard", "character", "synopsis", 1), ("Second Guard", "character", "synopsis", 1)],
    )


def test_a_figure_of_history_is_the_figure_in_the_story_and_the_person_in_the_notes() -> None:
    found = read("Gus Falk lands. Falk waits.", "Gus Falk (1930-1967) was real. Falk flew alone.", "A (Gus Falk)")
    assert mentioned(found) == [("Gus Falk", "character", "synopsis", 2), ("Gus Falk", "person", "notes", 2)]
    assert [(one.name, one.birth, one.death, one.part) for one in found.lives] == [
        ("Gus Falk", "1930", "1967", "notes")
    ]
    (depiction,) = found.depictions
    assert (depiction.character, depiction.figure.key) == ("Gus Falk", "Q2")
    assert "1930" in depiction.reason


def test_a_life_in_the_notes_is_enough_for_a_proposal() -> None:
    (depiction,) = read(notes="Ivo Hale (1901–1950) was a real pilot.", cast="A (Ivo Hale)").depictions
    assert (depiction.figure.key, depiction.figure.year) == ("", 1901)


def test_a_namesake_born_in_another_year_is_somebody_else() -> None:
    (depiction,) = read(notes="Gus Falk (1801–1850) was a real pilot.", cast="A (Gus Falk)").depictions
    assert depiction.figure.key == ""


def test_a_first_name_alone_proposes_nothing() -> None:
    assert read(cast="A (Gus), B (Falk), C (Apollo)").depictions == ()


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("Ada Lind (1901-1950) wrote it.", [("Ada Lind", "1901", "1950")]),
        ("Ada van Lind (1901–1950) wrote it.", [("Ada van Lind", "1901", "1950")]),
        ("Dr. Ada Lind (born 1950) wrote it.", [("Ada Lind", "1950", None)]),
        ("Star Hotel (1963-1989) was a series.", []),
        ("The series Star Hotel (1963-1989) ended.", []),
        ("The Hotel (1963-1989) ended.", []),
        ("Star Hotel (1966-69) ended.", []),
        ("Ada (1901-1950) wrote it.", []),
    ],
)
def test_years_of_life_stand_behind_a_person(prose: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(one.name, one.birth, one.death) for one in read(notes=prose).lives] == found


@pytest.mark.parametrize(
    ("synopsis", "dates", "years"),
    [
        ("1967: It rains.", ["1967"], (1967,)),
        ("1486. It rains on the dome.", ["1486"], (1486,)),
        ("June 26, 1969: It rains.", ["1969-06-26"], (1969,)),
        ("26 June 1969: It rains.", ["1969-06-26"], (1969,)),
        ("January 1970: It rains.", ["1970-01"], (1970,)),
        ("Halloween, 1984: It rains.", ["1984-10-31"], (1984,)),
        ("It rains in the summer of 1984.", ["1984-22"], (1984,)),
        ("It rains in the 1980s.", ["198X"], ()),
        ("It rains from 1966-69, then stops.", ["1966/1969"], (1966, 1969)),
        ("It rains around 1984, it seems.", ["1984~"], (1984,)),
        ("In the 22nd century, it rains.", ["21XX"], ()),
        ("It rains by 2151, says Ivo.", ["2151"], (2151,)),
        ("Stardate 2041.3: It rains.", [], ()),
        ("Stardate not given: It rains.", [], ()),
        ("It costs £1,984 or $1984.", [], ()),
        ("D minus 364 days: It rains.", [], ()),
        ("Only 4 of 27 and 2000 men are left, in room 1408.", [], ()),
        ("Unit 77X2031 and 2031X wait.", [], ()),
        ("Ada Lind (1901-1950) is dead.", [], ()),
    ],
)
def test_dates_are_told_from_what_only_looks_like_one(synopsis: str, dates: list[str], years: tuple[int, ...]) -> None:
    found = read(synopsis)
    assert ([one.edtf for one in found.times], found.years) == (dates, years)


@pytest.mark.parametrize(
    ("notes", "hedged"),
    [
        ("The end credits list the whole season; an attempt was made to credit each episode.", True),
        ("It is uncertain which episode the listed actors appear in, as each episode credits all.", True),
        ("The crew attempts to land. The credits roll.", False),
        ("Bo Lind is credited for the entire season.", False),
    ],
)
def test_a_hedge_about_the_cast_is_found(notes: str, hedged: bool) -> None:
    assert (read(notes=notes).cast_hedge is not None) is hedged


@pytest.fixture(scope="module")
def snapshot() -> Gazetteer:
    folder = Path(__file__).parents[2] / "shared" / "wikidata"
    if not folder.is_dir():
        pytest.skip("the sample of Wikidata does not lie beside this checkout")
    return Gazetteer(
        KnownName(row["label"], kind, row["qid"], (), int(row[year]) if row[year].isdigit() else None)
        for file, kind, year in (
            ("astronauts.tsv", "person", "birth_year"), ("space-missions.tsv", "mission", "year"),
            ("tv-shows.tsv", "work", "year"),
        )
        for row in csv.DictReader((folder / file).read_text(encoding="utf-8").splitlines(), delimiter="\t")
    )  # fmt: skip


def test_everyday_words_are_no_names_of_the_snapshot(snapshot: Gazetteer) -> None:
    prose = (
        "Only 24 hours from landing, friends are lost in the dark. The Office burns. Dawn comes, and House is heroic. "
        "The Crown falls; Dark clouds gather over the Galileo. The Voyager waits, Discovery leaves, and Apollo "
        "calls: Elementary! "
        "Castle and Bones bet on it. The Wire snaps. Fringe groups rebel. Angel sleeps, Monk prays, Weeds grow."
    )
    page = f"Ice\n\n{prose}\n\nwritten by Bo Lind\n\nLogBook entry by Mara Voss"
    (found,) = entries(document("t.txt", page.encode()), snapshot)
    assert [one.known.name for one in found.mentions] == []


def test_the_real_entry_is_read(seed: Path, snapshot: Gazetteer) -> None:
    text = document(seed.name, seed.read_bytes())
    (found,) = entries(text, snapshot)
    slips = [span.of(text.text) for one in found.mentions if one.known.key == "Q750101" for span in one.spans]
    assert (found.years, slips, len(found.depictions), len(found.lives)) == ((1964, 1967, 2027), ["Voshkod 1"], 1, 1)
    assert found.cast_hedge is not None
