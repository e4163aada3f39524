"""Blank nodes get the labels of RDFC-1.0, held against PyLD's and Oxigraph's."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from pyld import jsonld

from kg.errors import LimitError
from kg.export import digest, rows
from kg.export.canon import canonical, lines
from kg.store.embedded import term_out
from kg.vocab import PH, Blank, Iri, Quad, n_quads
from tests import export_shapes as shapes

NONE = Iri("")


def ours(quads: list[Quad]) -> str:
    return "".join(lines(canonical(rows(quads))))


@settings(max_examples=150, deadline=None)
@given(quads=shapes.blank_datasets)
def test_labels_are_those_of_oxigraph(quads: list[Quad]) -> None:
    dataset = ox.Dataset(
        ox.Quad(term_out(s), term_out(p), term_out(o), ox.NamedNode(g) if g else ox.DefaultGraph())
        for s, p, o, g in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert ours(quads).splitlines() == sorted(f"{quad} ." for quad in dataset)


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


def test_poison_ends_in_an_error() -> None:
    nodes = [Blank(f"_:n{number}") for number in range(12)]
    poison = [Quad(a, PH.p, b, NONE) for a in nodes for b in nodes if a != b]
    with pytest.raises(LimitError, match="give them IRIs"):
        canonical(rows(poison), steps=500)
