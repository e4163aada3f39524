"""Asking: pages, limits, the cache, SPARQL from outside."""

from __future__ import annotations

from time import perf_counter

import pytest
from queries_guide import BASE, loaded, shipped, source

from kg.errors import LimitError, QueryError, UsageError
from kg.queries import Cache, Citation, Graph, Page, SavedQuery, Source, Table, Truth, answer, ask


@pytest.fixture(scope="module")
def guide() -> Source:
    return source()


@pytest.fixture(scope="module")
def cast() -> SavedQuery:
    return next(loaded(path) for path in shipped() if path.stem == "cast-of-episode")


def performers(query: SavedQuery, guide: Source, page: Page) -> list[str]:
    found = answer(query, {}, guide, page=page)
    assert isinstance(found, Table)
    return [str(getattr(record["performer"], "value", "")) for record in found.records()]


def test_pages_are_cut_from_the_same_order(cast: SavedQuery, guide: Source) -> None:
    whole = performers(cast, guide, Page())
    assert len(whole) == 4
    assert [performers(cast, guide, Page(limit=1, offset=n))[0] for n in range(4)] == whole
    assert performers(cast, guide, Page(limit=0)) == []
    assert performers(cast, guide, Page(offset=9)) == []


def test_names_are_resolved_and_cited(cast: SavedQuery, guide: Source) -> None:
    found = answer(cast, {"episode": "Ebb"}, guide)
    assert found.citation.parameters == {"episode": BASE + "tideline/episode/s1e01"}
    assert (found.citation.query, found.citation.build) == ("cast/cast-of-episode", "tideline-1")


def test_more_rows_than_allowed_are_an_error_not_a_cut(cast: SavedQuery, guide: Source) -> None:
    with pytest.raises(LimitError, match="--max-rows"):
        answer(cast, {}, guide, page=Page(most=3))
    assert len(performers(cast, guide, Page(limit=3, most=3))) == 3


def test_the_second_answer_comes_from_the_cache_and_fast(cast: SavedQuery, guide: Source) -> None:
    cache = Cache()
    first = answer(cast, {"episode": BASE + "tideline/episode/s1e01"}, guide, cache=cache)
    times = []
    for _ in range(20):
        start = perf_counter()
        again = answer(cast, {}, guide, cache=cache)
        times.append(perf_counter() - start)
    assert len(cache) == 2
    assert again == answer(cast, {}, guide)
    assert first != again
    assert min(times) < 0.001


def test_another_build_or_page_or_world_is_another_answer(cast: SavedQuery, guide: Source) -> None:
    cache = Cache()
    answer(cast, {}, guide, cache=cache)
    answer(cast, {}, guide, page=Page(limit=1), cache=cache)
    answer(cast, {}, Source(guide.store, guide.graphs, "another"), cache=cache)
    answer(cast, {}, Source(guide.store, guide.graphs[1:], "tideline-1"), cache=cache)
    assert len(cache) == 4


def test_nothing_is_kept_of_data_that_may_change(cast: SavedQuery, guide: Source) -> None:
    cache = Cache()
    answer(cast, {}, Source(guide.store, guide.graphs), cache=cache)
    assert len(cache) == 0


def test_the_cache_is_bounded(cast: SavedQuery, guide: Source) -> None:
    cache = Cache(cells=100)
    for number in range(20):
        answer(cast, {}, guide, page=Page(limit=4, offset=number), cache=cache)
    assert 0 < len(cache) < 20
    small = Cache(cells=3)
    answer(cast, {}, guide, cache=small)
    assert len(small) == 0


def test_free_text_knows_the_prefixes_and_the_base(guide: Source) -> None:
    assert ask("ASK { <person/kit-lane> rdfs:label 'Kit Lane' }", guide) == Truth(
        holds=True, citation=Citation(query="query", build="tideline-1")
    )
    found = ask("CONSTRUCT WHERE { <person/kit-lane> a ?kind }", guide)
    assert isinstance(found, Graph)
    assert len(found.triples) == 2


def test_places_of_faults_are_those_of_the_text_given(guide: Source) -> None:
    with pytest.raises(QueryError) as caught:
        ask("SELECT * {\n ?s ph:performer ?p\n ?q }", guide)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "text", ["", "SELECT", "INSERT DATA { <a:a> <a:b> 1 }", "LOAD <http://127.0.0.1/>", "DROP ALL", "☃"]
)
def test_refuses_what_is_no_query(text: str, guide: Source) -> None:
    with pytest.raises(QueryError):
        ask(text, guide)


def test_services_are_refused_unless_the_settings_name_them(guide: Source) -> None:
    text = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match=r"kg\.toml says, under \[services\], NAME"):
        ask(text, guide)


def test_a_world_parameter_takes_a_name(guide: Source) -> None:
    crew = next(loaded(path) for path in shipped() if path.stem == "crew-of-mission")
    found = answer(crew, {"world": "tideline"}, guide)
    assert isinstance(found, Table)
    assert {str(getattr(row["world_name"], "value", "")) for row in found.records()} == {"Tideline (story)"}
    with pytest.raises(UsageError):
        answer(crew, {"world": "nowhere"}, guide)
