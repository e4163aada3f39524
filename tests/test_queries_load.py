"""Loading saved queries: what a header says, and what is refused with its place."""

from __future__ import annotations

import pytest

from kg.errors import QueryError, UsageError
from kg.queries import load
from kg.vocab import SCHEMA, VERDICT, Iri

GOOD = """#+ summary: Works of a person.
#+ description: Undated works come last.
#+ tags: [credits, person]
#+ worlds: [actual]
#+ param person: entity of schema:Person, whose works are wanted
#+ example person: Kit Lane
#+ param verdict: choice of verdict many optional, which verdicts
#+ choices verdict: [accurate, invented]
#+ example verdict: [accurate, invented]
#+ param since: year, earliest year
#+ default since: 1900
#+ example since: 1963
#+ limit rows: 500
#+ limit seconds: 2.5
#+ column work: iri
#+ column age: integer in years, of the work
#+ plot: bars of age by work

PREFIX ph: <https://w3id.org/porthole/ontology#>
SELECT ?work (1 AS ?age)
WHERE { ?work ph:verdict $verdict ; ?role $person . FILTER(?year >= $since) }
ORDER BY ?work
"""
SELECT = "SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a\n"


def test_reads_all_that_a_header_says() -> None:
    query = load("cast/works", GOOD)
    person, verdict, since = query.parameters
    assert (query.family, query.stem, query.form) == ("cast", "works", "select")
    assert (person.type, person.of, person.required) == ("entity", SCHEMA.Person, True)
    assert (verdict.of, verdict.many, verdict.required) == (Iri(str(VERDICT)), True, False)
    assert (since.default, since.required) == ("1900", False)
    assert query.examples["verdict"] == ("accurate", "invented")
    assert [(column.name, column.unit) for column in query.columns] == [("work", ""), ("age", "years")]
    assert (query.header.rows, query.header.seconds) == (500, 2.5)
    assert query.header.plot is not None
    assert query.header.plot.group == "work"
    assert "#+" not in query.text


def test_binds_typed_terms() -> None:
    text = load("works", GOOD).bind(person=Iri("https://example.org/p"), verdict=["accurate", "invented"])
    assert "?role <https://example.org/p>" in text
    assert 'FILTER(?year >= "1900"^^<http://www.w3.org/2001/XMLSchema#integer>)' in text
    assert f"VALUES $verdict {{ <{VERDICT.accurate}> <{VERDICT.invented}> }}" in text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "needs --person"),
        ({"person": "https://example.org/p", "nobody": "x"}, "no parameter “nobody”"),
        ({"person": ["https://example.org/p", "https://example.org/q"]}, "takes one value"),
        ({"person": "https://example.org/p", "since": "soon"}, "a year in four digits"),
        ({"person": "https://example.org/p", "verdict": "good"}, "one of accurate, invented"),
    ],
)
def test_refuses_values_that_do_not_fit(values: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        load("works", GOOD).bind(**values)


C = ("param c: iri, a", "example c: ph:a")
T = ("param c: text, a", "example c: b")


def header(*lines: str, text: str = SELECT) -> str:
    return "".join(f"#+ {line}\n" for line in ("summary: It.", "column a: iri", *lines)) + text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SELECT, 1, "no summary"),
        ("", 1, "no summary"),
        ("#+ summary: It.\n", 2, "no SELECT"),
        (header("choices x: [a, a]", "param x: choice, a", "example x: a"), 3, "a choice stands twice"),
        (header("plot: bars of z"), 3, "“z”, which is no column"),
        (header("plot: bars of a"), 3, "holds no numbers"),
        (header("column b: text"), 3, r"columns \(a, b\) are not the SELECT's \(a\)"),
        (header(text="SELECT ?b ?a { ?a ?b ?c } ORDER BY ?a ?b"), 2, r"columns \(a\) are not"),
        (header(text="SELECT * { ?a ?b ?c } ORDER BY ?a"), 3, "leaves open"),
        (header(text="ASK { ?a ?b ?c }"), 2, "only a SELECT has columns"),
        ("#+ summary: It.\n#+ plot: bars of a\nASK { ?a ?b ?c }", 2, "only the rows of a SELECT"),
        (header(text="SELECT ?a FROM <a:b> { ?a ?b ?c } ORDER BY ?a"), 3, "remove FROM"),
        (header("param world: text, a", "example world: b", text="SELECT ?a { ?a ?b $world } ORDER BY ?a"), 3,
         "type world"),
        (header("param world: world, a", "example world: b", "param it: world, a", "example it: b",
                text="SELECT ?a { GRAPH $world { ?a ?b ?c } GRAPH $it { ?a ?b ?d } } ORDER BY ?a"), 5,
         "one parameter of type"),
        (header(text="SELECT ?a { ?a foo:b ?c } ORDER BY ?a"), 3, "the prefix foo: is not declared"),
        (header(text="SELECT ?a { ?a skos:note ?c } ORDER BY ?a"), 3, "PREFIX skos: <http://www.w3.org"),
        (header(text="SELECT ?a { ?a ?b \"x } ORDER BY ?a"), 3, "quote is never closed"),
        (header(text="SELECT ?a { ?a ?b '\0' } ORDER BY ?a"), 3, "NUL"),
        (header(text="SELECT ?a { ?a ?b ?c } ORDER BY ?a VALUES ?a { 1 }"), 3, "move VALUES"),
        (header(*T, text="SELECT ?a { ?a ?b ?d BIND(1 AS $c) } ORDER BY ?a"), 5, "a value of type text may not"),
        (header(*T, text="SELECT ?a { ?a $c ?d } ORDER BY ?a"), 5, "a value of type text may not"),
        (header(*T, text="SELECT ?a { GRAPH $c { ?a ?b ?d } } ORDER BY ?a"), 5, "a value of type text may not"),
        (header(*T, text="SELECT ?a { { SELECT ?a $c { ?a ?b $c } } } ORDER BY ?a"), 5, "a value of type text may not"),
        (header(*T, text="SELECT ?a { ?a ?b ?d VALUES $c { 1 } } ORDER BY ?a"), 5, "a value of type text may not"),
        (header("colour: red"), 3, "unknown key “colour”"),
        (header("summary: Again."), 3, "stands twice"),
        (header("tags: cast"), 3, "is a list"),
        (header("description: a: b"), 3, "no “: ”"),
        (header("worlds: [dream]"), 3, "actual and story"),
        (header("limit rows: none"), 3, "above nothing"),
        (header("limit apples: 3"), 3, "limit rows"),
        (header("plot: cake of a"), 3, "the kinds are"),
        (header("example x: 1"), 3, "is no parameter here"),
        (header("param x: iri, a"), 3, "has no example"),
        (header("param X: iri, a", "example X: ph:a"), 3, "cannot name a parameter"),
        (header("param limit: integer, a", "example limit: 1"), 3, "cannot name a parameter"),
        (header("param x: thing, a", "example x: ph:a"), 3, "the types are"),
        (header("param x: choice, a", "example x: b"), 3, "needs its words"),
        (header("param x: integer, a", "example x: two"), 3, "values of their type"),
        (header("param x: iri of ph:Mission, a", "example x: ph:a"), 3, "“of” takes"),
        (header("param x: iri, a", "example x: ph:a"), 3, "never used"),
        (header(text="SELECT ?a WHERE { ?a ?b $c } ORDER BY ?a\n"), 3, r"\$c is not declared"),
        (header(*C, text="SELECT ?a { ?a ?c $c } ORDER BY ?a"), 5, "both"),
        (header(*C, text="SELECT ?a { ?a ?b ?d FILTER(BOUND($c)) } ORDER BY ?a"), 5, "BOUND"),
        (header(*C, text="SELECT ?a { ?a ?b $c } ORDER BY ?a $c"), 5, "outside the braces"),
        (header(text="SELECT ?a WHERE { ?a ?b ?c }\n"), 3, "ORDER BY"),
        (header(text="SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a LIMIT 3\n"), 3, "paging"),
        (header(text="SELECT ?a WHERE {\n ?a ?b\n} ORDER BY ?a\n"), 5, "no SPARQL"),
        (header(text="SELECT ?a WHERE {\n ?a ?b ?c\n ORDER BY ?a\n"), 3, "never closed"),
        (header(text="INSERT DATA { <a:a> <a:b> <a:c> }"), 3, "no SELECT"),
    ],
)  # fmt: skip
def test_refuses_what_does_not_fit_and_says_where(text: str, line: int, words: str) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        load("cast/it", text)
    assert caught.value.line == line
    assert caught.value.column
    assert str(caught.value).startswith("cast/it.rq")


def test_a_byte_order_mark_and_other_line_ends_do_no_harm() -> None:
    assert load("it", "\ufeff" + header(text=SELECT).replace("\n", "\r\n")).header.summary == "It."


def test_columns_are_those_of_the_select() -> None:
    with pytest.raises(QueryError, match=r"columns \(a\) are not the SELECT's \(a, n\)"):
        load("it", header(text="SELECT ?a (COUNT(*) AS ?n) WHERE { ?a ?b ?c } GROUP BY ?a ORDER BY ?a\n"))


def test_a_service_is_no_fault_of_the_text_and_is_not_called() -> None:
    text = header(text="SELECT ?a WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?a ?b ?c } } ORDER BY ?a\n")
    assert load("it", text).form == "select"


SERVICE = "#+ summary: x\n#+ service there: https://example.org/s\n#+ column a: iri\n"
CALL = "SELECT ?a { SERVICE <https://example.org/s> { ?a ?b ?c } } ORDER BY ?a\n"


def test_a_service_has_the_name_by_which_settings_allow_it() -> None:
    query = load("it", SERVICE + CALL)
    assert dict(query.header.services) == {"there": "https://example.org/s"}
    assert query.services == ("https://example.org/s",)


INNER = CALL.replace("?a ?b ?c", "SERVICE <https://example.org/s> { ?a ?b ?c }")
EXISTS = CALL.replace("{ SERVICE", "{ ?a ?b ?c FILTER EXISTS { SERVICE").replace("} ORDER", "} } ORDER")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (SERVICE + SELECT, "it.rq:2:1: no SERVICE <https://example.org/s> stands below"),
        (SERVICE.replace("https:", "file:") + CALL, "it.rq:2:19: a service reads"),
        (SERVICE + INNER, "it.rq:4:47: a SERVICE inside another"),
        (SERVICE + EXISTS, "it.rq:4:38: a SERVICE cannot stand in EXISTS"),
    ],
)
def test_a_service_that_does_not_fit_is_refused(text: str, place: str) -> None:
    with pytest.raises(QueryError) as caught:
        load("it", text)
    assert str(caught.value).startswith(place)
