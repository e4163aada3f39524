"""Text with stretches taken out, that still knows where everything stands in the document.

Picture labels are glued anywhere. They are cut out once, before anything is read; what is read later asks here for
the stretches of the document that carry a value, so a name with a label in its middle has two.

>>> text = Clear.of("Mara Comet PatrolVoss", 100, [Span(105, 117)])
>>> text.text, text.words(0, 9).spans
('Mara Voss', (Span(start=100, end=105), Span(start=117, end=121)))
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span, Words

_BREAKS = "\n\t\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Clear:
    """A text made of pieces of the document; piece k starts at ``starts[k]`` here and at ``raws[k]`` there."""

    text: str
    starts: tuple[int, ...]
    raws: tuple[int, ...]

    @classmethod
    def of(cls, raw: str, offset: int, cuts: Sequence[Span]) -> Clear:
        """Return ``raw``, which stands at ``offset``, without the ``cuts`` (in order, in the document's offsets)."""
        pieces: list[str] = []
        starts: list[int] = []
        raws: list[int] = []
        length, at = 0, 0
        for start, end in [(cut.start - offset, cut.end - offset) for cut in cuts] + [(len(raw), len(raw))]:
            if start > at:
                pieces.append(raw[at:start])
                starts.append(length)
                raws.append(at + offset)
                length += start - at
            at = end
        if not pieces:
            return cls("", (0,), (offset,))
        return cls("".join(pieces), tuple(starts), tuple(raws))

    def unbroken(self) -> Clear:
        """Return the same text with a space for each line end and hard space: broken lines read as whole ones."""
        text = self.text
        for sign in _BREAKS:
            text = text.replace(sign, " ")
        return Clear(text, self.starts, self.raws)

    def raw(self, at: int) -> int:
        """Return where in the document the sign at ``at`` stands."""
        piece = bisect_right(self.starts, at) - 1
        return self.raws[piece] + at - self.starts[piece]

    def shift(self, start: int, end: int) -> int | None:
        """Return how far a stretch stands from here in the document, None where something was cut out inside it."""
        piece = bisect_right(self.starts, start) - 1
        whole = piece + 1 == len(self.starts) or end <= self.starts[piece + 1]
        return self.raws[piece] - self.starts[piece] if whole else None

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the stretches of the document that carry the text from ``start`` to ``end``."""
        shift = self.shift(start, end)
        if shift is not None:
            return (Span(start + shift, end + shift),)
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        edges = [start, *self.starts[first + 1 : last + 1], end]
        return tuple(
            Span(low + self.raws[piece] - self.starts[piece], high + self.raws[piece] - self.starts[piece])
            for piece, (low, high) in enumerate(pairwise(edges), first)
        )

    def span(self, start: int, end: int) -> Span:
        """Return the smallest stretch of the document that holds the text from ``start`` to ``end``."""
        return Span(self.raw(start), self.raw(max(start, end - 1)) + 1)

    def words(self, start: int, end: int) -> Words:
        """Return the value that stands from ``start`` to ``end``, white space around and inside it folded."""
        piece = self.text[start:end]
        left = len(piece) - len(piece.lstrip())
        end = start + max(left, len(piece.rstrip()))
        return Words(" ".join(piece.split()), self.spans(start + left, end))


def folded(piece: str) -> str:
    """Return a stretch with one space for all white space inside it, none around it."""
    if "\n" not in piece and "  " not in piece and piece.isprintable():  # what is true of nearly all
        return piece.strip()
    return " ".join(piece.split())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of a stretch without the white space around it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else (start, start)
