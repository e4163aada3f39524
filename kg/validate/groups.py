"""The skeleton of a SPARQL query: its groups in braces, and its SELECTs with what they project and how they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal as Choice

from kg.validate.tokens import Token

_MODIFIERS = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"})


@dataclass(slots=True)
class Group:
    """A group in braces; ``inside`` says what surrounds it.

    A variable is ``matched`` where a triple pattern of the group itself has it, ``tested`` where only an expression
    of the group has it, and ``deeper`` where a group inside has it.
    """

    start: int
    inside: Choice["query", "graph", "exists"]
    wrapper: bool
    parent: Group | None = None
    end: int = -1
    matched: set[str] = field(default_factory=set)
    tested: set[str] = field(default_factory=set)
    deeper: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT: where its words stand, its projected tokens and what follows its group, as positions."""

    start: int
    nested: bool
    projected: range
    after: range


def groups(found: Sequence[Token]) -> list[Group]:
    """Return the groups of a query, outer ones first."""
    result: list[Group] = []
    current: Group | None = None
    brackets: list[int] = [0]
    for index, token in enumerate(found):
        if token.kind == "variable" and current is not None:
            # a graph's name is no match: unbound, it would try every graph of the store
            _note(current, token.text, tested=brackets[-1] > 0 or found[index - 1].upper == "GRAPH")
        elif token.text == "{" and token.kind == "sign":
            current = _opened(found, index, current)
            result.append(current)
            brackets.append(0)
        elif token.text == "}" and token.kind == "sign" and current is not None:
            current.end, current = index, current.parent
            brackets.pop()
        elif token.kind == "sign":
            brackets[-1] += (token.text == "(") - (token.text == ")")
    return result


def _opened(found: Sequence[Token], index: int, parent: Group | None) -> Group:
    before = found[index - 1].upper if index else ""
    graph = index > 1 and found[index - 2].upper == "GRAPH"
    inside: Choice["query", "graph", "exists"] = parent.inside if parent else "query"
    if inside != "exists":
        inside = "exists" if before == "EXISTS" else "graph" if graph else inside
    wrapper = index + 1 < len(found) and found[index + 1].upper == "SELECT"
    return Group(index, inside, wrapper, parent)


def _note(group: Group, variable: str, *, tested: bool) -> None:
    (group.tested if tested else group.matched).add(variable)
    child, outer = group, group.parent
    while outer is not None:
        # what EXISTS asks is a test of the group around it
        (outer.tested if child.inside == "exists" != outer.inside else outer.deeper).add(variable)
        child, outer = outer, outer.parent


def needs(group: Group, variable: str) -> bool:
    """Tell whether a variable has to be bound in a group before the group is evaluated."""
    if group.wrapper:
        return False
    return variable in group.deeper or (variable in group.tested and variable not in group.matched)


def selects(found: Sequence[Token], all_groups: Sequence[Group]) -> Iterator[Select]:
    """Yield the SELECTs of a query in order."""
    first = True
    for index, token in enumerate(found):
        if token.upper != "SELECT":
            continue
        group = next((group for group in all_groups if group.start > index and _at_level(found, index, group)), None)
        if group is None:
            continue
        stop = next((outer.end for outer in reversed(all_groups) if outer.start < index < outer.end), len(found))
        words = range(index + 1, group.start - (found[group.start - 1].upper == "WHERE"))
        yield Select(index, not first, words, range(group.end + 1, stop))
        first = False


def _at_level(found: Sequence[Token], index: int, group: Group) -> bool:
    depth = sum(
        (token.text == "(") - (token.text == ")") for token in found[index : group.start] if token.kind == "sign"
    )
    return depth == 0


def modifiers(found: Sequence[Token], select: Select, name: str) -> list[Token]:
    """Return the tokens of one modifier, such as those after GROUP BY."""
    result: list[Token] = []
    inside = False
    for index in select.after:
        upper = found[index].upper
        if upper in _MODIFIERS:
            inside = upper == name
        if inside:
            result.append(found[index])
    return result
