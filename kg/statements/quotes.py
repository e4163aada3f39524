"""Where an editor's quotes stand: in the text of the entry, or in an outside source.

A quote from the entry is looked for as a reader sees it (`kg.statements.folding`), without picture labels first, then
with them. Each of its pieces must have one place only; its neighbours may settle which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from kg.model import Diagnostic, Document, Place, Quote, Span
from kg.statements.folding import Folded, fold, plain
from kg.statements.nearest import passage

_SOURCE = re.compile(r"\s*\[@([\w:./+-]+?)(?:\s+([^\[\]]+?))?\s*\]")
_LEFT_OUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
_SHOWN = 6  # how many places of an ambiguous quote a message lists
_TOO_MANY = 100  # words that stand so often are ambiguous, whatever stands beside them


@dataclass(frozen=True, slots=True)
class Found:
    """A quote with its places, and what is wrong with it."""

    quote: Quote
    diagnostics: tuple[Diagnostic, ...] = ()


class Quotes:
    """The text that quotes are looked for in; without an entry only outside sources can be quoted."""

    def __init__(self, entry: Document | None, labels: tuple[str, ...]) -> None:
        self._name = entry.name if entry else ""
        self._raw = entry.text if entry else ""
        views = [fold(self._raw, labels), fold(self._raw)] if labels else [fold(self._raw)]
        self._views = views if entry else []

    def locate(self, words: str, place: Place) -> Found:
        """Return a quote with its places in the entry, or with its outside source."""
        source = _SOURCE.fullmatch(words, words.rfind("[@")) if "[@" in words else None
        if "[@" in words and not source:
            return _fault(words, place, "bad-source", "the source closes the quote: > words [@key p. 3]")
        bare = words[: source.start()].strip() if source else words
        pieces = tuple(piece for piece in _LEFT_OUT.split(bare) if piece.strip())
        if not pieces:
            return _fault(words, place, "empty-quote", "the quote has no words; write them after the sign >")
        if source:
            return Found(Quote(pieces, place, source=source[1], locator=source[2] or ""))
        return self._inside(Quote(pieces, place))

    def within(self, quote: Quote, words: str) -> tuple[Span, ...]:
        """Return where words stand inside a quote from the entry."""
        return tuple(
            span
            for view in self._views[:1]
            for span in view.find(words)
            if any(whole.start <= span.start and span.end <= whole.end for whole in quote.spans)
        )

    def _inside(self, quote: Quote) -> Found:
        if not self._views:
            problem = "this file belongs to no entry, so a quote must name its source: > words [@key p. 3]"
            return Found(quote, (_diagnostic("no-entry", quote.place, problem),))
        for view in self._views:
            chains = _chains(view, quote.pieces)
            if len(chains) == 1:
                return Found(Quote(quote.pieces, quote.place, spans=chains[0]), self._whole(view, quote, chains[0]))
            if chains:
                return self._ambiguous(view, quote)
        return self._missing(quote)

    def _whole(self, view: Folded, quote: Quote, spans: tuple[Span, ...]) -> tuple[Diagnostic, ...]:
        """Return a warning for each piece that begins or ends inside a word."""
        cut = [piece for piece, span in zip(quote.pieces, spans, strict=True) if view.cuts(piece, span)]
        problem = "“{}” begins or ends inside a word of the entry; quote whole words"
        return tuple(_diagnostic("cut-quote", quote.place, problem.format(piece), "warning") for piece in cut)

    def _ambiguous(self, view: Folded, quote: Quote) -> Found:
        doubtful = next(piece for piece in quote.pieces if len(list(view.find(piece))) > 1)
        spans = list(view.find(doubtful))
        places = [self._place(span) for span in spans[:_SHOWN]] + ["…"] * (len(spans) > _SHOWN)
        problem = f"“{doubtful}” stands {len(spans)} times in {self._name} ({', '.join(places)}); quote more words"
        return Found(quote, (_diagnostic("ambiguous-quote", quote.place, problem),))

    def _missing(self, quote: Quote) -> Found:
        view = self._views[0]
        absent = next((piece for piece in quote.pieces if not any(v.text.count(plain(piece)) for v in self._views)), "")
        if not absent:
            problem = f"the pieces of this quote stand in {self._name} in another order; quote them as they follow"
            return Found(quote, (_diagnostic("quote-order", quote.place, problem),))
        near = passage(plain(absent), view.text)
        closing = f"; nearest there: “{near}”" if near else ""
        problem = f"“{absent}” does not stand in {self._name}{closing}"
        return Found(quote, (_diagnostic("missing-quote", quote.place, problem),))

    def _place(self, span: Span) -> str:
        before = self._raw[: span.start]
        return f"{before.count(chr(10)) + 1}:{span.start - before.rfind(chr(10))}"


def _chains(view: Folded, pieces: tuple[str, ...]) -> list[tuple[Span, ...]]:
    """Return the ways in which the pieces can follow each other in the text, two at most."""
    chains: list[tuple[Span, ...]] = [()]
    for piece in pieces:
        spans = list(islice(view.find(piece), _TOO_MANY))
        if len(spans) == _TOO_MANY:
            return [(), ()]
        longer = [(*chain, span) for chain in chains for span in spans if not chain or span.start >= chain[-1].end]
        chains = _distinct_ends(longer)
    return chains[:2]


def _distinct_ends(chains: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Keep two chains for each end: more could not make an ambiguous quote clear, and their number would explode."""
    kept: dict[Span, list[tuple[Span, ...]]] = {}
    for chain in chains:
        same = kept.setdefault(chain[-1], [])
        if len(same) < 2:
            same.append(chain)
    return [chain for same in kept.values() for chain in same]


def _fault(words: str, place: Place, code: str, problem: str) -> Found:
    return Found(Quote((words,), place), (_diagnostic(code, place, problem),))


def _diagnostic(code: str, place: Place, problem: str, severity: str = "error") -> Diagnostic:
    return Diagnostic(code, severity, place.line, place.column, problem)  # type: ignore[arg-type]
