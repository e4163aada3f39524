"""Options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import KgError

Command = TypeVar("Command", bound=Callable[..., Any])  # click's own decorators type commands so


def project_option(command: Command) -> Command:
    """Add ``--project PATH``, passed on as ``project``."""
    return click.option(
        "-p",
        "--project",
        type=click.Path(exists=True, path_type=Path),
        help="A project's folder, or a folder of builds. Else the nearest kg.toml upwards, else the bundled guide.",
    )(command)


def world_option(command: Command) -> Command:
    """Add ``--world NAME``, passed on as ``world``."""
    return click.option(
        "-w",
        "--world",
        help="The world to ask: actual (the default), or a story's name.",
        shell_complete=_worlds,
    )(command)


def _worlds(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Return the worlds of the project at hand; a completion never fails, so errors complete nothing."""
    from kg.project import Project

    try:
        worlds = Project.find(ctx.params.get("project") or ctx.find_root().params.get("project")).worlds()
    except KgError:
        return []
    return [world for world in sorted(worlds) if world.startswith(incomplete)]
