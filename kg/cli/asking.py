"""One query asked and its answer printed, within limits: what ``kg query NAME`` and ``kg sparql`` share."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.collection import text_of
from kg.cli.endpoints import Endpoints, address
from kg.cli.output import to_file
from kg.cli.tables import printed
from kg.errors import UsageError
from kg.queries.answers import Page, Source, Values, answer, ask
from kg.queries.results import Citation, Result, Table, Truth
from kg.queries.saved import SavedQuery
from kg.queries.writers import FORMATS, write
from kg.run import SECONDS, Limits, limited
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg.project import Project

_ENDINGS = {".ttl": "turtle", ".nt": "ntriples", ".txt": "table", ".htm": "html", ".srj": "json", ".srx": "xml"}


def source_of(project: Project, world: str | None, endpoints: Endpoints | None = None) -> Source:
    """Return the current build as what queries are asked of."""
    names = {**PREFIXES, "id": project.settings.base}
    build = str(project.manifest().get("digest", ""))
    services = project.settings.services
    store = project.store()
    return Source(store, project.default_graphs(world, store), build, services, names, endpoints)


def source_at(url: str, project: Project, world: str | None, endpoints: Endpoints, *, ours: bool) -> Source:
    """Return a SPARQL server as what queries are asked of; where its graphs are not ``ours``, those it has itself."""
    store = endpoints(url)
    graphs = project.default_graphs(world, store) if ours or world is not None else ()
    names = {**PREFIXES, "id": project.settings.base}
    return Source(store, graphs, "", project.settings.services, names, endpoints, url)


def _source(said: str | None, project: Project, world: str | None, endpoints: Endpoints, *, ours: bool) -> Source:
    if said is None:
        return source_of(project, world, endpoints)
    return source_at(address(project, said), project, world, endpoints, ours=ours)


def run_saved(query: SavedQuery, options: Mapping[str, Any]) -> int:
    """Ask a saved query and print, draw or explain the answer; return the exit status."""
    from kg.project import Project

    ctx = click.get_current_context()
    project = Project.find(options["project"] or (ctx.parent.params.get("project") if ctx.parent else None))
    seconds = options["timeout"] or query.header.seconds or SECONDS
    with limited(Limits(seconds, options["max_memory"])), Endpoints(seconds) as endpoints:
        values, world = _asked(query, options)
        source = _source(options["endpoint"], project, world, endpoints, ours=True)
        if options["explain"]:
            return _explained(query, values, source)
        page = Page(options["limit"], options["offset"], options["max_rows"])
        result = (_marked if options["mark"] else answer)(query, values, source, page=page)
        found = replace(result, citation=_cited(result, project))
        if options.get("plot"):
            _draw(query, found, options["plot"])
        else:
            _print(found, options["form"], options["output"], source.names, query.header.summary)
    failed = query.family == "checks" and isinstance(found, Table) and bool(found.rows)
    return int(failed or (isinstance(found, Truth) and not found.holds))


def _asked(query: SavedQuery, options: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Return the values of a query's parameters, and the world whose graph it asks by default."""
    given = {parameter.name: options.get(parameter.name) for parameter in query.parameters}
    values = {name: value for name, value in given.items() if value not in (None, ())}
    world: str | None = options["world"]
    declared = next((parameter.name for parameter in query.parameters if parameter.type == "world"), None)
    if declared is not None:
        return (values | {declared: world} if world else values), None
    if world not in (None, "actual") and "story" not in query.header.worlds:
        raise UsageError(f"{query.stem} asks the actual world only: leave out --world")
    return values, world


def _explained(query: SavedQuery, values: Mapping[str, Any], source: Source) -> int:
    from kg.queries.answers import resolved

    click.echo(query.bind(**resolved(query, values, source)), nl=False)
    graphs = ", ".join(source.graphs)
    click.echo(f"default graph: {graphs}", err=True)
    return 0


def _marked(query: SavedQuery, values: Values, source: Source, *, page: Page) -> Result:
    from kg.queries.marks import INFERENCE, marked, told

    found = marked(query, values, source, page=page)
    said = told(found)
    click.echo(f"{said}; kg why proves a statement" if INFERENCE in said else said, err=True)
    return found


def _cited(result: Result, project: Project) -> Citation:
    return replace(result.citation, date=date.today().isoformat(), title=project.settings.title)


def _draw(query: SavedQuery, found: Result, path: Path) -> None:
    from kg.queries.plots import drawn

    if not isinstance(found, Table):
        raise UsageError("only rows can be drawn")
    picture = drawn(found, query.header.plot, path.suffix.lstrip("."), title=query.header.summary)
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _print(found: Result, form: str | None, output: Path | None, names: Mapping[str, str], summary: str = "") -> None:
    if output is None or str(output) == "-":
        printed(found, form, names)
        return
    form = form or _form_of(output)
    to_file(write(found, form, names), output)
    if form in ("csv", "tsv") and isinstance(found, Table):
        from kg.queries.csvw import metadata

        said = metadata(found, output.name, summary=summary, delimiter="," if form == "csv" else "\t")
        to_file([said], output.with_name(output.name + "-metadata.json"))


def _form_of(output: Path) -> str:
    """Return the form that a file's ending means, ``.gz`` and ``.zst`` aside. Raises UsageError for others."""
    plain = output.with_suffix("") if output.suffix in (".gz", ".zst") else output
    form = _ENDINGS.get(plain.suffix, plain.suffix.lstrip("."))
    if form not in FORMATS:
        raise UsageError(f"{output}: the ending tells no format: add -f {'|'.join(FORMATS)}")
    return form


def run_text(text: str | None, project: Path | None, world: str | None, options: Mapping[str, Any]) -> int:
    """Ask SPARQL text, a file's or standard input's, and print the answer; return the exit status."""
    from kg.project import Project

    name, body = _given(text)
    found_project = Project.find(project)
    seconds = options["timeout"] or SECONDS
    with limited(Limits(seconds, options["max_memory"])), Endpoints(seconds) as endpoints:
        source = _source(options["endpoint"], found_project, world, endpoints, ours=False)
        page = Page(options["limit"], options["offset"], options["max_rows"])
        result = ask(body, source, page=page, name=name)
        _print(
            replace(result, citation=_cited(result, found_project)), options["form"], options["output"], source.names
        )
    return int(isinstance(result, Truth) and not result.holds)


def _given(text: str | None) -> tuple[str, str]:
    if text in (None, "-"):
        if sys.stdin.isatty():
            raise UsageError("give a query as text, a file, or on standard input")
        return "standard input", sys.stdin.buffer.read().decode("utf-8", "replace")
    assert text is not None
    if "{" not in text and (text.endswith((".rq", ".sparql", ".txt")) or Path(text).is_file()):
        return text, text_of(Path(text))
    return "query", text
