"""The store gives back what was put in: to the letter from a build's folder, by value from memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ProjectError, RdfError
from kg.store.embedded import Embedded, read_rdf
from kg.vocab import XSD, Iri, Literal, Quad, n_quads

REWRITTEN = {
    "01": XSD.integer,
    "1": XSD.positiveInteger,
    "1.50": XSD.decimal,
    "1.0E3": XSD.double,
    "true ": XSD.boolean,
    "2020-01-01T00:00:00.500+00:00": XSD.dateTime,
    "P1Y12M": XSD.duration,
}


def said(value: Literal) -> Quad:
    return Quad(Iri("urn:s"), Iri("urn:p"), value, Iri("urn:g"))


QUADS = [said(Literal(text, datatype)) for text, datatype in REWRITTEN.items()]


def test_a_folder_keeps_every_literal_as_it_was_written(tmp_path: Path) -> None:
    Embedded.create(tmp_path / "store", QUADS, n_quads(QUADS))
    store = Embedded.open(tmp_path / "store")
    assert store.n_quads().decode() == n_quads(QUADS)
    assert len(store) == len(QUADS) - 1  # a query finds 01 and positiveInteger 1 as the one value that they are


def test_a_store_without_that_gives_what_the_engine_keeps() -> None:
    assert b'"1"^^<http://www.w3.org/2001/XMLSchema#integer>' in Embedded.memory(QUADS).n_quads()
    assert b'"01"' not in Embedded.memory(QUADS).n_quads()


def test_a_damaged_folder_is_told(tmp_path: Path) -> None:
    Embedded.create(tmp_path / "store", QUADS, n_quads(QUADS))
    file = tmp_path / "store" / "quads.nq.gz"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ProjectError, match="damaged"):
        Embedded.open(tmp_path / "store").n_quads()


def test_a_direction_is_refused_and_not_forgotten() -> None:
    with pytest.raises(RdfError, match="direction"):
        list(read_rdf(b'<urn:s> <urn:p> "x"@ar--rtl .', "turtle", "own.ttl", Iri("")))
