"""Where the statements of a file from elsewhere stand: its words as quotations, its lines, its own locators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.claims.claim import Claim
from kg.claims.foreign.importing import Importing
from kg.foreign import LONGEST, Said, shown
from kg.iris import digest, slug
from kg.vocab import PH, RDF, Iri, Literal, Quad, Term, integer


def evidence(at: Importing, said: Iterable[Said]) -> tuple[Iri, ...]:
    """Return what a claim stands on: the words of its lines, each once; the source where there are none."""
    return tuple(dict.fromkeys(_quotation(at, words) for it in said if (words := _words(it)))) or (at.source,)


def anchors(at: Importing, claim: Claim, said: Iterable[Said]) -> Iterator[Quad]:
    """Yield the words that a claim stands on and the lines where they are."""
    graph, name = at.anchors, claim.iri(at.names)
    for it in said:
        if words := _words(it):
            quotation = _quotation(at, words)
            yield Quad(quotation, RDF.type, PH.Quotation, graph)
            yield Quad(quotation, PH.inSource, at.source, graph)
            yield Quad(quotation, PH.quote, Literal(words), graph)
        line = Iri(f"{at.source}/{slug(at.file)}#line={it.place.line},{it.place.column}")
        yield Quad(name, PH.writtenAt, line, graph)
        yield Quad(line, PH.fileName, Literal(at.file), graph)
        yield Quad(line, PH.line, integer(it.place.line), graph)
        yield Quad(line, PH.column, integer(it.place.column), graph)


def noted(said: Iterable[Said]) -> Iterator[tuple[Iri, Term]]:
    """Yield where in its source a claim stands, in the terms of that format, and the graph that the file put it in."""
    for it in said:
        if it.locator:
            yield PH.locator, Literal(it.locator)
        elif it.graph and not at_home(it.graph):
            yield PH.locator, Literal(f"graph {it.graph}")


def at_home(graph: str) -> bool:
    """Return whether a graph is one that this program makes, which is no news about a source.

    >>> at_home("https://example.org/id/world/actual"), at_home("https://example.org/graphs/7")
    (True, False)
    """
    return "/world/" in graph or "/claim/" in graph


def _words(it: Said) -> str:
    return shown(it.words, LONGEST)


def _quotation(at: Importing, words: str) -> Iri:
    return Iri(f"{at.source}#words={digest(words, 12)}")
