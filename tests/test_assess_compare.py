"""The rules of comparison, pair by pair: what a story says, what history says, and the verdict.

A fact is written ``ship crew Ada`` (subject, property, value); ``not`` before it denies it, ``^`` marks it inferred,
``!`` preferred and ``?`` deprecated among sources that conflict. Story things are in lower case, real ones in capitals.
"""

import pytest

from kg.assess import Background, Fact, compare
from kg.assess.matching import upwards
from kg.vocab import CDT, RANK, XSD, Iri, Literal, Term, edtf

SINGLE = {"commander", "launch", "landing", "death", "birthplace", "speed", "flights", "sign"}
KNOWN = Background(
    depicts={Iri("ship"): Iri("SHIP"), Iri("ada"): Iri("ADA"), Iri("bob"): Iri("BOB")},
    broader=upwards([(Iri("main-chute-stuck"), Iri("chute-failed")), (Iri("chute-failed"), Iri("failure"))]),
    part_of=upwards([(Iri("Ouarzazate"), Iri("Morocco")), (Iri("Morocco"), Iri("Africa"))]),
)


def value(text: str) -> Term:
    if text.startswith("“"):
        return Literal(text.strip("“”"))
    if text[0].isdigit() and "_" in text:
        return Literal(text.replace("_", " "), CDT.ucum)
    if text.startswith("#"):
        return Literal(text[1:], XSD.integer)
    return edtf(text) if text[0].isdigit() else Iri(text)


def facts(lines: str, side: str) -> list[Fact]:
    found = []
    for number, line in enumerate(filter(None, map(str.strip, lines.split(";")))):
        words = line.removeprefix("not ").lstrip("^!?").split(" ", 2)
        rank = RANK.preferred if "!" in line else RANK.deprecated if "?" in line else RANK.normal
        claim = (Iri(f"{side}{0 if line.startswith('^') else number}"),)
        denied, inferred = line.startswith("not "), line.startswith("^")
        found.append(Fact(Iri(words[0]), Iri(words[1]), value(words[2]), claim, denied, rank, inferred))
    return found


PAIRS = [
    # what is compared, story, history, verdicts
    ("the same kind", "ship anomaly spin", "SHIP anomaly spin", "accurate"),
    ("a character for the man it depicts", "ship commander ada", "SHIP commander ADA", "accurate"),
    ("another commander", "ship commander bob", "SHIP commander ADA", "contradicted"),
    ("another crew member: there may be several", "ship crew bob", "SHIP crew ADA", "unverified"),
    ("one of several crew members", "ship crew bob", "SHIP crew ADA; SHIP crew BOB", "accurate"),
    ("commander against crew member", "ship commander ada; ^ship crew ada", "SHIP crew ADA", "accurate"),
    ("crew member against commander", "ship crew ada", "SHIP commander ADA; ^SHIP crew ADA", "accurate"),
    ("a commander is judged once", "ship commander ada; ^ship crew ada", "SHIP commander ADA; ^SHIP crew ADA",
     "accurate"),
    ("year against its day", "ship launch 1967", "SHIP launch 1967-04-23", "accurate"),
    ("day against its year", "ship launch 1967-04-23", "SHIP launch 1967", "accurate"),
    ("month against a day in it", "ship launch 1967-04", "SHIP launch 1967-04-23", "accurate"),
    ("day against a second of it", "ship launch 1967-04-23", "SHIP launch 1967-04-23T00:35:00Z", "accurate"),
    ("another year", "ship launch 1968", "SHIP launch 1967-04-23", "contradicted"),
    ("another day of the same month", "ship launch 1967-04-24", "SHIP launch 1967-04-23", "contradicted"),
    ("decade against a year in it", "ship launch 196X", "SHIP launch 1967", "accurate"),
    ("broader kind", "ship anomaly chute-failed", "SHIP anomaly main-chute-stuck", "simplified"),
    ("narrower kind", "ship anomaly main-chute-stuck", "SHIP anomaly chute-failed", "simplified"),
    ("broader over two steps", "ship anomaly failure", "SHIP anomaly main-chute-stuck", "simplified"),
    ("equal beats broader", "ship anomaly chute-failed", "SHIP anomaly chute-failed; SHIP anomaly failure", "accurate"),
    ("another kind of many", "ship anomaly spin", "SHIP anomaly chute-failed", "unverified"),
    ("a place in its country", "ada birthplace Ouarzazate", "ADA birthplace Morocco", "accurate"),
    ("a country for the place", "ada birthplace Africa", "ADA birthplace Ouarzazate", "accurate"),
    ("another place", "ada birthplace Lyon", "ADA birthplace Morocco", "contradicted"),
    ("the same amount in another unit", "ship speed 40_m/s", "SHIP speed 144_km/h", "accurate"),
    ("an amount within its rounding", "ship speed 40_m/s", "SHIP speed 40.3_m/s", "accurate"),
    ("another amount", "ship speed 40_m/s", "SHIP speed 60_m/s", "contradicted"),
    ("another dimension", "ship speed 3_wk", "SHIP speed 40_m/s", "contradicted"),
    ("the same number", "ada flights #2", "ADA flights #2", "accurate"),
    ("another number", "ada flights #1", "ADA flights #2", "contradicted"),
    ("the same text in other letters", "ship sign “Ruby”", "SHIP sign “ruby”", "accurate"),
    ("a denial of what happened", "not ship anomaly wing", "SHIP anomaly wing", "contradicted"),
    ("what history denies", "ship anomaly wing", "not SHIP anomaly wing", "contradicted"),
    ("both deny it", "not ship anomaly wing", "not SHIP anomaly wing", "accurate"),
    ("a denial of something else", "not ship anomaly spin", "SHIP anomaly wing", ""),
    ("a denial against silence", "not ship anomaly wing", "", ""),
    ("a statement against silence", "ship anomaly light", "", "unverified"),
    ("history alone says it: never omitted by rule", "", "SHIP anomaly wing", ""),
    ("a thing that depicts nothing", "argos commander ada", "SHIP commander ADA", ""),
    ("sources that disagree", "ship commander ada", "SHIP commander ADA; SHIP commander BOB", "accurate contradicted"),
    ("sources that agree", "ship launch 1967", "SHIP launch 1967-04-23; SHIP launch 1967-04-23", "accurate"),
    ("the preferred source alone", "ship commander ada", "!SHIP commander ADA; SHIP commander BOB", "accurate"),
    ("a deprecated source is not asked", "ship launch 1967", "SHIP launch 1967; ?SHIP launch 1968", "accurate"),
    ("two dates of one flight", "ship launch 1967; ship landing 1968", "SHIP launch 1967; SHIP landing 1967",
     "accurate contradicted"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "history", "verdicts"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS]
)
def test_a_pair_gets_its_verdict(story: str, history: str, verdicts: str) -> None:
    found = compare(facts(story, "s"), facts(history, "h"), KNOWN, SINGLE.__contains__)
    assert sorted(str(it.verdict).rpartition("/")[2] for it in found) == verdicts.split()


def test_a_verdict_names_its_rule_and_both_facts() -> None:
    (found,) = compare(facts("ship commander bob", "s"), facts("SHIP commander ADA", "h"), KNOWN, SINGLE.__contains__)
    assert (found.rule, found.story.claims, found.actual and found.actual.claims) == ("another value", ("s0",), ("h0",))


def test_the_order_of_facts_changes_nothing() -> None:
    story = facts("ship commander ada; ship launch 1968; ship anomaly spin", "s")
    history = facts("SHIP commander BOB; SHIP launch 1967; SHIP anomaly spin", "h")
    one = list(compare(story, history, KNOWN, SINGLE.__contains__))
    assert list(compare(story[::-1], history[::-1], KNOWN, SINGLE.__contains__)) == one
