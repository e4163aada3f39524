"""What the columns of a table mean: a small TOML file, or the CSVW metadata that this program writes beside tables."""

from __future__ import annotations

import codecs
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import InputError
from kg.vocab import RDF

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "cast": ("series", "season", "episode", "title", "date", "performer", "character", "job", "section", "billing"),
    "claims": ("subject", "kind", "property", "value", "value_kind", "language"),
    "things": ("name", "kind", "address"),
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "cast": ("series", "performer"), "claims": ("subject", "property", "value"), "things": ("name",),
}  # fmt: skip
_WORDS: Final = ("about", "delimiter", "encoding", "quote")
_TABLES: Final = ("columns", "constants", "separators", "properties")


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose cells are values of a property: of a datatype, in a language, or names of things."""

    heading: str
    property: str
    datatype: str = ""
    language: str = ""
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table mean.

    ``columns`` lead from a role to the heading of its column, ``constants`` from a role to what every row has there;
    ``separators`` stand between several values in one cell. ``kind`` is the class of all the things of a table of ours.
    """

    about: str
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    properties: tuple[Column, ...] = ()
    delimiter: str = ""
    encoding: str = "utf-8-sig"
    quote: str = '"'
    kind: str = ""

    def headings(self) -> Iterator[str]:
        """Yield the headings that a table must have."""
        yield from self.columns.values()
        yield from (it.heading for it in self.properties)


def columns(name: str, text: str, table: str) -> Columns:
    """Return what a mapping file says of a table's columns. Raises InputError for what is none."""
    if name.lower().endswith(".json"):
        return _of_csvw(name, text, table)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, f"is no mapping: {error}") from error
    _check(name, found)
    properties = tuple(Column(heading, prop) for prop, heading in found.get("properties", {}).items())
    return Columns(
        found["about"],
        found.get("columns", {}),
        found.get("constants", {}),
        found.get("separators", {}),
        properties,
        found.get("delimiter", ""),
        found.get("encoding", "utf-8-sig"),
        found.get("quote", '"'),
    )


def _check(name: str, found: dict[str, Any]) -> None:  # what TOML holds is checked here
    for key, value in found.items():
        if key not in (*_WORDS, *_TABLES):
            raise InputError(name, f"“{key}” means nothing here; known are {', '.join((*_WORDS, *_TABLES))}")
        words = [value] if key in _WORDS else list(value.values()) if isinstance(value, dict) else [None]
        if not all(isinstance(it, str) and it for it in words):
            raise InputError(name, f"“{key}” must be words in quotation marks")
    about = str(found.get("about", ""))
    if about not in ROLES:
        raise InputError(name, f"say what the rows are about: about = {' or '.join(map(repr, ROLES))}")
    _check_roles(name, found, about)
    if any(len(found.get(key, "-")) != 1 for key in ("delimiter", "quote")):
        raise InputError(name, "a delimiter and a quote are one sign each")
    try:
        codecs.lookup(found.get("encoding", "utf-8"))
    except LookupError as error:
        raise InputError(name, f"“{found['encoding']}” is no encoding; write utf-8, latin-1, cp1252 …") from error


def _check_roles(name: str, found: dict[str, Any], about: str) -> None:
    for table in ("columns", "constants", "separators"):
        for role in found.get(table, {}):
            if role not in ROLES[about] and not (table == "separators" and role in found.get("properties", {})):
                raise InputError(name, f"“{role}” is no role of {about}; there are {', '.join(ROLES[about])}")
    given = {*found.get("columns", {}), *found.get("constants", {})}
    lacking = [role for role in NEEDED[about] if role not in given]
    if lacking:
        raise InputError(name, f"says nothing of “{lacking[0]}”: name its column under [columns], or give a constant")


def _of_csvw(name: str, text: str, table: str) -> Columns:
    """Return what CSVW metadata says of one of its tables."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(name, f"is no CSVW metadata: {error}") from error
    tables = found.get("tables", [found]) if isinstance(found, dict) else []
    schema = next((it["tableSchema"] for it in tables if isinstance(it, dict) and it.get("url") == table), None)
    if not isinstance(schema, dict) or not isinstance(schema.get("columns"), list):
        raise InputError(name, f"describes no table “{table}”")
    given = [it for it in schema["columns"] if isinstance(it, dict)]
    kind = next(
        (str(it.get("valueUrl", "")) for it in given if it.get("virtual") and it.get("propertyUrl") == RDF.type), ""
    )
    first = next((str(it.get("name", "")) for it in given), "iri")
    properties = tuple(_column(it) for it in given if it.get("propertyUrl") and not it.get("virtual"))
    return Columns("things", {"address": first}, properties=properties, kind=kind)


def _column(it: dict[str, Any]) -> Column:
    reference = bool(it.get("valueUrl")) or it.get("datatype") == "anyURI"
    datatype = it.get("datatype", "")
    if isinstance(datatype, dict):
        datatype = datatype.get("@id") or datatype.get("base", "")
    return Column(str(it.get("name", "")), str(it["propertyUrl"]), str(datatype), str(it.get("lang", "")), reference)
