"""A guide brought up to date entry by entry is the guide built at once: the same store, the same findings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build.assembly import Parts, assemble
from kg.build.checks import checked
from kg.build.claiming import Told, told
from kg.build.editing import Editing
from kg.build.inputs import guide_files, shared
from kg.build.ontology import Terms, terms
from kg.project import Project
from kg.resources import shared as shipped
from kg.store.embedded import Embedded, read_file
from kg.validate import Finding, gathered
from kg.vocab import Triple


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
