"""What never reaches an engine: SERVICE, depth, chains, hidden keywords."""

from __future__ import annotations

import pytest

from kg.errors import LimitError, QueryError
from kg.queries import guarded

ENDPOINT = "https://query.example.org/sparql"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL { SERVICE ?where { ?s ?p ?o } } }",
        "SELECT * { FILTER EXISTS { SERVICE ex:there { ?s ?p ?o } } }",
        "SELECT * { { SELECT * { SERVICE<http://127.0.0.1/>{ ?s ?p ?o } } } }",
        "SELECT * { FILTER(?a<?b) SERVICE <http://x/> { ?c ?d ?e FILTER(?c>?d) } }",
        r"SELECT * { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\u0022 } SERVICE <http://x/> { ?a ?b \\u0022" }',
        r"SELECT * { <http://a/\u003E> ?p ?o }",
    ],
)
def test_refuses_services_and_what_could_hide_one(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        guarded(text)
    assert caught.value.line == 1


def test_an_endpoint_that_the_settings_name_is_allowed() -> None:
    text = f"SELECT * {{ SERVICE <{ENDPOINT}> {{ ?s ?p ?o }} }}"
    assert guarded(text, services=[ENDPOINT]) == text


@pytest.mark.parametrize(
    "text", ['SELECT * { ?s ?p "SERVICE <http://x/> { }" }', "SELECT * { ?s ?p ?o } # SERVICE <http://x/>"]
)
def test_the_word_alone_is_no_service(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }",
        "SELECT * " + "{" * 5_000 + "}" * 5_000,
        "SELECT * { ?s ?p " + "[ ?q " * 500 + "1" + "]" * 500 + " }",
        "SELECT * { FILTER(" + "!" * 100_000 + "?a) }",
        "SELECT * { ?s " + "/".join(["ph:a"] * 100_000) + " ?o }",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 3_000 + "}",
        "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 5_000) + " }",
        "#" * 600_000,
    ],
)
def test_refuses_what_kills_engines(text: str) -> None:
    with pytest.raises(LimitError):
        guarded(text)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o", "SELECT * { ?s ?p ?o ) }", "SELECT * { } }", "\x00"])
def test_refuses_brackets_that_do_not_match(text: str) -> None:
    with pytest.raises(QueryError):
        guarded(text)


def test_long_lists_of_values_pass() -> None:
    text = "SELECT * { VALUES ?x { " + "1 " * 50_000 + "} }"
    assert guarded(text) == text
