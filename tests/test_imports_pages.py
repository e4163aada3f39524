"""schema.org in saved pages and files, TVmaze's JSON, and the JSON reader that knows places."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.build.ontology import terms as ontology
from kg.claims.foreign.alignment import Terms, terms
from kg.claims.foreign.imported import Imported, imported
from kg.claims.foreign.importing import Importing
from kg.errors import InputError, LimitError
from kg.foreign import Foreign
from kg.imports import foreign
from kg.imports.jsontext import Number, Text, Value
from kg.iris import Names
from kg.project import Project
from kg.store.embedded import read_file
from kg.vocab import MANNER, PH, RDF, SCHEMA, Iri, Literal, edtf, integer

FILES = Path(__file__).parent / "imports"


def script(content: str) -> str:
    return f'<html><script type="application/ld+json">{content}</script></html>'


def schemaorg(text: str) -> Foreign:
    return foreign("page.html", text.encode(), "schemaorg")


def pairs(found: Foreign) -> set[tuple[str, str]]:
    return {
        (str(it.predicate).rpartition("/")[2], str(getattr(it.object, "value", it.object))) for it in found.statements
    }


@cache
def known() -> Terms:
    project = Project.bundled()
    found = ontology(project)
    return terms(
        found.vocabulary, found.triples, [it.triple for path in project.alignments() for it in read_file(path)]
    )


def take(said: Foreign) -> Imported:
    return imported(said, Importing(Names(), known(), "almanac", "imports/x"))


# --- JSON with places -----------------------------------------------------------------------------------------------


def plain(value: Value) -> object:
    data = value.data
    if isinstance(data, Number):
        return json.loads(data)
    if isinstance(data, str | bool) or data is None:
        return data
    return {key: plain(it) for key, it in value.items()} if hasattr(data, "keys") else [plain(it) for it in data]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 0, 2]), st.booleans())
@settings(deadline=None, max_examples=150)
def test_json_is_read_as_the_standard_library_reads_it(data: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    assert plain(Text("x", text).json()) == data


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn \n\\', max_size=40))
@settings(deadline=None, max_examples=200)
def test_what_is_no_json_is_told_with_its_place(text: str) -> None:
    try:
        expected = json.loads(text, parse_constant=_refused, strict=False)
    except ValueError:
        with pytest.raises(InputError, match=r"^x:\d+:\d+: is no JSON"):
            Text("x", text).json()
    else:
        assert plain(Text("x", text).json()) == expected


def _refused(_name: str) -> object:
    raise ValueError


def test_a_value_knows_its_path_its_place_and_its_words() -> None:
    text = Text("x", '{"a": [1,\n  {"b": 2.50}]}')
    found = list(text.json().get("a").each())[1].get("b")  # type: ignore[union-attr]
    assert found is not None
    assert (found.path, found.data, text.words(found)) == ("$.a[1].b", "2.50", '"b": 2.50')
    assert (text.place(found.start).line, text.place(found.start).column) == (2, 4)


def test_depth_has_a_limit() -> None:
    begun = time.process_time()
    with pytest.raises(LimitError, match="nested more than 100 deep"):
        Text("x", "[" * 2_000_000).json()
    assert time.process_time() - begun < 2


# --- schema.org -----------------------------------------------------------------------------------------------------


def test_a_page_is_read_with_title_and_address() -> None:
    found = schemaorg((FILES / "page.html").read_text(encoding="utf-8"))
    assert (found.title, found.url) == ("Petrel — Voyage", "https://shows.example/voyage/s1e2")
    assert {str(it.subject) for it in found.statements if it.predicate == SCHEMA.episodeNumber} == {
        "https://shows.example/voyage/s1e2#ep"
    }
    assert {("characterName", "Mara Voss"), ("datePublished", "2017-06-01"), ("actor", "Cy Ash")} & pairs(found)


def test_escaped_text_is_read_and_told() -> None:
    found = schemaorg(script('{"@context": "https://schema.org", "@type": "TVEpisode", "name": "Tom &amp; Ada"}'))
    assert ("name", "Tom & Ada") in pairs(found)
    assert [it.message for it in found.left] == ["“Tom &amp; Ada” is read as “Tom & Ada”"]


def test_a_broken_script_is_left_out_with_its_place_and_the_others_are_read() -> None:
    text = script('{"@type": "TVEpisode", "name": "Hoo"}') + "\n" + script('{"@type": "TVEpisode",\n "name" }')
    found = schemaorg(text)
    assert ("name", "Hoo") in pairs(found)
    assert [(it.line, it.column, it.message) for it in found.left] == [
        (3, 9, "left out: this script is no JSON: “:” is wanted here")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html>nothing</html>", "holds no JSON-LD"),
        (script('{"name": '), "page.html:1:"),
        ("<!-- " + script("{}") + " -->", "holds no JSON-LD"),
        ('<script type="application/ld+json">{"a": 1}', "holds no JSON-LD"),
        ("", "is no JSON"),
    ],
)
def test_a_page_that_says_nothing_is_an_error(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        schemaorg(text)


@pytest.mark.parametrize(
    "content",
    [
        '{"@context": {"@vocab": "https://schema.org/"}, "@graph": [{"@type": "TVSeries", "name": "Voyage"}]}',
        '[{"@context": "http://schema.org/", "@type": "TVSeries", "name": ["Voyage"]}]',
        '{"@context": "https://schema.org", "@type": ["TVSeries"], "name": {"@value": "Voyage"}}',
        '//<![CDATA[\n{"@type": "schema:TVSeries", "schema:name": "Voyage"}\n//]]>',
        '{"@context": ["https://schema.org", {"@language": "en"}], "@type": "TVSeries", "name": "Voyage"}',
    ],
)
def test_the_forms_of_json_ld_that_pages_use(content: str) -> None:
    assert {("type", "TVSeries"), ("name", "Voyage")} <= {
        (name.rpartition("#")[2], value.rpartition("/")[2]) for name, value in pairs(schemaorg(script(content)))
    }


def test_a_thousand_scripts_and_unclosed_ones_cost_little() -> None:
    many = script('{"@type": "TVEpisode", "name": "Hoo"}') * 1000
    begun = time.process_time()
    assert len(schemaorg(many).statements) == 2000
    schemaorg(script('{"name": "x"}') + "<script>" * 20_000 + "<!--" * 20_000)
    assert time.process_time() - begun < 3


def test_a_foreign_context_is_not_fetched() -> None:
    found = schemaorg(script('{"@context": "https://elsewhere.example/c", "@type": "TVSeries", "name": "Voyage"}'))
    assert any("is not fetched" in it.message for it in found.left)


# --- TVmaze ---------------------------------------------------------------------------------------------------------


def tvmaze(data: object) -> Foreign:
    return foreign("show.json", json.dumps(data).encode(), "tvmaze")


def test_a_show_with_all_that_is_embedded_in_it() -> None:
    found = foreign("show.json", (FILES / "show.json").read_bytes(), "tvmaze")
    said = {(it.predicate, it.object) for it in found.statements}
    assert {
        (RDF.type, SCHEMA.TVSeries),
        (SCHEMA.name, Literal("Voyage")),
        (PH.firstBroadcast, edtf("2017-06-01")),
        (SCHEMA.datePublished, edtf("2017-06-01")),
        (SCHEMA.episodeNumber, integer(1)),
        (SCHEMA.seasonNumber, integer(1)),
        (PH.birth, edtf("1980-02-03")),
        (SCHEMA.characterName, Literal("Mara Voss")),
        (PH.manner, MANNER.voice),
        (PH.roleAsCredited, Literal("Dee Fox")),
        (PH.billing, integer(3)),
        (SCHEMA.creator, Iri("https://www.tvmaze.com/people/20/bo-lark")),
    } <= said
    assert (found.title, found.url) == ("TVmaze", "https://www.tvmaze.com/shows/1/voyage")
    assert "by-sa" in found.licence


def test_prose_jobs_without_place_and_figures_are_told() -> None:
    found = foreign("show.json", (FILES / "show.json").read_bytes(), "tvmaze")
    told = {it.message for it in found.left}
    assert {"left out: a summary is prose, not a statement", "left out: the job “Best Boy” has no place here"} <= told


def test_a_list_of_episodes_knows_its_show_by_its_link() -> None:
    episode = {"url": "https://www.tvmaze.com/episodes/1/hoo", "name": "Hoo", "season": 1, "number": 1,
               "airdate": "2017", "_links": {"show": {"href": "https://a.tvmaze.com/1", "name": "Voyage"}}}  # fmt: skip
    assert ("name", "Voyage") in pairs(tvmaze([episode, episode]))


def test_a_cast_without_its_show_says_whose_it_is_nobody_knows() -> None:
    found = tvmaze([{"person": {"name": "Ada Quill", "birthday": "1980"}, "character": {"name": "Mara Voss"}}])
    assert any("import the show" in it.message for it in found.left)
    assert (PH.birth, edtf("1980")) in {(it.predicate, it.object) for it in found.statements}


@pytest.mark.parametrize("data", [[], {}, [1, 2], "x", {"name": None}, [[{}]], {"_embedded": {"cast": 5}}])
def test_json_that_is_not_tvmazes_is_an_error(data: object) -> None:
    with pytest.raises(InputError, match="as TVmaze writes"):
        tvmaze(data)


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["name", "url", "season", "number", "airdate", "person", "character", "_embedded", "cast",
                         "episodes", "seasons", "crew", "type", "self", "country", "network", "_links", "show"]),
        inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(odd)
@settings(deadline=None, max_examples=200)
def test_any_json_is_read_or_refused(data: object) -> None:
    for form in ("tvmaze", "schemaorg"):
        with suppress(InputError):
            said = foreign("x.json", json.dumps(data).encode(), form)
            assert take(said).claimed.claims or said.left or said.statements
