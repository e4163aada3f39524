"""Any SPARQL server as a store: the same answers as the embedded store gives, and bad answers in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from link_server import Heard, Reply, serving
from queries_guide import loaded, shipped
from sparql_server import sparql_server

from kg.dataset import Solutions, Store
from kg.errors import LimitError, NetworkError, QueryError, UsageError
from kg.network import Network, Patience
from kg.project import Project
from kg.queries import Graph, Page, Result, Source, Table, answer
from kg.store.embedded import Embedded
from kg.store.remote import Remote
from kg.vocab import PREFIXES, Blank, Literal, n_quads

JSON = {"Content-Type": "application/sparql-results+json; charset=utf-8"}
ROWS = "SELECT ?a { ?a ?b ?c }"
ONCE = Patience(tries=1)


@pytest.fixture(scope="module")
def project(bundled: Path) -> Project:
    return Project.find(bundled)


@pytest.fixture(scope="module")
def near(project: Project) -> Embedded:
    return project.store()


@pytest.fixture(scope="module")
def far(near: Embedded) -> Iterator[Remote]:
    """Run another maker's server with the build that the embedded store holds."""
    with sparql_server(n_quads(near.quads()).encode(), "application/n-quads") as url, Network() as network:
        yield Remote(url, network)


def source(project: Project, store: Store) -> Source:
    return Source(store, project.default_graphs(), names={**PREFIXES, "id": project.settings.base})


def comparable(result: Result) -> object:
    """Return a result without what no engine promises: names of blank nodes, the order of what GROUP_CONCAT joins."""
    if isinstance(result, Table):
        return [tuple(map(_settled, row)) for row in result.rows]
    return len(result.triples) if isinstance(result, Graph) else result.holds


def _settled(term: object) -> object:
    if isinstance(term, Literal) and " … " in term.value:
        return sorted(term.value.split(" … "))
    return Blank("_:any") if isinstance(term, Blank) else term


LOCAL = [path for path in shipped() if not loaded(path).services]


@pytest.mark.parametrize("path", LOCAL, ids=lambda path: path.stem)
def test_every_shipped_query_answers_the_same(path: Path, project: Project, near: Embedded, far: Remote) -> None:
    query = loaded(path)
    ours, theirs = (answer(query, query.examples, source(project, store)) for store in (near, far))
    assert comparable(theirs) == comparable(ours)


def test_a_remote_store_has_the_same_graphs_and_quads(near: Embedded, far: Remote) -> None:
    assert list(far.graphs()) == sorted(near.graphs())
    blank = Counter(isinstance(quad.subject, Blank) or isinstance(quad.object, Blank) for quad in near.quads())
    mine = {quad for quad in near.quads() if not isinstance(quad.subject, Blank) and not isinstance(quad.object, Blank)}
    theirs = list(far.quads())
    assert mine <= set(theirs)
    assert len(theirs) == blank.total()
    graph = next(iter(near.graphs()))
    assert set(far.quads(graph)) == set(near.quads(graph))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?a ?b ?c }",
        "# a comment\nBASE <https://example.org/> PREFIX e: <x#> ask { ?a e:nothing <c> }",
        "CONSTRUCT { ?a a ?c } WHERE { ?a a ?c }",
        "DESCRIBE <https://w3id.org/porthole/id/mission/soyuz-1>",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
        "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/porthole/ontology> { ?a ?b ?c } }",
    ],
)
def test_every_kind_of_query_is_answered(text: str, project: Project, near: Embedded, far: Remote) -> None:
    graphs = project.default_graphs()
    found, wanted = far.query(text, graphs), near.query(text, graphs)
    if isinstance(found, bool) or isinstance(wanted, bool):
        assert found is wanted
    elif isinstance(found, Solutions) and isinstance(wanted, Solutions):
        assert list(found.rows) == list(wanted.rows)
    else:
        assert set(found) == set(wanted)  # type: ignore[arg-type]  # neither is rows


def test_without_default_graphs_the_servers_own_is_asked(far: Remote) -> None:
    assert far.query("ASK { ?a ?b ?c }") is False  # its data stand in named graphs only
    assert far.query("ASK { GRAPH ?g { ?a ?b ?c } }") is True


@pytest.mark.parametrize(
    "text", ["DROP ALL", "INSERT DATA { <a:a> <a:b> <a:c> }", "LOAD <file:///etc/passwd>", "", "SELECTED"]
)
def test_nothing_but_queries_is_sent(text: str) -> None:
    with serving(lambda *_: Reply("")) as server, Network(ONCE) as network:
        with pytest.raises(QueryError, match="other stores are only read"):
            Remote(server.url, network).query(text)
        assert server.heard == []


def test_rows_are_wanted_of_a_select_alone(far: Remote) -> None:
    with pytest.raises(QueryError, match="no SELECT"):
        far.select("ASK { ?a ?b ?c }")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "/tmp/store", "https://", "ftp://example.org/"])
def test_only_http_addresses_are_stores(url: str) -> None:
    with Network() as network, pytest.raises(UsageError, match="no http"):
        Remote(url, network)


def told(rows: str) -> str:
    """Return rows as a SPARQL result in JSON."""
    return f'{{"head": {{"vars": ["a"]}}, "results": {{"bindings": [{rows}]}}}}'


BAD: list[tuple[Reply, str]] = [
    (
        Reply("<html>hello</html>", 200, {"Content-Type": "text/html"}),
        "answers with text/html, .* is this a SPARQL",
    ),
    (Reply("hello"), "answers with no content type"),
    (Reply('{"head": {"vars": ["a"]}, "results": {"bindings": [', 200, JSON), "cannot be read"),
    (
        Reply('{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "planet"}}]}}', 200, JSON),
        "cannot be read",
    ),
    (Reply("[1, 2]", 200, JSON), "cannot be read"),
    (Reply("", 200, JSON), "cannot be read"),
    (Reply("<<<", 200, {"Content-Type": "application/sparql-results+xml"}), "cannot be read"),
    (Reply("internal", 500), "answers 500, 1 times"),
    (Reply("No such\ngraph", 404), "answers 404: No such graph"),
    (Reply("", 302, {"Location": "file:///etc/passwd"}), "redirects to file:///etc/passwd"),
    (Reply("", 302, {"Location": "http://localhost/"}), "redirects to localhost"),
    (Reply("half", 200, {**JSON, "Content-Length": "400"}), "breaks off|cannot be read"),
]


@pytest.mark.parametrize(("reply", "problem"), BAD, ids=[problem for _, problem in BAD])
def test_a_bad_answer_is_told_in_one_line(reply: Reply, problem: str) -> None:
    with (
        serving(lambda *_: reply) as server,
        Network(ONCE, seconds=1) as network,
        pytest.raises(NetworkError, match=problem) as caught,
    ):
        list(Remote(server.url, network).select(ROWS).rows)
    assert str(caught.value).startswith(server.url)
    assert "\n" not in str(caught.value)


def test_a_bad_graph_is_told_in_one_line() -> None:
    reply = Reply("<a> <b> .", 200, {"Content-Type": "text/turtle"})
    with serving(lambda *_: reply) as server, Network(ONCE) as network:
        found = Remote(server.url, network).query("CONSTRUCT WHERE { ?a ?b ?c }")
        with pytest.raises(NetworkError, match="cannot be read"):
            list(found)  # type: ignore[arg-type]  # triples


def many(count: int) -> Reply:
    row = f'{{"a": {{"type": "literal", "value": "{"x" * 1_000}"}}}}'
    return Reply(told(",".join([row] * count)), 200, JSON)


def test_an_answer_is_read_as_its_rows_are_wanted_and_within_limits() -> None:
    with serving(lambda *_: many(3_000)) as server, Network(ONCE) as network:
        rows = Remote(server.url, network, most=1_000_000).select(ROWS).rows
        assert next(rows) == (Literal("x" * 1_000),)
        with pytest.raises(LimitError, match="more than 0 MB"):
            list(rows)


def test_more_rows_than_a_page_may_hold_are_a_limit(project: Project) -> None:
    with serving(lambda *_: many(30)) as server, Network(ONCE) as network:
        query = next(loaded(path) for path in LOCAL if path.stem == "episodes")
        with pytest.raises(LimitError, match="more than 10 rows"):
            answer(query, {}, source(project, Remote(server.url, network)), page=Page(most=10))


def test_a_busy_server_is_waited_for_as_long_as_it_says() -> None:
    waited: list[float] = []
    replies = [Reply("slow", 429, {"Retry-After": "3"}), many(1)]
    with serving(lambda _, number: replies[number]) as server, Network(Patience(pause=waited.append)) as network:
        assert len(list(Remote(server.url, network).select(ROWS).rows)) == 1
    assert waited == [3.0]


HOSTILE = ['"', "\\", '" } } DROP ALL #', "'''", "\n\r", "}", "☃\U0001f680", "$person", "?x"]


@pytest.mark.parametrize("words", HOSTILE)
def test_parameters_are_the_same_terms_for_every_store(
    words: str, project: Project, near: Embedded, far: Remote
) -> None:
    query = next(loaded(path) for path in LOCAL if path.stem == "concordance")
    ours, theirs = (answer(query, {"words": words}, source(project, store)) for store in (near, far))
    assert comparable(theirs) == comparable(ours)


def test_a_password_in_an_address_is_told_to_nobody_else() -> None:
    def answer(heard: Heard, _: int) -> Reply:
        return Reply(told(""), 200, JSON) if "secret" not in heard.path else Reply("", 500)

    with serving(answer) as server, Network(ONCE) as network:
        url = server.url.replace("://", "://me:secret@")
        assert list(Remote(url, network).select(ROWS).rows) == []
        with pytest.raises(NetworkError) as caught:
            list(Remote(f"{url}?key=secret", network).select(ROWS).rows)
    assert "secret" not in str(caught.value)
