"""What Wikidata says of things that the guide speaks of: its facts as claims of that source, on our own nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.build.inputs import Shared
from kg.claims import Claim, Claimed
from kg.claims.scene import reader
from kg.link.enrich import Told, source, told
from kg.link.mapping import Mapping
from kg.vocab import PROV, Iri, Quad


def wikidata(shared: Shared, links: Iterable[Mapping], there: frozenset[Iri]) -> Claimed:
    """Return the snapshot's facts about the linked things that are in the graph; nothing where there are none."""
    names = shared.project.names
    linked = [link for link in links if link.subject in there]
    facts = sorted(told(linked, shared.snapshot, names), key=str)
    if not facts:
        return Claimed()
    background = (Quad(*triple, names.background) for fact in facts for triple in fact.nodes)
    return Claimed(tuple(_claims(facts, shared)), catalogue=source(names), background=tuple(background))


def _claims(facts: Iterable[Told], shared: Shared) -> Iterator[Claim]:
    names = shared.project.names
    here, recorder = names.source("wikidata"), reader(names).iri
    for fact in facts:
        about = ((PROV.wasAttributedTo, recorder), *fact.about)
        yield Claim(here, names.actual, (fact.statement,), (here,), about=about)
