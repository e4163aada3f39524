r"""The body of an entry taken apart: which lines are synopsis, credits, cast, notes, review, and what stands between.

>>> body = "A rock falls.\nwritten by Ann Pell\nmusic by Bo LindCast: Mara Voss (Ivo)\nNotes: It fell."
>>> found = Blocks(body)
>>> found.read(0)
>>> [block.kind for block in found.blocks], body[found.blocks[3].start : found.blocks[3].end]
(['synopsis', 'credit', 'credit', 'cast', 'notes'], 'Mara Voss (Ivo)')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Span
from kg.parse.credits import Opening, goes_on, opening
from kg.parse.header import is_advert
from kg.parse.heads import Head, head, later_heads
from kg.parse.shops import shops

_CREDIT = re.compile(r"(?:[a-z]+ ){1,5}by [A-ZÀ-Þ]")
_GLUED = re.compile(r"\)\s*(?=Notes?: |Review: |LogBook entry |Broadcast from [A-Z]|Original [Tt]itle: |Timeline: )")
_ROLE = 80  # signs that a role may have on one side of a break
_TERMINAL = ".!?…:;”\"’')]}>"
_PROSE_KINDS = ("synopsis", "notes", "review")


@dataclass(slots=True)
class Block:
    """A stretch of one kind; ``words`` are the heading's."""

    kind: str
    start: int
    end: int
    words: str = ""


class Line(NamedTuple):
    """A line that is not blank, without the white space around it; ``gap`` when a blank line stands before it."""

    start: int
    end: int
    gap: bool


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines of a stretch that are not blank."""
    at, gap = start, True
    for line in text[start:end].split("\n"):
        if words := line.strip():
            low = at + line.index(words)
            yield Line(low, low + len(words), gap)
        gap = not words
        at += len(line) + 1


@dataclass(slots=True)
class Blocks:
    """Reads the lines of a body in order; the blocks, the notices' places and the leftovers are what comes out."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    shops: list[Span] = field(default_factory=list)
    glued: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    unheaded: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    leftovers: list[Span] = field(default_factory=list)
    state: str = "synopsis"

    def read(self, start: int) -> None:
        """Take apart everything from ``start`` on."""
        found = list(lines(self.text, start, len(self.text)))
        for index, line in enumerate(found):
            if self.state == "after":
                self.leftovers.append(Span(line.start, line.end))
                continue
            after = found[index + 1] if index + 1 < len(found) else None
            self._line(line, after)

    def _line(self, line: Line, after: Line | None) -> None:
        text, start, end = self.text, line.start, line.end
        taken = self._shop(start, end)
        if taken == end:
            return
        if found := head(text, taken, end):
            self._head(found, taken, end)
        elif self.state in ("synopsis", "credit", "cast") and (credit := self._opening(line, taken, after)):
            self._add("credit", credit.start, end)
        elif self._continues(line, taken):
            self.joined.append(taken)
            self.blocks[-1].end = end
        elif not (self.state == "after" and is_advert(text[start:end])):
            self._plain(Line(taken, end, line.gap))

    def _shop(self, start: int, end: int) -> int:
        if self.state in _PROSE_KINDS[1:]:
            return start
        taken = shops(self.text, start, end)
        if taken > start:
            self.shops.append(Span(start, taken))
        return taken

    def _opening(self, line: Line, start: int, after: Line | None) -> Opening | None:
        found = opening(self.text, start, line.end, among=False)
        if found or not ((self.state == "credit" and not line.gap) or start > line.start or self._before_credit(after)):
            return found
        return opening(self.text, start, line.end, among=True)

    def _before_credit(self, after: Line | None) -> bool:
        return (
            after is not None
            and not after.gap
            and self.text[after.start].islower()
            and opening(self.text, after.start, after.end, among=False) is not None
        )

    def _continues(self, line: Line, start: int) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return (
            last is not None
            and last.kind == self.state == "credit"
            and not line.gap
            and goes_on(self.text, start, line.end, self.text[max(last.start, last.end - 8) : last.end])
        )

    def _head(self, found: Head, start: int, end: int) -> None:
        if found.credit:
            self.glued.append(found.start)
            before = Line(start, found.start, gap=False)
            if self._continues(before, start):
                self.blocks[-1].end = found.start
            else:
                self._add("credit", start, found.start)
        if found.kind == "cast":
            glued = _GLUED.search(self.text, found.content, end)
            self._cast(found, glued.start() + 1 if glued else end)
            if glued:
                self._line(Line(glued.end(), end, gap=False), None)
                return
        else:
            self._add(found.kind, found.content, end, self.text[found.start : found.content])
        self.state = "after" if found.kind == "closing" else self.state

    def _cast(self, found: Head, end: int) -> None:
        heads = [found, *later_heads(self.text, found.content, end)]
        for index, one in enumerate(heads):
            self._add("cast", one.content, heads[index + 1].start if index + 1 < len(heads) else end, one.words)

    def _plain(self, line: Line) -> None:
        last = self.blocks[-1] if self.blocks else None
        if self.state in _PROSE_KINDS and last is not None and last.kind == self.state and self._broken(last, line):
            last.end = line.end
        elif self.state in _PROSE_KINDS:
            self._add(self.state, line.start, line.end)
        elif last is not None and last.kind == self.state == "cast" and self._lists(last, line):
            last.end = line.end
        elif self.state == "credit" and not any(block.kind == "synopsis" for block in self.blocks):
            self._add("synopsis", line.start, line.end)
        else:
            self._loose(line)

    def _loose(self, line: Line) -> None:
        """Keep a line that no heading announces as a note, or leave it out where it is a credit of an unknown kind."""
        if self.state == "credit" and not line.gap and _CREDIT.match(self.text, line.start, line.end):
            self.unknown.append(line.start)
            return
        self.unheaded.append(line.start)
        self.blocks.append(Block("notes", line.start, line.end))

    def _broken(self, last: Block, line: Line) -> bool:
        """Whether a line goes on with the sentence that the line before broke off."""
        unfinished = last.end > last.start and self.text[last.end - 1] not in _TERMINAL
        small = self.text[line.start].islower()
        return last.end == last.start or (unfinished and (small or not line.gap)) or (small and not line.gap)

    def _lists(self, last: Block, line: Line) -> bool:
        """Whether a line goes on with a cast list: it is broken off, or it lists performers itself."""
        if not line.gap or self.text[last.end - 1 : last.end] in (",", "/"):
            return True
        if self._role_open(last) and self.text.find(")", line.start, min(line.end, line.start + _ROLE)) > 0:
            return True
        opened = self.text.find("(", line.start, min(line.end, line.start + 60))
        return opened > 0 and ". " not in self.text[line.start : opened] and self.text[line.end - 1] != "."

    def _role_open(self, last: Block) -> bool:
        """Whether a cast list breaks off inside the brackets of a role."""
        near = max(last.start, last.end - _ROLE)
        return self.text.rfind("(", near, last.end) > self.text.rfind(")", near, last.end)

    def _add(self, kind: str, start: int, end: int, words: str = "") -> None:
        while start < end and self.text[start].isspace():
            start += 1
        self.blocks.append(Block(kind, start, end, words))
        if kind in ("synopsis", "credit", "cast", "notes", "review"):
            self.state = kind
