"""Which entity is meant: IRI, CURIE, path, name; candidates and nearest names."""

from __future__ import annotations

import pytest
from queries_guide import BASE, GRAPHS, source

from kg.errors import AmbiguousNameError, UsageError
from kg.queries import Source, entity, names
from kg.queries.entities import beginning
from kg.vocab import PH, SCHEMA, Iri


@pytest.fixture(scope="module")
def guide() -> Source:
    return source()


@pytest.mark.parametrize(
    ("text", "kind", "path"),
    [
        (BASE + "person/kit-lane", None, "person/kit-lane"),
        (f"<{BASE}person/kit-lane>", None, "person/kit-lane"),
        ("id:person/kit-lane", None, "person/kit-lane"),
        ("person/kit-lane", None, "person/kit-lane"),
        ("Kit Lane", None, "person/kit-lane"),
        ("  kit   lane ", None, "person/kit-lane"),
        ("Lane", None, "person/kit-lane"),
        ("Öst", None, "person/ben-öst"),
        ("Ida Falk", PH.Character, "tideline/character/ida-falk"),
        ("Ida Falk", PH.HistoricalFigure, "person/ida-falk"),
        ("s1e01", SCHEMA.TVSeason, None),
        ("Ebb", SCHEMA.TVEpisode, "tideline/episode/s1e01"),
        ("tideline", PH.World, "world/tideline"),
        ("harbour-book", None, "source/harbour-book"),
        ("The Harbour Book", None, "source/harbour-book"),
    ],
)
def test_names_an_entity(guide: Source, text: str, kind: Iri | None, path: str | None) -> None:
    if path is None:
        with pytest.raises(UsageError):
            entity(guide.store, GRAPHS, text, kind=kind)
    else:
        assert entity(guide.store, GRAPHS, text, kind=kind) == BASE + path


def test_an_ambiguous_name_brings_candidates_that_tell_themselves_apart(guide: Source) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        entity(guide.store, GRAPHS, "Ida Falk")
    assert caught.value.candidates == (
        f"{BASE}person/ida-falk (HistoricalFigure)", f"{BASE}tideline/character/ida-falk (Character)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "near"), [("Ida Flak", "Ida Falk"), ("Ben Ast", "Ben Öst"), ("Kestral 2", "Kestrel 2")]
)
def test_an_unknown_name_brings_the_nearest(guide: Source, text: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"“{near}”"):
        entity(guide.store, GRAPHS, text)


@pytest.mark.parametrize(
    "text", ["", "   ", "wd:Q999", "https://example.org/nothing", '" } #', "$name", "a\\b", "x" * 5000]
)
def test_refuses_what_names_nothing(guide: Source, text: str) -> None:
    with pytest.raises(UsageError):
        entity(guide.store, GRAPHS, text)


def test_names_for_completion(guide: Source) -> None:
    assert names(guide.store, GRAPHS, "ida", kind=PH.Character) == ("Ida Falk",)


def test_a_path_below_the_base_is_that_thing_and_no_other(guide: Source) -> None:
    """Both sides of a retold mission end alike: without the base the shorter path would fit either."""
    path = "mission/kestrel-2"
    assert entity(guide.store, guide.graphs, path, base=BASE) == Iri(BASE + path)
    assert entity(guide.store, guide.graphs, f"id:tideline/{path}", base=BASE) == Iri(f"{BASE}tideline/{path}")
    with pytest.raises(AmbiguousNameError):
        entity(guide.store, guide.graphs, path)


@pytest.mark.parametrize("name", ["ben öst", "BEN ÖST", "Ben Ost", "ben  ost"])
def test_case_and_accents_do_not_matter(name: str, guide: Source) -> None:
    assert entity(guide.store, guide.graphs, name) == Iri(BASE + "person/ben-öst")


@pytest.mark.parametrize(("start", "found"), [("K", "Kestrel 2"), ("kit", "Kit Lane"), ("ben o", "Ben Öst")])
def test_names_that_begin_alike_in_letters_case_or_without_accents(start: str, found: str, guide: Source) -> None:
    assert beginning(guide.store, guide.graphs, start)[0] == found


def test_an_item_of_elsewhere_means_the_one_thing_that_is_linked_to_it(guide: Source) -> None:
    assert entity(guide.store, guide.graphs, "wd:Q20") == Iri(BASE + "place/norway")


def test_where_only_few_could_be_meant_they_are_told(guide: Source) -> None:
    with pytest.raises(UsageError, match=r"there are “Tideline .story.”, “actual world”"):
        entity(guide.store, guide.graphs, "xyz", kind=PH.World)
