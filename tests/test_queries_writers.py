"""Results as text, read back by others' readers."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, parse_query_results
from queries_guide import NAMES, source

from kg.errors import UsageError
from kg.queries import Citation, Column, Graph, Table, Truth, ask, write
from kg.queries.csvw import metadata
from kg.queries.writers import TABLES
from kg.vocab import PH, WD, XSD, Blank, Iri, Literal, Term, Triple, integer

COLUMNS = (Column("name", "text"), Column("year", "year"), Column("it", "iri"))
ROWS: tuple[tuple[Term | None, ...], ...] = (
    (Literal('a "b", <c> & |d|\n\te'), integer(1967), WD.Q111),
    (Literal("Ὀδυσσεύς", language="grc"), None, Iri("https://example.org/é?a=1&b=2")),
    (Literal("=1+1"), Literal("x", XSD.gYear), Blank("_:b0")),
)
TABLE = Table(COLUMNS, ROWS, Citation("cast/it", {"a": "b"}, "digest", "2026-11-22", "A guide"))
KINDS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "sparql-tsv": QueryResultsFormat.TSV}


def text(form: str, table: Table = TABLE) -> str:
    return "".join(write(table, form))


@pytest.mark.parametrize("form", KINDS)
def test_another_reader_reads_the_same_rows(form: str) -> None:
    found = parse_query_results(text(form).encode(), format=KINDS[form])
    rows = list(found)  # type: ignore[arg-type]  # solutions
    assert [variable.value for variable in found.variables] == ["name", "year", "it"]  # type: ignore[union-attr]
    assert [row["name"].value for row in rows] == [getattr(row[0], "value", "") for row in ROWS]
    assert rows[1]["year"] is None
    assert rows[1]["name"].language == "grc"


def test_csv_is_plain_and_ends_lines_as_its_standard_says() -> None:
    rows = list(csv.reader(io.StringIO(text("csv"), newline="")))
    assert rows[0] == ["name", "year", "it"]
    assert rows[1] == ['a "b", <c> & |d|\n\te', "1967", str(WD.Q111)]
    assert text("csv").endswith("\r\n")


def test_tsv_has_one_row_a_line() -> None:
    lines = text("tsv").splitlines()
    assert len(lines) == 4
    assert lines[1].split("\t")[0] == 'a "b", <c> & |d| e'


def test_html_and_markdown_hold_no_markup_of_the_data() -> None:
    assert "<c>" not in text("html")
    assert 'href="https://example.org/é?a=1&amp;b=2"' in text("html")
    assert text("html").count("<tr>") == 5
    assert r"\|d\|" in text("md")
    assert "<c>" not in text("md")


def test_what_is_not_an_address_of_the_web_is_no_link() -> None:
    assert "href" not in text("html", Table((Column("it", "iri"),), ((Iri("javascript:alert(1)"),),)))


@pytest.mark.parametrize("form", ["json", "md", "html", "table"])
def test_the_citation_stands_with_the_rows(form: str) -> None:
    assert "digest" in text(form)


def test_csvw_metadata_cites_and_types_the_columns() -> None:
    said = json.loads(metadata(TABLE, "it.csv", summary="It."))
    assert said["url"] == "it.csv"
    assert said["dc:source"] == "digest"
    assert [column["datatype"] for column in said["tableSchema"]["columns"]] == ["string", "integer", "anyURI"]


@pytest.mark.parametrize("form", TABLES)
def test_no_rows_are_a_table_all_the_same(form: str) -> None:
    assert "".join(write(Table(COLUMNS, ()), form))


@pytest.mark.parametrize(("form", "words"), [("json", "true"), ("xml", "true"), ("table", "yes"), ("csv", "yes")])
def test_yes_and_no(form: str, words: str) -> None:
    assert words in "".join(write(Truth(holds=True), form))


def test_triples_are_turtle_or_json_ld() -> None:
    found = Graph((Triple(PH.Craft, PH.writable, Literal("é")),))
    for form, parser in (("turtle", "turtle"), ("jsonld", "json-ld"), ("ntriples", "nt")):
        graph = rdflib.Graph().parse(data="".join(write(found, form, NAMES)), format=parser)
        assert len(graph) == 1
    with pytest.raises(UsageError):
        list(write(found, "csv"))
    with pytest.raises(UsageError):
        list(write(TABLE, "turtle"))


def test_a_described_thing_reads_as_turtle() -> None:
    found = ask("DESCRIBE <person/kit-lane>", source())
    assert isinstance(found, Graph)
    assert 'rdfs:label "Kit Lane"' in "".join(write(found, "turtle", NAMES))


@given(st.text(max_size=60))
def test_any_text_survives_json_xml_and_csv(value: str) -> None:
    table = Table((Column("it"),), ((Literal(value),),))
    assert json.loads(text("json", table))["results"]["bindings"][0]["it"]["value"] == value
    assert next(iter(list(csv.reader(io.StringIO(text("csv", table), newline="")))[1:]), [""]) == [value]
    (found,) = ElementTree.fromstring(text("xml", table)).iter("{http://www.w3.org/2005/sparql-results#}literal")
    fit = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", value)
    assert (found.text or "") == fit
