"""Writing statements: as text, in canonical form, as JSON; and back again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import is_valid
from kg.errors import StatementError
from kg.model import Document, Place, Quote, Statement, Statements, Value, When
from kg.resources import shared
from kg.statements import format_text, from_json, read, to_json, write
from kg.statements.values import name
from kg.terms import Property, Vocabulary
from kg.vocab import PH

GUIDE = shared("data", "missions")
FILES = [GUIDE / "names.md", *sorted(GUIDE.glob("entries/*.claims.md"))]
HERE = Place(1, 1)


def document(path: Path) -> Document | None:
    entry = path.with_name(path.name.replace(".claims.md", ".txt"))
    return Document(entry.name, entry.read_text(encoding="utf-8")) if entry != path else None


def said(statements: Statements) -> list[Statement]:
    """Return statements without their places."""
    return [bare(it) for it in statements.statements]


def bare(it: Statement) -> Statement:
    quote = replace(it.quote, place=HERE) if it.quote else None
    return replace(it, place=HERE, value_place=None, property_place=None, key_places=(), quote=quote)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_written_reads_the_same(path: Path) -> None:
    entry = document(path)
    first = read(path.name, path.read_text(encoding="utf-8"), entry)
    again = read(path.name, write(first), entry)
    assert said(again) == said(first)
    assert again.diagnostics == ()
    assert write(again) == write(first)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_bundled_files_are_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(text) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_twin_says_the_same(path: Path) -> None:
    first = read(path.name, path.read_text(encoding="utf-8"), document(path))
    twin = to_json(first)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(twin), json.loads(shared("ontology", "statements.schema.json").read_text()))
    back = from_json("twin.json", twin)
    assert write(back) == write(first)
    assert to_json(back) == twin


MESSY = """\
entry:  comet.txt
by: Bo


// kept, before the heading
#story
> Ann flew
// kept, between
*  Comet |  commander|Ann   ^a
\twhen:   1961
//?  - making: Ann | depicts | Ann
//?    note: same name
this line cannot be read
-  Comet | broken
# History
> It flew. [@wade]
- story: Comet | pilots | “text”@en
"""
NEAT = """\
entry: comet.txt
by: Bo

// kept, before the heading

# Story
> Ann flew
// kept, between
- Comet | commander | Ann ^a
  when: 1961
//? - making: Ann | depicts | Ann
//?   note: same name
this line cannot be read
-  Comet | broken

# History
> It flew. [@wade]
- story: Comet | pilot | "text"@en
"""


def test_formatting_keeps_remarks_and_what_it_cannot_read() -> None:
    renamed = Vocabulary({"pilot": Property("pilot", PH.pilot, "text", former=("pilots",))}, former={"pilots": "pilot"})
    assert format_text(MESSY, renamed) == NEAT
    assert format_text(NEAT, renamed) == NEAT


@given(st.text(alphabet=st.sampled_from('>-|#:^"“/?[]@… \t\nabc19~'), max_size=150))
def test_formatting_twice_changes_nothing_more(text: str) -> None:
    once = format_text(text)
    assert format_text(once) == once


WORDS = st.text(alphabet=st.sampled_from("abcÄß 1-’"), min_size=1, max_size=12).map(lambda words: f"N{words}".strip())
NAMES = WORDS.map(name)
TEXTS = st.text(alphabet=st.sampled_from('ab "“\\|^\n\t[]'), min_size=1, max_size=15).filter(
    lambda words: bool(words.strip()) and words == words.strip() and "  " not in words
)
UNITS = st.sampled_from(["weeks", "m/s"])
VALUES = st.one_of(
    NAMES.map(lambda words: Value("name", words)),
    TEXTS.map(lambda words: Value("text", words)),
    st.builds(Value, st.just("text"), st.just("mots"), language=st.sampled_from(["fr", "pt-BR"])),
    st.sampled_from(["1967", "2027~", "1966/1967-04", "196X"]).filter(is_valid).map(lambda date: Value("date", date)),
    st.builds(
        Value, st.just("quantity"), st.sampled_from(["3", "-4.5", "12345"]), unit=st.sampled_from(["weeks", "m/s"])
    ),
    st.sampled_from(["yes", "no"]).map(lambda word: Value("flag", word)),
)
TIMES = st.one_of(
    st.none(),
    st.just(When("at", date="1967-04")),
    st.builds(When, st.sampled_from(["since", "before", "after"]), event=NAMES),
    st.builds(When, st.sampled_from(["before", "after"]), event=NAMES, amount=st.just("3"), unit=st.just("days")),
)
QUOTE = Quote(("It flew.", "It fell."), HERE, source="wade", locator="p. 3")
STATEMENTS = st.builds(
    Statement,
    st.sampled_from(["story", "history", "making"]),
    NAMES,
    st.sampled_from(["crew member", "launch"]),
    VALUES,
    st.just(HERE),
    negated=st.booleans(),
    quote=st.just(QUOTE),
    when=TIMES,
    until=TIMES,
    told_by=st.one_of(st.just(""), NAMES),
    note=st.sampled_from(["", "as far as known"]),
    rank=st.sampled_from(["", "preferred"]),
    heading=st.sampled_from(["story", "history", "making"]),
)


@given(st.lists(STATEMENTS, max_size=6))
def test_whatever_is_said_can_be_written_and_read(statements: list[Statement]) -> None:
    again = read("x", write(Statements("x", by="Bo", statements=tuple(statements))), None)
    assert said(again) == [bare(it) for it in statements]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"statements": [], "more": 1}', "no “more”"),
        ('{"statements": [{"section": "story"}]}', "number 1: “subject” is missing"),
        ('{"statements": [{"section": "dream", "subject": "a", "property": "b", "value": {}}]}', "is one of"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_refuses_json_of_another_form(text: str, problem: str) -> None:
    with pytest.raises(StatementError, match=problem):
        from_json("twin.json", text)


@pytest.mark.parametrize("subject", ["a|b", "a\nb", "", " ", "story: a"])
def test_refuses_json_that_would_be_read_as_something_else(subject: str) -> None:
    statement = {"section": "things", "subject": subject, "property": "is a", "value": {"kind": "name", "text": "x"}}
    with pytest.raises(StatementError):
        from_json("twin.json", json.dumps({"statements": [statement]}))
