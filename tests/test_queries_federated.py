"""The shipped queries that ask Wikidata, on the bundled guide, against a server that holds a sample of Wikidata.

The sample is real where it lies beside this checkout; what it leaves out (missions) is written here by hand, from
facts that are confirmed. Without it, the snapshot that is shipped stands in, and knows less.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SHARED
from queries_guide import loaded, shipped
from sparql_server import rdflib_server, sparql_server
from test_queries_shipped import FORMS, compare, shown

from kg.build.pipeline import build
from kg.cli.asking import source_of
from kg.cli.endpoints import Endpoints
from kg.errors import NetworkError, QueryError
from kg.project import Project
from kg.queries import Cache, Source, Table, answer
from kg.queries.results import plain
from kg.resources import shared as shipped_file
from kg.store.embedded import read_file
from kg.vocab import RDFS, WD, Iri, Literal, Namespace, Triple, n3

GOLDEN = Path(__file__).parent / "golden" / "queries" / "federated"
PATHS = [path for path in shipped() if loaded(path).services]
SAMPLE = SHARED / "wikidata" / "astronauts.nt.gz"
WDT = Namespace("http://www.wikidata.org/prop/direct/")
DATE_TIME = Iri("http://www.w3.org/2001/XMLSchema#dateTime")
MISSIONS = [
    Triple(WD.Q104865, WDT.P450, WD.Q211254),
    Triple(WD.Q104865, WDT.P450, WD.Q750101),
    Triple(WD.Q104865, WDT.P570, Literal("1967-04-24T00:00:00Z", DATE_TIME)),
    Triple(WD.Q211254, RDFS.label, Literal("Soyuz 1", language="en")),
    Triple(WD.Q211254, RDFS.label, Literal("Союз-1", language="ru")),
    Triple(WD.Q750101, RDFS.label, Literal("Voskhod 1", language="en")),
]


def known() -> bytes:
    """Return what the servers hold, in N-Triples."""
    if SAMPLE.is_file():
        sample = gzip.decompress(SAMPLE.read_bytes())
    else:
        snapshot = read_file(shipped_file("data", "wikidata", "snapshot.ttl"))
        sample = "".join(f"{' '.join(map(n3, quad.triple))} .\n" for quad in snapshot).encode()
    return sample + "".join(f"{' '.join(map(n3, triple))} .\n" for triple in MISSIONS).encode()


@pytest.fixture(scope="module")
def wikidata() -> Iterator[str]:
    """Run a server that holds what Wikidata says of astronauts; yield its address."""
    with sparql_server(known(), "application/n-triples") as url:
        yield url


@pytest.fixture(scope="module")
def by_rdflib() -> Iterator[str]:
    """Run a server that holds the same, and knows SPARQL from others."""
    with rdflib_server(known(), "nt") as url:
        yield url


@pytest.fixture(scope="module")
def project(wikidata: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the bundled guide as a project of its own, which allows Wikidata by name and says where it is."""
    root = tmp_path_factory.mktemp("federated") / "missions"
    (root / "entries").mkdir(parents=True)
    for path in shipped_file("data", "missions").rglob("*"):
        if path.is_file():
            (root / path.relative_to(shipped_file("data", "missions"))).write_bytes(path.read_bytes())
    text = (root / "kg.toml").read_text(encoding="utf-8").replace("allow = []", f'wikidata = "{wikidata}"')
    (root / "kg.toml").write_text(text, encoding="utf-8")
    project = Project.find(root)
    build(project)
    return project


@pytest.fixture
def guide(project: Project) -> Iterator[Source]:
    with Endpoints() as endpoints:
        yield source_of(project, None, endpoints)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_answers_with_its_examples(path: Path, guide: Source, request: pytest.FixtureRequest) -> None:
    query = loaded(path)
    found = answer(query, query.examples, guide)
    assert isinstance(found, Table)
    for row in found.rows:
        for column, term in zip(found.columns, row, strict=True):
            assert term is None or re.fullmatch(FORMS[column.type], plain(term)), (column, term)
    if SAMPLE.is_file():
        assert found.rows
        compare(GOLDEN / f"{path.stem}.tsv", shown(found, iris=False), request)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_answers_the_same_whoever_made_the_server(path: Path, guide: Source, by_rdflib: str) -> None:
    query = loaded(path)
    other = replace(guide, services={"wikidata": by_rdflib})
    ours, theirs = (answer(query, query.examples, source) for source in (guide, other))
    assert isinstance(ours, Table)
    assert isinstance(theirs, Table)
    assert theirs.rows == ours.rows


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_says_what_to_add_where_it_is_not_allowed(path: Path, bundled: Path) -> None:
    query = loaded(path)
    with Endpoints() as endpoints, pytest.raises(QueryError) as caught:
        answer(query, query.examples, source_of(Project.find(bundled), None, endpoints))
    assert str(caught.value) == (
        f"{query.name}.rq: SERVICE https://query.wikidata.org/sparql is not allowed: queries stay in this graph unless "
        'the project\'s kg.toml says, under [services], wikidata = "https://query.wikidata.org/sparql"'
    )


def test_an_answer_from_elsewhere_is_cited_and_not_kept(guide: Source, wikidata: str) -> None:
    query = next(loaded(path) for path in PATHS if path.stem == "wikidata-missions-of-figure")
    cache = Cache()
    found = answer(query, query.examples, guide, cache=cache)
    assert found.citation.services == (wikidata,)
    assert len(cache) == 0


def test_an_endpoint_that_is_gone_is_said_in_one_line(guide: Source) -> None:
    query = next(loaded(path) for path in PATHS if path.stem == "wikidata-gaps")
    gone = replace(guide, services={"wikidata": "http://127.0.0.1:9/"})
    with pytest.raises(NetworkError, match="cannot be reached"):
        answer(query, {}, gone)


def test_the_command_prints_the_answer(project: Project) -> None:
    command = [sys.executable, "-m", "kg", "query", "wikidata-missions-of-figure", "--figure", "Vladimir Komarov"]
    ended = subprocess.run([*command, "-f", "csv"], capture_output=True, text=True, check=False, cwd=project.root)
    assert (ended.returncode, ended.stderr) == (0, "")
    missions = [line.split(",")[1] for line in ended.stdout.splitlines()]
    assert missions == ["mission", "Soyuz 1", "Voskhod 1"]
