"""What TEI marks within the text of an entry: its title, its cast list, the names and dates that are known.

Only what a claim says of the very words is marked. Everything else that claims say stands beside the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.export.claims import Labels
from kg.export.editions import Edition, Passage
from kg.vocab import PH, RDF, SCHEMA, Iri, Literal, Node, Term

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}\Z")  # of EDTF, what TEI's own dates can say
_TAGS = (
    ("persName", (SCHEMA.Person, PH.Character)),
    ("placeName", (PH.Place,)),
    ("orgName", (PH.Organisation, SCHEMA.Organization)),
)
_Kinds = Mapping[Iri, Collection[Iri]]
_Said = Mapping[Iri, list[Term]]


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around a stretch of the text: code points from ``start`` up to, and not including, ``end``."""

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of an edition: ``items`` are the stretches of a cast list, ``titles`` what the episode is called."""

    names: tuple[Mark, ...]
    items: tuple[tuple[int, int], ...]
    titles: frozenset[str]


def marks(edition: Edition, labels: Labels, kinds: _Kinds) -> Marks:
    """Return what is to be marked; stretches that reach into each other are left for `kg.export.teitext` to settle."""
    content = edition.content or ""
    names: list[Mark] = []
    items: set[tuple[int, int]] = set()
    titles: set[str] = set()
    for said in edition.said:
        for subject, facts in _by_subject(said.claim.statements).items():
            found = facts[RDF.type]
            if PH.Performance in found:
                items |= {(it.start, it.end) for it in said.passages}
                names += (mark for it in said.passages for mark in _cast(it, content, facts, labels, kinds))
            elif PH.Credit in found:
                names += (mark for it in said.passages for mark in _credit(it, content, facts, kinds))
            elif subject in edition.describes:
                titles |= {it.value for it in facts[SCHEMA.name] if isinstance(it, Literal)}
            elif subject == edition.source:
                names += (mark for it in said.passages for mark in _mentioned(it, facts, kinds))
    return Marks(tuple(dict.fromkeys(names)), tuple(sorted(items)), frozenset(titles))


def _by_subject(statements: Iterable[tuple[Node, Iri, Term]]) -> Mapping[Node, _Said]:
    found: defaultdict[Node, defaultdict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in statements:
        found[subject][predicate].append(value)
    return found


def _mentioned(at: Passage, said: _Said, kinds: _Kinds) -> Iterator[Mark]:
    for thing in said[PH.mentions]:
        yield _name(at.start, at.end, Iri(str(thing)), kinds)
    for time in said[PH.mentionsTime]:
        if isinstance(time, Literal) and _DATE.match(time.value):
            yield Mark(at.start, at.end, "date", (("when", time.value),))


def _cast(at: Passage, content: str, said: _Said, labels: Labels, kinds: _Kinds) -> Iterator[Mark]:
    """Yield the player and the part of an item, each where its words stand, with the names in them."""
    end = at.start
    for performer in said[PH.performer]:
        for found in _places(content, at.start, at.end, (*_texts(said[PH.creditedAs]), labels(performer))):
            yield Mark(*found, "actor")
            yield _name(*found, Iri(str(performer)), kinds)
            end = found[1]
    characters = [Iri(str(it)) for it in said[PH.character]]
    parts = (*_texts(said[PH.roleAsCredited]), *map(labels, characters))
    for part in _places(content, end, at.end, parts):
        yield Mark(*part, "role")
        for character in characters:
            yield from (_name(*it, character, kinds) for it in _places(content, *part, (labels(character),)))


def _credit(at: Passage, content: str, said: _Said, kinds: _Kinds) -> Iterator[Mark]:
    jobs = " ".join(str(it).rpartition("/")[2] for it in said[PH.job])
    for agent in said[PH.creditedAgent]:
        for found in _places(content, at.start, at.end, _texts(said[PH.creditedAs])):
            name = _name(*found, Iri(str(agent)), kinds)
            yield replace(name, attributes=(*name.attributes, ("role", jobs))) if jobs else name


def _places(content: str, start: int, end: int, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where the first of some words that stand in a stretch stand there; nowhere where none does."""
    for text in filter(None, words):
        at = content.find(text, start, end)
        if at >= 0:
            yield at, at + len(text)
            return


def _name(start: int, end: int, thing: Iri, kinds: _Kinds) -> Mark:
    known = kinds.get(thing, ())
    tag = next((tag for tag, classes in _TAGS if any(it in known for it in classes)), "name")
    return Mark(start, end, tag, (("ref", str(thing)),))


def _texts(values: Iterable[Term]) -> tuple[str, ...]:
    return tuple(it.value for it in values if isinstance(it, Literal))
