"""``kg demo``: the main job on the guide that comes with the program, and where to go next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.asking import source_of
from kg.cli.build import build
from kg.cli.collection import saved
from kg.cli.show import shown
from kg.vocab import PH

if TYPE_CHECKING:
    from kg.project import Project
    from kg.vocab import Term

MOST = 4  # departures shown in full; the rest is counted
NEXT = """
Where to go next
  kg query                         the saved queries
  kg query departures              all of the above as a table
  kg show NAME                     anything else, with the words behind each fact
  kg export --format turtle        the actual world as Turtle
  kg init FOLDER                   a guide of your own"""


@click.command()
@click.pass_context
def demo(ctx: click.Context) -> int:
    """Build the bundled guide and show what it knows."""
    from kg.project import Project

    project = Project.bundled()
    status: int = ctx.invoke(build, paths=(), output=None, project=project.root, verbose=False)
    if status:
        return status
    click.echo("\n".join([*_departures(_rows(project, "departures")), "", *_entity(project)]))
    click.echo(NEXT)
    return 0


def _rows(project: Project, name: str) -> list[dict[str, str]]:
    """Return the rows of a saved query as text."""
    from kg.queries import answer
    from kg.queries.results import Table

    found = answer(saved(project, name), {}, source_of(project, None))
    return [_text(row) for row in found.records()] if isinstance(found, Table) else []


def _text(row: Mapping[str, Term | None]) -> dict[str, str]:
    return {name: str(getattr(term, "value", term or "")) for name, term in row.items()}


def _departures(rows: list[dict[str, str]]) -> Iterator[str]:
    counts = Counter(row["departure"] for row in rows)
    yield ""
    yield f"Where the story leaves history: {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}"
    rows = sorted(rows, key=lambda row: row["judge"].startswith("the rule"))  # people's verdicts before our own
    shown_first = {row["departure"]: row for row in reversed(rows)}.values()
    for row in list(dict.fromkeys(map(_key, [*shown_first, *rows])))[:MOST]:
        yield from _card(dict(row))


def _key(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    wanted = ("departure", "story_says", "story_words", "history_says", "history_words", "judge")
    return tuple((name, row[name]) for name in wanted)


def _card(row: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield f"  {row['departure'].upper()}, says {row['judge']}"
    for side in ("story", "history"):
        if row[f"{side}_says"]:
            yield f"    {side:<8} {row[f'{side}_says']}"
            yield f"             “{row[f'{side}_words']}”"


def _entity(project: Project) -> Iterator[str]:
    """Yield the portrait of a character that depicts a historical figure."""
    figures = _rows(project, "historical-figures")
    name = next((row["character"] for row in figures if row["portrayal"] == "stated"), "")
    yield from shown(project, name, kind=PH.Character) if name else ()
