"""The six kinds of line of a statements file, each told by its first sign.

>>> line("- Argo | is a | craft", 7).kind, line("  when: 1967", 8).kind, line("Argo is a craft", 9).kind
('statement', 'key', 'unknown')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kg.model import Place

Kind = Literal["blank", "heading", "quote", "statement", "key", "remark", "offer", "unknown"]

HEAD_KEYS = ("entry", "by", "world", "language")
HEADINGS = ("Things", "Story", "History", "Making")
KEYS = (
    "when", "until", "told by", "shown", "hedge", "verdict", "against", "judged by", "complete", "rank", "note",
)  # fmt: skip
SHOWN = ("on screen", "in dialogue", "archive footage", "guide only")
VERDICTS = ("accurate", "simplified", "contradicted", "invented", "omitted", "unverified")
RANKS = ("preferred", "normal", "deprecated")

_KEY = re.compile(r"([^\W\d_][\w ]*?)\s*:(?:\s+(.*)|$)")
_BULLET = re.compile(r"[-–—*+]\s+|-(?=[^-].*\|)")
_PROPOSAL, _REMARK, _OFFER = "//?", "//", "// offered:"


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its kind: ``text`` is what follows the sign (for a key its value), ``place`` where that begins."""

    kind: Kind
    text: str
    place: Place
    key: str = ""
    indented: bool = False
    proposed: bool = False


def lines(text: str) -> list[str]:
    """Return the lines of a file, whatever its line ends and with or without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def line(raw: str, number: int) -> Line:
    """Return a raw line by its kind."""
    stripped = raw.strip()
    column = len(raw) - len(raw.lstrip()) + 1
    if stripped.startswith(_PROPOSAL):
        inner = line(raw.replace(_PROPOSAL, "   ", 1), number)
        return replace(inner, proposed=True, indented=inner.kind == "key")
    found = _signed(stripped)
    if found:
        kind, length = found
        rest = stripped[length:]
        column += length + len(rest) - len(rest.lstrip())
        return Line(kind, rest.strip(), Place(number, column), indented=raw[:1].isspace())
    key = _KEY.fullmatch(stripped)
    if key:
        value = " ".join((key[2] or "").split())
        start = column + key.start(2) if key[2] else column + len(stripped)
        return Line("key", value, Place(number, start), key=_one(key[1]), indented=raw[:1].isspace())
    return Line("unknown" if stripped else "blank", stripped, Place(number, column))


def _signed(stripped: str) -> tuple[Kind, int] | None:
    """Return the kind that a line's first sign tells, and the sign's length."""
    for sign, kind in ((_OFFER, "offer"), (_REMARK, "remark"), (">", "quote")):
        if stripped.startswith(sign):
            return kind, len(sign)  # type: ignore[return-value]
    if stripped.startswith("#"):
        return "heading", len(stripped) - len(stripped.lstrip("#"))
    bullet = _BULLET.match(stripped)
    return ("statement", bullet.end()) if bullet else None


def _one(words: str) -> str:
    return " ".join(words.split()).lower()
