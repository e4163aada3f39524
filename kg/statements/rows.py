"""One statement's line: subject, property and value between two bars.

>>> row(line("- story: Comet | not had anomaly | wing stuck ^wing", 3), "history").negated
True
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from kg.model import Place, Section, Statement, Value
from kg.statements.lines import Line, line  # noqa: F401 - line serves the example above
from kg.statements.values import name, value

_LABEL = re.compile(r"(.*?)\s*\^([\w-]+)", re.DOTALL)
_PREFIX = re.compile(r"(story|history|making|things)\s*:\s+")
_SHAPE = "a statement is “- subject | property | value”"

Result = TypeVar("Result")


class SlipError(ValueError):
    """A statement's line that cannot be read, with its code and place."""

    def __init__(self, code: str, place: Place, problem: str) -> None:
        super().__init__(problem)
        self.code, self.place = code, place


def row(found: Line, heading: Section) -> Statement:
    """Return the statement of a line under a heading. Raises SlipError where it cannot be read."""
    fields = _fields(found)
    prefix = _PREFIX.match(found.text)
    section: Section = prefix[1] if prefix else heading  # type: ignore[assignment]
    start = prefix.end() if prefix else 0
    subject_place = Place(found.place.line, found.place.column + start)
    subject = _read(name, fields[0][0][start:].strip(), subject_place, "bad-name")
    (raw_property, property_place), (raw_value, value_place) = fields[1:]
    negated = raw_property.startswith("not ")
    label = "" if raw_value.endswith(('"', "”")) else _LABEL.fullmatch(raw_value)
    return Statement(
        section,
        subject,
        _read(name, raw_property.removeprefix("not ").strip(), property_place, "bad-property"),
        _read(value, label[1] if label else raw_value, value_place, "bad-value"),
        found.place,
        negated=negated,
        label=label[2] if label else "",
        proposed=found.proposed,
        property_place=property_place,
        value_place=value_place,
        heading=heading,
    )


def triple(statement: Statement) -> tuple[str, str, bool, Value]:
    """Return what a statement says, apart from who, where and when."""
    return statement.subject, statement.property, statement.negated, statement.value


def _fields(found: Line) -> list[tuple[str, Place]]:
    """Return the three fields of a line with their places; what follows the second bar is the value."""
    parts = found.text.split("|", 2)
    if len(parts) < 3:
        raise SlipError("missing-bar", found.place, f"{_SHAPE}, and here {3 - len(parts)} of its two bars is missing")
    fields, at = [], found.place.column
    for part in parts:
        lead = len(part) - len(part.lstrip())
        fields.append((part.strip(), Place(found.place.line, at + (lead if part.strip() else 0))))
        at += len(part) + 1
    for (words, place), what in zip(fields, ("subject", "property", "value"), strict=True):
        if not words:
            raise SlipError("empty-field", place, f"{_SHAPE}, and here the {what} is missing")
    return fields


def _read(reader: Callable[[str], Result], words: str, place: Place, code: str) -> Result:
    try:
        return reader(words)
    except ValueError as error:
        raise SlipError(code, place, str(error)) from error
