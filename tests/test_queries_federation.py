"""SERVICE answered by us: as if the endpoint's data were a graph of ours, and no more asked than is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dataset import Answer, Solutions
from kg.errors import LimitError, NetworkError, QueryError
from kg.queries.federation import TOLD, Federation, restored
from kg.store.embedded import Embedded
from kg.vocab import Blank, Iri, Literal, Quad, integer

NEAR, FAR = Iri("urn:near"), Iri("urn:far")
PLACE = "https://far.example.org/sparql"
PREFIX = "PREFIX e: <https://example.org/>\n"


def iri(name: str) -> Iri:
    return Iri(f"https://example.org/{name}")


def quad(subject: str, predicate: str, value: object, graph: Iri) -> Quad:
    term = integer(value) if isinstance(value, int) else iri(str(value))
    return Quad(iri(subject), iri(predicate), term, graph)


OURS = [
    *(quad(f"x{n}", "links", f"a{n}", NEAR) for n in range(6)),
    *(quad(f"x{n}", "kind", f"k{n % 2}", NEAR) for n in range(6)),
    *(quad(f"x{n}", "size", n, NEAR) for n in range(0, 6, 2)),
    quad("x1", "links", "a2", NEAR),
]
THEIRS = [
    *(quad(f"a{n}", "size", n, FAR) for n in range(1, 9)),
    *(quad(f"a{n}", "next", f"a{n + 1}", FAR) for n in range(1, 9)),
    *(quad(f"a{n}", "kind", f"k{n % 3}", FAR) for n in range(1, 9)),
    quad("a3", "size", 30, FAR),
]


@dataclass
class Endpoint:
    """A store that keeps what it was asked."""

    store: Embedded
    asked: list[str] = field(default_factory=list)
    broken: bool = False

    def query(self, text: str, default: Sequence[Iri] = ()) -> Answer:
        return self.select(text)

    def quads(self, graph: Iri | None = None) -> Iterator[Quad]:
        return self.store.quads(FAR)

    def graphs(self) -> Iterator[Iri]:
        return iter(())

    def select(self, text: str, default: Sequence[Iri] = ()) -> Solutions:
        self.asked.append(text)
        if self.broken:
            raise NetworkError(f"{PLACE}: answers 500")
        return self.store.select(text, (FAR,))


def federation(ours: list[Quad] = OURS, theirs: list[Quad] = THEIRS, rows: int = 1_000) -> tuple[Federation, Endpoint]:
    far = Endpoint(Embedded.memory(theirs))
    return Federation(Embedded.memory(ours), (NEAR,), lambda _: far, {PLACE: PLACE}, rows), far


def answered(text: str, fed: Federation) -> Counter[tuple[object, ...]]:
    found = restored(fed.store.query(fed.local(PREFIX + text), fed.graphs))
    assert isinstance(found, Solutions)
    return counted(found)


def counted(found: Solutions) -> Counter[tuple[object, ...]]:
    order = sorted(range(len(found.variables)), key=lambda n: found.variables[n])
    return Counter(tuple(row[n] for n in order) for row in found.rows)


def expected(text: str) -> Counter[tuple[object, ...]]:
    """Return the solutions where the endpoint's data are a named graph and SERVICE asks for that."""
    both = Embedded.memory([*OURS, *THEIRS])
    return counted(both.select(PREFIX + text.replace(f"SERVICE <{PLACE}>", f"GRAPH <{FAR}>"), (NEAR,)))


SERVICE = f"SERVICE <{PLACE}>"
TRICKY = [
    f"SELECT * {{ ?x e:links ?a {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ {SERVICE} {{ ?a e:size ?n }} ?x e:links ?a }}",
    f"SELECT * {{ {SERVICE} {{ ?a e:size ?n }} OPTIONAL {{ ?x e:links ?a }} }}",
    f"SELECT * {{ ?x e:links ?a OPTIONAL {{ {SERVICE} {{ ?a e:size ?n }} }} }}",
    f"SELECT * {{ ?x e:links ?a OPTIONAL {{ {SERVICE} {{ ?a e:size ?n FILTER(?n > 2) }} }} FILTER(!BOUND(?n)) }}",
    f"SELECT * {{ ?x e:links ?a OPTIONAL {{ ?x e:size ?n }} {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ ?x e:links ?a OPTIONAL {{ ?x e:size ?n }} FILTER(?n > 2) {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ ?x e:links ?a FILTER(?n > 2 || ?a = e:a1) {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ ?x e:links ?a FILTER(COALESCE(?n, 0) > 2) {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ ?x e:links ?a FILTER(!BOUND(?b)) {SERVICE} {{ ?a e:size ?n }} OPTIONAL {{ ?a e:none ?b }} }}",
    f"SELECT * {{ ?x e:links ?a {SERVICE} {{ ?a e:next ?b }} {SERVICE} {{ ?b e:size ?n }} }}",
    f"SELECT * {{ {SERVICE} {{ ?a e:next ?b }} {SERVICE} {{ ?b e:size ?n }} ?x e:links ?b }}",
    f"SELECT * {{ {{ ?x e:links ?a }} UNION {{ {SERVICE} {{ ?a e:size ?n }} }} ?y e:links ?a }}",
    f"SELECT * {{ ?x e:links ?a {{ {SERVICE} {{ ?a e:size ?n }} }} UNION {{ {SERVICE} {{ ?a e:kind ?n }} }} }}",
    f"SELECT * {{ ?x e:links ?a MINUS {{ {SERVICE} {{ ?a e:size ?n FILTER(?n < 3) }} }} }}",
    f"SELECT * {{ ?x e:links ?a {{ SELECT (COUNT(*) AS ?many) {{ {SERVICE} {{ ?a e:size ?n }} }} }} }}",
    f"SELECT * {{ ?x e:links ?a {{ SELECT ?a {{ {SERVICE} {{ ?a e:size ?n }} }} ORDER BY DESC(?n) LIMIT 3 }} }}",
    f"SELECT * {{ FILTER(?n > 100) {{ SELECT (MAX(?n) AS ?most) {{ {SERVICE} {{ ?a e:size ?n }} }} }} }}",
    f"SELECT (COUNT(*) AS ?c) ?k {{ ?x e:links ?a ; e:kind ?k {SERVICE} {{ ?a e:size ?n }} }} GROUP BY ?k",
    f"SELECT * {{ ?x e:links ?a . {SERVICE} {{ OPTIONAL {{ ?a e:size ?n }} }} }}",
    f"SELECT * {{ ?x e:links ?a . {SERVICE} {{ ?b e:next ?c OPTIONAL {{ ?a e:size 3 }} }} }}",
    f"SELECT * {{ ?x e:links ?a . {SERVICE} {{ {{ SELECT ?n {{ ?a e:size ?n }} }} }} }}",
    f"SELECT * {{ ?x e:links ?a . {SERVICE} {{ BIND(BOUND(?a) AS ?b) ?c e:size 2 }} }}",
    f"SELECT * {{ ?x e:links ?a . {SERVICE} {{ ?c e:next ?d FILTER(!BOUND(?a)) OPTIONAL {{ ?c e:next ?a }} }} }}",
    f"SELECT * {{ ?x e:links ?a . {SERVICE} {{ ?a e:next* ?b }} }}",
    f"SELECT * {{ BIND(e:a2 AS ?a) {SERVICE} {{ ?a e:size ?n }} BIND(?n + 1 AS ?m) }}",
    f"SELECT * {{ VALUES (?a ?n) {{ (e:a1 UNDEF) (UNDEF 3) (e:a1 1) }} {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ ?x e:links ?a GRAPH <urn:near> {{ ?x e:kind ?k {SERVICE} {{ ?a e:kind ?k }} }} }}",
    f"SELECT * {{ {SERVICE} {{ e:a1 e:next e:a2 }} ?x e:links ?a }}",
    f"SELECT * {{ {SERVICE} {{ e:a1 e:next e:a9 }} ?x e:links ?a }}",
    f"SELECT * {{ ?x e:nothing ?a {SERVICE} {{ ?a e:size ?n }} }}",
    f"SELECT * {{ {SERVICE} {{ }} ?x e:links ?a }}",
    f"SELECT * {{ ?a e:size ?n . {SERVICE} {{ ?b e:kind ?k }} ?x e:links ?b ; e:kind ?k . FILTER(?k != e:k0) }}",
]


@pytest.mark.parametrize("text", TRICKY)
def test_answers_as_if_the_endpoint_were_a_graph_of_ours(text: str) -> None:
    fed, _ = federation()
    assert answered(text, fed) == expected(text)


TRIPLES = st.tuples(
    st.sampled_from(["?x", "?a", "?b"]),
    st.sampled_from(["links", "kind", "size", "next"]),
    st.sampled_from(["?a", "?b", "?n", "?k"]),
).map(lambda it: f"{it[0]} e:{it[1]} {it[2]} .")
FILTERS = st.sampled_from(
    ["FILTER(?n > 2)", "FILTER(?a != e:a2 || ?n = 2)", "FILTER(!BOUND(?n))", "FILTER(COALESCE(?n, 9) > 3)",
     "FILTER(!(?k = e:k1) && ?n < 5)", "FILTER EXISTS { ?x e:kind ?k }", "FILTER(IF(?n > 2, ?k = e:k0, true))"]
)  # fmt: skip
INSIDE = st.lists(
    st.one_of(TRIPLES, TRIPLES, FILTERS, TRIPLES.map(lambda it: f"OPTIONAL {{ {it} }}")), min_size=1, max_size=3
).map(" ".join)
CALLS = INSIDE.map(lambda it: f"{SERVICE} {{ {it} }}")


def groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        parts.map(lambda it: f"OPTIONAL {{ {it} }}"),
        parts.map(lambda it: f"MINUS {{ {it} }}"),
        st.tuples(parts, parts).map(lambda it: f"{{ {it[0]} }} UNION {{ {it[1]} }}"),
        parts.map(lambda it: f"{{ SELECT DISTINCT ?a {{ {it} }} }}"),
        parts.map(lambda it: f"{{ SELECT ?a (COUNT(*) AS ?many) {{ {it} }} GROUP BY ?a }}"),
    )


PARTS = st.recursive(st.one_of(TRIPLES, TRIPLES, FILTERS, CALLS), groups, max_leaves=5)
QUERIES = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: f"SELECT * {{ ?x e:links ?a . {' '.join(parts)} }}")


@given(QUERIES)
@settings(max_examples=300, deadline=None)
def test_no_query_shows_the_difference(text: str) -> None:
    fed, _ = federation()
    assert answered(text, fed) == expected(text)


def test_the_endpoint_is_told_what_we_know_and_asked_for_that_alone() -> None:
    fed, far = federation()
    fed.local(PREFIX + f"SELECT * {{ ?x e:links ?a ; e:size ?s FILTER(?s > 1) {SERVICE} {{ ?a e:size ?n }} }}")
    assert far.asked == [
        f"{PREFIX}SELECT * WHERE {{ VALUES (?a) {{ (<https://example.org/a2>) (<https://example.org/a4>) }}"
        " ?a e:size ?n } LIMIT 1001"
    ]


def test_nothing_is_asked_where_nothing_could_join() -> None:
    fed, far = federation()
    fed.local(PREFIX + f"SELECT * {{ ?x e:nothing ?a {SERVICE} {{ ?a e:size ?n }} }}")
    assert far.asked == []


def test_many_solutions_are_told_in_batches() -> None:
    fed, far = federation([quad("x", "links", f"a{n}", NEAR) for n in range(450)])
    assert answered(f"SELECT * {{ ?x e:links ?a {SERVICE} {{ ?a e:size ?n }} }}", fed).total() == 9
    assert len(far.asked) == 3


def test_too_many_solutions_are_told_to_nobody() -> None:
    fed, far = federation([quad("x", "links", f"a{n}", NEAR) for n in range(TOLD + 1)])
    with pytest.raises(LimitError, match="more than 10,000 solutions"):
        fed.local(PREFIX + f"SELECT * {{ ?x e:links ?a {SERVICE} {{ ?a e:size ?n }} }}")
    assert far.asked == []


def test_an_endpoint_may_answer_so_many_rows_and_no_more() -> None:
    fed, _ = federation(rows=5)
    with pytest.raises(LimitError, match="more than 5 rows"):
        fed.local(PREFIX + f"SELECT * {{ {SERVICE} {{ ?a e:size ?n }} }}")


def test_silence_about_a_fault_leaves_the_rest_as_it_is() -> None:
    fed, far = federation()
    far.broken = True
    text = f"SELECT ?x ?n {{ ?x e:links ?a {SERVICE} {{ ?a e:size ?n }} }}"
    with pytest.raises(NetworkError):
        answered(text, fed)
    silent = answered(text.replace("SERVICE", "SERVICE SILENT"), fed)
    assert {row[0] for row in silent} == {None}
    assert silent.total() == 7


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"SELECT * {{ {SERVICE} {{ ?a ?b ?c {SERVICE} {{ ?c ?d ?e }} }} }}", "query:1:64: a SERVICE inside another"),
        (f"SELECT * {{ ?a ?b ?c FILTER EXISTS {{ {SERVICE} {{ ?c ?d ?e }} }} }}", "query:1:37: .*write MINUS"),
        (f"ASK {{ BIND(EXISTS {{ {SERVICE} {{ ?c ?d ?e }} }} AS ?x) }}", "write MINUS"),
    ],
)
def test_a_service_where_it_cannot_stand_is_refused(text: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        federation()[0].local(text)


def test_nodes_without_names_stay_apart_and_without_names() -> None:
    theirs = [Quad(Blank(f"_:b{n}"), iri("size"), integer(n), FAR) for n in range(3)]
    fed, far = federation(theirs=theirs)
    text = f"SELECT * {{ {SERVICE} {{ ?a e:size ?n }} {SERVICE} {{ ?a e:size ?m }} {SERVICE} {{ ?b e:size 1 }} }}"
    assert answered(text, fed).total() == 0  # what one answer calls b0 is nothing that another knows
    found = restored(
        fed.store.query(fed.local(f"{PREFIX}CONSTRUCT {{ ?a e:is ?n }} {{ {SERVICE} {{ ?a e:size ?n }} }}"))
    )
    assert not isinstance(found, bool | Solutions)
    assert all(isinstance(triple.subject, Blank) for triple in found)
    assert "urn:x-porthole" not in "".join(far.asked)


def test_words_of_ours_reach_the_endpoint_as_terms() -> None:
    hostile = Literal('" } SERVICE <http://127.0.0.1/> { ?a ?b ?c } #\n\\')
    theirs = [Quad(iri("a"), iri("named"), hostile, FAR)]
    fed, _ = federation([Quad(iri("x"), iri("named"), hostile, NEAR)], theirs)
    assert answered(f"SELECT * {{ ?x e:named ?w {SERVICE} {{ ?a e:named ?w }} }}", fed) == Counter(
        [(iri("a"), hostile, iri("x"))]
    )
