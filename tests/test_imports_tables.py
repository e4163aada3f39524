"""Tables and their mappings; claims as lines of JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.foreign import Foreign
from kg.imports import foreign
from kg.vocab import SCHEMA, Literal

FILES = Path(__file__).parent / "imports"
CAST = 'about = "cast"\n[columns]\nseries = "Show"\nperformer = "Actor"\ncharacter = "Role"\n'


def read(table: str | bytes, mapping: str = "") -> Foreign:
    data = table.encode() if isinstance(table, str) else table
    return foreign("t.csv", data, "csv", mapping, "t.mapping.toml" if mapping else "")


def objects(found: Foreign, prop: str) -> list[str]:
    return [it.object.value for it in found.statements if it.predicate == prop and isinstance(it.object, Literal)]


def test_a_cast_with_separators_jobs_and_quotes() -> None:
    found = read((FILES / "cast.csv").read_bytes(), (FILES / "cast.mapping.toml").read_text(encoding="utf-8"))
    assert objects(found, SCHEMA.characterName) == ["Mara Voss", "Irene", 'the "Pilot"', "Nobody"]
    assert "Roe, Eli" in objects(found, SCHEMA.name)
    assert [it.predicate for it in found.statements].count(SCHEMA.director) == 1
    assert [(it.line, it.message) for it in found.left] == [
        (5, "left out: the same row stands in line 4"),
        (6, "left out: the job “gaffer” has no place here"),
    ]


def test_headings_that_are_roles_need_no_mapping() -> None:
    assert objects(read("series;performer;character\nVoyage;Ada;Mara\n"), SCHEMA.characterName) == ["Mara"]


@pytest.mark.parametrize(
    ("data", "mapping"),
    [
        ("\ufeffShow,Actor,Role\nVoyage,Zoë,Mara\n".encode(), CAST),
        ("Show,Actor,Role\r\nVoyage,Zoë,Mara\r\n".encode("latin-1"), 'encoding = "latin-1"\n' + CAST),
        ("Show\tActor\tRole\nVoyage\tZoë\tMara\n".encode(), CAST),
        ("Actor,Role\nZoë,Mara\n".encode(), CAST.replace('series = "Show"\n', "") + '[constants]\nseries = "Voyage"\n'),
        ("Show,Actor,Role,More\n,,,\nVoyage,Zoë,Mara,\n\n".encode(), CAST),
    ],
    ids=["mark", "latin-1", "tabs", "constant", "empty"],
)
def test_the_ways_in_which_tables_are_written(data: bytes, mapping: str) -> None:
    found = read(data, mapping)
    assert objects(found, SCHEMA.name) == ["Voyage", "Zoë"]
    assert objects(found, SCHEMA.characterName) == ["Mara"]


@pytest.mark.parametrize(
    ("table", "mapping", "words"),
    [
        ("Show,Actor\nVoyage,Ada\n", CAST, "t.csv:1: has no column “Role”; there are Show, Actor"),
        ("Show,Actor,Role\nVoyage,Ada\n", CAST, "t.csv:2: the row has 2 cells, and the heading 3"),
        ('Show,Actor,Role\nVoyage,"Ada"x,Mara\n', CAST, "t.csv:2: cannot be read as a table"),
        ('Show,Actor,Role\n"Voyage,Ada,Mara\n', CAST, "t.csv:2: cannot be read as a table"),
        ("Show,Show,Actor,Role\n", CAST, "two columns are called “Show”"),
        ("Show,Actor\nx,y\n", "", "say what its columns mean"),
        ("", CAST, "has no column “Show”; there are none"),
        (b"Show,Actor,Role\nVoyage,Zo\xeb,Mara\n", CAST, "t.csv:2: is no UTF-8 text"),
        ("a\n", "about = ", "t.mapping.toml: is no mapping"),
        ("a\n", 'about = "weather"', "say what the rows are about"),
        ("a\n", 'about = "cast"', "says nothing of “series”"),
        ("a\n", CAST + 'actor = "x"', "“actor” is no role of cast"),
        ("a\n", 'colour = "red"\n' + CAST, "“colour” means nothing here"),
        ("a\n", 'delimiter = "; "\n' + CAST, "one sign each"),
        ("a\n", 'encoding = "klingon"\n' + CAST, "“klingon” is no encoding"),
        ("a\n", "about = 5", "must be words"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(table: str | bytes, mapping: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        read(table, mapping)
    assert words in str(raised.value)


def test_a_cell_of_many_lines_belongs_to_the_row_where_it_begins() -> None:
    found = read('series,performer,character\nVoyage,"Ada\nQuill",Mara\nVoyage,Bo,Rex\n')
    assert sorted({it.place.line for it in found.statements}) == [2, 4]


def test_claims_are_said_in_the_words_of_editors() -> None:
    found = read((FILES / "facts.csv").read_bytes())
    assert {str(it.predicate) for it in found.statements} >= {"birth", "crew member"}


def test_things_have_a_column_for_each_property() -> None:
    mapping = 'about = "things"\n[columns]\nname = "Who"\n[constants]\nkind = "person"\n[properties]\nbirth = "Born"\n'
    found = read("Who,Born\nAda Quill,1980\nBo Lark,\n", mapping)
    assert [(str(it.predicate), it.place.column) for it in found.statements if str(it.predicate) == "birth"] == [
        ("birth", 11)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "x.jsonl:1:2: is no JSON"),
        ("{}\n", "x.jsonl:1:1: is no claim of kg export -f claims: it has no “claim”"),
        (json.dumps({"claim": "a", "world": "b", "force": "stated", "statements": []}), "is no world of the claim’s"),
        (
            json.dumps({"claim": "h:/i/claim/1", "world": "h:/i/world/w", "force": "stated", "statements": [{}]}),
            "a statement needs subject, property and value",
        ),
    ],
)
def test_lines_that_are_no_claims_are_told_with_their_place(text: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        foreign("x.jsonl", text.encode(), "claims")
    assert words in str(raised.value)
