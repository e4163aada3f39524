"""What may stand as a value, and as a time: names, texts, dates, numbers with a unit, yes and no.

Every function here raises ValueError with one line that says what is wrong and what to write instead.

>>> value("3 weeks"), value("“nuclear”@en").text, value("2027~").kind
(Value(kind='quantity', text='3', language='', unit='weeks'), 'nuclear', 'date')
>>> when("24 hours before landing of Argo").event
'landing of Argo'
"""

from __future__ import annotations

import re

from kg.edtf import parse as edtf
from kg.model import Value, When
from kg.statements.nearest import hint
from kg.units import UNITS

PASSAGE = "this passage"

_OPENING, _CLOSING = '"“„«”', '"”“»'
_LANGUAGE = re.compile(r"@([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)")
_DATE = re.compile(r"(?:Y?-?\d{4}|-?\d{3}X|-?\d\dXX|\.\./|/\d)[\dX~?%/.:TZ+Y-]*")
_SHORT = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?|[+-]?\d{5,}|[+-]?\d+\.\d+")
_AMOUNT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([^\d\s].*)")
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)\s+(.+?)\s+(before|after)\s+(.+)")
_RELATION = re.compile(r"(since|before|after)\s+(.+)")
_UNFIT = re.compile(r"[|^<>\[\]{}\\]")
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


def value(words: str) -> Value:
    """Return the value that is written."""
    if not words:
        raise ValueError("the value is missing: write it after the second bar")
    if words[0] in _OPENING:
        return _text(words)
    if words in ("yes", "no"):
        return Value("flag", words)
    if _SHORT.fullmatch(words):
        return Value("quantity", words)
    if _DATE.fullmatch(words):
        edtf(words)
        return Value("date", words)
    amount = _AMOUNT.fullmatch(words)
    if amount and amount[2] in UNITS:
        return Value("quantity", amount[1], unit=amount[2])
    return Value("name", name(words))


def name(words: str) -> str:
    """Return a name with its white space made regular."""
    found = _UNFIT.search(words)
    if not words:
        raise ValueError("a name is missing here")
    if found:
        raise ValueError(f"“{found[0]}” cannot stand in a name; a text stands between quotation marks")
    if words[-1] in _CLOSING and words.count(words[-1]) == 1 and not set(words[:-1]) & set(_OPENING):
        raise ValueError("a text stands between two quotation marks, and here the first is missing")
    return " ".join(words.split())


def when(words: str) -> When:
    """Return the time that is written."""
    distance = _DISTANCE.fullmatch(words)
    if distance:
        amount, unit, relation, event = distance.groups()
        if unit not in UNITS:
            raise ValueError(f"“{unit}” is no unit of time{hint(unit, UNITS)}")
        return When(relation, event=_event(event), amount=amount, unit=unit)  # type: ignore[arg-type]
    related = _RELATION.fullmatch(words)
    if related:
        return When(related[1], event=_event(related[2]))  # type: ignore[arg-type]
    if not _DATE.fullmatch(words):
        raise ValueError(
            f"“{words}” is no time; write a date (1967-04-24, 2027~, 1966/1967), “since”, “before” or “after” "
            "an event, or “3 days after” one"
        )
    edtf(words)
    return When("at", date=words)


def _event(words: str) -> str:
    if _DATE.fullmatch(words):
        raise ValueError(f"an event belongs here, not the date {words}; write a range, {words}/.. or ../{words}")
    return words if words.startswith("^") else name(words)


def _text(words: str) -> Value:
    bare, language = words, ""
    if words[-1] not in _CLOSING:
        bare, sign, tag = words.rpartition("@")
        found = _LANGUAGE.fullmatch(sign + tag)
        if not found or bare[-1:] not in _CLOSING or len(bare) < 2:
            raise ValueError(
                'after the text stand its closing quotation mark and nothing else, or a language: "text"@fr'
            )
        language = found[1]
    if len(bare) < 2:
        raise ValueError('the text has no closing quotation mark; write "text"')
    inner = bare[1:-1]
    if '"' in inner.replace("\\\\", "").replace('\\"', ""):
        raise ValueError('a quotation mark inside a text is written \\"')
    if not inner.strip():
        raise ValueError("the text between the quotation marks is empty")
    return Value("text", _ESCAPE.sub(_unescaped, " ".join(inner.split())), language=language)


def _unescaped(found: re.Match[str]) -> str:
    if found[1] not in _ESCAPED or not found[1]:
        raise ValueError(f'“\\{found[1]}” means nothing in a text; a backslash is written \\\\, a quotation mark \\"')
    return _ESCAPED[found[1]]
