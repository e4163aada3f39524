"""Numbers with a unit: how editors write units, what UCUM calls them, and how two amounts compare.

>>> unit("weeks").code, unit("m/s").code
('wk', 'm/s')
>>> matches("3", "weeks", "21", "days"), matches("40", "m/s", "144", "km/h"), matches("3", "weeks", "40", "m/s")
(True, True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its UCUM code, what it measures, and its size in the first unit of that quantity."""

    code: str
    measures: str
    size: Fraction


_LIST: dict[Unit, tuple[str, ...]] = {
    Unit("s", "time", Fraction(1)): ("s", "second", "seconds"),
    Unit("min", "time", Fraction(60)): ("min", "minute", "minutes"),
    Unit("h", "time", Fraction(3600)): ("h", "hour", "hours"),
    Unit("d", "time", Fraction(86400)): ("d", "day", "days"),
    Unit("wk", "time", Fraction(604800)): ("week", "weeks"),
    Unit("mo", "time", Fraction(2629800)): ("month", "months"),
    Unit("a", "time", Fraction(31557600)): ("year", "years"),
    Unit("m", "length", Fraction(1)): ("m", "metre", "metres", "meter", "meters"),
    Unit("km", "length", Fraction(1000)): ("km", "kilometre", "kilometres", "kilometer", "kilometers"),
    Unit("cm", "length", Fraction(1, 100)): ("cm", "centimetre", "centimetres"),
    Unit("[mi_i]", "length", Fraction(1609344, 1000)): ("mile", "miles"),
    Unit("[ft_i]", "length", Fraction(3048, 10000)): ("ft", "foot", "feet"),
    Unit("AU", "length", Fraction(149597870700)): ("au", "astronomical units"),
    Unit("kg", "mass", Fraction(1)): ("kg", "kilogram", "kilograms"),
    Unit("t", "mass", Fraction(1000)): ("t", "tonne", "tonnes"),
    Unit("m/s", "speed", Fraction(1)): ("m/s", "metres per second"),
    Unit("km/s", "speed", Fraction(1000)): ("km/s", "kilometres per second"),
    Unit("km/h", "speed", Fraction(10, 36)): ("km/h", "kilometres per hour"),
    Unit("deg", "angle", Fraction(1)): ("°", "deg", "degree", "degrees"),
    Unit("%", "share", Fraction(1)): ("%", "percent", "per cent"),
    Unit("{orbit}", "orbits", Fraction(1)): ("orbit", "orbits"),
    Unit("{person}", "people", Fraction(1)): ("person", "persons", "people"),
    Unit("[EUR]", "euro", Fraction(1)): ("€", "euro", "euros"),
    Unit("[USD]", "dollar", Fraction(1)): ("$", "dollar", "dollars"),
}

#: Every way of writing a unit that editors may use.
UNITS: dict[str, Unit] = {name: unit for unit, names in _LIST.items() for name in names}
_NONE = Unit("1", "", Fraction(1))


def unit(written: str) -> Unit:
    """Return the unit that is written so. Raises KeyError for one that is not in the list."""
    return UNITS[written]


def matches(amount: str, written: str, other: str, other_written: str) -> bool:
    """Return whether two amounts are equal within the precision of the less precise one.

    “3 weeks” stands for 2.5 to 3.5 weeks: half of its last digit to either side.
    """
    return _alike(amount, UNITS.get(written, _NONE), other, UNITS.get(other_written, _NONE))


def matches_codes(amount: str, code: str, other: str, other_code: str) -> bool:
    """Return the same for units given by their UCUM codes, as literals carry them."""
    codes = {unit.code: unit for unit in UNITS.values()}
    return _alike(amount, codes.get(code, _NONE), other, codes.get(other_code, _NONE))


def _alike(amount: str, one: Unit, other: str, another: Unit) -> bool:
    if one.measures != another.measures:
        return False
    apart = abs(Fraction(amount) * one.size - Fraction(other) * another.size)
    return apart <= max(_half(amount) * one.size, _half(other) * another.size)


def _half(amount: str) -> Fraction:
    _, point, decimals = amount.partition(".")
    return Fraction(1, 2 * 10 ** len(decimals)) if point else Fraction(1, 2)
