"""Whether a known name met in prose means what is known: a call sign, a ship, a title word and “24 hours” do not.

A name of several words speaks for itself. A name of one word, and any title that is an everyday phrase, needs a word
beside it that says what it is.
"""

from __future__ import annotations

import re

from kg.model import Part
from kg.parse.gazetteer import Hit
from kg.parse.lexicon import OPENERS, is_job
from kg.parse.times import is_unit

_REACH = 40
_WORK_BEFORE = re.compile(
    r"\b(?:series|show|shows|sitcom|film|films|movie|movies|drama|serial|program|programme|franchise|book|novel|anime|cartoon|comedy|feature)"
    r"(?: called| titled| entitled| like| such as)? (?:the )?[“‘\"']?$"
)
_WORK_AFTER = re.compile(
    r"[”’\"']? \((?:\w+, )?\d{4}|[”\"’']?,? (?:creator|co-creator|showrunner|producer|TV series"
    r"|television series|series)\b"
)
_CRAFT_BEFORE = re.compile(
    r"\b(?:probe|spacecraft|mission|satellite|orbiter|lander|rover|capsule|telescope|spaceflight|flight"
    r"|NASA’s|ESA’s)s? $"
)
_CRAFT_AFTER = re.compile(
    r" (?:space )?(?:probe|spacecraft|mission|satellite|orbiter|lander|rover|capsule|telescope|flight|launch"
    r"|program|programme)s?\b"
)
_PERSON_BEFORE = re.compile(
    r"\b(?:[Cc]osmonaut|[Aa]stronaut|[Pp]resident|[Pp]hysicist|[Aa]stronomer|[Ss]cientist|[Ww]riter|[Pp]ilot"
    r"|[Aa]ctor|[Aa]ctress|[Dd]irector)s? $"
)
_SHIP_BEFORE = re.compile(
    r"\b(?:the|The|USS|U\.S\.S\.|HMS|SS|ship|starship|shuttle|vessel|freighter|cruiser|named|called|codenamed"
    r"|dubbed) [“‘\"]?$"
)
_NAME_BEFORE = re.compile(r"(?:^|[\s“‘(])([A-ZÀ-Þ][\w’'-]{0,30}\.?) $")
_NAME_AFTER = re.compile(r" [A-ZÀ-Þ][a-zß-ÿ]")
_PARTS_OF_NAMES = re.compile(r"(?:[-’'][A-Za-z](?!\b)|[-–][A-Z])")
_ARTICLES = frozenset(("The", "A", "An"))


def means(text: str, start: int, hit: Hit, part: Part) -> bool:
    """Return whether a name met in a paragraph that begins at ``start`` means what is known under it."""
    kind = hit.known.kind
    if _PARTS_OF_NAMES.match(text, hit.end):
        return False
    if kind == "work":
        return _work(text, start, hit)
    if kind in ("mission", "craft"):
        return _craft(text, start, hit, part)
    if kind == "person":
        return _person(text, start, hit)
    return _other(text, start, hit)


def _before(pattern: re.Pattern[str], text: str, start: int, hit: Hit) -> bool:
    return pattern.search(text[max(start, hit.start - _REACH) : hit.start]) is not None


def _after(pattern: re.Pattern[str], text: str, hit: Hit) -> bool:
    return pattern.match(text, hit.end, hit.end + _REACH) is not None


def _quoted(text: str, hit: Hit) -> bool:
    return text[hit.start - 1 : hit.start] in ("“", '"') and text[hit.end : hit.end + 2].lstrip(",.")[:1] in ("”", '"')


def _work(text: str, start: int, hit: Hit) -> bool:
    words = text[hit.start : hit.end].split()
    capitals = [word for word in words if word[0].isupper() and word not in _ARTICLES]
    if len(capitals) > 1 and not (hit.start == start and len(capitals) < 2):
        return True
    if _before(_WORK_BEFORE, text, start, hit) or _quoted(text, hit):
        return not is_unit(text, hit.end)
    return _after(_WORK_AFTER, text, hit) and not is_unit(text, hit.end) and not words[0].isdigit()


def _craft(text: str, start: int, hit: Hit, part: Part) -> bool:
    if hit.words > 1:
        return True
    if part == "synopsis" or (_before(_SHIP_BEFORE, text, start, hit) and not _after(_CRAFT_AFTER, text, hit)):
        return False
    return _before(_CRAFT_BEFORE, text, start, hit) or _after(_CRAFT_AFTER, text, hit)


def _person(text: str, start: int, hit: Hit) -> bool:
    if _before(_SHIP_BEFORE, text, start, hit):
        return False
    return hit.words > 1 or _before(_PERSON_BEFORE, text, start, hit)


def _other(text: str, start: int, hit: Hit) -> bool:
    """Return whether a place or an organisation of one word is no part of a longer name."""
    if hit.words > 1:
        return True
    before = _NAME_BEFORE.search(text[max(start, hit.start - _REACH) : hit.start])
    named = before is not None and before[1] not in OPENERS and not is_job(before[1])
    return not (named or _after(_NAME_AFTER, text, hit))
