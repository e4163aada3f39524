"""Items in Wikidata's JSON: from a dump, line by line, or from its API."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, LimitError
from kg.link.entity import Wanted, from_line, item_of
from kg.link.files import lines_of, text_of
from kg.link.snapshot import item_triples, read
from kg.link.wikidata import PR
from kg.vocab import WD, XSD, Iri, Literal


def snak(value: object, kind: str, datatype: str = "wikibase-item") -> dict[str, Any]:
    return {"snaktype": "value", "datatype": datatype, "datavalue": {"type": kind, "value": value}}


def entity(qid: str = "Q900", **claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": "Ada"}, "ru": {"language": "ru", "value": "Ада"}},
        "aliases": {"en": [{"language": "en", "value": "A. L."}]},
        "claims": claims,
    }


def statement(main: dict[str, Any], rank: str = "normal", **more: object) -> dict[str, Any]:
    return {"mainsnak": main, "rank": rank, **more}


HUMAN = statement(snak({"id": "Q5"}, "wikibase-entityid"))
BORN = statement(snak({"time": "+1815-12-10T00:00:00Z", "precision": 11}, "time", "time"))


def test_an_item_comes_with_names_class_and_dates() -> None:
    item = item_of(entity(P31=[HUMAN], P569=[BORN]))
    assert (item.label, item.classes) == ("Ada", ("Q5",))
    assert item.facts[0].value == Literal("1815-12-10T00:00:00Z", XSD.dateTime)
    assert item.facts[0].precision == 11


def test_names_are_kept_in_the_languages_asked_for() -> None:
    assert {name.language for name in item_of(entity(), {"ru"}).names} == {"ru"}
    assert {name.language for name in item_of(entity()).names} == {"en", "ru"}


def test_the_best_rank_wins_and_a_deprecated_value_never() -> None:
    values = [statement(snak({"id": f"Q{n}"}, "wikibase-entityid"), rank) for n, rank in
              enumerate(["normal", "preferred", "deprecated"], start=1)]  # fmt: skip
    assert [fact.value for fact in item_of(entity(P27=values)).facts] == [WD.Q2]


@pytest.mark.parametrize(
    ("main", "value"),
    [
        (snak({"numeric-id": 7}, "wikibase-entityid"), WD.Q7),
        (snak("https://example.org/", "string", "url"), Iri("https://example.org/")),
        (snak({"text": "nom", "language": "fr"}, "monolingualtext"), Literal("nom", language="fr")),
        (snak({"amount": "+12", "unit": "1"}, "quantity"), Literal("12", XSD.decimal)),
        (
            snak({"time": "+1946-00-00T00:00:00Z", "precision": 9}, "time"),
            Literal("1946-01-01T00:00:00Z", XSD.dateTime),
        ),
    ],
)
def test_values_are_as_wikidatas_rdf_writes_them(main: dict[str, Any], value: object) -> None:
    assert item_of(entity(P1=[statement(main)])).facts[0].value == value


@pytest.mark.parametrize(
    "main",
    [
        {"snaktype": "somevalue"},
        {"snaktype": "novalue"},
        snak("nm1", "string", "external-id"),
        snak({"id": "P31"}, "wikibase-entityid"),
    ],
)
def test_what_says_nothing_to_a_guide_is_left_out(main: dict[str, Any]) -> None:
    assert item_of(entity(P1=[statement(main)])).facts == ()


def test_references_and_qualifiers_survive_the_way_to_rdf_and_back() -> None:
    cited = statement(
        snak({"id": "Q15180"}, "wikibase-entityid"),
        references=[{"snaks": {"P854": [snak("https://example.org/p", "string", "url")]}}],
        qualifiers={"P582": [snak({"time": "+1991-12-26T00:00:00Z", "precision": 11}, "time")]},
    )
    item = item_of(entity(P27=[cited], P569=[BORN]))
    again = read(item_triples(item)).items["Q900"]
    assert {fact.property: fact for fact in again.facts} == {fact.property: fact for fact in item.facts}
    assert item.facts[0].references == ((PR.P854, Iri("https://example.org/p")),)


@pytest.mark.parametrize("wanted", [Wanted(qids=frozenset({"Q900"})), Wanted(classes=frozenset({"Q5"}))])
def test_a_dump_line_is_kept_by_id_or_class(wanted: Wanted) -> None:
    line = json.dumps(entity(P31=[HUMAN]), separators=(",", ":")) + ",\n"
    assert from_line(line, wanted) is not None
    assert from_line(line.replace("Q900", "Q901").replace('"Q5"', '"Q6"'), wanted) is None


@pytest.mark.parametrize("line", ["[", "]", "", ",", '{"type":"property","id":"P1","x":"Q5"}'])
def test_what_is_no_item_of_a_dump_is_passed_over(line: str) -> None:
    assert from_line(line, Wanted(classes=frozenset({"Q5"}))) is None


@pytest.mark.parametrize(
    "line",
    [
        '{"type":"item","id":"Q900"',
        '["Q5"]',
        '{"type":"item","id":7,"x":"Q5"}',
        '{"type":"item","id":"Q9","claims":{"P1":"Q5"},"x":"Q5"}',
    ],
)
def test_a_broken_line_of_a_dump_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_line(line, Wanted(qids=frozenset({"Q900"}), classes=frozenset({"Q5"})))


@pytest.mark.parametrize(("name", "opener"), [("d.json", open), ("d.json.gz", gzip.open), ("d.json.bz2", bz2.open)])
def test_a_dump_may_be_packed(tmp_path: Path, name: str, opener: Any) -> None:
    with opener(tmp_path / name, "wt") as file:
        file.write("[\none\n]\n")
    assert [line for line, _ in lines_of(tmp_path / name)] == ["[\n", "one\n", "]\n"]


def test_a_line_that_never_ends_is_a_limit(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_bytes(b"x" * 2_000_000)
    with pytest.raises(LimitError, match="line"):
        list(lines_of(tmp_path / "d.json", longest=1_000_000))


@pytest.mark.parametrize("name", ["d.gz", "d.bz2"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not packed at all")
    with pytest.raises(InputError, match="cannot be unpacked"):
        list(lines_of(tmp_path / name))


def test_a_small_file_that_unpacks_to_a_huge_one_is_a_limit(tmp_path: Path) -> None:
    (tmp_path / "d.tsv.gz").write_bytes(gzip.compress(b"0" * 5_000_000))
    with pytest.raises(LimitError, match="holds more"):
        text_of(tmp_path / "d.tsv.gz", limit=1_000_000)
