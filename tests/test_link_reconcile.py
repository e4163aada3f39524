"""Messages of the Reconciliation API, held against its own schemas and examples."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kg.errors import NetworkError, UsageError
from kg.link.match import Index, Question
from kg.link.reconcile import WIKIDATA, Service, address, answers, request, service
from kg.vocab import WD

jsonschema = pytest.importorskip("jsonschema", reason="schemas are checked with jsonschema, of the extra [test]")
OLD = Service("https://example.org/api", "it", identifiers=str(WD))
DRAFT = Service("https://example.org/api", "it", draft=True, identifiers=str(WD))
QUESTIONS = [Question("Zoë “Z” Ng", "person"), Question("Venture 1", "mission"), Question("somewhere", "place")]


def suite(shared: Path, version: str) -> Path:
    return shared / "suites" / "reconciliation" / version


def schema_errors(folder: Path, name: str, instance: object) -> list[str]:
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    texts = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry: Registry[object] = Registry().with_resources(
        (text.get("$id", name), Resource(text, DRAFT7)) for name, text in texts.items()
    )
    checker = jsonschema.Draft7Validator(texts[name], registry=registry)
    return [error.message for error in checker.iter_errors(instance)]


def test_a_batch_of_0_2_is_as_the_schema_has_it(shared: Path) -> None:
    sent = request(OLD, QUESTIONS)
    body = json.loads(parse_qs(sent.body)["queries"][0])
    assert schema_errors(suite(shared, "0.2"), "reconciliation-query-batch.json", body) == []
    assert body["q0"]["query"] == "Zoë “Z” Ng"
    assert (body["q0"]["type"], "type" in body["q2"]) == ("Q5", False)


def test_a_batch_of_the_draft_is_as_the_schema_has_it(shared: Path) -> None:
    sent = request(DRAFT, QUESTIONS)
    assert sent.url == "https://example.org/api/match"
    assert schema_errors(suite(shared, "1.0-draft"), "reconciliation-query-batch.json", json.loads(sent.body)) == []


@pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
def test_valid_manifests_are_understood(shared: Path, version: str) -> None:
    for path in (suite(shared, version) / "examples" / "manifest" / "valid").glob("*.json"):
        assert service("https://example.org", path.read_text()).draft is (version == "1.0-draft"), path.name


@pytest.mark.parametrize(
    ("version", "name"),
    [("0.2", "godot-missing-identifierSpace"), ("1.0-draft", "godot-missing-view")],
)
def test_a_manifest_that_lacks_what_we_need_is_refused(shared: Path, version: str, name: str) -> None:
    text = (suite(shared, version) / "examples" / "manifest" / "invalid" / f"{name}.json").read_text()
    with pytest.raises(NetworkError, match="manifest is not as"):
        service("https://example.org", text)


def test_a_service_of_the_first_version_is_asked_as_one_of_the_second(shared: Path) -> None:
    text = (suite(shared, "0.2") / "examples" / "manifest" / "invalid" / "old-version.json").read_text()
    assert not service("https://example.org", text).draft


@pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
def test_valid_answers_are_understood(shared: Path, version: str) -> None:
    asked = DRAFT if version == "1.0-draft" else OLD
    for path in (suite(shared, version) / "examples" / "reconciliation-result-batch" / "valid").glob("*.json"):
        text = path.read_text()
        if not asked.draft:  # the example counts from q1, our batches from q0
            text = json.dumps({f"q{int(key[1:]) - 1}": value for key, value in json.loads(text).items()})
        first, second = answers(asked, text, 2)
        assert first.items["120333937"].label == "Urbaniak, Regina"
        assert second.items


@pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
def test_invalid_answers_are_refused(shared: Path, version: str) -> None:
    asked = DRAFT if version == "1.0-draft" else OLD
    paths = list((suite(shared, version) / "examples" / "reconciliation-result-batch" / "invalid").glob("*.json"))
    for path in paths:
        with pytest.raises(NetworkError, match="answer is not as") as caught:
            answers(asked, path.read_text().replace('"q1"', '"q0"'), 1)
        assert "\n" not in str(caught.value)
    assert len(paths) == 3


CANDIDATE = {"id": "Q1", "name": "Ada", "score": 1, "type": [{"id": "Q5"}]}


@pytest.mark.parametrize(
    "text",
    [
        "", "<html>", "[]", "null", "{}", '{"q0": null}', '{"q0": {"result": {}}}', '{"q0": {"result": [1]}}',
        '{"q0": {"result": [{"id": "", "name": "", "score": 1}]}}', '{"q0": {"result": [{"id": 1, "name": "x"}]}}',
        '{"q0": {"result": [{"id": "Q1", "name": "x", "score": "high"}]}}',
        '{"q0": {"result": [{"id": "Q1", "name": "x", "score": 1, "type": "Q5"}]}}',
        '{"q0": {"result": [{"id": "Q1", "name": "x", "score": 1, "type": [7]}]}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_hostile_answers_are_refused_in_one_line(text: str) -> None:
    with pytest.raises(NetworkError) as caught:
        answers(OLD, text, 1)
    assert "\n" not in str(caught.value)


def test_too_few_results_are_refused() -> None:
    with pytest.raises(NetworkError, match="2 results"):
        answers(DRAFT, '{"results": [{"candidates": []}]}', 2)


def test_a_service_only_finds_candidates_and_we_weigh_them() -> None:
    text = json.dumps({"q0": {"result": [CANDIDATE, {**CANDIDATE, "id": "Q2", "name": "Adam"}]}})
    (found,) = answers(OLD, text, 1)
    assert Index(found).answer(Question("Ada", "person")).text == "Q1"
    assert Index(found).answer(Question("Ada", "character")).text == "none"


def test_wikidata_has_a_known_address() -> None:
    assert address("wikidata") == WIKIDATA


@pytest.mark.parametrize("url", ["", "ftp://example.org", "file:///etc/passwd", "https://", "wiki"])
def test_what_is_no_address_is_a_mistake_of_usage(url: str) -> None:
    with pytest.raises(UsageError, match="no http"):
        address(url)
