"""``kg diff``: what changed between two builds, exports, or revisions of an export under git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.cli.output import output_option

if TYPE_CHECKING:
    from kg.export.rows import Row
    from kg.project import Project


@click.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option(
    "-f", "--format", "syntax", type=click.Choice(["text", "patch", "html"]), default="text", show_default=True
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something changed.")
@output_option
@project_option
def diff(
    before: str | None, after: str | None, syntax: str, *, exit_code: bool, output: Path | None, project: Path | None
) -> int:
    """Tell what changed from BEFORE to AFTER, in words.

    Each is a build (its folder or the first digits of its name), a project, an RDF file, or REVISION:FILE for an export
    kept under git. Without AFTER it is the current build, without BEFORE the build before that one.
    """
    from kg.cli.output import written
    from kg.export import report
    from kg.export.claims import Labels
    from kg.export.diff import difference, patch

    old, new = _two(before, after, project)
    if syntax == "patch":
        return written(patch(old, new), output) or int(exit_code and set(old) != set(new))
    found = difference(old, new)
    labels = Labels([*new, *old])
    written((report.html if syntax == "html" else report.text)(found, labels), output)
    return int(exit_code and not found.same)


def _two(before: str | None, after: str | None, path: Path | None) -> tuple[list[Row], list[Row]]:
    from kg.project import Project

    project = Project.find(path)
    current = project.current() if after is None else None
    old = _rows(before, project) if before else _of_build(_previous(project))
    return old, _of_build(current) if current else _rows(after or "", project)


def _previous(project: Project) -> Path:
    from kg.errors import UsageError

    builds = [folder for folder in project.builds.iterdir() if (folder / "build.json").is_file()]
    former = sorted((it for it in builds if it != project.current()), key=lambda it: it.stat().st_mtime)
    if not former:
        raise UsageError("there is no earlier build to compare with: name one, or a file")
    return former[-1]


def _rows(named: str, project: Project) -> list[Row]:
    """Return the rows of what an argument names. Raises UsageError where it names nothing."""
    from kg.errors import UsageError
    from kg.project import Project

    path = Path(named)
    if path.is_file():
        return _of_file(path)
    if (path / "store").is_dir():
        return _of_build(path)
    if path.is_dir():
        return _of_build(Project.find(path).current())
    if len(named) >= 4 and project.builds.is_dir():
        fitting = [folder for folder in project.builds.iterdir() if folder.name.startswith(named)]
        if len(fitting) == 1:
            return _of_build(fitting[0])
    revision, colon, file = named.partition(":")
    if colon and revision and file:
        return _of_revision(revision, file)
    raise UsageError(f"“{named}” is no build, no file and no REVISION:FILE")


def _of_file(path: Path) -> list[Row]:
    from kg.export import rows
    from kg.export.canon import canonical
    from kg.store.embedded import read_file

    return canonical(rows(read_file(path)))


def _of_build(folder: Path) -> list[Row]:
    from kg.cli.export import dump
    from kg.store.embedded import Embedded

    return list(dump(Embedded.open(folder / "store")))


def _of_revision(revision: str, file: str) -> list[Row]:
    import subprocess

    from kg.errors import UsageError
    from kg.export import rows
    from kg.export.canon import canonical
    from kg.store.embedded import SUFFIXES, read_rdf
    from kg.vocab import Iri

    suffix = Path(file).suffix
    if revision.startswith("-") or suffix not in SUFFIXES:
        raise UsageError(f"“{revision}:{file}” names no RDF file; known endings are {', '.join(SUFFIXES)}")
    try:
        command = ["git", "show", f"{revision}:./{file}"]
        data = subprocess.run(command, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise UsageError("git is not installed: compare two files instead") from None
    except subprocess.CalledProcessError as error:
        raise UsageError(f"git: {error.stderr.decode(errors='replace').strip()}") from error
    return canonical(rows(read_rdf(data, SUFFIXES[suffix], f"{revision}:{file}", Iri(""))))
