"""No saved query grows faster than the guide that it is asked of, when all is asked for that it can answer."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bench.queries import copies
from kg.cli.asking import source_of
from kg.cli.collection import collection
from kg.project import Project
from kg.queries.answers import Page, Source, answer, resolved
from kg.queries.saved import SavedQuery
from kg.store.embedded import Embedded

SMALL, TIMES = 15_000, 4
QUICK = 0.01  # seconds below which the clock tells nothing


@pytest.fixture(scope="module")
def sources(bundled: Path) -> tuple[Source, Source]:
    """Return the bundled guide a few times over, and four times that."""
    project = Project.find(bundled)
    known = source_of(project, None)
    return tuple(  # type: ignore[return-value]
        replace(known, store=Embedded.memory(copies(project, size)), build="") for size in (SMALL, TIMES * SMALL)
    )


def asked() -> list[SavedQuery]:
    return [query for query in collection(Project.bundled()) if not query.services]


@pytest.mark.parametrize("query", asked(), ids=lambda query: query.stem)
def test_a_query_grows_with_the_guide(query: SavedQuery, sources: tuple[Source, Source]) -> None:
    needed = {it.name: it.example for it in query.parameters if it.required and it.example}
    small, large = (seconds(query, needed, source) for source in sources)
    assert large < 3 * TIMES * max(small, QUICK)


def seconds(query: SavedQuery, needed: dict[str, str], source: Source) -> float:
    """Return the processor time of a query, the better of two."""
    values, taken = resolved(query, needed, source), []
    for _ in range(2):
        begun = time.process_time()
        answer(query, values, source, page=Page(most=10**6))
        taken.append(time.process_time() - begun)
    return min(taken)
