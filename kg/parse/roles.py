"""The role in a cast item's brackets: which characters it names, and in what manner they are played.

>>> role = Clear.of("Ivo / voice of Zed", 0, [])
>>> found = parts(role, 0, 18)
>>> [name.text for name in found.characters], found.qualifiers, found.voiced
(['Ivo', 'Zed'], ('voice',), ('Zed',))
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Words
from kg.parse.clear import Clear, trimmed
from kg.parse.lexicon import JOBS, OFFICES, PLACING, TITLES, folded, is_job, is_place, is_suffix

ORDER = ("voice", "body", "archive", "young", "uncredited", "unknown role", "group")
_MARKS = re.compile(r"[,/;()\[\]“”\"]")
_VOICE_OF = re.compile(r"(?:the )?voices? +of +(?=\S)|voices?: ?(?=\S)", re.IGNORECASE)
_BODY_OF = re.compile(r"(?:the )?(?:body|puppeteer|puppeteers) (?:of|for) (?=\S)")
_TAILS = (
    (re.compile(r"(?:[’']s)? (?:voices?(?: only)?|voice-?over)$"), "voice"),
    (re.compile(r"(?:[’']s)? (?:(?:lead )?puppet(?:eers?|ry)|performance artists?|body(?: double)?"
                r"|suit (?:performer|actor)s?|motion capture|stunt double)$"), "body"),
    (re.compile(r" archive footage$"), "archive"),
)  # fmt: skip
_NAMED_VOICE = re.compile(r"\b[Vv]oices?$|^Voices? (?:on|from|in|over|at|behind|inside)\b")
_NAMED_BODY = re.compile(r"\b(?:Puppeteers?|Performance Artists?)$")
_ALONE = {
    "voice": "voice", "voices": "voice", "voice only": "voice", "voice over": "voice", "voiceover": "voice",
    "uncredited": "uncredited", "not credited": "uncredited", "archive footage": "archive", "stock footage": "archive",
    "puppeteer": "body", "performance artist": "body", "body": "body", "suit actor": "body",
    "credit only": "credit only",
}  # fmt: skip
# each alternative begins with a letter or sign of its own: so the search skips from one to the next
TELLING = re.compile(
    r"Voice|voice|Puppet|puppet|Artist|artist|Body|body|suit|double|capture|footage|\(|\[|\?|–|—| - |Young |young "
    r"|nknown|credit"
)
_VARIOUS = frozenset(("additional", "various", "other", "extra", "background", "misc.", "miscellaneous", "several"))
_CODE = 40  # the longest code that is looked at behind a slash
_RULING = ("of", "to", "for", "in", "the")
_ANYBODY = frozenset("man woman boy girl child voice person ghost monster creature".split())  # “Man of Straw” is a name
_UNKNOWN = frozenset(("?", "??", "???", "unknown", "role unknown", "unknown role", "character unknown"))
_REMARK = re.compile(r" ?[(\[]([^()\[\]]{1,40})[)\]]$| [-–—] ?([a-z][a-z ]{3,30})$")


@dataclass(frozen=True, slots=True)
class Role:
    """What a role says: its characters, the manners in which they are played, whom a voice is for alone."""

    characters: tuple[Words, ...]
    qualifiers: tuple[str, ...]
    voiced: tuple[str, ...]


def ordered(qualifiers: set[str]) -> tuple[str, ...]:
    """Return qualifiers in the one order in which records hold them."""
    if len(qualifiers) < 2:
        return tuple(qualifiers)
    return tuple(sorted(qualifiers, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


def parts(text: Clear, start: int, end: int, places: Callable[[str], bool] = is_place) -> Role:
    """Return what the role that stands from ``start`` to ``end`` says; ``places`` tells whether words name a place."""
    characters: list[Words] = []
    voiced: list[str] = []
    qualifiers: set[str] = set()
    for low, high in _pieces(text.text, start, end, places):
        low, high, said = _manner(text.text, low, high)
        qualifiers |= said
        if low < high:
            words = text.words(low, high)
            characters.append(words)
            if "voice" in said:
                voiced.append(words.text)
    if not characters and not qualifiers:
        qualifiers.add("unknown role")
    alone = tuple(voiced) if 0 < len(voiced) < len(characters) else ()
    return Role(tuple(characters), ordered(qualifiers), alone)


def _pieces(text: str, start: int, end: int, places: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return the stretches of a role that name one character each."""
    if _MARKS.search(text, start, end) is None:
        return [trimmed(text, start, end)]
    cuts: list[tuple[int, str]] = []
    depth, quoted = 0, False
    for mark in _MARKS.finditer(text, start, end):
        sign = mark.group()
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign in '“”"':
            quoted = sign == "“" or (sign == '"' and not quoted)
        elif depth == 0 and not quoted and (sign != "/" or _parts_characters(text, mark.start(), start, end)):
            cuts.append((mark.start(), sign))
    found: list[tuple[int, int]] = []
    at, before = start, "/"
    for cut, sign in [*cuts, (end, "/")]:
        low, high = trimmed(text, at, cut)
        if low < high:
            if before == "," and found and _one(text[slice(*found[-1])], text[low:high], places):
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
        at, before = cut + 1, sign
    return found


def _parts_characters(text: str, at: int, start: int, end: int) -> bool:
    """Whether a slash stands between two characters, and not inside a code (“5/6”) or an abbreviation (“A/V”)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if at == start or before.isspace() or after.isspace():
        return True
    if before.isdigit() and after.isdigit():
        return not text[at + 1 : min(end, at + _CODE)].partition("/")[0].strip().isdigit()
    return not (before.isupper() and at - 1 == start and after.isupper() and end - at > 2)


def _one(before: str, after: str, places: Callable[[str], bool]) -> bool:
    """Whether what stands behind a comma goes on with the same character."""
    words = after.split()
    first = folded(words[0])
    if is_suffix(after):
        return True
    if after.lower() in _ALONE or _VOICE_OF.match(after) or first in ("young", "voice"):
        return False
    if words[0][0].islower():
        return True
    job = is_job(before)
    if job or not _named(before):
        return (places(after) and not is_job(after)) or (" of " in before and not is_job(after) and len(words) == 1)
    if len(words) > 1 and first in OFFICES and folded(words[1]) in (JOBS | TITLES):
        return True
    if len(words) < 3:
        return False
    return (first in TITLES and any(word in _RULING for word in words[1:])) or (
        is_job(words[0]) and words[1] in ("of", "to") and first not in _ANYBODY
    )


def _named(words: str) -> bool:
    """Whether a role is not just a place or an office: “Mission Control” is."""
    return not is_place(words) or len(words.split()) == 1


def _manner(text: str, start: int, end: int) -> tuple[int, int, set[str]]:
    """Return the stretch that is the character's name, and the manner in which the rest says it is played."""
    said: set[str] = set()
    if not TELLING.search(text, start, end):
        return start, end, said
    while remark := _REMARK.search(text[start:end]):
        plain = (remark[1] or remark[2]).strip().lower()
        if plain not in _ALONE:
            break
        said.add(_ALONE[plain])
        start, end = trimmed(text, start, start + remark.start())
    value = text[start:end]
    plain = value.strip().lower()
    if plain in _UNKNOWN:
        return start, start, said | {"unknown role"}
    if plain in _ALONE and value[:1].islower():
        return start, start, said | {_ALONE[plain]}
    for opening, name in ((_VOICE_OF, "voice"), (_BODY_OF, "body")):
        if hit := opening.match(value):
            said.add(name)
            start += hit.end()
            value = text[start:end]
    for ending, name in _TAILS:
        if (hit := ending.search(value)) and value[: hit.start()].lower() not in _VARIOUS:
            said.add(name)
            end = start + hit.start()
            value = text[start:end]
    return start, end, said | _named_manner(value)


def _named_manner(name: str) -> set[str]:
    """Return the manners that are part of a character's name: “Computer Voice”, “young Ivo”."""
    found = set()
    if _NAMED_VOICE.search(name):
        found.add("voice")
    if _NAMED_BODY.search(name):
        found.add("body")
    if name[:6].lower() == "young " and name[6:].strip():
        found.add("young")
    return found


def placed(prose: str) -> Callable[[str], bool]:
    """Return a test for places that also knows those that an entry's own prose puts things in."""

    def test(words: str) -> bool:
        return is_place(words) or any(
            f" {word} {words}" in prose or f" {word} the {words}" in prose for word in PLACING
        )

    return test
