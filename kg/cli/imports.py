"""``kg import``: what others have, looked through, copied into the project, and told what of it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.build.importing import Prepared
    from kg.model import Diagnostic

_FORMATS = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld", "schemaorg", "tvmaze", "claims", "csv")
_SHOWN = 5  # places named for one reason; a count of the rest follows
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("-s", "--source", help="The key of the source, as in sources.bib; otherwise made from the file's name.")
@click.option("-w", "--world", default="actual", show_default=True, help="What the file is about: actual, or a story.")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="Default: by the file's ending and contents.")
@click.option("-m", "--mapping", type=_FILE, help="What the columns of a CSV file mean.")
@click.option("--title", default="", help="What the source is called, where sources.bib does not say it yet.")
@click.option("--url", default="", help="Where the source lies.")
@click.option("--licence", default="", help="Under which licence: its address.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken; write nothing.")
@project_option
def import_(
    files: tuple[Path, ...],
    source: str | None,
    world: str,
    form: str | None,
    mapping: Path | None,
    title: str,
    url: str,
    licence: str,
    project: Path | None,
    *,
    dry_run: bool,
) -> int:
    """Take FILES of others into the project, as claims of their source.

    RDF in any syntax, schema.org JSON-LD in a saved page, TVmaze JSON, CSV with a mapping, claims that this program
    exported. The files are copied into the folder imports/ and read by every build; importing one again replaces it.
    Nothing is written unless all of them can be read.
    """
    from kg.build.importing import Given, prepare, write
    from kg.project import Project

    here = Project.find(project)
    if not dry_run and here.root == Project.bundled().root:
        raise UsageError("the bundled guide is not written to: make a project with kg init, and import there")
    given = Given(source or "", world, form or "", mapping, title, url, licence)
    prepared = [prepare(path, given, here) for path in files]
    _once(prepared)
    if not dry_run:
        write(prepared, here)
    for it in prepared:
        click.echo("\n".join(_told(it, here.names.base, dry_run=dry_run)))
    return 0


def _once(prepared: Sequence[Prepared]) -> None:
    counted = Counter(it.target for it in prepared)
    for target, count in counted.items():
        if count > 1:
            raise UsageError(f"{count} files would be called {target.name}: rename them, or import them one by one")


def _told(it: Prepared, base: str, *, dry_run: bool) -> Iterator[str]:
    """Yield what is told of one file: what it holds, what is taken, what is not and what changes."""
    worlds = Counter(claim.world.removeprefix(f"{base}world/") for claim in it.given.claimed.claims)
    where = ", ".join(f"{count} in {world}" for world, count in sorted(worlds.items()))
    left = [found for found in it.given.left if found.code != "changed-form"]
    yield f"{it.name} ({it.card.format}) {'would be' if dry_run else 'is'} {it.state}, as “{it.card.source}”"
    yield f"  statements  {it.statements}"
    yield f"  claims      {sum(worlds.values())}{f' ({where})' if where else ''}"
    yield f"  left out    {len(left) or 'nothing'}"
    yield from _grouped(it.name, left)
    yield f"  changed     {len(it.changes) or 'nothing'}"
    yield from _grouped(it.name, it.changes)


def _grouped(name: str, found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield each reason once, with the places where it holds."""
    places: dict[str, list[Diagnostic]] = {}
    for it in found:
        places.setdefault(it.message, []).append(it)
    for message, where in places.items():
        shown = ", ".join(f"{it.line}:{it.column}" for it in where[:_SHOWN])
        more = f" and {len(where) - _SHOWN} more" if len(where) > _SHOWN else ""
        yield f"    {name}:{shown}{more}: {message.removeprefix('left out: ')}"
