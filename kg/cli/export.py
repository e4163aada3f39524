"""``kg export``: the graph, a world, an entry or an entity, as a file or on standard output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import project_option, world_option

if TYPE_CHECKING:  # engines load slowly, and only a command that is called needs them
    from kg.export import Dump
    from kg.export.rows import Row
    from kg.project import Project
    from kg.store.embedded import Embedded

_RDF = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
_OF_NETWORKS = ("graphml", "gexf", "csv")
_FORMATS = (*_RDF, "claims", "nanopub", "schemaorg", "context", *_OF_NETWORKS, "parquet")
_NETWORKS = ("co-appearance", "performances", "crews")
_PAGES = ("series", "episode", "person", "character", "mission")
_LINKS = ("skos", "owl", "schema")


@click.command()
@click.argument("entity", required=False)
@click.option("-f", "--format", "syntax", type=click.Choice(_FORMATS), help="Default: by FILE, else TriG.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="Write FILE, compressed where it ends in .gz or .zst (- is standard output); tables are a folder.",
)  # fmt: skip
@world_option
@click.option("--entry", help="Only the claims that this guide entry supports: the last part of its source's name.")
@click.option("--links", type=click.Choice(_LINKS), help="How links of identity are written, and that they go along.")
@click.option("--frame", type=click.Choice(_PAGES), help="JSON-LD of ENTITY, nested as on a page of this kind.")
@click.option("--network", type=click.Choice(_NETWORKS), help="Who appears with whom, plays whom, flies on what.")
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
    """
    from kg.cli import forms
    from kg.cli.output import replaced, to_file, written
    from kg.errors import UsageError
    from kg.project import Project

    found, form = Project.find(project), syntax or _by_ending(output, network)
    _fitting(form, entity, entry, links, frame, network)
    if frame:
        return written(forms.framed(found, entity, frame, world), output)
    if network:
        return written(forms.network(found, network, form, world), output)
    if form not in ("csv", "parquet"):
        return written(pieces(found, entity, form, world, entry, links), output)
    if output is None or str(output) == "-":
        raise UsageError(f"tables are many files: name a folder with -o, as in kg export -f {form} -o tables")
    if output.suffix:
        raise UsageError(f"tables are many files, and {output.name} looks like one: name a folder with -o")
    with replaced(output, forms.METADATA) as folder:
        if form == "parquet":
            forms.write_parquet(found, world, folder)
        else:
            for name, text in forms.tables(found, world):
                to_file([text], folder / name)
    return 0


def _fitting(
    form: str, entity: str | None, entry: str | None, links: str | None, frame: str | None, network: str | None
) -> None:
    """Refuse options that would be passed over in silence."""
    from kg.errors import UsageError

    if network and (entity or entry or links or frame):
        raise UsageError("--network is of a world or of all: it takes no entity, --entry, --links or --frame")
    if network and form not in _OF_NETWORKS:
        raise UsageError(f"a network is written as {', '.join(_OF_NETWORKS)}: say which with --format")
    if not network and form in ("graphml", "gexf"):
        raise UsageError(f"{form} is for networks: name one with --network {'|'.join(_NETWORKS)}")
    if frame and (entry or links or form not in ("trig", "jsonld")):
        raise UsageError("--frame is JSON-LD of one thing: it takes no other --format, no --entry and no --links")
    if links and form not in _RDF:
        raise UsageError(f"--links is for RDF, and {form} is none")
    if form in ("csv", "parquet") and not network and (entity or entry):
        raise UsageError("tables are of a world or of all: they take no entity and no --entry")


def _by_ending(output: Path | None, network: str | None) -> str:
    from kg.store.embedded import SUFFIXES

    if output is None or str(output) == "-":
        return "graphml" if network else "trig"
    plain = output.with_suffix("") if output.suffix in (".gz", ".zst") else output
    if plain.suffix[1:] in _OF_NETWORKS:
        return plain.suffix[1:]
    return SUFFIXES.get(plain.suffix, "trig")


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
    from kg.export import select
    from kg.export.schemaorg import schemaorg
    from kg.queries.entities import entity as named

    store, graphs = project.store(), project.default_graphs()
    everything = dump(store)
    only = named(store, graphs, entity) if entity else None
    links = select.of_graphs(everything, [project.names.links])
    return schemaorg(select.of_graphs(everything, graphs), links, only)


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


def _linked(project: Project, rows: Iterable[Row], form: str) -> Iterable[Row]:
    """Return rows with the links of what they speak of, in one form; a world's own graph holds none."""
    from kg.export import select
    from kg.vocab import SKOS

    kept = list(rows)
    subjects = {row[0] for row in kept}
    found = (row for row in dump(project.store()).saying(SKOS.exactMatch) if row[0] in subjects)
    return select.linked(dict.fromkeys((*kept, *found)), form)


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
