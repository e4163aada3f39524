"""Which rows rest on inference or on links: told by asking again without them."""

from __future__ import annotations

import pytest
from queries_guide import loaded, shipped, source

from kg.errors import UsageError
from kg.queries import Page, SavedQuery, Source, Table, marked
from kg.queries.marks import told
from kg.queries.results import plain


@pytest.fixture(scope="module")
def guide() -> Source:
    return source()


def query_of(name: str) -> SavedQuery:
    return next(loaded(path) for path in shipped() if path.stem == name)


def marks(table: Table) -> list[tuple[str, str]]:
    return [(plain(row[0]) + " " + plain(row[1]) + " " + plain(row[2]), plain(row[-1])) for row in table.rows]


def test_what_follows_is_told_from_what_is_stated(guide: Source) -> None:
    found = marked(query_of("relationships"), {"character": "Jon Marsh"}, guide)
    assert marks(found) == [("Jon Marsh finances Kestrel 2", ""), ("Jon Marsh spouse Ida Falk", "inference")]
    assert told(found) == "1 of 2 rows rest on inference"


def test_links_and_what_was_taken_over_along_them_are_told_too(guide: Source) -> None:
    linked = marked(query_of("wikidata-links"), {}, guide)
    assert {plain(row[-1]) for row in linked.rows} == {"links"}
    held = marked(query_of("guide-against-wikidata"), {}, guide)
    assert {plain(row[-1]) for row in held.rows} == {"links"}


def test_a_page_is_marked_as_the_whole_is(guide: Source) -> None:
    query = query_of("relationships")
    whole, page = marked(query, {}, guide), marked(query, {}, guide, page=Page(limit=1, offset=1))
    assert page.rows == whole.rows[1:2]


def test_joined_cells_may_come_in_another_order(guide: Source) -> None:
    found = marked(query_of("evidence"), {"entity": "tideline/character/ida-falk"}, guide)
    assert told(found) == "every row rests on statements alone"


def test_no_rows_need_no_marks(guide: Source) -> None:
    assert told(marked(query_of("credits"), {"person": "Ana Roe"}, guide)) == "no rows"


def test_triples_cannot_be_marked(guide: Source) -> None:
    with pytest.raises(UsageError, match="only rows can be marked"):
        marked(query_of("describe-term"), {"term": "ph:depicts"}, guide)
