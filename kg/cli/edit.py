"""``kg init``, ``new``, ``terms``, ``fmt`` and ``check``: what editors of a guide use while they write."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.errors import InputError, ProjectError, UsageError

if TYPE_CHECKING:
    from kg.cli.review import Review, Reviewed, Stamp
    from kg.terms import Vocabulary

SHOWN = 20  # findings printed for one file at most
_LOOK = 0.3  # seconds between two looks at the files, with --watch

_SETTINGS = """\
title = {title}
base = {base}
licence = "https://creativecommons.org/licenses/by/4.0/"
languages = ["en"]
"""
_NAMES = """\
// Names that several entries share: what each is, and what else it is called. `kg terms` lists the kinds.

# Things
"""
_SOURCES = "% Outside sources: a quote that ends in [@key] is from the source with that key.\n"


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="What the project is called; otherwise the folder's name.")
@click.option("--base", help="The address under which its things are named; it ends in a slash.")
def init(folder: Path, title: str | None, base: str | None) -> int:
    """Make a project in FOLDER: its settings, and places for entries, names and sources."""
    from kg.vocab import DEFAULT_BASE

    if (folder / "kg.toml").exists():
        raise ProjectError(f"{folder / 'kg.toml'}: there is a project here already")
    named = base or DEFAULT_BASE
    if not named.startswith(("http://", "https://")) or not named.endswith("/"):
        raise UsageError(f"“{named}” cannot be the base: write an http(s) address that ends in a slash")
    written = {
        "kg.toml": _SETTINGS.format(title=json.dumps(title or folder.resolve().name), base=json.dumps(named)),
        "names.md": _NAMES,
        "sources.bib": _SOURCES,
    }
    try:
        (folder / "entries").mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{folder}: cannot be written: {error.strerror or error}") from error
    click.echo(f"made a project in {folder}: put entries into {folder / 'entries'}, then run kg build", err=True)
    return 0


@click.group()
def new() -> None:
    """Begin a file."""


@new.command()
@click.argument("entry", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file that is not there yet.")
@project_option
def statements(entry: Path, output: Path | None, project: Path | None) -> int:
    """Print a statements file for ENTRY: all its words as quotes, with what the parser proposes."""
    from kg.cli.output import written
    from kg.statements import scaffold

    review = _review(project, entry)
    text = "".join(scaffold(read.entry, read.document) for read in review.entries(entry))
    if output is not None and output.exists():
        raise UsageError(f"{output}: is there already, and is not written over")
    return written([text], output)


@click.command()
@click.argument("word", default="")
@project_option
def terms(word: str, project: Path | None) -> int:
    """List the properties and kinds that statements may use, or those that hold WORD."""
    found = list(_terms(_review(project).vocabulary, word.casefold()))
    for name, example in found:
        click.echo(f"{name:<22}{example}" if sys.stdout.isatty() else f"{name}\t{example}")
    if not found:
        click.echo(f"kg: no property or kind holds “{word}”", err=True)
    return int(not found)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@click.option("--to", "form", type=click.Choice(["json", "md"]), help="Print one file in the other form instead.")
@project_option
def fmt(files: tuple[Path, ...], form: str | None, project: Path | None, *, only_check: bool) -> int:
    """Bring statements FILES (or all of the project) into their canonical form; remarks stay."""
    if form:
        return _converted(files, form)
    from kg.cli.output import to_file
    from kg.statements import format_text

    review = _review(project, *files)
    changed = 0
    for path in files or tuple(review.statements_files()):
        before = _text(path)
        after = format_text(before, review.vocabulary)
        if after != before:
            changed += 1
            click.echo(str(path))
            if not only_check:
                to_file([after], path)
    return int(only_check and changed > 0)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--watch", is_flag=True, help="Look again whenever a file changes, until interrupted.")
@project_option
def check(files: tuple[Path, ...], project: Path | None, *, watch: bool) -> int:
    """Find what is wrong in FILES, or in a whole project; nothing is written or built.

    The worst comes first, at most 20 findings for a file. The exit status is 1 where a build would be refused.
    """
    review = _review(project, *files)
    before = review.stamp(files)
    status = _checked(review.files(files))
    if watch:
        for _ in _changes(review, files, before):
            click.clear()
            status = _checked(_review(project, *files).files(files))
    return status


def _review(project: Path | None, *files: Path) -> Review:
    """Return the review of a project: the one named, else that of the first file, else the nearest one."""
    from kg.cli.review import Review
    from kg.project import Project

    return Review(Project.find(project, files[0].resolve().parent if files and project is None else None))


def _checked(reviewed: Iterator[Reviewed]) -> int:
    """Print findings, the worst files first, and how many files were looked at; return the exit status."""
    files = sorted(reviewed, key=lambda file: not file.refused)
    refused = any(file.refused for file in files)
    for file in files:
        told = [found for found in file.diagnostics if found.severity != "info"]
        for found in told[:SHOWN]:
            click.echo(f"{file.name}:{found.line}:{found.column}: {found.severity}: {found.message}")
        if len(told) > SHOWN:
            click.echo(f"{file.name}: … and {len(told) - SHOWN} more")
    outcome = "errors found" if refused else "no errors"
    click.echo(f"{len(files)} file{'' if len(files) == 1 else 's'} read, {outcome}", err=True)
    return int(refused)


def _changes(review: Review, files: Sequence[Path], before: Stamp) -> Iterator[None]:
    """Yield whenever one of the files under review is written, made or removed."""
    while True:
        time.sleep(_LOOK)
        now = review.stamp(files)
        if now != before:
            before = now
            yield


def _converted(files: tuple[Path, ...], form: str) -> int:
    """Print one file in the other form; what cannot be read in it is told instead."""
    from kg.statements import from_json, read, to_json, write

    if len(files) != 1:
        raise UsageError("name one file to be printed in another form")
    path, text = files[0], _text(files[0])
    if path.suffix == ".json":
        said = from_json(str(path), text)
    else:
        said = read(str(path), text, None)
        faults = [found for found in said.diagnostics if found.severity == "error" and found.code != "no-entry"]
        if faults:
            raise InputError(str(path), faults[0].message, line=faults[0].line, column=faults[0].column)
    click.echo(to_json(said) if form == "json" else write(said), nl=False)
    return 0


def _text(path: Path) -> str:
    from kg.build.inputs import text_of

    return text_of(path)


def _terms(vocabulary: Vocabulary, word: str) -> Iterator[tuple[str, str]]:
    for name, prop in sorted(vocabulary.properties.items()):
        if word in name or word in prop.example.casefold():
            yield name, prop.example
    for name in sorted(vocabulary.kinds):
        if word in name:
            yield name, f"… | is a | {name}"
