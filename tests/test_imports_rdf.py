"""Places of RDF statements, and what is refused before a parser sees it."""

from __future__ import annotations

import re
import time

import pytest

from kg.errors import InputError, LimitError, RdfError
from kg.foreign import Said, unfit
from kg.imports import detected
from kg.imports.rdf import guarded, of_quads
from kg.store.embedded import read_placed
from kg.vocab import Iri, Literal

HEAD = "@prefix a: <https://a.example/> .\n"


def read(text: str, syntax: str) -> list[Said]:
    return list(of_quads(read_placed(text.encode(), syntax, "x"), text, syntax))


def places(text: str, syntax: str) -> list[tuple[int, int]]:
    return [(it.place.line, it.place.column) for it in read(text, syntax)]


@pytest.mark.parametrize(
    ("syntax", "text", "wanted"),
    [
        ("turtle", HEAD + 'a:b a:c "x" ;\n  a:d "y"\n  , "z" .\n', [(2, 9), (3, 7), (4, 5)]),
        ("turtle", HEAD + 'a:b\n  a:c\n    a:dd\n.\n', [(4, 7)]),
        ("turtle", HEAD + 'a:b a:c [ a:d "y" ;\n a:e "z" ] .', [(2, 15), (3, 2), (3, 6)]),
        ("trig", HEAD + 'a:g {\n a:b a:c "x" .\n}\n', [(3, 10)]),
        ("nquads", '<a:b> <a:c> "x" .\n\n# y\n<a:b> <a:c> "y" <a:g> .\n', [(1, 13), (4, 13)]),
        ("ntriples", '<a:b> <a:c> "x" .\r\n<a:b> <a:c> "y" .\r\n', [(1, 13), (2, 13)]),
        (
            "rdfxml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="https://a.example/">\n'
            ' <r:Description r:about="https://a.example/b">\n  <a:c>word</a:c>\n </r:Description>\n</r:RDF>',
            [(3, 8)],
        ),
        ("jsonld", '{"@id": "https://a.example/bb",\n "https://a.example/c": "x",\n "https://a.example/d": "yy"}',
         [(2, 25), (3, 25)]),
    ],
)  # fmt: skip
def test_each_statement_has_the_place_of_its_value(syntax: str, text: str, wanted: list[tuple[int, int]]) -> None:
    assert places(text, syntax) == wanted


def test_the_words_are_the_line() -> None:
    (said,) = read(HEAD + '   a:b a:c "x" .  # as told\n', "turtle")
    assert said.words == 'a:b a:c "x" .  # as told'


def test_lexical_forms_are_those_of_the_file() -> None:
    said = read(HEAD + 'a:b a:c 01, 1.50, "007"^^<http://www.w3.org/2001/XMLSchema#positiveInteger> .', "turtle")
    assert [it.object.value for it in said if isinstance(it.object, Literal)] == ["01", "1.50", "007"]


@pytest.mark.parametrize(
    ("syntax", "text", "place"),
    [
        ("turtle", HEAD + "a:b a:c z:d .", "x:2:9: The prefix z:"),
        ("turtle", HEAD + 'a:b a:c "open', "x:2:"),
        ("nquads", "<a:b> <a:c> <d> .", "x:1:13: No scheme"),
        ("rdfxml", "<a><b></a>", "x:1"),
        ("jsonld", '{"@context": "https://elsewhere.example/c.jsonld"}', "would have to be fetched"),
    ],
)
def test_an_error_has_its_place(syntax: str, text: str, place: str) -> None:
    with pytest.raises(RdfError, match=re.escape(place)):
        read(text, syntax)


def entities(levels: int = 9) -> str:
    lines = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE r [<!ENTITY l0 "lol">{lines}]><r>&l{levels};</r>'


@pytest.mark.parametrize(
    ("syntax", "text", "error", "words"),
    [
        ("rdfxml", entities(), InputError, "DOCTYPE"),
        ("rdfxml", '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', InputError, "DOCTYPE"),
        ("rdfxml", "<a>" * 200_000, LimitError, "nested more than 200"),
        ("rdfxml", "<a>\n<b></a>", InputError, "x:2:"),
        ("jsonld", '{"a":' * 100_000, LimitError, "nested more than 200"),
        ("jsonld", "[" * 1_000_000, LimitError, "nested more than 200"),
    ],
    ids=["entities", "external", "deep-xml", "broken-xml", "deep-json", "deep-list"],
)
def test_what_would_cost_a_parser_everything_is_refused_at_once(
    syntax: str, text: str, error: type[Exception], words: str
) -> None:
    begun = time.process_time()
    with pytest.raises(error, match=words):
        guarded("x", text, syntax)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b"])
def test_no_address_of_a_thing(iri: str) -> None:
    assert "no address" in unfit(Iri(iri))


def test_control_characters_are_unfit() -> None:
    assert unfit(Literal("a\x00b"))
    assert not unfit(Literal("a\tb\nc"))


def test_places_cost_little() -> None:
    text = "".join(f'<https://a.example/{n}> <a:b> "word {n}" .\n' for n in range(20_000))
    begun = time.process_time()
    assert places(text, "nquads")[-1][0] == 20_000
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.ttl", "", "turtle"),
        ("a.NQ", "", "nquads"),
        ("a.html", "", "schemaorg"),
        ("a.json", '{"@context": ["https://schema.org"]}', "schemaorg"),
        ("a.jsonld", '{"@context": {"a": "https://a.example/"}}', "jsonld"),
        ("a.json", '{"url": "https://www.tvmaze.com/shows/1/x"}', "tvmaze"),
        ("a.csv", "", "csv"),
        ("a.jsonl", "", "claims"),
    ],
)
def test_the_format_is_told_by_ending_and_contents(name: str, text: str, form: str) -> None:
    assert detected(name, text) == form


@pytest.mark.parametrize(("name", "words"), [("a.zip", "unpack"), ("a.ttl.gz", "unpack"), ("a.doc", "--format")])
def test_a_file_of_no_known_format_is_refused(name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        detected(name, "")
