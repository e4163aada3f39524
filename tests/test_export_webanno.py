"""Claims as Web Annotations: the model's keys, the exact words, the same statements as RDF, and no words of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from kg.export import rows
from kg.export.editions import Agent, Edition, Shelf
from kg.export.webanno import CONTEXT, Imprint, collection
from kg.vocab import PH, Iri
from tests import export_shapes as shapes
from tests.test_export_release import kg, project

IMPRINT = Imprint("2031-05-04T10:00:00+02:00", Agent(Iri("urn:program"), "Porthole", software=True))
SHELF = Shelf(rows(shapes.guide()))
ENTRY = Iri(shapes.BASE + "source/lantern/s1e02")
CLOSED = Iri(shapes.BASE + "source/closed/page")

# Those terms of https://www.w3.org/ns/anno.jsonld that occur here, as the recommendation's appendix defines them.
COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
AS, OA, FOAF = "http://www.w3.org/ns/activitystreams#", "http://www.w3.org/ns/oa#", "http://xmlns.com/foaf/0.1/"
DC, TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
KNOWN = {
    "id": "@id",
    "type": "@type",
    **{
        name: OA + name
        for name in ("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "TextualBody")
    },
    **{name: OA + name for name in ("describing", "identifying", "linking", "exact", "prefix", "suffix")},
    **{
        name: {"@id": f"{OA}has{name.capitalize()}", "@type": "@id"}
        for name in ("body", "target", "source", "scope", "selector")
    },
    **{name: {"@id": AS + name, "@type": "@id"} for name in ("first", "last", "generator")},
    **{name: {"@id": OA + name, "@type": COUNT} for name in ("start", "end")},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Software": AS + "Application",
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "startIndex": {"@id": AS + "startIndex", "@type": COUNT},
    "total": {"@id": AS + "totalItems", "@type": COUNT},
    "creator": {"@id": TERMS + "creator", "@type": "@id"},
    "rights": {"@id": TERMS + "rights", "@type": "@id"},
    "generated": {"@id": TERMS + "issued", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "format": DC + "format",
    "language": DC + "language",
    "name": FOAF + "name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
}


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("guide"), shapes.guide())


def edition(source: Iri = ENTRY) -> Edition:
    (found,) = SHELF.editions([source])
    return found


def items(source: Iri = ENTRY) -> list[dict[str, Any]]:
    page: Any = collection(edition(source), SHELF.labels, IMPRINT)["first"]
    found: list[dict[str, Any]] = page["items"]
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    for part in listed(value):
        if isinstance(part, dict):
            yield part
            for inner in part.values():
                yield from nodes(inner)


def test_an_entry_is_a_collection_with_all_its_claims() -> None:
    found: Any = collection(edition(), SHELF.labels, IMPRINT)
    assert (found["type"], found["total"], found["last"]) == ("AnnotationCollection", 9, found["first"]["id"])
    assert (found["first"]["type"], found["first"]["startIndex"]) == ("AnnotationPage", 0)
    claims = {next(it["id"] for it in item["body"] if it["type"] == "Claim") for item in found["first"]["items"]}
    assert claims == {said.claim.iri for said in edition().said}


@pytest.mark.parametrize("item", items(), ids=lambda it: it["id"].split("/")[-2])
def test_an_annotation_has_what_the_model_requires(item: dict[str, Any]) -> None:
    assert item["id"].startswith("https://")
    assert (item["type"], item["generated"]) == ("Annotation", "2031-05-04T08:00:00Z")
    assert item["motivation"] in ("linking", "identifying", "assessing")
    assert item["target"]
    for body in item["body"]:
        assert body["type"] != "TextualBody" or (body["value"] and body["purpose"] == "describing")


@pytest.mark.parametrize("item", items(), ids=lambda it: it["id"].split("/")[-2])
def test_the_selectors_select_the_same_words(item: dict[str, Any]) -> None:
    text = edition().content
    assert text is not None
    for target in listed(item["target"]):
        assert (target["source"], target["scope"]) == (edition().text, ENTRY)
        position, quote = target["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text


def test_words_and_what_stands_around_them_go_out_where_the_licence_allows_it() -> None:
    selectors = [it["type"] for it in nodes(items(CLOSED)) if it.get("type", "").endswith("Selector")]
    assert set(selectors) == {"TextPositionSelector"}
    assert "reportedly" not in json.dumps(collection(edition(CLOSED), SHELF.labels, IMPRINT))


def test_a_hedge_and_a_speaker_are_told() -> None:
    (hedged,) = items(CLOSED)
    claim = hedged["body"][0]
    assert (claim["force"]["label"], claim["hedge"][0]["selector"][0]["end"]) == ("hedged", 10)
    said = next(it for it in items() if "08said" in it["id"])
    assert said["body"][0]["saidBy"][0]["label"] == "The Keeper"
    assert said["body"][1]["value"] == "Beacon 2 destination Moon (said by The Keeper)"


def test_a_verdict_assesses() -> None:
    assert [it["motivation"] for it in items() if "10verdict" in it["id"]] == ["assessing"]


@pytest.mark.parametrize("source", [ENTRY, CLOSED])
def test_every_thing_has_a_name(source: Iri) -> None:
    assert all("id" in node for node in nodes(collection(edition(source), SHELF.labels, IMPRINT)))


def canonical(document: object) -> str:
    """Return what PyLD reads, the cells of lists being blank as a processor of JSON-LD makes them."""

    def loaded(address: str, _: object) -> dict[str, object]:
        assert address == CONTEXT
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": KNOWN}}

    found = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": loaded})
    normal = jsonld.normalize(
        found, {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    )
    assert isinstance(normal, str)
    return normal


@pytest.mark.parametrize("selection", [["--entry", "s1e02"], [], ["--world", "lantern"], ["--entry", "page"]])
def test_a_processor_reads_the_same_statements(guide: Path, selection: list[str]) -> None:
    read = canonical(json.loads(kg("export", "-p", str(guide), "-f", "annotations", *selection).out))
    text = kg("export", "-p", str(guide), "-f", "annotations-turtle", *selection).out
    skolem = "".join(f"{' '.join(row[:3])} .\n" for row in rows(shapes.read(text, "turtle")))
    assert skolem.count("#item>") > 0
    cells = {f"<{quad.subject}>" for quad in shapes.read(text, "turtle") if quad.subject.endswith("#item")}
    for number, cell in enumerate(sorted(cells)):
        skolem = skolem.replace(cell, f"_:cell{number}")
    blank = jsonld.normalize(
        skolem, {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    )
    assert read == blank


def test_one_world_has_the_claims_of_that_world(guide: Path) -> None:
    found = json.loads(
        kg("export", "-p", str(guide), "-f", "annotations", "--world", "lantern", "--entry", "s1e02").out
    )
    worlds = {it["body"][0]["assertedIn"]["label"] for it in found["first"]["items"]}
    assert worlds == {"Lantern (story)"}


@pytest.mark.parametrize("name", ["The Second Light", "lantern/episode/s1e02", "Lantern", "lantern/season/1"])
def test_an_episode_a_season_and_a_series_are_their_entries(guide: Path, name: str) -> None:
    assert json.loads(kg("export", "-p", str(guide), "-f", "annotations", name).out)["id"] == f"{ENTRY}/annotations"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["person/kit-lane"], "no entry of a guide is about"),
        (["--entry", "s9e09"], "there is no entry “s9e09”; there are closed/page, lantern/s1e02"),
        (["--entry", "s1e02", "Lantern"], "an entity and --entry cannot both be given"),
        (["--links", "owl"], "--links is for RDF, and annotations is none"),
    ],
)
def test_wrong_arguments_are_told(guide: Path, arguments: list[str], message: str) -> None:
    answer = kg("export", "-p", str(guide), "-f", "annotations", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_a_folder_has_a_file_for_each_entry(guide: Path, tmp_path: Path) -> None:
    assert kg("export", "-p", str(guide), "-f", "annotations", "-o", str(tmp_path / "out")).status == 0
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert found == {"editions.csv", "closed/page.jsonld", "lantern/s1e02.jsonld"}
    alone = kg("export", "-p", str(guide), "-f", "annotations", "--entry", "s1e02").out
    assert (tmp_path / "out" / "lantern" / "s1e02.jsonld").read_text(encoding="utf-8") == alone


def test_the_order_of_the_rows_leaves_no_trace() -> None:
    found = list(rows(shapes.guide()))
    (again,) = Shelf(reversed(found)).editions([ENTRY])
    assert again == edition()


def test_the_terms_of_ours_are_those_of_the_ontology() -> None:
    (_, ours) = json.loads("".join(document()))["@context"]
    assert ours["hedge"] == {"@id": str(PH.hedge), "@type": "@id"}


def document() -> Iterator[str]:
    from kg.export.webanno import jsonld as written

    return written([edition()], SHELF.labels, IMPRINT)
