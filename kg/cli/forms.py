"""What ``kg export`` writes besides RDF: tables, networks, and JSON-LD framed for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.export import context, dump, publishable, thing_named
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.export import Dump
    from kg.export.networks import Network
    from kg.export.rows import Row
    from kg.export.tables import Column, Table
    from kg.project import Project

METADATA = "csv-metadata.json"
_NUMBERS = "integer int long short byte nonNegativeInteger positiveInteger unsignedInt".split()


def framed(project: Project, entity: str | None, kind: str, world: str | None) -> Iterator[str]:
    """Yield one thing as JSON-LD, nested as the page of a kind shows it.

    Raises UsageError where no thing is named, or one of another kind.
    """
    from kg.export import select
    from kg.export.frames import KINDS, leading_to
    from kg.export.frames import framed as nested
    from kg.resources import shared

    if not entity:
        raise UsageError(f"a frame shows one thing: name the {kind}, as in kg export --frame {kind} NAME")
    frame = json.loads(shared("ontology", "frames", f"{kind}.jsonld").read_text(encoding="utf-8"))
    iri = thing_named(project, entity, KINDS[kind], world=world)
    everything = list(publishable(dump(project.store())))
    place, background = project.default_graphs(world)
    homes = [place] if world is not None else [project.names.actual, *select.worlds_of(everything, iri)]
    graphs = {*homes, background, project.names.catalogue}
    rows = select.of_page(everything, iri, graphs, leading_to(frame))
    found = nested(rows, iri, frame, context(project))
    if not found:
        raise UsageError(f"“{entity}” is no {kind}: {iri}")
    yield found


def network(project: Project, kind: str, world: str | None) -> Network:
    """Return a network of all worlds, or of one, for `kg.export.edges` to write."""
    from kg.export import networks, select
    from kg.export.claims import Labels
    from kg.vocab import ONTOLOGY_GRAPH, PH

    everything = dump(project.store())
    worlds = project.worlds().values() if world is None else ()
    graphs = {*project.default_graphs(world), *worlds, ONTOLOGY_GRAPH}
    rows = list(select.of_graphs(everything, graphs))
    placings = everything.saying(PH.inEpisode)
    return networks.network(kind, rows, placings, Labels(rows))


def tables(project: Project, world: str | None) -> Iterator[tuple[str, str]]:
    """Yield the CSV file of every table with its name, and then their metadata."""
    from kg.export.claims import Labels
    from kg.export.tables import metadata, to_csv

    passed = publishable(dump(project.store()))
    found = _tables(_of_tables(passed, project, world))
    for table in found:
        yield f"{table.name}.csv", to_csv(table)
    yield METADATA, metadata(found, Labels(passed))


def write_parquet(project: Project, world: str | None, folder: Path) -> None:
    """Write every table as a Parquet file. Raises UsageError where polars is not installed."""
    try:
        import polars
    except ImportError:
        raise UsageError("to write Parquet: pip install 'porthole-kg[scale]'; or write csv") from None
    types = {"integer": polars.Int64, "boolean": polars.Boolean, "": polars.String}
    for table in _tables(_of_tables(publishable(dump(project.store())), project, world)):
        cells = list(zip(*table.rows, strict=True))
        series = [
            polars.Series(it.name, [_value(it, cell) for cell in values], types[_kind(it)])
            for it, values in zip(table.columns, cells, strict=True)
        ]
        polars.DataFrame(series).write_parquet(folder / f"{table.name}.parquet")


def _tables(rows: Iterable[Row]) -> list[Table]:
    from kg.export.tables import tables as of_rows

    return of_rows(rows)


def _of_tables(passed: Dump, project: Project, world: str | None) -> Iterable[Row]:
    """Return the rows that tables are made of: everything, or one world with the background."""
    from kg.export import select
    from kg.export.tables import of_things

    return of_things(passed) if world is None else select.of_graphs(passed, project.default_graphs(world))


def _kind(column: Column) -> str:
    local = column.datatype.rpartition("#")[2]
    return "integer" if local in _NUMBERS else "boolean" if local == "boolean" else ""


def _value(column: Column, cell: str | None) -> object:
    """Return a cell as the type of its column; a number too long for 64 bits, or none at all, is absent."""
    if cell is None or not _kind(column):
        return cell
    if _kind(column) == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(cell)
    digits = cell.lstrip("+-")
    return int(cell) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None
