"""``kg query`` and ``kg sparql``: saved queries as commands of their own, made from their headers; and free ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from kg.cli.collection import collection, keep, saved, summaries
from kg.cli.options import project_option, world_option
from kg.errors import KgError, UsageError
from kg.queries.entities import unaccented
from kg.queries.header import Column
from kg.queries.parameters import Parameter
from kg.queries.saved import SavedQuery
from kg.queries.writers import FORMATS
from kg.run import SECONDS, Limits, limited

if TYPE_CHECKING:
    from kg.project import Project

_MOST = 200  # candidates for a shell
_LIST = ("table", "tsv", "json", "md", "openapi", "turtle")


def _shared(command: click.Command) -> click.Command:
    """Add the options of every query: form, page, limits, where it asks and where it writes."""
    command.params += [
        click.Option(["-f", "--format", "form"], type=click.Choice(FORMATS), help="Default: table, or tsv when piped."),
        click.Option(["-o", "--output"], type=click.Path(path_type=Path, dir_okay=False), help="Write to a file."),
        click.Option(["--limit"], type=click.IntRange(0), help="At most so many rows."),
        click.Option(["--offset"], type=click.IntRange(0), default=0, help="Leave out so many rows first."),
        click.Option(["--endpoint"], help="Ask this SPARQL server instead: an address, or a service of kg.toml."),
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
        with limited(Limits(SECONDS)):  # the text is tried on an empty store, which a hostile one can keep busy
            return _command(saved(_project(ctx), cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Saved queries"):
            formatter.write_dl([(query.stem, query.header.summary) for query in collection(_project(ctx))])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        found = summaries(_project(ctx))
        return [CompletionItem(name, help=found[name]) for name in sorted(found) if name.startswith(incomplete)]


@click.group(cls=_Queries, invoke_without_command=True, subcommand_metavar="[NAME [[--PARAMETER] VALUE]...]")
@project_option
@click.option(
    "-f", "--format", "form", type=click.Choice(_LIST), help="Of the list; default: table, or tsv when piped."
)
@click.option("-s", "--search", "words", metavar="WORDS", help="List only those that have these words somewhere.")
@click.option(
    "--import",
    "collected",
    type=click.Path(exists=True, path_type=Path),
    help="Keep a collection's queries as your own.",
)
@click.pass_context
def query(
    ctx: click.Context, project: Path | None, form: str | None, words: str | None, collected: Path | None
) -> int | None:
    """Run a saved query, or list them all. `kg query NAME --help` tells what one asks and answers."""
    if ctx.invoked_subcommand is not None:
        return None
    from kg.cli.tables import listed

    if collected is not None:
        click.echo("\n".join(str(path) for path in keep(_project(ctx), collected)))
        return 0
    with limited(Limits(SECONDS)):
        queries = [query for query in collection(_project(ctx)) if query.family != "checks" and _has(query, words)]
    if words and not queries:
        raise UsageError(f"no saved query speaks of “{words}”; kg query lists them all")
    listed(queries, form or ("table" if sys.stdout.isatty() else "tsv"), _project(ctx).settings.base)
    return 0


def _has(query: SavedQuery, words: str | None) -> bool:
    """Return whether each of the words begins some word of what a query's header says, accents and case aside."""
    names = (*(it.name for it in query.parameters), *(it.name for it in query.columns))
    said = " ".join((query.name, query.header.summary, query.header.description, *query.header.tags, *names))
    spoken = re.findall(r"\w+", unaccented(said).replace("_", " "))
    return all(any(it.startswith(word) for it in spoken) for word in unaccented(words or "").replace("_", " ").split())


def _project(ctx: click.Context) -> Project:
    from kg.project import Project

    return Project.find(ctx.find_root().params.get("project") or ctx.params.get("project"))


def _command(query: SavedQuery) -> click.Command:
    """Return a saved query as a command whose options are its parameters."""
    parameters = [parameter for parameter in query.parameters if parameter.type != "world"]

    def run(given: tuple[str, ...] = (), **options: Any) -> int:  # click hands over whatever the options are
        from kg.cli.asking import run_saved

        return run_saved(query, options | _by_order(parameters, given, options))

    command = _Saved(query, callback=run)
    command.params = [_option(parameter) for parameter in parameters]
    if parameters:
        command.params.append(_argument(parameters[0]))
    command.params.append(click.Option(["--explain"], is_flag=True, help="Print the bound query; do not run it."))
    command.params.append(
        click.Option(["--mark"], is_flag=True, help="Tell in a last column which rows rest on inference or on links.")
    )
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
    from kg.queries.readme import example

    called = {name: address for name, address in query.header.services.items() if address in query.services}
    parts = [
        query.header.summary,
        query.header.description,
        *(f"Asks {address}: kg.toml has to allow {name} under [services]." for name, address in called.items()),
        f"Example: {example(query)}",
    ]
    return "\n\n".join(part for part in parts if part)


class _Saved(click.Command):
    """A saved query as a command, whose help tells what comes back too."""

    def __init__(self, query: SavedQuery, **more: Any) -> None:  # what click takes
        super().__init__(query.stem, help=_help(query), short_help=query.header.summary, **more)
        self.columns = query.columns

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        if self.columns:
            with formatter.section("Columns"):
                formatter.write_dl([(column.name, _told(column)) for column in self.columns])


def _told(column: Column) -> str:
    unit = f" in {column.unit}" if column.unit else ""
    return ", ".join(filter(None, (f"{column.type}{unit}", column.description)))


def _option(parameter: Parameter) -> click.Option:
    example = f" (for example {parameter.example})" if parameter.example else ""
    default = f" [default: {parameter.default}]" if parameter.default else " [required]" if parameter.required else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        multiple=parameter.many,
        type=click.Choice(parameter.choices) if parameter.choices else str,
        metavar=None if parameter.choices else parameter.type.upper(),
        help=(parameter.description + example + default).strip(),
        shell_complete=lambda ctx, _, incomplete: _values(ctx, parameter, incomplete),
    )


def _argument(first: Parameter) -> click.Argument:
    """Return the argument that takes values without the names of their parameters."""
    return click.Argument(
        ["given"],
        nargs=-1,
        metavar="[VALUE]...",
        shell_complete=lambda ctx, _, incomplete: _values(ctx, first, incomplete),
    )


def _by_order(parameters: Sequence[Parameter], given: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return values given without names by parameter, in the header's order; the last that takes many takes the rest.

    Raises UsageError for values that no parameter is left for.
    """
    free = [parameter for parameter in parameters if options.get(parameter.name) in (None, ())]
    values: dict[str, Any] = {}
    left = list(given)
    while left and free:
        parameter = free.pop(0)
        values[parameter.name] = tuple(left) if parameter.many else left[0]
        left = [] if parameter.many else left[1:]
    if left:
        raise UsageError(f"nothing is left to mean “{left[0]}”: " + _names(parameters))
    return values


def _names(parameters: Sequence[Parameter]) -> str:
    return "the parameters are " + ", ".join(f"--{parameter.name.replace('_', '-')}" for parameter in parameters)


def _values(ctx: click.Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may complete a parameter's value; a completion never fails, so errors complete nothing."""
    words = parameter.choices or (("yes", "no") if parameter.type == "boolean" else ())
    if words:
        return [CompletionItem(word) for word in words if word.startswith(incomplete)]
    if parameter.type != "entity":
        return [CompletionItem(parameter.example)] if (parameter.example or "").startswith(incomplete) else []
    from kg.queries.entities import beginning

    try:
        project = _project(ctx)
        found = beginning(project.store(), project.default_graphs(), incomplete, kind=parameter.of)
    except KgError:
        return []
    return [CompletionItem(name) for name in found[:_MOST]]


def _sparql(text: str | None, project: Path | None, world: str | None, **options: Any) -> int:
    """Run SPARQL of your own: TEXT, a file, or standard input (-).

    The well-known prefixes are declared for you, and relative IRIs such as <person/…> lie under the project's base.
    """
    from kg.cli.asking import run_text

    return run_text(text, project, world, options)


sparql = _shared(project_option(world_option(click.command("sparql")(click.argument("text", required=False)(_sparql)))))
