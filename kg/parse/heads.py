"""The words that open a part of an entry, found at the start of a line even where something is glued in front.

>>> line = "Comet IISeason 2 Regular Cast: Ann Pell (Ivo)"
>>> found = head(line, 0, len(line))
>>> found.kind, found.words, line[:found.start]
('cast', 'Season 2 Regular Cast', 'Comet II')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.parse.verbs import SIGNS, verb

Kind = Literal["cast", "notes", "review", "broadcast", "original", "full", "timeline", "closing"]

_MODIFIERS = frozenset(
    "Season Series Regular Guest Voice Recurring Additional Supporting Main Principal Starring Original"
    " television Television "
    "TV audio Audio radio Radio film Film movie Movie stage Stage remake Remake Special English French German Japanese "
    "American British language Language Featured Full Live Action original regular guest voice version Version dub "
    "Footage Archive Footage Puppet Stunt Opening Closing Framing Returning New".split()
)
_GLUED = tuple(sorted((word for word in _MODIFIERS if word[0].isupper()), key=len, reverse=True))
_REACH = 400  # how far into a line a heading is looked for: past a credit that it is glued to
_PREFIX = 100  # the longest label
_STARS = ("Guest Starring:", "Guest Stars:", "Also Starring:", "Starring:", "Voices:", "Guest Voices:", "Voice Actors:")
_WORDS: tuple[tuple[str, Kind], ...] = (
    ("Notes:", "notes"), ("Note:", "notes"), ("Review:", "review"), ("Original title:", "original"),
    ("Original Title:", "original"), ("Full title:", "full"), ("Full Title:", "full"), ("Timeline:", "timeline"),
    ("Broadcast from ", "broadcast"), ("Broadcast on ", "broadcast"), ("Broadcast: ", "broadcast"),
    ("LogBook entry ", "closing"),
)  # fmt: skip
_SIGNS = re.compile(
    r"(?:ast|otes?|eview|itle|imeline|roadcast|tarring|Stars|Voices|Actors):|roadcast |LogBook entry |Appearing in "
)
_LONGEST = max(len(words) for words, _ in _WORDS)
_FULL_STOP = re.compile(r"[a-z]{3,}[.!?] ")
_DAY = re.compile(
    r"(?:on )?(?:\w{3,9}day,? )?(?:(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|\d)"
)
_FOOTAGE = "Appearing in "


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: its kind, where it starts and where what it heads begins, and its words without the colon.

    ``credit`` is true where a credit stands in front of it in the same line.
    """

    kind: Kind
    start: int
    content: int
    words: str
    credit: bool = False


def head(text: str, start: int, end: int) -> Head | None:
    """Return the heading that the line from ``start`` to ``end`` opens with, None for any other line."""
    window = text[start : min(end, start + _REACH)]
    if (":" not in window and "LogBook" not in window and "Broadcast" not in window) or not _SIGNS.search(window):
        return None
    cast = _footage(text, start, end) or _cast(text, start, end)
    plain = _plain(text, start, end)
    if cast and plain:
        return cast if cast.start < plain.start else plain
    return cast or plain


def later_heads(text: str, start: int, end: int) -> list[Head]:
    """Return headings of further casts inside a cast list: each behind a closing bracket."""
    found: list[Head] = []
    at = text.find("ast:", start, end)
    while at > 0:
        begin = _walk(text, at - 1, max(start, at - _PREFIX))
        if text[at - 1] in "Cc" and text[max(start, begin - 8) : begin].rstrip(" .,;\n").endswith(")"):
            found.append(Head("cast", begin, at + 4, text[begin : at + 3]))
        at = text.find("ast:", at + 4, end)
    return found


def _cast(text: str, start: int, end: int) -> Head | None:
    at = text.find("ast:", start, min(end, start + _REACH))
    if at <= start or text[at - 1] not in "Cc":
        return _stars(text, start, end)
    if text[at - 1] == "c" and at - 1 > start and not text[at - 2].isspace():
        return None
    begin = _walk(text, at - 1, start)
    moved = begin < at - 1 or text[at - 1] == "C"
    if begin == start:
        return Head("cast", start, at + 4, " ".join(text[start : at + 3].split())) if moved else None
    if text[at - 1] == "C" and _is_credit(text, start, begin):
        return Head("cast", begin, at + 4, text[begin : at + 3], credit=True)
    if begin - start > _PREFIX or _FULL_STOP.search(text, start, begin):
        return None
    if not text[begin - 1].isspace():
        return Head("cast", begin, at + 4, text[begin : at + 3])
    if text.find(", ", start, begin) >= 0:
        return None
    if text[start].islower() or not moved or "(" not in text[at : min(end, at + _PREFIX + 60)] or at - start > _PREFIX:
        return None
    return Head("cast", start, at + 4, " ".join(text[start : at + 3].split()))


def _is_credit(text: str, start: int, end: int) -> bool:
    """Whether a credit, or the rest of one, stands in a stretch: names behind its phrase, and no sentence."""
    if text.startswith(("and ", "& "), start):
        return True
    plain = text[start:end].lower()
    if not any(sign in plain for sign in SIGNS):  # a label, as nearly always
        return False
    return verb(text, start, end) is not None and not _FULL_STOP.search(text, start, end)


def _walk(text: str, at: int, start: int) -> int:
    """Return where a heading that ends in “Cast” at ``at`` begins: before all words that say which cast."""
    while at > start and text[at - 1] == " ":
        word_start = text.rfind(" ", start, at - 1) + 1 or start
        word = text[word_start : at - 1]
        if word in _MODIFIERS or (
            word.isdigit() and text[max(start, word_start - 7) : word_start].endswith(("Season ", "Series "))
        ):
            at = word_start
            continue
        if word.rstrip("0123456789") != word and len(word) == 4 and word.isdigit():
            at = word_start
            continue
        glued = next((known for known in _GLUED if word.endswith(known)), "")
        return at - 1 - len(glued) if glued else at
    return at


def _stars(text: str, start: int, end: int) -> Head | None:
    if text.find("tar", start, start + _PREFIX) < 0 and text.find("Voice", start, start + _PREFIX) < 0:
        return None
    for words in _STARS:
        at = text.find(words, start, min(end, start + _PREFIX))
        if at == start or (at > start and not text[at - 1].isspace() and text.find(", ", start, at) < 0):
            return Head("cast", at, at + len(words), words[:-1])
    return None


def _footage(text: str, start: int, end: int) -> Head | None:
    at = text.find(_FOOTAGE, start, min(end, start + _PREFIX))
    if at < 0 or (at > start and text[at - 1].isspace()) or "ootage" not in text[at : at + 40]:
        return None
    bracket = text.find("(", at, end)
    colon = text.rfind(":", at, bracket if bracket > 0 else end)
    return Head("cast", at, colon + 1, " ".join(text[at:colon].split())) if colon > 0 else None


def _plain(text: str, start: int, end: int) -> Head | None:
    near = text[start : min(end, start + _PREFIX + _LONGEST)]
    for words, kind in _WORDS:
        if words not in near:
            continue
        at = start + near.index(words)
        if at > start + _PREFIX:
            continue
        if at == start or (
            not text[at - 1].isspace() and text[at - 1] not in '“(‘"-' and not _FULL_STOP.search(text, start, at)
        ):
            if kind == "closing" and " by " not in text[at : at + 60]:
                continue
            if kind == "broadcast" and not _DAY.match(text, at + len(words)):
                continue
            content = at if kind == "closing" else at + len(words)
            return Head(kind, at, content, words.rstrip(": "))
    return None
