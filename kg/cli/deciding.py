"""A walk through proposed links in the terminal: one key for each decision, saved at once, the last ones undone."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence

import click

from kg.link.mapping import Mapping
from kg.link.review import CHOICES, decided, undecided
from kg.vocab import Iri

_KEYS = ", ".join(f"{key} {what}" for key, what in CHOICES.items())
Saving = Callable[[Mapping], None]


def walk(left: Sequence[Mapping], reviewer: Iri, day: str, save: Saving) -> None:
    """Show each proposal and save what is decided on it; stop when all are seen or the reviewer does."""
    at = 0
    while at < len(left):
        _show(left[at], at + 1, len(left))
        choice = _choice()
        if choice == "q":
            return
        if choice in "yn":
            save(decided(left[at], reviewer, day, accept=choice == "y"))
        if choice == "u":
            at = max(0, at - 1)
            save(undecided(left[at]))
        else:
            at += 1


def _show(mapping: Mapping, number: int, total: int) -> None:
    click.echo(f"\n{number} of {total}: {click.style(mapping.subject_label, bold=True)} <{mapping.subject}>")
    relation = re.split(r"[/#]", mapping.predicate)[-1]
    sure = f" {mapping.confidence:.2f}" if mapping.confidence is not None else ""
    click.echo(f"  {relation} {click.style(mapping.object_label, bold=True)} <{mapping.object}>{sure}")
    if mapping.comment:
        width = max(40, min(120, shutil.get_terminal_size().columns))
        click.echo(textwrap.fill(f"because: {mapping.comment}", width, initial_indent="  ", subsequent_indent="    "))


def _choice() -> str:
    """Return what a person chose: by one key at a terminal, by a line elsewhere."""
    if not sys.stdin.isatty():
        said: str = click.prompt(f"  {_KEYS}", type=click.Choice(list(CHOICES)), show_choices=False)
        return said
    click.echo(f"  {_KEYS}: ", nl=False)
    while True:
        typed = click.getchar().lower()  # several signs where keys came fast, or for an arrow key
        key = next((sign for sign in typed if sign in CHOICES), "") if typed[:1] != "\x1b" else ""
        if key:
            click.echo(CHOICES[key])
            return key
