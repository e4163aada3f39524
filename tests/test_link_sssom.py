"""The link file: SSSOM read, checked, written and merged without losing a decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.iris import Names
from kg.link import Mapping, merge
from kg.link.review import decided, replaced, undecided, waiting
from kg.link.sssom import read, write
from kg.vocab import SKOS, WD, Iri

NAMES = Names()
EDITOR = NAMES.agent("An Editor")
PROPOSED = Mapping(NAMES.person("Ada"), WD.Q7259, subject_label="Ada", object_label="Ada Lovelace", confidence=0.97)
ACCEPTED = decided(PROPOSED, EDITOR, "2026-11-22", accept=True)
REJECTED = decided(replace(PROPOSED, object=WD.Q1), EDITOR, "2026-11-22", accept=False)


def test_what_is_written_is_read_back() -> None:
    mappings = (REJECTED, ACCEPTED, replace(PROPOSED, subject=NAMES.thing("mission", "Soyuz “1”"), comment='a "b"\tc'))
    found = [replace(mapping, line=0) for mapping in read(write(mappings))]
    assert {mapping.key for mapping in found} == {mapping.key for mapping in mappings}
    assert {mapping.decision for mapping in found} == {"accepted", "rejected", "proposed"}
    assert 'a "b" c' in {mapping.comment for mapping in found}


def test_the_same_links_are_the_same_text() -> None:
    assert write([ACCEPTED, REJECTED]) == write([REJECTED, ACCEPTED])
    assert write(read(write([ACCEPTED, REJECTED]))) == write([ACCEPTED, REJECTED])


def test_an_empty_file_holds_no_links() -> None:
    assert read("") == read(write([])) == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\t1.0\t", "\t0.5\t", "write 1 to accept"),
        ("\t1.0\t", "\t\t", "without reviewer_agreement"),
        ("id:agent/an-editor\t", "\t", "without reviewer_id"),
        ("2026-11-22", "", "without review_date"),
        ("2026-11-22", "22.11.2026", "review_date"),
        ("\t0.97\t", "\t97\t", "confidence"),
        ("wd:Q7259", "zz:Q7259", "no prefix"),
        ("skos:exactMatch", "owl:sameAs", "no SKOS mapping property"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_with_its_line(old: str, new: str, problem: str) -> None:
    text = write([ACCEPTED])
    with pytest.raises(InputError, match=problem) as caught:
        read(text.replace(old, new), "links.sssom.tsv")
    assert caught.value.line == len(text.splitlines())
    assert caught.value.column is not None
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "problem"),
    [("\tx\ty\n", ":13:.*more cells"), ("\n\n{}\n", ":15:.*line 13 once more"), ('"\n\n{}', ":13:.*quotation mark")],
)
def test_a_line_too_long_or_twice_is_refused(more: str, problem: str) -> None:
    text = write([ACCEPTED])
    last = text.splitlines()[-1]
    with pytest.raises(InputError, match=problem):
        read(text[:-1] + more.format(last))


@pytest.mark.parametrize("text", ["hello", "#x: [", "a\tb\nc\td\n", "\x00", "#" * 1000])
def test_text_that_is_no_sssom_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert "\n" not in str(caught.value)


def test_a_node_of_another_base_is_refused() -> None:
    with pytest.raises(InputError, match="under no prefix"):
        write([replace(PROPOSED, subject=Iri("https://example.org/x"))])


def test_a_new_run_keeps_every_decision() -> None:
    again = (replace(PROPOSED, confidence=0.5), replace(PROPOSED, object=WD.Q1, confidence=0.9))
    assert {mapping.key: mapping.decision for mapping in merge([ACCEPTED, REJECTED], again)} == {
        ACCEPTED.key: "accepted",
        REJECTED.key: "rejected",
    }


def test_a_new_run_renews_proposals_and_adds_new_ones() -> None:
    renewed, other = replace(PROPOSED, confidence=0.99), replace(PROPOSED, subject=NAMES.person("Eve"))
    assert {mapping.confidence for mapping in merge([PROPOSED], [renewed, other])} == {0.99, 0.97}


def test_a_rejected_item_is_not_proposed_again_but_another_may_be() -> None:
    other = replace(PROPOSED, object=WD.Q2)
    assert len(merge([REJECTED], [replace(PROPOSED, object=WD.Q1), other])) == 2


def test_review_starts_with_the_surest() -> None:
    sure, unsure = PROPOSED, replace(PROPOSED, subject=NAMES.person("Eve"), confidence=0.8)
    assert waiting([unsure, ACCEPTED, sure]) == (sure, unsure)


def test_a_decision_takes_its_proposals_place() -> None:
    assert replaced([PROPOSED], ACCEPTED, EDITOR) == replaced([], ACCEPTED, EDITOR) == (ACCEPTED,)
    assert (ACCEPTED.agreement, ACCEPTED.reviewers, ACCEPTED.review_date) == (1.0, (EDITOR,), "2026-11-22")


def test_a_decision_is_undone_but_never_anothers() -> None:
    assert undecided(ACCEPTED) == PROPOSED
    assert replaced([ACCEPTED], PROPOSED, EDITOR) == (PROPOSED,)
    assert replaced([ACCEPTED], decided(PROPOSED, NAMES.agent("B"), "2026-11-23", accept=False), NAMES.agent("B")) == (
        ACCEPTED,
    )


def test_two_relations_of_one_pair_are_two_decisions() -> None:
    close = replace(REJECTED, predicate=SKOS.closeMatch, object=ACCEPTED.object)
    assert {link.predicate: link.decision for link in merge([ACCEPTED, close], [PROPOSED])} == {
        SKOS.exactMatch: "accepted",
        SKOS.closeMatch: "rejected",
    }


def test_what_else_a_file_says_is_kept() -> None:
    text = write([ACCEPTED], earlier="#mapping_set_title: Mine\n#curie_map:\n#  x: https://x.example/\nsubject_id\n")
    text = text.replace("\tcomment\n", "\tcomment\tauthor_label\n").rstrip("\n") + "\tAda|Eve\n"
    again = write([*read(text), REJECTED], earlier=text.replace("\n", "\r\n"))
    assert "#mapping_set_title: Mine" in again
    assert "#  x: https://x.example/" in again
    assert "\tAda|Eve\n" in again
    assert write(read(again), earlier=again) == again


def test_a_column_that_would_be_lost_is_refused() -> None:
    text = write([ACCEPTED]).replace("\tcomment\n", "\tmy note\n")
    with pytest.raises(InputError, match="“my note” is no column of SSSOM"):
        write(read(text), earlier=text)


def test_links_of_another_service_have_a_prefix_of_their_own() -> None:
    other = replace(ACCEPTED, object=Iri("https://d-nb.info/gnd/118"))
    text = write([ACCEPTED, other])
    assert "\tns1:118\t" in text
    assert [link.object for link in read(text)] == [ACCEPTED.object, other.object]
    assert len(merge([ACCEPTED], [replace(other, agreement=None)])) == 2


def test_the_bundled_links_are_whole() -> None:
    from kg.project import Project

    path = Project.bundled().links()
    assert path is not None
    found = read(Path(path).read_text(encoding="utf-8"), path.name)
    assert found
    assert all(mapping.predicate != SKOS.exactMatch for mapping in found if "/character/" in mapping.subject)
