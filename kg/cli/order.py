"""What ``kg export`` is asked for: its options as one record, and which of them go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RDF = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
OF_NETWORKS = ("graphml", "gexf", "csv")
OF_EDITIONS = ("annotations", "annotations-turtle", "tei")
FORMATS = (*RDF, "claims", "nanopub", "schemaorg", "context", *OF_EDITIONS, *OF_NETWORKS, "parquet")
NETWORKS = ("co-appearance", "performances", "crews")
PAGES = ("series", "episode", "person", "character", "mission")
LINKS = ("skos", "owl", "schema")


@dataclass(frozen=True, slots=True)
class Order:
    """What ``kg export`` was asked for: the arguments of the command, its format decided."""

    syntax: str
    output: Path | None = None
    entity: str | None = None
    world: str | None = None
    entry: str | None = None
    links: str | None = None
    frame: str | None = None
    network: str | None = None

    @property
    def is_tables(self) -> bool:
        """Whether it is a folder of tables."""
        return self.syntax in ("csv", "parquet") and not self.network

    @property
    def is_folder(self) -> bool:
        """Whether many files are to be written: tables always are, editions where a folder is named."""
        if self.output is None or str(self.output) == "-" or self.is_tables:
            return self.is_tables
        named = self.output.is_dir() or not (self.output.suffix or self.entry)
        return self.syntax in OF_EDITIONS and named


def fitting(order: Order) -> None:
    """Refuse options that would be passed over in silence."""
    from kg.errors import UsageError

    for problem in (*_selected_amiss(order), *_misfits(order)):
        raise UsageError(problem)


def _selected_amiss(order: Order) -> Iterator[str]:
    if "" in (order.entity, order.entry, order.world):
        yield "an empty name fits nothing: give a name, a path or an IRI"
    if order.entity and order.entry:
        yield "an entity and --entry cannot both be given: one export, one selection"
    if order.syntax == "context" and (order.entity or order.world or order.entry):
        yield "context is of the terms: it takes no entity, --world or --entry"
    if order.syntax == "schemaorg" and (order.entry or order.world not in (None, "actual")):
        yield "schemaorg is of the actual world: it takes no --entry and no other --world"


def _misfits(order: Order) -> Iterator[str]:
    form = order.syntax
    if order.network and (order.entity or order.entry or order.links or order.frame):
        yield "--network is of a world or of all: it takes no entity, --entry, --links or --frame"
    if order.network and form not in OF_NETWORKS:
        yield f"a network is written as {', '.join(OF_NETWORKS)}: say which with --format"
    if not order.network and form in ("graphml", "gexf"):
        yield f"{form} is for networks: name one with --network {'|'.join(NETWORKS)}"
    if order.frame and (order.entry or order.links or form not in ("trig", "jsonld")):
        yield "--frame is JSON-LD of one thing: it takes no other --format, no --entry and no --links"
    if order.links and form not in RDF:
        yield f"--links is for RDF, and {form} is none"
    if order.is_tables and (order.entity or order.entry):
        yield "tables are of a world or of all: they take no entity and no --entry"


def by_ending(output: Path | None, network: str | None) -> str:
    """Return the format that a file's name asks for."""
    from kg.store.embedded import SUFFIXES

    if output is None or str(output) == "-":
        return "graphml" if network else "trig"
    plain = output.with_suffix("") if output.suffix in (".gz", ".zst") else output
    if plain.suffix[1:] in OF_NETWORKS:
        return plain.suffix[1:]
    return SUFFIXES.get(plain.suffix, "trig")
