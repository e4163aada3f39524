"""Data for the tests of kg.reason: a short notation for graphs, and strategies for small ontologies and data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from kg.iris import digest
from kg.reason import Closure, Noise, Rules, compile_rules, read_noise
from kg.store.embedded import read_file, read_rdf
from kg.vocab import OWL, PREFIXES, RDF, RDFS, XSD, Iri, Literal, Namespace, Term, Triple, n3

ROOT = Path(__file__).parents[1]
EX = Namespace("https://example.org/")
HEAD = "".join(f"PREFIX {name}: <{stem}>\n" for name, stem in {**PREFIXES, "": str(EX)}.items())

CLASSES = [EX[f"C{number}"] for number in range(5)]
PROPERTIES = [EX[f"p{number}"] for number in range(4)]
THINGS = [EX[f"i{number}"] for number in range(6)]
LITERALS = [Literal("a"), Literal("1", XSD.integer), Literal("x", language="en")]


def graph(text: str) -> tuple[Triple, ...]:
    """Return the triples of Turtle in which ``:x`` is an example's name."""
    quads = read_rdf((HEAD + text).encode(), "turtle", "example", Iri("urn:x"))
    return tuple(quad.triple for quad in quads)


def noise() -> Noise:
    """Return the patterns that the project leaves out."""
    return read_noise((ROOT / "ontology" / "noise.txt").read_text(encoding="utf-8"))


def ontology() -> tuple[Triple, ...]:
    """Return the project's ontology."""
    files = (ROOT / "ontology" / name for name in ("porthole.ttl", "concepts.ttl"))
    return tuple(quad.triple for path in files for quad in read_file(path))


def closed(rules: Rules, triples: Iterable[Triple]) -> Closure:
    """Return a closure that holds triples."""
    closure = Closure(rules)
    closure.add(triples)
    return closure


def follows(axioms: str, data: str) -> set[Triple]:
    """Return what follows from data by axioms, and not from the axioms alone."""
    return set(closed(compile_rules(graph(axioms), noise()), graph(data)).inferred())


def clashes(axioms: str, data: str) -> set[str]:
    """Return the rules that end in a contradiction."""
    return {clash.rule for clash in closed(compile_rules(graph(axioms)), graph(data)).clashes()}


# --- strategies -------------------------------------------------------------------------------------------------------

_class, _property, _thing = (st.sampled_from(names) for names in (CLASSES, PROPERTIES, THINGS))
_fresh = st.integers(0, 10**9)


def _axiom(
    subject: st.SearchStrategy[Iri], predicate: Iri, value: st.SearchStrategy[Term]
) -> st.SearchStrategy[list[Triple]]:
    return st.builds(lambda one, other: [Triple(one, predicate, other)], subject, value)


def _property_kind() -> st.SearchStrategy[list[Triple]]:
    kinds = ("SymmetricProperty", "TransitiveProperty", "FunctionalProperty", "InverseFunctionalProperty",
             "ObjectProperty", "DatatypeProperty", "AsymmetricProperty", "IrreflexiveProperty")  # fmt: skip
    return _axiom(_property, RDF.type, st.sampled_from([OWL[kind] for kind in kinds]))


@st.composite
def _restriction(draw: st.DrawFn) -> list[Triple]:
    node = EX[f"R{draw(_fresh)}"]
    kind, value = draw(
        st.one_of(
            st.tuples(st.just(OWL.someValuesFrom), st.sampled_from([*CLASSES, OWL.Thing, XSD.decimal])),
            st.tuples(st.just(OWL.allValuesFrom), _class),
            st.tuples(st.just(OWL.hasValue), st.sampled_from([*THINGS, *LITERALS])),
            st.tuples(
                st.sampled_from([OWL.maxCardinality, OWL.maxQualifiedCardinality]),
                st.sampled_from([Literal(digit, XSD.nonNegativeInteger) for digit in "01"]),
            ),
        )
    )
    made = [Triple(node, OWL.onProperty, draw(_property)), Triple(node, kind, value)]
    if kind == OWL.maxQualifiedCardinality:
        made.append(Triple(node, OWL.onClass, draw(st.sampled_from([*CLASSES, OWL.Thing]))))
    link = (
        Triple(node, RDFS.subClassOf, draw(_class))
        if draw(st.booleans())
        else Triple(draw(_class), RDFS.subClassOf, node)
    )
    return [*made, link]


@st.composite
def _listed(draw: st.DrawFn) -> list[Triple]:
    subject, predicate, members = draw(
        st.one_of(
            st.tuples(_property, st.just(OWL.propertyChainAxiom), st.lists(_property, min_size=1, max_size=3)),
            st.tuples(
                _class, st.sampled_from([OWL.intersectionOf, OWL.unionOf]), st.lists(_class, min_size=1, max_size=3)
            ),
            st.tuples(_class, st.just(OWL.oneOf), st.lists(_thing, min_size=1, max_size=3)),
            st.tuples(_class, st.just(OWL.hasKey), st.lists(_property, min_size=1, max_size=2)),
        )
    )
    cells = listed(members)
    return [*cells, Triple(subject, predicate, cells[0].subject)]


def listed(members: Sequence[Term]) -> list[Triple]:
    """Return an rdf:List of members; its first cell is the subject of its first triple.

    Lists are named after their members: a cell with two members is no list, and engines may read it as they like.
    """
    name = digest("\n".join(map(n3, members)))
    cells = [EX[f"l{name}-{at}"] for at in range(len(members))]
    return [
        triple
        for cell, member, rest in zip(cells, members, [*cells[1:], RDF.nil], strict=True)
        for triple in (Triple(cell, RDF.first, member), Triple(cell, RDF.rest, rest))
    ]


def ontologies(most: int = 8) -> st.SearchStrategy[list[Triple]]:
    """Return ontologies of a few axioms of every kind that OWL 2 RL has a rule for."""
    kinds = st.sampled_from([OWL.equivalentClass, RDFS.subClassOf, RDFS.subClassOf, OWL.disjointWith, OWL.complementOf])
    links = st.sampled_from([RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyDisjointWith])
    axiom = st.one_of(
        st.builds(lambda one, link, other: [Triple(one, link, other)], _class, kinds, _class),
        st.builds(lambda one, link, other: [Triple(one, link, other)], _property, links, _property),
        _axiom(_property, RDFS.domain, _class),
        _axiom(_property, RDFS.range, st.sampled_from([*CLASSES, XSD.string])),
        _axiom(_class, RDF.type, st.just(OWL.Class)),
        _property_kind(),
        _restriction(),
        _listed(),
    )
    return st.lists(axiom, max_size=most).map(lambda axioms: [triple for each in axioms for triple in each])


def data(most: int = 12) -> st.SearchStrategy[list[Triple]]:
    """Return a few triples about things."""
    triple = st.one_of(
        st.builds(Triple, _thing, _property, st.sampled_from([*THINGS, *LITERALS])),
        st.builds(Triple, _thing, _property, _thing),
        st.builds(Triple, _thing, st.just(RDF.type), _class),
        st.builds(Triple, _thing, st.sampled_from([OWL.sameAs, OWL.differentFrom]), _thing),
    )
    return st.lists(triple, max_size=most)
