"""What a snapshot knows of our things: its facts, rewritten onto our nodes and terms, never guessed.

A value that is an item is told as our node where one is linked to it; a country without one becomes a place named as
the snapshot names it; any other value without a name in the snapshot is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.iris import Names
from kg.link.items import Fact, Item, Snapshot
from kg.link.mapping import Mapping as Link
from kg.link.wikidata import ACTUAL, PR
from kg.vocab import PH, PROV, RDF, RDFS, SKOS, WD, Iri, Literal, Term, Triple, edtf

SOURCE: Final = "wikidata"
_DATES: Final = MappingProxyType({"P569": PH.birth, "P570": PH.death, "P619": PH.launch, "P620": PH.landing})
_TEXTS: Final = MappingProxyType(
    {"P21": PH.gender, "P106": PH.occupation, "P410": PH.militaryRank, "P247": PH.cosparId}
)
_THINGS: Final = MappingProxyType(
    {
        "P27": PH.citizenship,
        "P19": PH.birthPlace,
        "P20": PH.deathPlace,
        "P119": PH.burialPlace,
        "P448": PH.launchSite,
        "P1158": PH.landingSite,
        "P1029": PH.crewMember,
        "P137": PH.operator,
        "P375": PH.launchVehicle,
    }
)
_PERIOD: Final = MappingProxyType({"P580": PH.holdsFrom, "P582": PH.holdsUntil})
_FLEW: Final = "P450"  # says of a person what P1029 says of the mission


@dataclass(frozen=True, slots=True)
class Told:
    """One statement of Wikidata about a thing of ours.

    ``about`` is what the catalogue should say of its claim: which item, from when until when, with which references.
    ``nodes`` are kind and label of a value that the graph may not know yet, for the background.
    """

    statement: Triple
    item: str
    about: tuple[tuple[Iri, Term], ...] = ()
    nodes: tuple[Triple, ...] = ()


def told(links: Iterable[Link], snapshot: Snapshot, names: Names) -> Iterator[Told]:
    """Yield what a snapshot says of the things of the actual world that are linked to its items."""
    ours = {
        link.qid: link.subject
        for link in links
        if link.decision == "accepted" and link.predicate == SKOS.exactMatch and link.qid and not link.negated
    }
    for qid, subject in sorted(ours.items(), key=lambda pair: pair[1]):
        for fact in snapshot.items[qid].facts if qid in snapshot.items else ():
            yield from _told(subject, qid, fact, ours, snapshot, names)


def source(names: Names) -> tuple[Triple, ...]:
    """Return the description of Wikidata as a source, for the catalogue."""
    here = names.source(SOURCE)
    return (
        Triple(here, RDF.type, PH.OutsideSource),
        Triple(here, RDFS.label, Literal("Wikidata")),
        Triple(
            here, Iri("http://purl.org/dc/terms/license"), Iri("https://creativecommons.org/publicdomain/zero/1.0/")
        ),
    )


def _told(
    subject: Iri, qid: str, fact: Fact, ours: Mapping[str, Iri], snapshot: Snapshot, names: Names
) -> Iterator[Told]:
    about = tuple(_about(qid, fact))
    if fact.property in _DATES and isinstance(fact.value, Literal):
        yield Told(Triple(subject, _DATES[fact.property], edtf(date(fact.value.value, fact.precision))), qid, about)
    elif fact.property in _TEXTS:
        text = _text(fact.value, snapshot)
        if text is not None:
            yield Told(Triple(subject, _TEXTS[fact.property], text), qid, about)
    elif fact.property in _THINGS and isinstance(fact.value, Iri):
        value, nodes = _thing(fact.value, ours, snapshot, names)
        if value is not None:
            yield Told(Triple(subject, _THINGS[fact.property], value), qid, about, nodes)
    elif fact.property == _FLEW and isinstance(fact.value, Iri) and _id(fact.value) in ours:
        yield Told(Triple(ours[_id(fact.value)], PH.crewMember, subject), qid, about)


def date(text: str, precision: int = 0) -> str:
    """Return a date of Wikidata as EDTF, no more exact than it is meant.

    Without a stated precision the first of January is a year: that is how Wikidata's RDF fills what it does not know.

    >>> date("1967-04-24T00:00:00Z"), date("1927-01-01T00:00:00Z"), date("1927-01-01T00:00:00Z", 11), date("1946")
    ('1967-04-24', '1927', '1927-01-01', '1946')
    """
    day = text.lstrip("+").partition("T")[0]
    parts = day.split("-") if not day.startswith("-") else ["-" + day[1:].split("-")[0], *day[1:].split("-")[1:]]
    if precision:
        return "-".join(parts[: max(1, precision - 8)])
    return parts[0] if parts[1:] == ["01", "01"] else "-".join(parts)


def _about(qid: str, fact: Fact) -> Iterator[tuple[Iri, Term]]:
    yield PH.locator, Literal(f"{qid} {fact.property}")
    for name, value in fact.qualifiers:
        if name in _PERIOD and isinstance(value, Literal):
            yield _PERIOD[name], edtf(date(value.value))
    for predicate, value in fact.references:
        if (predicate == PR.P854 and isinstance(value, Iri)) or (predicate == PR.P248 and isinstance(value, Iri)):
            yield PROV.hadPrimarySource, value


def _text(value: Term, snapshot: Snapshot) -> Literal | None:
    """Return a value as words: a literal as it is, an item by its label, None where the snapshot has none."""
    if isinstance(value, Literal):
        return Literal(value.value)
    item = snapshot.items.get(_id(value))
    if item is None or not item.names:
        return None
    return Literal(item.label, language=_language(item))


def _language(item: Item) -> str:
    return next((name.language for name in item.names if name.text == item.label and name.language != "mul"), "")


def _thing(
    value: Iri, ours: Mapping[str, Iri], snapshot: Snapshot, names: Names
) -> tuple[Iri | None, tuple[Triple, ...]]:
    qid = _id(value)
    if qid in ours:
        return ours[qid], ()
    item = snapshot.items.get(qid)
    if item is None or not item.names or "place" not in {ACTUAL.get(one) for one in item.classes}:
        return None, ()
    node = names.thing("place", item.label)
    return node, (Triple(node, RDF.type, PH.Country), Triple(node, RDFS.label, Literal(item.label)))


def _id(value: Term) -> str:
    return value.removeprefix(str(WD)) if isinstance(value, Iri) else ""
