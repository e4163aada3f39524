"""Networks as networkx reads them back, and as the guide has them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export import edges, rows
from kg.export.claims import Labels
from kg.export.networks import KINDS, Edge, Network, Node, network
from kg.vocab import PH, RDFS, Iri, Quad
from tests import export_shapes as shapes
from tests.test_export_release import kg, project

networkx = pytest.importorskip("networkx")
ROWS = list(rows(shapes.guide()))
ADA, KEEPER = (shapes.BASE + f"lantern/character/{it}" for it in ("ada-byrne", "the-keeper"))
KIT, JO = (shapes.BASE + f"person/{it}" for it in ("kit-lane", "jo-park"))


def of_guide(kind: str, *more: Quad) -> Network:
    kept = [row for row in [*ROWS, *rows(more)] if "claim/" not in row[3]]
    placings = [row for row in [*ROWS, *rows(more)] if row[1] == f"<{PH.inEpisode}>"]
    return network(kind, kept, placings, Labels(kept))


def read(found: Network, syntax: str) -> Any:
    text = "".join(edges.written(found, syntax))
    if syntax == "graphml":
        return networkx.parse_graphml(text)
    return networkx.read_gexf(io.BytesIO(text.encode()), version="1.3")


def test_performers_of_one_episode_appear_together() -> None:
    assert of_guide("co-appearance").edges == (Edge(JO, KIT, 1, ("The Second Light",)),)


def test_a_placing_that_is_hedged_counts() -> None:
    hedged = [
        Quad(Iri("urn:p"), PH.performer, Iri(shapes.BASE + "person/sam-oda"), Iri(shapes.BASE + "world/actual")),
        Quad(Iri("urn:p"), PH.inEpisode, Iri(shapes.BASE + "lantern/episode/s1e02"), Iri(shapes.BASE + "claim/hedged")),
    ]
    assert len(of_guide("co-appearance", *hedged).edges) == 3


def test_performers_play_characters() -> None:
    found = of_guide("performances")
    assert [(it.source, it.target, it.weight) for it in found.edges] == [(JO, KEEPER, 1), (KIT, ADA, 1)]
    assert {it.iri: it.kind for it in found.nodes} == {
        JO: "performer",
        KIT: "performer",
        KEEPER: "character",
        ADA: "character",
    }


def test_crews_tell_the_narrowest_post() -> None:
    below = Quad(PH.commander, RDFS.subPropertyOf, PH.crewMember, Iri("https://w3id.org/porthole/ontology"))
    found = {it.source.removeprefix(shapes.BASE): it.through for it in of_guide("crews", below).edges}
    assert found == {"lantern/character/ada-byrne": ("commander",), "person/rolf-hay": ("commander",)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("syntax", ["graphml", "gexf"])
def test_networkx_reads_what_was_meant(kind: str, syntax: str) -> None:
    found = of_guide(kind)
    graph = read(found, syntax)
    assert graph.is_directed() == found.directed
    assert {(it, data["label"], data["kind"]) for it, data in graph.nodes(data=True)} == {
        (it.iri, it.label, it.kind) for it in found.nodes
    }
    assert {(*sorted(ends), data["weight"], data["through"]) for *ends, data in graph.edges(data=True)} == {
        (*sorted((it.source, it.target)), it.weight, "; ".join(it.through)) for it in found.edges
    }


def test_an_edge_list_is_read_by_its_columns() -> None:
    text = "".join(edges.written(of_guide("performances"), "csv"))
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    graph = networkx.DiGraph([(it["Source"], it["Target"], {"weight": int(it["Weight"])}) for it in found])
    assert graph[KIT][ADA] == {"weight": 1}
    assert {it["Type"] for it in found} == {"Directed"}
    assert {(it["source_label"], it["target_label"]) for it in found} == {
        ("Jo Park", "The Keeper"),
        ("Kit Lane", "Ada Byrne"),
    }


@settings(max_examples=60, deadline=None)
@given(labels=st.lists(shapes.texts, min_size=2, max_size=2), syntax=st.sampled_from(["graphml", "gexf"]))
def test_any_label_survives(labels: list[str], syntax: str) -> None:
    nodes = tuple(Node(f"urn:{number}", label, "performer") for number, label in enumerate(labels))
    graph = read(Network("crews", True, nodes, (Edge("urn:0", "urn:1", 2, tuple(labels)),)), syntax)
    assert [graph.nodes[it.iri].get("label", "") for it in nodes] == [shown(label) for label in labels]
    assert graph["urn:0"]["urn:1"]["weight"] == 2


def shown(label: str) -> str:
    return "".join("\ufffd" if sign in "\ufffe\uffff" else sign for sign in label)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("guide"), shapes.guide())


@pytest.mark.parametrize("name", ["it.graphml", "it.gexf", "it.csv"])
def test_the_format_is_that_of_the_file(guide: Path, tmp_path: Path, name: str) -> None:
    arguments = ["-p", str(guide), "--network", "performances"]
    assert kg("export", *arguments, "-o", str(tmp_path / name)).status == 0
    syntax = name.partition(".")[2]
    assert (tmp_path / name).read_text(encoding="utf-8") == kg("export", *arguments, "-f", syntax).out


def test_one_world_has_its_own_crew(guide: Path) -> None:
    text = kg("export", "-p", str(guide), "--network", "crews", "-f", "csv", "-w", "lantern").out
    assert "Ada Byrne" in text
    assert "Rolf Hay" not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--network", "crews", "-f", "turtle"], "a network is written as graphml, gexf, csv"),
        (["-f", "gexf"], "gexf is for networks"),
        (["--network", "crews", "Kit Lane"], "it takes no entity"),
    ],
)
def test_wrong_arguments_are_told(guide: Path, arguments: list[str], message: str) -> None:
    answer = kg("export", "-p", str(guide), *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
