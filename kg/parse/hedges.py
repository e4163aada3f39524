"""The sentence in which a guide's author says that placing performers in this episode is an attempt.

>>> text = "It rains. The credits list the whole season; an attempt has been made to credit each episode. It stops."
>>> text[slice(*hedge(text, 0, len(text)))]
'The credits list the whole season; an attempt has been made to credit each episode.'
"""

from __future__ import annotations

import re

_DOUBT = re.compile(
    r"\b(?:attempt(?:ed|s)?|tried|trying|uncertain|unclear|unsure|not (?:certain|sure|clear)|guess(?:es|work"
    r"|ed)?|tentative(?:ly)?|may not|might not"
    r"|difficult to|hard to|best effort|approximate(?:ly)?|assumed|presumed|probably|possibl[ey])\b",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"\b(?:credit(?:s|ed|ing)?|cast lists?|cast|billed|listed|performers?|actors?|actress(?:es)?)\b", re.IGNORECASE
)
_PLACING = re.compile(
    r"\b(?:entire|whole|each|every|all|specific|individual|particular|any given|which|this|single|same)"
    r"(?: of the| the)? (?:season|episode|series|instal?lment)s?\b|\b(?:the )?episodes? in which\b"
    r"|\bboth (?:parts|episodes)\b"
    r"|\b(?:season|series)(?:’s|-long| as a whole)|\bacross (?:the|all)\b|\bper[- ]episode\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…][”’\")\]]*(?=\s+[A-Z“‘\"(\[]|\s*$)")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Lt|Sgt|St|Jr|Sr|Prof|Capt|vs|No))\.$")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the sentences between two places of a text stand."""
    found: list[tuple[int, int]] = []
    begin = start
    for stop in _END.finditer(text, start, end):
        if _ABBREVIATED.search(text, max(begin, stop.start() - 6), stop.start() + 1):
            continue
        found.append((begin, stop.end()))
        begin = stop.end()
        while begin < end and text[begin].isspace():
            begin += 1
    return [*found, (begin, end)] if begin < end else found


def hedge(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the first sentence that hedges the cast stands, None where none does."""
    if not (_DOUBT.search(text, start, end) and _CREDITS.search(text, start, end)):
        return None
    for low, high in sentences(text, start, end):
        if all(pattern.search(text, low, high) for pattern in (_DOUBT, _CREDITS, _PLACING)):
            return low, high
    return None
