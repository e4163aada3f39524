"""Dates in prose, as EDTF: days, months, seasons, years, spans, decades; and what only looks like one is passed by.

>>> [found.edtf for found in times("1967: On April 23, 1967, in the 1980s, stardate 2041.3, £1,984, 1966-69", 0, 99)]
['1967', '1967-04-23', '198X', '1966/1969']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NAMES = "January February March April May June July August September October November December".split()
_MONTHS: Mapping[str, int] = MappingProxyType(
    {name: index for index, name in enumerate(_NAMES, 1)}
    | {name[:3]: index for index, name in enumerate(_NAMES, 1)}
    | {"Sept": 9}
)
_SEASONS: Mapping[str, int] = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24})
_FEASTS: Mapping[str, str] = MappingProxyType(
    {"Halloween": "10-31", "Christmas": "12-25", "Christmas Day": "12-25", "Christmas Eve": "12-24"}
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_MONTH})\.?,? (?P<year2>\d{{4}})\b"
    rf"|\b(?P<month3>{_MONTH})\.?,? (?:of )?(?P<year3>\d{{4}})\b"
    r"|\b(?P<feast>Halloween|Christmas Eve|Christmas Day|Christmas),? (?P<year4>\d{4})\b"
    r"|\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter) (?:of )?(?P<year5>\d{4})\b"
    r"|\b(?P<decade>[12]\d\d0)[’']?s\b"
    r"|(?<!\w)[’'‘](?P<short>[2-9]0)s\b"
    r"|\b(?P<century>1\d|2[0-5])(?:th|st|nd|rd)[ -][Cc]entury\b"
    r"|\b(?P<from>[12]\d{3}) ?[-–—/] ?(?P<to>[12]\d{3}|\d\d)\b(?![-–.,]?\d)"
    r"|\b(?P<plain>[12]\d{3})\b"
)
_DIGITS = re.compile(r"\d{2,}")
_BEFORE, _BEHIND = 20, 28  # how far a date reaches in front of its first digits, and behind
_SIGNS_BEFORE = frozenset("£$€¥#.,-–+/@")
_NOT_AFTER = re.compile(
    r"(?:[Ss]tardate|[Nn]umber|[Nn]o\.|[Rr]oom|[Uu]nit|[Ff]light|[Cc]hannel|[Mm]odel|[Mm]ark|[Ss]ector|[Dd]eck|[Ll]evel|[Cc]lass|[Ss]quad"
    r"|[Ff]requency|[Cc]ode|[Pp]age|[Rr]ow|[Cc]ell|[Hh]ighway|[Rr]oute|[Ll]ocker|[Cc]ase|[Ff]ile|[Ss]erial|[Ee]pisode|[Cc]hapter|[Vv]ersion"
    r"|[Oo]ver|[Nn]early|[Aa]lmost|[Ss]ome|plus|minus|of (?:the|his|her|their|its)|[Aa]ll|[Ff]irst|[Ll]ast"
    r"|[Aa]nother) $"
)
_UNITS = re.compile(
    r"[ -](?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|miles?|kilomet(?:er|re)s?|met(?:er|re)s?"
    r"|feet|foot|tons?|tonnes|pounds?|dollars?|"
    r"credits|people|men|women|soldiers|colonists|humans|crew|passengers|lives|degrees|light|volts|watts|megatons?|percent|rads|parsecs|"
    r"times|others|survivors|ships|units|casualties|square|cubic|AU|km|m|mph|kph)\b|%|[.,]\d|[-/]?[A-Z]|:\d\d"
)
_CUE = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|to|after|before|during|around|about|circa|year|late|early|mid|and"
    r"|or|of|for|c\.|AD|A\.D\.|[A-Z][a-z]+day,)|,|\() ?$",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:circa|ca\.|c\.|around|about) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Time:
    """A date in a text, where it stands, and the years it names for certain."""

    edtf: str
    start: int
    end: int
    years: tuple[int, ...]


def times(text: str, start: int, end: int) -> Iterator[Time]:
    """Yield the dates between two places of a text, in order."""
    at = start
    for digits in _DIGITS.finditer(text, start, end):
        low = digits.start()
        if low < at:
            continue
        found = _DATE.search(text, max(at, low - _BEFORE), min(end, low + _BEHIND))
        while found and found.end() <= low:
            found = _DATE.search(text, found.end(), min(end, low + _BEHIND))
        if found:
            time = _READERS[found.lastgroup or ""](found, text, start)
            at = found.end()
            if time:
                yield time


def _time(found: re.Match[str], edtf: str, *years: int) -> Time:
    return Time(edtf, found.start(), found.end(), years)


def _day(found: re.Match[str], text: str, start: int) -> Time | None:
    """Return a day or a month with its year."""
    year = next(value for value in (found["year"], found["year2"], found["year3"]) if value)
    month = _MONTHS[next(value for value in (found["month"], found["month2"], found["month3"]) if value)]
    day = found["day"] or found["day2"]
    if day and not 1 <= int(day) <= 31:
        return None
    return _time(found, f"{year}-{month:02}" + (f"-{int(day):02}" if day else ""), int(year))


def _feast(found: re.Match[str], text: str, start: int) -> Time | None:
    return _time(found, f"{found['year4']}-{_FEASTS[found['feast']]}", int(found["year4"]))


def _season(found: re.Match[str], text: str, start: int) -> Time | None:
    return _time(found, f"{found['year5']}-{_SEASONS[found['season'].lower()]}", int(found["year5"]))


def _decade(found: re.Match[str], text: str, start: int) -> Time | None:
    return _time(found, found["decade"][:3] + "X") if found["decade"][-1] == "0" else None


def _short(found: re.Match[str], text: str, start: int) -> Time | None:
    return _time(found, f"19{found['short'][0]}X")


def _century(found: re.Match[str], text: str, start: int) -> Time | None:
    return _time(found, f"{int(found['century']) - 1}XX")


def _span(found: re.Match[str], text: str, start: int) -> Time | None:
    first, last = found["from"], found["to"]
    last = first[:2] + last if len(last) == 2 else last
    if not _dated(found, text, start) or int(last) <= int(first):
        return None
    return _time(found, f"{first}/{last}", int(first), int(last))


def _plain(found: re.Match[str], text: str, start: int) -> Time | None:
    year = int(found["plain"])
    if not _dated(found, text, start):
        return None
    opens = found.start() == start and text[found.end() : found.end() + 1] in (":", ".")
    if not (opens or 1400 <= year < 2100 or _CUE.search(text, max(start, found.start() - 14), found.start())):
        return None
    vague = _VAGUE.search(text, max(start, found.start() - 9), found.start())
    return _time(found, f"{year}~" if vague else str(year), year)


def _dated(found: re.Match[str], text: str, start: int) -> bool:
    """Whether four digits may be a year: no sum, no code, no count, no part of a number."""
    at, stop = found.start(), found.end()
    if at > start and text[at - 1] in _SIGNS_BEFORE:
        return False
    if _NOT_AFTER.search(text, max(start, at - 16), at) or _UNITS.match(text, stop):
        return False
    return not (text[stop : stop + 2] == ": " and at > start and text[stop + 2 : stop + 3].isupper())


_READERS = MappingProxyType(
    {
        "year": _day,
        "year2": _day,
        "year3": _day,
        "year4": _feast,
        "year5": _season,
        "decade": _decade,
        "short": _short,
        "century": _century,
        "to": _span,
        "from": _span,
        "plain": _plain,
    }
)


def month(name: str) -> int:
    """Return the number of a month, 0 for any other word."""
    return _MONTHS.get(name, 0)


def is_unit(text: str, at: int) -> bool:
    """Return whether a unit of measure stands behind a number that ends at ``at``.

    >>> is_unit("24 hours", 2), is_unit("24, the series", 2)
    (True, False)
    """
    return _UNITS.match(text, at) is not None
