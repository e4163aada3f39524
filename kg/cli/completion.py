"""``kg completion``: what a shell must run to complete commands, saved queries, their parameters and values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from kg.errors import UsageError

_WHERE = {
    "bash": 'eval "$(kg completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(kg completion zsh)" in ~/.zshrc',
    "fish": "kg completion fish > ~/.config/fish/completions/kg.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(tuple(_WHERE)))
def completion(shell: str) -> int:
    """Print the completion script of SHELL, to be evaluated in its start-up file."""
    from kg.cli import commands

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"{shell} is not known here")
    click.echo(found(commands, {}, "kg", "_KG_COMPLETE").source())
    click.echo(f"# to keep it: {_WHERE[shell]}", err=True)
    return 0
