"""The canonical form of the project's own Turtle files: what `kg fmt` writes and the tests ask for."""

from __future__ import annotations

import io

from rdflib import Graph
from rdflib.namespace import OWL, RDF
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import BNode, Node


class _ByIri(LongTurtleSerializer):
    """Long Turtle with the ontology's own node first and every other subject sorted by its IRI."""

    def orderSubjects(self) -> list[Node]:  # noqa: N802 - the name is rdflib's
        heads = set(self.store.subjects(RDF.type, OWL.Ontology))
        return sorted(self._subjects, key=lambda node: (node not in heads, isinstance(node, BNode), node))


def formatted(text: str) -> str:
    """Return a Turtle document in canonical form: prefixes sorted, ontology first, subjects sorted; no comments."""
    graph = Graph(bind_namespaces="none")
    graph.parse(data=text, format="turtle")
    return formatted_graph(graph)


def formatted_graph(graph: Graph) -> str:
    """Return a graph in the same form, with the prefixes that it binds."""
    out = io.BytesIO()
    _ByIri(graph).serialize(out, canon=True, spacious=True)
    return out.getvalue().decode().strip() + "\n"
