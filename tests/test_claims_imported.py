"""What becomes of statements from elsewhere: matched, converted, left out with a reason."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kg.build.imports import changes
from kg.build.ontology import terms as ontology
from kg.claims.foreign.alignment import Terms, terms
from kg.claims.foreign.conversion import converted, duration
from kg.claims.foreign.imported import Imported, imported
from kg.claims.foreign.importing import Importing
from kg.claims.identity import Identity
from kg.claims.values import UnreadableError
from kg.foreign import Foreign
from kg.imports.rdf import of_quads
from kg.iris import Names
from kg.project import Project
from kg.store.embedded import read_file, read_placed
from kg.vocab import EDTF, JOB, PH, PREFIXES, RDF, SCHEMA, WD, XSD, Iri, Literal, Triple, edtf, integer

NAMES = Names("https://guide.example/id/")
HEAD = "".join(f"PREFIX {name}: <{stem}>\n" for name, stem in PREFIXES.items())
HEAD += "PREFIX e: <https://e.example/>\nPREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
START = HEAD.count("\n")


@cache
def known() -> Terms:
    project = Project.bundled()
    found = ontology(project)
    aligned = [quad.triple for path in project.alignments() for quad in read_file(path)]
    return terms(found.vocabulary, found.triples, aligned)


def take(text: str, *, universe: str = "", identity: Identity | None = None, syntax: str = "turtle") -> Imported:
    text = re.sub(r"\bid:([\w/-]+)", r"<https://guide.example/id/\1>", text)
    whole = HEAD + text if syntax in ("turtle", "trig") else text
    said = Foreign(tuple(of_quads(read_placed(whole.encode(), syntax, "x"), whole, syntax)))
    items = {WD.Q1: NAMES.person("Ada Quill")}
    return imported(said, Importing(NAMES, known(), "almanac", "imports/x.ttl", universe, identity or Identity(),
                                    items=items))  # fmt: skip


def triples(found: Imported) -> set[Triple]:
    return {triple for claim in found.claimed.claims for triple in claim.statements}


def left(found: Imported) -> list[str]:
    return [f"{it.line - START}:{it.column} {it.message}" for it in found.left]


ADA, BO = NAMES.person("Ada Quill"), NAMES.person("Bo Lark")


# --- who is who -----------------------------------------------------------------------------------------------------


def test_a_person_with_a_name_is_the_person_whom_the_project_calls_so() -> None:
    found = take('e:1 a schema:Person ; rdfs:label "Ada Quill" ; ph:birth "1927"^^edtf:EDTF .')
    assert triples(found) == {Triple(ADA, PH.birth, edtf("1927")), Triple(ADA, SCHEMA.url, Iri("https://e.example/1"))}
    (node,) = {it for it in found.claimed.nodes if it.iri == ADA}
    assert (node.label, node.kinds, node.world) == ("Ada Quill", (SCHEMA.Person,), NAMES.actual)


def test_the_identity_table_merges_spellings_and_splits_namesakes_by_source() -> None:
    table = Identity({("A. Quill", ""): "Ada Quill", ("Lark", "almanac"): "Bo Lark"})
    text = 'e:1 a schema:Person ; rdfs:label "A. Quill" ; ph:spouse e:2 . e:2 a foaf:Person ; foaf:name "Lark" .'
    assert Triple(ADA, PH.spouse, BO) in triples(take(text, identity=table))


def test_an_item_of_wikidata_is_what_the_project_links_to_it() -> None:
    assert Triple(BO, PH.spouse, ADA) in triples(take('e:2 a schema:Person ; rdfs:label "Bo Lark" ; ph:spouse wd:Q1 .'))


def test_two_things_of_one_name_stay_two() -> None:
    text = 'e:1 a schema:Person ; rdfs:label "Ada Quill" ; ph:birth "1927"^^edtf:EDTF .'
    found = take(text + '\ne:2 a schema:Person ; rdfs:label "Ada Quill" ; ph:birth "1950"^^edtf:EDTF .')
    assert {it.subject for it in triples(found)} == {"https://e.example/1", "https://e.example/2"}
    assert any("2 things are called “Ada Quill”" in it for it in left(found))


def test_what_has_neither_kind_nor_name_keeps_its_address() -> None:
    assert triples(take('e:thing ph:note "old" . e:thing ph:birth "1927"^^edtf:EDTF .')) >= {
        Triple(Iri("https://e.example/thing"), PH.birth, edtf("1927"))
    }


def test_nodes_without_name_are_called_by_what_is_said_of_them() -> None:
    text = '[] ph:birth "1927"^^edtf:EDTF ; ph:spouse [ ph:birth "1930"^^edtf:EDTF ] .'
    one, other = take(text), take(text.replace("[]", "_:other").replace(" ; ", "; \n"))
    assert triples(one) == triples(other)
    assert all(str(it.subject).startswith("https://guide.example/id/import/") for it in triples(one))


def test_things_of_the_project_stay_as_they_are() -> None:
    found = take('id:person/ada-quill ph:birth "1927"^^edtf:EDTF .')
    assert triples(found) == {Triple(ADA, PH.birth, edtf("1927"))}
    assert [it.iri for it in found.claimed.nodes] == [NAMES.actual]


# --- which world ----------------------------------------------------------------------------------------------------


def test_a_story_has_figures_and_statements_of_its_own() -> None:
    text = (
        'e:1 a schema:Person ; rdfs:label "Ada Quill" ; ph:friendOf e:2 . e:2 a schema:Person ; rdfs:label "Bo Lark" .'
    )
    (claim,) = take(text, universe="Voyage").claimed.claims
    ada, bo = (NAMES.thing("character", name, "Voyage") for name in ("Ada Quill", "Bo Lark"))
    assert (claim.world, claim.statements) == (NAMES.world("Voyage"), (Triple(ada, PH.friendOf, bo),))


def test_a_graph_of_ours_is_a_world_and_any_other_is_where_it_was_found() -> None:
    text = 'GRAPH id:world/voyage { id:voyage/character/ada ph:gender "female" } GRAPH e:g { e:x ph:gender "male" }'
    one, other = take(text, syntax="trig").claimed.claims
    assert (one.world, other.world) == (NAMES.world("voyage"), NAMES.actual)
    assert (PH.locator, Literal("graph https://e.example/g")) in other.about


def test_what_is_of_the_work_is_said_in_the_actual_world() -> None:
    text = 'id:voyage/character/ada a ph:Character ; rdfs:label "Ada" .'
    text += " id:voyage/character/ada ph:existsIn id:world/voyage ; ph:depicts id:person/ada-quill ."
    (claim,) = take(text).claimed.claims
    assert claim.world == NAMES.actual


# --- terms and values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ('schema:birthDate "1927-03-16"^^xsd:date', Triple(ADA, PH.birth, edtf("1927-03-16"))),
        ('<http://schema.org/birthDate> "1927"', Triple(ADA, PH.birth, edtf("1927"))),
        ('schema:birthPlace "Hoo"', Triple(ADA, PH.birthPlace, NAMES.thing("place", "Hoo"))),
        ('schema:gender "female"@en', Triple(ADA, PH.gender, Literal("female", language="en"))),
        ("foaf:homepage <https://ada.example/>", Triple(ADA, SCHEMA.url, Iri("https://ada.example/"))),
        ('foaf:nick "Ace"', Triple(ADA, SCHEMA.alternateName, Literal("Ace"))),
        ('wdt:P570 "1967-04-24T00:00:00Z"^^xsd:dateTime', Triple(ADA, PH.death, edtf("1967-04-24T00:00:00Z"))),
    ],
)
def test_foreign_terms_are_translated_where_the_ontology_aligns_them(foreign: str, ours: Triple) -> None:
    assert ours in triples(take(f'e:1 a schema:Person ; rdfs:label "Ada Quill" ; {foreign} .'))


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ('e:odd "x"', "1:54 left out: the property https://e.example/odd has no place here"),
        ("a e:Odd", "the class https://e.example/Odd has no place here"),
        ("ph:spouse <javascript:alert(1)>", "“javascript:alert(1)” is no address of a thing"),
        ('ph:birth "soon"', "“soon” is no date"),
        ('ph:note "x"', "is said of claims and sources"),
        ('ph:spouse "\\u0007"', "control character"),
        ("ph:birth e:2", "takes a value"),
    ],
)
def test_what_has_no_place_is_told_with_line_and_column(statement: str, why: str) -> None:
    found = take(f'e:1 a schema:Person ; rdfs:label "Ada Quill" ; {statement} .')
    assert len([it for it in left(found) if why in it]) == 1, left(found)


@pytest.mark.parametrize(
    ("text", "amount"), [("PT52M", "52 min"), ("PT1H30M", "90 min"), ("P3W", "3 wk"), ("PT0S", "0 s")]
)
def test_durations_become_amounts(text: str, amount: str) -> None:
    assert duration(text) == amount


@pytest.mark.parametrize("text", ["", "P", "52", "P1Y2D", "PT", "forever"])
def test_no_duration(text: str) -> None:
    with pytest.raises(UnreadableError):
        duration(text)


def test_a_value_in_the_right_form_is_kept_to_the_letter() -> None:
    for value, kind in ((Literal("2027~", EDTF.EDTF), "date"), (Literal("007", XSD.integer), "number")):
        assert converted(value, kind) == value


def test_every_change_of_form_is_told() -> None:
    text = 'id:s schema:episodeNumber "01"^^xsd:positiveInteger , 2 , 3.0 . id:x ph:birth "1927"^^xsd:gYear .'
    told = [f"{it.line - START}: {it.message}" for it in changes(take(text).literals)]
    assert told == [
        '1: "01"^^xsd:positiveInteger is kept as "1"^^xsd:integer',
        '1: "1927"^^xsd:gYear is kept as "1927"^^edtf:EDTF',
    ]


# --- casts and credits ----------------------------------------------------------------------------------------------

CAST = """
e:show a schema:TVSeries ; schema:name "Voyage" .
e:s1 a schema:TVSeason ; schema:seasonNumber 1 ; schema:partOfSeries e:show .
e:ep a schema:TVEpisode ; schema:name "Petrel" ; schema:episodeNumber 2 ; schema:partOfSeason e:s1 ;
  schema:datePublished "2017-06-01"^^xsd:date ;
  schema:director [ a schema:Person ; schema:name "Bo Lark" ] ;
  schema:actor [ a schema:PerformanceRole ; schema:actor [ a schema:Person ; schema:name "Ada Quill" ] ;
    schema:characterName "Mara Voss" ] .
"""


def test_a_cast_becomes_performances_as_an_entry_would_tell_them() -> None:
    found = triples(take(CAST))
    episode = NAMES.episode("Voyage", "s1e02")
    role = Iri(f"{episode}/performance/ada-quill-as-mara-voss")
    assert found >= {
        Triple(role, RDF.type, PH.Performance),
        Triple(role, PH.performer, ADA),
        Triple(role, PH.character, NAMES.thing("character", "Mara Voss", "Voyage")),
        Triple(role, PH.inEpisode, episode),
        Triple(episode, SCHEMA.name, Literal("Petrel")),
        Triple(episode, SCHEMA.episodeNumber, integer(2)),
        Triple(episode, SCHEMA.partOfSeason, NAMES.season("Voyage", 1)),
        Triple(episode, SCHEMA.datePublished, edtf("2017-06-01")),
    }


def test_a_director_has_a_credit_and_the_property() -> None:
    found, episode = triples(take(CAST)), NAMES.episode("Voyage", "s1e02")
    credit = Iri(f"{episode}/credit/director-bo-lark")
    assert {Triple(credit, PH.job, JOB.director), Triple(credit, PH.creditOf, episode)} <= found
    assert Triple(episode, SCHEMA.director, BO) in found


def test_nothing_of_a_cast_is_left_out() -> None:
    assert left(take(CAST)) == []


def test_a_performance_is_one_claim_with_all_its_lines() -> None:
    (claim,) = (it for it in take(CAST).claimed.claims if any(t.object == PH.Performance for t in it.statements))
    assert len(claim.evidence) >= 2


def test_a_role_without_a_name_belongs_to_its_episode() -> None:
    found = triples(take(CAST.replace("Mara Voss", "News Reporter")))
    assert {it.object for it in found if it.predicate == PH.character} == {
        NAMES.iri("voyage", "character", "s1e02", "news-reporter")
    }


def test_the_words_of_a_claim_are_the_line_that_says_it() -> None:
    found = take('e:1 a schema:Person ;\n rdfs:label "Ada Quill" ;\n ph:birth "1927"^^edtf:EDTF .')
    anchors = {(str(it.predicate), str(getattr(it.object, "value", it.object))) for it in found.claimed.anchors}
    assert (str(PH.quote), 'ph:birth "1927"^^edtf:EDTF .') in anchors
    assert {(str(PH.line), str(START + 3)), (str(PH.column), "11")} <= anchors
