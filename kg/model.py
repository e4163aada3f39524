"""Records that pass between the steps: what an entry says, what an editor adds. They know no RDF.

A `Span` is a half-open stretch of the document's text, in code points (byte order mark dropped, each line end one).
A `Words` is a value together with the stretches that carry it. The readers of ``kg.parse`` make these records, the
functions of ``kg.claims`` turn them into quads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]
Part = Literal["synopsis", "notes", "review"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points from ``start`` up to, and not including, ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the raw words that stand here in the document's text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Words:
    """A value as it is meant, and the stretches of the document that say it."""

    text: str
    spans: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The smallest span that holds all of the value's own."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text file, both numbers counted from one."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a reader noticed: a repair, a doubt, or an error, with its place and what to do."""

    code: str
    severity: Severity
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its name, its text, and the front matter that stood before it.

    ``text`` is the whole text that offsets count in (front matter included). For an HTML page it is the text made
    from the page, ``derived`` is true, and ``labels`` are the alternative texts of its pictures.
    """

    name: str
    text: str
    front: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: int = 0
    derived: bool = False
    labels: tuple[str, ...] = ()


# --- what an entry says -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, picture labels removed, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Credit:
    """A job on the episode and who did it; no names where the page says that nobody is credited."""

    job: str
    heading: str
    names: tuple[Words, ...]
    detail: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class CastItem:
    """One performer's item in a cast list.

    ``credited`` is the role as printed in the brackets; ``voiced`` names the characters that the voice is for where
    it is not for all of them.
    """

    performer: Words
    characters: tuple[Words, ...]
    credited: str
    qualifiers: tuple[str, ...]
    section: str
    span: Span
    voiced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the prose may mention: from a snapshot (``key`` is its Q-id) or from the entry's own cast.

    ``kind`` is one of person, character, mission, craft, place, organisation, work, event.
    """

    name: str
    kind: str
    key: str = ""
    aliases: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name met in the prose: the name as known, and every stretch that mentions it in one part."""

    known: KnownName
    part: Part
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date, span or decade in the prose, as EDTF."""

    edtf: str
    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class Life:
    """A person whose years of life the prose gives, as in “Ada Lovelace (1815–1852)”."""

    name: str
    birth: str | None
    death: str | None
    part: Part
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Depiction:
    """A proposal of ours: this character depicts that historical figure, for this reason."""

    character: str
    figure: KnownName
    reason: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """All that one guide entry says, in the order in which it says it; absent parts are None or empty."""

    source: str
    span: Span
    series: str | None = None
    label: str | None = None
    title: Words | None = None
    title_language: str | None = None
    season: int | None = None
    number: int | None = None
    categories: tuple[str, ...] = ()
    synopsis: tuple[Paragraph, ...] = ()
    credits: tuple[Credit, ...] = ()
    cast: tuple[CastItem, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    reviews: tuple[Paragraph, ...] = ()
    authors: tuple[Words, ...] = ()
    review: bool = False
    broadcast: Words | None = None
    original_title: Words | None = None
    timeline: Words | None = None
    first_broadcast: str | None = None
    url: str | None = None
    licence: str | None = None
    language: str | None = None
    cast_hedge: Span | None = None
    years: tuple[int, ...] = ()
    times: tuple[TimeMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    lives: tuple[Life, ...] = ()
    depictions: tuple[Depiction, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


# --- what an editor adds ------------------------------------------------------------------------------------------

Section = Literal["things", "story", "history", "making"]
ValueKind = Literal["name", "text", "date", "quantity", "flag"]


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a statement, by kind.

    ``text`` is a name, the words of a text (with ``language``), an EDTF date, the digits of a number (with ``unit``
    as written, or none), or ``yes``/``no``.
    """

    kind: ValueKind
    text: str
    language: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """When a statement holds: a date, or a relation to an event.

    ``relation`` is ``at`` (``date`` is EDTF), ``since``, ``before`` or ``after``; with ``amount`` and ``unit`` the
    distance from the event. ``event`` is an event's name, ``launch of NAME``, ``^id`` or ``this passage``.
    """

    relation: Literal["at", "since", "before", "after"]
    date: str = ""
    event: str = ""
    amount: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that support statements: from the entry (with spans) or from an outside source (with its key).

    ``pieces`` are the words between the ``[…]``; ``spans`` are theirs, one each, in the entry's text, and are empty
    for an outside source.
    """

    pieces: tuple[str, ...]
    place: Place
    spans: tuple[Span, ...] = ()
    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an editor: subject, property, value, and what is said about the statement itself.

    ``section`` is the side that the statement is on, ``heading`` the heading that it stands under: they differ where a
    prefix (``story:``) overrides the heading.
    """

    section: Section
    subject: str
    property: str
    value: Value
    place: Place
    negated: bool = False
    label: str = ""
    quote: Quote | None = None
    when: When | None = None
    until: When | None = None
    told_by: str = ""
    shown: str = ""
    hedge: str = ""
    hedge_span: Span | None = None
    verdict: str = ""
    against: str = ""
    judged_by: str = ""
    complete: tuple[str, ...] = ()
    rank: str = ""
    note: str = ""
    proposed: bool = False
    value_place: Place | None = None
    property_place: Place | None = None
    heading: Section | None = None
    key_places: tuple[tuple[str, Place], ...] = ()

    def place_of(self, key: str) -> Place:
        """Return where the indented line with a key stands, or the statement where there is none."""
        return dict(self.key_places).get(key, self.place)


@dataclass(frozen=True, slots=True)
class Statements:
    """A statements file as read: its head, its statements in order, and what its reader noticed.

    ``offered`` are the proposals that the file was scaffolded with.
    """

    source: str
    entry: str = ""
    by: str = ""
    world: str = ""
    language: str = ""
    statements: tuple[Statement, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    offered: tuple[Statement, ...] = ()

    @property
    def rejected(self) -> tuple[Statement, ...]:
        """The proposals that were offered and that the editor has deleted since."""
        kept = {(line.subject, line.property, line.value) for line in self.statements}
        return tuple(line for line in self.offered if (line.subject, line.property, line.value) not in kept)


@dataclass(frozen=True, slots=True)
class OutsideSource:
    """A source that is no guide entry: a page, a book. ``licence`` is an address where the bibliography gives one."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""
    note: str = ""
