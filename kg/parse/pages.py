"""A page taken apart into entries: where one ends and the next begins.

An entry ends with its closing line, or where a copy was cut short; the next begins with its categories or its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span
from kg.parse.header import is_advert, is_categories
from kg.parse.heads import head

_CLOSING = re.compile(r"LogBook entry[^\n]{0,30} by ")
_CUTS = ("[…]", "[...]", "[. . .]")
_TITLE = 110
_NEXT = 400  # how far ahead the line behind a cut is looked for


def segments(text: str, start: int) -> Iterator[Span]:
    """Yield the stretches of a page that may each be one entry, in order; together they are the whole page."""
    begin, at, full = start, start, False
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if stop == at:
            at += 1
            continue
        line = text[at : min(stop, at + 2000)].strip()
        if full and is_categories(line):
            yield Span(begin, at)
            begin, full = at, False
        elif _ends(text, line, at, stop):
            yield Span(begin, stop)
            begin, full = stop, False
        elif not full and line and not is_categories(line):
            full = len(line) > _TITLE or (("ast:" in line or " by " in line) and not is_advert(line))
        at = stop + 1
    if text[begin:].strip():
        yield Span(begin, len(text))


def _ends(text: str, line: str, at: int, stop: int) -> bool:
    """Whether an entry ends with a line: it is the closing, or the copy was cut here and another entry follows."""
    if "LogBook entry" in line and _CLOSING.search(line):
        found = head(line, 0, len(line))
        return found is not None and found.kind == "closing"
    tail = text[max(at, stop - 12) : stop].rstrip()
    if not tail.endswith(_CUTS):
        return False
    following = text[stop : stop + _NEXT].lstrip().partition("\n")[0].strip()
    return is_categories(following) or (
        0 < len(following) < _TITLE and following[0].isupper() and head(following, 0, len(following)) is None
    )
