"""Flat schema.org JSON-LD for search engines: series, episodes, cast and credits, and nothing of any story.

It is made from the actual world with the background alone, so hedged and proposed statements and everything inside a
story are not in it. Characters occur as names of roles.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.export.claims import Labels, types
from kg.export.rows import Row, term_of
from kg.vocab import EDTF, PH, RDF, SCHEMA, SKOS, WD, XSD, Iri, Literal, Term

_KINDS = ("TVSeries", "TVSeason", "TVEpisode", "Person", "Organization")
_DATE = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")  # of EDTF, what schema.org's readers take for a date
_Facts = Mapping[Iri, Mapping[Iri, list[Term]]]


def schemaorg(rows: Iterable[Row], links: Iterable[Row], only: Iri | None = None) -> Iterator[str]:
    """Yield the document; with ``only``, that thing and whatever it names."""
    yield json.dumps(
        {"@context": "https://schema.org", "@graph": things(rows, links, only)}, ensure_ascii=False, indent=2
    )
    yield "\n"


def described(rows: Iterable[Row], thing: Iri) -> bool:
    """Whether schema.org has a class for a thing."""
    classes = {f"<{SCHEMA[name]}>" for name in _KINDS}
    return any(row[0] == f"<{thing}>" and row[1] == f"<{RDF.type}>" and row[2] in classes for row in rows)


def things(rows: Iterable[Row], links: Iterable[Row], only: Iri | None = None) -> list[dict[str, object]]:
    """Return one object for each thing that schema.org has a class for, in the order of their IRIs."""
    kept = list(rows)
    labels, facts, same = Labels(kept), _facts(kept), _facts(links)
    roles = _roles(facts, labels)
    kinds = {it: kind for it, found in sorted(types(kept).items()) if (kind := _kind(found))}
    made = {it: _thing(it, kind, facts, labels, same, roles) for it, kind in kinds.items()}
    wanted = _reached(made, [only] if only else [it for it, kind in kinds.items() if kind in _KINDS])
    return [thing for it, thing in made.items() if it in wanted]


def _kind(classes: Collection[Iri]) -> str:
    """Return the class that schema.org has for a thing; a place of a story has none."""
    named = next((name for name in _KINDS if SCHEMA[name] in classes), "")
    return named or ("Place" if PH.Place in classes and PH.FictionalPlace not in classes else "")


def _reached(made: Mapping[Iri, Mapping[str, object]], first: Iterable[Iri]) -> set[Iri]:
    """Return the things to be told: those asked for, and whatever they name, so that no reference leads nowhere."""
    found: set[Iri] = set()
    frontier = set(first)
    while frontier:
        found |= frontier
        frontier = {it for thing in frontier for it in _references(made.get(thing, {}))} - found
    return found


def _thing(
    it: Iri, kind: str, facts: _Facts, labels: Labels, same: _Facts, roles: Mapping[Iri, list[dict[str, object]]]
) -> dict[str, object]:
    names = [value.value for value in facts.get(it, {}).get(SCHEMA.name, []) if isinstance(value, Literal)]
    found: dict[str, object] = {"@type": kind, "@id": it, "name": names[0] if names else labels(it)}
    for predicate, values in sorted(facts.get(it, {}).items()):
        name = predicate.removeprefix(str(SCHEMA))
        if name != predicate and name != "name":
            said = [value for value in map(_value, values) if value is not None]
            if said:
                found[name] = said[0] if len(said) == 1 else said
    if roles.get(it):
        found["actor"] = roles[it]
    if links := [str(value) for value in same.get(it, {}).get(SKOS.exactMatch, []) if str(value).startswith(str(WD))]:
        found["sameAs"] = links[0] if len(links) == 1 else links
    return found


def _roles(facts: _Facts, labels: Labels) -> dict[Iri, list[dict[str, object]]]:
    """Return the performances of every episode, in the order of its cast list."""
    found: defaultdict[Iri, list[tuple[int, str, dict[str, object]]]] = defaultdict(list)
    for node, said in facts.items():
        for episode in said.get(PH.inEpisode, []):
            for performer in said.get(PH.performer, []):
                characters = [labels(it) for it in said.get(PH.character, [])]
                role: dict[str, object] = {"@type": "PerformanceRole", "actor": {"@id": performer}}
                if characters:
                    role["characterName"] = characters[0] if len(characters) == 1 else sorted(characters)
                found[Iri(str(episode))].append((_billing(said), node, role))
    return {it: [role for _, _, role in sorted(those, key=lambda one: one[:2])] for it, those in found.items()}


def _billing(said: Mapping[Iri, list[Term]]) -> int:
    numbers = [int(it.value) for it in said.get(PH.billing, []) if isinstance(it, Literal) and it.value.isdecimal()]
    return min(numbers, default=1_000_000)


def _value(value: Term) -> object:
    if not isinstance(value, Literal):
        return {"@id": value}
    if value.datatype == EDTF.EDTF:
        return value.value if _DATE.match(value.value) else None
    if value.datatype == XSD.integer and value.value.isdecimal() and len(value.value) < 10:
        return int(value.value)
    return {"@value": value.value, "@language": value.language} if value.language else value.value


def _facts(rows: Iterable[Row]) -> _Facts:
    found: defaultdict[Iri, dict[Iri, list[Term]]] = defaultdict(dict)
    for subject, predicate, value, _ in sorted(set(rows)):
        values = found[Iri(subject[1:-1])].setdefault(Iri(predicate[1:-1]), [])
        if (term := term_of(value)) not in values:
            values.append(term)
    return found


def _references(value: object) -> Iterator[Iri]:
    """Yield every IRI that an object points to."""
    if isinstance(value, Mapping):
        if "@id" in value:
            yield Iri(str(value["@id"]))
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)
