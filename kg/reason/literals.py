"""What OWL 2 RL knows of datatypes (Profiles, table 8): which literals belong to which, and which are none.

Lexical forms are checked by pattern and compared as text, never turned into numbers: a literal of a million digits
costs a million steps and no more.
"""

from __future__ import annotations

import re

from kg.vocab import RDF, XSD, Iri, Literal

_INTEGERS: dict[str, tuple[str, ...]] = {
    "integer": ("decimal",),
    "long": ("integer",),
    "int": ("long",),
    "short": ("int",),
    "byte": ("short",),
    "nonNegativeInteger": ("integer",),
    "positiveInteger": ("nonNegativeInteger",),
    "unsignedLong": ("nonNegativeInteger",),
    "unsignedInt": ("unsignedLong",),
    "unsignedShort": ("unsignedInt",),
    "unsignedByte": ("unsignedShort",),
    "nonPositiveInteger": ("integer",),
    "negativeInteger": ("nonPositiveInteger",),
}
_STRINGS: dict[str, tuple[str, ...]] = {
    "normalizedString": ("string",),
    "token": ("normalizedString",),
    "language": ("token",),
    "Name": ("token",),
    "NCName": ("Name",),
    "NMTOKEN": ("token",),
}
_ABOVE = _INTEGERS | _STRINGS | {"dateTimeStamp": ("dateTime",)}
_ALONE = ("float", "double", "boolean", "hexBinary", "base64Binary", "anyURI", "time", "date")
_KNOWN = frozenset(
    [RDF.XMLLiteral, RDF.HTML, RDF.langString, RDF.PlainLiteral, XSD.decimal, XSD.string, XSD.dateTime]
    + [XSD[name] for name in (*_ABOVE, *_ALONE)]
)
_SIGNED = re.compile(r"[+-]?[0-9]+")
_FORMS: dict[Iri, re.Pattern[str]] = {
    XSD.boolean: re.compile("true|false|0|1"),
    XSD.decimal: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
    XSD.date: re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
    XSD.dateTime: re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,}(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
    XSD.hexBinary: re.compile("(?:[0-9a-fA-F]{2})*"),
} | {XSD[name]: _SIGNED for name in _INTEGERS}
_FORMS[XSD.float] = _FORMS[XSD.double]


def datatypes_of(literal: Literal) -> tuple[Iri, ...]:
    """Return the literal's datatype and those that contain it, if OWL 2 RL knows it (dt-type2).

    Text in a language is in none, as in the reference engine.
    """
    if literal.datatype not in _KNOWN or literal.datatype == RDF.langString:
        return ()
    found = [literal.datatype]
    for datatype in found:
        found.extend(XSD[above] for above in _ABOVE.get(datatype.removeprefix(str(XSD)), ()))
    return tuple(found)


def known_datatype(datatype: Iri) -> bool:
    """Return whether OWL 2 RL knows a datatype."""
    return datatype in _KNOWN


def ill_typed(literal: Literal) -> bool:
    """Return whether a literal's words are no value of its datatype (dt-not-type)."""
    form = _FORMS.get(literal.datatype)
    return form is not None and not form.fullmatch(literal.value.strip(" \t\n\r"))


def unequal(left: Literal, right: Literal) -> bool:
    """Return whether two literals are certainly different values (dt-diff): those of which one datatype knows both."""
    if ill_typed(left) or ill_typed(right):
        return False
    mine, other = _value(left), _value(right)
    return mine is not None and other is not None and mine[0] == other[0] and mine != other


def _value(literal: Literal) -> tuple[str, str] | None:
    """Return a kind of value and the value in one spelling, for the kinds whose spelling is settled easily."""
    datatypes = datatypes_of(literal)
    text = literal.value.strip(" \t\n\r")
    if XSD.decimal in datatypes:
        return "number", _decimal(text)
    if XSD.string in datatypes or literal.datatype == RDF.langString:
        return "text", f"{literal.value}@{literal.language.lower()}"
    if literal.datatype == XSD.boolean:
        return "boolean", "true" if text in ("1", "true") else "false"
    return None


def _decimal(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("+-").partition(".")
    digits = f"{whole.lstrip('0')}.{fraction.rstrip('0')}"
    return digits if digits == "." else sign + digits


def excluded(literal: Literal, datatype: Iri) -> bool:
    """Return whether a literal is certainly no value of a datatype: their values are of different kinds."""
    if datatype == literal.datatype or literal.datatype not in _KNOWN or datatype not in _KNOWN:
        return False
    mine, other = _kind(literal.datatype), _kind(datatype)
    return mine != other and {mine, other} != {"text", "plain"}


def _kind(datatype: Iri) -> str:
    """Return a name for a family of datatypes that share no value with another family."""
    if datatype in (RDF.PlainLiteral, RDF.langString):
        return "plain"
    family = datatypes_of(Literal("", datatype))[-1]
    while above := _ABOVE.get(family.removeprefix(str(XSD)), ()):
        family = XSD[above[0]]
    return "text" if family == XSD.string else str(family)
