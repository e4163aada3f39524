"""Entries marked up with what is said in them, as ``kg export`` writes them: Web Annotations and TEI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.export import dump, entry_named, prefixes, publishable, thing_named
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.cli.order import Order
    from kg.export.editions import Edition, Shelf
    from kg.export.rows import Row
    from kg.export.webanno import Imprint
    from kg.project import Project
    from kg.vocab import Iri

#: The list of the files in a folder of editions, by which the folder is known as one of ours.
INDEX = "editions.csv"
_ENDINGS = {"annotations": ".jsonld", "annotations-turtle": ".ttl", "tei": ".xml"}


def editions(project: Project, order: Order) -> Iterator[str]:
    """Return the entries that were asked for as one document."""
    shelf, chosen = _chosen(project, order)
    return _written(project, order.syntax, shelf, chosen)


def write_editions(project: Project, order: Order, folder: Path) -> None:
    """Write one file for each entry, below the folder where its source's name has it, and the list of them."""
    from kg.cli.output import to_file
    from kg.export.citation import table

    shelf, chosen = _chosen(project, order)
    listed = []
    for edition in chosen:
        name = f"{edition.source.rpartition('/source/')[2]}{_ENDINGS[order.syntax]}"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        to_file(_written(project, order.syntax, shelf, [edition]), folder / name)
        listed.append((name, edition.source, edition.label, edition.licence_name))
    to_file([table(("file", "source", "label", "licence"), listed)], folder / INDEX)


def released(project: Project) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield what a release has of all entries: the name of a file and its text; TEI where any text may go out."""
    from kg.export.editions import Shelf

    shelf = Shelf(publishable(dump(project.store())))
    found = list(shelf.editions())
    yield "annotations.jsonld", _written(project, "annotations", shelf, found)
    if texts := [it for it in found if it.content is not None]:
        yield "entries.tei.xml", _written(project, "tei", shelf, texts)


def _written(project: Project, syntax: str, shelf: Shelf, chosen: Sequence[Edition]) -> Iterator[str]:
    from kg.export import webanno, webanno_rdf, write
    from kg.export.tei import tei

    made = _imprint(project)
    if syntax == "tei":
        return tei(chosen, shelf, made)
    if syntax == "annotations":
        return webanno.jsonld(chosen, shelf.labels, made)
    names = {**prefixes(project), **webanno_rdf.NAMES}
    return write(webanno_rdf.quads(chosen, shelf.labels, made), "turtle", names)


def _chosen(project: Project, order: Order) -> tuple[Shelf, list[Edition]]:
    from kg.export.editions import Shelf

    rows = list(publishable(dump(project.store())))
    shelf = Shelf(rows)
    found = list(shelf.editions(_sources(project, order, rows, shelf)))
    if order.world is not None:
        place = project.default_graphs(order.world)[0]
        found = [replace(it, said=tuple(one for one in it.said if one.claim.world == place)) for it in found]
    return shelf, _passed_on(found) if order.syntax == "tei" else found


def _sources(project: Project, order: Order, rows: list[Row], shelf: Shelf) -> list[Iri] | None:
    """Return the entries that are asked for: one by name, or those of an episode, a season or a series."""
    if order.entry:
        return [entry_named(project, rows, order.entry)]
    if not order.entity:
        return None
    from kg.vocab import SCHEMA

    thing = thing_named(project, order.entity, SCHEMA.TVEpisode, world="actual")
    found = [source for it in (thing, *_parts(rows, thing)) for source in shelf.about(it)]
    if not found:
        raise UsageError(f"no entry of a guide is about {thing}: name an episode or a series, or an entry with --entry")
    return found


def _parts(rows: Iterable[Row], whole: Iri) -> Iterator[Iri]:
    from kg.vocab import SCHEMA, Iri

    above = (f"<{SCHEMA.partOfSeries}>", f"<{SCHEMA.partOfSeason}>")
    yield from dict.fromkeys(Iri(row[0][1:-1]) for row in rows if row[1] in above and row[2] == f"<{whole}>")


def _passed_on(found: Iterable[Edition]) -> list[Edition]:
    """Return the editions whose text may go out; say on standard error which may not, and why."""
    kept, told = [], []
    for edition in found:
        if edition.content is None:
            licence = (
                f"its licence ({edition.licence_name}) does not let"
                if edition.licence
                else "it has no licence that lets"
            )
            told.append(f"{edition.source}: left out, since {licence} its text be passed on")
        else:
            kept.append(edition)
    if told and not kept:
        raise UsageError("\nkg: ".join(told))
    for line in told:
        click.echo(f"kg: {line}", err=True)
    return kept


def _imprint(project: Project) -> Imprint:
    from kg.claims.scene import reader
    from kg.export.editions import Agent
    from kg.export.webanno import Imprint

    program = reader(project.names)
    maker = Agent(program.iri, program.label, software=True)
    said = project.settings
    return Imprint(str(project.manifest().get("created", "")), maker, said.licence, said.publisher or said.title)
