"""``kg export``: the graph, a world, an entry or an entity, as a file or on standard output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import project_option, world_option
from kg.cli.order import FORMATS, LINKS, NETWORKS, OF_EDITIONS, PAGES, Order, by_ending, fitting

if TYPE_CHECKING:  # engines load slowly, and only a command that is called needs them
    from kg.export import Dump
    from kg.export.rows import Row
    from kg.project import Project
    from kg.store.embedded import Embedded
    from kg.vocab import Iri


@click.command()
@click.argument("entity", required=False)
@click.option("-f", "--format", "syntax", type=click.Choice(FORMATS), help="Default: by FILE, else TriG.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="Write FILE, compressed where it ends in .gz or .zst (- is standard output); tables are a folder, and so are "
    "entries one by one.",
)  # fmt: skip
@world_option
@click.option("--entry", help="Only the claims that this guide entry supports: the last part of its source's name.")
@click.option("--links", type=click.Choice(LINKS), help="How links of identity are written, and that they go along.")
@click.option("--frame", type=click.Choice(PAGES), help="JSON-LD of ENTITY, nested as on a page of this kind.")
@click.option("--network", type=click.Choice(NETWORKS), help="Who appears with whom, plays whom, flies on what.")
@project_option
def export(
    entity: str | None,
    syntax: str | None,
    output: Path | None,
    world: str | None,
    entry: str | None,
    links: str | None,
    frame: str | None,
    network: str | None,
    project: Path | None,
) -> int:
    """Write the graph, or one ENTITY (a name, a path or an IRI).

    TriG, N-Quads and JSON-LD hold everything: claims, evidence, worlds. Turtle, N-Triples and RDF/XML cannot tell
    worlds apart, so they hold one world (--world, the actual one unless named) with the background, or one entity.
    Besides: claims is JSON Lines, one claim and its words a line; nanopub is TriG, one nanopublication for each claim;
    schemaorg is JSON-LD for search engines, without any story; context is the JSON-LD context of the ontology; csv and
    parquet are a folder of tables, one for each class. A --network is graphml, gexf, or csv with one edge a line.
    Entries marked up with what is said in them, all or those of an episode or series: annotations are W3C Web
    Annotations (JSON-LD, or annotations-turtle), tei is TEI P5; into a folder one file for each entry.
    """
    from kg.project import Project

    order = Order(syntax or by_ending(output, network), output, entity, world, entry, links, frame, network)
    fitting(order)
    found = Project.find(project)
    return _into_folder(found, order) if order.is_folder else _into_file(found, order)


def _into_file(project: Project, order: Order) -> int:
    from kg.cli import editions, forms
    from kg.cli.output import written

    if order.frame:
        return written(forms.framed(project, order.entity, order.frame, order.world), order.output)
    if order.network:
        from kg.export import edges

        found = forms.network(project, order.network, order.world)
        return written(edges.written(found, order.syntax), order.output)
    if order.syntax in OF_EDITIONS:
        return written(editions.editions(project, order), order.output)
    rows = pieces(project, order.entity, order.syntax, order.world, order.entry, order.links)
    return written(rows, order.output)


def _into_folder(project: Project, order: Order) -> int:
    from kg.cli import editions, forms
    from kg.cli.output import replaced, to_file
    from kg.errors import UsageError

    if order.output is None or str(order.output) == "-":
        raise UsageError(f"tables are many files: name a folder with -o, as in kg export -f {order.syntax} -o tables")
    if order.is_tables and order.output.suffix:
        raise UsageError(f"tables are many files, and {order.output.name} looks like one: name a folder with -o")
    with replaced(order.output, forms.METADATA if order.is_tables else editions.INDEX) as folder:
        if not order.is_tables:
            editions.write_editions(project, order, folder)
        elif order.syntax == "parquet":
            forms.write_parquet(project, order.world, folder)
        else:
            for name, text in forms.tables(project, order.world):
                to_file([text], folder / name)
    return 0


def pieces(
    project: Project,
    entity: str | None,
    syntax: str,
    world: str | None = None,
    entry: str | None = None,
    links: str | None = None,
) -> Iterator[str]:
    """Return an export in pieces to be joined."""
    from kg.export import write_rows

    if syntax == "context":
        return iter([json.dumps({"@context": context(project)}, ensure_ascii=False, indent=2) + "\n"])
    if syntax == "schemaorg":
        return _schemaorg(project, entity)
    if syntax in ("claims", "nanopub"):
        return _claims(project, entity, syntax, world, entry)
    rows = chosen(project, entity, syntax, world, entry)
    if links:
        rows = _linked(project, rows, links)
    terms = context(project) if syntax == "jsonld" else None
    return write_rows(rows, syntax, prefixes(project), context=terms)


def _claims(project: Project, entity: str | None, syntax: str, world: str | None, entry: str | None) -> Iterator[str]:
    """Return claims as JSON Lines or as nanopublications; ``world`` leaves those that are asserted there."""
    from kg.export import write
    from kg.export.claims import Labels, claims
    from kg.export.jsonlines import jsonlines
    from kg.export.nanopub import Imprint, nanopubs

    everything = list(chosen(project, None, "trig", None, None))
    rows = everything if not entity and not entry else list(chosen(project, entity, "trig", None, entry))
    place = project.default_graphs(world)[0]
    found = [claim for claim in claims(rows) if world is None or claim.world == place]
    if syntax == "claims":
        return jsonlines(found, Labels(everything))
    imprint = Imprint(str(project.manifest().get("created", "")), project.settings.licence)
    return write(nanopubs(found, imprint), "trig", {**prefixes(project), "np": "http://www.nanopub.org/nschema#"})


def _schemaorg(project: Project, entity: str | None) -> Iterator[str]:
    from kg.errors import UsageError
    from kg.export import select
    from kg.export.schemaorg import described, schemaorg
    from kg.vocab import SCHEMA

    everything = dump(project.store())
    only = thing_named(project, entity, SCHEMA.TVEpisode, world="actual") if entity else None
    rows = list(select.of_graphs(everything, project.default_graphs()))
    if only and not described(rows, only):
        raise UsageError(
            f"schema.org has no word of ours for <{only}>: name an episode, a season, a series or a person"
        )
    return schemaorg(rows, select.of_graphs(everything, [project.names.links]), only)


def context(project: Project) -> dict[str, Any]:
    """Return the JSON-LD context of a project's terms."""
    from kg.export.context import context as of_terms
    from kg.store.embedded import read_file

    ontology = (quad for path in project.ontology() for quad in read_file(path))
    return of_terms(ontology, prefixes(project))


def prefixes(project: Project) -> dict[str, str]:
    """Return the prefixes for a project's names, its base as ``id``."""
    from kg.vocab import PREFIXES

    return {**PREFIXES, "id": project.names.base}


def chosen(project: Project, entity: str | None, syntax: str, world: str | None, entry: str | None) -> Iterable[Row]:
    """Return the rows that were asked for, without the texts that may not be passed on."""
    from kg.export import TRIPLE_FORMATS, select

    names, triples = project.names, syntax in TRIPLE_FORMATS
    place, background = project.default_graphs(world)
    passed = publishable(dump(project.store()))
    if entity:
        rows = list(passed)
        iri = thing_named(project, entity, world=world)
        if world is not None or triples:
            homes = [place] if world is not None else [names.actual, *select.worlds_of(rows, iri)]
            rows = list(select.of_graphs(rows, [*homes, background]))
        return select.of_entity(rows, iri)
    if entry:
        rows = list(passed)
        rows = select.of_entry(rows, entry_named(project, rows, entry), None if world is None else place)
        return list(select.stated(rows, place, background)) if triples else rows
    return select.of_graphs(passed, [place, background]) if triples or world is not None else passed


def _linked(project: Project, rows: Iterable[Row], form: str) -> Iterable[Row]:
    """Return rows with the links of what they speak of, in one form; a world's own graph holds none."""
    from kg.export import select
    from kg.vocab import SKOS

    kept = list(rows)
    subjects = {row[0] for row in kept}
    found = (row for row in dump(project.store()).saying(SKOS.exactMatch) if row[0] in subjects)
    return select.linked(dict.fromkeys((*kept, *found)), form)


def thing_named(project: Project, name: str, kind: Iri | None = None, *, world: str | None = None) -> Iri:
    """Return what a name means: a path below the project's base before anything that only ends so.

    A thing of a ``kind`` comes before others that are called alike.
    """
    from kg.errors import AmbiguousNameError, UsageError
    from kg.queries.entities import entity

    worlds = project.worlds().values() if world is None else ()
    store, graphs = project.store(), list(dict.fromkeys((*project.default_graphs(world), *worlds)))
    tries = [(project.names.base + name, None)] if "/" in name and "://" not in name else []
    for text, wanted in [*tries, *([(name, kind)] if kind else [])]:
        try:
            return entity(store, graphs, text, kind=wanted)
        except AmbiguousNameError:
            raise
        except UsageError:
            continue
    return entity(store, graphs, name)


def entry_named(project: Project, rows: Iterable[Row], name: str) -> Iri:
    """Return the guide entry that is called by its key, or by the last parts of it where only one ends so."""
    from kg.errors import AmbiguousNameError, UsageError
    from kg.export import select

    known = select.entries(rows)
    exact = project.names.source(name)
    found = [exact] if exact in known else sorted(it for it in known if it.endswith(f"/{name}"))
    if len(found) > 1:
        raise AmbiguousNameError(name, tuple(found))
    if not found:
        shown = ", ".join(sorted(it.rpartition("source/")[2] for it in known)) or "none"
        raise UsageError(f"there is no entry “{name}”; there are {shown}")
    return found[0]


def dump(store: Embedded) -> Dump:
    """Return everything in a store as rows, by way of N-Quads: a tenth of the time of reading quads."""
    from kg.export import Dump

    return Dump(store.n_quads())


def publishable(everything: Dump) -> Dump:
    """Return a dump without the texts that may not be passed on."""
    from kg.export import select

    return everything.without(select.withheld(everything.saying(*select.TEXT_TERMS)))
