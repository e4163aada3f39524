"""Export: quads in, text out, the same bytes for the same data whatever order it came in.

>>> from kg.vocab import PH, PREFIXES, RDF, Iri, Quad
>>> thing, graph = Iri("https://example.org/thing"), Iri("https://example.org/graph")
>>> print("".join(write([Quad(thing, RDF.type, PH.Craft, graph)], "turtle", PREFIXES)))
@prefix ph: <https://w3id.org/porthole/ontology#> .
<BLANKLINE>
<https://example.org/thing>
    a ph:Craft ;
.
<BLANKLINE>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.errors import UsageError
from kg.export.canon import canonical, digest, lines
from kg.export.dump import Dump
from kg.export.jsonld import jsonld
from kg.export.rdfxml import rdfxml
from kg.export.rows import Row, rows
from kg.export.turtle import trig, turtle
from kg.vocab import Quad

__all__ = ["FORMATS", "TRIPLE_FORMATS", "Dump", "digest", "rows", "write", "write_rows"]

TRIPLE_FORMATS = ("turtle", "ntriples", "rdfxml")
FORMATS = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")


def write(
    quads: Iterable[Quad],
    format: str,  # noqa: A002 - the name that every other writer of RDF gives it
    prefixes: Mapping[str, str],
    *,
    context: Mapping[str, object] | None = None,
) -> Iterator[str]:
    """Yield the quads in one of `FORMATS`, in pieces to be joined.

    The prefix ``id`` names the project's base: Turtle and TriG write what lies under it relative to ``@base``.
    ``context`` is what JSON-LD is compacted with, the prefixes alone where it is absent. The triple formats forget
    the graphs: choose the graphs first. Raises UsageError for an unknown format, RdfError for what cannot be written.
    """
    return write_rows(canonical(rows(quads)), format, prefixes, context=context)


def write_rows(
    rows: Iterable[Row],
    format: str,  # noqa: A002
    prefixes: Mapping[str, str],
    *,
    context: Mapping[str, object] | None = None,
) -> Iterator[str]:
    """Yield rows as `write` does; those of a `Dump` save making a million quads. Blank nodes keep their labels."""
    match format:
        case "turtle":
            return turtle(rows, prefixes)
        case "trig":
            return trig(rows, prefixes)
        case "ntriples":
            return iter(lines((subject, predicate, found, "") for subject, predicate, found, _ in rows))
        case "nquads":
            return rows.lines() if isinstance(rows, Dump) else iter(lines(rows))
        case "rdfxml":
            return rdfxml(rows, prefixes)
        case "jsonld":
            return jsonld(rows, prefixes if context is None else context)
    raise UsageError(f"“{format}” is no format: one of {', '.join(FORMATS)}")
