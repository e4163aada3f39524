"""An entity as the graph knows it: world by world, each fact with its force and the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.dataset import Store
from kg.queries.binding import bound
from kg.vocab import FORCE, OWL, PH, PREFIXES, Iri, Literal, Term

_PREFIXES = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("owl", "ph", "prov", "rdf", "rdfs", "schema", "skos")
)

_HEAD = """SELECT ?label ?kind WHERE {
  $entity rdfs:label ?label
  OPTIONAL { $entity a ?class . GRAPH <https://w3id.org/porthole/ontology> { ?class skos:prefLabel ?kind }
    FILTER(LANG(?kind) = "en")
    FILTER NOT EXISTS { $entity a ?narrower . FILTER(?narrower != ?class)
      GRAPH <https://w3id.org/porthole/ontology> { ?narrower rdfs:subClassOf+ ?class } } }
} ORDER BY ?label ?kind"""

_FACTS = """SELECT ?world ?property ?value ?outward ?stated WHERE {
  ?world a ph:World .
  { GRAPH ?world { $entity ?property ?value } BIND(true AS ?outward) }
  UNION { GRAPH ?world { ?value ?property $entity } BIND(false AS ?outward) }
  FILTER(?property NOT IN (rdf:type, ph:about, owl:sourceIndividual, owl:targetIndividual))
} ORDER BY ?world ?property ?value ?outward"""

_CLAIMS = """SELECT ?world ?property ?value ?outward ?force ?negated ?quote ?file ?start WHERE {
  { GRAPH ?claim { $entity ?property ?value } BIND(true AS ?outward) BIND(false AS ?negated) }
  UNION { GRAPH ?claim { ?value ?property $entity } BIND(false AS ?outward) BIND(false AS ?negated) }
  UNION { GRAPH ?claim { ?denial owl:sourceIndividual $entity ; owl:assertionProperty ?property ;
      owl:targetIndividual|owl:targetValue ?value } BIND(true AS ?outward) BIND(true AS ?negated) }
  GRAPH ?catalogue { ?claim a ph:Claim ; ph:assertedIn ?world ; ph:force ?force }
  OPTIONAL {
    GRAPH ?catalogue { ?claim prov:wasDerivedFrom ?span }
    GRAPH ?anchors { ?span ph:quote ?quote }
    OPTIONAL { GRAPH ?anchors { ?span ph:inText ?text ; ph:start ?start } GRAPH ?texts { ?text ph:fileName ?here } }
    OPTIONAL { GRAPH ?anchors { ?span ph:inSource ?source } GRAPH ?catalogue { ?source rdfs:label ?there } }
    BIND(COALESCE(?here, ?there) AS ?file)
  }
} ORDER BY ?world ?property ?value ?outward ?start ?quote"""

_NAMES = """SELECT ?named ?label WHERE {
  { $node rdfs:label|skos:prefLabel ?label BIND($node AS ?named) }
  UNION { GRAPH ?catalogue { $node a ph:Entry ; rdfs:label ?label } BIND($node AS ?named) }
  UNION { GRAPH <https://w3id.org/porthole/ontology> { $node skos:prefLabel ?label } BIND($node AS ?named)
    FILTER(LANG(?label) = "en") }
} ORDER BY ?named DESC(?label)"""

_INVERSES = """SELECT ?one ?other WHERE { GRAPH <https://w3id.org/porthole/ontology> {
  { ?one owl:inverseOf ?other } UNION { ?one a owl:SymmetricProperty BIND(?one AS ?other) } } } ORDER BY ?one ?other"""

# how verdicts and denials are put together is of no interest here: the denials are shown as facts of their own
_HIDDEN = frozenset((PH.about, OWL.sourceIndividual, OWL.targetIndividual, OWL.targetValue))


@dataclass(frozen=True, slots=True)
class Words:
    """Words that support a fact, and where they stand: a file of the guide, or an outside source."""

    quote: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about the entity; ``outward`` where the entity is its subject. Inferred facts have no force."""

    world: Iri
    property: Iri
    value: Term
    outward: bool
    force: str = ""
    negated: bool = False
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Portrait:
    """An entity, its label and kinds, its facts in order of world, and the names of all that they mention."""

    entity: Iri
    label: str
    kinds: tuple[str, ...]
    facts: tuple[Fact, ...]
    names: dict[Iri, str]

    def name(self, term: Term) -> str:
        """Return a term as a person would read it."""
        if isinstance(term, Literal):
            return term.value
        return self.names.get(Iri(term)) or str(term).replace("#", "/").rpartition("/")[2]


def portrait(store: Store, graphs: Sequence[Iri], entity: Iri) -> Portrait:
    """Return what the graph knows of an entity, stated facts and others, inferred ones last in each world."""
    heads = list(store.select(_bound(_HEAD, entity), graphs).rows)
    label = next((row[0].value for row in heads if isinstance(row[0], Literal)), str(entity))
    kinds = tuple(dict.fromkeys(row[1].value for row in heads if isinstance(row[1], Literal)))
    told = list(_told(store, graphs, entity))
    known = {(fact.world, fact.property, fact.value, fact.outward) for fact in told if fact.force == "stated"}
    inferred = [fact for fact in _inferred(store, graphs, entity) if _key(fact) not in known]
    facts = tuple(_once(store, sorted((*told, *inferred), key=lambda it: (it.world, not it.force, it.property))))
    return Portrait(entity, label, kinds, facts, _names(store, graphs, facts))


def _once(store: Store, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts without inferred ones that only turn another one round."""
    pairs = {(one, other) for one, other in store.select(_PREFIXES + _INVERSES).rows}
    inverse = pairs | {(other, one) for one, other in pairs}
    seen: set[tuple[Iri, Term, bool, Iri]] = set()
    for fact in facts:
        turned = {other for one, other in inverse if one == fact.property}
        if fact.force or not any((it, fact.value, not fact.outward, fact.world) in seen for it in turned):
            yield fact
        seen.add((fact.property, fact.value, fact.outward, fact.world))


def _bound(text: str, entity: Iri) -> str:
    return bound(_PREFIXES + text, {"entity": (entity,)})


def _key(fact: Fact) -> tuple[Iri, Iri, Term, bool]:
    return fact.world, fact.property, fact.value, fact.outward


def _told(store: Store, graphs: Sequence[Iri], entity: Iri) -> Iterator[Fact]:
    found: dict[tuple[Iri, Iri, Term, bool, str, bool], list[Words]] = {}
    for world, prop, value, outward, force, negated, quote, file, _ in store.select(
        _bound(_CLAIMS, entity), graphs
    ).rows:
        if isinstance(world, Iri) and isinstance(prop, Iri) and value is not None and prop not in _HIDDEN:
            key = (world, prop, value, _true(outward), str(force).removeprefix(str(FORCE)), _true(negated))
            words = found.setdefault(key, [])
            if isinstance(quote, Literal):
                words.append(Words(quote.value, file.value if isinstance(file, Literal) else ""))
    for (world, prop, value, outwards, force_name, denied), words in found.items():
        yield Fact(world, prop, value, outwards, force_name, denied, tuple(dict.fromkeys(words)))


def _inferred(store: Store, graphs: Sequence[Iri], entity: Iri) -> Iterator[Fact]:
    for world, prop, value, outward, _ in store.select(_bound(_FACTS, entity), graphs).rows:
        if isinstance(world, Iri) and isinstance(prop, Iri) and value is not None:
            yield Fact(world, prop, value, _true(outward))


def _true(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value == "true"


def _names(store: Store, graphs: Sequence[Iri], facts: Iterable[Fact]) -> dict[Iri, str]:
    nodes = {node for fact in facts for node in (fact.world, fact.property, fact.value) if isinstance(node, Iri)}
    if not nodes:
        return {}
    rows = store.select(bound(_PREFIXES + _NAMES, {"node": tuple(sorted(nodes))}), graphs).rows
    return {node: label.value for node, label in rows if isinstance(node, Iri) and isinstance(label, Literal)}
