"""A SERVICE in a query: whom it asks what, and a group that finds what the rest of the query knows of its variables.

What is known narrows the block, and must never change the answer:

- Whatever joins with the block must agree with it, so that solutions which agree with nothing need not be asked for. A
  sub-select is answered by itself, so that only what stands inside it counts.
- FILTERs count where they fail already, whatever the block will bind: those that ask whether something is bound do not.
- Only variables that the block itself binds in every solution are told: what is told must not bind any more of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.queries.groups import Element, Group, Place, groups, path_to
from kg.queries.guard import called
from kg.queries.tokens import Token, position, tokens

_UNTOLD = re.compile(r"\b(?:BOUND|COALESCE|EXISTS|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_JOINED = ("triples", "GRAPH", "VALUES", "group")


@dataclass(frozen=True, slots=True)
class Block:
    """One SERVICE of a query's text, from ``start`` to ``end``.

    ``around`` is a group that finds what is known of the ``shared`` variables, which the block binds too; the triples
    that the pattern begins with bind those in ``first``.
    """

    start: int
    end: int
    target: str
    silent: bool
    prologue: str
    pattern: str
    around: str
    shared: tuple[str, ...]
    first: frozenset[str]

    def known(self) -> str:
        """Return the query for what the rest of the query knows of the block's variables."""
        names = " ".join(f"?{name}" for name in self.shared)
        return f"{self.prologue}SELECT DISTINCT {names} WHERE {self.around}"

    def query(self, values: str = "", names: Sequence[str] = ()) -> str:
        """Return what the endpoint is asked.

        Values of some names stand among the pattern's own triples where these bind all of them, since engines are
        quickest with that; else beside the pattern, so that its OPTIONALs and FILTERs mean what they meant.
        """
        pattern = self.pattern if not values or self.first.issuperset(names) else f"{{ {self.pattern} }}"
        return f"{self.prologue}SELECT * WHERE {{ {values} {pattern} }}"


def refuse_misplaced(text: str, source: str) -> None:
    """Raise QueryError where a SERVICE stands in another or in an EXISTS, whose meaning depends on each solution."""
    if "service" not in text.lower():  # most queries call none, and to take one apart costs more than to read it
        return
    found = list(tokens(text))
    for token, problem in _misplaced(found, groups(found)):
        place = position(text, token.start)
        raise QueryError(source, problem, line=place.line, column=place.column)


def _misplaced(found: Sequence[Token], among: Sequence[Group], *, exists: bool = False) -> Iterator[tuple[Token, str]]:
    for group in among:
        inside = exists or group.role == "exists"
        for element in group.elements:
            if element.kind == "SERVICE":
                calls = [it for it in found if it.says("SERVICE") and element.start <= it.start < element.end]
                if inside:
                    yield calls[0], "a SERVICE cannot stand in EXISTS: write MINUS, or join with it"
                for call in calls[1:]:
                    yield call, "a SERVICE inside another is called from there: put the two side by side"
            yield from _misplaced(found, element.groups, exists=inside)


def first_block(text: str) -> Block | None:
    """Return the first SERVICE of a query that is known to be SPARQL, each SERVICE in its place."""
    found = list(tokens(text))
    places = path_to("SERVICE", groups(found))
    if not places:
        return None
    element = places[-1].element
    inside = [token for token in found if element.start <= token.start < element.end]
    (_, target), *_ = called(inside)
    opening = next(token for token in inside if token.text == "{")
    pattern = text[opening.end : element.end - 1].strip()
    (whole,) = groups([token for token in inside if token.start >= opening.start])
    mine = _certain(text, whole)
    around = _around(text, places, mine)
    form = next(token for token in found if token.says("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"))
    return Block(
        element.start,
        element.end,
        target,
        inside[1].says("SILENT"),
        text[: form.start],
        pattern,
        around,
        tuple(sorted(mine & _variables(around))),
        frozenset(_first(text, whole)),
    )


def _certain(text: str, group: Group) -> set[str]:
    """Return the variables that every solution of a group binds."""
    return set().union(*(_certain_of(text, element) for element in group.elements))


def _certain_of(text: str, element: Element) -> set[str]:
    match element.kind:
        case "triples":
            return _variables(text[element.start : element.end])
        case "GRAPH":
            (inner,) = element.groups
            return _variables(text[element.start : inner.start]) | _certain(text, inner)
        case "group":
            return set.intersection(*(_certain(text, inner) for inner in element.groups))
        case _:
            return set()


def _first(text: str, group: Group) -> set[str]:
    leading = next(iter(group.elements), None)
    return _certain_of(text, leading) if leading and leading.kind == "triples" else set()


def _around(text: str, places: Sequence[Place], mine: set[str]) -> str:
    """Return a group that finds what stands before a place, and FILTERs beside it, from the outermost group inwards.

    Where nothing before it has a variable in common with it, what is joined after it serves as well.
    """
    alone = max(number for number, place in enumerate(places) if place.group.role)
    parts = [_before(text, place) if number >= alone else [] for number, place in enumerate(places)]
    if not mine & _variables(" ".join(part for known in parts for part in known)):
        parts[alone:] = [[*parts[n], *_after(text, places[n], mine)] for n in range(alone, len(places))]
    opened = ""
    for number, place in enumerate(places):
        filters = _filters(text, place.group) if number >= alone else ()
        inner = places[number + 1].group if number + 1 < len(places) else None
        opened += f"{{ {' . '.join([*parts[number], *filters])} {_opening(text, place.element, inner)}"
    return opened + " }" * len(places)


def _opening(text: str, element: Element, inner: Group | None) -> str:
    return text[element.start : inner.start] if inner is not None and element.kind == "GRAPH" else ""


def _before(text: str, place: Place) -> list[str]:
    return [_plain(text, it) for it in place.group.elements[: place.number] if it.kind != "FILTER"]


def _after(text: str, place: Place, mine: set[str]) -> list[str]:
    """Return what is joined after a place and has to do with it, at one remove or several."""
    known, found = set(mine), []
    left = [it for it in place.group.elements[place.number + 1 :] if it.kind in _JOINED and not _calls(it)]
    while near := [it for it in left if known & _variables(text[it.start : it.end])]:
        found += [_plain(text, it) for it in near]
        known |= _variables(" ".join(found))
        left = [it for it in left if it not in near]
    return found


def _calls(element: Element) -> bool:
    return bool(path_to("SERVICE", element.groups))


def _filters(text: str, group: Group) -> Iterator[str]:
    """Yield a group's FILTERs so that they only fail for good: what is not known yet passes."""
    for element in group.elements:
        said = text[element.start + len("FILTER") : element.end]
        if element.kind == "FILTER" and not element.groups and not _UNTOLD.search(said):
            yield f"FILTER(COALESCE({said}, true))"


def _plain(text: str, element: Element) -> str:
    return text[element.start : element.end].rstrip().removesuffix(".")


def _variables(text: str) -> set[str]:
    return {token.text[1:] for token in tokens(text) if token.kind == "variable"}
