"""``kg reason``: what follows from RDF data and an ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from kg.cli.output import output_option, written
from kg.cli.sources import FILE, ManyFiles, Reader, Source, reading_options
from kg.vocab import Triple, n3

ENGINES = ("compiled", "columns", "owlrl")


@click.command(cls=ManyFiles)
@click.option("--data", type=FILE, multiple=True, required=True, metavar="FILE…",
              help="RDF to reason over, - for standard input; named graphs are read as one.")  # fmt: skip
@click.option("--ontology", type=FILE, multiple=True, metavar="FILE…", help="The ontology, in one or several files.")
@reading_options
@click.option("--engine", type=click.Choice(ENGINES), default="compiled", show_default=True,
              help="columns is for large data and needs the extra [scale]; owlrl is the reference.")  # fmt: skip
@output_option
@click.option("--timeout", type=float, default=600, show_default=True, help="Seconds until reasoning is given up.")
@click.option(
    "--max-inferred", type=int, default=10_000_000, show_default=True, help="The most triples that may follow."
)
@click.option("--max-steps", type=int, default=200_000_000, show_default=True, help="The most applications of rules.")
@click.option("--max-memory", type=float, help="Megabytes from which on reasoning is given up.")
@click.option("--strict", is_flag=True, help="Exit with status 1 where the data contradict themselves.")
def reason(
    data: tuple[Path, ...],
    ontology: tuple[Path, ...],
    syntax: str | None,
    base: str | None,
    engine: str,
    output: Path | None,
    timeout: float,
    max_inferred: int,
    max_steps: int,
    max_memory: float | None,
    *,
    strict: bool,
) -> int:
    """Write what follows from RDF data and an ontology by OWL 2 RL, as N-Triples: only what is new.

    Contradictions are told on standard error.
    """
    from kg.judge import reason as closed
    from kg.reason import Limits
    from kg.run import Limits as Run
    from kg.run import limited

    reader = Reader(syntax, base)
    with limited(Run(timeout, max_memory)):
        given, known = (tuple(_triples(reader.sources(paths))) for paths in (data, ontology))
        found = closed(given, known, engine=engine, limits=Limits(max_inferred, max_steps, timeout))
        written(sorted({" ".join(map(n3, triple)) + " .\n" for triple in found.triples}), output)
    for clash in found.clashes:
        click.echo(
            f"kg: contradiction ({clash.rule}): {'; '.join(_plain(triple) for triple in clash.triples)}", err=True
        )
    return int(strict and bool(found.clashes))


def _triples(sources: Iterable[Source]) -> Iterator[Triple]:
    return (quad.triple for source in sources for quad in source.quads)


def _plain(triple: Triple) -> str:
    return " ".join(map(n3, triple))
