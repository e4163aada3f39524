"""The saved queries that come with the program: each on the bundled guide, on the tests' own guide, and on nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from queries_guide import BASE, GRAPHS, loaded, shipped, source

from kg.build.pipeline import build
from kg.dataset import Store
from kg.project import Project
from kg.queries import Graph, Result, SavedQuery, Source, Table, answer, marked, write
from kg.queries.answers import Values
from kg.queries.results import plain
from kg.store.embedded import Embedded
from kg.vocab import PREFIXES, Iri, Literal

GOLDEN = Path(__file__).parent / "golden" / "queries"
PATHS = shipped()
ASKED = [path for path in PATHS if path.parent.name != "checks" and not loaded(path).services]
CHECKS = [path for path in PATHS if path.parent.name == "checks"]
# what a query must be asked with on the tests' own guide, where its examples name nothing
GIVEN = {"evidence": {"entity": "tideline/character/ida-falk"}, "concordance": {"words": "the hull"},
         "describe-term": {"term": "ph:depicts"}}  # fmt: skip
# what the bundled guide has no case of, and the tests' own guide has
ELSEWHERE = {
    "same-figure-several-performers", "performers-by-nationality", "retcons", "depictions-to-confirm",
    "shared-fictions", "unassessed-pairs",
}  # fmt: skip
NOTHING = Iri("https://example.org/nothing")
FORMS = {
    "integer": r"[+-]?\d+", "year": r"-?\d{1,4}", "number": r"[+-]?\d+(\.\d+)?", "boolean": "true|false",
    "iri": r"\w+:.*", "date": r"[\d\-~?XT:Z/.%]+", "text": "(?s).*", "language": r"[a-z]{2,3}(-\w+)*",
}  # fmt: skip


def stem(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def guide() -> Source:
    return source()


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Source:
    project = Project.bundled()
    folder = tmp_path_factory.mktemp("bundled")
    report = build(project, output=folder)
    assert report.folder is not None, report.findings
    built = Project.find(folder)
    return Source(built.store(), built.default_graphs(), "bundled", names={**PREFIXES, "id": built.settings.base})


def rows(result: Result) -> int:
    return len(result.rows) if isinstance(result, Table) else len(result.triples) if isinstance(result, Graph) else 1


def told(query: SavedQuery, values: Values, source: Source) -> Result:
    """Return the answer, its rows marked where they rest on inference or links: nobody writes the marks by hand."""
    return marked(query, values, source) if query.form == "select" else answer(query, values, source)


def compare(path: Path, text: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden", default=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def shown(result: Result, *, iris: bool) -> str:
    """Return a marked result for a golden file, IRIs left out where they change with every edit of the guide."""
    if not isinstance(result, Table):
        return "".join(write(result, "turtle"))
    kept = [n for n, column in enumerate(result.columns) if iris or column.type != "iri"]
    lines = [[result.columns[n].name for n in kept], *([plain(row[n]) for n in kept] for row in result.rows)]
    return "".join("\t".join(" ".join(cell.split()) for cell in line).replace(BASE, "id:") + "\n" for line in lines)


def test_there_are_more_than_forty_and_no_two_of_one_name() -> None:
    assert len(ASKED) > 40
    assert len({path.stem for path in PATHS}) == len(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=stem)
def test_header_is_yaml_that_other_tools_read_alike(path: Path) -> None:
    lines = [line[3:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#+ ")]
    said = yaml.safe_load("\n".join(lines))
    query = loaded(path)
    assert said["summary"] == query.header.summary
    assert tuple(said.get("tags", ())) == query.header.tags
    assert [key[6:] for key in said if key.startswith("param ")] == [it.name for it in query.parameters]


@pytest.mark.parametrize("path", PATHS, ids=stem)
def test_text_knows_no_base_and_declares_its_prefixes(path: Path) -> None:
    text = loaded(path).text
    assert "porthole/id/" not in text
    for prefix, namespace in re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE):
        assert PREFIXES[prefix] == namespace


@pytest.mark.parametrize("path", ASKED, ids=stem)
def test_answers_with_its_examples_on_the_bundled_guide(
    path: Path, bundled: Source, request: pytest.FixtureRequest
) -> None:
    query = loaded(path)
    found = told(query, query.examples, bundled)
    assert bool(rows(found)) == (path.stem not in ELSEWHERE)
    compare(GOLDEN / "bundled" / f"{path.stem}.tsv", shown(found, iris=False), request)


@pytest.mark.parametrize("path", ASKED, ids=stem)
def test_answers_on_a_guide_of_another_base(path: Path, guide: Source, request: pytest.FixtureRequest) -> None:
    query = loaded(path)
    found = told(query, GIVEN.get(path.stem, {}), guide)
    assert rows(found)
    compare(GOLDEN / "tideline" / f"{path.stem}.tsv", shown(found, iris=True), request)


def nobody(url: str) -> Store:
    """Stand where a service would be asked: of an empty graph, none is."""
    raise AssertionError(f"{url} is asked without a reason")


@pytest.mark.parametrize("path", PATHS, ids=stem)
def test_an_empty_graph_gives_nothing_and_no_error(path: Path) -> None:
    query = loaded(path)
    empty = Source(Embedded.memory(), GRAPHS, services=query.header.services, endpoint=nobody)
    needed = {
        it.name: it.example or "" for it in query.parameters if it.required and it.type not in ("entity", "world")
    }
    asked = {it.name: NOTHING for it in query.parameters if it.type in ("entity", "world")}
    assert rows(answer(query, {**needed, **asked}, empty)) == 0


@pytest.mark.parametrize("path", ASKED, ids=stem)
def test_values_are_of_the_types_that_the_columns_declare(path: Path, guide: Source) -> None:
    found = answer(loaded(path), GIVEN.get(path.stem, {}), guide)
    if not isinstance(found, Table):
        return
    assert found.rows == tuple(dict.fromkeys(found.rows)), "the same row twice"
    for row in found.rows:
        for column, term in zip(found.columns, row, strict=True):
            assert term is None or re.fullmatch(FORMS[column.type], plain(term)), (column, term)
            assert term is None or isinstance(term, Iri) == (column.type == "iri"), (column, term)


@pytest.mark.parametrize("path", CHECKS, ids=stem)
def test_both_guides_pass_the_checks(path: Path, guide: Source, bundled: Source) -> None:
    for asked in (guide, bundled):
        assert rows(answer(loaded(path), {}, asked)) == 0


def query_of(name: str) -> SavedQuery:
    return next(loaded(path) for path in PATHS if path.stem == name)


def column(result: Result, name: str) -> list[str]:
    assert isinstance(result, Table)
    return [plain(record[name]) for record in result.records()]


def test_a_placing_that_the_guide_hedges_is_in_the_cast_and_says_so(guide: Source) -> None:
    found = answer(query_of("cast-of-episode"), {"episode": "Ebb"}, guide)
    assert column(found, "performer") == ["Ana Roe", "Ben Öst"]
    assert column(found, "certainty") == ["hedged", "stated"]


def test_a_departure_brings_both_statements_and_both_quotes(guide: Source) -> None:
    found = answer(query_of("departures"), {"verdict": "contradicted"}, guide)
    assert column(found, "story_says") == ["Kestrel 2 not had anomaly hull leak"]
    assert column(found, "history_says") == ["Kestrel 2 had anomaly hull leak"]
    assert column(found, "story_words") == ["In this version the hull stays dry"]
    assert column(found, "history_words") == ["In truth the hull leaked badly on the way"]


def test_several_verdicts_may_be_asked_for_at_once(guide: Source) -> None:
    found = answer(query_of("departures"), {"verdict": ["contradicted", "invented"]}, guide)
    assert column(found, "departure") == ["contradicted", "invented"]


def test_the_timeline_has_both_kinds_on_one_axis_of_integers(guide: Source) -> None:
    found = answer(query_of("missions-timeline"), {}, guide)
    assert column(found, "kind") == ["fictional", "real"]
    assert isinstance(found, Table)
    years = [record["year"] for record in found.records()]
    assert years == [Literal("1971", Iri(PREFIXES["xsd"] + "integer"))] * 2


@pytest.mark.parametrize(
    ("words", "hits"),
    [("the hull", 3), ("THE HULL", 3), (".", 10), ("Ben Öst (voice", 1), ("[", 0), ("a.b|c", 0), ("\\", 0), ("$", 0)],
)
def test_the_concordance_finds_every_place(words: str, hits: int, guide: Source) -> None:
    found = answer(query_of("concordance"), {"words": words}, guide)
    assert rows(found) == hits
    assert {hit.lower() for hit in column(found, "hit")} <= {words.lower()}


def test_a_pair_of_performers_stands_once_or_under_the_one_asked_for(guide: Source) -> None:
    pairs = query_of("co-appearance")
    assert rows(answer(pairs, {}, guide)) == 2
    found = answer(pairs, {"performer": "Kit Lane"}, guide)
    assert list(zip(column(found, "performer_name"), column(found, "partner"), strict=True)) == [
        ("Kit Lane", "Ben Öst")
    ]


def test_an_episode_of_which_nothing_is_told_is_covered_by_noughts(bundled: Source) -> None:
    found = answer(query_of("coverage"), {"episode": "Furie"}, bundled)
    assert (column(found, "told"), column(found, "judged")) == (["0"], ["0"])


def test_relations_of_a_character_are_found_from_both_sides(bundled: Source) -> None:
    found = answer(query_of("relationships"), {"character": "Anne De Ternay"}, bundled)
    assert list(zip(column(found, "character_name"), column(found, "relation"), strict=True)) == [
        ("Jeanne Renoir", "succeeds")
    ]


def test_works_are_told_in_the_order_of_seasons(bundled: Source) -> None:
    found = answer(query_of("episodes-of-person"), {"person": "Julien Lacombe"}, bundled)
    titles = [name.removeprefix("Missions: ") for name in dict.fromkeys(column(found, "episode_name"))]
    assert titles == ["Ulysse", "Mars", "Survivant", "Aube", "Furie", "Théogonie"]


def test_sources_of_one_title_are_told_apart_by_their_publishers(bundled: Source) -> None:
    found = answer(query_of("source-conflicts"), {}, bundled)
    assert not any(a == b for a, b in zip(column(found, "source_name"), column(found, "other_source"), strict=True))


def test_an_inferred_relation_is_marked(guide: Source) -> None:
    found = answer(query_of("relationships"), {"character": "Jon Marsh"}, guide)
    assert list(zip(column(found, "relation"), column(found, "inferred"), strict=True)) == [
        ("finances", "false"), ("spouse", "true"),
    ]  # fmt: skip


def test_other_spellings_of_performers_are_known_though_nothing_else_is_said_of_them(bundled: Source) -> None:
    found = answer(query_of("spelling-variants"), {}, bundled)
    assert ("Côme Levin", "Come Levin") in list(zip(column(found, "name"), column(found, "spelling"), strict=True))
