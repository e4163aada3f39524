"""Values as editors write them, as RDF terms."""

from __future__ import annotations

from kg.errors import KgError
from kg.model import Value
from kg.terms import Property
from kg.units import UNITS
from kg.vocab import CDT, XSD, Literal, boolean, edtf

_WANTED = {
    "name": "a name",
    "text": "a text in quotation marks",
    "date": "a date such as 1967-04-24",
    "quantity": "a number with its unit, such as 3 weeks",
    "number": "a number",
    "flag": "yes or no",
}


class UnreadableError(KgError):
    """A line that cannot be made into a claim; its message is for the editor."""


def term(value: Value, prop: Property) -> Literal:
    """Return a value as the literal that its property takes. Raises UnreadableError where the two do not fit."""
    if prop.kind == "text" and value.kind == "text":
        return Literal(value.text, language=value.language) if value.language else Literal(value.text)
    if prop.kind == "date" and (value.kind == "date" or _year(value)):
        return edtf(value.text)
    if prop.kind == "quantity" and value.kind == "quantity":
        return quantity(value.text, value.unit)
    if prop.kind == "number" and value.kind in ("quantity", "date") and not value.unit:
        return Literal(value.text, XSD.decimal if "." in value.text else XSD.integer)
    if prop.kind == "flag" and value.kind == "flag":
        return boolean(value.text == "yes")
    raise UnreadableError(f"“{prop.name}” takes {_WANTED[prop.kind]}, and “{value.text}” is none")


def _year(value: Value) -> bool:
    return value.kind == "quantity" and not value.unit and len(value.text) == 4 and value.text.isdigit()


def quantity(number: str, unit: str) -> Literal:
    """Return a number with its unit as a UCUM literal. Raises UnreadableError for a unit that is not known."""
    if not unit:
        return Literal(f"{number} 1", CDT.ucum)
    if unit not in UNITS:
        raise UnreadableError(
            f"“{unit}” is no unit that is known; write s, min, hours, days, weeks, months, years, km, m/s …"
        )
    return Literal(f"{number} {UNITS[unit].code}", CDT.ucum)
