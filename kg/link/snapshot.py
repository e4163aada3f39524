"""A snapshot: the part of Wikidata that a project keeps beside it, as items with names, classes, years and facts.

Read from RDF in Wikidata's own shape (``read``) or from a table (``read_table``), written back as RDF (``triples``).
Nothing here touches the disk.

>>> from kg.vocab import RDFS, WD, Triple
>>> read([Triple(WD.Q43653, RDFS.label, Literal("Apollo 11", language="en"))]).items["Q43653"].label
'Apollo 11'
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from kg.link.items import Fact, Item, ItemName, Snapshot, Year, snapshot_of, year_of
from kg.link.wikidata import (
    IN_FICTION,
    KINDS,
    PQ,
    PR,
    PS,
    PSV,
    TELLING,
    TELLING_PERSON,
    WDS,
    WIKIBASE,
    YEARS,
    P,
    is_qid,
)
from kg.vocab import PH, PROV, RDF, RDFS, SCHEMA, SKOS, WD, WDT, XSD, Iri, Literal, Node, Term, Triple

__all__ = [
    "Fact",
    "Item",
    "ItemName",
    "Snapshot",
    "Year",
    "item_triples",
    "kind_of_file",
    "read",
    "read_table",
    "triples",
    "year_of",
]

_LABELS: Final = frozenset({RDFS.label, SKOS.prefLabel, Iri("http://schema.org/name")})
# a snapshot that an editor writes may say the kind outright, in our terms
_OURS: Final = MappingProxyType(
    {SCHEMA.Person: "person", SCHEMA.Organization: "organisation", SCHEMA.Place: "place"}
    | {PH[name]: name.lower() for name in ("Mission", "Craft", "Place", "Event", "Organisation", "Work", "Character")}
)


_FILE_WORDS: Final = MappingProxyType(
    {kind: kind for kind in KINDS}
    | dict.fromkeys(("people", "human", "astronaut", "cosmonaut", "actor"), "person")
    | dict.fromkeys(("show", "series", "film", "movie", "episode", "program", "programme"), "work")
    | dict.fromkeys(("spacecraft", "ship"), "craft")
    | dict.fromkeys(("country", "countries", "city", "cities", "planet"), "place")
    | dict.fromkeys(("organization", "company", "companies", "agency", "agencies"), "organisation")
    | {"flight": "mission"}
)


class Statement(Protocol):
    """A triple, or a quad read as one."""

    @property
    def subject(self) -> Node:
        """What it is about."""

    @property
    def predicate(self) -> Iri:
        """What it says of it."""

    @property
    def object(self) -> Term:
        """The value."""


Nodes: TypeAlias = Mapping[Node, list[Statement]]


def read(triples: Iterable[Statement]) -> Snapshot:
    """Return the items of statements in Wikidata's RDF shape; statements about anything else are passed over.

    Labels may be rdfs:label, skos:prefLabel or schema:name, aliases are skos:altLabel; classes are wdt:P31, or
    rdf:type where the value is an item. The references of a full statement (p:, ps:, prov:wasDerivedFrom) go to its
    fact.
    """
    about: dict[str, list[Statement]] = defaultdict(list)
    nodes: dict[Node, list[Statement]] = defaultdict(list)
    for statement in triples:
        qid = _qid(statement.subject)
        if qid:
            about[qid].append(statement)
        else:
            nodes[statement.subject].append(statement)
    return snapshot_of(_item(qid, statements, nodes) for qid, statements in about.items())


def read_table(text: str, kind: str = "") -> Snapshot:
    """Return the items of tab-separated lines ``qid label year``, columns in any order when the first line names them.

    ``birth_year`` or ``gender`` among the columns tells that the items are persons; ``alias`` or ``aliases`` holds
    further names, separated by ``|``. Lines without an item's id and a name are passed over.
    """
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    named = bool(lines) and "qid" in [cell.strip().lower() for cell in lines[0]]
    columns = [cell.strip().lower() for cell in lines[0]] if named else ["qid", "label", "year", "aliases"]
    kind = kind or ("person" if {"birth_year", "gender"} & set(columns) else "")
    rows = (dict(zip(columns, map(str.strip, line), strict=False)) for line in lines[int(named) :])
    return snapshot_of(_row(row, kind) for row in rows if is_qid(row.get("qid", "")))


def kind_of_file(name: str) -> str:
    """Return the kind that a table's file name tells of its items, or "" where it tells none.

    >>> kind_of_file("flights.tsv"), kind_of_file("TV_shows.tsv"), kind_of_file("names.tsv")
    ('mission', 'work', '')
    """
    parts = re.split(r"[^a-z]+", name.lower())
    return next((kind for part in parts for word, kind in _FILE_WORDS.items() if part in (word, word + "s")), "")


def triples(snapshot: Snapshot) -> Iterator[Triple]:
    """Yield a snapshot in Wikidata's RDF shape."""
    return (triple for item in snapshot.items.values() for triple in item_triples(item))


def item_triples(item: Item) -> Iterator[Triple]:
    """Yield an item in Wikidata's RDF shape: names, classes and best values, statement nodes where they say more."""
    subject = WD[item.qid]
    for name in item.names:
        predicate = SKOS.altLabel if name.alias else RDFS.label
        yield Triple(subject, predicate, Literal(name.text, language=name.language))
    yield from (Triple(subject, WDT.P31, WD[value]) for value in item.classes)
    yield from (Triple(subject, WDT.P279, WD[value]) for value in item.parents)
    for number, fact in enumerate(item.facts):
        yield Triple(subject, WDT[fact.property], fact.value)
        yield from _statement(subject, fact, number)


def _statement(subject: Iri, fact: Fact, number: int) -> Iterator[Triple]:
    """Yield the statement node of a fact that has more than a value."""
    if not (fact.references or fact.qualifiers or fact.precision):
        return
    statement = WDS[fact.statement] if fact.statement else Iri(f"{subject}#{fact.property}-{number}")
    reference, value = Iri(f"{statement}-ref"), Iri(f"{statement}-value")
    yield Triple(subject, P[fact.property], statement)
    yield Triple(statement, RDF.type, WIKIBASE.Statement)
    yield Triple(statement, RDF.type, WIKIBASE.BestRank)
    yield Triple(statement, PS[fact.property], fact.value)
    yield Triple(statement, WIKIBASE.rank, WIKIBASE.NormalRank)
    yield from (Triple(statement, PQ[name], held) for name, held in fact.qualifiers)
    if fact.precision:
        yield Triple(statement, PSV[fact.property], value)
        yield Triple(value, WIKIBASE.timePrecision, Literal(str(fact.precision), XSD.integer))
    if fact.references:
        yield Triple(statement, PROV.wasDerivedFrom, reference)
        yield from (Triple(reference, predicate, held) for predicate, held in fact.references)


def _qid(node: Term) -> str:
    if not isinstance(node, Iri) or not node.startswith(str(WD)):
        return ""
    name = node[len(str(WD)) :]
    return name if is_qid(name) else ""


def _item(qid: str, statements: list[Statement], nodes: Nodes) -> Item:
    names: dict[ItemName, None] = {}
    values: dict[str, list[Term]] = defaultdict(list)
    types: list[Term] = []
    for predicate, value in ((one.predicate, one.object) for one in statements):
        if isinstance(value, Literal) and (predicate in _LABELS or predicate == SKOS.altLabel):
            names[ItemName(value.value, value.language, predicate == SKOS.altLabel)] = None
        elif predicate == RDF.type:
            types.append(value)
        elif predicate.startswith(str(WDT)):
            values[predicate[len(str(WDT)) :]].append(value)
    classes = _ids([*values.get("P31", ()), *types])
    said = next((_OURS[value] for value in types if isinstance(value, Iri) and value in _OURS), "")
    return Item(
        qid,
        tuple(name for name in names if name.text and name.text != qid),
        classes,
        _ids(values.get("P279", ())),
        tuple(sorted(_years(values), key=lambda year: list(YEARS.values()).index(year.event))),
        _ids(values.get("P106", ())),
        tuple(_facts(values, _stated(statements, nodes))),
        said or _told(values, classes),
        bool(IN_FICTION & values.keys()),
    )


def _told(values: Mapping[str, list[Term]], classes: tuple[str, ...]) -> str:
    """Return the kind that an item's properties tell; those of a person may be a character's, if it has a class."""
    telling = next((kind for name, kind in TELLING.items() if name in values), "")
    return telling or ("person" if not classes and TELLING_PERSON & values.keys() else "")


def _ids(values: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(qid for qid in map(_qid, values) if qid))


def _years(values: Mapping[str, list[Term]]) -> Iterator[Year]:
    for name, event in YEARS.items():
        years = {year_of(value.value) for value in values.get(name, ()) if isinstance(value, Literal)}
        yield from (Year(event, year) for year in sorted(year for year in years if year is not None))


def _facts(values: Mapping[str, list[Term]], stated: Mapping[tuple[str, Term], Fact]) -> Iterator[Fact]:
    for name in sorted(values.keys() - {"P31", "P279"}):
        yield from (stated.get((name, value), Fact(name, value)) for value in dict.fromkeys(values[name]))


def _stated(statements: list[Statement], nodes: Nodes) -> dict[tuple[str, Term], Fact]:
    """Return the facts that have a statement node of their own, with its references, qualifiers and precision."""
    found: dict[tuple[str, Term], Fact] = {}
    for one in statements:
        name = one.predicate.removeprefix(str(P))
        if not one.predicate.startswith(str(P)) or "/" in name or isinstance(one.object, Literal):
            continue
        parts = nodes.get(one.object, [])
        value = next((part.object for part in parts if part.predicate == PS[name]), None)
        if value is not None:
            found[name, value] = Fact(
                name,
                value,
                tuple(sorted(set(_references(parts, nodes)), key=repr)),
                tuple(sorted(set(_qualifiers(parts)), key=repr)),
                _precision(name, parts, nodes),
                one.object.removeprefix(str(WDS)) if one.object.startswith(str(WDS)) else "",
            )
    return found


def _references(parts: list[Statement], nodes: Nodes) -> Iterator[tuple[Iri, Term]]:
    for part in parts:
        if part.predicate == PROV.wasDerivedFrom and not isinstance(part.object, Literal):
            told = nodes.get(part.object, ())
            yield from ((one.predicate, one.object) for one in told if one.predicate.startswith(str(PR)))


def _qualifiers(parts: list[Statement]) -> Iterator[tuple[str, Term]]:
    for part in parts:
        name = part.predicate.removeprefix(str(PQ))
        if part.predicate.startswith(str(PQ)) and "/" not in name:
            yield name, part.object


def _precision(name: str, parts: list[Statement], nodes: Nodes) -> int:
    """Return the precision of a date, which Wikidata keeps at the value's own node."""
    for part in parts:
        if part.predicate == PSV[name] and not isinstance(part.object, Literal):
            for one in nodes.get(part.object, ()):
                if one.predicate == WIKIBASE.timePrecision and isinstance(one.object, Literal):
                    return int(one.object.value) if one.object.value.isdigit() else 0
    return 0


def _row(row: Mapping[str, str], kind: str) -> Item:
    aliases = [alias.strip() for alias in row.get("aliases", row.get("alias", "")).split("|")]
    event, text = next(((name, row[name]) for name in ("birth_year", "year", "launch_year") if row.get(name)), ("", ""))
    year = year_of(text)
    return Item(
        row["qid"],
        tuple(
            ItemName(text, "", alias)
            for text, alias in [(row.get("label", ""), False), *((alias, True) for alias in aliases)]
            if text and text != row["qid"]
        ),
        years=(Year("born" if event == "birth_year" or kind == "person" else "dated", year),)
        if year is not None
        else (),
        kind=row.get("kind") or kind,
    )
