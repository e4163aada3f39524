"""What stands in brackets behind a name: the year or the sort of thing that tells it from its namesakes."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from kg.link.words import words

UNDERSTOOD, STRANGE = 0.01, 0.25  # what is not understood may well be another thing, unless a year speaks for it
_DATED = re.compile(
    r"(.+?)\s*\((?:b\.|born|\*)?\s*([0-9]{4})(?:\s*[-–—]\s*(?:[0-9]{4})?)?\s*([^)0-9]*)\)", re.IGNORECASE
)
_BEHIND = re.compile(r"(.+?)\s*[(\[]([^)\]]*)[)\]]\s*")
_FLIGHT: Final = frozenset(
    ("mission", "flight", "spaceflight", "expedition", "craft", "spacecraft", "ship", "capsule", "probe", "satellite",
     "program", "programme")
)  # fmt: skip
_SORTS: Final = MappingProxyType(
    {
        "mission": _FLIGHT,
        "craft": _FLIGHT | {"station", "rocket", "shuttle", "vehicle"},
        "work": frozenset(("tv", "television", "series", "show", "serial", "miniseries", "season", "episode")),
        "place": frozenset(("planet", "moon", "country", "state", "city", "town", "region", "island", "capital")),
        "organisation": frozenset(
            ("company", "agency", "organisation", "organization", "channel", "network", "broadcaster", "studio")
        ),
        "character": frozenset(("character", "role", "fiction", "fictional")),
    }
)


def without_years(text: str) -> tuple[str, int | None]:
    """Return a name without the year in brackets that tells it from a namesake, and that year.

    >>> without_years("Ada Lovelace (1815–1852)"), without_years("Lost (2004 TV series)"), without_years("Apollo (1)")
    (('Ada Lovelace', 1815), ('Lost (TV series)', 2004), ('Apollo (1)', None))
    """
    found = _DATED.fullmatch(text.strip())
    if found is None:
        return text, None
    rest = f" ({found[3].strip()})" if found[3].strip(" ,;") else ""
    return found[1] + rest, int(found[2])


def without_brackets(text: str) -> tuple[str, str]:
    """Return a title without what stands in brackets behind it, and what stood there.

    >>> without_brackets("Lost (TV series)")
    ('Lost', 'TV series')
    """
    found = _BEHIND.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def price(bracketed: str, kind: str) -> tuple[float, str]:
    """Return what it costs to leave out what stood in brackets, and why: little where it only says the kind.

    >>> price("TV series", "work"), price("novel", "work")
    ((0.01, '“(TV series)” left out'), (0.25, 'but nothing tells of “(novel)”'))
    """
    said = {word.text for word in words(bracketed)}
    if said & (_SORTS.get(kind, frozenset()) if kind else frozenset().union(*_SORTS.values())):
        return UNDERSTOOD, f"“({bracketed})” left out"
    return STRANGE, f"but nothing tells of “({bracketed})”"
