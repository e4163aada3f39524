"""Dates in the Extended Date/Time Format, levels 0 and 1 (ISO 8601-2:2019): what stretch of time a text stands for.

A `Moment` is ``(year, month, day, hour, minute, second)``, which Python orders as time does. Times with a zone are
turned into UTC; a time without one is taken as it stands.

>>> parse("1967-04").contains(parse("1967-04-24T03:22:52Z"))
True
>>> parse("2027~").earliest, parse("2027~").approximate
((2027, 1, 1, 0, 0, 0), True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

Moment: TypeAlias = tuple[int, int, int, int, int, int]
Precision: TypeAlias = Literal["century", "decade", "year", "season", "month", "day", "second", "interval"]

BEGINNING: Moment = (-(10**12), 1, 1, 0, 0, 0)
END: Moment = (10**12, 12, 31, 23, 59, 59)
_YEAR = re.compile(
    r"Y(?P<long>-?[1-9]\d{4,11})|(?P<year>-(?!0000)\d{4}|\d{4}|-?\d{3}X|-?\d{2}XX)(?P<rest>-.*)?", re.ASCII
)
_REST = re.compile(r"-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(Z|[+-]\d\d(?::\d\d)?)?", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # as north of the equator; 14 is next February


@dataclass(frozen=True, slots=True)
class Interval:
    """The stretch of time that an EDTF text stands for, both ends included.

    An open or unknown end is `BEGINNING` or `END`. ``precision`` is that of the text, ``interval`` for two dates with
    a slash between. Approximate (``~``, ``%``) and uncertain (``?``, ``%``) do not widen the stretch: how much doubt
    is allowed is for the reader of the date to say.
    """

    text: str
    earliest: Moment
    latest: Moment
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    def contains(self, other: Interval) -> bool:
        """Return whether the other stretch lies wholly in this one."""
        return self.earliest <= other.earliest and other.latest <= self.latest

    def overlaps(self, other: Interval) -> bool:
        """Return whether the two stretches share a moment."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def before(self, other: Interval) -> bool:
        """Return whether this stretch is over when the other begins."""
        return self.latest < other.earliest


def parse(text: str) -> Interval:
    """Return the stretch of time that an EDTF text stands for.

    Raises ValueError, with one line that says what is wrong, where the text is no EDTF of level 0 or 1.
    """
    if "/" not in text:
        return _date(text)
    first, _, last = text.partition("/")
    if "/" in last or (first in ("", "..") and last in ("", "..")):
        raise ValueError(f"“{text}” is no range of two dates")
    start = None if first in ("", "..") else _date(first)
    end = None if last in ("", "..") else _date(last)
    earliest = start.earliest if start else BEGINNING
    latest = end.latest if end else END
    if start and end and start.earliest > end.latest:
        raise ValueError(f"“{text}” ends before it begins")
    sides = [side for side in (start, end) if side]
    return Interval(
        text, earliest, latest, "interval", any(s.approximate for s in sides), any(s.uncertain for s in sides)
    )


def is_valid(text: str) -> bool:
    """Return whether a text is EDTF of level 0 or 1."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _date(text: str) -> Interval:
    if "T" in text:
        return _instant(text)
    sign = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    bare = text.removesuffix(sign) if sign else text
    found = _YEAR.fullmatch(bare)
    if not found:
        raise ValueError(f"“{text}” is no date; write 1967, 1967-04, 1967-04-24, 196X, 2027~ or 1966/1967")
    approximate, uncertain = sign in ("~", "%"), sign in ("?", "%")
    earliest, latest, precision = _stretch(text, found)
    return Interval(text, earliest, latest, precision, approximate, uncertain)


def _stretch(text: str, found: re.Match[str]) -> tuple[Moment, Moment, Precision]:
    if found["long"]:
        year = int(found["long"])
        return (year, 1, 1, 0, 0, 0), (year, 12, 31, 23, 59, 59), "year"
    written, rest = found["year"], found["rest"] or ""
    years = sorted(int(written.replace("X", digit)) for digit in "09")
    if not rest:
        precision: Precision = "century" if "XX" in written else "decade" if "X" in written else "year"
        return (years[0], 1, 1, 0, 0, 0), (years[1], 12, 31, 23, 59, 59), precision
    parts = _REST.fullmatch(rest)
    if not parts:
        raise ValueError(f"“{text}” is no date: after the year stand -MM or -MM-DD, two digits each")
    if "X" in written:
        raise ValueError(f"“{text}” is no date: digits left open must be the last ones")
    return _within_year(text, years[0], parts["month"], parts["day"])


def _within_year(text: str, year: int, month: str, day: str | None) -> tuple[Moment, Moment, Precision]:
    if month == "XX":
        if day not in (None, "XX"):
            raise ValueError(f"“{text}” is no date: digits left open must be the last ones")
        return (year, 1, 1, 0, 0, 0), (year, 12, 31, 23, 59, 59), "year"
    number = int(month)
    if number in _SEASONS and day is None:
        first, last = _SEASONS[number]
        year_of_last, last = year + (last - 1) // 12, (last - 1) % 12 + 1
        return (year, first, 1, 0, 0, 0), (year_of_last, last, _days(year_of_last, last), 23, 59, 59), "season"
    if not 1 <= number <= 12:
        raise ValueError(f"“{text}” is no date: there is no month {month}")
    if day in (None, "XX"):
        return (year, number, 1, 0, 0, 0), (year, number, _days(year, number), 23, 59, 59), "month"
    if not 1 <= int(day or 0) <= _days(year, number):
        raise ValueError(f"“{text}” is no date: that month has no day {day}")
    return (year, number, int(day or 0), 0, 0, 0), (year, number, int(day or 0), 23, 59, 59), "day"


def _instant(text: str) -> Interval:
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}” is no date with a time; write 1967-04-24T03:22:52Z")
    zone = found[3] or ""
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
        utc = moment.astimezone(UTC) if zone else moment
    except (ValueError, OverflowError) as error:
        raise ValueError(f"“{text}” is no date with a time: {error}") from error
    ordinal = (utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second)
    return Interval(text, ordinal, ordinal, "second")


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
