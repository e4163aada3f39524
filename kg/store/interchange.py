"""The door to rdflib: a build as the Graph or Dataset that Python users of RDF know.

Oxigraph answers behind it. Plain strings come back typed xsd:string, which rdflib holds to be another term than
``Literal("x")``: compare ``str(term)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, URIRef

from kg.store.embedded import Embedded
from kg.vocab import PREFIXES, Iri

_G = TypeVar("_G", bound=Graph)


def graph(store: Embedded, names: Sequence[Iri]) -> Graph:
    """Return several graphs of a store as one rdflib graph, named after the first: a copy in memory."""
    copy = Embedded.memory(quad._replace(graph=names[0]) for name in names for quad in store.quads(name))
    return _prefixed(Graph(store=OxigraphStore(store=copy.engine), identifier=URIRef(names[0])))


def dataset(store: Embedded) -> Dataset:
    """Return a store as an rdflib dataset: read-only where the store is, its default graph empty."""
    return _prefixed(Dataset(store=OxigraphStore(store=store.engine)))


def _prefixed(graph: _G) -> _G:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
