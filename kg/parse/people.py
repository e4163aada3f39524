"""The names in a credit or before a role: who is one person, who are two, and which share a surname.

>>> text = Clear.of("Ann & Bo Pell (a.k.a. X), Cy Orr, Jr. and The Kite Company", 0, [])
>>> [name.text for name in people(text, 0, len(text.text)).names]
['Ann Pell', 'Bo Pell', 'Cy Orr, Jr.', 'The Kite Company']
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Words
from kg.parse.clear import Clear
from kg.parse.lexicon import NO_COMMA_SUFFIXES, PARTICLES, is_suffix

# each alternative begins with a letter or sign of its own: so the search skips from one to the next
_MARKS = re.compile(r",|;|/|&|\(|\)|\[|\]|\+|and(?<!\wand)\b|with(?<!\wwith)\b")
_FIRM_ENDS = frozenset("sons co co. company associates partners brothers bros bros. daughters".split())
_TRAILING = " \t\n\u00a0,;:–-"


@dataclass(frozen=True, slots=True)
class People:
    """Names in order, and what stood in brackets behind them."""

    names: tuple[Words, ...]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch between two separators; ``joined`` when an “and” or “&” stands before it."""

    start: int
    end: int
    joined: bool


def people(text: Clear, start: int, end: int) -> People:
    """Return the names that stand from ``start`` to ``end``."""
    if _MARKS.search(text.text, start, end) is None:
        alone: list[_Part] = []
        _add(text.text, alone, start, end, joined=False)
        return People(tuple(text.words(part.start, part.end) for part in alone), ())
    parts, details = _parts(text.text, start, end)
    found: list[Words] = []
    for index, part in enumerate(parts):
        found.append(_shared(text, parts, index) or text.words(part.start, part.end))
    return People(tuple(found), tuple(details))


def _parts(text: str, start: int, end: int) -> tuple[list[_Part], list[str]]:
    parts: list[_Part] = []
    details: list[str] = []
    at, depth, opened, joined = start, 0, start, False
    for mark in _MARKS.finditer(text, start, end):
        sign = mark.group()
        if sign in "([":
            if depth == 0:
                _add(text, parts, at, mark.start(), joined=joined)
                opened = mark.end()
            depth += 1
        elif sign in ")]":
            if depth == 1:
                details.append(text[opened : mark.start()].strip())
            elif depth == 0:
                _add(text, parts, at, mark.start(), joined=joined)
            depth = max(0, depth - 1)
            if depth == 0:
                at, joined = mark.end(), False
        elif depth == 0 and _separates(text, mark.start(), mark.end(), end):
            _add(text, parts, at, mark.start(), joined=joined)
            at, joined = mark.end(), sign in ("and", "&", "+")
    if depth:
        details.append(text[opened:end].strip())
    else:
        _add(text, parts, at, end, joined=joined)
    return parts, details


def _separates(text: str, start: int, end: int, limit: int) -> bool:
    """Whether a mark parts two names: “AT&T” and a suffix behind a comma do not. Names end at ``limit``."""
    sign, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if sign in ("&", "and", "with", "+"):
        if not (before.isspace() or before == ")" or after.isspace()):
            return False
        return text[end : min(end + 24, limit)].split()[:1] != [] and _first(text, end, limit).lower() not in _FIRM_ENDS
    if sign == ",":
        word = _first(text, end, limit)
        return not (is_suffix(word) or word.strip(".").lower() in NO_COMMA_SUFFIXES)
    return True


def _first(text: str, at: int, limit: int) -> str:
    words = text[at : min(at + 24, limit)].split(maxsplit=1)
    return words[0].strip(",;()[]") if words else ""


def _add(text: str, parts: list[_Part], start: int, end: int, *, joined: bool) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(_TRAILING))
    end = start + len(piece.rstrip(_TRAILING))
    start += left
    if text[start:end].endswith(".") and not _abbreviated(text[start:end]):
        end -= 1
    if start < end:
        parts.append(_Part(start, end, joined))


def _abbreviated(name: str) -> bool:
    """Whether a full stop at the end belongs to the name: initials, “Jr.”, “Inc.”."""
    last = name[-24:].split()[-1]
    plain = last.strip(".").lower()
    return len(plain) <= 1 or "." in last[:-1] or is_suffix(plain) or plain in NO_COMMA_SUFFIXES or plain == "bros"


def _shared(text: Clear, parts: list[_Part], index: int) -> Words | None:
    """Return the full name of someone whose surname stands with a later name only: “Ann & Bo Pell”."""
    part = parts[index]
    given = text.text[part.start : part.end]
    if any(sign.isspace() for sign in given) or _alone(given):
        return None
    for later in parts[index + 1 : index + 5]:
        words = text.text[later.start : later.end].split()
        if len(words) == 1 and not _alone(words[0]):
            continue
        if len(words) < 2 or not later.joined or words[0].lower() in ("the", "a", "his", "her"):
            return None
        start = later.end - len(_surname(text.text[later.start : later.end]))
        spans = text.spans(part.start, part.end) + text.spans(start, later.end)
        return Words(f"{given} {' '.join(text.text[start : later.end].split())}", spans)
    return None


def _alone(word: str) -> bool:
    """Whether a single word is a whole name: bare capitals, signs or digits, small letters."""
    letters = [sign for sign in word if sign.isalpha()]
    if not letters or not word[0].isupper() or any(sign.isdigit() for sign in word):
        return True
    return len(letters) > 1 and all(sign.isupper() for sign in letters) and "." not in word


def _surname(name: str) -> str:
    """Return the end of a full name that a relative would share: particles and suffixes included."""
    words = name.split()
    keep = 1
    while keep < len(words) - 1 and (is_suffix(words[-keep]) or _particle(words[-keep - 1])):
        keep += 1
    at = len(name)
    for _ in range(keep):
        at = max(name.rfind(" ", 0, at), name.rfind("\n", 0, at))
        if at < 0:
            return name
    return name[at:].lstrip()


def _particle(word: str) -> bool:
    """Whether a word belongs to the surname behind it; “O’ Dell” has lost its seam."""
    return word.lower().strip(".") in PARTICLES or word.endswith(("’", "'"))
