"""Tables on a terminal: as wide as it is, nothing lost, nothing in the data that commands it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.terminal import grouped, on_terminal
from kg.queries.header import Column
from kg.queries.results import Citation, Table
from kg.queries.widths import harmless, width, wrapped
from kg.vocab import PREFIXES, Iri, Literal

WORDS = ("Kestrel 2", "In this version the hull stays dry from the first day to the last", "火星 への長い旅", "שלום")


def table(*rows: tuple[str, ...]) -> Table:
    columns = tuple(Column(name, "text") for name in ("name", "words", "place", "said_in")[: len(rows[0])])
    return Table(columns, tuple(tuple(map(Literal, row)) for row in rows), Citation("made/up", build="b" * 64))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    def on(found: Table, room: int) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(room))
        on_terminal(found, PREFIXES)
        return re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out).splitlines()

    return on


@pytest.mark.parametrize("room", [24, 40, 80, 200])
def test_every_line_fits_and_no_word_is_lost(room: int, shown) -> None:  # type: ignore[no-untyped-def]
    lines = shown(table(WORDS, WORDS), room)
    assert max(map(width, lines)) <= room
    assert all(
        "\n".join(lines).count(word) >= 2 for word in ("Kestrel", "火星", "への長い旅", "שלום", "version", "last")
    )


def test_wide_terminals_show_columns_and_narrow_ones_show_lists(shown) -> None:  # type: ignore[no-untyped-def]
    assert shown(table(WORDS), 200)[0].split() == ["name", "words", "place", "said", "in"]
    assert shown(table(WORDS), 30)[:2] == ["1", "name     Kestrel 2"]


def test_numbers_stand_on_the_right_and_addresses_go_first(shown) -> None:  # type: ignore[no-untyped-def]
    columns = (Column("name", "text"), Column("count", "integer"), Column("it", "iri"))
    rows = ((Literal("a"), Literal("1"), Iri("https://example.org/" + "x" * 60)),)
    assert shown(Table(columns, rows), 40) == ["name  count", "a         1"]


def test_the_citation_is_whole_in_any_width(shown) -> None:  # type: ignore[no-untyped-def]
    assert "b" * 64 in "".join(shown(table(("a",)), 30))


def test_data_cannot_command_the_terminal(shown) -> None:  # type: ignore[no-untyped-def]
    lines = shown(table(("\x1b[31mred\x07", "\u202eeht", "\x9b2J", "a\rb\nc")), 80)
    assert lines[1].split() == ["␛[31mred␇", "�eht", "�2J", "a␍b", "c"]


def test_a_list_of_names_is_grouped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    grouped([("cast", "voices", "Who speaks."), ("story", "retcons", "What is taken back.")])
    assert re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out).splitlines() == [
        "cast", "  voices   Who speaks.", "story", "  retcons  What is taken back.",
    ]  # fmt: skip


@given(st.text(), st.integers(2, 60))
def test_wrapping_keeps_all_signs_and_the_room(text: str, room: int) -> None:
    lines = list(wrapped(harmless(text), room))
    assert "".join(lines).replace(" ", "") == "".join(harmless(text).split())
    assert all(width(line) <= room for line in lines)
