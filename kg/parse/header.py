"""What stands above an entry: categories, title, a label on a line of its own; and which series they tell.

>>> series_of("Season 02 Patrol, The"), season_of("Season 02 Patrol, The")
('The Patrol', 2)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.iris import slug
from kg.model import Span

_SEASON = re.compile(r"\b(?:Season|Series) (\d{1,3})\b")
_KIND = re.compile(
    r"\b(?:The )?(?:TV Movies?|TV Specials?|Specials?|Movies?|Fan Films?|Audio Dramas?|Audios?|Telemovies?"
    r"|Webisodes|Miniseries"
    r"|Pilots?|Unaired Pilots?|Lost Episodes?)\b"
)
_ORDINAL = re.compile(r"\b\d{1,2}(?:st|nd|rd|th) [A-Z]\w+")
_ARTICLE = re.compile(r"^(.{1,80}), (The|A|An|Le|La|Les|Der|Die|Das)\b(.*)$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[\w.-]+\.(?:com|net|org|tv|co\.uk|info)(?:/\S*)?$", re.IGNORECASE)
_ADVERT = re.compile(
    r"[$£€]\d|https?://|www\.|\bYou May Also Like\b|\bYou might also like\b|\bAdvert|\bSponsored|\bHosting\b"
    r"|^Save \b|\bClick here\b|"
    r"\bSubscribe\b|\bFollow us\b|^Share this|^Related\b|\bcoupon\b|\d ?% off|^Next\b|^Previous\b|^Read more"
    r"|^Leave a|^Posted (?:on|in|by)|"
    r"^Tags?\b|^Older|^Newer|^Search|^Page \d|^Home$|^Menu$|^Skip to|\.com\b|^Tweet$|^Like this|^Loading"
    r"|^Continue reading",
    re.IGNORECASE,
)
_CATEGORIES = "Categories"
_LONGEST = 110  # of a line that may be a title
_SHORTS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the body: spans of the lines, and the line at which the body begins."""

    categories: str = ""
    title: Span | None = None
    label_line: Span | None = None
    body: int = 0
    leftovers: tuple[Span, ...] = ()


def is_categories(line: str) -> bool:
    """Return whether a line opens a list of categories."""
    return line == _CATEGORIES or line.startswith((_CATEGORIES + " ", _CATEGORIES + ":"))


def is_advert(line: str) -> bool:
    """Return whether a line is something around an entry: an advert, a link, a notice of the site."""
    return _ADVERT.search(line, 0, 300) is not None


def _category_like(line: str) -> bool:
    found = _SEASON.search(line) or _KIND.search(line) or _ORDINAL.search(line)
    return found is not None and len(line) < _LONGEST


def read(text: str, lines: Sequence[Span], prose: Callable[[int], bool], hints: Sequence[str]) -> Header:
    """Return the header that the ``lines`` open with; ``prose`` tells of each whether the body may begin there."""
    at, categories, leftovers = 0, "", []
    while at < len(lines) and _ADDRESS.match(lines[at].of(text)):
        leftovers.append(lines[at])
        at += 1
    shorts: list[Span] = []
    while at < len(lines) and not prose(at):
        line = lines[at].of(text)
        if is_categories(line):
            leftovers.extend(shorts)
            shorts.clear()
            categories = line[len(_CATEGORIES) :].lstrip(": ")
            if not categories and at + 1 < len(lines) and not prose(at + 1):
                at += 1
                categories = lines[at].of(text)
        elif is_advert(line):
            leftovers.append(lines[at])
        else:
            shorts.append(lines[at])
        at += 1
    while len(shorts) > _SHORTS:
        leftovers.append(shorts.pop(0))
    return _sorted(text, shorts, categories, at, leftovers, hints)


def _sorted(
    text: str, shorts: list[Span], categories: str, at: int, leftovers: list[Span], hints: Sequence[str]
) -> Header:
    """Return which of the short lines is what: categories without their word, the title, a label of its own."""
    label_line = None
    if len(shorts) > 1 and (not categories or len(shorts) > 1) and _names(shorts[-1].of(text), categories, hints):
        first = shorts[0].of(text)
        if categories or (_category_like(first) and len(shorts) > 2) or not _category_like(first):
            label_line = shorts.pop()
    if not categories and shorts and _category_like(shorts[0].of(text)):
        categories = shorts.pop(0).of(text)
    if not categories and len(shorts) > 1:
        categories = shorts.pop(-2).of(text)
    title = shorts.pop(0 if categories else -1) if shorts else None
    return Header(categories, title, label_line, at, tuple(leftovers + shorts))


def _names(line: str, categories: str, hints: Sequence[str]) -> bool:
    """Whether a line is a name of the series: as the categories or the labels found elsewhere say it."""
    plain = line.lower()
    return len(line) > 2 and (plain in categories.lower() or any(plain == hint.lower() for hint in hints))


def season_of(categories: str) -> int | None:
    """Return the season that categories tell, None where they tell none."""
    found = _SEASON.search(categories)
    return int(found[1]) if found else None


def series_of(categories: str, hints: Sequence[str] = ()) -> str | None:
    """Return the series that categories tell; ``hints`` are labels and words of the address.

    They help where a franchise runs on behind it.

    >>> series_of("Comet Patrol New Series Season 03"), series_of("Comet Patrol Specials")
    ('Comet Patrol New Series', 'Comet Patrol')
    >>> series_of("Comet Patrol Season 2 Galaxy Force")
    'Comet Patrol'
    """
    several = [part for part in categories.split(" | ") if part]
    several.sort(key=lambda part: _SEASON.search(part) is None)
    sides = [_article(side) for part in several for side in _sides(part)]
    if not sides:
        return None
    for hint in hints:
        for side in sides:
            if hint and (side.lower().startswith(hint.lower() + " ") or side.lower() == hint.lower()):
                return side if side.lower() == hint.lower() or (len(sides) == 1 and _kept(side, hint)) else hint
    return " ".join(sides[0].split())


def _sides(category: str) -> list[str]:
    """Return what stands before and behind the season in a category, without words for a kind of programme."""
    return [
        side for part in _SEASON.split(category)[::2] if (side := _ORDINAL.sub("", _KIND.sub("", part)).strip(" ,:–-/"))
    ]


def _kept(side: str, hint: str) -> bool:
    """Whether what stands behind a known name in the categories belongs to the series: “New Series”, a bracket."""
    rest = side[len(hint) :].strip().lower()
    return rest.startswith(("(", "new series", "classic series", "original series", "the series", ":"))


def _article(name: str) -> str:
    moved = _ARTICLE.match(name)
    return f"{moved[2]} {moved[1]}{moved[3]}".strip() if moved else name


def series_in(address: str) -> str | None:
    """Return the series that an address of the guide names, as a slug; None where it names none.

    >>> series_in("https://guide.example/logbook/comet-patrol/dawn/"), series_in("/logbook/1999/09/13/")
    ('comet-patrol', None)
    """
    _, found, rest = address.partition("/logbook/")
    steps = [step for step in rest.split("/") if step and step not in ("series", "tv", "shows")]
    return steps[0] if found and steps and not steps[0].isdigit() and len(steps) > 1 else None


def same_name(left: str, right: str) -> bool:
    """Return whether two names are one but for letters' size, signs and spaces.

    >>> same_name("Comet Patrol!", "comet-patrol")
    True
    """
    try:
        return slug(left).split("-x")[0].replace("-", "") == slug(right).replace("-", "") or _letters(left) == _letters(
            right
        )
    except ValueError:
        return left == right


def _letters(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


def front_number(front: Mapping[str, str], key: str) -> int | None:
    """Return a number that front matter gives, None where it gives none."""
    value = front.get(key, "").strip()
    return int(value) if value.isascii() and value.isdigit() else None
