"""``kg query`` and ``kg sparql``: saved queries as commands of their own, made from their headers; and free ones."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from kg.cli.options import project_option, world_option
from kg.errors import KgError, QueryError, UsageError
from kg.queries.answers import Page, Source, answer, ask
from kg.queries.parameters import Parameter
from kg.queries.results import Result, Table, Truth
from kg.queries.saved import SavedQuery, load
from kg.queries.writers import FORMATS
from kg.run import Limits, limited
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg.project import Project

_LIST = ("table", "tsv", "json", "md")


def _shared(command: click.Command) -> click.Command:
    """Add the options of every query: form, page, limits, where it asks and where it writes."""
    command.params += [
        click.Option(["-f", "--format", "form"], type=click.Choice(FORMATS), help="Default: table, or tsv when piped."),
        click.Option(["-o", "--output"], type=click.Path(path_type=Path, dir_okay=False), help="Write to a file."),
        click.Option(["--limit"], type=click.IntRange(0), help="At most so many rows."),
        click.Option(["--offset"], type=click.IntRange(0), default=0, help="Leave out so many rows first."),
        click.Option(["--timeout"], type=click.FloatRange(0, min_open=True), help="Seconds (default 60)."),
        click.Option(["--max-rows"], type=click.IntRange(1), default=100_000, show_default=True),
        click.Option(["--max-memory"], type=click.IntRange(1), default=4_000, show_default=True, help="In MB."),
    ]
    return command


class _Queries(click.Group):
    """The saved queries of a project, each a command that is made when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_project(ctx).queries())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(saved(_project(ctx), cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Saved queries"):
            formatter.write_dl([(query.stem, query.header.summary) for query in collection(_project(ctx))])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=saved(_project(ctx), name).header.summary) for name in names]


@click.group(cls=_Queries, invoke_without_command=True, subcommand_metavar="[NAME [--PARAMETER VALUE]...]")
@project_option
@click.option(
    "-f", "--format", "form", type=click.Choice(_LIST), help="Of the list: table, tsv when piped, json or md."
)
@click.pass_context
def query(ctx: click.Context, project: Path | None, form: str | None) -> int | None:
    """Run a saved query, or list them all. `kg query NAME --help` tells what one asks and answers."""
    if ctx.invoked_subcommand is not None:
        return None
    from kg.cli.tables import listed

    queries = [query for query in collection(_project(ctx)) if query.family != "checks"]
    listed(queries, form or ("table" if sys.stdout.isatty() else "tsv"))
    return 0


def collection(project: Project) -> list[SavedQuery]:
    """Return the saved queries of a project, by family and name."""
    found = [saved(project, name) for name in project.queries()]
    return sorted(found, key=lambda query: (query.family, query.stem))


def saved(project: Project, name: str) -> SavedQuery:
    """Return a saved query of a project by its name, with or without its folder. Raises UsageError for others."""
    paths = project.queries()
    path = paths.get(name.rpartition("/")[2])
    if path is None:
        from rapidfuzz import process

        near = process.extract(name, list(paths), limit=3, score_cutoff=50)
        hint = "; nearest are " + ", ".join(match for match, _, _ in near) if near else ""
        raise UsageError(f"there is no saved query “{name}”{hint}; kg query lists them")
    family = "" if path.parent.name == "queries" else f"{path.parent.name}/"
    return load(f"{family}{path.stem}", _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(str(path), f"is not UTF-8 text (at byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise QueryError(str(path), f"cannot be read: {error.strerror}") from error


def _project(ctx: click.Context) -> Project:
    from kg.project import Project

    return Project.find(ctx.find_root().params.get("project") or ctx.params.get("project"))


def _command(query: SavedQuery) -> click.Command:
    """Return a saved query as a command whose options are its parameters."""

    def run(**options: Any) -> int:  # click hands over whatever the options are
        return _run(query, options)

    command = click.Command(query.stem, callback=run, help=_help(query), short_help=query.header.summary)
    command.params = [_option(parameter) for parameter in query.parameters if parameter.type != "world"]
    command.params.append(click.Option(["--explain"], is_flag=True, help="Print the bound query; do not run it."))
    if query.header.plot is not None:
        command.params.append(
            click.Option(["--plot"], type=click.Path(path_type=Path, dir_okay=False), help="Draw to FILE.svg or .png.")
        )
    return _shared(_placed(command))


def _placed(command: click.Command) -> click.Command:
    """Add the project and the world to a command made by hand, as the decorators do."""

    @project_option
    @world_option
    def holder() -> None:
        """Carry the options to where they are wanted."""

    command.params += reversed(holder.__click_params__)  # type: ignore[attr-defined]  # where click keeps them
    return command


def _help(query: SavedQuery) -> str:
    columns = ", ".join(column.name for column in query.columns)
    examples = " ".join(f"--{name} {_quoted(value)}" for name, (value, *_) in query.examples.items())
    parts = [
        query.header.summary,
        query.header.description,
        f"Columns: {columns}." if columns else "",
        f"Example: kg query {query.stem} {examples}".rstrip(),
    ]
    return "\n\n".join(part for part in parts if part)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _option(parameter: Parameter) -> click.Option:
    example = f" (for example {parameter.example})" if parameter.example else ""
    default = f" [default: {parameter.default}]" if parameter.default else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        multiple=parameter.many,
        type=click.Choice(parameter.choices) if parameter.choices else str,
        metavar=None if parameter.choices else parameter.type.upper(),
        help=parameter.description + example + default,
        shell_complete=lambda ctx, _, incomplete: _values(ctx, parameter, incomplete),
    )


def _values(ctx: click.Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may complete a parameter's value; a completion never fails, so errors complete nothing."""
    if parameter.choices:
        return [CompletionItem(choice) for choice in parameter.choices if choice.startswith(incomplete)]
    if parameter.type != "entity":
        return [CompletionItem(parameter.example)] if parameter.example and not incomplete else []
    from kg.queries.entities import names

    try:
        project = _project(ctx)
        found = names(project.store(), project.default_graphs(), incomplete, kind=parameter.of)
    except KgError:
        return []
    return [CompletionItem(name) for name in found if name.lower().startswith(incomplete.lower())][:200]


def source_of(project: Project, world: str | None) -> Source:
    """Return the current build as what queries are asked of."""
    names = {**PREFIXES, "id": project.settings.base}
    build = str(project.manifest().get("digest", ""))
    return Source(project.store(), project.default_graphs(world), build, project.settings.services, names)


def _run(query: SavedQuery, options: dict[str, Any]) -> int:
    from kg.project import Project

    ctx = click.get_current_context()
    project = Project.find(options["project"] or (ctx.parent.params.get("project") if ctx.parent else None))
    seconds = options["timeout"] or query.header.seconds or 60
    with limited(Limits(seconds, options["max_memory"])):
        values, world = _asked(query, options)
        source = source_of(project, world)
        if options["explain"]:
            return _explained(query, values, source)
        page = Page(options["limit"], options["offset"], options["max_rows"])
        result = answer(query, values, source, page=page)
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


def _cited(result: Result, project: Project) -> Any:  # a Citation, which the caller puts back where it came from
    return replace(result.citation, date=date.today().isoformat(), title=project.settings.title)


def _draw(query: SavedQuery, found: Result, path: Path) -> None:
    from kg.queries.plots import drawn

    if not isinstance(found, Table):
        raise UsageError("only rows can be drawn")
    _written(path, drawn(found, query.header.plot, path.suffix.lstrip("."), title=query.header.summary))


def _print(found: Result, form: str | None, output: Path | None, names: Mapping[str, str], summary: str = "") -> None:
    from kg.cli.tables import printed
    from kg.queries.writers import write

    if output is None:
        printed(found, form, names)
        return
    form = form or {".ttl": "turtle", ".nt": "ntriples"}.get(output.suffix, output.suffix.lstrip(".") or "csv")
    _written(output, "".join(write(found, form, names)).encode())
    if form == "csv" and isinstance(found, Table):
        from kg.queries.csvw import metadata

        _written(
            output.with_name(output.name + "-metadata.json"), metadata(found, output.name, summary=summary).encode()
        )


def _written(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _sparql(text: str | None, project: Path | None, world: str | None, **options: Any) -> int:
    """Run SPARQL of your own: TEXT, a file, or standard input (-). The well-known prefixes are declared for you."""
    from kg.project import Project

    name, body = _given(text)
    found_project = Project.find(project)
    with limited(Limits(options["timeout"] or 60, options["max_memory"])):
        source = source_of(found_project, world)
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
        return text, _text(Path(text))
    return "query", text


sparql = _shared(project_option(world_option(click.command("sparql")(click.argument("text", required=False)(_sparql)))))
