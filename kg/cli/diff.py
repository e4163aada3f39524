"""``kg diff``: what changed between two builds, exports, or revisions under git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.cli.output import output_option

if TYPE_CHECKING:
    from kg.export.rows import Row
    from kg.project import Project

_FORMATS = ("words", "json", "patch", "html")


@click.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), default="words", show_default=True)
@output_option
@project_option
def diff(before: str | None, after: str | None, form: str, output: Path | None, project: Path | None) -> int:
    """Tell what changed from BEFORE to AFTER. The exit status is 0 for the same content, 1 for a difference.

    Each is a build (its folder or the first digits of its name), a project (its current build), an RDF file, or what
    git keeps: REVISION for the project as it was then, REVISION:PATH for an RDF file or a project. Without AFTER it is
    the current build, or after a REVISION the project's files as they are now; without BEFORE the build before.

    A statement that only moved in its text is no difference. A patch holds every quad, and so such moves too: it is an
    RDF Patch, which makes the second state of the first.
    """
    from kg.cli.output import written
    from kg.export import report
    from kg.export.claims import Labels
    from kg.export.diff import difference, patch

    old, new = _two(before, after, project)
    if form == "patch":
        written(patch(old, new), output)
        return int(set(old) != set(new))
    found = difference(old, new)
    write = {"words": report.text, "json": report.as_json, "html": report.html}[form]
    written(write(found, Labels([*new, *old])), output)
    return int(not found.same)


def _two(before: str | None, after: str | None, path: Path | None) -> tuple[list[Row], list[Row]]:
    from kg.cli import states
    from kg.project import Project

    project = Project.find(path)
    if before is None:
        return states.of_build(states.previous(project)), states.of_build(project.current())
    old = states.rows(before, project)
    return old, states.rows(after, project) if after else _now(before, project)


def _now(before: str, project: Project) -> list[Row]:
    from kg.cli import states

    if states.is_revision(before, project):
        return states.working(project)
    return states.of_build(project.current())
