"""Canonical blank nodes and digests: RDF Dataset Canonicalization (RDFC-1.0, W3C Recommendation of 21 May 2024).

Blank nodes get the labels that the algorithm gives them, so that their place in the input leaves no trace. Data
without blank nodes, as the graphs of a build are, pays one look at each row. Step numbers in comments are those of
the recommendation's section 4.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations

from kg.errors import LimitError
from kg.export.rows import Row

_STEPS = 20_000  # calls of Hash N-Degree Quads; a guide's ontology needs none, a poisoned graph needs factorials


def canonical(rows: Iterable[Row], *, steps: int = _STEPS) -> list[Row]:
    """Return the rows with blank nodes labelled canonically (``_:c14n0`` …).

    Raises LimitError for data that is built to make this take for ever (section 7.1, dataset poisoning).
    """
    kept = rows if isinstance(rows, list) else list(rows)
    blank = [row for row in kept if row[0][0] == "_" or row[2][0] == "_" or row[3][:1] == "_"]
    if not blank:
        return kept
    try:
        labels = _Labels(blank, steps).labels()
    except RecursionError:  # a step for each node of a chain in which all look alike
        raise LimitError("blank nodes: the data holds too long a chain that look alike; give them IRIs") from None
    return [(labels.get(s, s), p, labels.get(o, o), labels.get(g, g)) for s, p, o, g in kept]


def lines(rows: Iterable[Row]) -> list[str]:
    """Return the rows as sorted lines of canonical N-Quads, each once; the rows must be canonical."""
    return sorted({f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in rows})


def digest(rows: Iterable[Row]) -> str:
    """Return the RDFC-1.0 digest of a dataset: SHA-256 of its canonical form, in hexadecimal."""
    state = hashlib.sha256()
    for line in lines(canonical(rows)):
        state.update(line.encode())
    return state.hexdigest()


class _Issuer:
    """Gives labels to blank nodes in the order in which they ask (4.5)."""

    __slots__ = ("given", "prefix")

    def __init__(self, prefix: str, given: dict[str, str] | None = None) -> None:
        self.prefix, self.given = prefix, given or {}

    def label(self, node: str) -> str:
        return self.given.setdefault(node, f"{self.prefix}{len(self.given)}")

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, dict(self.given))


class _Labels:
    """The state of one canonicalisation (4.4)."""

    def __init__(self, rows: Iterable[Row], steps: int) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(set(rows)):
            for node in _blanks(row):
                self._rows[node].append(row)
        self._first = {node: self._first_degree(node) for node in self._rows}
        self._issuer = _Issuer("_:c14n")
        self._steps = steps

    def labels(self) -> dict[str, str]:
        """Return the canonical label of every blank node."""
        by_hash: dict[str, list[str]] = defaultdict(list)
        for node, hashed in self._first.items():
            by_hash[hashed].append(node)
        for hashed in sorted(by_hash):  # 4.4.3, step 4: those that are told apart by what they say
            if len(by_hash[hashed]) == 1:
                self._issuer.label(by_hash[hashed][0])
        for hashed in sorted(by_hash):  # step 5: the others, by their neighbours
            self._label_alike(by_hash[hashed])
        return self._issuer.given

    def _label_alike(self, nodes: list[str]) -> None:
        found = []
        for node in nodes:
            if node not in self._issuer.given:
                issuer = _Issuer("_:b")
                issuer.label(node)
                found.append(self._n_degree(node, issuer))
        for _, issuer in sorted(found, key=lambda pair: pair[0]):
            for node in issuer.given:
                self._issuer.label(node)

    def _first_degree(self, node: str) -> str:
        """Hash First Degree Quads (4.6)."""

        def mask(token: str) -> str:
            return token if token[:1] != "_" else "_:a" if token == node else "_:z"

        masked = [(mask(s), p, mask(o), mask(g)) for s, p, o, g in self._rows[node]]
        return _sha("".join(sorted(map(_line, masked))))

    def _related(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        """Return the neighbours of a node by their hash (4.7, and 4.8.3 steps 1 to 3)."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows[node]:
            for position, token in (("s", row[0]), ("o", row[2]), ("g", row[3])):
                if token[:1] == "_" and token != node:
                    name = self._issuer.given.get(token) or issuer.given.get(token) or self._first[token]
                    found[_sha(position + ("" if position == "g" else row[1]) + name)].append(token)
        return found

    def _n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Hash N-Degree Quads (4.8): the hash of a node's surroundings, and the issuer that named them."""
        self._steps -= 1
        if self._steps < 0:
            raise LimitError("blank nodes: the data holds too many that look alike; give them IRIs")
        related = self._related(node, issuer)
        data = ""
        for hashed in sorted(related):
            path, issuer = self._shortest_path(related[hashed], issuer)
            data += hashed + path
        return _sha(data), issuer

    def _shortest_path(self, nodes: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        """Return the least of the paths through alike neighbours, over all their orders (4.8.3, step 5)."""
        chosen, chosen_issuer = "", issuer
        for order in permutations(nodes):
            path, trial = self._path(order, issuer.copy(), chosen)
            if path and (not chosen or path < chosen):
                chosen, chosen_issuer = path, trial
        return chosen, chosen_issuer

    def _path(self, order: Iterable[str], issuer: _Issuer, chosen: str) -> tuple[str, _Issuer]:
        """Return the path of one order, or nothing as soon as it is worse than the chosen one."""
        path, later = "", []
        for node in order:
            if node in self._issuer.given:
                path += self._issuer.given[node]
            else:
                if node not in issuer.given:
                    later.append(node)
                path += issuer.label(node)
            if _worse(path, chosen):
                return "", issuer
        for node in later:
            hashed, found = self._n_degree(node, issuer)
            path += f"{issuer.label(node)}<{hashed}>"
            issuer = found
            if _worse(path, chosen):
                return "", issuer
        return path, issuer


def _line(row: Row) -> str:
    subject, predicate, found, graph = row
    return f"{subject} {predicate} {found} {graph} .\n" if graph else f"{subject} {predicate} {found} .\n"


def _worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _blanks(row: Row) -> Iterator[str]:
    return iter({token for token in (row[0], row[2], row[3]) if token[:1] == "_"})


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
