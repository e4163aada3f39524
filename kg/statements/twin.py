"""The same statements as JSON, for programs; ``ontology/statements.schema.json`` describes the form.

Remarks and places are left out: what is compared is what is said.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, get_args

from kg.errors import StatementError
from kg.model import Place, Quote, Section, Statement, Statements, Value, ValueKind, When
from kg.statements.lines import HEAD_KEYS, RANKS, SHOWN, VERDICTS
from kg.statements.reading import read
from kg.statements.writing import write

_NOWHERE = Place(1, 1)
_WORDS = {
    "sign": "label", "told by": "told_by", "shown": "shown", "hedge": "hedge", "verdict": "verdict",
    "against": "against", "judged by": "judged_by", "rank": "rank", "note": "note",
}  # fmt: skip
_CLOSED = {"shown": SHOWN, "verdict": VERDICTS, "rank": RANKS}
_RELATIONS = ("at", "since", "before", "after")

Result = TypeVar("Result")


def to_json(statements: Statements) -> str:
    """Return statements as JSON."""
    head = {key: said for key in HEAD_KEYS if (said := getattr(statements, key))}
    body: dict[str, Any] = head | {"statements": [_out(said) for said in statements.statements]}
    if statements.offered:
        body["offered"] = [_out(said) for said in statements.offered]
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def from_json(source: str, text: str) -> Statements:
    """Return the statements in a JSON text; quotes have no places in an entry until the text of `write` is read.

    Raises StatementError where the text is no JSON, is not of the form, or says what the written form cannot say.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise StatementError(source, f"this is no JSON: {error}", line=line) from error
    try:
        made = _statements(source, found)
    except (KeyError, TypeError, ValueError) as error:
        raise StatementError(source, f"not of the form of ontology/statements.schema.json: {_said(error)}") from error
    return _sayable(source, made)


# --- records to JSON ------------------------------------------------------------------------------------------------


def _out(said: Statement) -> dict[str, Any]:
    out: dict[str, Any] = {"section": said.section}
    if said.heading and said.heading != said.section:
        out["heading"] = said.heading
    out |= {"subject": said.subject, "property": said.property, "value": _sparse(said.value, "kind", "text")}
    out |= {name: True for name, on in (("not", said.negated), ("proposed", said.proposed)) if on}
    out |= {key: words for key, name in _WORDS.items() if (words := getattr(said, name))}
    out |= {key: _sparse(time, "relation") for key, time in (("when", said.when), ("until", said.until)) if time}
    if said.complete:
        out["complete"] = list(said.complete)
    if said.quote:
        out["quote"] = {"pieces": list(said.quote.pieces)}
        out["quote"] |= {key: words for key in ("source", "locator") if (words := getattr(said.quote, key))}
    return out


def _sparse(record: Value | When, *always: str) -> dict[str, str]:
    fields = {name: getattr(record, name) for name in record.__slots__}
    return {name: words for name, words in fields.items() if words or name in always}


# --- JSON to records ------------------------------------------------------------------------------------------------


def _statements(source: str, found: Any) -> Statements:
    _only(found, {*HEAD_KEYS, "statements", "offered"}, "the file")
    entry, by, world, language = (_text(found.get(key, ""), key) for key in HEAD_KEYS)
    body, offered = _each(found["statements"], "statements"), _each(found.get("offered", []), "offered")
    return Statements(source, entry, by, world, language, body, offered=offered)


def _each(found: Any, what: str) -> tuple[Statement, ...]:
    if not isinstance(found, list):
        raise TypeError(f"“{what}” is no list")
    return tuple(_numbered(_in, said, f"{what}, number {number}") for number, said in enumerate(found, 1))


def _numbered(make: Callable[[Any], Result], found: Any, where: str) -> Result:
    try:
        return make(found)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{where}: {_said(error)}") from error


def _in(found: Any) -> Statement:
    fixed = {"section", "heading", "subject", "property", "value", "not", "proposed"}
    _only(found, fixed | {*_WORDS, "when", "until", "complete", "quote"}, "a statement")
    section: Section = _choice(found["section"], get_args(Section), "section")
    heading: Section = _choice(found.get("heading", section), get_args(Section), "heading")
    words: dict[str, Any] = {name: _closed(found[key], key) for key, name in _WORDS.items() if key in found}
    return Statement(
        section,
        _text(found["subject"], "subject"),
        _text(found["property"], "property"),
        _value(found["value"]),
        _NOWHERE,
        negated=_flag(found, "not"),
        proposed=_flag(found, "proposed"),
        when=_when(found["when"]) if "when" in found else None,
        until=_when(found["until"]) if "until" in found else None,
        complete=_texts(found.get("complete", []), "complete"),
        quote=_quote(found["quote"]) if "quote" in found else None,
        heading=heading,
        **words,
    )


def _value(found: Any) -> Value:
    _only(found, {"kind", "text", "language", "unit"}, "a value")
    kind: ValueKind = _choice(found["kind"], get_args(ValueKind), "kind")
    return Value(kind, **{key: _text(found[key], key) for key in ("text", "language", "unit") if key in found})


def _when(found: Any) -> When:
    _only(found, {"relation", "date", "event", "amount", "unit"}, "a time")
    relation = _choice(found["relation"], _RELATIONS, "relation")
    parts = {key: _text(found[key], key) for key in ("date", "event", "amount", "unit") if key in found}
    return When(relation, **parts)


def _quote(found: Any) -> Quote:
    _only(found, {"pieces", "source", "locator"}, "a quote")
    source, locator = (_text(found.get(key, ""), key) for key in ("source", "locator"))
    return Quote(_texts(found["pieces"], "pieces"), _NOWHERE, source=source, locator=locator)


def _only(found: Any, known: set[str], what: str) -> None:
    if not isinstance(found, Mapping):
        raise TypeError(f"{what} is no object")
    unknown = sorted(set(found) - known)
    if unknown:
        raise ValueError(f"{what} has no “{unknown[0]}”; it has {', '.join(sorted(known))}")


def _text(found: Any, key: str) -> str:
    if not isinstance(found, str):
        raise TypeError(f"“{key}” is no text")
    return found


def _texts(found: Any, key: str) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise TypeError(f"“{key}” is no list")
    return tuple(_text(each, key) for each in found)


def _flag(found: Mapping[str, Any], key: str) -> bool:
    if not isinstance(found.get(key, False), bool):
        raise TypeError(f"“{key}” is true or false")
    return bool(found.get(key, False))


def _choice(found: Any, known: tuple[Any, ...], key: str) -> Any:  # one of ``known``: the caller knows its type
    if found not in known:
        raise ValueError(f"“{key}” is one of {', '.join(known)}")
    return found


def _closed(found: Any, key: str) -> str:
    return str(_choice(found, _CLOSED[key], key)) if key in _CLOSED else _text(found, key)


def _said(error: Exception) -> str:
    return f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)


# --- what the written form cannot say -------------------------------------------------------------------------------


def _sayable(source: str, made: Statements) -> Statements:
    """Return the statements where their written form says the same. Raises StatementError where one differs."""
    again = read(source, write(made), None)
    for fault in again.diagnostics:
        if fault.severity == "error" and fault.code != "no-entry":
            raise StatementError(source, f"cannot be written as a statement: {fault.message}")
    pairs = zip((*made.statements, *made.offered), (*again.statements, *again.offered), strict=False)
    for number, (said, reread) in enumerate(pairs, 1):
        if _bare(said) != _bare(reread):
            raise StatementError(source, f"statements, number {number}: “{said.subject}” would be read as another one")
    return made


def _bare(said: Statement) -> Statement:
    """Return a statement without what JSON does not carry."""
    quote = replace(said.quote, place=_NOWHERE, spans=()) if said.quote else None
    kept = replace(
        said, place=_NOWHERE, value_place=None, property_place=None, quote=quote, hedge_span=None, key_places=()
    )
    return replace(kept, heading=said.heading or said.section)
