"""The command line: arguments become one call, its answer is printed, failures become exit statuses.

Every family of commands is a module, imported only when one of its commands is called: start-up stays short.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from kg.errors import KgError
from kg.version import VERSION

# command: (module, attribute, what the list of commands says of it), in the order in which a newcomer meets them
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("kg.cli.demo", "demo", "Build the bundled guide and show what it knows."),
    "build": ("kg.cli.build", "build", "Turn guides into a validated graph."),
    "import": ("kg.cli.imports", "import_", "Take in what others have: RDF, schema.org, TVmaze, CSV."),
    "query": ("kg.cli.query", "query", "Run a saved query, or list them."),
    "sparql": ("kg.cli.query", "sparql", "Run a SPARQL query of your own."),
    "show": ("kg.cli.show", "show", "Show an entity by world, with the words behind each fact."),
    "why": ("kg.cli.why", "why", "Prove an inferred statement."),
    "link": ("kg.cli.link", "link", "Link things to Wikidata, and decide on proposals."),
    "wikidata": ("kg.cli.wikidata", "wikidata", "Make a snapshot of Wikidata, or statements to give back."),
    "export": ("kg.cli.export", "export", "Write the graph, a world or an entity."),
    "release": ("kg.cli.release", "release", "Write a folder to publish: dumps, terms, queries, descriptions."),
    "diff": ("kg.cli.diff", "diff", "Tell what changed between two builds, exports or git revisions."),
    "validate": ("kg.cli.validate", "validate", "Check the graph, or any RDF, against shapes."),
    "reason": ("kg.cli.reason", "reason", "Write what follows from RDF data and an ontology."),
    "init": ("kg.cli.edit", "init", "Make a project."),
    "new": ("kg.cli.edit", "new", "Begin a statements file for an entry."),
    "terms": ("kg.cli.edit", "terms", "List the properties and kinds that statements may use."),
    "check": ("kg.cli.edit", "check", "Find what is wrong in a project's files."),
    "fmt": ("kg.cli.edit", "fmt", "Bring statements into their canonical form."),
    "parse": ("kg.cli.parse", "parse", "Print what is read in guide entries."),
    "completion": ("kg.cli.completion", "completion", "Print what makes a shell complete commands and names."),
}


class _Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; that the reader of a pipe has seen enough is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be flushed
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="kg")
def commands() -> None:
    """Read episode guides into a knowledge graph that knows story from history."""


def _completed() -> int:
    """Answer a shell that asks what may complete its line."""
    from kg.cli.completion import VARIABLE, complete

    return complete(commands, os.environ[VARIABLE], sys.argv[-1])


def main() -> None:
    """Run a command and exit.

    0 done, 1 the answer is no, 2 usage, 3 input cannot be read, 4 project or configuration, 5 network, 6 a limit was
    reached, 130 interrupted.
    """
    try:
        status = _completed() if "_KG_COMPLETE" in os.environ else commands.main(standalone_mode=False)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        status = error.exit_status
    except click.exceptions.Abort:
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    sys.exit(status if isinstance(status, int) else 0)
