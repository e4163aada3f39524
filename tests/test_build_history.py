"""A project under git: what changed between two revisions, or between a revision and the files as they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import git, history
from kg.errors import ProjectError, UsageError
from kg.project import Project

ROOT = Path(__file__).parents[1]
SHOWN = (
    "\n> Rai 4 began to show it on 6 October 2019. [@visumnews]\n- Missions | broadcaster | Rai 4\n  when: 2019-10-06\n"
)
LINE = "Missions broadcaster Rai 4 (actual world)"


def commit(repository: Path, *messages: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    for message in messages:
        subprocess.run(["git", *who, "add", "-A"], cwd=repository, check=True)
        subprocess.run(["git", *who, "commit", "-qm", message], cwd=repository, check=True)


@pytest.fixture(scope="module", autouse=True)
def own_cache(cache: Path) -> object:
    """Keep what is built for these tests out of the user's cache."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PORTHOLE_CACHE", str(cache))
        yield


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, own_cache: object) -> Path:
    """Return a repository: at first without a project, then with one in a folder, then with an edit."""
    top = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=top, check=True)
    (top / "README").write_text("nothing yet\n", encoding="utf-8")
    commit(top, "begin")
    project = top / "guides" / "missions"
    (project / "entries").mkdir(parents=True)
    bundled = Project.bundled()
    for name in ("kg.toml", "sources.bib", "names.md", "entries/s2e01.txt", "entries/s2e01.claims.md"):
        shutil.copy(bundled.root / name, project / name)
    commit(top, "a guide")
    edit(project, SHOWN, "")
    commit(top, "an edit")
    return top


def edit(project: Path, old: str, new: str) -> None:
    file = project / "entries" / "s2e01.claims.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def project(repository: Path, tmp_path: Path) -> Path:
    """Return the project in a copy of the repository, to be edited."""
    shutil.copytree(repository, tmp_path / "copy")
    return tmp_path / "copy" / "guides" / "missions"


def kg(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "diff", *arguments]
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, env=whole)


def test_two_revisions_of_a_project_in_a_subfolder(repository: Path) -> None:
    answer = kg(repository / "guides" / "missions", "HEAD~1", "HEAD")
    assert answer.returncode == 1, answer.stderr
    assert answer.stdout.startswith(f"- {LINE}\n")
    assert "-1 stated claim about Missions\n" in answer.stdout


def test_a_revision_against_the_files_as_they_are(project: Path) -> None:
    assert kg(project, "HEAD").returncode == 0
    edit(project, "# Making\n", f"# Making{SHOWN}\n")
    answer = kg(project, "main")
    assert answer.stdout.startswith(f"+ {LINE}\n"), answer.stderr
    assert answer.returncode == 1


def test_a_project_by_its_path_in_a_revision(repository: Path) -> None:
    answer = kg(repository, "HEAD~1:guides/missions", "HEAD:guides/missions")
    assert answer.stdout.startswith(f"- {LINE}\n"), answer.stderr


def test_lines_that_only_moved_are_no_difference(project: Path) -> None:
    file = project / "entries" / "s2e01.txt"
    text = file.read_text(encoding="utf-8")
    edit(project, "# Making\n", "// a remark\n\n# Making\n")
    file.write_text(text.replace("\n---\n", "\n---\n\n", 1), encoding="utf-8")
    found = kg(project, "HEAD")
    assert found.stdout.startswith("no difference in content\n")
    assert kg(project, "HEAD", "--format", "patch").stdout.count("\nD ") > 5


def test_a_state_is_built_once(repository: Path, own_cache: object) -> None:
    told: list[str] = []
    found = Project.find(repository / "guides" / "missions")
    first = history.at_revision(found, "HEAD~1", told.append)
    before = list(told)
    assert history.at_revision(found, "main~1", told.append) == first
    assert told == before
    history.at_revision(found, "HEAD", told.append)
    already = list(told)
    history.as_it_stands(found, told.append)  # nothing was edited since
    assert told == already


def test_nothing_in_the_repository_is_touched(project: Path) -> None:
    edit(project, "[@dwdl]", "[@dwdl] ")
    index = project.parents[1] / ".git" / "index"
    before = index.read_bytes()
    kg(project, "HEAD~1", "HEAD")
    assert index.read_bytes() == before
    assert not (project / ".kg").exists()


def test_the_files_are_those_that_git_would_check_out(project: Path, tmp_path: Path) -> None:
    (project / ".gitattributes").write_text("*.bib export-ignore\n", encoding="utf-8")
    commit(project.parents[1], "attributes")
    git.check_out(project, git.tree(project, "HEAD"), tmp_path / "out")
    assert (tmp_path / "out" / "sources.bib").read_bytes() == (project / "sources.bib").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("HEAD~9",), 2, "no revision “HEAD~9”"),
        (("--", "--output=x", "HEAD"), 2, "no revision"),
        (("HEAD:kg.tml", "HEAD"), 2, "did not exist at HEAD"),
        (("HEAD~2", "HEAD"), 4, "did not exist at HEAD~2"),
        (("HEAD:entries", "HEAD"), 4, "no project there"),
        (("HEAD:kg.toml", "HEAD"), 3, "tells no RDF syntax"),
    ],
)
def test_what_cannot_be_compared_is_told(repository: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    answer = kg(repository / "guides" / "missions", *arguments)
    assert (answer.returncode, answer.stderr.count("\n")) == (status, 1), answer.stderr
    assert words in answer.stderr


def test_a_project_outside_any_repository(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").touch()
    answer = kg(tmp_path, "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert answer.returncode == 2
    assert "not a git repository" in answer.stderr


def test_without_git(repository: Path) -> None:
    answer = kg(repository / "guides" / "missions", "HEAD", PATH="/nonexistent")
    assert answer.returncode == 2
    assert "git is not installed" in answer.stderr


def test_a_revision_that_does_not_build_says_why(project: Path) -> None:
    edit(project, "broadcaster | Shudder", "broadcaster | Nobody")
    commit(project.parents[1], "a slip")
    answer = kg(project, "HEAD~1", "HEAD")
    assert answer.returncode == 4
    assert "HEAD: cannot be built: entries/s2e01.claims.md:" in answer.stderr


def test_only_a_project_has_revisions(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only a project"):
        history.at_revision(Project.bare(tmp_path), "HEAD", print)


def test_a_folder_that_was_not_there(repository: Path) -> None:
    with pytest.raises(ProjectError, match="did not exist"):
        git.tree(repository / "guides", "HEAD~2")
