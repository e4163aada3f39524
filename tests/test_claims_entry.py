"""What an entry gives to the graph, kind by kind."""

from dataclasses import replace

import pytest

from kg.claims import Claimed, Identity, Scene, entry_claims, merged, settled
from kg.claims.identity import read as read_identity
from kg.errors import InputError
from kg.iris import Names
from kg.model import CastItem, Credit, Depiction, Document, Entry, KnownName, Life, Mention, Span, Words
from kg.vocab import FORCE, PH, PROV, RDF, SCHEMA, Iri, Term, edtf

NAMES = Names("https://example.org/id/")
TEXT = (
    "Comet: Ann Pell (Ivo), Bo Lind (Guard), Ann Pell (voice of Zed). Ivo Marr (1901-1960) flew. Written by Ann Pell."
)


def words(text: str) -> Words:
    start = TEXT.index(text)
    return Words(text, (Span(start, start + len(text)),))


def item(performer: str, role: str, *qualifiers: str, credited: str = "") -> CastItem:
    who, what = words(performer), words(role)
    return CastItem(who, (what,), credited or role, qualifiers, "Cast", Span(who.span.start, what.span.end))


ENTRY = Entry("comet.txt", Span(0, len(TEXT)), series="Comet", season=1, number=2, title=words("Comet"))


def gives(entry: Entry, stem: str = "comet", identity: Identity | None = None) -> Claimed:
    document, universe = Document("comet.txt", TEXT), entry.series or "unknown series"
    return entry_claims(Scene(NAMES, document, entry, stem, universe, identity=identity or Identity()))


def said(found: Claimed, predicate: Iri) -> list[Term]:
    return [triple.object for claim in found.claims for triple in claim.statements if triple.predicate == predicate]


def iri(path: str) -> Iri:
    return Iri(NAMES.base + path)


def test_an_episode_has_its_place_in_season_and_series() -> None:
    found = gives(ENTRY)
    assert said(found, SCHEMA.partOfSeason) == [iri("comet/season/1")]
    assert {claim.statements[0].subject for claim in found.claims} == {iri("comet/episode/s1e02")}


def test_an_episode_without_numbers_is_named_after_its_source() -> None:
    found = gives(replace(ENTRY, number=None), stem="season-1/Late Comet")
    assert iri("comet/episode/late-comet") in {node.iri for node in found.nodes}


def test_a_performance_says_who_plays_whom_and_how() -> None:
    found = gives(replace(ENTRY, cast=(item("Ann Pell", "Zed", "voice", credited="voice of Zed"),)))
    assert said(found, PH.character) == [iri("comet/character/zed")]
    assert said(found, PH.manner) == [iri("x").replace(iri("x"), "https://w3id.org/porthole/manner/voice")]
    assert said(found, PH.inEpisode) == [iri("comet/episode/s1e02")]


def test_the_same_item_twice_is_two_performances() -> None:
    found = gives(replace(ENTRY, cast=(item("Ann Pell", "Ivo"), item("Ann Pell", "Ivo"))))
    performances = {t.subject for claim in found.claims for t in claim.statements if t.object == PH.Performance}
    stem = iri("comet/episode/s1e02/performance/ann-pell-as-ivo")
    assert performances == {stem, Iri(stem + "-2")}


def test_an_unnamed_role_belongs_to_its_episode() -> None:
    found = gives(replace(ENTRY, cast=(item("Bo Lind", "Guard"),)))
    assert said(found, PH.character) == [iri("comet/character/s1e02/guard")]


def test_a_hedge_on_the_cast_hedges_the_episode_and_leaves_who_plays_whom() -> None:
    hedge = Span(0, 5)
    found = gives(replace(ENTRY, cast=(item("Ann Pell", "Ivo"),), cast_hedge=hedge))
    forces = {t.predicate: claim.force for claim in found.claims for t in claim.statements}
    assert (forces[PH.performer], forces[PH.inEpisode]) == (FORCE.stated, FORCE.hedged)
    (hedged,) = (claim for claim in found.claims if claim.force == FORCE.hedged)
    assert [str(value).endswith("#char=0,5") for predicate, value in hedged.about if predicate == PH.hedge] == [True]


def test_a_credit_names_the_job_and_the_episode_its_author() -> None:
    credit = Credit("writer", "written by", (words("Ann Pell"),), None, Span(90, 100))
    found = gives(replace(ENTRY, credits=(credit,)))
    assert said(found, SCHEMA.author) == said(found, PH.creditedAgent) == [iri("person/ann-pell")]


def test_spellings_are_merged_by_the_reviewed_table_and_kept_as_aliases() -> None:
    table = read_identity("name\tentry\tperson\nAnn Pell\t\tAnne Pell\n", "identity.tsv")
    found = gives(replace(ENTRY, cast=(item("Ann Pell", "Ivo"),)), identity=table)
    assert said(found, PH.performer) == [iri("person/anne-pell")]
    assert [str(it.value) for it in said(found, SCHEMA.alternateName) if not isinstance(it, Iri)] == ["Ann Pell"]  # type: ignore[union-attr]


def test_namesakes_are_split_by_entry() -> None:
    table = read_identity("name\tentry\tperson\nAnn Pell\tcomet\tAnn Pell (II)\n", "identity.tsv")
    entry = replace(ENTRY, cast=(item("Ann Pell", "Ivo"),))
    here, elsewhere = (said(gives(entry, stem, table), PH.performer) for stem in ("comet", "other"))
    assert here != elsewhere


@pytest.mark.parametrize("table", ["a\tb\n", "name\tentry\tperson\nAnn\n", "name\tentry\tperson\nA\t\tB\nA\t\tC\n"])
def test_a_damaged_table_is_refused_with_its_line(table: str) -> None:
    with pytest.raises(InputError, match=r"identity\.tsv:\d"):
        read_identity(table, "identity.tsv")


LIFE = Life("Ivo Marr", "1901", "1960", "notes", (words("Ivo Marr (1901-1960)").span,))
FIGURE = KnownName("Ivo Marr", "person")


def test_a_life_gives_two_dates_of_a_historical_figure() -> None:
    found = gives(replace(ENTRY, lives=(LIFE,)))
    assert said(found, PH.birth) + said(found, PH.death) == [edtf("1901"), edtf("1960")]
    kinds = {kind for node in found.nodes if node.label == "Ivo Marr" for kind in node.kinds}
    assert kinds == {SCHEMA.Person, PH.HistoricalFigure}


def test_a_depiction_is_only_proposed_and_says_why() -> None:
    depiction = Depiction("Ivo Marr", FIGURE, "the same name, and the notes give years of life", LIFE.spans)
    (claim,) = (it for it in gives(replace(ENTRY, depictions=(depiction,))).claims if it.force == FORCE.proposed)
    assert [t.predicate for t in claim.statements] == [PH.depicts]
    assert {predicate for predicate, _ in claim.about} == {PROV.wasAttributedTo, PH.note}


@pytest.mark.parametrize(("force", "negated"), [(FORCE.stated, False), (FORCE.rejected, False)])
def test_a_decided_depiction_is_not_proposed_again(force: Iri, negated: bool) -> None:
    depiction = Depiction("Ivo Marr", FIGURE, "the same name", LIFE.spans)
    claims = gives(replace(ENTRY, depictions=(depiction,))).claims
    proposal = next(it for it in claims if it.force == FORCE.proposed)
    decision = replace(proposal, force=force, negated=negated)
    assert FORCE.proposed not in {it.force for it in settled([*claims, decision])}


def test_a_name_in_the_synopsis_means_the_character_and_in_the_notes_the_man() -> None:
    told = (
        Mention(FIGURE, "synopsis", (Span(0, 5),)),
        Mention(KnownName("Ivo Marr", "character"), "synopsis", (Span(0, 5),)),
    )
    noted = Mention(FIGURE, "notes", LIFE.spans)
    entry = replace(
        ENTRY, cast=(CastItem(words("Ann Pell"), (words("Ivo Marr"),), "Ivo Marr", (), "Cast", Span(7, 20)),)
    )
    assert said(gives(replace(entry, mentions=told)), PH.mentions) == [iri("comet/character/ivo-marr")]
    assert said(gives(replace(entry, mentions=(noted,))), PH.mentions) == [iri("person/ivo-marr")]


def test_the_words_of_every_span_are_those_of_the_text() -> None:
    found = gives(replace(ENTRY, cast=(item("Ann Pell", "Ivo"),), lives=(LIFE,)))
    spans: dict[Iri, dict[Iri, str]] = {}
    for quad in found.anchors:
        if "#char=" in quad.subject and not isinstance(quad.object, Iri):
            spans.setdefault(Iri(quad.subject), {})[quad.predicate] = quad.object.value  # type: ignore[union-attr]
    assert spans
    assert all(it[PH.quote] == TEXT[int(it[PH.start]) : int(it[PH.end])] for it in spans.values())


def test_two_entries_with_the_same_words_share_no_claim_and_an_edit_leaves_the_other_alone() -> None:
    entry = replace(ENTRY, cast=(item("Ann Pell", "Ivo"),))
    one, other = (set(merged(gives(entry, stem).claims, NAMES)) for stem in ("one", "two"))
    edited = set(merged(gives(replace(entry, cast=(item("Bo Lind", "Ivo"),)), "one").claims, NAMES))
    assert not one & other
    assert one != edited


def test_every_node_of_a_claim_is_known_in_the_background() -> None:
    found = gives(replace(ENTRY, cast=(item("Ann Pell", "Ivo"),), lives=(LIFE,)))
    known = {node.iri for node in found.nodes}
    made = {t.subject for claim in found.claims for t in claim.statements if t.predicate == RDF.type}
    named = {t.object for claim in found.claims for t in claim.statements if str(t.object).startswith(NAMES.base)}
    assert named - made <= known
