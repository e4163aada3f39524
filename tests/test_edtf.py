"""Dates: what stretch of time each form stands for, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import BEGINNING, END, is_valid, parse


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1967", (1967, 1, 1), (1967, 12, 31), "year"),
        ("1967-04", (1967, 4, 1), (1967, 4, 30), "month"),
        ("2000-02", (2000, 2, 1), (2000, 2, 29), "month"),
        ("1967-04-24", (1967, 4, 24), (1967, 4, 24), "day"),
        ("196X", (1960, 1, 1), (1969, 12, 31), "decade"),
        ("19XX", (1900, 1, 1), (1999, 12, 31), "century"),
        ("1985-04-XX", (1985, 4, 1), (1985, 4, 30), "month"),
        ("1985-XX-XX", (1985, 1, 1), (1985, 12, 31), "year"),
        ("-0044", (-44, 1, 1), (-44, 12, 31), "year"),
        ("Y170000", (170000, 1, 1), (170000, 12, 31), "year"),
        ("2016-22", (2016, 6, 1), (2016, 8, 31), "season"),
        ("2001-24", (2001, 12, 1), (2002, 2, 28), "season"),
        ("1966/1967-04", (1966, 1, 1), (1967, 4, 30), "interval"),
    ],
)
def test_stands_for_a_stretch(text: str, earliest: tuple[int, ...], latest: tuple[int, ...], precision: str) -> None:
    found = parse(text)
    assert (found.earliest[:3], found.latest[:3], found.precision) == (earliest, latest, precision)


def test_turns_zones_into_utc() -> None:
    assert parse("1967-01-27T18:31:00-05:00").earliest == parse("1967-01-27T23:31:00Z").earliest


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"), [("2027~", True, False), ("2027?", False, True), ("2027%", True, True)]
)
def test_keeps_doubt(text: str, approximate: bool, uncertain: bool) -> None:
    assert (parse(text).approximate, parse(text).uncertain) == (approximate, uncertain)


def test_leaves_ends_open() -> None:
    assert parse("1967/..").latest == END
    assert parse("/1967").earliest == BEGINNING


@pytest.mark.parametrize(
    "text",
    ["", "67", "1967-4-2", "1967-13", "1967-04-31", "1999-02-29", "-0000", "/", "../..", "1967/1966", "20XX-04", "a/b",
     "1967-04-24T03:22", "1967-04-24T25:00:00Z", "9999-12-31T23:59:59-05", "1967/1968/1969", "١٩٦٧"],
)  # fmt: skip
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        parse(text)


@given(st.dates())
def test_a_day_lies_in_its_month_and_year(day: object) -> None:
    text = str(day)
    assert parse(text[:4]).contains(parse(text[:7]))
    assert parse(text[:7]).contains(parse(text))
    assert not parse(text).contains(parse(text[:7]))


@given(st.text(alphabet="0123456789-/.XYTZ:~?%+", max_size=30))
def test_says_valid_or_not_and_nothing_else(text: str) -> None:
    if is_valid(text):
        assert parse(text).earliest <= parse(text).latest
