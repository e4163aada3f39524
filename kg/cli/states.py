"""What an argument of ``kg diff`` names: a build, a project, a file, a revision under git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.export.rows import Row
    from kg.project import Project

_SHORTEST = 4  # digits of a build's name


def rows(named: str, project: Project) -> list[Row]:
    """Return the rows of what an argument names. Raises UsageError where it names nothing."""
    from kg.project import Project

    path = Path(named)
    if path.is_file():
        return _of_file(path)
    if (path / "store").is_dir():
        return of_build(path)
    if path.is_dir():
        return of_build(Project.find(path).current())
    return _of_digits(named, project) or _of_revision(named, project)


def of_build(folder: Path) -> list[Row]:
    """Return the rows of a build."""
    from kg.cli.export import dump
    from kg.store.embedded import Embedded

    return list(dump(Embedded.open(folder / "store")))


def working(project: Project) -> list[Row]:
    """Return the rows of a project's files as they are now, built or not."""
    from kg.build.history import as_it_stands

    return of_build(as_it_stands(project, _tell))


def is_revision(named: str | None, project: Project) -> bool:
    """Whether an argument names a revision as a whole, and not a file, a folder or a build."""
    if named is None or Path(named).exists() or ":" in named:
        return False
    return _by_digits(named, project) is None


def previous(project: Project) -> Path:
    """Return the build before the current one. Raises UsageError where there is none."""
    from kg.errors import UsageError

    builds = [folder for folder in project.builds.iterdir() if (folder / "build.json").is_file()]
    former = sorted((it for it in builds if it != project.current()), key=lambda it: it.stat().st_mtime)
    if not former:
        raise UsageError("there is no earlier build to compare with: name one, a file, or a revision such as HEAD~1")
    return former[-1]


def _of_digits(named: str, project: Project) -> list[Row]:
    """Return the rows of the one build whose name begins so; nothing where there is none, or where there are two."""
    found = _by_digits(named, project)
    return [] if found is None else of_build(found)


def _by_digits(named: str, project: Project) -> Path | None:
    if len(named) < _SHORTEST or not project.builds.is_dir():
        return None
    fitting = [it for it in project.builds.iterdir() if it.name.startswith(named) and (it / "store").is_dir()]
    return fitting[0] if len(fitting) == 1 else None


def _of_file(path: Path) -> list[Row]:
    from kg.export import rows as of_quads
    from kg.export.canon import canonical
    from kg.store.embedded import read_file

    return canonical(of_quads(read_file(path)))


def _of_revision(named: str, project: Project) -> list[Row]:
    from kg.build import git, history
    from kg.errors import UsageError

    revision, colon, path = named.partition(":")
    if not revision:
        raise UsageError(f"“{named}” is no build, no file and no revision of git")
    if not colon:
        return of_build(_at_revision(named, project))
    here = Path.cwd()
    found = git.tree(here, revision, path)
    if git.is_folder(here, found):
        name = (here / path).resolve().name
        return of_build(history.of_tree(here, found, name, named, _tell))
    return _of_bytes(git.contents(here, found), Path(path), named)


def _at_revision(named: str, project: Project) -> Path:
    from kg.build import history
    from kg.errors import UsageError

    try:
        return history.at_revision(project, named, _tell)
    except UsageError as error:
        raise UsageError(f"“{named}” is no build and no file; {error}") from error


def _of_bytes(data: bytes, path: Path, named: str) -> list[Row]:
    from kg.export import rows as of_quads
    from kg.export.canon import canonical
    from kg.store.embedded import read_rdf, syntax_of, unpacked
    from kg.vocab import Iri

    return canonical(of_quads(read_rdf(unpacked(data, path), syntax_of(path), named, Iri(""))))


def _tell(words: str) -> None:
    click.echo(f"kg: {words}", err=True)
