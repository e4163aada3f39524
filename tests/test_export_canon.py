"""Blank nodes get the labels of RDFC-1.0, held against PyLD's and Oxigraph's."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from pyld import jsonld

from kg.build.ontology import terms
from kg.errors import LimitError
from kg.export import digest, rows
from kg.export.canon import canonical, lines
from kg.project import Project
from kg.store.embedded import term_out
from kg.vocab import PH, Blank, Iri, Quad, n_quads
from tests import export_shapes as shapes

NONE = Iri("")


def ours(quads: list[Quad]) -> str:
    return "".join(lines(canonical(rows(quads))))


@settings(max_examples=150, deadline=None)
@given(quads=shapes.blank_datasets)
def test_labels_are_those_of_oxigraph(quads: list[Quad]) -> None:
    assert ours(quads).splitlines() == oxigraph(quads)


def oxigraph(quads: list[Quad]) -> list[str]:
    dataset = ox.Dataset(
        ox.Quad(term_out(s), term_out(p), term_out(o), ox.NamedNode(g) if g else ox.DefaultGraph())
        for s, p, o, g in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} ." for quad in dataset)


ALIKE = {
    "a ring": [Quad(Blank(f"_:n{a}"), PH.p, Blank(f"_:n{(a + 1) % 40}"), NONE) for a in range(40)],
    "a tree": [Quad(Blank(f"_:n{a}"), PH.p, Blank(f"_:n{2 * a + b}"), NONE) for a in range(1, 16) for b in (0, 1)],
    "twins": [Quad(Blank(f"_:{side}{a}"), PH.p, Blank(f"_:{side}{a + 1}"), NONE) for side in "ab" for a in range(9)],
    "a mesh": [Quad(Blank(f"_:n{a}"), PH.p, Blank(f"_:n{a ^ b}"), NONE) for a in range(8) for b in (1, 2, 4)],
}


@settings(max_examples=60, deadline=None)
@given(quads=shapes.blank_datasets)
def test_labels_are_those_of_pyld(quads: list[Quad]) -> None:
    quads = [quad for quad in quads if quad.subject != quad.object]  # which PyLD counts twice
    data = "".join(line.replace(" <> .", " .") for line in n_quads(quads).splitlines(keepends=True))
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    assert ours(quads) == jsonld.normalize(data, options)


def test_a_digest_is_of_the_canonical_lines() -> None:
    quads = [Quad(Blank("_:x"), PH.p, Blank("_:y"), NONE)]
    wanted = hashlib.sha256(f"_:c14n0 <{PH.p}> _:c14n1 .\n".encode()).hexdigest()
    assert digest(rows(quads)) == wanted == digest(rows([Quad(Blank("_:b"), PH.p, Blank("_:a"), NONE)]))


def node(*name: int) -> Blank:
    return Blank("_:n" + "n".join(map(str, name)))


def joined(pairs: object) -> list[Quad]:
    return [Quad(a, PH.p, b, NONE) for a, b in pairs]  # type: ignore[attr-defined]


POISON = {
    "everything with everything": joined((node(a), node(b)) for a in range(12) for b in range(12) if a != b),
    "one half with the other": joined((node(a), node(b, 1)) for a in range(9) for b in range(9)),
    "centres that share what is around them": joined((node(a), node(b, 1)) for a in range(3) for b in range(40)),
    "a net closed upon itself": joined(
        (node(a, b), node((a + x) % 10, (b + y) % 10))
        for a in range(10)
        for b in range(10)
        for x, y in ((0, 1), (1, 0))
    ),
    "a long ring": joined((node(a), node((a + 1) % 2000)) for a in range(2000)),
}


@pytest.mark.parametrize("name", POISON)
def test_poison_ends_in_an_error(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(LimitError, match="give them IRIs"):
        canonical(rows(POISON[name]))
    assert time.process_time() - begun < 10


def test_an_ontology_cannot_keep_a_build_from_ending(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").touch()
    (tmp_path / "ontology").mkdir()
    poison = "".join(f"{q.subject} <{q.predicate}> {q.object} .\n" for q in POISON["everything with everything"])
    (tmp_path / "ontology" / "poison.ttl").write_text(poison, encoding="utf-8")
    with pytest.raises(LimitError, match="give them IRIs"):
        terms(Project.find(tmp_path))


@pytest.mark.parametrize("name", ALIKE)
def test_the_digest_of_blanks_that_look_alike_is_that_of_oxigraph(name: str) -> None:
    quads = ALIKE[name]
    assert ours(quads).splitlines() == oxigraph(quads)
