"""The three forms that a constraint can take, whatever its component.

A constraint judges each value node alone, or a focus node with all its values at once, or it finds rows of its own.
Reports and conformance (inside sh:not, sh:or and the like) are both made from these forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kg.errors import KgError
from kg.validate.looks import Look, Need
from kg.validate.paths import Touch
from kg.vocab import Iri, Literal, Node, Term

Expression: TypeAlias = Callable[[str, str], str]
"""From a focus variable and a value variable to an expression that is true where the value fails."""
Judgement: TypeAlias = Callable[[str], str]
"""From a focus variable to an expression that is true where the focus node fails."""
Pattern: TypeAlias = Callable[[str, str, tuple[str, ...]], str]
"""From a focus variable, what binds it, and variables for the columns to a pattern with one answer for each failure."""
Template: TypeAlias = Callable[[str, str, str], str]
"""From a focus variable, what binds it, and a prefix for all other variables to a SELECT."""


class NotCompiledError(KgError):
    """A constraint has no form that a store could answer at once; the reference engine has to judge it."""


@dataclass(frozen=True, slots=True)
class Reads:
    """The triples that a constraint looks at: those that start from its value nodes, and from its focus node.

    ``shapes`` are those that its value nodes are held against. ``classes`` tells that it looks at the class
    hierarchy, ``anything`` that it cannot be told what else it looks at. ``needs`` are properties without which a focus
    node does not fail.
    """

    values: tuple[Touch, ...] = ()
    focus: tuple[Touch | Look, ...] = ()
    shapes: tuple[Term, ...] = ()
    classes: bool = False
    anything: bool = False
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class PerValue:
    """A constraint that each value node meets or fails by itself."""

    component: Iri
    fails: Expression
    says: str
    reads: Reads = Reads()
    shows_value: bool = True
    messages: tuple[Literal, ...] = ()
    known: tuple[tuple[str, Term], ...] = ()


@dataclass(frozen=True, slots=True)
class PerFocus:
    """A constraint on all values of a focus node together; its findings have no value."""

    component: Iri
    fails: Judgement
    says: str
    reads: Reads = Reads()


@dataclass(frozen=True, slots=True)
class Rows:
    """A constraint that finds its failures itself, one for each row of ``columns``.

    The columns ``value`` and ``path`` are what a finding shows. ``fails`` judges a focus node by itself, where that is
    simpler than to look for rows.
    """

    component: Iri
    pattern: Pattern
    says: str
    columns: tuple[str, ...]
    reads: Reads = Reads()
    fails: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A constraint whose failures a SELECT of the shapes' author finds.

    ``each`` tells that it has to be asked for one focus node at a time. ``known`` are parameters for its messages.
    """

    component: Iri
    query: Template
    says: str
    reads: Reads
    constraint: Node | None = None
    messages: tuple[Literal, ...] = ()
    known: tuple[tuple[str, Term], ...] = ()
    each: bool = False


Constraint: TypeAlias = PerValue | PerFocus | Rows | Select
