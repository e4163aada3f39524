"""Where the header of a saved query and the SPARQL below it do not fit each other, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.queries.binding import filled
from kg.queries.blocks import refuse_misplaced
from kg.queries.grammar import is_valid
from kg.queries.header import NUMERIC
from kg.queries.parameters import Parameter
from kg.queries.saved import SavedQuery, projected, top_level
from kg.queries.tokens import Token, position, tokens
from kg.vocab import XSD, Iri, Literal, Term


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit, and the line and column where it stands."""

    line: int
    column: int
    problem: str


def refuse_misfit(query: SavedQuery, text: str) -> None:
    """Raise QueryError for the first thing in which header and text do not fit, with its place and what to do."""
    source = f"{query.name}.rq"
    refuse_misplaced(text, source)
    found = list(tokens(text))
    for misfit in (*_in_text(query, text, found), *_in_header(query, text, found)):
        raise QueryError(source, misfit.problem, line=misfit.line, column=misfit.column)
    _refuse_unbindable(query, text)


def _in_text(query: SavedQuery, text: str, found: Sequence[Token]) -> Iterator[Misfit]:
    for token, problem in (*_of_parameters(query, found), *_of_layout(query, found)):
        place = position(text, token.start)
        yield Misfit(place.line, place.column, problem)


def _in_header(query: SavedQuery, text: str, found: Sequence[Token]) -> Iterator[Misfit]:
    used = {token.parameter for token in found}
    for parameter in query.parameters:
        if parameter.name not in used:
            problem = f"${parameter.name} is declared and never used: use it or remove its lines"
            yield Misfit(_declared_at(text, f"param {parameter.name}"), 1, problem)
    for name, address in query.header.services.items():
        if address not in query.services:
            problem = f"no SERVICE <{address}> stands below: write one, or remove the service {name}"
            yield Misfit(_declared_at(text, f"service {name}"), 1, problem)
    yield from _of_worlds(query, text)
    yield from _of_columns(query, text, found)
    yield from _of_plot(query, text)


def _of_worlds(query: SavedQuery, text: str) -> Iterator[Misfit]:
    worlds = [parameter for parameter in query.parameters if parameter.type == "world"]
    for parameter in query.parameters:
        line = _declared_at(text, f"param {parameter.name}")
        if parameter.name == "world" and parameter.type != "world":
            yield Misfit(line, 1, "“world” names the parameter of type world only: choose another name")
        elif parameter in worlds[1:]:
            yield Misfit(line, 1, "a query has one parameter of type world, which --world gives: use an entity here")


def _of_columns(query: SavedQuery, text: str, found: Sequence[Token]) -> Iterator[Misfit]:
    columns = [column.name for column in query.columns]
    if query.form != "select":
        if columns:
            line = _declared_at(text, f"column {columns[0]}")
            yield Misfit(line, 1, f"only a SELECT has columns, and this is {query.form.upper()}: remove these lines")
        return
    select = next(token for token in found if token.says("SELECT"))
    place = position(text, select.start)
    wanted = projected(found)
    if not wanted:
        yield Misfit(place.line, place.column, "SELECT * leaves open what comes back: name the columns")
    elif columns != wanted:
        odd = next((name for name, other in zip(columns, wanted, strict=False) if name != other), "")
        odd = odd or next(iter(columns[len(wanted) :]), "")
        line, column = (_declared_at(text, f"column {odd}"), 1) if odd else (place.line, place.column)
        yield Misfit(
            line, column,
            f"the header's columns ({', '.join(columns) or 'none'}) are not the SELECT's ({', '.join(wanted)}): "
            "declare each with “#+ column NAME: TYPE”, in the same order",
        )  # fmt: skip


def _of_plot(query: SavedQuery, text: str) -> Iterator[Misfit]:
    plot = query.header.plot
    if plot is None:
        return
    types = {column.name: column.type for column in query.columns}
    line = _declared_at(text, "plot")
    for name in filter(None, (plot.value, plot.group)):
        if not types:
            yield Misfit(line, 1, "only the rows of a SELECT can be drawn: remove the plot")
        elif name not in types:
            yield Misfit(line, 1, f"the plot draws “{name}”, which is no column: take one of {', '.join(types)}")
    if types.get(plot.value) not in NUMERIC:
        yield Misfit(line, 1, f"the plot draws “{plot.value}”, which holds no numbers: take an integer, number or year")


def _declared_at(text: str, key: str) -> int:
    lines = (number for number, line in enumerate(text.splitlines(), 1) if line.startswith(f"#+ {key}:"))
    return next(lines, 1)


def _of_parameters(query: SavedQuery, found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    declared = {parameter.name: parameter for parameter in query.parameters}
    variables = {token.text[1:] for token in found if token.kind == "variable" and not token.parameter}
    depth = 0
    for index, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}") if token.kind == "sign" else 0
        name = token.parameter
        if not name:
            continue
        if name not in declared:
            yield token, f"${name} is not declared: add “#+ param {name}: TYPE, …” and an example"
        elif name in variables:
            yield token, f"“{name}” is both a parameter and a variable: rename one"
        elif index > 1 and found[index - 2].says("BOUND"):
            yield token, f"${name} becomes a constant, so BOUND cannot ask for it"
        elif depth == 0:
            yield token, f"${name} stands outside the braces, where it cannot be bound: move it inside"


def _of_layout(query: SavedQuery, found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    outside = list(top_level(found))
    for token in outside:
        if token.says("FROM"):
            yield token, "which graphs are asked is the reader's choice (--world): remove FROM, or name graphs by GRAPH"
    if query.form != "select":
        return
    for token in outside:
        if token.says("LIMIT", "OFFSET"):
            yield token, "paging is the runner's: remove LIMIT and OFFSET here (kg query has --limit and --offset)"
        if token.says("VALUES"):
            yield token, "move VALUES into the braces, so that paging can follow the query"
    if not any(token.says("ORDER") for token in outside):
        yield found[-1], "a SELECT needs an ORDER BY that makes its rows unique, or paging shows some rows twice"


def _refuse_unbindable(query: SavedQuery, text: str) -> None:
    """Refuse a parameter that stands where a variable may and a value may not, by trying values in its place."""
    one: dict[str, tuple[Term, ...]] = {it.name: (_trial(it),) for it in query.parameters}
    several = one | {it.name: (_trial(it), _trial(it, "other")) for it in query.parameters if it.many}
    for terms in [one, several] if several != one else [one]:
        if not one or is_valid(filled(query.text, query.slots, terms)):
            continue
        places = zip(query.slots, (token for token in tokens(text) if token.parameter), strict=True)
        odd = (token for place, token in places if not is_valid(filled(query.text, (place,), terms)))
        token = next(odd, next(it for it in tokens(text) if it.parameter))
        kind = next(it.type for it in query.parameters if it.name == token.parameter)
        place = position(text, token.start)
        problem = f"{token.text} stands where a variable may stand and a value of type {kind} may not: move it"
        raise QueryError(f"{query.name}.rq", problem, line=place.line, column=place.column)


def _trial(parameter: Parameter, name: str = "one") -> Term:
    """Return a value of a parameter's type."""
    if parameter.type in ("iri", "entity", "world") or (parameter.type == "choice" and parameter.of):
        return Iri(f"urn:porthole:{name}")
    if parameter.type in ("integer", "year", "number"):
        return Literal("1" if name == "one" else "2", XSD.integer)
    return Literal(name)
