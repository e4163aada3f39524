"""The phrases that open a credit: which job each stands for, and how a misspelt one is recognised.

>>> hit = verb("Order the DVDadditional music by Ann Pell", 0)
>>> hit.heading, hit.job
('additional music by', 'additional music')
>>> misspelt("telpelay by Ann Pell").heading
'teleplay by'
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

_WRITING = {
    "written": "writer", "rewritten": "writer", "script": "writer", "teleplay": "teleplay", "story": "story",
    "screenplay": "screenplay", "scenario": "screenplay", "adapted": "adaptation", "adaptation": "adaptation",
    "dramatised": "adaptation", "dramatized": "adaptation", "created": "source", "directed": "director",
    "direction": "director",
}  # fmt: skip
_SOUND = {
    "music": "composer", "score": "composer", "composed": "composer", "soundtrack": "composer", "arranged": "arranger",
    "arrangement": "arranger", "arrangements": "arranger", "orchestrated": "arranger", "conducted": "arranger",
    "theme": "theme music", "song": "performer", "songs": "performer", "performed": "performer", "sung": "performer",
    "lyrics": "composer", "sound": "composer",
}  # fmt: skip
_JOBS = _WRITING | _SOUND
_KINDS = (
    "additional|original|incidental|theme|title|titles|main|end|opening|closing|special|featured|stock|library"
    "|background|electronic"
)
_NOUNS = "|".join(sorted(_JOBS, key=len, reverse=True))
_MORE = "dialogue|dialog|material|scenes|writing|teleplay|story|script|directing|direction|footage"
_VERB = re.compile(
    rf"(?P<extra>(?:with )?additional (?:{_MORE}) by(?![a-z]))"
    rf"|(?P<kinds>(?:(?:{_KINDS}) ){{0,3}})(?P<noun>{_NOUNS})(?: (?:and|&|/) (?P<second>{_NOUNS}))?"
    r"(?: for (?:television|TV|radio|audio|the screen))? by(?![a-z])"
    r"|(?P<none>music|writers?|directors?|teleplay|story|screenplay|composers?) (?:is |was )?(?:not credited"
    r"|uncredited)"
    r"|(?P<source>(?:based|suggested|inspired) (?:up)?(?:on|by)|(?-i:(?:adapted )?from )(?=an? |the |[“\"‘]))",
    re.IGNORECASE,
)
SIGNS = (" by", "cred", "ed on", "ed up", "from ")  # every phrase holds one of them, whatever the size of its letters
_TITLE = 120  # the longest name of a series or a book
_BY = re.compile(r"[“”\"]|\sby(?![a-z])")
_UNCREDITED = {"writer": "written by", "director": "directed by", "composer": "music by"}
_CHECKED = (
    "written",
    "teleplay",
    "directed",
    "story",
    "screenplay",
    "music",
    "adapted",
    "arranged",
    "performed",
    "composed",
)


class Verb(NamedTuple):
    """A credit's phrase, where it stands, and the words inside it that are not its own (a book's title)."""

    start: int
    end: int
    heading: str
    job: str
    detail: str = ""
    credited: bool = True
    second: tuple[str, str] = ("", "")
    corrected: bool = False


def verb(text: str, start: int, end: int | None = None) -> Verb | None:
    """Return the first phrase in a stretch that opens a credit, None where there is none."""
    end = len(text) if end is None else end
    hit = _VERB.search(text, start, end)
    while hit and hit.lastgroup == "source" and _inside(text, start, hit.start()):
        hit = _VERB.search(text, hit.end(), end)
    return _verb(text, hit, end) if hit else None


def _inside(text: str, start: int, at: int) -> bool:
    """Whether “from” stands inside a name (“Notes from the Dome theme by …”) and opens no phrase of its own."""
    if not text.startswith("from ", at) or at == start or not text[at - 1].isspace() or text[at - 2] in "/,;(":
        return False
    between = text[at : at + _TITLE].partition(" by ")[0]
    return between != between.lower() and not any(sign in between for sign in '“‘"')


def verbs(text: str, start: int, end: int) -> list[Verb]:
    """Return every phrase in a stretch that opens a credit, in order."""
    found: list[Verb] = []
    at = start
    while hit := verb(text, at, end):
        if found and text[hit.start].isupper() and text[hit.start - 2 : hit.start] != "/ ":
            at = hit.start + 1  # a surname: “music by Ann Story / arranged by …”
            continue
        found.append(hit)
        at = hit.end
        if text.find(" by", at, end) < 0 and text.find("credited", at, end) < 0 and text.find("ased ", at, end) < 0:
            break
    return found


def _verb(text: str, hit: re.Match[str], end: int) -> Verb:
    form = hit.lastgroup
    if form == "source":
        return _source(text, hit, end)
    plain = " ".join(hit.group().lower().split())
    if form == "none":
        noun = hit["none"].lower().rstrip("s")
        heading = _UNCREDITED.get(noun, f"{noun} by")
        return Verb(hit.start(), hit.end(), heading, _JOBS.get(heading.split()[0], "writer"), credited=False)
    if form == "extra":
        return Verb(hit.start(), hit.end(), plain, "additional dialogue" if "dialog" in plain else "writer")
    if form == "second":
        first, second = hit["noun"].lower(), hit["second"].lower()
        return Verb(hit.start(), hit.end(), f"{first} by", _JOBS[first], second=(f"{second} by", _JOBS[second]))
    return Verb(hit.start(), hit.end(), plain, _job(hit["kinds"].lower().split(), hit["noun"].lower()))


def _job(kinds: list[str], noun: str) -> str:
    job = _JOBS[noun]
    if (
        job in ("composer", "performer")
        and noun != "performed"
        and not {"theme", "title", "titles", "main", "end", "opening", "closing"}.isdisjoint(kinds)
    ):
        return "theme music"
    if "additional" in kinds and job == "composer":
        return "additional music"
    return job


def _source(text: str, hit: re.Match[str], end: int) -> Verb:
    """“based on … by”: without a title in between the whole is the phrase, else the title is a detail."""
    quoted, stop = False, -1
    for mark in _BY.finditer(text, hit.end(), end):
        if len(mark.group()) == 1:
            quoted = mark.group() == "“" or (mark.group() == '"' and not quoted)
        elif not quoted:
            stop = mark.end()
            break
    opening = " ".join(hit.group().lower().split())
    if stop < 0:
        return Verb(hit.start(), end, opening, "source", text[hit.end() : end].strip())
    between = text[hit.end() : stop - 2].strip()
    if between == between.lower() and not any(sign in '“”"0123456789' for sign in between):
        return Verb(hit.start(), stop, " ".join([opening, *between.split(), "by"]), "source")
    return Verb(hit.start(), stop, opening, "source", between)


def misspelt(text: str) -> Verb | None:
    """Return the phrase that a line opens with when letters of it are swapped, doubled or lost, None for any other.

    A label may be glued in front: then the phrase is looked for at the end of its word.
    """
    stop = text.find(" by", 0, 80)
    if stop < 4 or text[stop + 3 : stop + 4].islower():
        return None
    word_start = text.rfind(" ", 0, stop) + 1
    word = text[word_start:stop]
    best = min((_slip(word, known) for known in _CHECKED), key=lambda slip: (slip[0], slip[1]))
    if best[0] > 2:
        return None
    start = word_start + len(word) - best[1]
    return Verb(start, stop + 3, f"{best[2]} by", _JOBS[best[2]], corrected=True)


def _slip(word: str, known: str) -> tuple[int, int, str]:
    """Return how far the end of a word is from a known one, how long that end is, and the known word."""
    allowed = 1 if len(known) < 6 else 2
    found = (99, 0, known)
    for length in range(len(known) - 1, len(known) + 2):
        tail = word[-length:]
        if len(tail) == length and (len(word) == length or tail[0] == known[0]):
            distance = OSA.distance(tail.lower(), known)
            if 0 < distance <= allowed and _alike(tail.lower(), known) and distance < found[0]:
                found = (distance, length, known)
    return found


def _alike(word: str, known: str) -> bool:
    """Whether the letters are nearly the same: a slip swaps, doubles or drops, it does not make another word."""
    return len(set(word) ^ set(known)) <= 1


def opens(text: str, at: int) -> bool:
    """Return whether a credit's phrase, in small letters, begins exactly at a place."""
    return text[at : at + 1].islower() and _VERB.match(text, at) is not None
