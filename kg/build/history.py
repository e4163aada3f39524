"""A project as it was at a git revision, or as its files stand now: built beside, once for each state of its files."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import kg
from kg.build import git
from kg.build.pipeline import Report, build
from kg.errors import ProjectError, UsageError
from kg.project import SETTINGS, Project, cache
from kg.resources import shared
from kg.version import VERSION

_KEPT = 12  # states of projects; more is asked for by few, and made again

#: What is called with the words for a state before it is built, which may take a while.
Tell = Callable[[str], None]


def at_revision(project: Project, revision: str, tell: Tell) -> Path:
    """Return the build of a project as it was at a revision.

    Raises UsageError where git has no such revision, ProjectError where the project was not there or cannot be built.
    """
    if not (project.root / SETTINGS).is_file():
        raise UsageError(f"{project.root} holds no {SETTINGS}, and only a project has revisions")
    return of_tree(project.root, git.tree(project.root, revision), project.root.name, revision, tell)


def of_tree(folder: Path, tree: str, name: str, shown: str, tell: Tell) -> Path:
    """Return the build of a project that git knows, under the folder's name: the names of entries begin with it."""
    with TemporaryDirectory() as place:
        root = Path(place) / name
        git.check_out(folder, tree, root)
        if not (root / SETTINGS).is_file():
            raise ProjectError(f"{shown}: holds no {SETTINGS}: there was no project there")
        return _built(Project.find(root), shown, tell)


def as_it_stands(project: Project, tell: Tell) -> Path:
    """Return the build of a project's files as they are now. Raises ProjectError where they cannot be built."""
    return _built(project, "the files as they are now", tell)


def _built(project: Project, shown: str, tell: Tell) -> Path:
    builds = cache() / "revisions" / _state(project)
    if not (builds / "current").is_file():
        tell(f"building {shown}")
        _refuse(build(project, output=builds), shown)
        _prune(builds.parent)
    os.utime(builds)
    return builds / (builds / "current").read_text(encoding="utf-8").strip()


def _refuse(report: Report, shown: str) -> None:
    if report.errors:
        raise ProjectError(f"{shown}: cannot be built: {report.errors[0]}")
    if report.folder is None:
        first = next(it.finding.text for it in report.findings)
        raise ProjectError(f"{shown}: cannot be built, since it breaks a rule: {first}")


def _state(project: Project) -> str:
    """Return the digest of all that a build is made of: the project's files, and the program."""
    state = hashlib.sha256(f"{project.root.name}\0{VERSION}".encode())
    for path in _inputs(project):
        state.update(f"\0{path.relative_to(project.root)}\0{path.stat().st_size}\0".encode())
        state.update(path.read_bytes())
    for path in sorted(_program()):
        found = path.stat()
        state.update(f"\0{path}\0{found.st_size}\0{found.st_mtime_ns}".encode())
    return state.hexdigest()[:16]


def _inputs(project: Project) -> Iterator[Path]:
    """Yield the project's files in order, without builds and whatever is hidden."""
    for path in sorted(project.root.rglob("*")):
        hidden = any(part[0] == "." for part in path.relative_to(project.root).parts)
        if path.is_file() and not hidden and not path.is_relative_to(project.builds):
            yield path


def _program() -> Iterator[Path]:
    for folder in (*map(Path, kg.__path__), shared("ontology"), shared("data", "wikidata")):
        yield from (path for path in folder.rglob("*") if path.suffix in (".py", ".ttl", ".nt", ".tsv", ".txt"))


def _prune(states: Path) -> None:
    newest_first = sorted(states.iterdir(), key=lambda it: it.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
