"""Tables: every class as a tidy table, a row for each thing and a column for each property.

A property that has several values for any thing of a class has a table of its own, a row for each value: no cell ever
holds a list. Columns of names are followed by what those are called. What is hedged, said or proposed is in no table.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.export import csvw
from kg.export.claims import Labels
from kg.export.rows import Row, by_name, literal_parts, unescape
from kg.vocab import ONTOLOGY_GRAPH, OWL, PH, PREFIXES, RDF, RDFS, XSD, Iri

_TYPE, _ASSERTED_IN = f"<{RDF.type}>", f"<{PH.assertedIn}>"
_EVERYTHING = (f"<{OWL.Thing}>", f"<{RDFS.Resource}>")  # classes that say nothing
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_]+")
_FIRST = "ph schema".split()  # whose classes get the plain name where two have the same

Cell: TypeAlias = str | None
_Key: TypeAlias = tuple[str, str, str]  # property, datatype (empty for names of things), language
_Facts: TypeAlias = Mapping[str, Mapping[_Key, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; names of things have no ``datatype``, and a ``label`` only tells what they are."""

    name: str
    property: str = ""
    datatype: str = ""
    language: str = ""
    label: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The things of a class, or their values for one property; the first column is always the thing's name."""

    name: str
    kind: Iri
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def of_things(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield what tables are made from: all that holds plainly, without the graphs of claims and of the ontology."""
    kept = rows if isinstance(rows, Collection) else list(rows)
    left = {row[0] for row in kept if row[1] == _ASSERTED_IN} | {f"<{ONTOLOGY_GRAPH}>"}
    return (row for row in kept if row[3] not in left)


def tables(rows: Iterable[Row]) -> list[Table]:
    """Return the tables of every class that has things, in the order of their names."""
    kept = list(dict.fromkeys(rows))
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, found, _ in kept:
        if predicate == _TYPE and subject[0] == found[0] == "<" and found not in _EVERYTHING:
            kinds[found].add(subject)
    facts, labels = _facts(kept), Labels(kept)
    names = _class_names(kinds)
    made = (
        it for kind in kinds for it in _of_class(kind, names[kind], sorted(kinds[kind], key=by_name), facts, labels)
    )
    return sorted(made, key=lambda table: table.name)


def to_csv(table: Table) -> str:
    """Return a table as CSV (RFC 4180)."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([column.name for column in table.columns])
    lines.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    return out.getvalue()


def metadata(tables: Iterable[Table], labels: Labels) -> str:
    """Return the CSVW metadata of a folder of tables: read by it, their cells are the statements they came from."""
    return csvw.document({"tables": [_described(table, labels) for table in tables]})


def _described(table: Table, labels: Labels) -> dict[str, object]:
    found = csvw.table(
        f"{table.name}.csv", [_column(it, labels) for it in table.columns], {"dc:title": _title(table, labels)}
    )
    schema = found["tableSchema"]
    if isinstance(schema, dict):
        typed = {"virtual": True, "propertyUrl": RDF.type, "valueUrl": table.kind}
        schema["columns"].append(typed)
        schema["aboutUrl"] = "{+iri}"
        if not _is_long(table):
            schema["primaryKey"] = "iri"
    return found


def _title(table: Table, labels: Labels) -> str:
    named = labels(table.kind)
    return f"{named}: {labels(Iri(table.columns[1].property))}" if _is_long(table) else named


def _is_long(table: Table) -> bool:
    return "." in table.name


def _column(column: Column, labels: Labels) -> csvw.Described:
    if not column.property or column.label:
        return csvw.Described(column.name, "string" if column.label else "anyURI", hidden=True)
    return csvw.Described(
        column.name,
        column.datatype or "anyURI",
        labels(Iri(column.property)),
        property=column.property,
        language=column.language,
        reference=not column.datatype,
    )


# --- from rows to tables ------------------------------------------------------------------------------------------


def _facts(rows: Iterable[Row]) -> _Facts:
    """Return the values of every thing by property and kind of value, each value once and in order."""
    found: defaultdict[str, defaultdict[_Key, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value, _ in rows:
        if value[0] == '"':
            body, datatype, language = literal_parts(value)
            found[subject][predicate[1:-1], datatype or str(XSD.string), language].add(unescape(body))
        elif value[0] == "<" and predicate != _TYPE:
            found[subject][predicate[1:-1], "", ""].add(value[1:-1])
    return {it: {key: sorted(values) for key, values in said.items()} for it, said in found.items()}


def _of_class(kind: str, name: str, things: Sequence[str], facts: _Facts, labels: Labels) -> Iterator[Table]:
    most: defaultdict[_Key, int] = defaultdict(int)
    for thing in things:
        for key, values in facts.get(thing, {}).items():
            most[key] = max(most[key], len(values))
    names = _column_names(most)
    ordered = sorted(most, key=lambda key: (key[0] != RDFS.label, names[key].lower(), names[key]))
    single = [key for key in ordered if most[key] == 1]
    rows = [_row(thing, single, facts.get(thing, {}), labels) for thing in things]
    columns = (Column("iri"), *(it for key in single for it in _columns(key, names[key])))
    yield Table(name, Iri(kind[1:-1]), columns, tuple(rows))
    for key in ordered:
        if most[key] > 1:
            long = ((it, key, value) for it in things for value in facts.get(it, {}).get(key, ()))
            rows = [(it[1:-1], *_cells(key, value, labels)) for it, key, value in long]
            yield Table(
                f"{name}.{names[key]}", Iri(kind[1:-1]), (Column("iri"), *_columns(key, names[key])), tuple(rows)
            )


def _row(thing: str, keys: Iterable[_Key], said: Mapping[_Key, Sequence[str]], labels: Labels) -> tuple[Cell, ...]:
    cells = (it for key in keys for it in _cells(key, said[key][0] if key in said else None, labels))
    return (thing[1:-1], *cells)


def _columns(key: _Key, name: str) -> Iterator[Column]:
    yield Column(name, *key)
    if not key[1]:
        yield Column(f"{name}__label", *key, label=True)


def _cells(key: _Key, value: Cell, labels: Labels) -> Iterator[Cell]:
    yield value
    if not key[1]:
        yield None if value is None else labels(Iri(value))


def _class_names(kinds: Iterable[str]) -> dict[str, str]:
    """Return a file name for each class: its local name, with its prefix where another class has the same."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for kind in sorted(kinds, key=_preference):
        local = _local(kind[1:-1])
        wanted = [local, f"{_prefix(kind)}-{local}", *(f"{local}-{number}" for number in range(2, len(taken) + 3))]
        names[kind] = next(it for it in wanted if it.lower() not in taken)  # some file systems know no case
        taken.add(names[kind].lower())
    return names


def _column_names(keys: Iterable[_Key]) -> dict[_Key, str]:
    """Return a name for each column: the property's local name, with language or datatype where it needs one."""
    names: dict[_Key, str] = {}
    taken = {"iri"}
    for key in sorted(keys):
        local = _local(key[0])
        first = f"{local}_{key[2].replace('-', '_')}" if key[2] else local
        kind = _local(key[1]) if key[1] else "iri"
        wanted = [first, f"{first}_{kind}", *(f"{first}_{number}" for number in range(2, len(taken) + 3))]
        names[key] = next(it for it in wanted if it.lower() not in taken)
        taken.add(names[key].lower())
    return names


def _preference(kind: str) -> tuple[int, str]:
    prefix = _prefix(kind)
    return _FIRST.index(prefix) if prefix in _FIRST else len(_FIRST), kind


def _prefix(kind: str) -> str:
    return next((name for name, stem in PREFIXES.items() if kind.startswith(f"<{stem}")), "x")


def _local(iri: str) -> str:
    """Return the last part of an IRI as CSVW allows it for a name: no sign but letters, digits and underscores."""
    tail = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return _NOT_IN_NAME.sub("_", tail).strip("_") or "x"
