"""Tokens of SPARQL: what is a word, a sign, a string; where each stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.queries.tokens import position, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("?a<?b && ?c>?d", ["?a", "<", "?b", "&&", "?c", ">", "?d"]),
        ("?a<?b&&?c>?d", ["?a", "<", "?b", "&&", "?c", ">", "?d"]),
        ("<http://a/b#c> # comment <d>", ["<http://a/b#c>"]),
        ("ph:a/ph:b?", ["ph:a", "/", "ph:b", "?"]),
        ("ph:end.", ["ph:end", "."]),
        ("'''it's $x'''", ["'''it's $x'''"]),
        (r'"a \" $b"@en', [r'"a \" $b"', "@en"]),
        ('"""two " quotes"""^^xsd:string', ['"""two " quotes"""', "^^", "xsd:string"]),
        ("$größe ?élan", ["$größe", "?élan"]),
        (":local _:b1", [":local", "_:b1"]),
    ],
)
def test_splits_as_sparql_does(text: str, found: list[str]) -> None:
    assert [token.text for token in tokens(text)] == found


def test_a_parameter_is_a_dollar_outside_strings_and_comments() -> None:
    text = '$a "$b" <http://x/$c> ?d # $e'
    assert [token.parameter for token in tokens(text) if token.parameter] == ["a"]


def test_position_counts_lines_and_columns_from_one() -> None:
    place = position("ab\ncd", 4)
    assert (place.line, place.column) == (2, 2)


@given(st.text(max_size=200))
def test_every_sign_of_any_text_is_in_a_token_a_space_or_a_comment(text: str) -> None:
    found = list(tokens(text))
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_hundred_thousand_quotes_take_no_time() -> None:
    assert sum(1 for _ in tokens('"' * 100_001)) > 0
