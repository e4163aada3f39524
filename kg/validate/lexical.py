"""Which spellings are values of a datatype: the lexical spaces of XML Schema, as regular expressions that XPath has.

SHACL asks it of the datatypes that SPARQL knows (section 4.1.2); dates, times, durations and hexadecimals are checked
as well, because the reference engine does.
"""

from __future__ import annotations

from kg.vocab import XSD, Iri, n3

_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_LEAP = r"-?([0-9]*([02468][048]|[13579][26])00|[0-9]*[0-9]{2}(0[48]|[2468][048]|[13579][26]))"
_DATE = (
    rf"({_YEAR}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|{_YEAR}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    rf"|{_YEAR}-02-(0[1-9]|1[0-9]|2[0-8])|{_LEAP}-02-29)"
)
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_CLOCK = r"T([0-9]+H([0-9]+M)?([0-9]+(\.[0-9]+)?S)?|[0-9]+M([0-9]+(\.[0-9]+)?S)?|[0-9]+(\.[0-9]+)?S)"
_YEARS = r"([0-9]+Y([0-9]+M)?|[0-9]+M)"
_DAYS = rf"([0-9]+D({_CLOCK})?|{_CLOCK})"
_FLOAT = r"([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)"
_WHOLE = r"[+-]?[0-9]+"

_SPELLINGS: dict[Iri, str] = {
    XSD.integer: _WHOLE,
    XSD.decimal: r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    XSD.float: _FLOAT,
    XSD.double: _FLOAT,
    XSD.boolean: r"(true|false|1|0)",
    XSD.dateTime: rf"{_DATE}T{_TIME}{_ZONE}",
    XSD.date: rf"{_DATE}{_ZONE}",
    XSD.time: rf"{_TIME}{_ZONE}",
    XSD.duration: rf"-?P({_YEARS}({_DAYS})?|{_DAYS})",
    XSD.dayTimeDuration: rf"-?P{_DAYS}",
    XSD.yearMonthDuration: rf"-?P{_YEARS}",
    XSD.hexBinary: r"([0-9a-fA-F]{2})*",
    XSD.nonNegativeInteger: r"([+]?[0-9]+|-0+)",
    XSD.positiveInteger: r"[+]?0*[1-9][0-9]*",
    XSD.nonPositiveInteger: r"(-[0-9]+|[+]?0+)",
    XSD.negativeInteger: r"-0*[1-9][0-9]*",
}
_RANGES: dict[Iri, tuple[int, int]] = {
    XSD.long: (-(2**63), 2**63 - 1),
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.byte: (-128, 127),
    XSD.unsignedLong: (0, 2**64 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedByte: (0, 255),
}


def well_spelled(variable: str, datatype: Iri) -> str | None:
    """Return an expression that is true where a literal of the datatype is spelled as one; None where all are."""
    spelling = _SPELLINGS.get(datatype)
    if spelling is not None:
        return _matches(variable, spelling)
    if datatype not in _RANGES:
        return None
    least, most = _RANGES[datatype]
    number = f"{n3(XSD.decimal)}(STR({variable}))"
    return f"{_matches(variable, _WHOLE)} && {number} >= {least}.0 && {number} <= {most}.0"


def _matches(variable: str, spelling: str) -> str:
    return f'REGEX(STR({variable}), "^[ \\\\t\\\\r\\\\n]*({_escaped(spelling)})[ \\\\t\\\\r\\\\n]*$")'


def _escaped(spelling: str) -> str:
    return spelling.replace("\\", "\\\\")
