"""The beginning of a statements file: the whole entry as quotes under guessed headings, with the parser's proposals.

A proposal is a line that begins with ``//?``. Depictions that are proposed are listed once more at the end, as
``// offered:``, so that a deleted line is remembered as a rejection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Depiction, Document, Entry, Life, Paragraph, Span
from kg.statements.folding import Folded, fold, plain
from kg.statements.writing import format_text

_SENTENCE = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[“‘\"'(\[]?[^\Wa-z_])")
_KINDS = ("mission", "craft", "place", "organisation", "work", "event", "person")


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A statement to be proposed below the words at a place of the text."""

    at: int
    line: str


def scaffold(entry: Entry, document: Document) -> str:
    """Return a statements file for an entry that has none: all its prose as quotes, and what the parser proposes."""
    folded = fold(document.text, tuple(filter(None, (*document.labels, entry.label))))
    proposals = list(_proposals(entry))
    notes = [paragraph for paragraph in entry.notes if not _historical(entry, paragraph)]
    history = [paragraph for paragraph in entry.notes if paragraph not in notes]
    name = document.name.replace("\\", "/").rpartition("/")[2]
    lines = [f"entry: {name}", "by: the editors", "", "# Things", *_things(entry)]
    for heading, paragraphs in (("Story", entry.synopsis), ("History", history), ("Making", notes)):
        lines += ["", f"# {heading}", *_section(paragraphs, folded, proposals)] if paragraphs else []
    lines += ["", *(f"// offered: {_depicts(found)}" for found in entry.depictions)]
    return format_text("\n".join(lines))


def _historical(entry: Entry, paragraph: Paragraph) -> bool:
    """Guess whether a note is about history: it gives years of life, or what a depicted figure did."""
    spans = [span for life in entry.lives for span in life.spans]
    spans += [span for found in entry.depictions for span in found.spans]
    return any(paragraph.span.start <= span.start < paragraph.span.end for span in spans)


def _things(entry: Entry) -> Iterator[str]:
    """Yield proposals for the kinds of the names that the prose mentions; the cast is known without them."""
    known = {mention.known.name: mention.known.kind for mention in entry.mentions}
    known |= {life.name: "person" for life in entry.lives} | {found.figure.name: "person" for found in entry.depictions}
    yield from (f"//? - {name} | is a | {kind}" for name, kind in sorted(known.items()) if kind in _KINDS)


def _proposals(entry: Entry) -> Iterator[_Proposal]:
    for life in entry.lives:
        yield from (_Proposal(_first(life.spans), f"//? - history: {said}") for said in _life(life))
    for found in entry.depictions:
        yield _Proposal(_first(found.spans), f"//? - making: {_depicts(found)}")


def _life(life: Life) -> Iterator[str]:
    for name, date in (("birth", life.birth), ("death", life.death)):
        if date:
            yield f"{life.name} | {name} | {date}"


def _depicts(found: Depiction) -> str:
    return f"{found.character} | depicts | {found.figure.name}"


def _first(spans: tuple[Span, ...]) -> int:
    return min((span.start for span in spans), default=0)


def _section(paragraphs: Iterable[Paragraph], folded: Folded, proposals: list[_Proposal]) -> Iterator[str]:
    for paragraph in paragraphs:
        begin = paragraph.span.start
        for quote in _quotes(paragraph, folded):
            end = _end(quote, paragraph.span, folded)
            yield from ("", f"> {quote}")
            yield from (found.line for found in proposals if begin <= found.at < end)
            begin = end


def _quotes(paragraph: Paragraph, folded: Folded) -> Iterator[str]:
    """Yield the sentences; one that stands elsewhere too is joined with the next, so that each stands once."""
    joined = ""
    for sentence in _SENTENCE.split(" ".join(paragraph.text.split())):
        joined = f"{joined} {sentence}".strip()
        if folded.text.count(plain(joined)) == 1:
            yield joined
            joined = ""
    if joined:
        yield joined


def _end(quote: str, within: Span, folded: Folded) -> int:
    """Return where a quote ends in the raw text."""
    places = [span.end for span in folded.find(quote) if within.start <= span.start < within.end]
    return places[0] if places else within.end
