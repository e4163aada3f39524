"""The things of a build as questions to the matcher: what each is, in which world, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kg.dataset import Store
from kg.iris import Names
from kg.link.graph import of_a_story, relation
from kg.link.mapping import Mapping as Link
from kg.link.match import Answer, Index, Question
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


# who is joined to which work or flight; whoever is in an episode is in its series
_JOINED: Final = """
PREFIX ph: <https://w3id.org/porthole/ontology#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?somebody ?work WHERE {
  { ?performance ph:performer|ph:character ?somebody ; ph:inEpisode ?episode . ?episode schema:partOfSeries? ?work }
  UNION { ?credit ph:creditedAgent ?somebody ; ph:creditOf ?episode . ?episode schema:partOfSeries? ?work }
  UNION { ?work ph:crewMember ?somebody }
} ORDER BY ?somebody ?work
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of ours, the question that asks for its item, and the things of ours that it is joined to by a work."""

    iri: Iri
    question: Question
    joined: frozenset[Iri] = frozenset()

    def asked(self, items: Mapping[Iri, str]) -> Question:
        """Return the question with the items that the things around it have."""
        return replace(self.question, related=frozenset(items[node] for node in self.joined if node in items))


def answers(index: Index, asked: Sequence[Subject], links: Iterable[Link]) -> Iterator[tuple[Subject, Answer]]:
    """Yield each thing with its answer: asked once with what accepted links tell of the works around it.

    Asked again where the first answers found further works in common.
    """
    known = {link.subject: link.qid for link in links if link.decision == "accepted" and link.qid and not link.negated}
    found = [(subject, index.answer(subject.asked(known))) for subject in asked]
    known = {subject.iri: answer.text for subject, answer in found if answer.verdict == "match"} | known
    for subject, answer in found:
        question = subject.asked(known)
        yield subject, answer if question == answer.question else index.answer(question)


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
    joined = _joined(store, graphs)
    for thing in sorted(kinds):
        meant = next((word for one, word in _KINDS.items() if one in kinds[thing]), "")
        if meant:
            first, *others = labels[thing]
            fictional = of_a_story(thing, names)
            question = Question(
                first, meant, years.get(thing), tuple(others), doing.get(thing, frozenset()), fictional=fictional
            )
            yield Subject(thing, question, frozenset(joined.get(thing, ())))


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


def _joined(store: Store, graphs: tuple[Iri, Iri]) -> dict[Iri, set[Iri]]:
    """Return for each thing what it is joined to by a work or a flight, from either side."""
    found: dict[Iri, set[Iri]] = defaultdict(set)
    for somebody, work in store.select(_JOINED, graphs).rows:
        if isinstance(somebody, Iri) and isinstance(work, Iri):
            found[somebody].add(work)
            found[work].add(somebody)
    return found


def proposals(
    found: Iterable[tuple[Subject, Answer]], names: Names, day: str, version: str, objects: str = str(WD)
) -> Iterator[Link]:
    """Yield a proposed link for each answer that names one item, with the score as its confidence and the evidence."""
    for subject, answer in found:
        if answer.verdict != "match":
            continue
        best = answer.candidates[0]
        yield Link(
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
