"""Shapes of the user's own, held against the shapes of shapes and compiled before anything is checked by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.sources import Source
from kg.errors import InputError, KgError
from kg.judge import SHAPES
from kg.vocab import Quad, Triple

if TYPE_CHECKING:
    from kg.validate import Checks
    from kg.validate.documents import TextDocument

_READABLE, _LARGEST = ("turtle", "ntriples"), 5_000_000


def checked(sources: Sequence[Source]) -> tuple[Triple, ...]:
    """Return shapes that are fit for use. Raises the first of their faults, and tells the others."""
    from kg.validate.faults import unknown_words

    documents = list(texts(sources))
    known = _asset("shacl.ttl")
    for source, document in zip(sources, documents, strict=True):
        for warning in unknown_words(_triples([source]), known, document):
            click.echo(f"kg: {warning}", err=True)
    found = list(_faults(sources, documents))
    for fault in found[1:]:
        click.echo(f"kg: {fault}", err=True)
    if found:
        raise found[0]
    return tuple(_triples(sources))


def texts(sources: Iterable[Source]) -> Iterator[TextDocument]:
    """Yield sources as documents: those that people read and write with the places of their nodes."""
    from kg.validate.documents import document

    for it in sources:
        readable = it.syntax in _READABLE and len(it.data) < _LARGEST
        yield document(it.name, it.text if readable else "", [quad.triple for quad in it.quads], it.base)


def _faults(sources: Sequence[Source], documents: Sequence[TextDocument]) -> Iterator[InputError]:
    from kg.store.embedded import Embedded
    from kg.validate import compile_shapes
    from kg.validate.faults import faults, placed, unmatched, unread, vague
    from kg.validate.graph import ShapeError

    rules = compile_shapes(_asset("shacl-shacl.ttl"), "shapes of shapes")
    told: list[InputError] = []
    for source, document in zip(sources, documents, strict=True):
        store = Embedded.memory(Quad(*quad.triple, SHAPES) for quad in source.quads)
        findings = list(rules.run(store, (SHAPES,)))
        found = faults(findings, document)
        if not vague(findings):
            yield from found
            return
        told += found
    names = ", ".join(it.name for it in sources)
    try:
        checks: Checks = compile_shapes(_triples(sources), names)
    except ShapeError as error:
        yield placed(error, documents)
        return
    for fault in told:  # what the shapes of shapes frown at, and what is clear all the same
        click.echo(f"kg: {fault}", err=True)
    empty = Embedded.memory()
    wrong = (*unread(checks, empty, names), *unmatched(checks.shapes, empty, names))
    yield from (placed(error, documents) for error in wrong)


def _triples(sources: Iterable[Source]) -> Iterator[Triple]:
    return (quad.triple for source in sources for quad in source.quads)


def _asset(name: str) -> tuple[Triple, ...]:
    """Return a file of SHACL's own, as pyshacl brings it; pyshacl itself is slow to import."""
    from kg.store.embedded import read_file

    found = find_spec("pyshacl")
    if found is None or found.origin is None:
        raise KgError("pyshacl is not installed as it should be; install porthole-kg again")
    return tuple(quad.triple for quad in read_file(Path(found.origin).parent / "assets" / name))
