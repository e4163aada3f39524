"""A snapshot of Wikidata: what is read from RDF and tables, and what kind of thing each item is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.link.items import Fact, Item, ItemName
from kg.link.snapshot import Snapshot, item_triples, kind_of_file, read, read_table, triples, year_of
from kg.link.wikidata import PQ, PR, PS, P
from kg.store.embedded import read_file, read_rdf
from kg.vocab import PH, PROV, RDF, RDFS, SKOS, WD, WDT, Iri, Literal, Triple


def item(*about: tuple[Iri, object], qid: str = "Q900") -> list[Triple]:
    return [Triple(WD[qid], predicate, value) for predicate, value in about]  # type: ignore[arg-type]


def test_names_come_with_their_language() -> None:
    found = read(item((RDFS.label, Literal("Le Hublot", language="fr")), (SKOS.altLabel, Literal("Porthole"))))
    assert [(name.text, name.language, name.alias) for name in found.items["Q900"].names] == [
        ("Le Hublot", "fr", False),
        ("Porthole", "", True),
    ]


def test_the_english_label_is_shown() -> None:
    labels = [Literal("Hublot", language="fr"), Literal("Porthole", language="en")]
    assert read(item(*((RDFS.label, label) for label in labels))).items["Q900"].label == "Porthole"


def test_an_id_for_a_label_is_no_name() -> None:
    assert read(item((RDFS.label, Literal("Q900")))).items["Q900"].names == ()


@pytest.mark.parametrize(
    ("about", "kind", "fictional"),
    [
        ([(WDT.P31, WD.Q5)], "person", False),
        ([(RDF.type, WD.Q5)], "person", False),
        ([(WDT.P31, WD.Q15632617), (WDT.P106, WD.Q11631)], "character", True),
        ([(WDT.P31, WD.Q95074)], "character", True),
        ([(WDT.P31, WD.Q14637321)], "craft", True),
        ([(WDT.P31, WD.Q21070568)], "", True),
        ([(WDT.P31, WD.Q99999), (WDT.P1441, WD.Q1), (WDT.P106, WD.Q11631)], "", True),
        ([(WDT.P31, WD.Q5), (WDT.P1441, WD.Q1)], "person", False),
        ([(WDT.P31, WD.Q2133344)], "mission", False),
        ([(WDT.P619, Literal("1967-04-23T00:00:00Z"))], "mission", False),
        ([(WDT.P31, WD.Q5398426)], "work", False),
        ([(WDT.P31, WD.Q6256)], "place", False),
        ([(WDT.P31, WD.Q17505024)], "organisation", False),
        ([(WDT.P569, Literal("1934"))], "person", False),
        ([(RDF.type, PH.Mission)], "mission", False),
        ([(WDT.P279, WD.Q40218)], "class", False),
        ([], "", False),
    ],
)
def test_the_kind_follows_from_the_class(about: list[tuple[Iri, object]], kind: str, fictional: bool) -> None:
    found = read(item(*about, (RDFS.label, Literal("it")))).items["Q900"]
    assert (found.kind, found.fictional) == (kind, fictional)


def test_a_class_is_found_through_its_superclasses() -> None:
    told = [*item((WDT.P31, WD.Q901)), *item((WDT.P279, WD.Q902), qid="Q901"), *item((WDT.P279, WD.Q40218), qid="Q902")]
    assert read(told).items["Q900"].kind == "craft"


def test_superclasses_in_a_circle_end() -> None:
    told = [*item((WDT.P31, WD.Q901)), *item((WDT.P279, WD.Q902), qid="Q901"), *item((WDT.P279, WD.Q901), qid="Q902")]
    assert read(told).items["Q900"].kind == ""


def test_a_statement_brings_its_references_and_qualifiers() -> None:
    statement, reference = Iri("https://example.org/st1"), Iri("https://example.org/ref1")
    told = [
        *item((WDT.P27, WD.Q15180), (P.P27, statement)),
        Triple(statement, PS.P27, WD.Q15180),
        Triple(statement, PQ.P582, Literal("1991-12-26T00:00:00Z")),
        Triple(statement, PROV.wasDerivedFrom, reference),
        Triple(reference, PR.P854, Iri("https://example.org/page")),
    ]
    (fact,) = read(told).items["Q900"].facts
    assert fact.references == ((PR.P854, Iri("https://example.org/page")),)
    assert fact.qualifiers == (("P582", Literal("1991-12-26T00:00:00Z")),)


def test_what_is_written_reads_as_the_same_snapshot() -> None:
    told = [
        *item((RDFS.label, Literal("Ada", language="en")), (SKOS.altLabel, Literal("A.")), (WDT.P31, WD.Q5)),
        *item((WDT.P569, Literal("1815-12-10T00:00:00Z")), (WDT.P106, WD.Q11631)),
    ]
    snapshot = read(told)
    assert read(triples(snapshot)).items == snapshot.items


def test_the_gazetteer_knows_actual_things_only() -> None:
    people = item((RDFS.label, Literal("Ada")), (SKOS.altLabel, Literal("A. L.")), (WDT.P31, WD.Q5))
    invented = item((RDFS.label, Literal("Eve")), (WDT.P31, WD.Q95074), qid="Q901")
    (known,) = read([*people, *invented]).known_names()
    assert (known.name, known.kind, known.key, known.aliases) == ("Ada", "person", "Q900", ("A. L.",))


@pytest.mark.parametrize(
    ("text", "kind", "label", "year"),
    [
        ("qid\tlabel\tyear\nQ1\tVenture 1\t1967", "", "Venture 1", 1967),
        ("label\tqid\tbirth_year\nAda\tQ1\t1815", "person", "Ada", 1815),
        ("Q1\tAda\t1815\n", "", "Ada", 1815),
        ("qid\tlabel\nQ1\tAda", "", "Ada", None),
        ("qid\tlabel\tyear\tkind\nQ1\tAda\t\tperson", "person", "Ada", None),
    ],
)
def test_a_table_is_a_snapshot(text: str, kind: str, label: str, year: int | None) -> None:
    found = read_table(text).items["Q1"]
    assert (found.kind, found.label, found.year) == (kind, label, year)


@pytest.mark.parametrize("text", ["", "\n\n", "nothing", "qid\tlabel\n\t\n", "Q0\tzero\n", "P31\tinstance of"])
def test_a_table_without_items_is_an_empty_snapshot(text: str) -> None:
    assert read_table(text).items == {}


def test_snapshots_join_item_by_item() -> None:
    one, other = read_table("Q1\tAda"), read(item((WDT.P31, WD.Q5), qid="Q1"))
    joined = one.union(other).items["Q1"]
    assert (joined.label, joined.kind) == ("Ada", "person")


@pytest.mark.parametrize(("name", "kind"), [("space-missions.tsv", "mission"), ("tv-shows.tsv", "work"), ("x.tsv", "")])
def test_a_file_name_may_tell_the_kind(name: str, kind: str) -> None:
    assert kind_of_file(name) == kind


@pytest.mark.parametrize(
    ("text", "year"), [("+1967-04-24T00:00:00Z", 1967), ("-0044-03-15T00:00:00Z", -44), ("x", None)]
)
def test_a_year_is_read_from_a_date(text: str, year: int | None) -> None:
    assert year_of(text) == year


def test_real_data_in_wikidatas_shape_is_read(shared: Path) -> None:
    found = read(read_file(shared / "wikidata" / "astronauts.nt.gz"))
    assert sum(one.kind == "person" for one in found.items.values()) == 839
    assert found.items["Q104865"].year == 1927


def test_the_shipped_snapshot_knows_its_kinds() -> None:
    from kg.project import Project

    found = read(quad for path in Project.bundled().snapshots() for quad in read_file(path))
    assert {found.items[qid].kind for qid in ("Q104865", "Q7327")} == {"person"}
    assert found.items["Q211254"].kind == "mission"


def test_turtle_and_triples_say_the_same() -> None:
    turtle = (
        b'@prefix wd: <http://www.wikidata.org/entity/> . wd:Q1 <http://www.w3.org/2000/01/rdf-schema#label> "a"@en .'
    )
    found: Snapshot = read(read_rdf(turtle, "turtle", "it", Iri("")))
    assert found.items["Q1"].label == "a"


def test_a_statement_keeps_the_name_that_wikidata_gave_it() -> None:
    fact = Fact("P106", WD.Q1, references=((PR.P854, Iri("https://example.org/")),), statement="Q7-AB-12")
    written = list(item_triples(Item("Q7", (ItemName("Ada"),), facts=(fact,))))
    node = Iri("http://www.wikidata.org/entity/statement/Q7-AB-12")
    assert Triple(node, RDF.type, Iri("http://wikiba.se/ontology#BestRank")) in written
    assert read(written).items["Q7"].facts == (fact,)
