"""The traps of the guide's layout, each as a small page of our own."""

from __future__ import annotations

import pytest

from kg.model import Entry
from kg.parse import document, layouts

CLOSING = "\n\nLogBook entry by Mara Voss"


def read(page: str) -> Entry:
    (found,) = layouts(document("t.txt", page.encode()))
    return found


def cast(found: Entry) -> list[tuple[str, list[str]]]:
    return [(item.performer.text, [name.text for name in item.characters]) for item in found.cast]


def credited(found: Entry) -> list[tuple[str, list[str]]]:
    return [(one.heading, [name.text for name in one.names]) for one in found.credits]


def page(
    synopsis: str, cast: str = "Cast: Ann Pell (Ivo)", head: str = "Categories Comet Patrol Season 1\n\nIce"
) -> str:
    return f"{head}\n\n{synopsis}\n\nwritten by Ann Pell\n\n{cast}{CLOSING}"


def test_a_label_can_be_another_series() -> None:
    found = read(page("Star HotelA rocket falls on the dome."))
    assert (found.series, found.label, found.synopsis[0].text) == (
        "Comet Patrol",
        "Star Hotel",
        "A rocket falls on the dome.",
    )


def test_labels_can_differ_within_an_entry() -> None:
    found = read(page("Comet Patrol ClassicStardate 1.2: It rains again.", "Comet PatrolCast: Ann Pell (Ivo)"))
    assert (found.label, found.synopsis[0].text, found.cast[0].section) == (
        "Comet Patrol Classic", "Stardate 1.2: It rains again.", "Cast",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("series", "synopsis", "label", "rest"),
    [
        ("Comet II", "Comet IIA storm is near the dome.", "Comet II", "A storm is near the dome."),
        ("X", "XTV crews wait for the dome to open.", "X", "TV crews wait for the dome to open."),
        ("Dune", "Dune2051: A door opens, and it is cold.", "Dune", "2051: A door opens, and it is cold."),
        ("Comet 7", "Comet 7The ship wakes in the dark again.", "Comet 7", "The ship wakes in the dark again."),
        ("Base: 2040", "Base: 2040The dome falls in the night.", "Base: 2040", "The dome falls in the night."),
        ("Zorn!", "Zorn!The dome falls in the night again.", "Zorn!", "The dome falls in the night again."),
        ("V", "VVoices call from under the cold ice.", "V", "Voices call from under the cold ice."),
        ("The Patrol", "Patrol (1980s series)Nobody comes to help.", "Patrol (1980s series)", "Nobody comes to help."),
        ("Comet Patrol", "CometMara falls from the high dome.", "Comet", "Mara falls from the high dome."),
        (
            "Comet Patrol",
            "Comet Patrol: IceMara falls from the dome.",
            "Comet Patrol: Ice",
            "Mara falls from the dome.",
        ),
        (
            "Comet Patrol",
            "Comet Patrol“Who is there?” asks the guard.",
            "Comet Patrol",
            "“Who is there?” asks the guard.",
        ),
    ],
)
def test_a_label_ends_without_a_seam(series: str, synopsis: str, label: str, rest: str) -> None:
    found = read(page(synopsis, head=f"Categories {series} Season 1\n\nIce"))
    assert (found.label, found.synopsis[0].text) == (label, rest)


@pytest.mark.parametrize(
    "synopsis",
    [
        "McKee finds a door under the ice.",
        "UFOs land in the woods near the dome.",
        "R2D2 waits for the storm to pass over.",
        "I’m here, says the voice in the dark.",
        "O’Dea leaves the dome and is not seen again.",
        "Comet Patrol is sent to the dome at last.",
    ],
)
def test_a_synopsis_can_have_no_label(synopsis: str) -> None:
    found = read(page(synopsis))
    assert (found.label, found.synopsis[0].text) == (None, synopsis)


@pytest.mark.parametrize(
    ("item", "performer", "character"),
    [
        ("Mara Comet PatrolVoss (Ivo)", "Mara Voss", "Ivo"),
        ("Comet PatrolMara Voss (Ivo)", "Mara Voss", "Ivo"),
        ("Mara Voss Comet Patrol(Ivo)", "Mara Voss", "Ivo"),
        ("Mara Voss (Guard Comet Patrol#1)", "Mara Voss", "Guard #1"),
        ("Mara Voss (Comet PatrolIvo)", "Mara Voss", "Ivo"),
        ("Mara VossComet Patrol (Ivo)", "Mara Voss", "Ivo"),
        ("Mara Voss (Ivo / Comet PatrolZed)", "Mara Voss", "Zed"),
        ("Mara Comet Patrol ClassicVoss (Ivo)", "Mara Voss", "Ivo"),
        ("Mara Voss (Comet Patrol Leader)", "Mara Voss", "Comet Patrol Leader"),
    ],
)
def test_a_label_can_stand_in_a_cast_item(item: str, performer: str, character: str) -> None:
    found = read(page("Comet PatrolA rocket falls on the dome.", f"Comet PatrolCast: Ann Pell (Ork), {item}"))
    assert cast(found)[1][0] == performer
    assert cast(found)[1][1][-1] == character


@pytest.mark.parametrize(
    ("item", "performer", "character"),
    [
        ("Mara Comet Patrolvan Voss (Ivo)", "Mara van Voss", "Ivo"),
        ("M. Comet PatrolR. Voss (Ivo)", "M. R. Voss", "Ivo"),
        ("Mara Voss Comet Patrol Classic(Ivo)", "Mara Voss", "Ivo"),
        ("Mara Voss (Guard Comet Patrol (1980s series)#2)", "Mara Voss", "Guard #2"),
    ],
)
def test_a_label_in_a_cast_item_can_be_longer_and_stand_before_anything(
    item: str, performer: str, character: str
) -> None:
    found = read(page("Comet PatrolA rock falls on the dome.", f"Cast: Ann Pell (Zed), {item}, Bo Lind (Ork)"))
    assert cast(found)[1] == (performer, [character])


def test_a_label_is_taken_out_of_prose_only_where_it_is_glued() -> None:
    found = read(
        page("Comet PatrolIt rains. This Comet Patrolepisode is like Comet Patrol itself, and Comet Patrol’s best.")
    )
    assert found.synopsis[0].text == "It rains. This episode is like Comet Patrol itself, and Comet Patrol’s best."


def test_a_title_can_be_the_label() -> None:
    found = read(page("CometA rock falls on it.", head="Categories Comet Season 1\n\nComet"))
    assert (found.title and found.title.text, found.synopsis[0].text) == ("Comet", "A rock falls on it.")


def test_a_credit_can_be_glued_to_the_cast() -> None:
    found = read(
        f"It rains. It stops.\nwritten by Ann Pell\nmusic by Bo LindCast: Mara Voss (Ivo)\nNotes: It did.{CLOSING}"
    )
    assert credited(found)[1] == ("music by", ["Bo Lind"])
    assert (cast(found), found.title, found.notes[0].text) == ([("Mara Voss", ["Ivo"])], None, "It did.")


def test_a_suffix_can_stand_between_a_credit_and_the_cast() -> None:
    found = read("It rains. It stops.\nmusic by Bo Lind, Jr.Cast: Mara Voss (Ivo)")
    assert (credited(found), cast(found)) == ([("music by", ["Bo Lind, Jr."])], [("Mara Voss", ["Ivo"])])


@pytest.mark.parametrize(
    "notes",
    [
        "The last one with music by their first composer. The cast: all but two (of nine) came back.",
        "The Cast: A Life, a book written by Ann Pell (1930-2001), tells more. Cast and crew (all nine) met again.",
        "It fell.\n\nA draft with music by Bo Lind. Cast: unknown.",
    ],
)
def test_notes_tell_of_casts_and_credits(notes: str) -> None:
    found = read(page("Comet PatrolIt rains on the dome.", f"Cast: Ann Pell (Ivo)\n\nNotes: {notes}"))
    assert (credited(found), cast(found)) == ([("written by", ["Ann Pell"])], [("Ann Pell", ["Ivo"])])


def test_a_label_can_hold_commas_and_marks() -> None:
    found = read(
        page(
            "Run, Comet, Run!A rock falls.",
            "Run, Comet, Run!Cast: Ann Pell (Ivo), Bo Run, Comet, Run!Lind (Zed)\n\nRun, Comet, Run!Notes: It did.",
            head="Categories Run, Comet, Run! Season 1\n\nIce",
        )
    )
    assert (found.label, cast(found)) == ("Run, Comet, Run!", [("Ann Pell", ["Ivo"]), ("Bo Lind", ["Zed"])])
    assert [part.text for part in found.notes] == ["It did."]


def test_a_credit_without_names_can_be_glued_to_the_cast() -> None:
    found = read("It rains. It stops.\nwritten by Ann Pell\nmusic not creditedGuest Cast: Mara Voss (Ivo)")
    assert (credited(found)[1], found.cast[0].section) == (("music by", []), "Guest Cast")


@pytest.mark.parametrize(
    "label", ["Comet II", "Comet 7", "XTV", "Comet Patrol", "Zorn!", "Patrol (1980s series)", "Dr. Comet", "C.O.M.E.T."]
)
@pytest.mark.parametrize(
    "head",
    [
        "Cast",
        "Guest Cast",
        "Voice Cast",
        "Season 2 Regular Cast",
        "Season 12 Voice Cast",
        "Original television cast",
        "Audio cast",
    ],
)
def test_a_label_can_be_glued_to_every_heading(label: str, head: str) -> None:
    found = read(
        f"It rains. It stops.\n\nwritten by Ann Pell\n\n{label}{head}: Mara Voss (Ivo)\n\n"
        f"{label}Notes: It did.{CLOSING}"
    )
    assert (found.label, found.cast[0].section, found.notes[0].text) == (label, head, "It did.")


def test_regular_cast_can_stand_before_the_credits() -> None:
    found = read(
        "Ice\n\nComet PatrolIt rains on the dome again.\n\nSeason 2 Regular Cast: Ann Pell (Ivo)\n\n"
        f"Order the DVDwritten by Bo Lind\n\nGuest Cast: Cy Orr (Zed){CLOSING}"
    )
    assert len(found.synopsis) == 1
    assert [item.section for item in found.cast] == ["Season 2 Regular Cast", "Guest Cast"]
    assert credited(found) == [("written by", ["Bo Lind"])]


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_there_can_be_a_second_cast(between: str) -> None:
    found = read(
        page(
            "Comet PatrolIt rains on the dome.",
            f"Original television cast: Ann Pell (Ivo){between}Audio cast: Bo Lind (Ivo)",
        )
    )
    assert [(item.section, item.performer.text) for item in found.cast] == [
        ("Original television cast", "Ann Pell"), ("Audio cast", "Bo Lind"),
    ]  # fmt: skip


def test_footage_can_come_from_a_title_with_a_colon() -> None:
    found = read(
        page("Comet PatrolIt rains on the dome.", "Appearing in footage from Comet: The Movie: Ann Pell (Ivo)")
    )
    assert (found.cast[0].section, found.cast[0].qualifiers) == (
        "Appearing in footage from Comet: The Movie",
        ("archive",),
    )


@pytest.mark.parametrize("head", ["Notes", "Note", "IceNotes", "ExperimentNotes", "Comet PatrolNotes"])
def test_notes_reach_to_the_closing_line(head: str) -> None:
    found = read(
        page(
            "Comet PatrolIt rains on the dome.",
            f"Cast: Ann Pell (Ivo)\n\n{head}: It did.\n\nMara waits for Ivo at the door.",
        )
    )
    assert [part.text for part in found.notes] == ["It did.", "Mara waits for Ivo at the door."]


def test_a_review_is_no_note() -> None:
    found = read(page("Comet PatrolIt rains on the dome.", "Cast: Ann Pell (Ivo)\n\nReview: Fine work."))
    assert ([part.text for part in found.reviews], found.notes, found.review) == (["Fine work."], (), True)


@pytest.mark.parametrize(
    ("closing", "authors", "review"),
    [
        ("LogBook entry by Ann Pell", ["Ann Pell"], False),
        ("LogBook entry & review by Ann Pell […]", ["Ann Pell"], True),
        ("LogBook entry and review by Ann Pell", ["Ann Pell"], True),
        ("LogBook entry by Ann Pell & Bo R. Lind", ["Ann Pell", "Bo R. Lind"], False),
    ],
)
def test_the_closing_line_tells_the_authors(closing: str, authors: list[str], review: bool) -> None:
    found = read(f"It rains. It stops.\n\nwritten by Ann Pell\n\n{closing}\n\nSave $9 at Foo Hosting!")
    assert ([author.text for author in found.authors], found.review) == (authors, review)


@pytest.mark.parametrize(
    ("categories", "series", "season"),
    [
        ("Season 02 Comet Patrol", "Comet Patrol", 2),
        ("Comet Patrol Season 2", "Comet Patrol", 2),
        ("Comet Patrol New Series Season 03", "Comet Patrol New Series", 3),
        ("Patrol, The Season 1", "The Patrol", 1),
        ("Season 04 Patrol, The", "The Patrol", 4),
        ("Comet: Patrol Season 1", "Comet: Patrol", 1),
        ("Comet Patrol TV Movies", "Comet Patrol", None),
        ("Comet Patrol Specials", "Comet Patrol", None),
        ("Comet Patrol Fan Films", "Comet Patrol", None),
        ("Comet Patrol The Audio Dramas 5th Captain", "Comet Patrol", None),
    ],
)
@pytest.mark.parametrize("word", ["Categories ", "Categories\n", ""])
def test_categories_tell_series_and_season(word: str, categories: str, series: str, season: int | None) -> None:
    found = read(page("Star HotelIt rains on the dome.", head=f"{word}{categories}\n\nThe Pit"))
    assert (found.series, found.season, found.title and found.title.text) == (series, season, "The Pit")


@pytest.mark.parametrize(
    "title",
    [
        "Ice – Part 1",
        "Ice, Part 2",
        "Ice (pilot)",
        "Who Goes There?",
        "Ice: The Return",
        "Ice & Fire",
        "S.O.S.",
        "3.2",
        "1984",
        "Dr. Orr And Mr. Hale",
    ],
)
def test_titles_of_all_kinds_are_read(title: str) -> None:
    found = read(page("Comet PatrolIt rains on the dome.", head=f"Categories Comet Patrol Season 1\n\n{title}"))
    assert found.title is not None
    assert found.title.text == title


def test_a_label_can_stand_on_a_line_of_its_own() -> None:
    found = read(
        "Categories Comet Patrol Fan Films\n\nThe Pit\n\nComet Patrol\n\n"
        "This is a fan film. It is not official in any way.\n\n"
        f"The crew waits for the storm to pass.\n\nwritten by Ann Pell{CLOSING}"
    )
    assert (found.title and found.title.text, found.label, len(found.synopsis)) == ("The Pit", "Comet Patrol", 2)


def test_an_address_can_stand_above_everything() -> None:
    found = read("www.themes.example.com\n" + page("Comet PatrolIt rains on the dome."))
    assert (found.series, found.title and found.title.text) == ("Comet Patrol", "Ice")


def test_an_address_can_tell_the_series() -> None:
    found = read(
        "---\nurl: https://guide.example/logbook/comet-patrol/ice/\n---\nIt rains. It stops.\n\nwritten by Ann Pell"
    )
    assert (found.series, found.title) == ("Comet Patrol", None)


def test_front_matter_wins() -> None:
    found = read("---\nseries: Star Hotel\nnumber: 4\ntitle: Fog\n---\n" + page("Comet PatrolIt rains on the dome."))
    assert (found.series, found.number, found.title and found.title.text) == ("Star Hotel", 4, "Fog")


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("Broadcast from December 28 through January 4, 1970", "broadcast", "December 28 through January 4, 1970"),
        ("Original title: Der Fall", "original_title", "Der Fall"),
        ("Original Title: Der Fall", "original_title", "Der Fall"),
        ("Timeline: after Ice and before Fog", "timeline", "after Ice and before Fog"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_lines_after_the_cast_are_read(line: str, kind: str, words: str, before: bool) -> None:
    notes = "Notes: It did."
    parts = [line, notes] if before else [notes, line]
    found = read(page("Comet PatrolIt rains on the dome.", "Cast: Ann Pell (Ivo)\n\n" + "\n\n".join(parts)))
    assert getattr(found, kind).text == words
    assert [part.text for part in found.notes] == ["It did."]


def test_a_sentence_can_be_broken_over_lines() -> None:
    found = read(page("Comet PatrolThe crew of the\nship waits for\nthe storm. It passes."))
    assert found.synopsis[0].text == "The crew of the ship waits for the storm. It passes."


def test_prose_that_begins_like_a_heading_is_prose() -> None:
    found = read(page("A spell is cast: the dome falls (again). Broadcast from the moon, a signal wakes Ivo."))
    assert len(found.synopsis) == 1
    assert found.broadcast is None


@pytest.mark.parametrize("gap", ["\n", "\u00a0"])
@pytest.mark.parametrize(
    "items",
    ["Ann Pell (voice{}of Zed), Bo Lind (Ivo)", "Ann{}Pell (voice of Zed), Bo Lind (Ivo)"],
)
def test_a_cast_can_be_broken_over_lines(items: str, gap: str) -> None:
    found = read(page("Comet PatrolIt rains on the dome.", "Cast: " + items.format(gap)))
    assert cast(found) == [("Ann Pell", ["Zed"]), ("Bo Lind", ["Ivo"])]
    assert found.cast[0].qualifiers == ("voice",)


def test_a_cast_can_be_broken_inside_a_role_by_a_blank_line() -> None:
    found = read(page("Comet PatrolIt rains on the dome.", "Cast: Ann Pell (Master\n\nof the Dome), Bo Lind (Ivo)"))
    assert cast(found) == [("Ann Pell", ["Master of the Dome"]), ("Bo Lind", ["Ivo"])]


def test_a_series_with_a_full_stop_has_categories() -> None:
    found = read(
        page("Dome.A rock falls on it.", "Dome.Cast: Ann Pell (Ivo)", head="Categories Dome. TV Movies\n\nIce")
    )
    assert (found.series, found.label, found.title.text if found.title else None) == ("Dome.", "Dome.", "Ice")


def test_a_title_of_initials_stands_above_a_label() -> None:
    found = read(page("Comet PatrolA rock falls on the dome.", head="D.O.A."))
    assert (found.label, found.title.text if found.title else None) == ("Comet Patrol", "D.O.A.")


def test_a_shop_text_is_no_label() -> None:
    found = read("Ice\n\nA rock falls on the dome.\n\nWatch ItOrder the DVDwritten by Ann Pell" + CLOSING)
    assert (found.label, credited(found)) == (None, [("written by", ["Ann Pell"])])
