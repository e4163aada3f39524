"""Tables hold what the graph holds: one row a thing, one value a cell, and metadata by which they are read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export import rows
from kg.export.claims import Labels
from kg.export.tables import Table, metadata, of_things, tables, to_csv
from kg.vocab import PH, RDF, RDFS, XSD, Iri, Literal, Quad, Term
from tests import export_shapes as shapes
from tests.test_export_release import kg, project

FOUND = {it.name: it for it in tables(of_things(rows(shapes.guide())))}


def records(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(table), newline="")))


def read_back(found: Iterable[Table]) -> set[tuple[str, str, Term]]:
    """Return the statements that CSV files and their metadata stand for, as CSVW's readers take them."""
    found = list(found)
    files = {f"{table.name}.csv": records(table) for table in found}
    described = json.loads(metadata(found, Labels([])))
    return {
        it
        for table in described["tables"]
        for row in files[table["url"]]
        for it in statements(row, table["tableSchema"])
    }


def statements(row: dict[str, str], schema: dict[str, Any]) -> Iterable[tuple[str, str, Term]]:
    for column in schema["columns"]:
        if column.get("virtual"):
            yield row["iri"], column["propertyUrl"], Iri(column["valueUrl"])
        elif "propertyUrl" in column and row[column["name"]]:
            yield row["iri"], column["propertyUrl"], value(row[column["name"]], column)


def value(cell: str, column: dict[str, Any]) -> Term:
    if "valueUrl" in column:
        return Iri(cell)
    kind = column["datatype"]
    return Literal(cell, Iri(kind["@id"]) if isinstance(kind, dict) else XSD[kind], column.get("lang", ""))


def plain(quads: Iterable[Quad]) -> set[tuple[str, str, Term]]:
    kept = list(of_things(rows(quads)))
    things = {row[0] for row in kept if row[1] == f"<{RDF.type}>"}
    return {(q.subject, q.predicate, q.object) for q in shapes_quads(kept) if f"<{q.subject}>" in things}


def shapes_quads(kept: Iterable[tuple[str, str, str, str]]) -> list[Quad]:
    from kg.export.rows import quads

    return list(quads(kept))


def test_a_performance_is_a_row() -> None:
    first = records(FOUND["Performance"])[1]
    assert first["performer__label"] == "Kit Lane"
    assert (first["creditedAs"], first["billing"]) == ("Kit Lane", "1")


def test_several_values_are_rows_of_a_table_of_their_own() -> None:
    assert [column.name for column in FOUND["Mission"].columns].count("crewMember") == 1
    quads = [Quad(Iri(f"urn:{kind}"), RDF.type, PH.Craft, Iri("urn:g")) for kind in "ab"]
    quads += [Quad(Iri("urn:a"), PH.note, Literal(text), Iri("urn:g")) for text in ("x", "y")]
    found = {it.name: it for it in tables(rows(quads))}
    assert found["Craft"].rows == (("urn:a",), ("urn:b",))
    assert found["Craft.note"].rows == (("urn:a", "x"), ("urn:a", "y"))


def test_what_is_hedged_or_said_is_in_no_table() -> None:
    cells = {cell for table in FOUND.values() for row in table.rows for cell in row}
    assert shapes.BASE + "series/other" not in cells
    assert "destination" not in {column.name for table in FOUND.values() for column in table.columns}


def test_the_guide_is_read_back_from_its_tables() -> None:
    assert read_back(FOUND.values()) == plain(shapes.guide())


things = st.sampled_from([Iri("urn:a"), Iri("urn:b"), Iri(shapes.BASE + "eva-müller")])
typed = st.builds(Quad, things, st.just(RDF.type), st.sampled_from([PH.Craft, PH.Event]), shapes.graphs)
texts = shapes.texts.filter(bool)
kept = st.one_of(things, st.builds(Literal, texts), st.builds(lambda it: Literal(it, language="en"), texts))
numbers = st.builds(Literal, st.sampled_from(["1", "02"]), st.sampled_from([XSD.integer, PH.kind]))
said = st.builds(
    Quad,
    things,
    st.sampled_from([PH.note, RDFS.label, RDF.value, PH["a/note"], PH.iri]),
    st.one_of(kept, numbers),
    shapes.graphs,
)


@settings(max_examples=60, deadline=None)
@given(quads=st.lists(st.one_of(typed, said), max_size=14))
def test_every_statement_about_a_thing_of_a_class_is_read_back(quads: list[Quad]) -> None:
    found = tables(of_things(rows(quads)))
    names = [table.name.lower() for table in found]
    assert len(set(names)) == len(names)
    assert read_back(found) == plain(quads)


def test_the_same_tables_whatever_the_order() -> None:
    assert tables(of_things(rows(reversed(shapes.guide())))) == list(FOUND.values())


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("guide"), shapes.guide())


def test_tables_are_a_folder(guide: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second takes the place of the first
        assert kg("export", "-p", str(guide), "-f", "csv", "-o", str(tmp_path / "out")).status == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {*(f"{name}.csv" for name in FOUND), "csv-metadata.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    text = (tmp_path / "out" / "Performance.csv").read_bytes().decode()
    assert text == to_csv(FOUND["Performance"])


def test_no_table_has_a_text_that_may_not_go_out(guide: Path, tmp_path: Path) -> None:
    kg("export", "-p", str(guide), "-f", "csv", "-o", str(tmp_path / "out"))
    assert "inspired by others" not in (tmp_path / "out" / "SourceText.csv").read_text(encoding="utf-8")


def test_one_world_has_tables_of_its_own(guide: Path, tmp_path: Path) -> None:
    kg("export", "-p", str(guide), "-f", "csv", "-w", "lantern", "-o", str(tmp_path / "out"))
    text = (tmp_path / "out" / "FictionalMission.csv").read_text(encoding="utf-8")
    assert "lantern/mission/beacon-2,Beacon 2,https://" in text
    assert not (tmp_path / "out" / "Claim.csv").exists()


def test_parquet_has_numbers(guide: Path, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    assert kg("export", "-p", str(guide), "-f", "parquet", "-o", str(tmp_path / "out")).status == 0
    found = polars.read_parquet(tmp_path / "out" / "Performance.parquet")
    assert found["billing"].to_list() == [2, 1]
    assert found["character__label"].to_list() == ["The Keeper", "Ada Byrne"]


def test_the_same_rows_are_in_both_kinds_of_tables(bundled: Path, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    for form in ("csv", "parquet"):
        assert kg("export", "-p", str(bundled), "-f", form, "-o", str(tmp_path / form)).status == 0
    names = {path.stem for path in (tmp_path / "csv").glob("*.csv")}
    assert names == {path.stem for path in (tmp_path / "parquet").glob("*.parquet")}
    for name in names:
        packed = polars.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *texts = csv.reader(file)
        assert packed.columns == header
        same = packed.select(polars.all().cast(polars.String).fill_null(""))
        assert [list(row) for row in same.rows()] == texts


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_reader_of_csvw_finds_the_tables_as_they_are_described(bundled: Path, tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw")
    assert kg("export", "-p", str(bundled), "-f", "csv", "-o", str(tmp_path / "out")).status == 0
    read = csvw.CSVW(str(tmp_path / "out" / "csv-metadata.json"), validate=True)
    assert read.is_valid
    assert not read.warnings
    tables = csvw.TableGroup.from_file(tmp_path / "out" / "csv-metadata.json").tabledict
    missions = {row["label"]: row for row in tables["HistoricalMission.csv"]}
    assert missions["Soyuz 1"]["orbits"] == 18


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-f", "csv"], "tables are many files: name a folder with -o"),
        (["-f", "csv", "-o", "{out}", "Kit Lane"], "they take no entity and no --entry"),
        (["-o", "{out}.csv"], "out.csv looks like one: name a folder"),
        (["-f", "parquet", "-o", "{here}"], "holds other things"),
    ],
)
def test_wrong_arguments_are_told(guide: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    places = {"out": str(tmp_path / "out"), "here": str(guide)}
    answer = kg("export", "-p", str(guide), *(it.format(**places) for it in arguments))
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
