"""The things of a build as questions to the matcher: what each is, in which world, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.dataset import Store
from kg.iris import Names
from kg.link.graph import of_a_story, relation
from kg.link.mapping import Mapping
from kg.link.match import Answer, Question
from kg.link.wikidata import ACTING, MAKING, SEMAPV
from kg.vocab import ONTOLOGY_GRAPH, PH, SCHEMA, WD, Iri, Literal

# in the order in which a thing of several kinds is taken
_KINDS: Final = MappingProxyType(
    {
        PH.UnnamedRole: "",  # a role without a name of its own is nobody that anybody else knows
        PH.Character: "character",
        SCHEMA.Person: "person",
        PH.Mission: "mission",
        PH.Craft: "craft",
        PH.Event: "event",
        PH.Place: "place",
        PH.Work: "work",
        SCHEMA.TVSeries: "work",
        PH.Organisation: "organisation",
    }
)
_THINGS: Final = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?kind ?label ?other WHERE {
  ?thing rdf:type ?kind ; rdfs:label ?label .
  OPTIONAL { ?thing skos:altLabel ?other }
} ORDER BY ?thing ?kind ?label ?other
"""
_CLASSES: Final = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?label WHERE {
  ?thing a owl:Class ; skos:prefLabel ?label . FILTER(LANG(?label) = "en")
} ORDER BY ?thing ?label
"""
_DATES: Final = """
PREFIX ph: <https://w3id.org/porthole/ontology#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?thing ?date WHERE {
  { ?thing ph:birth ?date } UNION { ?thing ph:launch ?date } UNION { ?thing schema:datePublished ?date }
} ORDER BY ?thing ?date
"""
_DOING: Final = """
PREFIX ph: <https://w3id.org/porthole/ontology#>
SELECT DISTINCT ?thing ?acts WHERE {
  { ?performance ph:performer ?thing BIND (true AS ?acts) }
  UNION { ?credit ph:creditedAgent ?thing BIND (false AS ?acts) }
} ORDER BY ?thing ?acts
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of ours and the question that asks for its item."""

    iri: Iri
    question: Question


def subjects(store: Store, names: Names) -> Iterator[Subject]:
    """Yield every named thing of a build that Wikidata may have an item for, in the order of their IRIs."""
    graphs = (names.actual, names.background)
    kinds: dict[Iri, set[Iri]] = defaultdict(set)
    labels: dict[Iri, dict[str, None]] = defaultdict(dict)
    for thing, kind, label, other in store.select(_THINGS, graphs).rows:
        if isinstance(thing, Iri) and isinstance(kind, Iri) and thing.startswith(names.base):
            kinds[thing].add(kind)
            labels[thing].update({name.value: None for name in (label, other) if isinstance(name, Literal)})
    years = _years(store, graphs)
    doing = _occupations(store, graphs)
    for thing in sorted(kinds):
        meant = next((word for one, word in _KINDS.items() if one in kinds[thing]), "")
        if meant:
            first, *others = labels[thing]
            fictional = of_a_story(thing, names)
            question = Question(
                first, meant, years.get(thing), tuple(others), doing.get(thing, frozenset()), fictional=fictional
            )
            yield Subject(thing, question)


def classes(store: Store) -> Iterator[Subject]:
    """Yield the classes of our own vocabulary, for links to Wikidata's."""
    for thing, label in store.select(_CLASSES, (ONTOLOGY_GRAPH,)).rows:
        if isinstance(thing, Iri) and isinstance(label, Literal) and thing.startswith(str(PH)):
            yield Subject(thing, Question(label.value, "class"))


def _years(store: Store, graphs: tuple[Iri, Iri]) -> dict[Iri, int]:
    found: dict[Iri, int] = {}
    for thing, date in store.select(_DATES, graphs).rows:
        if isinstance(thing, Iri) and isinstance(date, Literal) and date.value[:4].isdigit():
            found.setdefault(thing, int(date.value[:4]))
    return found


def _occupations(store: Store, graphs: tuple[Iri, Iri]) -> dict[Iri, frozenset[str]]:
    """Return what people do in this guide: whoever acts or makes is not meant by an item of another trade."""
    found: dict[Iri, frozenset[str]] = defaultdict(frozenset)
    for thing, acts in store.select(_DOING, graphs).rows:
        if isinstance(thing, Iri) and isinstance(acts, Literal):
            found[thing] |= ACTING if acts.value == "true" else MAKING | ACTING
    return found


def proposals(
    found: Iterable[tuple[Subject, Answer]], names: Names, day: str, version: str, objects: str = str(WD)
) -> Iterator[Mapping]:
    """Yield a proposed link for each answer that names one item, with the score as its confidence and the evidence."""
    for subject, answer in found:
        if answer.verdict != "match":
            continue
        best = answer.candidates[0]
        yield Mapping(
            subject=subject.iri,
            object=Iri(objects + best.item.qid),
            predicate=relation(subject.iri, names),
            subject_label=subject.question.label,
            object_label=best.item.label,
            justification=SEMAPV.LexicalMatching,
            confidence=best.score,
            mapping_date=day,
            tool="porthole-kg",
            tool_version=version,
            comment="; ".join(best.evidence),
        )
