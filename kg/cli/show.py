"""``kg show``: an entity by world, with the words behind each fact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option

if TYPE_CHECKING:
    from kg.project import Project
    from kg.queries.portrait import Fact, Portrait
    from kg.vocab import Iri


@click.command()
@click.argument("entity", nargs=-1, required=True)
@project_option
def show(entity: tuple[str, ...], project: Path | None) -> int:
    """Show ENTITY (a name, a CURIE or an IRI) by world, with the words behind each fact."""
    from kg.project import Project

    click.echo("\n".join(shown(Project.find(project), " ".join(entity))))
    return 0


def shown(project: Project, name: str, *, kind: Iri | None = None) -> Iterator[str]:
    """Yield the lines that describe an entity; ``kind`` tells apart things of one name."""
    from kg.queries import entity
    from kg.queries.portrait import portrait

    store, graphs = project.store(), project.default_graphs()
    meant = entity(store, graphs, name, kind=kind, base=project.settings.base)
    return lines(portrait(store, graphs, meant))


def lines(view: Portrait) -> Iterator[str]:
    """Yield a portrait as lines of text."""
    yield f"{view.label} ({', '.join(view.kinds)})" if view.kinds else view.label
    yield view.entity
    for world, facts in groupby(view.facts, key=lambda fact: fact.world):
        yield ""
        yield f"In the {view.name(world)}:"
        for fact in facts:
            yield from _fact(view, fact)


def _fact(view: Portrait, fact: Fact) -> Iterator[str]:
    prop, value = view.name(fact.property), view.name(fact.value)
    said = f"{'not ' * fact.negated}{prop} {value}" if fact.outward else f"{value} {prop} this"
    mark = {"": " (inferred)", "stated": ""}.get(fact.force, f" ({fact.force})")
    yield f"  {said}{mark}"
    for words in fact.words:
        quote = " ".join(words.quote.split())
        yield f"      “{quote}”{f' — {words.place}' if words.place else ''}"
