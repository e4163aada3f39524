"""``kg build`` and ``kg demo``: guides into a graph, and a first look at the one that comes with the program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.build.pipeline import Report
    from kg.project import Project
    from kg.validate import Located

LONGEST = 80  # of the words that stand behind a finding
SHOWN = 20  # remarks and findings printed at most; a count of the rest follows


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder for the build.")
@click.option("-v", "--verbose", is_flag=True, help="Print every remark, repairs too.")
@project_option
def build(paths: tuple[Path, ...], output: Path | None, project: Path | None, *, verbose: bool) -> int:
    """Turn guides into a validated graph.

    PATHS are entries or folders of entries; without any, all entries of the project are built. A build that breaks a
    rule is not published: what was built before stays.
    """
    from kg.build.pipeline import build as run

    report = run(_project(project, paths, output), paths, output=output)
    _tell(report, verbose=verbose)
    return _status(report)


def _project(project: Path | None, paths: tuple[Path, ...], output: Path | None) -> Project:
    """Return the project to build; files given outside any project are built by themselves, into ``output``."""
    from kg.project import Project

    found = Project.find(project)
    if not paths or found.root != Project.bundled().root:
        return found
    if any(path.resolve().is_relative_to(found.root) for path in paths):
        return found
    if output is None:
        raise UsageError("these files belong to no project: say where to build with -o DIR, or make one with kg init")
    return Project.bare(output)


def _status(report: Report) -> int:
    if report.errors:
        return max(error.exit_status for error in report.errors)
    return int(report.refused)


def _tell(report: Report, *, verbose: bool) -> None:
    """Print what was noticed on standard error, and the summary on standard output."""
    _some([f"kg: {error}" for error in report.errors])
    remarks = [it for it in report.remarks if verbose or it[1].severity != "info"]
    _some([f"{file}:{it.line}:{it.column}: {it.severity}: {it.message}" for file, it in remarks])
    _some([_finding(it) for it in report.findings])
    if not report.errors:
        click.echo("\n".join(_summary(report)))


def _some(lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if len(lines) > SHOWN:
        click.echo(f"… and {len(lines) - SHOWN} more", err=True)


def _finding(it: Located) -> str:
    place = next((f"{at.file}:{at.line}:{at.column}: " for at in it.passages), "")
    place = next((f"{at}: " for at in it.written), place)
    severity = it.finding.severity.rpartition("#")[2].lower()
    words = next((f" “{_short(at.quote)}”" for at in it.passages), "")
    named = "" if it.node.startswith("http") else f"{it.node}: "
    return f"{place}{severity}: {named}{it.finding.text}{words}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _summary(report: Report) -> Iterable[str]:
    from kg.validate import tally

    worlds = ", ".join(f"{count} in {world}" for world, count in report.claims.items())
    yield f"entries             {report.entries}"
    if report.imports:
        yield f"imported files      {report.imports}"
    yield f"claims              {sum(report.claims.values())} ({worlds})"
    for name, count in report.kinds.items():
        yield f"{name:<20}{count}"
    counts = tally(it.finding for it in report.findings)
    found = ", ".join(f"{count} {name if count > 1 else name[:-1]}" for name, count in counts.items() if count)
    yield f"findings            {found or 'none'}"
    yield f"seconds             {report.seconds:.1f}"
    yield (
        "not published: mend the violations and build again"
        if report.refused
        else f"built               {report.folder}"
    )
