"""Porthole: a knowledge graph of what stories say and what history says.

>>> import kg
>>> g = kg.open().graph()                                     # doctest: +SKIP
>>> g.query("SELECT ?it { ?it a ph:FictionalMission }")       # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.version import VERSION

if TYPE_CHECKING:
    from kg.project import Project

__all__ = ["__version__", "open"]
__version__ = VERSION


def open(path: str | Path | None = None) -> Project:  # noqa: A001 - kg.open() reads as it should
    """Return a project: the one at a path, else the nearest upwards from here, else the bundled guide.

    Raises ProjectError where the path holds none. What was built is read with ``graph()``, ``dataset()`` or
    ``store()``.
    """
    from kg.project import Project

    return Project.find(None if path is None else Path(path))
