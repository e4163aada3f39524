"""``kg reason``: what follows from RDF data and an ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import output_option, written
from kg.cli.sources import FILE, ManyFiles, Reader, Source, reading_options
from kg.errors import UsageError
from kg.vocab import Triple, n3

if TYPE_CHECKING:
    from kg.reason import Clash, Limits, Noise

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
    *,
    strict: bool,
) -> int:
    """Write what follows from RDF data and an ontology by OWL 2 RL, as N-Triples: only what is new.

    Contradictions are told on standard error.
    """
    from kg.reason import Limits, read_noise
    from kg.resources import shared
    from kg.run import Limits as Run
    from kg.run import limited

    listed = shared("ontology", "noise.txt")
    noise = read_noise(listed.read_text(encoding="utf-8"), str(listed))
    limits = Limits(max_inferred, max_steps, timeout)
    reader = Reader(syntax, base)
    with limited(Run(seconds=timeout)):
        given, known = (tuple(_triples(reader.sources(paths))) for paths in (data, ontology))
        new, clashes = _closed(engine, given, known, noise, limits)
        written(sorted({" ".join(map(n3, triple)) + " .\n" for triple in new}), output)
    for clash in clashes:
        click.echo(
            f"kg: contradiction ({clash.rule}): {'; '.join(_plain(triple) for triple in clash.triples)}", err=True
        )
    return int(strict and bool(clashes))


def _triples(sources: Iterable[Source]) -> Iterator[Triple]:
    return (quad.triple for source in sources for quad in source.quads)


def _closed(
    engine: str, data: Sequence[Triple], ontology: Sequence[Triple], noise: Noise, limits: Limits
) -> tuple[Iterable[Triple], tuple[Clash, ...]]:
    """Return what is new by an engine, and the contradictions if it tells them."""
    from kg.reason import Closure, closure_by_owlrl, compile_rules

    if engine == "owlrl":
        return closure_by_owlrl((*data, *ontology), noise), ()
    rules = compile_rules(ontology, noise, limits=limits)
    given = {*data, *ontology}
    closure: Any  # one of two engines with the same answers
    if engine == "columns":
        closure = _columns()(rules, data, limits=limits)
    else:
        closure = Closure(rules, limits=limits)
        closure.add(data)
    of_ontology = noise.without(rules.facts)
    new = {triple for triples in (of_ontology, closure.inferred()) for triple in triples if triple not in given}
    return new, closure.clashes()


def _columns() -> Any:  # the class, which cannot be named before its library is known to be there
    try:
        from kg.reason.columns import Bulk
    except ImportError as error:
        raise UsageError(
            f"--engine columns needs the extra [scale] ({error.name} is missing): pip install 'porthole-kg[scale]'"
        ) from error
    return Bulk


def _plain(triple: Triple) -> str:
    return " ".join(map(n3, triple))
