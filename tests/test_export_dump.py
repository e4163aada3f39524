"""A dump is rows: read twice, asked for a few predicates, shortened by what may not go out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kg.errors import RdfError
from kg.export import Dump, rows, write
from kg.export.canon import canonical
from kg.vocab import PH, Iri, Literal, Quad
from tests import export_shapes as shapes

QUADS = shapes.guide()
DUMP = Dump("".join(write(QUADS, "nquads", {})).encode())


@settings(max_examples=80, deadline=None)
@given(quads=shapes.datasets)
def test_its_rows_are_those_of_the_quads(quads: list[Quad]) -> None:
    dump = Dump("".join(write(quads, "nquads", {})).encode())
    assert set(dump) == set(rows(quads)) == set(dump)


def test_blank_nodes_get_canonical_labels() -> None:
    quads = [Quad(shapes.Blank("_:zz"), PH.p, shapes.Blank("_:aa"), Iri(""))]
    assert list(Dump(f"_:zz <{PH.p}> _:aa .\n".encode())) == canonical(rows(quads))


def test_a_predicate_is_found_as_a_predicate_only() -> None:
    trap = Quad(Iri("urn:x"), PH.note, Literal(f"say <{PH.quote}> now"), Iri(""))
    dump = Dump("".join(write([*QUADS, trap], "nquads", {})).encode())
    assert sorted(dump.saying(PH.quote)) == sorted(row for row in rows(QUADS) if row[1] == f"<{PH.quote}>")


def test_rows_are_left_out_whole() -> None:
    left = [row for row in DUMP if row[1] == f"<{PH.text}>"]
    assert set(DUMP.without(left)) == set(DUMP) - set(left)


def test_a_line_longer_than_a_block_is_one_row() -> None:
    quad = Quad(Iri("urn:x"), PH.text, Literal("é" * 1_200_000), Iri("urn:g"))
    assert list(Dump("".join(write([quad], "nquads", {})).encode())) == list(rows([quad]))


def test_lines_are_sorted_and_each_once() -> None:
    data = "".join(write(QUADS, "nquads", {}))
    assert "".join(Dump((data + data).encode()).lines()) == data


def test_the_dump_of_some_graphs_is_their_rows() -> None:
    graph = Iri("urn:g")
    trap = [
        Quad(Iri("urn:x"), PH.p, graph, Iri("")),  # ends as if it stood in the graph
        Quad(Iri("urn:x"), PH.p, Literal(f"a <{graph}> ."), Iri("")),
        Quad(Iri("urn:x"), PH.p, Literal(f"b <{graph}> ."), graph),
        Quad(Iri("urn:x"), PH.p, graph, graph),
    ]
    dump = Dump("".join(write(trap, "nquads", {})).encode())
    assert list(dump.of_graphs([graph])) == list(rows(trap[2:]))


def test_what_is_no_quad_is_refused() -> None:
    with pytest.raises(RdfError, match="triple inside a triple"):
        list(Dump(b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> <urn:g> .\n"))
