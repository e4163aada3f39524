"""Finding quotes in an entry's text as a reader sees it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Place, Quote
from kg.statements.folding import fold
from kg.statements.quotes import Found, Quotes

HERE = Place(1, 3)
TEXT = (
    "Comet1961: The Comet’s “wing” – long —\nis   gone. Zoë saw it; Zoë\u200b told.\n"
    "Then Ann\u00a0Lee called the CometPetrel crew… Ann left. Ann wept."
)


def locate(words: str, labels: tuple[str, ...] = ("Comet",)) -> Found:
    return Quotes(Document("comet.txt", TEXT), labels).locate(words, HERE)


def raw(quote: Quote) -> list[str]:
    return [span.of(TEXT) for span in quote.spans]


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("1961: The Comet's", "1961: The Comet’s"),
        ('"wing" - long - is gone', "“wing” – long —\nis   gone"),
        ("called the Petrel crew...", "called the CometPetrel crew…"),
        ("called the CometPetrel", "called the CometPetrel"),
        ("Ann Lee", "Ann\u00a0Lee"),
        (unicodedata.normalize("NFD", "Zoë saw"), "Zoë saw"),
        ("Zoë told", "Zoë\u200b told"),
    ],
)
def test_finds_words_as_a_reader_sees_them(words: str, there: str) -> None:
    found = locate(words)
    assert found.diagnostics == ()
    assert raw(found.quote) == [there]


def test_lists_the_places_of_an_ambiguous_quote() -> None:
    message = locate("Ann").diagnostics[0].message
    assert "3 times" in message
    assert "(3:6, 3:43, 3:53)" in message


def test_neighbours_settle_where_a_piece_stands() -> None:
    assert raw(locate("gone […] Zoë told […] Ann Lee").quote) == ["gone", "Zoë\u200b told", "Ann\u00a0Lee"]
    assert locate("Zoë […] told").diagnostics[0].code == "ambiguous-quote"


def test_suggests_the_nearest_words() -> None:
    found = locate("Then Ann Leigh phoned the Petrel crew").diagnostics[0]
    assert found.code == "missing-quote"
    assert "Then Ann Lee called the Petrel crew" in found.message


def test_tells_pieces_in_another_order() -> None:
    assert locate("Ann left […] Zoë told").diagnostics[0].code == "quote-order"


def test_warns_of_a_cut_word() -> None:
    found = locate("called the Pet")
    assert [(it.code, it.severity) for it in found.diagnostics] == [("cut-quote", "warning")]


@pytest.mark.parametrize("words", ["[@wade]", "", "words [@wade", "words [@]", "[…]"])
def test_refuses_quotes_without_words_or_source(words: str) -> None:
    assert locate(words).diagnostics[0].severity == "error"


def test_many_pieces_take_little_time() -> None:
    entry = Document("x.txt", "a " * 20_000)
    found = Quotes(entry, ()).locate(" […] ".join(["a"] * 30), HERE)
    assert found.diagnostics[0].code == "ambiguous-quote"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_is_folded_leads_back(text: str) -> None:
    folded = fold(text, ("Co",))
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
