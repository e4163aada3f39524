"""Credits: one line, or a line that goes on in the next, with one job or several.

>>> text = Clear.of("music by Ann Pell / Comet Patrol theme by Bo Lind", 0, [])
>>> [(found.heading, found.names[0].text, found.detail) for found in credits_in(text, 0, len(text.text), [])]
[('music by', 'Ann Pell', None), ('theme by', 'Bo Lind', 'Comet Patrol')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Credit, Span
from kg.parse.clear import Clear, trimmed
from kg.parse.lexicon import NO_COMMA_SUFFIXES, PARTICLES, is_suffix
from kg.parse.notices import Notice
from kg.parse.people import People, people
from kg.parse.shops import shop_start, shops
from kg.parse.verbs import Verb, misspelt, verb, verbs

_MARKS = re.compile(r"[()/]")
_LINKS = ("with", "and", "&", ",", ";", "/", "–", "-")
_NOBODY = frozenset(("unknown", "not credited", "uncredited", "n/a", "?", "none", "not known", "nobody"))
_CUTS = ("[…]", "[...]")
_LINKING = PARTICLES | frozenset("and with the of for by not as from unknown onscreen credited".split())
_SMALL = frozenset("a an his her its their our my your this that these those some any no each every one two".split())
_LONGEST = 500  # of a line that is a credit
_CAPITAL = 160  # of one whose phrase begins with a capital
_PREFIX = 80  # of the words before a phrase: a production, a song, a label


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line opens as a credit: where the credit begins, where its phrase does, and where a label before ends."""

    start: int
    phrase: int
    label: Span | None = None


def opening(text: str, start: int, end: int, *, among: bool) -> Opening | None:
    """Return how the line from ``start`` to ``end`` opens as a credit, None for any other line.

    ``among`` tells that other credits stand next to it: then a production or a song may stand before the phrase.
    """
    if end - start > _LONGEST + 200:
        return None
    begin = shops(text, start, end)
    reach = min(end, begin + _PREFIX + 60)
    near = text[begin:reach]
    if " by" not in near and "credited" not in near and "ased on " not in near and "ased upon " not in near:
        return None
    found = verb(text, begin, reach) or _misspelt(text, begin, end)
    if found is None or found.start - begin > _PREFIX:
        return None
    prefix = text[begin : found.start]
    if not prefix:
        return Opening(begin, begin) if _plausible(text, begin, end, found) else None
    if ". " in prefix or "; " in prefix or not (text[found.start].islower() or among):
        return None
    if prefix[-1].isspace() or prefix[-1] in '“"':
        short = end - begin <= _CAPITAL and text[end - 1] not in "…!?" and not text.endswith(("”.", ")."), begin, end)
        fits = among and short and _production(prefix) and _plausible(text, found.start, end, found)
        return Opening(begin, found.start) if fits else None
    return _glued(text, begin, found)


def _misspelt(text: str, start: int, end: int) -> Verb | None:
    found = misspelt(text[start : min(end, start + _PREFIX + 20)])
    if found is None:
        return None
    return Verb(start + found.start, start + found.end, found.heading, found.job, corrected=True)


def _production(prefix: str) -> bool:
    """Whether words before a phrase name a production or a song."""
    words = prefix.split()
    verbal = any(word in ("was", "were", "is", "are", "has", "had", "been", "being", "be") for word in words)
    return (prefix[0].isupper() or prefix[0].isdigit() or prefix[0] in '“"‘') and len(words) <= 9 and not verbal


def _glued(text: str, begin: int, found: Verb) -> Opening | None:
    """Return how a line opens whose phrase is glued to a label, to shop texts, or to both."""
    last = text[begin : found.start].rsplit(" ", 1)[-1]
    if not (last[0].isupper() or last[0].isdigit() or not last[0].isalpha() or not last[-1].isalpha()):
        return None
    shop = shop_start(text, begin, found.start)
    label = Span(begin, shop if shop > begin else found.start) if shop != begin else None
    return Opening(found.start, found.start, label)


def _plausible(text: str, start: int, end: int, found: Verb) -> bool:
    """Whether a line that opens with a phrase goes on with names and not as a sentence."""
    rest = text[found.end : end].strip()
    if not found.credited or found.detail:
        return len(rest) < _CAPITAL
    first = rest.split(maxsplit=1)[0] if rest else ""
    if (
        end - start > _LONGEST
        or (first[:1].islower() and not _small(first, rest))
        or (rest.endswith(".") and _told(rest.split()))
    ):
        return False
    return text[start].islower() or (end - start <= _CAPITAL and not rest.endswith((".", "…", "!")) and bool(rest))


def goes_on(text: str, start: int, end: int, before: str) -> bool:
    """Return whether a line goes on with the credit in the line before it."""
    return end - start <= _LONGEST and (
        text.startswith(("and ", "& ", "(", "with ", "/ ", "by "), start)
        or before.endswith((" and", "&", ",", " by", " /"))
    )


def _small(first: str, rest: str) -> bool:
    """Whether words with a small first letter name somebody: a particle, initials, or an artist's name alone."""
    if first in PARTICLES or first in ("the", "unknown", "not", "uncredited") or "." in first[:-1]:
        return True
    return len(rest.split()) < 3 and rest[-1].isalnum() and first not in _SMALL


def _told(words: list[str]) -> bool:
    """Whether words that end in a full stop are a sentence: names do so behind “Jr.”, “Ltd.” or an initial alone."""
    last = words[-1].rstrip(".")
    if is_suffix(last) or last.lower() in NO_COMMA_SUFFIXES or len(last) < 2:
        return False
    first = words[: words.index("/")] if "/" in words else words
    return len(first) > 12 or any(word.islower() and word.isalpha() and word not in _LINKING for word in first)


def credits_in(text: Clear, start: int, end: int, notices: list[Notice]) -> list[Credit]:
    """Return the credits that stand from ``start`` to ``end``; nothing but credits does."""
    start, end = trimmed(text.text, start, end)
    for sign in _CUTS:
        if text.text.endswith(sign, start, end):
            start, end = trimmed(text.text, start, end - len(sign))
    hits = _outer(text.text, start, end, verbs(text.text, start, end))
    if not hits and (slip := _misspelt(text.text, start, end)):
        hits = [slip]
    found: list[Credit] = []
    begin = start
    for index, hit in enumerate(hits):
        stop = hits[index + 1].start if index + 1 < len(hits) else end
        close = _close(text.text, hit.end, stop) if stop < end else end
        found.extend(_credit(text, hit, begin, close, notices))
        begin = _after(text.text, close, stop)
    return found


def _outer(text: str, start: int, end: int, hits: list[Verb]) -> list[Verb]:
    """Return the phrases that stand outside of brackets; the first always counts."""
    kept: list[Verb] = []
    depth, at = 0, start
    for hit in hits:
        depth = max(0, depth + text.count("(", at, hit.start) - text.count(")", at, hit.start))
        at = hit.start
        if depth == 0 or not kept:
            kept.append(hit)
    return kept


def _close(text: str, start: int, stop: int) -> int:
    """Return where the names before a further phrase end: at the last slash outside of brackets, or at the phrase.

    A slash between spaces counts before one without, which a series may have in its name.
    """
    depth, found, spaced = 0, stop, False
    for mark in _MARKS.finditer(text, start, stop):
        depth += {"(": 1, ")": -1, "/": 0}[mark.group()]
        apart = text[mark.start() - 1 : mark.end() + 1] == " / "
        if mark.group() == "/" and depth <= 0 and (apart or not spaced):
            found, spaced = mark.start(), apart
    return found


def _after(text: str, close: int, stop: int) -> int:
    """Return where the words before the next phrase begin, behind a slash."""
    return trimmed(text, close + 1, stop)[0] if close < stop else stop


def _credit(text: Clear, hit: Verb, start: int, end: int, notices: list[Notice]) -> list[Credit]:
    low, high = trimmed(text.text, hit.end, end)
    for link in _LINKS if text.text.endswith(_LINKS, low, high) else ():
        if text.text[low:high].endswith(link) and not text.text[low : high - len(link)][-1:].isalnum():
            low, high = trimmed(text.text, low, high - len(link))
    named = people(text, low, high) if hit.credited and low < high else people(text, low, low)
    if any(name.text.lower() in _NOBODY for name in named.names):
        named = People(tuple(name for name in named.names if name.text.lower() not in _NOBODY), named.details)
    before = text.text[start : hit.start].strip(" \n/,:–-")
    details = [words for words in (before, hit.detail, *named.details) if words]
    span = text.span(min(start, hit.start), max(high, hit.end))
    place = text.raw(hit.start)
    if hit.corrected:
        notices.append(Notice("verb-corrected", place, f"“{text.text[hit.start : hit.end]}” read as “{hit.heading}”"))
    if not named.names:
        notices.append(Notice("no-names", place, f"nobody is named for “{hit.heading}”"))
    if len(named.names) > 1 and any(len(name.spans) > 1 for name in named.names):
        notices.append(Notice("surname-shared", place, " and ".join(name.text for name in named.names)))
    detail = "; ".join(" ".join(words.split()) for words in details) or None
    jobs = [(hit.heading, hit.job), *([hit.second] if hit.second[0] else [])]
    return [Credit(job, heading, named.names, detail, span) for heading, job in jobs]
