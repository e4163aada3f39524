"""Why a statement holds in a world: its proof, down to claims and the words that they were read in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.dataset import Row, Store
from kg.queries.binding import bound
from kg.queries.portrait import Words
from kg.reason import Proof, proof_elsewhere
from kg.vocab import FORCE, ONTOLOGY_GRAPH, PREFIXES, Iri, Literal, Term, Triple

STATED, BACKGROUND = "stated", "background"

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("force", "ph", "prov", "rdfs", "skos"))

_CLAIMS = """SELECT ?claim ?force ?quote ?file WHERE {
  GRAPH ?claim { $s $p $o }
  GRAPH ?catalogue { ?claim ph:assertedIn $world ; ph:force ?force }
  OPTIONAL {
    GRAPH ?catalogue { ?claim prov:wasDerivedFrom ?span }
    OPTIONAL { GRAPH ?anchors { ?span ph:quote ?quote } }
    OPTIONAL { GRAPH ?anchors { ?span ph:inText ?text } GRAPH ?texts { ?text ph:fileName ?here } }
    OPTIONAL { GRAPH ?anchors { ?span ph:inSource ?source } GRAPH ?catalogue { ?source rdfs:label ?there } }
    BIND(COALESCE(?here, ?there) AS ?file)
  }
} ORDER BY ?claim ?file ?quote"""

_NAMES = """SELECT ?named ?label WHERE {
  { $node rdfs:label|skos:prefLabel ?label BIND($node AS ?named) }
  UNION { GRAPH <https://w3id.org/porthole/ontology> { $node skos:prefLabel ?label } BIND($node AS ?named)
    FILTER(LANG(?label) = "en") }
} ORDER BY ?named DESC(?label)"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim that states something, and its words."""

    claim: Iri
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement, why it holds, and the reasons of what that needs.

    ``rule`` is a rule of OWL 2 RL, or ``stated`` (then there is ``evidence``), ``ontology`` or ``background``.
    """

    triple: Triple
    rule: str
    premises: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def terms(self) -> Iterator[Term]:
        """Yield all terms of the reason and of those below it."""
        yield from self.triple
        for premise in self.premises:
            yield from premise.terms()


def why(store: Store, graphs: Sequence[Iri], triple: Triple) -> Reason | None:
    """Return why a statement holds in a world, or None if it does not; ``graphs`` are the world and the background."""
    world, background = graphs
    ontology = (quad.triple for quad in store.quads(ONTOLOGY_GRAPH))

    def pattern(subject: Term | None, predicate: Iri | None, value: Term | None) -> Iterable[Triple]:
        return _matching(store, graphs, subject, predicate, value)

    def stated(said: Triple) -> str:
        return STATED if not isinstance(said.subject, Literal) and _claims(store, world, said) else ""

    def given(said: Triple) -> str:
        return BACKGROUND if any(_matching(store, (background,), *said)) else ""

    proof = proof_elsewhere(triple, ontology, pattern, stated, given)
    return None if proof is None else _reason(store, world, proof)


def worlds_of(store: Store, worlds: Iterable[Iri], background: Iri, triple: Triple) -> tuple[Iri, ...]:
    """Return the worlds in which a statement holds."""
    return tuple(world for world in worlds if any(_matching(store, (world, background), *triple)))


def unproved(store: Store, triple: Triple) -> tuple[tuple[str, Words], ...]:
    """Return how claims say a statement that they do not state (hedged, said, proposed …), and their words."""
    rows = store.select(bound(_PREFIXES + _CLAIMS, _terms(triple))).rows
    found = [(str(row[1]).removeprefix(str(FORCE)), _words(row)) for row in rows if row[1] != FORCE.stated]
    return tuple((force, words) for force, words in found if words is not None)


def names(store: Store, graphs: Sequence[Iri], terms: Iterable[Term]) -> dict[Term, str]:
    """Return the names of all nodes among the terms that have one."""
    nodes = tuple(sorted({term for term in terms if isinstance(term, Iri)}))
    rows = store.select(bound(_PREFIXES + _NAMES, {"node": nodes}), graphs).rows if nodes else ()
    return {node: label.value for node, label in rows if node is not None and isinstance(label, Literal)}


def _reason(store: Store, world: Iri, proof: Proof) -> Reason:
    evidence = _claims(store, world, proof.triple) if proof.rule == STATED else ()
    return Reason(proof.triple, proof.rule, tuple(_reason(store, world, it) for it in proof.premises), evidence)


def _matching(
    store: Store, graphs: Sequence[Iri], subject: Term | None, predicate: Term | None, value: Term | None
) -> Iterator[Triple]:
    """Yield the triples of a pattern that hold in some graphs together."""
    known = {name: (term,) for name, term in zip("spo", (subject, predicate, value), strict=True) if term is not None}
    if len(known) == 3:
        if store.query(bound("ASK { $s $p $o }", known), graphs) is True:
            yield Triple(subject, predicate, value)  # type: ignore[arg-type]  # they stand in a graph, so they fit
        return
    open_ones = [name for name in "spo" if name not in known]
    answer = store.select(
        bound(f"SELECT {' '.join(f'?{name}' for name in open_ones)} WHERE {{ $s $p $o }}", known), graphs
    )
    for row in answer.rows:
        found = dict(zip(open_ones, row, strict=True))
        yield Triple(*(known[name][0] if name in known else found[name] for name in "spo"))  # type: ignore[arg-type]


def _claims(store: Store, world: Iri, triple: Triple) -> tuple[Evidence, ...]:
    """Return the claims that state a triple in a world, with their words."""
    found: dict[Iri, list[Words]] = {}
    for row in store.select(bound(_PREFIXES + _CLAIMS, {**_terms(triple), "world": (world,)})).rows:
        if row[1] == FORCE.stated:
            words = found.setdefault(Iri(str(row[0])), [])
            words.extend(filter(None, (_words(row),)))
    return tuple(Evidence(claim, tuple(dict.fromkeys(words))) for claim, words in found.items())


def _terms(triple: Triple) -> dict[str, tuple[Term]]:
    return {name: (term,) for name, term in zip("spo", triple, strict=True)}


def _words(row: Row) -> Words | None:
    _, _, quote, file = row
    return Words(quote.value, file.value if isinstance(file, Literal) else "") if isinstance(quote, Literal) else None
