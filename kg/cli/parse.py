"""``kg parse``: print what is read in guide entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.errors import EntryError, InputError

if TYPE_CHECKING:
    from kg.model import Entry
    from kg.parse import Gazetteer

SUFFIXES = (".txt", ".html", ".htm", ".xhtml")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", help="How to print (json).")
@click.option("--explain", "code", metavar="CODE", help="Say what a diagnostic's code means, and do nothing else.")
@project_option
def parse(files: tuple[Path, ...], form: str, code: str | None, project: Path | None) -> int:
    """Print what is read in guide entries: saved text or HTML pages, folders recursively."""
    if code is not None:
        from kg.parse import explain

        click.echo(explain(code))
        return 0
    if not files:
        raise click.UsageError("Missing argument 'FILE...': name a file or a folder of guide entries.")
    from kg.project import Project

    known = _gazetteer(Project.find(project).known_names())
    faults: list[InputError] = []
    read = _read(_found(files), known, faults)
    _print(_json(read) if form == "json" else _text(read))
    for fault in faults:
        click.echo(f"kg: {fault}", err=True)
    return faults[0].exit_status if faults else 0


def _gazetteer(known: Iterable[object]) -> Gazetteer:
    from kg.model import KnownName
    from kg.parse import Gazetteer

    return Gazetteer(one for one in known if isinstance(one, KnownName))


def _found(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and those below folders that can be guide pages, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES)
        else:
            yield path


def _read(paths: Iterable[Path], known: Gazetteer, faults: list[InputError]) -> Iterator[Entry]:
    """Yield the entries of the files; a file that cannot be read is a fault and does not keep the others back."""
    from kg.parse import document, entries

    for path in paths:
        try:
            yield from entries(document(path.name, path.read_bytes()), known)
        except OSError as error:
            faults.append(EntryError(str(path), f"cannot be read: {error.strerror or error}"))
        except InputError as error:
            faults.append(error)


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        click.echo(piece, nl=False)


def _json(read: Iterable[Entry]) -> Iterator[str]:
    """Yield a JSON array, entry by entry; nothing where nothing was read."""
    from kg.parse import record

    opened = False
    for entry in read:
        yield (",\n" if opened else "[") + json.dumps(record(entry), ensure_ascii=False, indent=1)
        opened = True
    if opened:
        yield "]\n"


def _text(read: Iterable[Entry]) -> Iterator[str]:
    """Yield entries for a reader at a terminal."""
    for entry in read:
        yield "\n".join(_lines(entry)) + "\n\n"


def _lines(entry: Entry) -> Iterator[str]:
    title = entry.title.text if entry.title else "(no title)"
    yield f"{entry.source}: {entry.series or '(no series)'} – {title}"
    if entry.season is not None or entry.number is not None:
        yield f"  season {entry.season or '?'}, number {entry.number or '?'}"
    for credit in entry.credits:
        yield f"  {credit.heading} {', '.join(name.text for name in credit.names) or '–'}"
    for item in entry.cast:
        role = " / ".join(character.text for character in item.characters) or "?"
        manner = f" [{', '.join(item.qualifiers)}]" if item.qualifiers else ""
        yield f"  {item.section}: {item.performer.text} as {role}{manner}"
    if entry.years:
        yield f"  years: {', '.join(map(str, entry.years))}"
    for mention in entry.mentions:
        yield f"  mentions {mention.known.name} ({mention.known.kind}, {mention.part})"
    for depiction in entry.depictions:
        yield f"  proposed: {depiction.character} depicts {depiction.figure.name}: {depiction.reason}"
    for found in entry.diagnostics:
        yield f"  {found.line}:{found.column}: {found.severity}: {found.message} [{found.code}]"
