"""Units: what editors may write, and when two amounts are the same."""

from __future__ import annotations

import pytest

from kg.units import UNITS, matches


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        (("3", "weeks"), ("21", "days"), True),
        (("3", "weeks"), ("5", "weeks"), False),
        (("40", "m/s"), ("144", "km/h"), True),
        (("197", "km"), ("197.2", "km"), True),
        (("197.0", "km"), ("197.04", "km"), True),
        (("197.00", "km"), ("197.20", "km"), False),
        (("18", ""), ("18", ""), True),
        (("18", ""), ("18", "days"), False),
        (("3", "weeks"), ("40", "m/s"), False),
    ],
)
def test_compares_within_the_coarser_precision(one: tuple[str, str], another: tuple[str, str], same: bool) -> None:
    assert matches(*one, *another) is same
    assert matches(*another, *one) is same


def test_gives_every_way_of_writing_a_code() -> None:
    assert all(unit.code and unit.measures and unit.size > 0 for unit in UNITS.values())
