"""What an entry is called, and the labels that are glued into it: read before anything else can be.

The header gives categories and title, headings and credits give the labels glued to them, the synopsis gives the one
that it opens with. From these follow series and season, and the text without labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from kg.model import Document, Span, Words
from kg.parse.blocks import Line, lines
from kg.parse.clear import Clear
from kg.parse.credits import opening
from kg.parse.header import Header, is_categories, read, same_name, season_of, series_in, series_of
from kg.parse.heads import head
from kg.parse.labels import Found, cuts, pieces, variants
from kg.parse.labels import opening as label_opening
from kg.parse.lexicon import ADDRESSES, folded, is_suffix
from kg.parse.shops import shop_start
from kg.parse.verbs import opens

Works: TypeAlias = Mapping[str, tuple[str, ...]]
NO_WORKS: Works = MappingProxyType({})
CUTS = ("[…]", "[...]", "[. . .]")
_ANCHOR = re.compile(
    r"(?:Season \d{1,3} )?(?:(?:Regular|Guest|Voice|Recurring|Original|television|TV|audio|Audio|Additional|Main"
    r"|Supporting) ){0,3}[Cc]ast:|Notes?:|Review:|Original [Tt]itle:|Full [Tt]itle:|Timeline:|Broadcast from "
    r"|LogBook entry |Appearing in |(?:Guest )?Starring:|Guest Stars:|(?:Order|Get|Download|Stream) (?:the"
    r"|this|now|DVD)"
    r"|Watch It"
)
_SENTENCE = re.compile(r"(\w*[a-zß-öø-ÿ]{2}|\d)[.…][”’\"]? +[A-Z\d“‘\"(]")
_TITLE = 110  # the longest line that may be a title
_SHORT = 3  # letters up to which a label is too common to be looked for in prose


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a document that may be an entry, what front matter says of it, and known works by first letters."""

    document: Document
    span: Span
    front: Mapping[str, str]
    works: Works

    @property
    def raw(self) -> str:
        """The stretch's own text."""
        return self.span.of(self.document.text)

    @property
    def address(self) -> str:
        """The series as the page's address names it, in words; empty where it does not."""
        return (series_in(self.front.get("url", "")) or "").replace("-", " ").title()


@dataclass(frozen=True, slots=True)
class Opened:
    """The label that a synopsis opens with, and where it stands in the stretch."""

    span: Span
    label: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """What is known of an entry before its body is read; all places count within the stretch."""

    header: Header
    start: int
    labels: tuple[str, ...]
    opened: Opened | None
    known: tuple[str, ...]

    @property
    def label(self) -> str | None:
        """The label that stands for the entry: of the synopsis, else of a heading."""
        return self.labels[0] if self.labels else None


@dataclass(frozen=True, slots=True)
class _Surface:
    """First look at the lines of a stretch: labels glued to headings, and the lines that headings and credits open."""

    raw: str
    lines: tuple[Line, ...]
    labels: tuple[str, ...]
    openers: frozenset[int]


def naming(source: Source) -> Naming:
    """Return what an entry is called and which labels it bears."""
    surface = _surface(source.raw)
    header = _header(surface, [*surface.labels, *filter(None, [source.front.get("series")])])
    start = surface.lines[header.body].start if header.body < len(surface.lines) else len(surface.raw)
    known = _known(source, header)
    opened = _opened(source, surface, header, known)
    first = [opened.label] if opened else []
    return Naming(header, start, tuple(dict.fromkeys([*first, *surface.labels])), opened, known)


# --- a first look


def _surface(raw: str) -> _Surface:
    found: dict[str, None] = {}
    openers: set[int] = set()
    every = tuple(lines(raw, 0, len(raw)))
    for line in every:
        if label := _glued(raw, line, openers):
            found[label] = None
    return _Surface(raw, every, tuple(found), frozenset(openers))


def _glued(raw: str, line: Line, openers: set[int]) -> str:
    """Return the label that a heading, a shop text or a credit at the start of a line is glued to."""
    start = line.start
    shop = shop_start(raw, start, min(line.end, start + _TITLE))
    if one := head(raw, start, line.end):
        openers.add(start)
        return "" if one.credit else raw[start : one.start if shop < 0 else min(shop, one.start)].rstrip()
    if shop > start and raw[start].isupper() and not raw[shop - 1].isspace() and ". " not in raw[start:shop]:
        return raw[start:shop]
    credit = opening(raw, start, line.end, among=False)
    if credit or shop == start:
        openers.add(start)
    return credit.label.of(raw) if credit and credit.label else ""


# --- the header


def _header(surface: _Surface, hints: Sequence[str]) -> Header:
    spans = [Span(line.start, line.end) for line in surface.lines]
    return read(surface.raw, spans, lambda at: _body(surface, at), hints)


def _body(surface: _Surface, at: int) -> bool:
    """Whether the body may begin at a line: prose, a heading or a credit."""
    line = surface.lines[at]
    text = surface.raw[line.start : line.end]
    if is_categories(text):
        return False
    if len(text) > _TITLE or line.start in surface.openers or _ends_inside(text) or text.endswith(CUTS):
        return True
    words = text.split()
    if text[-1] in ".…”" and len(words) > 2 and not _abbreviated(words[-1]):
        return True
    if text[-1] in ".…!?" and label_opening(surface.raw, line.start, line.end, surface.labels, ()):
        return True
    after = surface.lines[at + 1] if at + 1 < len(surface.lines) else None
    return (
        after is not None
        and not after.gap
        and surface.raw[after.start].islower()
        and not opens(surface.raw, after.start)
    )


def _ends_inside(line: str) -> bool:
    """Whether a sentence ends inside a line: a full stop behind a word that is no abbreviation."""
    return any(folded(found[1]) not in ADDRESSES for found in _SENTENCE.finditer(line))


def _abbreviated(word: str) -> bool:
    """Whether a full stop at the end of a line belongs to its last word: “U.N.”, “Jr.”."""
    bare = word[:-1] if word.endswith(".") else word
    return "." in bare or len(bare) == 1 or is_suffix(bare)


# --- labels


def _known(source: Source, header: Header) -> tuple[str, ...]:
    """Return what header, front matter, address and the page's pictures tell the series may be called, best first."""
    names = [source.front.get("series", ""), *source.document.labels[:20]]
    if header.categories:
        names += [series_of(header.categories) or "", *header.categories.split(" | ")]
    names.append(source.address)
    return tuple(name for name in dict.fromkeys(names) if name)


def _opened(source: Source, surface: _Surface, header: Header, known: Sequence[str]) -> Opened | None:
    """Return the label that the synopsis opens with."""
    line = surface.lines[header.body] if header.body < len(surface.lines) else None
    if line is None or line.start in surface.openers:
        return None
    raw = surface.raw
    anchored = sorted(surface.labels, key=len, reverse=True)

    def forms() -> Iterator[str]:
        yield from anchored
        own = [span.of(raw) for span in (header.label_line, header.title) if span]
        yield from variants([*known, *own])
        yield from source.works.get(raw[line.start : line.start + 3], ())

    found: Found | None = label_opening(raw, line.start, line.end, forms(), pieces([*known, *anchored]))
    if found is None:
        return None
    return Opened(Span(line.start, line.start + len(found.label)), found.label, found.guessed)


def cleared(source: Source, named: Naming) -> tuple[Clear, tuple[Span, ...]]:
    """Return the body without its labels, and where they stood in the document."""
    raw, offset = source.raw, source.span.start
    stories = [title for title in [named.header.title.of(raw) if named.header.title else ""] if " " in title]
    shown = [label for label in named.labels if len(label) > _SHORT]
    inner = [*named.labels, *stories, *(name for name in variants([*named.known, *shown]) if len(name) >= _SHORT)]
    found = cuts(raw, named.start, len(raw), inner, lambda at: _anchored(raw, at))
    if named.opened:
        first = named.opened.span
        found = [first, *(cut for cut in found if cut.start >= first.end)]
    spans = tuple(Span(cut.start + offset, cut.end + offset) for cut in found)
    return Clear.of(raw[named.start :], named.start + offset, spans), spans


def _anchored(raw: str, at: int) -> bool:
    return _ANCHOR.match(raw, at) is not None or opens(raw, at)


# --- what it is called


def title(source: Source, named: Naming) -> Words | None:
    """Return the title: of front matter, else of the page."""
    if "title" in source.front:
        return front_words(source, "title")
    if named.header.title is None:
        return None
    span = Span(named.header.title.start + source.span.start, named.header.title.end + source.span.start)
    return Words(" ".join(span.of(source.document.text).split()), (span,))


def front_words(source: Source, key: str) -> Words | None:
    """Return a value of the front matter with its place, None where it gives none."""
    value, body = source.front.get(key), source.document.body
    if not value:
        return None
    at = source.document.text.find(value, 0, body)
    return Words(value, (Span(at, at + len(value)) if at >= 0 else Span(0, body),))


def label(source: Source, named: Naming) -> str | None:
    """Return the label as glued, or as it stands on a line of its own; in HTML pages the pictures tell it."""
    if named.header.label_line and not named.opened:
        return " ".join(named.header.label_line.of(source.raw).split())
    return named.label or (source.document.labels[0] if source.document.labels else None)


def series(source: Source, named: Naming) -> str | None:
    """Return the series: of front matter, else as category, label and address tell it together."""
    if "series" in source.front:
        return source.front["series"] or None
    shown = label(source, named)
    hints = [*named.labels, *filter(None, [source.address])]
    told = series_of(named.header.categories, hints) if named.header.categories else None
    if told or not source.address or (shown and same_name(shown, source.address)):
        return told or shown
    return next((name for name in named.labels if same_name(name, source.address)), source.address)


def season(named: Naming) -> int | None:
    """Return the season that the categories tell."""
    return season_of(named.header.categories)
