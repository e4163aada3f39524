"""What changed, told by content: in words, as a patch that really leads from one state to the other, as a page."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import html as page

from kg.export import report, rows
from kg.export.claims import Labels, claims
from kg.export.diff import counts, difference, patch
from kg.export.rows import Row
from kg.export.words import kind, remark, sentence
from kg.vocab import FORCE, PH, RANK, RDFS, Iri, Literal, Quad
from tests import export_shapes as shapes
from tests.test_export_cli import kg

QUADS = shapes.guide()
ROWS = list(rows(QUADS))
LABELS = Labels(ROWS)


def iri(path: str) -> Iri:
    return Iri(shapes.BASE + path)


def without(*graphs: str) -> list[Row]:
    gone = {iri(name) for name in graphs}
    return list(rows(quad for quad in QUADS if quad.graph not in gone and quad.subject not in gone))


def lines(before: list[Row], after: list[Row]) -> list[str]:
    return "".join(report.text(difference(before, after), LABELS)).splitlines()


SENTENCES = {
    "claim/02credit": "The Second Light author Sam Oda; Sam Oda is credited as writer of The Second Light",
    "claim/03keeper": "Jo Park plays The Keeper (voice) in The Second Light",
    "claim/05story": "Beacon 2 commander Ada Byrne",
    "claim/06story-not": "Beacon 2 not had anomaly fire",
    "claim/10verdict": "Beacon 2, had anomaly: contradicted, says the editors",
}


@pytest.mark.parametrize(("name", "words"), SENTENCES.items())
def test_a_claim_in_words(name: str, words: str) -> None:
    found = {claim.iri: claim for claim in claims(ROWS)}[iri(name)]
    assert sentence(found, LABELS) == words


def test_a_claim_knows_its_words_and_their_place() -> None:
    found = {claim.iri: claim for claim in claims(ROWS)}
    (evidence,) = found[iri("claim/05story")].evidence
    assert (evidence.quote, evidence.start, evidence.end) == ("Ada Byrne flies Beacon 2.", 78, 103)
    assert (evidence.source_label, evidence.free) == ("Lantern: The Second Light", True)
    assert found[iri("claim/07history")].evidence[0].source == iri("source/almanac")
    assert remark(found[iri("claim/08said")], LABELS) == "said by The Keeper"
    assert kind(found[iri("claim/10verdict")]) == "contradicted"


def test_equal_states_do_not_differ() -> None:
    found = difference(ROWS, list(reversed(ROWS)))
    assert found.same
    assert found.before == found.after


def test_what_was_added_is_counted_in_words() -> None:
    found = difference(without("claim/10verdict"), ROWS)
    assert counts(found, LABELS) == ["+1 contradicted claim about Beacon 2"]
    assert lines(without("claim/10verdict"), ROWS)[0].startswith(
        "+ Beacon 2, had anomaly: contradicted, says the editors"
    )


def test_another_value_is_a_change_and_not_two() -> None:
    after = list(
        rows(q._replace(object=iri("person/sam-oda")) if q.graph == iri("claim/05story") else q for q in QUADS)
    )
    moved = [tuple(t.replace("claim/05story", "claim/05other") for t in row) for row in after]
    first, second = lines(ROWS, [row for row in moved if len(row) == 4])[:2]
    assert first == "~ Beacon 2 commander Ada Byrne (Lantern (story))"
    assert second == "  → Beacon 2 commander Sam Oda (Lantern (story))"


def test_another_force_of_the_same_claim_is_told() -> None:
    target = (iri("claim/04depicts"), PH.force)
    after = list(rows(q._replace(object=FORCE.stated) if q[:2] == target else q for q in QUADS))
    assert lines(ROWS, after)[:2] == [
        "~ Ada Byrne depicts Ada Byrne (actual world, proposed)",
        "  → Ada Byrne depicts Ada Byrne (actual world)",
    ]


def test_what_is_said_of_a_claim_is_told_apart_from_what_it_says() -> None:
    extra = Quad(iri("claim/05story"), PH.rank, RANK.preferred, iri("catalogue"))
    assert lines(ROWS, list(rows([*QUADS, extra])))[:2] == [
        "~ Beacon 2 commander Ada Byrne (Lantern (story))",
        "    + rank preferred",
    ]


def test_a_text_that_grew_at_its_top_changes_no_claim() -> None:
    moved = []
    for quad in QUADS:
        shifted = [Iri(t.replace("aa.txt", "cc.txt")) if isinstance(t, Iri) else t for t in quad]
        quad = Quad(*shifted)  # type: ignore[arg-type]
        if quad.predicate in (PH.start, PH.end) and isinstance(quad.object, Literal):
            quad = quad._replace(object=replace(quad.object, value=str(int(quad.object.value) + 5)))
        moved.append(quad)
    assert difference(ROWS, list(rows(moved))).same


def test_a_new_label_is_a_statement_outside_claims() -> None:
    extra = Quad(iri("place/moon"), RDFS.label, Literal("Lune", language="fr"), iri("background"))
    found = difference(ROWS, list(rows([*QUADS, extra])))
    assert (len(found.facts_added), len(found.facts_removed), found.changes) == (1, 0, ())


@settings(max_examples=60, deadline=None)
@given(before=shapes.datasets, after=shapes.datasets)
def test_a_patch_leads_from_one_to_the_other(before: list[Quad], after: list[Quad]) -> None:
    state = {" ".join(filter(None, row)) for row in rows(before)}
    for line in "".join(patch(rows(before), rows(after))).split("\n"):
        sign, _, rest = line.partition(" ")
        if sign == "D":
            state.remove(rest.removesuffix(" ."))
        elif sign == "A":
            state.add(rest.removesuffix(" ."))
    assert state == {" ".join(filter(None, row)) for row in rows(after)}


def test_the_page_escapes_what_it_shows() -> None:
    trap = Labels(rows([Quad(iri("person/sam-oda"), RDFS.label, Literal("<script>x</script>"), iri("background"))]))
    found = difference(without("claim/02credit"), ROWS)
    text = "".join(report.html(found, trap))
    assert not page.fromstring(text.encode()).findall(".//script")
    assert "&lt;script&gt;" in text


def test_two_builds_on_the_command_line(tmp_path: Path) -> None:
    old = shapes.built(tmp_path / "old", (q for q in QUADS if "10verdict" not in f"{q.subject}{q.graph}"))
    new = shapes.built(tmp_path / "new", QUADS)
    answer = kg(new, "diff", str(old), str(new), "--exit-code")
    assert answer.returncode == 1
    assert "+1 contradicted claim about Beacon 2\n" in answer.stdout
    assert kg(new, "diff", str(new), str(new), "--exit-code").returncode == 0


def test_an_export_under_git_is_compared_by_revision(tmp_path: Path) -> None:
    builds, file = shapes.built(tmp_path / "builds", QUADS), tmp_path / "guide.trig"
    file.write_bytes(shapes.GUIDE.read_bytes())
    for command in ("init -q", "add guide.trig", "-c user.name=a -c user.email=a@b.c commit -qm one"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    text = file.read_text(encoding="utf-8").replace(
        "<claim/05story> { <lantern/mission/beacon-2> ph:commander",
        "<claim/05story> { <lantern/mission/beacon-2> ph:pilot",
    )
    file.write_text(text, encoding="utf-8")
    answer = kg(builds, "diff", "HEAD:guide.trig", "guide.trig", cwd=tmp_path)
    assert answer.stdout.startswith("~ Beacon 2 commander Ada Byrne (Lantern (story))\n"), answer.stderr


@pytest.mark.parametrize("named", ["nothing", "HEAD:x.zip", "--upload-pack=x:y.ttl"])
def test_what_names_nothing_is_refused(tmp_path: Path, named: str) -> None:
    builds = shapes.built(tmp_path, QUADS)
    answer = kg(builds, "diff", "--", named, str(builds))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
