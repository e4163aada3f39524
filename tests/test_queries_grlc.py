"""Files in grlc's older form."""

from __future__ import annotations

import pytest
from queries_guide import source

from kg.errors import QueryError
from kg.queries import Page, Table, answer, load

OLD = """#+ summary: Bands by genre
#+ endpoint: "http://dbpedia.org/sparql"
#+ tags:
#+   - music
#+   - bands
#+ pagination: 100
#+ method: GET
#+ defaults:
#+   - since: 1990
#+ enumerate:
#+   - genre

SELECT ?band WHERE { ?band ?p ?_genre_iri . ?band rdfs:label ?_name_en .
  OPTIONAL { ?band ?q ?__city } FILTER(?year > ?_since_integer) }
"""


def test_reads_decorators_and_parameters() -> None:
    query = load("old/bands", OLD)
    assert query.header.tags == ("music", "bands")
    assert [(it.name, it.type, it.required, it.default) for it in query.parameters] == [
        ("genre", "iri", True, None), ("name", "text", True, None), ("city", "text", False, None),
        ("since", "integer", False, "1990"),
    ]  # fmt: skip
    assert [column.name for column in query.columns] == ["band"]


def test_binds_as_any_other() -> None:
    text = load("bands", OLD).bind(genre="https://example.org/jazz", name="x")
    assert "?p <https://example.org/jazz>" in text
    assert "?_" not in text


@pytest.mark.parametrize(
    "lines", ["#+ tags: [a\n#+  - b", "#+ - just\n#+ - a list", "#+ a: &x [1]\n#+ tags:\n#+   - *x"]
)
def test_refuses_what_is_no_mapping(lines: str) -> None:
    with pytest.raises(QueryError):
        load("bad", f"{lines}\nSELECT * {{ ?s ?p ?_x_iri }}")


@pytest.mark.parametrize(
    ("end", "rows"), [("LIMIT 2", 2), ("ORDER BY ?s LIMIT 5 OFFSET 1", 5), ("VALUES ?p { rdfs:label }", 3)]
)
def test_a_text_that_says_itself_how_many_rows_it_wants_is_asked_and_paged(end: str, rows: int) -> None:
    query = load("old/it", f"#+ endpoint: http://x/\nSELECT ?s ?p {{ ?s ?p ?o }} {end}")
    found = answer(query, {}, source(), page=Page(limit=3 if "VALUES" in end else None))
    assert isinstance(found, Table)
    assert len(found.rows) == rows


def test_refuses_text_that_is_no_sparql_with_its_place() -> None:
    with pytest.raises(QueryError, match=r"old/it.rq:2:\d+: this is no SPARQL"):
        load("old/it", "#+ endpoint: http://x/\nSELECT ?s { ?s rdfs:label }")
