"""One entry, read from its stretch of a page: header, labels, synopsis, credits, cast, notes, closing.

Names and dates in the prose are found afterwards, by ``kg.parse.prose``, in the same clear text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.model import CastItem, Credit, Document, Entry, Paragraph, Part, Span, Words
from kg.parse.blocks import Block, Blocks
from kg.parse.cast import Cast
from kg.parse.clear import Clear, folded
from kg.parse.closing import closing
from kg.parse.credits import credits_in
from kg.parse.header import front_number
from kg.parse.naming import (
    CUTS,
    NO_WORKS,
    Naming,
    Source,
    Works,
    cleared,
    front_words,
    label,
    naming,
    season,
    series,
    title,
)
from kg.parse.notices import Notice
from kg.parse.roles import placed
from kg.parse.times import month

_PARTS: Mapping[str, Part] = MappingProxyType({"synopsis": "synopsis", "notes": "notes", "review": "review"})
_RUN = re.compile(r"([A-Z][a-z]+) \d{1,2} through ([A-Z][a-z]+) ")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the clear text."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """An entry without what its prose mentions, and what is needed to find that."""

    entry: Entry
    text: Clear
    prose: tuple[Prose, ...]
    notices: tuple[Notice, ...]
    evidence: tuple[str, ...]


def layout(document: Document, span: Span, front: Mapping[str, str], works: Works = NO_WORKS) -> Layout:
    """Return the entry that stands in a stretch of the document."""
    source = Source(document, span, front, works)
    named = naming(source)
    text, removed = cleared(source, named)
    blocks = Blocks(text.text)
    blocks.read(0)
    notices = [Notice("label-removed", cut.start, f"“{cut.of(document.text)}” was taken out") for cut in removed]
    reader = _Reader(source, named, text, blocks, notices)
    entry = reader.entry()
    reader.note(entry)
    evidence = tuple(dict.fromkeys(block.kind for block in blocks.blocks))
    return Layout(entry, text, reader.prose, tuple(notices), evidence)


class _Reader:
    """Turns the blocks of one body into records."""

    def __init__(self, source: Source, named: Naming, text: Clear, blocks: Blocks, notices: list[Notice]) -> None:
        self._source, self._named, self._text, self._found = source, named, text, blocks
        self._blocks, self._notices = blocks.blocks, notices
        self._listed = text.unbroken()
        self.prose = tuple(self._prose())

    def entry(self) -> Entry:
        """Return the entry."""
        source, named, front = self._source, self._named, self._source.front
        closings = [closing(self._text, block.start, block.end) for block in self._of("closing")]
        return Entry(
            source=source.document.name,
            span=self._whole(),
            series=series(source, named),
            label=label(source, named),
            title=title(source, named),
            title_language=front.get("title_language"),
            season=season(named) if "season" not in front else front_number(front, "season"),
            number=front_number(front, "number"),
            categories=tuple(part for part in named.header.categories.split(" | ") if part),
            synopsis=self._paragraphs("synopsis"),
            credits=self._credits(),
            cast=self._cast(),
            notes=self._paragraphs("notes"),
            reviews=self._paragraphs("review"),
            authors=tuple(author for one in closings for author in one.authors),
            review=any(one.review for one in closings) or any(part.part == "review" for part in self.prose),
            broadcast=self._line("broadcast"),
            original_title=self._line("original") or front_words(source, "original_title"),
            timeline=self._line("timeline"),
            first_broadcast=front.get("first_broadcast"),
            url=front.get("url"),
            licence=front.get("licence"),
            language=front.get("language"),
        )

    def _whole(self) -> Span:
        raw, start = self._source.raw, self._source.span.start
        return Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))

    def _of(self, kind: str) -> list[Block]:
        return [block for block in self._blocks if block.kind == kind]

    def _prose(self) -> list[Prose]:
        found: list[Prose] = []
        for block in self._blocks:
            if block.kind in _PARTS and block.start < block.end:
                end = self._uncut(block)
                if block.start < end:
                    found.append(Prose(_PARTS[block.kind], block.start, end))
        return found

    def _uncut(self, block: Block) -> int:
        """Return where a paragraph ends, without the sign that the copy was cut here."""
        text, end = self._text.text, block.end
        for sign in CUTS:
            if text.endswith(sign, block.start, end):
                self._note("cut-short", end - 1, "the text stops here")
                end = block.start + len(text[block.start : end - len(sign)].rstrip())
        return end

    def _paragraphs(self, part: Part) -> tuple[Paragraph, ...]:
        text = self._text
        return tuple(
            Paragraph(folded(text.text[one.start : one.end]), text.span(one.start, one.end))
            for one in self.prose
            if one.part == part
        )

    def _credits(self) -> tuple[Credit, ...]:
        found: list[Credit] = []
        for block in self._of("credit"):
            found.extend(credits_in(self._listed, block.start, block.end, self._notices))
        return tuple(found)

    def _cast(self) -> tuple[CastItem, ...]:
        told = "\n".join(self._text.text[one.start : one.end] for one in self.prose)
        reader = Cast(self._listed, self._notices, placed(told))
        found: list[CastItem] = []
        for block in self._of("cast"):
            found.extend(reader.items(" ".join(block.words.split()), block.start, block.end))
        return tuple(found)

    def _line(self, kind: str) -> Words | None:
        block = next((block for block in self._of(kind) if block.start < block.end), None)
        return self._text.words(block.start, block.end) if block else None

    # --- notices

    def note(self, entry: Entry) -> None:
        """Add what was noticed about the entry as a whole."""
        self._missing(entry)
        self._doubts(entry)
        for span in self._found.shops:
            self._note("shop-removed", span.start, f"“{span.of(self._text.text)}” was taken off")
        for code, places, message in (
            ("credit-glued", self._found.glued, "the credit in front of this heading was parted from it"),
            ("credit-joined", self._found.joined, "this line goes on with the credit before it"),
            ("credit-unknown", self._found.unknown, "a credit for no job that is known here"),
            ("prose-unheaded", self._found.unheaded, "read as a note"),
            ("leftover-skipped", [span.start for span in self._found.leftovers], "no part of the entry"),
        ):
            for at in places:
                self._note(code, at, message)

    def _note(self, code: str, at: int, message: str) -> None:
        self._notices.append(Notice(code, self._text.raw(at), message))

    def _missing(self, entry: Entry) -> None:
        for name, value in (("title", entry.title), ("number", entry.number), ("series", entry.series)):
            if value is None:
                words = f"the text does not tell the {name}; give it in front matter"
                self._notices.append(Notice(f"missing-{name}", entry.span.start, words))

    def _doubts(self, entry: Entry) -> None:
        named, start = self._named, self._source.span.start
        for span in named.header.leftovers:
            self._notices.append(Notice("leftover-skipped", span.start + start, "no part of the entry"))
        if named.opened and named.opened.guessed:
            self._notices.append(Notice("label-guessed", named.opened.span.start + start, f"“{named.opened.label}”"))
        if len(named.labels) > 1:
            shown = ", ".join(f"“{one}”" for one in named.labels)
            self._notices.append(Notice("labels-differ", entry.span.start, shown))
        told, given = season(named), entry.season
        if told is not None and given is not None and told != given:
            words = f"front matter says {given}, categories {told}"
            self._notices.append(Notice("season-conflict", entry.span.start, words))
        if (run := entry.broadcast) and (months := _RUN.match(run.text)) and month(months[1]) > month(months[2]):
            self._notices.append(Notice("date-unclear", run.span.start, "the run begins in the year before"))
