"""Hostile pages take time in proportion to their length; `bench/parse.py` measures how much."""

from __future__ import annotations

import time

import pytest

from bench.parse import HOSTILE
from kg.errors import EntryError
from kg.model import KnownName
from kg.parse import Gazetteer, document, entries

KNOWN = Gazetteer(
    [KnownName("Vostok 9", "mission"), KnownName("Ada Brandt", "person"), KnownName("Ann Pell", "person")]
)
SIGNS = 60_000
SECONDS = 3.0  # what grows with the square of the length takes minutes


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_time(name: str) -> None:
    page = HOSTILE[name](SIGNS).encode()
    begun = time.process_time()
    try:
        for _ in entries(document("hostile.txt", page), KNOWN):
            pass
    except EntryError as error:
        assert len(str(error)) < 500  # noqa: PT017 - being refused is as good as being read
    assert time.process_time() - begun < SECONDS
