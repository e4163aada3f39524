"""What an editor's lines become: nodes on the right side, force, time, verdicts, depictions."""

import pytest

from kg.claims import Claim, Claimed, Scene, directory, merged, statement_claims
from kg.iris import Names
from kg.model import Document, Entry, Paragraph, Span
from kg.resources import shared
from kg.statements import read
from kg.store.embedded import read_file
from kg.terms import Vocabulary, vocabulary
from kg.vocab import CDT, FORCE, OWL, PH, PROV, VERDICT, Iri, Literal, Term, edtf

NAMES = Names("https://example.org/id/")
TEXT = """Ivo commands the Comet, which leaves in 2051. He says that the Star got there first. His wife Ada pays for it.

Ivo Marr was real. The Comet of 1931 lost its wing. The wing is seen whole, which is wrong. It is said to be sad.
"""
HEAD = """entry: comet.txt
by: the editors

# Things
- Ivo Marr | is a | person
- Ada | is a | person
- Comet | is a | craft
- Star | is a | mission
- Mars | is a | planet
- wing lost | is a | anomaly

"""


@pytest.fixture(scope="module")
def terms() -> Vocabulary:
    files = (shared("ontology", name) for name in ("porthole.ttl", "concepts.ttl"))
    return vocabulary(quad.triple for path in files for quad in read_file(path))


def gives(lines: str, terms: Vocabulary) -> Claimed:
    document = Document("comet.txt", TEXT)
    notes = (Paragraph(TEXT[112:], Span(112, len(TEXT))),)
    entry = Entry("comet.txt", Span(0, len(TEXT)), series="Saga", notes=notes)
    file = read("comet.claims.md", HEAD + lines, document)
    assert not [it for it in file.diagnostics if it.severity == "error"]
    scene = Scene(NAMES, document, entry, "comet", "Saga")
    return statement_claims(directory(scene, [file], terms), file, terms)


def only(found: Claimed) -> Claim:
    assert not found.diagnostics
    (claim,) = found.claims
    return claim


def iri(path: str) -> Iri:
    return Iri(NAMES.base + path)


def about(claim: Claim) -> dict[Iri, Term]:
    return dict(claim.about)


STORY = "# Story\n> Ivo commands the Comet\n"
HISTORY = "# History\n> The Comet of 1931 lost its wing\n"


def test_a_story_statement_holds_in_the_story_between_things_of_the_story(terms: Vocabulary) -> None:
    claim = only(gives(STORY + "- Comet | commander | Ivo Marr\n", terms))
    assert claim.world == iri("world/saga")
    assert claim.statements == ((iri("saga/craft/comet"), PH.commander, iri("saga/character/ivo-marr")),)


def test_a_history_statement_holds_in_the_actual_world(terms: Vocabulary) -> None:
    claim = only(gives(HISTORY + "- Comet | commander | Ivo Marr\n", terms))
    assert claim.world == iri("world/actual")
    assert claim.statements == ((iri("craft/comet"), PH.commander, iri("person/ivo-marr")),)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Comet | launch | 2051~", edtf("2051~")),
        ("Comet | travel time | 3 weeks", Literal("3 wk", CDT.ucum)),
        ("Comet | destination | Mars", iri("place/mars")),
        ("Comet | had anomaly | wing lost", iri("anomaly/wing-lost")),
        ('Ivo Marr | occupation | "pilote"@fr', Literal("pilote", language="fr")),
    ],
)
def test_values_are_terms_of_the_right_kind(line: str, value: Term, terms: Vocabulary) -> None:
    assert only(gives(f"{STORY}- {line}\n", terms)).statements[0].object == value


def test_a_negative_statement_is_a_negative_assertion_with_a_name(terms: Vocabulary) -> None:
    claim = only(gives(STORY + "- Comet | not had anomaly | wing lost\n", terms))
    assert claim.negated
    assert claim.denied() == ((iri("saga/craft/comet"), PH.hadAnomaly, iri("anomaly/wing-lost")),)
    assert claim.statements[0].object == OWL.NegativePropertyAssertion
    assert claim.statements[0].subject.startswith(iri("saga/negative/"))


def test_what_a_speaker_tells_is_said_and_not_stated(terms: Vocabulary) -> None:
    claim = only(
        gives(
            "# Story\n> He says that the Star got there first\n- Star | destination | Mars\n  told by: Ivo Marr\n",
            terms,
        )
    )
    assert claim.force == FORCE.said
    assert about(claim)[PH.saidBy] == iri("saga/character/ivo-marr")


def test_a_hedge_points_to_its_own_words(terms: Vocabulary) -> None:
    lines = '# Making\n> It is said to be sad\n- Saga | described as | "sad"\n  hedge: It is said to be\n'
    claim = only(gives(lines, terms))
    assert claim.force == FORCE.hedged
    assert str(about(claim)[PH.hedge]).endswith(f"#char={TEXT.index('It is said')},{TEXT.index(' sad.')}")


def test_times_from_an_event_stay_offsets(terms: Vocabulary) -> None:
    lines = STORY + "- Comet | destination | Mars\n  when: 24 hours before landing of Comet\n"
    said = about(only(gives(lines, terms)))
    assert said[PH.offset] == Literal("24 h", CDT.ucum)
    assert said[PH.offsetFrom] == iri("saga/event/landing-of-comet")
    assert not any(isinstance(value, Literal) and value.datatype == edtf("").datatype for value in said.values())


def test_a_name_on_both_sides_depicts(terms: Vocabulary) -> None:
    found = gives(STORY + "- Comet | destination | Mars\n\n" + HISTORY + "- Comet | launch | 1931\n", terms)
    depicts = [t for claim in found.claims for t in claim.statements if t.predicate == PH.depicts]
    assert depicts == [(iri("saga/craft/comet"), PH.depicts, iri("craft/comet"))]
    assert {claim.world for claim in found.claims if claim.statements[0] in depicts} == {iri("world/actual")}


def test_a_depiction_can_be_rejected(terms: Vocabulary) -> None:
    claim = only(gives("# History\n> Ivo Marr was real\n- Ivo Marr | not depicts | Ivo Marr\n", terms))
    assert claim.force == FORCE.rejected


WING = HISTORY + "- Comet | had anomaly | wing lost ^wing\n\n"


@pytest.mark.parametrize(
    ("lines", "judge"),
    [
        ("> The wing is seen whole, which is wrong\n- story: Comet | not had anomaly | wing lost\n", "source/comet"),
        ("# Story\n> Ivo commands the Comet\n- Comet | not had anomaly | wing lost\n", "agent/the-editors"),
        ("> seen whole [@film]\n- story: Comet | not had anomaly | wing lost\n", "source/film"),
        ("> The wing is seen whole\n- story: Comet | not had anomaly | wing lost\n  judged by: Ada\n", "agent/ada"),
    ],
)
def test_a_verdict_has_the_judge_whose_words_it_is(lines: str, judge: str, terms: Vocabulary) -> None:
    found = gives(WING + lines + "  verdict: contradicted\n  against: ^wing\n", terms)
    (judged,) = (claim for claim in found.claims if claim.statements[0].object == PH.Assessment)
    said = {t.predicate: t.object for t in judged.statements}
    assert (said[PH.judge], said[PH.verdict]) == (iri(judge), VERDICT.contradicted)
    sides = merged(found.claims, NAMES)
    assert sides[Iri(str(said[PH.storyClaim]))].world == iri("world/saga")
    assert sides[Iri(str(said[PH.actualClaim]))].world == iri("world/actual")


def test_an_outside_source_is_the_source_of_its_statement_and_its_words_are_kept(terms: Vocabulary) -> None:
    found = gives("# History\n> Flown by Marr. [@atlas p. 3]\n- Comet | commander | Ivo Marr\n", terms)
    claim = only(found)
    assert claim.source == iri("source/atlas")
    assert about(claim)[PH.locator] == Literal("p. 3")
    words = {quad.object for quad in found.anchors if quad.subject == claim.evidence[0] and quad.predicate == PH.quote}
    assert words == {Literal("Flown by Marr.")}


def test_the_editor_is_the_recorder(terms: Vocabulary) -> None:
    assert about(only(gives(STORY + "- Comet | destination | Mars\n", terms)))[PROV.wasAttributedTo] == iri(
        "agent/the-editors"
    )


def test_a_background_thing_is_no_subject_of_a_story(terms: Vocabulary) -> None:
    found = gives(STORY + '- Mars | described as | "red"\n', terms)
    assert not found.claims
    assert "belongs to no story" in found.diagnostics[0].message


def test_a_name_that_means_nothing_on_this_side_is_an_error_with_its_line(terms: Vocabulary) -> None:
    found = gives(HISTORY + "- Comet | commander | Bo\n", terms)
    assert (found.diagnostics[0].line, "Bo" in found.diagnostics[0].message) == (14, True)
