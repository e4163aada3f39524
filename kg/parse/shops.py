"""Texts of shop links, which stand glued to the first credit: recognised, so that they can be taken off.

>>> line = "Order the DVDsDownload this episode via Amazonteleplay by Ann Pell"
>>> line[shops(line, 0, len(line)):]
'teleplay by Ann Pell'
>>> line = "Order the DVDstory by Ann Pell"
>>> line[shops(line, 0, len(line)):]
'story by Ann Pell'
"""

from __future__ import annotations

import re

# a plural s is not taken from the verb behind it: “DVDstory by”
_PLURAL = r"(?:(?-i:s)(?!tory|creenplay|cript|cenario|pecial|eries|ong|core|ound|tock|uggested))?"
_WORDS = (
    r"the|this|these|that|it|all|complete|entire|whole|full|original|first|on|in|from|via|at|through|and|or|now!?|today!?|here|"
    r"online|audio|video|digital|paperback|hardcover|regular|limited|special|collectors?|home|soundtrack|"
    rf"Amazon(?:['’‘]s Unbox| Unbox| Instant Video| Prime Video| Prime| Video|\.com)?|Unbox|iTunes|Netflix"
    rf"|Hulu|YouTube|"
    rf"(?:DVD|CD|LP|VHS|Blu-?ray|UMD|MP3){_PLURAL}|"
    rf"(?:disc|set|box|boxed|collection|edition|episode|movie|film|book|novel|album|score|volume|serial|comic){_PLURAL}|"
    rf"season{_PLURAL}|series|stor(?:y|ies)|\d{{1,3}}"
)
_SHOP = re.compile(
    rf"(?:Order|Get|Buy|Download|Stream|Watch|Rent|Own|Purchase|Pre-?order"
    rf"|Stream or download)(?: (?:{_WORDS})){{1,10}}",
    re.IGNORECASE,
)
_GOES_ON = frozenset(",.;:!?’'”)-–…")  # behind these words they are prose, and nothing is glued to them
_STARTS = re.compile(
    r"(?:Order|Get|Buy|Download|Stream|Watch|Rent|Own|Purchase|Pre-?order) (?:the|this|these|[Ii]t|now|DVD|CD"
    r"|all|on|via|Season)"
)


def shops(text: str, start: int, end: int) -> int:
    """Return where the shop texts that stand at ``start`` end; ``start`` where none does.

    A shop text is taken only where something is glued to it or the line ends: prose goes on with a space.
    """
    at = start
    while hit := _SHOP.match(text, at, end):
        if hit.end() < end and text[hit.end()].isspace():
            rest = text[hit.end() : end].lstrip()
            if rest and not _SHOP.match(rest):
                break
            at = end - len(rest)
            continue
        if hit.end() < end and text[hit.end()] in _GOES_ON:
            break
        at = hit.end()
    return at


def shop_start(text: str, start: int, end: int) -> int:
    """Return where the first shop text in a stretch begins, -1 where there is none."""
    hit = _STARTS.search(text, start, end)
    return hit.start() if hit else -1
