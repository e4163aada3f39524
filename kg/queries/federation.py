"""SERVICE answered by us: each block is asked of its endpoint, and its solutions put in its place as VALUES.

An engine that calls out by itself asks for everything that fits the block, waits without end and says nobody's name.
Here the endpoint is told what the rest of the query already knows of the block's variables, some solutions at a time (a
bound join), so that it answers for these alone. Only variables that every solution binds are told, and each
combination once, so that no row comes twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.dataset import Answer, Row, Solutions, Store
from kg.errors import LimitError, NetworkError
from kg.queries.blocks import Block, first_block, refuse_misplaced
from kg.vocab import Blank, Iri, Literal, Node, Term, Triple, n3

BATCH = 200  # solutions told at a time: a query of some 10 kB, which every server takes
TOLD = 10_000  # solutions told in all: more would keep a public service busy for long
_ELSEWHERE = "urn:x-porthole:elsewhere:"  # VALUES hold no blank nodes, so those of endpoints have names meanwhile


@dataclass(frozen=True, slots=True)
class Federation:
    """What answers a query that calls services: the store, its default graphs, and who is asked for an address.

    ``addresses`` are where the endpoints are, by what the query calls them; ``rows`` is how many a block may answer.
    """

    store: Store
    graphs: tuple[Iri, ...]
    endpoint: Callable[[str], Store]
    addresses: Mapping[str, str]
    rows: int = 100_000

    def local(self, text: str, name: str = "query") -> str:
        """Return a query that the store can answer by itself: in the place of each SERVICE stands what it answered.

        Raises QueryError for a SERVICE that is misplaced, NetworkError where an endpoint does not answer, and
        LimitError for more than is told or taken.
        """
        refuse_misplaced(text, name)
        while (block := first_block(text)) is not None:
            text = text[: block.start] + self._answered(block) + text[block.end :]
        return text

    def _answered(self, block: Block) -> str:
        try:
            return _values(*self._solutions(block))
        except NetworkError:
            if not block.silent:
                raise
            names = self._visible(block)
            return _values(names, [(None,) * len(names)])  # Federated Query, section 2.2: one that binds nothing

    def _solutions(self, block: Block) -> tuple[tuple[str, ...], list[Row]]:
        names, told = self._known(block)
        variables = () if told else self._visible(block)
        rows: list[Row] = []
        for start in range(0, len(told), BATCH):
            values = _values(names, told[start : start + BATCH]) if names else ""
            room = self.rows - len(rows) + 1
            found = self.endpoint(self.addresses[block.target]).select(f"{block.query(values, names)} LIMIT {room:d}")
            variables = variables or found.variables
            rows += list(islice(_aligned(found, variables, f"{block.start}-{start}-"), room))
            if len(rows) > self.rows:
                raise LimitError(f"SERVICE {block.target}: more than {self.rows:,} rows; raise it with --max-rows")
        return variables, rows

    def _visible(self, block: Block) -> tuple[str, ...]:
        """Return the variables that a block would bind, for a SELECT * around it to show."""
        return self.store.select(f"{block.query()} LIMIT 0").variables

    def _known(self, block: Block) -> tuple[tuple[str, ...], list[Row]]:
        """Return what the rest of the query binds of the block's variables: names, and the rows of their values."""
        if not block.shared:
            return (), [()]
        rows = list(islice(self.store.select(block.known(), self.graphs).rows, TOLD + 1))
        if len(rows) > TOLD:
            raise LimitError(
                f"SERVICE {block.target}: more than {TOLD:,} solutions would be sent: narrow the rest of the query"
            )
        kept = [n for n in range(len(block.shared)) if all(_tellable(row[n]) for row in rows)]
        told = {tuple(row[n] for n in kept) for row in rows}
        return tuple(block.shared[n] for n in kept), sorted(told, key=_written)


def restored(found: Answer) -> Answer:
    """Return an answer with the endpoints' blank nodes as such again."""
    if isinstance(found, bool):
        return found
    if isinstance(found, Solutions):
        return Solutions(found.variables, (tuple(map(_blank, row)) for row in found.rows))
    return (Triple(_node(triple.subject), triple.predicate, _term(triple.object)) for triple in found)


def _node(node: Node) -> Node:
    return Blank(f"_:{node[len(_ELSEWHERE) :]}") if node.startswith(_ELSEWHERE) else node


def _term(term: Term) -> Term:
    return term if isinstance(term, Literal) else _node(term)


def _blank(term: Term | None) -> Term | None:
    return None if term is None else _term(term)


def _aligned(found: Solutions, variables: Sequence[str], prefix: str) -> Iterator[Row]:
    """Yield rows with their columns in one order, since SELECT * promises none; blank nodes have names meanwhile."""
    order = [found.variables.index(name) for name in variables]
    for row in found.rows:
        yield tuple(_named(row[n], prefix) for n in order)


def _named(term: Term | None, prefix: str) -> Term | None:
    return Iri(f"{_ELSEWHERE}{prefix}{term[2:]}") if isinstance(term, Blank) else term


def _tellable(term: Term | None) -> bool:
    return isinstance(term, Literal) or (isinstance(term, Iri) and not term.startswith(_ELSEWHERE))


def _written(row: Row) -> tuple[str, ...]:
    return tuple("UNDEF" if term is None else n3(term) for term in row)


def _values(names: Sequence[str], rows: Iterable[Row]) -> str:
    lines = (f"({' '.join(_written(row))})" for row in rows)
    return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(lines)} }}"
