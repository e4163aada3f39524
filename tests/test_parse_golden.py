"""Entries of our own, about series that do not exist, read in full and held against golden files.

``--update-golden`` writes them anew; look at the difference before keeping it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import KnownName
from kg.parse import Gazetteer, document, entries, record

HERE = Path(__file__).parent
PAGES = sorted((HERE / "entries").glob("*.txt"))
KNOWN = Gazetteer([KnownName("Apollo", "mission", "Q1"), KnownName("The Glass Ferry", "work", "Q2", (), 1978)])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_an_entry_is_read_as_before(path: Path, request: pytest.FixtureRequest) -> None:
    golden = HERE / "golden" / "parse" / f"{path.stem}.json"
    read = [record(one) for one in entries(document(path.name, path.read_bytes()), KNOWN)]
    text = json.dumps(read, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_spans_hold_what_was_read(path: Path) -> None:
    page = document(path.name, path.read_bytes())
    for one in entries(page, KNOWN):
        for item in one.cast:
            for name in (item.performer, *item.characters):
                assert "".join("".join(span.of(page.text) for span in name.spans).split()) == "".join(name.text.split())
        for credit in one.credits:
            assert all(span.of(page.text) in name.text for name in credit.names for span in name.spans)
