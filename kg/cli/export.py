"""``kg export``: the graph, a world, an entry or an entity, as a file or on standard output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import project_option, world_option
from kg.cli.output import output_option

if TYPE_CHECKING:  # engines load slowly, and only a command that is called needs them
    from kg.export import Dump
    from kg.export.rows import Row
    from kg.project import Project
    from kg.store.embedded import Embedded

_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "claims", "nanopub", "schemaorg", "context")


@click.command()
@click.argument("entity", required=False)
@click.option("-f", "--format", "syntax", type=click.Choice(_FORMATS), help="Default: by FILE, else TriG.")
@output_option
@world_option
@click.option("--entry", help="Only the claims that this guide entry supports: the last part of its source's name.")
@project_option
def export(
    entity: str | None,
    syntax: str | None,
    output: Path | None,
    world: str | None,
    entry: str | None,
    project: Path | None,
) -> int:
    """Write the graph, or one ENTITY (a name, a path or an IRI).

    TriG, N-Quads and JSON-LD hold everything: claims, evidence, worlds. Turtle, N-Triples and RDF/XML cannot tell
    worlds apart, so they hold one world (--world, the actual one unless named) with the background, or one entity.
    Besides: claims is JSON Lines, one claim and its words a line; nanopub is TriG, one nanopublication for each claim;
    schemaorg is JSON-LD for search engines, without any story; context is the JSON-LD context of the ontology.
    """
    from kg.cli.output import written
    from kg.project import Project

    return written(_pieces(Project.find(project), entity, syntax or _by_ending(output), world, entry), output)


def _by_ending(output: Path | None) -> str:
    from kg.store.embedded import SUFFIXES

    if output is None or str(output) == "-":
        return "trig"
    plain = output.with_suffix("") if output.suffix in (".gz", ".zst") else output
    return SUFFIXES.get(plain.suffix, "trig")


def _pieces(project: Project, entity: str | None, syntax: str, world: str | None, entry: str | None) -> Iterator[str]:
    from kg.export import write_rows

    if syntax == "context":
        return iter([json.dumps({"@context": _context(project)}, ensure_ascii=False, indent=2) + "\n"])
    if syntax == "schemaorg":
        return _schemaorg(project, entity)
    if syntax in ("claims", "nanopub"):
        return _claims(project, entity, syntax, world, entry)
    rows = _chosen(project, entity, syntax, world, entry)
    context = _context(project) if syntax == "jsonld" else None
    return write_rows(rows, syntax, _prefixes(project), context=context)


def _claims(project: Project, entity: str | None, syntax: str, world: str | None, entry: str | None) -> Iterator[str]:
    """Return claims as JSON Lines or as nanopublications; ``world`` leaves those that are asserted there."""
    from kg.export import write
    from kg.export.claims import Labels, claims
    from kg.export.jsonlines import jsonlines
    from kg.export.nanopub import Imprint, nanopubs

    everything = list(_chosen(project, None, "trig", None, None))
    rows = everything if not entity and not entry else list(_chosen(project, entity, "trig", None, entry))
    place = project.default_graphs(world)[0]
    found = [claim for claim in claims(rows) if world is None or claim.world == place]
    if syntax == "claims":
        return jsonlines(found, Labels(everything))
    imprint = Imprint(str(project.manifest().get("created", "")), project.settings.licence)
    return write(nanopubs(found, imprint), "trig", {**_prefixes(project), "np": "http://www.nanopub.org/nschema#"})


def _schemaorg(project: Project, entity: str | None) -> Iterator[str]:
    from kg.export import select
    from kg.export.schemaorg import schemaorg
    from kg.queries.entities import entity as named

    store, graphs = project.store(), project.default_graphs()
    everything = dump(store)
    only = named(store, graphs, entity) if entity else None
    links = select.of_graphs(everything, [project.names.links])
    return schemaorg(select.of_graphs(everything, graphs), links, only)


def _context(project: Project) -> dict[str, Any]:
    from kg.export.context import context
    from kg.store.embedded import read_file

    ontology = (quad for path in project.ontology() for quad in read_file(path))
    return context(ontology, _prefixes(project))


def _prefixes(project: Project) -> dict[str, str]:
    from kg.vocab import PREFIXES

    return {**PREFIXES, "id": project.names.base}


def _chosen(project: Project, entity: str | None, syntax: str, world: str | None, entry: str | None) -> Iterable[Row]:
    """Return the rows that were asked for, without the texts that may not be passed on."""
    from kg.errors import UsageError
    from kg.export import TRIPLE_FORMATS, select
    from kg.queries.entities import entity as named

    if entity and entry:
        raise UsageError("an entity and --entry cannot both be given: one export, one selection")
    store, names, triples = project.store(), project.names, syntax in TRIPLE_FORMATS
    place, background = project.default_graphs(world)
    passed = publishable(dump(store))
    if entity:
        rows = list(passed)
        everywhere = (place, background, *(project.worlds().values() if world is None else ()))
        iri = named(store, list(dict.fromkeys(everywhere)), entity)
        if world is not None or triples:
            homes = [place] if world is not None else [names.actual, *select.worlds_of(rows, iri)]
            rows = list(select.of_graphs(rows, [*homes, background]))
        return select.of_entity(rows, iri)
    if entry:
        rows = list(passed)
        rows = select.of_entry(rows, _source(rows, names.source(entry), entry))
        return list(select.stated(rows, place, background)) if triples else rows
    return select.of_graphs(passed, [place, background]) if triples or world is not None else passed


def _source(rows: list[Row], source: Any, entry: str) -> Any:
    from kg.errors import UsageError
    from kg.export import select

    known = select.entries(rows)
    if source not in known:
        shown = ", ".join(sorted(it.rpartition("source/")[2] for it in known)) or "none"
        raise UsageError(f"there is no entry “{entry}”; there are {shown}")
    return source


def dump(store: Embedded) -> Dump:
    """Return everything in a store as rows, by way of the engine's own dump: a tenth of the time of reading quads."""
    from kg.export import Dump
    from kg.store.embedded import FORMATS

    return Dump(store.engine.dump(format=FORMATS["nquads"]) or b"")


def publishable(everything: Dump) -> Dump:
    """Return a dump without the texts that may not be passed on."""
    from kg.export import select

    return everything.without(select.withheld(everything.saying(*select.SOURCE_TERMS)))
