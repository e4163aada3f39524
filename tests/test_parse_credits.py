"""Credits: verbs, names, several jobs in a line, shop texts glued in front."""

from __future__ import annotations

import pytest

from kg.parse.clear import Clear
from kg.parse.credits import credits_in, opening
from kg.parse.notices import Notice
from kg.parse.shops import shops


def read(line: str) -> tuple[list[tuple[str, str, list[str], str | None]], list[str]]:
    found = opening(line, 0, len(line), among=True)
    assert found is not None
    notices: list[Notice] = []
    made = credits_in(Clear.of(line, 0, []), found.start, len(line), notices)
    brief = [(one.heading, one.job, [name.text for name in one.names], one.detail) for one in made]
    return brief, [notice.code for notice in notices]


@pytest.mark.parametrize(
    ("line", "heading", "job"),
    [
        ("written by Ann Pell", "written by", "writer"),
        ("Written by Ann Pell", "written by", "writer"),
        ("teleplay by Ann Pell", "teleplay by", "teleplay"),
        ("story by Ann Pell", "story by", "story"),
        ("screenplay by Ann Pell", "screenplay by", "screenplay"),
        ("adapted by Ann Pell", "adapted by", "adaptation"),
        ("from a story by Ann Pell", "from a story by", "source"),
        ("from an original idea by Ann Pell", "from an original idea by", "source"),
        ("based on a story by Ann Pell", "based on a story by", "source"),
        ("based on characters created by Ann Pell", "based on characters created by", "source"),
        ("based upon material by Ann Pell", "based upon material by", "source"),
        ("with additional dialogue by Ann Pell", "with additional dialogue by", "additional dialogue"),
        ("directed by Ann Pell", "directed by", "director"),
        ("music by Ann Pell", "music by", "composer"),
        ("additional music by Ann Pell", "additional music by", "additional music"),
        ("theme music by Ann Pell", "theme music by", "theme music"),
        ("title song by Ann Pell", "title song by", "theme music"),
        ("arranged by Ann Pell", "arranged by", "arranger"),
    ],
)
def test_a_verb_tells_the_job(line: str, heading: str, job: str) -> None:
    assert read(line)[0] == [(heading, job, ["Ann Pell"], None)]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("Ann Pell", ["Ann Pell"]),
        ("Ann Pell & Bo Lind", ["Ann Pell", "Bo Lind"]),
        ("Ann Pell and Bo Lind", ["Ann Pell", "Bo Lind"]),
        ("Ann Pell, Bo Lind and Cy Orr", ["Ann Pell", "Bo Lind", "Cy Orr"]),
        ("Ann Pell, Bo Lind & Cy Orr", ["Ann Pell", "Bo Lind", "Cy Orr"]),
        ("Ann Pell and Bo Lind & Cy Orr", ["Ann Pell", "Bo Lind", "Cy Orr"]),
        ("Ann & Bo Pell", ["Ann Pell", "Bo Pell"]),
        ("Ann and Bo van der Pell", ["Ann van der Pell", "Bo van der Pell"]),
        ("Ann & Bo Pell and Cy & Di Orr", ["Ann Pell", "Bo Pell", "Cy Orr", "Di Orr"]),
        ("Cy Orr, Jr.", ["Cy Orr, Jr."]),
        ("Cy Orr, Jr. and Ann Pell", ["Cy Orr, Jr.", "Ann Pell"]),
        ("A. B. Pell and J.K. Lind", ["A. B. Pell", "J.K. Lind"]),
        ("GMS & Ann Pell", ["GMS", "Ann Pell"]),
        ("Vorn", ["Vorn"]),
        ("The Kite Company", ["The Kite Company"]),
        ("AT&T", ["AT&T"]),
        ("Pell & Sons", ["Pell & Sons"]),
        ("Zoë de la Thorn", ["Zoë de la Thorn"]),
        ("Ann Pell / Bo Lind", ["Ann Pell", "Bo Lind"]),
        ("a.d. pell", ["a.d. pell"]),
        ("vorn9", ["vorn9"]),
        ("the Harbour Philharmonic", ["the Harbour Philharmonic"]),
        (
            "Ann van der Pell & Bo Le Lind and Cy de la Orr, Jr.",
            ["Ann van der Pell", "Bo Le Lind", "Cy de la Orr, Jr."],
        ),
    ],
)
def test_names_are_told_apart(names: str, found: list[str]) -> None:
    assert read(f"written by {names}")[0][0][2] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "music by Ann Pell / arranged by Bo Lind",
            [("music by", "composer", ["Ann Pell"], None), ("arranged by", "arranger", ["Bo Lind"], None)],
        ),
        (
            "music by Ann Pell / Comet Patrol theme by Bo Lind",
            [("music by", "composer", ["Ann Pell"], None), ("theme by", "theme music", ["Bo Lind"], "Comet Patrol")],
        ),
        (
            "music by Ann Pell / title music by Bo Lind / arranged by Cy Orr",
            [
                ("music by", "composer", ["Ann Pell"], None),
                ("title music by", "theme music", ["Bo Lind"], None),
                ("arranged by", "arranger", ["Cy Orr"], None),
            ],
        ),
        (
            "music by Ann Story / arranged by Bo Lind",
            [("music by", "composer", ["Ann Story"], None), ("arranged by", "arranger", ["Bo Lind"], None)],
        ),
        (
            "music by Ann Pell / Day/Dusk theme by Bo Lind",
            [("music by", "composer", ["Ann Pell"], None), ("theme by", "theme music", ["Bo Lind"], "Day/Dusk")],
        ),
        (
            "music by Ann Pell / Cards from the Dome theme by Bo Lind",
            [
                ("music by", "composer", ["Ann Pell"], None),
                ("theme by", "theme music", ["Bo Lind"], "Cards from the Dome"),
            ],
        ),
        (
            "teleplay by Ann Pell from a story by Bo Lind",
            [("teleplay by", "teleplay", ["Ann Pell"], None), ("from a story by", "source", ["Bo Lind"], None)],
        ),
        (
            "written and directed by Ann Pell",
            [("written by", "writer", ["Ann Pell"], None), ("directed by", "director", ["Ann Pell"], None)],
        ),
        (
            "written by Ann Pell, based on a story by Bo Lind",
            [("written by", "writer", ["Ann Pell"], None), ("based on a story by", "source", ["Bo Lind"], None)],
        ),
    ],
)
def test_a_line_may_tell_several_jobs(line: str, found: list[object]) -> None:
    assert read(line)[0] == found


@pytest.mark.parametrize(
    ("line", "heading", "names", "detail"),
    [
        ("Audio remake directed by Ann Pell", "directed by", ["Ann Pell"], "Audio remake"),
        ("Night Song performed by The Kites", "performed by", ["The Kites"], "Night Song"),
        ("based on the book “Death by Water” by Ann Pell", "based on", ["Ann Pell"], "the book “Death by Water”"),
        ("written by Ann Pell (a.k.a. X)", "written by", ["Ann Pell"], "a.k.a. X"),
        (
            "written by Ann Pell (credited onscreen as “A. Pel”)\nand Bo Lind (not credited onscreen)",
            "written by",
            ["Ann Pell", "Bo Lind"],
            "credited onscreen as “A. Pel”; not credited onscreen",
        ),
    ],
)
def test_what_stands_around_a_credit_is_its_detail(line: str, heading: str, names: list[str], detail: str) -> None:
    ((found, _, who, more),) = read(line)[0]
    assert (found, who, more) == (heading, names, detail)


@pytest.mark.parametrize("line", ["telpelay by Ann Pell", "telelplay by Ann Pell", "Comet Patroltelpelay by Ann Pell"])
def test_a_misspelt_verb_is_corrected(line: str) -> None:
    assert read(line) == ([("teleplay by", "teleplay", ["Ann Pell"], None)], ["verb-corrected"])


def test_that_nobody_is_credited_is_a_credit_without_names() -> None:
    assert read("music not credited") == ([("music by", "composer", [], None)], ["no-names"])


@pytest.mark.parametrize(
    "shop",
    [
        "Order the DVD", "Order the DVDs", "Order this CD", "Order this DVD", "Order DVDs", "Order the series",
        "Order now!",
        "Order this episode on DVD", "Order this story on audio CD", "Get the DVD", "Get this season on DVD",
        "Download this episode", "Download this episode via Amazon", "Stream this episode via Amazon's Unbox",
        "Watch It",
        "Order the DVDDownload this episode via Amazon",
        "Get this season on DVDStream this episode via Amazon's UnboxWatch It",
        "Order Season 2 on DVD",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "credit", ["story by Ann Pell", "screenplay by Ann Pell", "written by Ann Pell", "teleplay by Ann Pell"]
)
def test_shop_texts_are_taken_off(shop: str, credit: str) -> None:
    line = shop + credit
    assert line[shops(line, 0, len(line)) :] == credit


@pytest.mark.parametrize(
    "line",
    [
        "The story was written by a man who had never seen a dome.",
        "written by a robot",
        "Directed by a voice in the night, Ann loses her mind.",
        "From the depths of the sea, a signal is sent by nobody at all.",
        "Watch the skies, says Ivo.",
        "music by Ann Pell playing in every room.",
    ],
)
def test_prose_is_no_credit(line: str) -> None:
    assert opening(line, 0, len(line), among=True) is None
