"""One claim and its words a line."""

from __future__ import annotations

import json

from kg.export import rows
from kg.export.claims import Labels, claims
from kg.export.jsonlines import jsonlines
from tests import export_shapes as shapes

ROWS = list(rows(shapes.guide()))
LINES = list(jsonlines(claims(ROWS), Labels(ROWS)))


def test_a_line_is_a_claim() -> None:
    assert len(LINES) == 11
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in LINES)


def test_a_claim_says_what_where_and_on_which_words() -> None:
    found = next(it for it in map(json.loads, LINES) if it["claim"].endswith("claim/08said"))
    assert found["says"] == "Beacon 2 destination Moon"
    assert (found["world_label"], found["force"], found["said_by"]) == ("Lantern (story)", "said", ["The Keeper"])
    (words,) = found["evidence"]
    assert (words["quote"], words["start"]) == ("The Keeper says it reached the Moon.", 131)
    (statement,) = found["statements"]
    assert (statement["subject_label"], statement["property_label"], statement["value_label"]) == (
        "Beacon 2",
        "destination",
        "Moon",
    )
