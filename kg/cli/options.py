"""Options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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
    return click.option("-w", "--world", help="The world to ask: actual (the default), or a story's name.")(command)
