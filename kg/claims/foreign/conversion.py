"""Foreign values as the ontology wants them: dates as EDTF, durations as amounts, digits as numbers.

A value that already has the right form is kept to the letter. Nothing is guessed: what cannot be converted is refused.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from kg import edtf as dates
from kg.claims.values import UnreadableError
from kg.terms import PropertyKind
from kg.vocab import CDT, EDTF, XSD, Literal, edtf

_DURATION = re.compile(
    r"P(?:(?P<a>\d+)Y)?(?:(?P<mo>\d+)M)?(?:(?P<wk>\d+)W)?(?:(?P<d>\d+)D)?"
    r"(?:T(?:(?P<h>\d+)H)?(?:(?P<min>\d+)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_SECONDS: Final = {"wk": 604800, "d": 86400, "h": 3600, "min": 60, "s": 1}
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_DAY = re.compile(r"(-?\d{4}(?:-\d\d){0,2})(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_WHOLE = frozenset(XSD[name] for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"))


def converted(value: Literal, kind: PropertyKind) -> Literal:
    """Return a literal as a property of this kind takes it. Raises UnreadableError where it cannot be one."""
    if kind == "date":
        return value if value.datatype == EDTF.EDTF else edtf(date(value.value))
    if kind == "quantity":
        return value if value.datatype == CDT.ucum else Literal(duration(value.value), CDT.ucum)
    if kind == "number":
        return _number(value)
    if kind == "flag":
        return _flag(value)
    return value


def date(text: str) -> str:
    """Return a date or time as EDTF, as exact as it was.

    >>> date("2017-06-01"), date("2017-06-01T20:55+02:00"), date("2017")
    ('2017-06-01', '2017-06-01T20:55:00+02:00', '2017')
    """
    text = text.strip()
    if found := _INSTANT.fullmatch(text):
        minutes, seconds, zone = found.groups()
        zone = f"{zone[:3]}:{zone[-2:]}" if zone and zone != "Z" else zone or ""
        text = f"{minutes}{seconds or ':00'}{zone}"
    elif found := _DAY.fullmatch(text):
        text = found[1]
    if not dates.is_valid(text):
        raise UnreadableError(f"“{text}” is no date")
    return text


def duration(text: str) -> str:
    """Return a duration (ISO 8601) as an amount with its UCUM unit: the one that it has, else in the smallest.

    >>> duration("PT52M"), duration("PT1H30M"), duration("P3W")
    ('52 min', '90 min', '3 wk')
    """
    found = _DURATION.fullmatch(text.strip())
    parts = {unit: Fraction(number) for unit, number in found.groupdict().items() if number} if found else {}
    parts = {unit: number for unit, number in parts.items() if number} or parts
    if len(parts) == 1:
        ((unit, number),) = parts.items()
        return f"{_plain(number)} {unit}"
    if not parts or not parts.keys() <= _SECONDS.keys():
        raise UnreadableError(f"“{text}” is no duration with a unit, such as PT52M")
    unit = next(name for name in reversed(_SECONDS) if name in parts)
    total = sum((number * _SECONDS[name] for name, number in parts.items()), Fraction(0))
    return f"{_plain(total / _SECONDS[unit])} {unit}"


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6g}"


def _number(value: Literal) -> Literal:
    digits = value.value.strip()
    if value.datatype in _WHOLE:
        return value
    if not (digits.isascii() and digits.isdigit()):
        raise UnreadableError(f"“{value.value}” is no whole number")
    return Literal(digits, XSD.integer)


def _flag(value: Literal) -> Literal:
    if value.datatype == XSD.boolean:
        return value
    if value.value.lower() in ("true", "yes", "1", "false", "no", "0"):
        return Literal("true" if value.value.lower() in ("true", "yes", "1") else "false", XSD.boolean)
    raise UnreadableError(f"“{value.value}” is neither yes nor no")
