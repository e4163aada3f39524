"""A guide brought up to date entry by entry is the guide built at once: the same store, the same findings."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build.assembly import Parts, assemble
from kg.build.checks import broken, checked, compiled
from kg.build.claiming import Told, told
from kg.build.editing import Editing
from kg.build.inputs import guide_files, shared
from kg.build.ontology import Terms, terms
from kg.iris import Names
from kg.project import Project
from kg.resources import shared as shipped
from kg.store.embedded import Embedded, read_file
from kg.validate import Finding, at_home, catalogue_graphs, gathered, world_graphs
from kg.vocab import FORCE, PH, PROV, RDF, RDFS, SCHEMA, SKOS, Literal, Quad, Triple, edtf


def parts(project: Project, known: Terms) -> Parts:
    """Return the content of a full build."""
    common = shared(project, known.vocabulary)
    read = list(told(guide_files(project, ()), common))
    assert all(isinstance(it, Told) for it in read), read
    return assemble(project, common, known, [it for it in read if isinstance(it, Told)])


def shapes(project: Project) -> tuple[Triple, ...]:
    return tuple(quad.triple for path in project.shapes() for quad in read_file(path))


def findings(project: Project, built: Parts) -> frozenset[Finding]:
    return frozenset(it.finding for it in checked(project, built))


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the bundled guide."""
    return Path(shutil.copytree(shipped("data", "missions"), tmp_path_factory.mktemp("edit") / "missions"))


@pytest.fixture(scope="module")
def known(guide: Path) -> Terms:
    return terms(Project.find(guide))


@pytest.fixture(scope="module")
def whole(guide: Path, known: Terms) -> Parts:
    return parts(Project.find(guide), known)


def delete(folder: Path) -> None:
    for path in (folder / "entries").glob("s1e02*"):
        path.unlink()


def correct(folder: Path) -> None:
    path = folder / "entries" / "s1e01.claims.md"
    text = path.read_text(encoding="utf-8")
    assert "- Vladimir Komarov | death | 1967\n" in text
    text = text.replace("- Vladimir Komarov | death | 1967\n", "- Vladimir Komarov | death | 1901\n")
    path.write_text(text.replace("- Soyuz 1 | date | 1967\n", "- Soyuz 1 | date | 1968\n"), encoding="utf-8")


def lengthen(folder: Path) -> None:
    path = folder / "entries" / "s2e01.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # every span of it has another name then


EDITS = {"an entry deleted": delete, "statements corrected": correct, "a text lengthened": lengthen}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_guide_is_the_guide_built_anew(
    edit: Callable[[Path], None], guide: Path, known: Terms, whole: Parts, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(guide, tmp_path / "missions"))
    edit(other)
    one, two = Project.find(guide), Project.find(other)
    anew = parts(two, known)
    editing = Editing(known.rules, shapes(one), one.names, whole.given)
    assert same(editing, one, whole)
    for before, after, project, built in ((whole, anew, two, anew), (anew, whole, one, whole)):
        had = editing.findings()
        edited = editing.replace(before.given - after.given, after.given - before.given)
        assert same(editing, project, built)
        assert set(edited.findings.new) == editing.findings() - had
        assert set(edited.findings.lost) == had - editing.findings()


def same(editing: Editing, project: Project, built: Parts) -> bool:
    """Tell whether a guide that was edited holds what a full build holds, and has its findings."""
    assert set(editing.store.quads()) == set(Embedded.memory(gathered(built.quads, project.names)).quads())
    assert editing.findings() == findings(project, built)
    return True


# --- random guides: worlds that come and go, things that move between them or exist nowhere in particular -------------

NAMES = Names("https://example.org/id/")
WORLDS = [NAMES.actual, NAMES.world("One"), NAMES.world("Two")]
THINGS = [NAMES.iri("thing", it) for it in "abcde"]
CLAIMS = [NAMES.iri("claim", str(it)) for it in range(6)]
SPANS = [NAMES.iri("source", "entry", f"text#char={it},9") for it in range(2)]
LINKS = (
    PH.commander,
    PH.crewMember,
    PH.depicts,
    PH.performer,
    PH.character,
    PH.locatedIn,
    PH.friendOf,
    SKOS.exactMatch,
)
KINDS = (
    PH.Character,
    SCHEMA.Person,
    PH.FictionalMission,
    PH.HistoricalMission,
    PH.Place,
    PH.Performance,
    PH.Assessment,
)

things, worlds, claims = (st.sampled_from(it) for it in (THINGS, WORLDS, CLAIMS))
labels = st.sampled_from([Literal("A"), Literal("")])
dates = st.sampled_from([edtf("1967"), edtf("1901"), edtf("soon"), Literal("1967")])
background = st.one_of(
    st.builds(Quad, things, st.just(RDF.type), st.sampled_from(KINDS), st.just(NAMES.background)),
    st.builds(Quad, things, st.just(PH.existsIn), worlds, st.just(NAMES.background)),
    st.builds(Quad, things, st.just(RDFS.label), labels, st.just(NAMES.background)),
    st.builds(Quad, things, st.sampled_from([PH.locatedIn, PH.depicts]), things, st.just(NAMES.background)),
    st.builds(
        Quad, worlds, st.just(RDF.type), st.sampled_from([PH.StoryWorld, PH.ActualWorld]), st.just(NAMES.background)
    ),
)
statements = st.one_of(
    st.builds(Quad, things, st.sampled_from(LINKS), things, claims),
    st.builds(Quad, things, st.sampled_from([PH.birth, PH.death, PH.launch]), dates, claims),
    st.builds(Quad, things, st.just(RDF.type), st.sampled_from(KINDS), claims),
)
catalogue = st.one_of(
    st.builds(Quad, claims, st.just(RDF.type), st.just(PH.Claim), st.just(NAMES.catalogue)),
    st.builds(Quad, claims, st.just(PH.assertedIn), worlds, st.just(NAMES.catalogue)),
    st.builds(Quad, claims, st.just(PH.force), st.sampled_from([FORCE.stated, FORCE.said]), st.just(NAMES.catalogue)),
    st.builds(Quad, claims, st.just(PROV.wasDerivedFrom), st.sampled_from(SPANS), st.just(NAMES.catalogue)),
    st.builds(Quad, st.sampled_from(SPANS), st.just(RDF.type), st.just(PH.Span), st.just(NAMES.anchors("entry"))),
)
stated = st.builds(
    lambda claim, world, said: [
        Quad(claim, RDF.type, PH.Claim, NAMES.catalogue),
        Quad(claim, PH.assertedIn, world, NAMES.catalogue),
        Quad(claim, PH.force, FORCE.stated, NAMES.catalogue),
        *(it._replace(graph=claim) for it in said),
    ],
    claims,
    worlds,
    st.lists(statements, max_size=3),
)
entries = st.builds(
    lambda plain, full: [*plain, *(quad for claim in full for quad in claim)],
    st.lists(st.one_of(background, catalogue, statements), max_size=20, unique=True),
    st.lists(stated, max_size=4),
).map(lambda quads: tuple(dict.fromkeys(quads)))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.lists(entries, min_size=3, max_size=3), after=st.lists(entries, min_size=1, max_size=4))
def test_any_guide_edited_is_the_guide_made_anew(
    known: Terms, before: list[tuple[Quad, ...]], after: list[tuple[Quad, ...]]
) -> None:
    wanted = shapes(Project.bundled())
    now = dict(enumerate(before))
    editing = Editing(known.rules, wanted, NAMES, chain(known.quads, *now.values()))
    for number, quads in enumerate(after):
        had = editing.findings()
        edited = editing.replace(now[number % 3], quads)
        now[number % 3] = quads
        assert set(edited.findings.new) == editing.findings() - had
        assert set(edited.findings.lost) == had - editing.findings()
    anew = Editing(known.rules, wanted, NAMES, chain(known.quads, *now.values()))
    assert set(editing.store.quads()) == set(anew.store.quads())
    assert editing.findings() == anew.findings()
    of_shapes = frozenset(broken(anew.store, wanted, NAMES))
    assert of_shapes == {it for it in anew.findings() if it.component != it.shape}
    assert of_shapes == frozenset(_by_walking(anew.store, wanted))


def _by_walking(store: Embedded, wanted: tuple[Triple, ...]) -> Iterator[Finding]:
    """Yield what `broken` yields, by a walk through all data of every world."""
    graphs, of_worlds = tuple(store.graphs()), compiled(wanted, PH.WorldGraph)
    for default in world_graphs(graphs, NAMES):
        found = of_worlds.run(store, default)
        yield from at_home(found, default[0], store.quads(NAMES.background))
    yield from compiled(wanted, PH.Catalogue).run(store, catalogue_graphs(graphs, NAMES))


def test_what_another_entry_gives_as_well_stays(known: Terms) -> None:
    shared_quad = Quad(THINGS[0], RDFS.label, Literal("A"), NAMES.background)
    editing = Editing(known.rules, (), NAMES, [shared_quad, shared_quad, *known.quads])
    editing.replace([shared_quad], [])
    assert editing.store.holds(shared_quad)
    assert editing.replace([shared_quad], []).graphs[NAMES.background].removed == {shared_quad.triple}


def test_a_said_statement_holds_in_no_world(known: Terms) -> None:
    claim, said = CLAIMS[0], Quad(THINGS[0], PH.friendOf, THINGS[1], CLAIMS[0])
    told = [Quad(claim, PH.assertedIn, WORLDS[1], NAMES.catalogue), said]
    editing = Editing(known.rules, (), NAMES, known.quads)
    force = Quad(claim, PH.force, FORCE.said, NAMES.catalogue)
    assert not editing.replace([], [*told, force]).graphs
    stated = editing.replace([force], [force._replace(object=FORCE.stated)])
    assert said.triple in stated.graphs[WORLDS[1]].added
