"""Wikidata's JSON for an item, as a dump line or an answer of its API holds it, as an item of a snapshot."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.link.items import Fact, Item, ItemName, year_of
from kg.link.wikidata import PR, is_qid
from kg.vocab import WD, XSD, Iri, Literal, Term

_RANKS: Final = {"preferred": 2, "normal": 1}
# what Wikidata keeps of itself about other databases outweighs all else and says nothing that a guide asks
_LEFT_OUT: Final = frozenset({"external-id", "commonsMedia", "math", "musical-notation", "tabular-data", "geo-shape"})


_ID = re.compile(r'"id"\s*:\s*"(Q[0-9]+)"')


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items a filter lets through: by id, by class, or by a value of a property, such as (P106, Q11631).

    ``languages`` are those whose names are kept (none: all).
    """

    qids: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    values: frozenset[tuple[str, str]] = frozenset()
    languages: frozenset[str] = frozenset()

    def may_have(self, line: str) -> bool:
        """Tell quickly whether a dump's line can be wanted, so that the rest need not be parsed."""
        found = _ID.search(line, 0, 200)
        said = (*self.classes, *(value for _, value in self.values))
        return (found is not None and found[1] in self.qids) or any(f'"{one}"' in line for one in said)

    def has(self, item: Item) -> bool:
        """Tell whether an item is wanted."""
        if item.qid in self.qids or self.classes & set(item.classes):
            return True
        return any((fact.property, str(fact.value).rpartition("/")[2]) in self.values for fact in item.facts)


def from_line(line: str, wanted: Wanted) -> Item | None:
    """Return the item of a dump's line if it is wanted. Raises ValueError for a line that is no item's JSON."""
    text = line.strip().rstrip(",")
    if text in ("", "[", "]") or not wanted.may_have(text):
        return None
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError("is no JSON object")
    if found.get("type") != "item":
        return None
    item = item_of(found, wanted.languages)
    return item if wanted.has(item) else None


def item_of(found: Mapping[str, Any], languages: Collection[str] = ()) -> Item:
    """Return the item that an entity's JSON describes, its best values only, names in the given languages.

    Raises ValueError for JSON that describes no item.
    """
    qid = found.get("id")
    if not isinstance(qid, str) or not is_qid(qid):
        raise ValueError("has no id of an item")
    try:
        return _item(qid, found, languages)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{qid} is not as Wikidata writes items ({type(error).__name__}: {error})") from error


def _item(qid: str, found: Mapping[str, Any], languages: Collection[str]) -> Item:
    facts = tuple(_facts(found.get("claims") or {}))
    ids = {name: _ids(facts, name) for name in ("P31", "P279", "P106")}
    return Item(
        qid,
        tuple(_names(found, languages)),
        ids["P31"],
        ids["P279"],
        (),
        ids["P106"],
        tuple(fact for fact in facts if fact.property not in ("P31", "P279")),
    )


def _names(found: Mapping[str, Any], languages: Collection[str]) -> Iterator[ItemName]:
    for part, alias in (("labels", False), ("aliases", True)):
        held = found.get(part)
        if not isinstance(held, dict):  # an empty map is written as a list
            continue
        for language, value in held.items():
            if not languages or language in languages or language == "mul":
                values = value if isinstance(value, list) else [value]
                yield from (ItemName(str(one["value"]), language, alias) for one in values if "value" in one)


def _ids(facts: Iterable[Fact], name: str) -> tuple[str, ...]:
    return tuple(
        fact.value.removeprefix(str(WD)) for fact in facts if fact.property == name and isinstance(fact.value, Iri)
    )


def _facts(claims: Mapping[str, Any]) -> Iterator[Fact]:
    if not isinstance(claims, dict):
        return
    for name, statements in claims.items():
        ranked = [(_RANKS.get(one.get("rank", "normal"), 0), one) for one in statements]
        best = max((rank for rank, _ in ranked), default=0)
        for one in (one for rank, one in ranked if rank == best and rank > 0):
            value = _value(one.get("mainsnak") or {})
            if value is not None:
                precision = _precision(one["mainsnak"])
                said = str(one.get("id", "")).replace("$", "-")
                yield Fact(name, value, _references(one), _qualifiers(one), precision, said)


def _references(statement: Mapping[str, Any]) -> tuple[tuple[Iri, Term], ...]:
    found: dict[tuple[Iri, Term], None] = {}
    for reference in statement.get("references") or ():
        for name, snaks in (reference.get("snaks") or {}).items():
            values = (_value(snak, all_kinds=True) for snak in snaks)
            found.update({(PR[name], value): None for value in values if value is not None})
    return tuple(found)


def _qualifiers(statement: Mapping[str, Any]) -> tuple[tuple[str, Term], ...]:
    found = statement.get("qualifiers") or {}
    values = ((name, _value(snak)) for name, snaks in found.items() for snak in snaks)
    return tuple((name, value) for name, value in values if value is not None)


def _precision(snak: Mapping[str, Any]) -> int:
    held = (snak.get("datavalue") or {}).get("value")
    return int(held.get("precision", 0)) if isinstance(held, dict) and "time" in held else 0


def _value(snak: Mapping[str, Any], *, all_kinds: bool = False) -> Term | None:
    """Return the value of a snak as Wikidata's RDF has it; None for none, unknown, and kinds that are left out."""
    if snak.get("snaktype") != "value" or (snak.get("datatype") in _LEFT_OUT and not all_kinds):
        return None
    held, kind = snak["datavalue"].get("value"), snak["datavalue"].get("type")
    if kind == "wikibase-entityid":
        return _entity(held)
    if kind == "time":
        return _time(held)
    if kind == "monolingualtext":
        return Literal(str(held["text"]), language=str(held["language"]))
    if kind == "quantity":
        return Literal(str(held["amount"]).lstrip("+"), XSD.decimal)
    if kind == "string":
        return Iri(str(held)) if snak.get("datatype") == "url" else Literal(str(held))
    return None


def _entity(held: Mapping[str, Any]) -> Iri | None:
    qid = held.get("id") or f"Q{held.get('numeric-id')}"
    return WD[qid] if is_qid(str(qid)) else None


def _time(held: Mapping[str, Any]) -> Term | None:
    """Return a date as Wikidata's RDF writes it: parts that are not known become the first month and day."""
    text = str(held.get("time", ""))
    if year_of(text) is None:
        return None
    return Literal(text.lstrip("+").replace("-00", "-01"), XSD.dateTime)
