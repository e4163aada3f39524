"""The right words nearest to wrong ones, for messages.

>>> hint("crew membr", ["commander", "crew member", "launch"])
'; nearest: crew member'
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_LIKE = 60


def nearest(word: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return up to ``count`` known words, the nearest first, of those that are near at all."""
    choices = sorted(set(known))
    found = process.extract(word, choices, scorer=fuzz.WRatio, processor=str.lower, limit=count, score_cutoff=_LIKE)
    return tuple(choice for choice, _, _ in found)


def hint(word: str, known: Iterable[str]) -> str:
    """Return the nearest known words as the end of a message, or nothing where none is near."""
    found = nearest(word, known)
    return f"; nearest: {', '.join(found)}" if found else ""


def passage(words: str, text: str) -> str:
    """Return the stretch of a text that is most like the words, whole words only; empty where nothing is."""
    if not words or not text:
        return ""
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_LIKE)
    if found is None:
        return ""
    start, end = text.rfind(" ", 0, found.dest_start) + 1, text.find(" ", max(found.dest_end - 1, 0))
    return text[start : end if end >= 0 else len(text)]
