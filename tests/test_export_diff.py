"""What changed, told by content: in words, as a patch that really leads from one state to the other, as a page."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from lxml import html as page

from kg.export import report, rows, write
from kg.export.claims import Labels, claims
from kg.export.diff import difference, patch
from kg.export.rows import Row
from kg.export.words import kind, remark, sentence
from kg.vocab import FORCE, PH, PROV, RANK, RDFS, VERDICT, Iri, Literal, Quad, Term
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
    assert report.counts(found, LABELS) == ["+1 contradicted claim about Beacon 2"]
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


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=40, deadline=None)
@given(before=shapes.datasets, after=shapes.datasets)
def test_rdflib_applies_a_patch(before: list[Quad], after: list[Quad]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rdflib, "NORMALIZE_LITERALS", False)
        state = rdflib.Dataset()
        state.parse(data="".join(write(before, "nquads", {})), format="nquads")
        state.parse(data="".join(patch(rows(before), rows(after))), format="patch")
        wanted = shapes.read_rdflib("".join(write(after, "nquads", {})), "nquads")
        assert shapes.quads_of(state) == wanted


def changed(edit: dict[tuple[Iri, Iri], Term]) -> list[Row]:
    return list(rows(quad._replace(object=edit.get(quad[:2], quad.object)) for quad in QUADS))


def test_another_hedge_is_a_change_and_its_place_is_none() -> None:
    hedge, place = (iri("claim/09hedged"), PH.hedge), iri("source/closed/page/bb.txt#char=0,10")
    about = Quad(place, PH.quote, Literal("Some say"), iri("anchors/x"))
    known = [*QUADS, about, Quad(place, PH.inText, iri("source/closed/page/bb.txt"), iri("anchors/x"))]
    moved = [Quad(*(Iri(it.replace("=0,10", "=5,15")) if isinstance(it, Iri) else it for it in q)) for q in known]
    other = [quad._replace(object=Literal("Perhaps")) if quad == about else quad for quad in known]
    assert hedge in {quad[:2] for quad in known}
    assert difference(list(rows(known)), list(rows(moved))).same
    assert lines(list(rows(known)), list(rows(other)))[1:3] == ["    - hedge “Some say”", "    + hedge “Perhaps”"]


def test_another_verdict_is_a_change() -> None:
    verdicts = [quad for quad in QUADS if quad.predicate == PH.verdict]
    found = difference(ROWS, changed({quad[:2]: VERDICT.accurate for quad in verdicts}))
    assert [change.sign for change in found.changes] == ["~"]
    assert report.counts(found, LABELS) == ["~1 accurate claim about Beacon 2"]


def test_of_several_the_likest_are_one_that_changed() -> None:
    def crew(name: str, *people: str) -> list[Quad]:
        claim, mission = iri(f"claim/{name}"), iri("lantern/mission/beacon-2")
        said = [Quad(mission, PH.crewMember, iri(f"person/{it}"), claim) for it in people]
        return [*said, Quad(claim, PH.assertedIn, iri("world/lantern"), iri("catalogue"))]

    before = [*crew("1", "ada", "bo"), *crew("2", "cy", "di")]
    after = [*crew("3", "ada", "eve"), *crew("4", "fay", "di")]
    found = difference(list(rows(before)), list(rows(after)))
    pairs = {
        (change.before.iri[-1], change.after.iri[-1]) for change in found.changes if change.before and change.after
    }
    assert pairs == {("1", "3"), ("2", "4")}


def test_the_history_of_a_claim_is_no_content() -> None:
    extra = Quad(iri("claim/05story"), PROV.wasRevisionOf, iri("claim/older"), iri("catalogue"))
    assert difference(ROWS, list(rows([*QUADS, extra]))).same


def test_json_says_the_same_as_the_words() -> None:
    found = difference(without("claim/10verdict"), ROWS)
    told = json.loads("".join(report.as_json(found, LABELS)))
    assert (told["same"], told["summary"]) == (False, report.summary(found))
    assert [(it["change"], it["kind"], it["label"], it["number"]) for it in told["counts"]] == [
        ("added", "contradicted", "Beacon 2", 1)
    ]
    assert told["changes"][0]["before"] is None
    assert told["changes"][0]["after"]["words"] == SENTENCES["claim/10verdict"]


def test_a_summary_counts_everything() -> None:
    extra = Quad(iri("place/moon"), RDFS.label, Literal("Lune", language="fr"), iri("background"))
    found = difference(without("claim/10verdict"), list(rows([*QUADS, extra])))
    assert report.summary(found).startswith("claims: 1 added; statements outside claims: ")
    assert "+ Moon label “Lune” (background)\n" in "".join(report.text(found, LABELS))


def test_the_page_escapes_what_it_shows() -> None:
    trap = Labels(rows([Quad(iri("person/sam-oda"), RDFS.label, Literal("<script>x</script>"), iri("background"))]))
    found = difference(without("claim/02credit"), ROWS)
    text = "".join(report.html(found, trap))
    assert not page.fromstring(text.encode()).findall(".//script")
    assert "&lt;script&gt;" in text


def test_two_builds_on_the_command_line(tmp_path: Path) -> None:
    old = shapes.built(tmp_path / "old", (q for q in QUADS if "10verdict" not in f"{q.subject}{q.graph}"))
    new = shapes.built(tmp_path / "new", QUADS)
    answer = kg(new, "diff", str(old), str(new))
    assert answer.returncode == 1
    assert "+1 contradicted claim about Beacon 2\n" in answer.stdout
    assert kg(new, "diff", str(new), str(new)).returncode == 0


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
