"""Cast items: every form of performer and role."""

from __future__ import annotations

import pytest

from kg.model import CastItem
from kg.parse.cast import Cast
from kg.parse.clear import Clear
from kg.parse.notices import Notice


def read(items: str, section: str = "Cast") -> tuple[list[CastItem], list[str]]:
    notices: list[Notice] = []
    found = Cast(Clear.of(items, 0, []), notices).items(section, 0, len(items))
    return found, [notice.code for notice in notices]


def brief(items: str, section: str = "Cast") -> list[tuple[str, list[str], list[str]]]:
    return [
        (item.performer.text, [name.text for name in item.characters], list(item.qualifiers))
        for item in read(items, section)[0]
    ]


ROLES = {
    "Ivo": (["Ivo"], []),
    "Ivo / Narrator": (["Ivo", "Narrator"], []),
    "Ivo/Narrator": (["Ivo", "Narrator"], []),
    "Ivo / Zed/ Ork /Guard #2": (["Ivo", "Zed", "Ork", "Guard #2"], []),
    "Zed, Ork": (["Zed", "Ork"], []),
    "Guard, Nurse, Clerk": (["Guard", "Nurse", "Clerk"], []),
    "Guard, Harbour": (["Guard, Harbour"], []),
    "Operator, Houston": (["Operator, Houston"], []),
    "Agent, FBI": (["Agent, FBI"], []),
    "Brun, Duke of Ely": (["Brun, Duke of Ely"], []),
    "Brun, Keeper of the Seal": (["Brun, Keeper of the Seal"], []),
    "Brun, Envoy to Ely / Ork": (["Brun", "Envoy to Ely", "Ork"], []),
    "Brun, Ambassador to Ely": (["Brun, Ambassador to Ely"], []),
    "Rook, Man of Straw": (["Rook", "Man of Straw"], []),
    "Captain, U.S.S. Kite": (["Captain, U.S.S. Kite"], []),
    "Warden, Northgate": (["Warden, Northgate"], []),
    "Guard 1/77X2031": (["Guard 1", "77X2031"], []),
    "Courier 5/6": (["Courier 5/6"], []),
    "Ivo / additional voices": (["Ivo", "additional voices"], ["voice"]),
    "voice  of Zed": (["Zed"], ["voice"]),
    "Brun, Chief Engineer": (["Brun, Chief Engineer"], []),
    "Brun, the elder": (["Brun, the elder"], []),
    "Tom Hale, Jr.": (["Tom Hale, Jr."], []),
    "Sgt. Hale, Jr. / Zed": (["Sgt. Hale, Jr.", "Zed"], []),
    "Dr. Orr, M.D.": (["Dr. Orr, M.D."], []),
    "voice of Zed": (["Zed"], ["voice"]),
    "the voice of Zed": (["Zed"], ["voice"]),
    "Zed voice": (["Zed"], ["voice"]),
    "Zed’s voice": (["Zed"], ["voice"]),
    "Zed (voice)": (["Zed"], ["voice"]),
    "Zed, voice": (["Zed"], ["voice"]),
    "Computer Voice": (["Computer Voice"], ["voice"]),
    "Ivo / voice of Zed": (["Ivo", "Zed"], ["voice"]),
    "young Ivo": (["young Ivo"], ["young"]),
    "Young Ivo": (["Young Ivo"], ["young"]),
    "Young": (["Young"], []),
    "Lt. Young": (["Lt. Young"], []),
    "Old Ivo": (["Old Ivo"], []),
    "Second Guard": (["Second Guard"], []),
    "The Mayor": (["The Mayor"], []),
    "Zed puppeteer": (["Zed"], ["body"]),
    "Zed performance artist": (["Zed"], ["body"]),
    "himself": (["himself"], []),
    "?": ([], ["unknown role"]),
    "#2": (["#2"], []),
    "Character 1": (["Character 1"], []),
    "4 of 27": (["4 of 27"], []),
    "77X2031": (["77X2031"], []),
    "Unit 5/6": (["Unit 5/6"], []),
    "A/V Technician": (["A/V Technician"], []),
    "Tom “Ace, Jr.” Hale": (["Tom “Ace, Jr.” Hale"], []),
    "Tom “Ace / Deuce” Hale": (["Tom “Ace / Deuce” Hale"], []),
    "Kay’zed": (["Kay’zed"], []),
    "Guard (2nd)": (["Guard (2nd)"], []),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_names_characters_and_manners(role: str) -> None:
    assert brief(f"Ann Pell ({role})") == [("Ann Pell", *ROLES[role])]


def test_a_voice_may_be_for_one_part_alone() -> None:
    (item,), _ = read("Ann Pell (Ivo / voice of Zed)")
    assert item.voiced == ("Zed",)


@pytest.mark.parametrize(
    ("items", "performers", "characters", "qualifiers"),
    [
        ("Ann Pell, Bo Lind (Guards)", ["Ann Pell", "Bo Lind"], ["Guards"], ["group"]),
        ("Ann Pell, Bo Lind, Cy Orr (Guards)", ["Ann Pell", "Bo Lind", "Cy Orr"], ["Guards"], ["group"]),
        ("Ann Pell and Bo Lind (Guards)", ["Ann Pell", "Bo Lind"], ["Guards"], ["group"]),
        ("Ann Pell, Bo Lind (Drone voices)", ["Ann Pell", "Bo Lind"], ["Drone"], ["voice", "group"]),
        ("Ann Pell, Bo Lind (voices of Zed)", ["Ann Pell", "Bo Lind"], ["Zed"], ["voice", "group"]),
        ("Ann & Bo Pell (Twins)", ["Ann Pell", "Bo Pell"], ["Twins"], ["group"]),
    ],
)
def test_performers_share_brackets(
    items: str, performers: list[str], characters: list[str], qualifiers: list[str]
) -> None:
    assert brief(items) == [(name, characters, qualifiers) for name in performers]


@pytest.mark.parametrize(
    ("items", "performers"),
    [
        ("Ann Pell (Ivo), and Rex (himself)", ["Ann Pell", "Rex"]),
        ("Ann Pell (Ivo) and Bo Lind (Zed)", ["Ann Pell", "Bo Lind"]),
        ("Ann Pell (Ivo),Bo Lind (Zed)", ["Ann Pell", "Bo Lind"]),
        ("Ann Pell (Ivo) Bo Lind (Zed)", ["Ann Pell", "Bo Lind"]),
        ("Tom Hale, Jr. (Ivo), Bo Lind (Zed)", ["Tom Hale, Jr.", "Bo Lind"]),
        ("Nilou (Ivo), Ann O’ Dell (Zed)", ["Nilou", "Ann O’ Dell"]),
        ("Ann  Pell\n(Ivo), Bo\nLind (Zed)", ["Ann Pell", "Bo Lind"]),
        ("Ann Pell (Ivo), Bo Lind", ["Ann Pell", "Bo Lind"]),
        ("Ann Pell (a.k.a. A. P.) (Ivo)", ["Ann Pell"]),
    ],
)
def test_items_are_told_apart(items: str, performers: list[str]) -> None:
    assert [performer for performer, _, _ in brief(items)] == performers


@pytest.mark.parametrize(
    ("items", "characters", "code"),
    [
        ("Ann Pell (Ivo / Zed", [["Ivo", "Zed"]], "bracket-closed"),
        ("Ann Pell (Ivo, Bo Lind (Guard), Cy Orr (Zed)", [["Ivo"], ["Guard"], ["Zed"]], "bracket-closed"),
        ("Ann Pell Ivo), Bo Lind (Zed)", [[], ["Zed"]], "bracket-stray"),
        ("Ann Pell (Ivo), Bo Li […]", [["Ivo"]], "cut-short"),
        ("Ann Pell (Ivo), Ann Pell (Ivo)", [["Ivo"], ["Ivo"]], "duplicate-item"),
        ("Ann Pell (?), other actors unknown", [[]], "cast-incomplete"),
        ("none", [], "cast-empty"),
    ],
)
def test_damage_is_mended_and_noticed(items: str, characters: list[list[str]], code: str) -> None:
    found, codes = read(items)
    assert [[name.text for name in item.characters] for item in found] == characters
    assert code in codes


@pytest.mark.parametrize(
    ("section", "qualifiers"),
    [
        ("Voice Cast", ["voice"]),
        ("Season 2 Voice Cast", ["voice"]),
        ("Appearing in footage from The Pit", ["archive"]),
        ("Audio cast", []),
    ],
)
def test_a_section_can_tell_the_manner(section: str, qualifiers: list[str]) -> None:
    assert brief("Ann Pell (Ivo)", section) == [("Ann Pell", ["Ivo"], qualifiers)]


def test_an_item_reaches_from_its_performer_to_the_closing_bracket() -> None:
    items = "Ann Pell, Bo Lind (Guards), Cy Orr (Zed)"
    assert [item.span.of(items) for item in read(items)[0]] == [
        "Ann Pell, Bo Lind (Guards)",
        "Bo Lind (Guards)",
        "Cy Orr (Zed)",
    ]
