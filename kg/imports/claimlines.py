"""Claims as ``kg export -f claims`` writes them, one a line: read back as the dump that they were taken from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.foreign import Foreign, Said
from kg.imports.jsontext import Text, Value
from kg.iris import slug
from kg.model import Place
from kg.vocab import FORCE, PH, PROV, RDF, RDFS, XSD, Iri, Literal, Term

_NEEDED: Final = ("claim", "world", "force", "statements")


def claim_lines(name: str, text: str) -> Foreign:
    """Return the claims of a file of JSON Lines. Raises InputError with the line of what is no claim."""
    whole, said, at = Text(name, text), [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            said += list(_claim(whole, whole.json(at, at + len(line)), at))
        at += len(line)
    return Foreign(tuple(dict.fromkeys(said)))


def _claim(text: Text, value: Value, at: int) -> Iterator[Said]:
    for key in _NEEDED:
        if value.get(key) is None:
            raise text.fault(at, f"is no claim of kg export -f claims: it has no “{key}”")
    claim, world, force = (_plain(value, key) for key in _NEEDED[:3])
    base, found, _ = world.rpartition("world/")
    if not found or not claim.startswith(base):
        raise text.fault(at, f"“{world}” is no world of the claim’s project")
    place, words = text.place(at), _plain(value, "says")
    catalogue, background = f"{base}catalogue", f"{base}background"
    yield Said(Iri(claim), PH.assertedIn, Iri(world), place, words, catalogue)
    yield Said(Iri(claim), PH.force, FORCE[force], place, words, catalogue)
    if world != f"{base}world/actual":
        yield Said(Iri(world), RDF.type, PH.World, place, words, background)
        yield Said(Iri(world), RDF.type, PH.StoryWorld, place, words, background)
    yield Said(Iri(world), RDFS.label, Literal(_plain(value, "world_label") or world), place, words, background)
    recorded = value.get("recorded_by")
    for agent in recorded.each() if recorded else ():
        if agent.text().startswith("the rule “"):
            yield Said(Iri(claim), PROV.wasAttributedTo, Iri(f"{base}agent/rule-"), place, words, catalogue)
    told = value.get("said_by")
    for figure in told.each() if told else ():
        name = f"{world.rpartition('/')[2]}/character/{slug(figure.text())}"
        yield Said(Iri(claim), PH.saidBy, Iri(base + name), place, words, catalogue)
    statements = value.get("statements")
    for it in statements.each() if statements else ():
        yield from _statement(text, it, claim, base, background)


def _statement(text: Text, it: Value, claim: str, base: str, background: str) -> Iterator[Said]:
    subject, prop, value = _plain(it, "subject"), _plain(it, "property"), it.get("value")
    if not subject or not prop or value is None:
        raise text.fault(it.start, "a statement needs subject, property and value")
    place, words = text.place(it.start), text.words(it)
    yield Said(Iri(subject), Iri(prop), _term(it), place, words, claim)
    for key, label in (("subject", "subject_label"), ("value", "value_label")):
        named, called = _plain(it, key), _plain(it, label)
        if named.startswith(base) and called and "/negative/" not in named:  # a denial has none
            yield Said(Iri(named), RDFS.label, Literal(called), Place(place.line, place.column), words, background)


def _term(it: Value) -> Term:
    value, datatype, language = (_plain(it, key) for key in ("value", "datatype", "language"))
    if not datatype:
        return Iri(value)
    return Literal(value, language=language) if language else Literal(value, Iri(datatype or XSD.string))


def _plain(value: Value, key: str) -> str:
    found = value.get(key)
    return found.text() if found is not None else ""
