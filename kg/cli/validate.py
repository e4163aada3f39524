"""``kg validate``: a project's build, or any RDF, held against shapes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.endpoints import Endpoints, address
from kg.cli.options import project_option
from kg.cli.output import written
from kg.cli.sources import FILE, ManyFiles, Reader, reading_options
from kg.errors import KgError, LimitError, UsageError
from kg.iris import place
from kg.judge import DATA, SHAPES
from kg.run import Limits, limited
from kg.vocab import PH, SH, Iri, Literal, Quad, Term, Triple

if TYPE_CHECKING:
    from kg.dataset import Store
    from kg.project import Project
    from kg.validate import Checks, Finding, Located, Residents
    from kg.validate.documents import TextDocument

FORMATS = ("human", "table", "json", "turtle", "jsonld", "sarif", "junit", "github")


@dataclass(frozen=True, slots=True)
class Task:
    """Shapes and the graphs that together they are held against; ``name`` is what messages call it.

    ``checks`` gives the shapes compiled, ``nodes`` the nodes that can be wrong where the graphs are those of a world.
    """

    name: str
    shapes: tuple[Triple, ...]
    store: Store
    graphs: tuple[Iri, ...]
    checks: Callable[[], Checks]
    world: Iri | None = None
    nodes: Callable[[], list[Term] | None] = lambda: None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """Shapes and the RDF that they are held against, as its files say it."""

    name: str
    shapes: tuple[Triple, ...]
    quads: tuple[Quad, ...]
    documents: tuple[TextDocument, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What a child process says instead of an answer: an error's message and exit status."""

    message: str
    status: int


@click.command(cls=ManyFiles)
@project_option
@click.option("-w", "--world", help="One world alone: actual, or a story's name. Otherwise all, and the catalogue.")
@click.option(
    "--data",
    type=FILE,
    multiple=True,
    metavar="FILE…",
    help="RDF to check instead of a project's build; - is standard input. Named graphs are read as one.",
)
@click.option("--shapes", type=FILE, multiple=True, metavar="FILE…",
              help="Shapes to check with, instead of the project's, or of those in the data.")  # fmt: skip
@reading_options
@click.option("--endpoint", help="Check what a SPARQL server holds: a build, or with --shapes its default graph.")
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
    syntax: str | None,
    base: str | None,
    endpoint: str | None,
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
    from kg.validate import at_least, by_place

    if data and (world or project):
        raise click.UsageError("--data is checked by itself: leave out --world and --project")
    if endpoint and (data or engine == "pyshacl"):
        raise click.UsageError("--endpoint checks what lies on a server, there: leave out --data and --engine")
    limits = Limits(timeout, max_memory)
    with limited(limits), Endpoints(timeout) as endpoints:
        reader = Reader(syntax, base)
        tasks: list[Task | Plain]
        if endpoint:
            tasks = [*_of_server(endpoint, endpoints, project, world, shapes, reader)]
        else:
            tasks = [*(_of_files(data, shapes, reader) if data else _of_project(project, world, shapes, reader))]
        found = sorted((it for task in tasks for it in _findings(task, engine, limits)), key=by_place)
        written([_format(form)(found)], output)
    return int(at_least((located.finding for located in found), fail_on))


# --- what is checked --------------------------------------------------------------------------------------------------


def _of_files(data: Sequence[Path], shapes: Sequence[Path], reader: Reader) -> Iterator[Plain]:
    from kg.cli.shapes import checked, texts

    given = reader.sources(data, DATA)
    kept = checked(reader.sources(shapes) if shapes else given)
    if not any(triple.predicate.startswith(str(SH)) for triple in kept):
        raise UsageError("there are no shapes: name a file of them with --shapes")
    quads = tuple(quad for source in given for quad in source.quads)
    yield Plain(", ".join(source.name for source in given), kept, quads, tuple(texts(given)))


def _of_project(path: Path | None, world: str | None, shapes: Sequence[Path], reader: Reader) -> Iterator[Task]:
    from kg.cli.shapes import checked
    from kg.project import Project
    from kg.store.embedded import Embedded
    from kg.validate import gathered

    project = Project.find(path)
    # a copy in memory answers several times as fast as the disk
    store = Embedded.memory(gathered(project.store().quads(), project.names))
    yield from _of_build(project, store, world, checked(reader.sources(shapes or project.shapes())))


def _of_server(
    said: str, endpoints: Endpoints, path: Path | None, world: str | None, shapes: Sequence[Path], reader: Reader
) -> Iterator[Task]:
    from kg.cli.shapes import checked
    from kg.project import Project

    project = Project.find(path)
    store = endpoints(url := address(project, said))
    kept = checked(reader.sources(shapes or project.shapes()))
    if shapes and not world:
        yield Task(place(url), kept, store, (), _compiling(kept), elsewhere=True)
    elif project.worlds(store):
        for task in _of_build(project, store, world, kept):  # few large answers are had sooner there than many small
            yield replace(task, elsewhere=True, nodes=lambda: None)
    else:
        base = project.names.base
        raise UsageError(f"{place(url)}: holds no build under {base}; with --shapes its default graph is checked")


def _of_build(project: Project, store: Store, world: str | None, kept: tuple[Triple, ...]) -> Iterator[Task]:
    from kg.validate import Reach, Residents, catalogue_graphs, shapes_for, world_graphs

    of_worlds, of_catalogue = (shapes_for(kept, kind) for kind in (PH.WorldGraph, PH.Catalogue))
    checks = _compiling(of_worlds)
    residents = cache(lambda: Residents(store, project.names, Reach(checks())))
    graphs = list(store.graphs())
    chosen = [project.default_graphs(world, store)] if world else list(world_graphs(graphs, project.names))
    for pair in chosen:
        yield Task(pair[0], of_worlds, store, pair, checks, pair[0], partial(_inside, residents, pair[0]))
    if not world:
        catalogue = catalogue_graphs(graphs, project.names)
        yield Task(project.names.catalogue, of_catalogue, store, catalogue, _compiling(of_catalogue))


def _inside(residents: Callable[[], Residents], world: Iri) -> list[Term] | None:
    return residents().of(world)


def _compiling(shapes: tuple[Triple, ...]) -> Callable[[], Checks]:
    """Return what compiles shapes when it is first called: the reference engine reads them as they are."""
    from kg.validate import compile_shapes

    return cache(lambda: compile_shapes(shapes, "shapes", SHAPES))


# --- by which engine --------------------------------------------------------------------------------------------------


def _findings(task: Task | Plain, engine: str, limits: Limits) -> Iterator[Located]:
    from kg.validate import at_home, locate
    from kg.validate.documents import located

    reasons: tuple[str, ...] = ()
    found: Iterable[Finding] = ()
    if engine == "compiled":
        found, reasons = _compiled(task)
    if reasons and isinstance(task, Task) and task.elsewhere:
        raise UsageError(
            f"{task.name}: cannot be checked there, because {'; '.join(reasons)}: check a dump with --data"
        )
    if reasons:
        click.echo(f"kg: {task.name}: pyshacl has to check this, because {'; '.join(reasons)}", err=True)
    if engine == "pyshacl" or reasons:
        found = _by_reference(task, limits)
        if isinstance(task, Task) and task.world is not None:
            found = at_home(found, task.world, task.store.quads(task.graphs[-1]))
    if isinstance(task, Plain):
        yield from located(found, task.documents)
        return
    yield from locate(found, task.store)


def _compiled(task: Task | Plain) -> tuple[Iterable[Finding], tuple[str, ...]]:
    """Return what the compiled checks find, or why they cannot tell."""
    from kg.judge import compiled
    from kg.validate import Kept

    if isinstance(task, Plain):
        judged = compiled(task.quads, task.shapes)
        return judged.findings, judged.reasons
    if reasons := task.checks().unfit(task.store, task.graphs):
        return (), reasons
    return Kept(task.checks(), task.store, task.graphs, task.world, task.nodes()).findings(), ()


def _by_reference(task: Task | Plain, limits: Limits) -> Iterator[Finding]:
    """Yield what pyshacl finds, in a process of its own: nothing else ends a hostile pattern."""
    if isinstance(task, Plain):
        held, graphs = task.quads, {quad.graph for quad in task.quads}
    else:
        held, graphs = tuple(task.store.quads()), set(task.graphs)
    named = tuple(quad for quad in held if quad.graph not in graphs) if _asks_graphs(task) else ()
    data = tuple(dict.fromkeys(quad.triple for quad in held if quad.graph in graphs))
    answer = _answered(pickle.dumps((task.shapes, data, named)), limits)
    if isinstance(answer, Refused):
        refusal = KgError(answer.message)
        refusal.exit_status = answer.status
        raise refusal
    yield from answer


def _answered(question: bytes, limits: Limits) -> list[Finding] | Refused:
    # a little less than the command itself may take, so that the child is gone before its parent is
    seconds = None if limits.seconds is None else max(0.1, limits.seconds - 0.5)
    program = f"from kg.cli.validate import judge; judge({seconds}, {limits.megabytes})"
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=question,
            stdout=subprocess.PIPE,
            env=surroundings,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LimitError(f"pyshacl did not answer within {limits.seconds:g} seconds; raise it with --timeout") from None
    if done.returncode:
        raise LimitError("pyshacl ended without an answer, for lack of memory perhaps; check less at a time")
    answer: list[Finding] | Refused = pickle.loads(done.stdout)
    return answer


def judge(seconds: float | None, megabytes: float | None) -> None:
    """Answer, in a child process: shapes and data on standard input, findings or a refusal on standard output."""
    _confine(seconds, megabytes)
    from kg.validate.reference import validate as by_pyshacl

    shapes, data, named = pickle.load(sys.stdin.buffer)
    answer: list[Finding] | Refused
    try:
        answer = list(by_pyshacl(shapes, data, named))
    except KgError as error:
        answer = Refused(str(error), error.exit_status)
    pickle.dump(answer, sys.stdout.buffer)


def _confine(seconds: float | None, megabytes: float | None) -> None:
    """Set limits of the system's own, which hold when the parent is gone."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    if megabytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (int(megabytes * 1e6), int(megabytes * 1e6)))


def _asks_graphs(task: Task | Plain) -> bool:
    return any(isinstance(it.object, Literal) and "GRAPH" in it.object.value.upper() for it in task.shapes)


def _format(form: str) -> Callable[[Iterable[Located]], str]:
    from kg.validate import formats, machines, report

    plain = {"human": formats.human, "table": formats.table, "json": formats.as_json, "sarif": machines.sarif,
             "junit": machines.junit, "github": machines.github}  # fmt: skip
    graphs = {"turtle": report.turtle, "jsonld": report.jsonld}
    if form in graphs:
        return lambda found: graphs[form](located.finding for located in found)
    return plain[form]
