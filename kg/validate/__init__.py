"""Shapes compiled to queries, their findings, and the way from a finding back to the words."""

from __future__ import annotations

from kg.validate.checks import Checks
from kg.validate.compile import compile_shapes
from kg.validate.findings import Finding, at_least, tally
from kg.validate.kept import Difference, Kept
from kg.validate.locate import Located, Passage, Written, by_place, locate
from kg.validate.reach import Reach
from kg.validate.residents import Residents
from kg.validate.selection import at_home, catalogue_graphs, gathered, shapes_for, world_graphs

__all__ = [
    "Checks",
    "Difference",
    "Finding",
    "Kept",
    "Located",
    "Passage",
    "Reach",
    "Residents",
    "Written",
    "at_home",
    "at_least",
    "by_place",
    "catalogue_graphs",
    "compile_shapes",
    "gathered",
    "locate",
    "shapes_for",
    "tally",
    "world_graphs",
]
