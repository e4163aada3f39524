"""What the matcher must reach on real items: measured on the half that its thresholds were not chosen on."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kg.link.snapshot import read_table

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("seed", [1967, 2027])
def test_the_shipped_thresholds_keep_their_promise(shared: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from bench import misprints
    from bench.link import ask, cases, halves, kept, score, slipped

    folder = shared / "wikidata"
    people = read_table((folder / "astronauts.tsv").read_text(encoding="utf-8"), "person")
    missions = read_table((folder / "space-missions.tsv").read_text(encoding="utf-8"), "mission")
    chance = random.Random(seed)
    _, items = halves((*people.items.values(), *missions.items.values()), chance)
    held = kept(items, chance)
    asked = [*cases(items, held, chance), *slipped(items, held, chance, misprints.PERSON, misprints.MISSION)]
    found = score(ask(held, chance.sample(asked, len(asked) // 5)).answers())
    print(found, file=sys.stderr)
    assert found.precision >= 0.995
    assert found.recall >= 0.95
    assert found.absent > 500


@pytest.mark.parametrize(
    "label", ["Tiphaine Daviot", "Arben Bajraktaraj", "Hélène Viviès", "David Clark", "Earl Green"]
)
def test_performers_and_makers_are_not_astronauts(shared: Path, label: str) -> None:
    from kg.link.match import Index, Question

    people = read_table((shared / "wikidata" / "astronauts.tsv").read_text(encoding="utf-8"), "person")
    assert Index(people).answer(Question(label, "person")).text == "none"


@pytest.mark.parametrize("year", [None, 1967])
def test_the_mission_that_was_named_later_is_not_the_eleventh(shared: Path, year: int | None) -> None:
    from kg.link.match import Index, Question

    flights = read_table((shared / "wikidata" / "space-missions.tsv").read_text(encoding="utf-8"), "mission")
    assert Index(flights).answer(Question("Apollo 1", "mission", year)).text == "none"
