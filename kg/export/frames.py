"""JSON-LD framed for a page: one thing with what belongs to it, nested as a page shows it.

This is the one module that knows PyLD. It never fetches: the only context that a frame may name is the one given here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.errors import RdfError
from kg.export.jsonld import jsonld as written
from kg.export.rows import Row
from kg.vocab import PH, PORTHOLE, PREFIXES, SCHEMA, Iri

#: The pages that there are frames for, and what they are about.
KINDS = {
    "series": SCHEMA.TVSeries, "episode": SCHEMA.TVEpisode, "person": SCHEMA.Person, "character": PH.Character,
    "mission": PH.Mission,
}  # fmt: skip
CONTEXT = PORTHOLE + "context.jsonld"
_UNKNOWN = "may name no context but “{}”, and “{}” is another"


def framed(rows: Iterable[Row], entity: Iri, frame: Mapping[str, Any], context: Mapping[str, object]) -> str:
    """Return the entity as the frame nests it, its context written out; an entity of another kind gives nothing.

    ``context`` is what stands behind `CONTEXT`. Raises RdfError for a frame that names another or is none.
    """
    from pyld import jsonld

    refused: list[str] = []  # PyLD keeps no reason of a loader's

    def loaded(address: str, _: object) -> dict[str, object]:
        if address != CONTEXT:
            refused.append(_UNKNOWN.format(CONTEXT, address))
            raise RdfError("frame", refused[0])
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
                "document": {"@context": context}}  # fmt: skip

    document = json.loads("".join(written(_one_graph(rows, entity), context)))
    options = {"documentLoader": loaded, "omitGraph": True, "omitDefault": True, "embed": "@always"}
    try:
        found: dict[str, Any] = jsonld.frame(document, {**frame, "@id": str(entity)}, options)
    except jsonld.JsonLdError as error:
        raise RdfError("frame", refused[0] if refused else str(error.args[0])) from error
    if frame.get("@type") not in _listed(found.get("@type")):  # a frame's @id alone matches things of every kind
        return ""
    found = _in_order(found)
    named = set(_names({key: value for key, value in found.items() if key != "@context"}))
    found["@context"] = _spelt_out(frame.get("@context", CONTEXT), _of_names(context, named))
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def leading_to(frame: Mapping[str, Any]) -> frozenset[Iri]:
    """Return the properties that a frame follows backwards, from other things to the one that the page is about."""
    contexts = [it for it in _listed(frame.get("@context")) if isinstance(it, dict)]
    found = [term["@reverse"] for it in contexts for term in it.values() if "@reverse" in term]
    return frozenset(Iri(PREFIXES[prefix] + local) for prefix, _, local in (it.partition(":") for it in found))


def _in_order(value: Any) -> Any:
    """Return a page with its lists as a reader expects them: casts as they are billed, episodes as they are counted."""
    if isinstance(value, dict):
        return {key: _in_order(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted(map(_in_order, value), key=_number)
    return value


def _number(value: object) -> tuple[int, ...]:
    """Return what a thing is sorted by; what has no number stays where its name puts it."""
    said = value if isinstance(value, dict) else {}
    season = said["partOfSeason"] if isinstance(said.get("partOfSeason"), dict) else said
    numbers = (said.get("billing"), season.get("seasonNumber"), said.get("episodeNumber"))
    return tuple(it if isinstance(it, int) else -1 for it in numbers)


def _one_graph(rows: Iterable[Row], entity: Iri) -> list[Row]:
    """Return the rows without their graphs, and without the worlds of all but the entity itself."""
    home = f"<{PH.existsIn}>"
    kept = {(*row[:3], "") for row in rows if row[1] != home or row[0] == f"<{entity}>"}
    return sorted(kept)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _names(value: object) -> Iterator[str]:
    """Yield the words of a document that its context may define: keys and types."""
    if isinstance(value, dict):
        yield from value
        yield from (str(kind) for kind in _listed(value.get("@type", [])))
        for part in value.values():
            yield from _names(part)
    elif isinstance(value, list):
        for part in value:
            yield from _names(part)


def _of_names(context: Mapping[str, object], names: set[str]) -> dict[str, object]:
    """Return the prefixes of a context with the terms that are used: a page needs no list of all terms."""
    return {
        key: value
        for key, value in context.items()
        if key in names or key.startswith("@") or (isinstance(value, str) and "://" in value)
    }


def _spelt_out(named: object, context: Mapping[str, object]) -> object:
    """Return a frame's context with the terms themselves: a document that fetches nothing cannot be led astray."""
    if isinstance(named, list):
        return [_spelt_out(part, context) for part in named]
    return context if named == CONTEXT else named
