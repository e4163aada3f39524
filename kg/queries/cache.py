"""Answers kept for as long as they stay true: a build never changes, so its answers do not either.

The key is all that an answer depends on (the bound text, the default graphs, the paging and the build), so nothing has
to be thrown away when a new build comes; what is oldest goes when the cache is full.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from kg.queries.results import Graph, Result, Table
from kg.vocab import Iri


@dataclass(frozen=True, slots=True)
class Key:
    """All that an answer depends on."""

    text: str
    graphs: tuple[Iri, ...]
    build: str


class Cache:
    """A bounded set of answers, safe to share among threads; bounded by cells, which is what fills memory."""

    def __init__(self, *, cells: int = 200_000) -> None:
        self._room = cells
        self._kept: OrderedDict[Key, Result] = OrderedDict()
        self._cells = 0
        self._lock = Lock()

    def answer(self, key: Key, ask: Callable[[], Result]) -> Result:
        """Return the kept answer, or ask for it and keep it where it fits."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        result = ask()
        if key.build:  # without a build's digest nothing says that the data stayed the same
            self._keep(key, result)
        return result

    def __len__(self) -> int:
        return len(self._kept)

    def _keep(self, key: Key, result: Result) -> None:
        with self._lock:
            if key in self._kept or size(result) > self._room:
                return
            self._kept[key] = result
            self._cells += size(result)
            while self._cells > self._room:
                _, oldest = self._kept.popitem(last=False)
                self._cells -= size(oldest)


def size(result: Result) -> int:
    """Return how many terms an answer holds, at least one."""
    if isinstance(result, Table):
        return 1 + len(result.rows) * len(result.columns)
    return 1 + 3 * len(result.triples) if isinstance(result, Graph) else 1
