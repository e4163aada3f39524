"""The entries of a document, one after the other; what is no entry is refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.errors import EntryError
from kg.model import Diagnostic, Document, Entry, Span
from kg.parse.gazetteer import Gazetteer
from kg.parse.layout import Layout, layout
from kg.parse.naming import NO_WORKS, Works
from kg.parse.notices import CODES, Notice
from kg.parse.pages import segments
from kg.parse.prose import named

_ONE = ("title", "title_language", "number", "first_broadcast", "original_title")
_DATED = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?\b"
    r"|^\d{4}(?: ?[:–-]|$)|^\d{4}/\d\d?/\d\d?",
    re.MULTILINE,
)
_UNCOVERED = re.compile(
    r"\b(?:not|n[o’']t) (?:yet |currently )?(?:been )?(?:covered|included|listed|available) (?:yet "
    r"|here )?(?:in|by|on|at) (?:the|this) ?(?:LogBook|guide|site)"
    r"|(?:series|show|program) (?:is|has|are) not (?:yet )?(?:been )?covered",
    re.IGNORECASE,
)
_SURE = frozenset(("credit", "cast", "closing", "notes", "review", "broadcast", "original", "timeline"))


def entries(document: Document, gazetteer: Gazetteer) -> Iterator[Entry]:
    """Yield the entries of a document in order, names and dates in their prose found.

    Raises EntryError with the reason where there is none.
    """
    places = _Places(document.text)
    for found in _read(document, gazetteer.works):
        entry, notices = named(found, gazetteer)
        yield replace(entry, diagnostics=places.diagnostics((*found.notices, *notices)))


def layouts(document: Document) -> Iterator[Entry]:
    """Yield the entries of a document without what their prose mentions. Raises EntryError where there is none."""
    places = _Places(document.text)
    for found in _read(document, NO_WORKS):
        yield replace(found.entry, diagnostics=places.diagnostics(found.notices))


def _read(document: Document, works: Works) -> Iterator[Layout]:
    front: Mapping[str, str] = document.front
    count, skipped, reason = 0, [], ""
    for segment in segments(document.text, document.body):
        if not segment.of(document.text).strip():
            continue
        found = layout(document, segment, front, works)
        reason = _refusal(document, segment, found)
        if reason:
            skipped.append(Notice("page-skipped", _first(document.text, segment), reason))
            continue
        yield replace(found, notices=(*skipped, *found.notices)) if skipped else found
        count, skipped = count + 1, []
        front = {key: value for key, value in front.items() if key not in _ONE}
    if not count:
        raise EntryError(document.name, f"this is no episode entry: {reason or 'it holds no text'}")


def _first(text: str, segment: Span) -> int:
    words = segment.of(text)
    return segment.start + len(words) - len(words.lstrip())


def _refusal(document: Document, segment: Span, found: Layout) -> str:
    """Return why a part of a page is no entry, nothing where it is one."""
    raw = segment.of(document.text)
    if not _SURE.isdisjoint(kind for kind in found.evidence if kind in ("credit", "cast", "closing")):
        return ""
    if _UNCOVERED.search(raw):
        return "a page of the timeline, which says that the series is not covered"
    address = document.front.get("url", "")
    if address and "/logbook/" not in address:
        return "its address is not one of the guide's entries (/logbook/)"
    if not found.entry.synopsis:
        return "no synopsis, credits, cast or closing line was found"
    if found.entry.categories or "series" in document.front or "/logbook/" in address:
        return ""
    if len(_DATED.findall(raw)) > 1:
        return "dated paragraphs without credits, cast or closing line, as on a timeline page"
    if found.entry.label and found.entry.title:
        return ""
    return "no credits, cast or closing line was found; give the series in front matter if it is an entry"


class _Places:
    """Turns notices into diagnostics, walking through the text once: entries come in the order in which they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line, self._end = 0, 1, -1  # how far it walked, the line there, the line end before it

    def diagnostics(self, notices: tuple[Notice, ...]) -> tuple[Diagnostic, ...]:
        """Return the notices with line and column, in the order of the text."""
        return tuple(self._diagnostic(notice) for notice in sorted(notices, key=lambda notice: notice.at))

    def _diagnostic(self, notice: Notice) -> Diagnostic:
        if notice.at < self._at:
            self._at, self._line, self._end = 0, 1, -1
        if passed := self._text.count("\n", self._at, notice.at):
            self._line += passed
            self._end = self._text.rfind("\n", self._at, notice.at)
        self._at = notice.at
        column = notice.at - self._end
        return Diagnostic(notice.code, CODES[notice.code].severity, self._line, column, notice.message)
