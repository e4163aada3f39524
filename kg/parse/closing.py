"""The closing line: who wrote the entry, and whether it is a review too.

>>> found = closing(Clear.of("LogBook entry & review by Ann Pell […]", 0, []), 0, 38)
>>> [author.text for author in found.authors], found.review
(['Ann Pell'], True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Words
from kg.parse.clear import Clear
from kg.parse.people import people

_STOPS = ("[", "…", "  ", " with ", " on ", " for ", " from ", "©", "|", "http")
_SENTENCE = re.compile(r"[a-z]{3}\. ")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closing line says."""

    authors: tuple[Words, ...]
    review: bool


def closing(text: Clear, start: int, end: int) -> Closing:
    """Return what the closing line from ``start`` to ``end`` says."""
    raw = text.text
    by = raw.find(" by ", start, end)
    if by < 0:
        return Closing((), review=False)
    sentence = _SENTENCE.search(raw, by, end)
    stop = min(
        [
            end,
            sentence.start() + 3 if sentence else end,
            by + _LONGEST,
            *(at for sign in _STOPS if (at := raw.find(sign, by + 4, end)) >= 0),
        ]
    )
    return Closing(people(text, by + 4, stop).names, review="review" in raw[start:by].lower())
