"""Terms, quads and namespaces: the RDF that every other module speaks, with no engine in it.

A term is an `Iri`, a `Blank` or a `Literal`; a `Quad` is a named tuple of three terms and the graph's IRI. Engines
convert at their own door (``kg.store.embedded`` for Oxigraph, ``kg.store.interchange`` for rdflib).

>>> PH.crewMember
Iri('https://w3id.org/porthole/ontology#crewMember')
>>> n3(Literal("Ὀδυσσεύς", language="grc"))
'"Ὀδυσσεύς"@grc'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Iri(str):
    """An absolute IRI."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Iri({str.__repr__(self)})"


class Blank(str):
    """A blank node, written ``_:label``; it occurs in ontologies, shapes and reports only."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Blank({str.__repr__(self)})"


class Namespace:
    """A namespace whose names are its attributes or items: ``PH.depicts``, ``JOB["additional-music"]``."""

    __slots__ = ("_stem",)

    def __init__(self, stem: str) -> None:
        self._stem = stem

    def __getattr__(self, name: str) -> Iri:
        if name.startswith("_"):
            raise AttributeError(name)
        return Iri(self._stem + name)

    def __getitem__(self, name: str) -> Iri:
        return Iri(self._stem + name)

    def __str__(self) -> str:
        return self._stem


XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SH = Namespace("http://www.w3.org/ns/shacl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
EDTF = Namespace("http://id.loc.gov/datatypes/edtf/")
CDT = Namespace("https://w3id.org/cdt/")
WD = Namespace("http://www.wikidata.org/entity/")
WDT = Namespace("http://www.wikidata.org/prop/direct/")

_LANGUAGE_STRING = RDF.langString
PORTHOLE = "https://w3id.org/porthole/"
PH = Namespace(PORTHOLE + "ontology#")
PHSH = Namespace(PORTHOLE + "shapes#")
FORCE = Namespace(PORTHOLE + "force/")
VERDICT = Namespace(PORTHOLE + "verdict/")
JOB = Namespace(PORTHOLE + "job/")
MANNER = Namespace(PORTHOLE + "manner/")
SHOWN = Namespace(PORTHOLE + "shown/")
RANK = Namespace(PORTHOLE + "rank/")
ASPECT = Namespace(PORTHOLE + "aspect/")
ANOMALY = Namespace(PORTHOLE + "anomaly/")
CAUSE = Namespace(PORTHOLE + "cause/")
OUTCOME = Namespace(PORTHOLE + "outcome/")

ONTOLOGY_GRAPH = Iri(PORTHOLE + "ontology")
DEFAULT_BASE = PORTHOLE + "id/"

PREFIXES: dict[str, str] = {
    name: str(namespace)
    for name, namespace in {
        "anomaly": ANOMALY, "aspect": ASPECT, "cause": CAUSE, "cdt": CDT, "dcterms": DCTERMS, "edtf": EDTF,
        "force": FORCE, "job": JOB, "manner": MANNER, "oa": OA, "outcome": OUTCOME, "owl": OWL, "ph": PH, "phsh": PHSH,
        "prov": PROV, "rank": RANK, "rdf": RDF, "rdfs": RDFS, "schema": SCHEMA, "sh": SH, "shown": SHOWN,
        "skos": SKOS, "verdict": VERDICT, "wd": WD, "wdt": WDT, "xsd": XSD,
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal with its lexical form; ``datatype`` is rdf:langString where there is a ``language``."""

    value: str
    datatype: Iri = XSD.string
    language: str = ""

    def __post_init__(self) -> None:
        if self.language:
            object.__setattr__(self, "datatype", _LANGUAGE_STRING)


Node: TypeAlias = Iri | Blank
Term: TypeAlias = Iri | Blank | Literal


class Triple(NamedTuple):
    """One statement."""

    subject: Node
    predicate: Iri
    object: Term


class Quad(NamedTuple):
    """One statement in one named graph."""

    subject: Node
    predicate: Iri
    object: Term
    graph: Iri

    @property
    def triple(self) -> Triple:
        """The statement without its graph."""
        return Triple(self.subject, self.predicate, self.object)


def integer(value: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(value), XSD.integer)


def edtf(value: str) -> Literal:
    """Return a date or interval in the Extended Date/Time Format, precision and doubt included."""
    return Literal(value, EDTF.EDTF)


def boolean(value: object) -> Literal:
    """Return an xsd:boolean."""
    return Literal("true" if value else "false", XSD.boolean)


_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
    | {chr(code): f"\\u{code:04X}" for code in (*range(8), 11, *range(14, 32), 127, 0xFFFE, 0xFFFF)}
)


def n3(term: Term) -> str:
    """Return a term in canonical N-Triples (RDF 1.1 N-Triples, section 4, with its escapes)."""
    if isinstance(term, Literal):
        text = f'"{term.value.translate(_ESCAPES)}"'
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype == XSD.string else f"{text}^^<{term.datatype}>"
    return str(term) if isinstance(term, Blank) else f"<{term}>"


def n_quads(quads: Iterable[Quad]) -> str:
    """Return the quads as N-Quads, sorted, each once: the same bytes for the same data."""
    return "".join(sorted({" ".join(map(n3, quad)) + " .\n" for quad in quads}))
