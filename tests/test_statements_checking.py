"""Checking statements against known names, properties, kinds and sources."""

from __future__ import annotations

import pytest

from kg.model import Diagnostic, Document
from kg.statements import check, declared, read
from kg.terms import Concept, Kind, Property, Vocabulary
from kg.vocab import PH, SCHEMA

ANOMALY = Kind("anomaly", PH.Anomaly, scheme=PH.anomalies, background=True)
VOCABULARY = Vocabulary(
    {
        found.name: found
        for found in (
            Property("is a", PH.type, "name"),
            Property("commander", PH.commander, "name", range=SCHEMA.Person),
            Property("had anomaly", PH.hadAnomaly, "name", range=PH.Anomaly),
            Property("launch", PH.launch, "date", former=("lift-off",)),
            Property("orbits", PH.orbits, "number"),
            Property("travel time", PH.travelTime, "quantity"),
            Property("call sign", PH.callSign, "text"),
        )
    },
    {"mission": Kind("mission", PH.Mission), "person": Kind("person", SCHEMA.Person), "anomaly": ANOMALY},
    {"lift-off": "launch"},
    {(PH.anomalies, "fire"): Concept("fire", PH.fire, PH.anomalies, ("fire", "feu"))},
)
THINGS = """\
# Things
- Comet | is a | mission
- Ann Lee | is a | person
- Comet | launch | 1961
- Comet | commander | Ann Lee
"""


def faults(lines: str, *names: str) -> list[Diagnostic]:
    found = read("x", f"{THINGS}# Story\n> Ann flew. [@wade]\n{lines}\n", Document("x.txt", ""))
    assert [it for it in found.diagnostics if it.severity == "error"] == []
    return list(check(found, names, VOCABULARY, {"wade"}))


@pytest.mark.parametrize(
    "line",
    [
        "- Comet | commander | Ann Lee\n  told by: Bo",
        "- Comet | had anomaly | fire",
        "- Comet | had anomaly | feu",
        "- Comet | launch | 1961-04\n  when: 3 days after launch of Comet",
        "- Comet | orbits | 18",
        "- Comet | orbits | 1961",
        "- Comet | travel time | 3 weeks\n  complete: commander",
        '- Comet | call sign | "Ruby"\n  when: before this passage',
    ],
)
def test_finds_nothing_in_known_words(line: str) -> None:
    assert faults(line, "Bo") == []


@pytest.mark.parametrize(
    ("line", "code", "number", "told"),
    [
        ("- Commet | commander | Ann Lee", "unknown-name", 8, "nearest: Comet"),
        ("- Comet | commander | Bob", "unknown-name", 8, "paste under # Things: - Bob | is a | person"),
        ("- Comet | comander | Ann Lee", "unknown-property", 8, "nearest: commander"),
        ("- Comet | launch | 3 weeks", "wrong-value", 8, "a date, such as"),
        ("- Comet | launch | Ann Lee", "wrong-value", 8, "a date, such as"),
        ('- Comet | commander | "Ann Lee"', "wrong-value", 8, "without quotation marks"),
        ("- Comet | orbits | 18 km", "wrong-value", 8, "a whole number"),
        ("- Comet | commander | Ann Lee\n  told by: Bob", "unknown-name", 9, "Bob"),
        ("- Comet | commander | Ann Lee\n  complete: crew", "unknown-property", 9, "crew"),
        ("- Comet | commander | Ann Lee\n  when: since launch of Comit", "unknown-name", 9, "nearest: Comet"),
        ("- Comet | commander | Ann Lee\n  when: since the party", "unknown-name", 9, "is a | event"),
        ("- Comet | is a | mission", "is-a-place", 8, "# Things"),
        ("\n> It flew. [@wede]\n- Comet | commander | Ann Lee", "unknown-source", 9, "nearest: wade"),
    ],
)
def test_tells_what_is_unknown_and_what_is_near(line: str, code: str, number: int, told: str) -> None:
    found = faults(line)
    assert [(it.code, it.line) for it in found if it.severity == "error"] == [(code, number)]
    assert told in found[0].message


def test_says_how_a_renamed_property_is_written_now() -> None:
    found = faults("- Comet | lift-off | 1961")
    assert [(it.code, it.severity) for it in found] == [("former-name", "warning")]


def test_tells_kinds_that_are_unknown_or_differ() -> None:
    file = read("x", "# Things\n- Comet | is a | misson\n- Comet | is a | mission\n", None)
    assert {it.code for it in check(file, (), VOCABULARY)} == {"unknown-kind", "declared-twice"}


def test_gives_what_a_file_declares() -> None:
    file = read("x", '# Things\n- Comet | is a | mission\n- Comet | also known as | "The Comet"\n', None)
    assert declared(file) == ("Comet", "The Comet")
