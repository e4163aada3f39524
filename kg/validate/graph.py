"""The shapes graph as an index: what stands behind a subject and a property, and what an RDF list holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.errors import QueryError, RdfError
from kg.vocab import OWL, RDF, RDFS, Blank, Iri, Literal, Node, Term, Triple, n3

_FORBIDDEN = frozenset('<>"{}|^`\\') | {chr(code) for code in range(33)}


class ShapeError(RdfError):
    """Shapes are not well-formed; ``node`` and ``predicate`` say which statement is at fault, where that is known.

    A document's places lead from there to line and column (``kg.validate.faults``).
    """

    def __init__(self, source: str, problem: str, node: Term | None = None, predicate: Iri | None = None) -> None:
        named = f"{n3(node)}: " if isinstance(node, Iri) else ""
        super().__init__(source, named + problem)
        self.problem, self.node, self.predicate = problem, node, predicate


class ConstraintError(ShapeError, QueryError):
    """A query of the shapes' author cannot be used; ``within`` is the line and column inside its text."""

    def __init__(self, source: str, problem: str, node: Term, predicate: Iri, within: tuple[int, int]) -> None:
        super().__init__(source, problem, node, predicate)
        self.within = within


class ShapesGraph:
    """Triples by subject and property, in the order in which they were given."""

    def __init__(self, triples: Iterable[Triple], source: str = "shapes") -> None:
        self.source = source
        self._out: dict[Node, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._in: dict[tuple[Iri, Term], list[Node]] = defaultdict(list)
        for subject, predicate, obj in triples:
            for term in (subject, predicate, obj):
                self._check(term)
            if obj not in self._out[subject][predicate]:
                self._out[subject][predicate].append(obj)
                self._in[predicate, obj].append(subject)

    def _check(self, term: Term) -> None:
        iri = term.datatype if isinstance(term, Literal) else term
        if not isinstance(iri, Blank) and not _FORBIDDEN.isdisjoint(iri):
            raise RdfError(self.source, f"{iri!r} is no IRI; write it without spaces, quotes and brackets")

    def fault(self, problem: str, node: Term | None = None, predicate: Iri | None = None) -> ShapeError:
        """Return an error about a statement of the shapes, for the caller to raise."""
        return ShapeError(self.source, problem, node, predicate)

    def subjects(self) -> Iterator[Node]:
        """Yield every subject once."""
        return iter(self._out)

    def objects(self, subject: Term, predicate: Iri) -> tuple[Term, ...]:
        """Return the values of a property."""
        if isinstance(subject, Literal) or subject not in self._out:
            return ()
        return tuple(self._out[subject].get(predicate, ()))

    def predicates(self, subject: Node) -> tuple[Iri, ...]:
        """Return the properties that a subject has."""
        return tuple(self._out[subject]) if subject in self._out else ()

    def having(self, predicate: Iri, obj: Term) -> tuple[Node, ...]:
        """Return the subjects that have this value."""
        return tuple(self._in.get((predicate, obj), ()))

    def pairs(self, predicate: Iri) -> Iterator[tuple[Node, Term]]:
        """Yield subject and value of a property wherever it is used."""
        for subject, values in self._out.items():
            for value in values.get(predicate, ()):
                yield subject, value

    def at_most_one(self, subject: Node, predicate: Iri) -> Term | None:
        """Return the only value of a property, None where there is none. Raises RdfError where there are several."""
        found = self.objects(subject, predicate)
        if len(found) > 1:
            raise self.fault(f"{n3(predicate)} has {len(found)} values; only one is allowed", subject, predicate)
        return found[0] if found else None

    def items(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list. Raises RdfError where it is none, or has no end."""
        members: list[Term] = []
        seen: set[Term] = set()
        while head != RDF.nil:
            first, rest = self.objects(head, RDF.first), self.objects(head, RDF.rest)
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise self.fault("this is no well-formed list: each part needs one rdf:first and one rdf:rest", head)
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return tuple(members)

    def kinds(self, root: Iri) -> frozenset[Term]:
        """Return a class and everything below it, as this graph declares it."""
        found: set[Term] = {root}
        waiting: list[Term] = [root]
        while waiting:
            for sub in self.having(RDFS.subClassOf, waiting.pop()):
                if sub not in found:
                    found.add(sub)
                    waiting.append(sub)
        return frozenset(found)

    def instances(self, root: Iri) -> frozenset[Node]:
        """Return the instances of a class or of one below it."""
        return frozenset(subject for kind in self.kinds(root) for subject in self.having(RDF.type, kind))

    def is_class(self, node: Node) -> bool:
        """Tell whether a shape is a class as well, and so its own target."""
        kinds = self.kinds(RDFS.Class) | {OWL.Class}
        return any(kind in kinds for kind in self.objects(node, RDF.type))
