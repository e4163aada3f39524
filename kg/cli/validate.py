"""``kg validate``: a project's build, or any RDF, held against shapes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option, world_option
from kg.cli.output import written
from kg.errors import KgError, LimitError, UsageError
from kg.run import Limits, limited
from kg.vocab import PH, Iri, Literal, Quad, Triple

if TYPE_CHECKING:
    from kg.store.embedded import Embedded
    from kg.validate import Finding, Located

FORMATS = ("human", "table", "json", "turtle", "jsonld", "sarif", "junit", "github")
_DATA, _SHAPES = Iri("urn:x-porthole:data"), Iri("urn:x-porthole:shapes")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Task:
    """Shapes and the graphs that together they are held against; ``name`` is what messages call it."""

    name: str
    shapes: tuple[Triple, ...]
    store: Embedded
    graphs: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What a child process says instead of an answer: an error's message and exit status."""

    message: str
    status: int


@click.command()
@project_option
@world_option
@click.option("--data", type=_FILE, multiple=True, help="RDF to check instead of a project's build.")
@click.option("--shapes", type=_FILE, multiple=True, help="Shapes to check with, instead of the project's.")
@click.option("--fail-on", type=click.Choice(("violation", "warning", "info")), default="violation", show_default=True,
              help="From which gravity on the exit status is 1.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS), default="human", show_default=True)
@click.option("--engine", type=click.Choice(("compiled", "pyshacl")), default="compiled", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write to.")
@click.option("--timeout", type=float, default=300, show_default=True, help="Seconds until the check is given up.")
@click.option("--max-memory", type=float, help="Megabytes from which on the check is given up.")
def validate(
    project: Path | None,
    world: str | None,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    fail_on: str,
    form: str,
    engine: str,
    output: Path | None,
    timeout: float,
    max_memory: float | None,
) -> int:
    """Check a project's build against its shapes, or any RDF (--data) against any shapes (--shapes).

    Each world is checked together with the background, then the catalogue. The exit status is 1 where something as
    grave as --fail-on is found.
    """
    from kg.validate import at_least

    if data and (world or project):
        raise click.UsageError("--data is checked by itself: leave out --world and --project")
    limits = Limits(timeout, max_memory)
    with limited(limits):
        tasks = list(_of_files(data, shapes) if data else _of_project(project, world, shapes))
        found = [located for task in tasks for located in _findings(task, engine, limits)]
        written([_format(form)(found)], output)
    return int(at_least((located.finding for located in found), fail_on))


# --- what is checked --------------------------------------------------------------------------------------------------


def _of_files(data: Sequence[Path], shapes: Sequence[Path]) -> Iterator[Task]:
    from kg.store.embedded import Embedded, read_file

    given = [quad for path in data for quad in read_file(path, _DATA)]
    kept = _read_shapes(shapes) if shapes else tuple(quad.triple for quad in given)
    if not any(triple.predicate.startswith("http://www.w3.org/ns/shacl#") for triple in kept):
        raise UsageError("there are no shapes: name a file of them with --shapes")
    store = Embedded.memory([*given, *(_in_graph(kept, _SHAPES))])
    graphs = tuple(dict.fromkeys(quad.graph for quad in given)) or (_DATA,)
    yield Task(", ".join(map(str, data)), kept, store, graphs)


def _of_project(path: Path | None, world: str | None, shapes: Sequence[Path]) -> Iterator[Task]:
    from kg.project import Project
    from kg.validate import catalogue_graphs, shapes_for, world_graphs

    project = Project.find(path)
    store = project.store()
    kept = _read_shapes(shapes or project.shapes())
    of_worlds = shapes_for(kept, PH.WorldGraph)
    graphs = list(store.graphs())
    chosen = [project.default_graphs(world)] if world else list(world_graphs(graphs, project.names))
    for pair in chosen:
        yield Task(pair[0], of_worlds, store, pair)
    if not world:
        catalogue = catalogue_graphs(graphs, project.names)
        yield Task(project.names.catalogue, shapes_for(kept, PH.Catalogue), store, catalogue)


def _read_shapes(paths: Iterable[Path]) -> tuple[Triple, ...]:
    from kg.store.embedded import read_file

    return tuple(quad.triple for path in paths for quad in read_file(path))


def _in_graph(triples: Iterable[Triple], graph: Iri) -> Iterator[Quad]:
    return (Quad(*triple, graph) for triple in triples)


# --- by which engine --------------------------------------------------------------------------------------------------


def _findings(task: Task, engine: str, limits: Limits) -> Iterator[Located]:
    from kg.validate import compile_shapes, locate

    checks = compile_shapes(task.shapes, "shapes", _SHAPES)
    reasons = checks.unfit(task.store, task.graphs)
    if engine == "compiled" and reasons:
        click.echo(f"kg: {task.name}: pyshacl has to check this, because {'; '.join(reasons)}", err=True)
    if engine == "pyshacl" or reasons:
        found: Iterable[Finding] = _by_reference(task, limits)
    else:
        found = checks.run(task.store, task.graphs)
    yield from locate(found, task.store)


def _by_reference(task: Task, limits: Limits) -> Iterator[Finding]:
    """Yield what pyshacl finds, in a process of its own: nothing else ends a hostile pattern."""
    named = tuple(quad for quad in task.store.quads() if quad.graph not in task.graphs) if _asks_graphs(task) else ()
    data = tuple(dict.fromkeys(quad.triple for graph in task.graphs for quad in task.store.quads(graph)))
    answer = _answered(pickle.dumps((task.shapes, data, named)), limits)
    if isinstance(answer, Refused):
        refusal = KgError(answer.message)
        refusal.exit_status = answer.status
        raise refusal
    yield from answer


def _answered(question: bytes, limits: Limits) -> list[Finding] | Refused:
    program = "from kg.cli.validate import judge; judge()"
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=question,
            stdout=subprocess.PIPE,
            env=surroundings,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LimitError(f"pyshacl did not answer within {limits.seconds:g} seconds; raise it with --timeout") from None
    if done.returncode:
        raise LimitError("pyshacl ended without an answer, for lack of memory perhaps; check less at a time")
    answer: list[Finding] | Refused = pickle.loads(done.stdout)
    return answer


def judge() -> None:
    """Answer, in a child process: shapes and data on standard input, findings or a refusal on standard output."""
    from kg.validate.reference import validate as by_pyshacl

    shapes, data, named = pickle.load(sys.stdin.buffer)
    answer: list[Finding] | Refused
    try:
        answer = list(by_pyshacl(shapes, data, named))
    except KgError as error:
        answer = Refused(str(error), error.exit_status)
    pickle.dump(answer, sys.stdout.buffer)


def _asks_graphs(task: Task) -> bool:
    return any(isinstance(it.object, Literal) and "GRAPH" in it.object.value.upper() for it in task.shapes)


def _format(form: str) -> Callable[[Iterable[Located]], str]:
    from kg.validate import formats, machines, report

    plain = {"human": formats.human, "table": formats.table, "json": formats.as_json, "sarif": machines.sarif,
             "junit": machines.junit, "github": machines.github}  # fmt: skip
    graphs = {"turtle": report.turtle, "jsonld": report.jsonld}
    if form in graphs:
        return lambda found: graphs[form](located.finding for located in found)
    return plain[form]
