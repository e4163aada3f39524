"""A saved query: one file that is a command, a page, a route of the API and a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.errors import QueryError, UsageError
from kg.queries.binding import Slot, filled, slots
from kg.queries.guard import called
from kg.queries.header import Column, Header, given, header
from kg.queries.parameters import Given, Parameter
from kg.queries.tokens import Token, position, tokens
from kg.vocab import Term

Form = Literal["select", "construct", "describe", "ask"]
_FORMS: dict[str, Form] = {"SELECT": "select", "CONSTRUCT": "construct", "DESCRIBE": "describe", "ASK": "ask"}


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with a name and a header; ``text`` is its SPARQL without the header lines.

    ``slots`` are the places of its parameters in the text, ``services`` the endpoints that it calls; ``cut`` is a text
    that says itself how many rows it wants, as collections of others do.
    """

    name: str
    header: Header
    form: Form
    text: str
    slots: tuple[Slot, ...] = ()
    services: tuple[str, ...] = ()
    cut: bool = False

    @property
    def family(self) -> str:
        """The folder that the query stands in, such as ``cast``; empty for one that stands in none."""
        return self.name.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """The last part of the name, which the command line takes."""
        return self.name.rpartition("/")[2]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the query asks back, in the order in which it is declared."""
        return self.header.parameters

    @property
    def columns(self) -> tuple[Column, ...]:
        """What comes back, for a SELECT."""
        return self.header.columns

    @property
    def examples(self) -> dict[str, tuple[str, ...]]:
        """The header's own examples, ready for `bind` once names are resolved."""
        return {
            parameter.name: given(parameter, parameter.example)
            for parameter in self.parameters
            if parameter.example is not None
        }

    def terms(self, values: Mapping[str, Given | Sequence[Given]]) -> dict[str, tuple[Term, ...]]:
        """Return the terms of all parameters, defaults filled in.

        Raises UsageError for an unknown or missing parameter, for several values where one is wanted, and for a value
        that is not of its type.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise UsageError(f"{self.stem} has no parameter “{name}”: it has {', '.join(sorted(known)) or 'none'}")
        return {parameter.name: self._terms_of(parameter, values.get(parameter.name)) for parameter in self.parameters}

    def _terms_of(self, parameter: Parameter, value: Given | Sequence[Given] | None) -> tuple[Term, ...]:
        several = _several(parameter, value)
        if not several and parameter.required:
            example = f", for example {parameter.example}" if parameter.example else ""
            raise UsageError(
                f"{self.stem} needs --{parameter.name} ({parameter.description or parameter.type}{example})"
            )
        if len(several) > 1 and not parameter.many:
            raise UsageError(f"{self.stem}: --{parameter.name} takes one value, {len(several)} are given")
        return tuple(dict.fromkeys(map(parameter.term, several)))

    def bind(self, **values: Given | Sequence[Given]) -> str:
        """Return the SPARQL text with typed terms in the place of its parameters."""
        return filled(self.text, self.slots, self.terms(values))


def _several(parameter: Parameter, value: Given | Sequence[Given] | None) -> tuple[Given, ...]:
    if value is None:
        return given(parameter, parameter.default) if parameter.default is not None else ()
    return (value,) if isinstance(value, str | int | float) or not isinstance(value, Sequence) else tuple(value)


def load(name: str, text: str) -> SavedQuery:
    """Return the saved query of a file's text; ``name`` is its path without ``.rq``.

    Raises QueryError, with line, column and what to do, for a header that does not fit the query below it and for
    text that is no SPARQL. Files in grlc's older form are read too.
    """
    from kg.queries.grammar import refuse_invalid
    from kg.queries.grlc import converted, is_grlc
    from kg.queries.misfits import refuse_misfit

    text = text.removeprefix("\ufeff")
    if is_grlc(text):
        return converted(name, text)
    source = f"{name}.rq"
    query = assembled(name, text, header(source, text))
    refuse_invalid(source, text)
    refuse_misfit(query, text)
    return query


def assembled(name: str, text: str, head: Header) -> SavedQuery:
    """Return a query from its parts, nothing checked but its form. Raises QueryError where it has none."""
    form = next((token for token in tokens(text) if token.says(*_FORMS)), None)
    if form is None:
        first = next((token.start for token in tokens(text)), len(text))
        place = position(text, first)
        problem = "no SELECT, CONSTRUCT, DESCRIBE or ASK begins here: saved queries only read, write one of these"
        raise QueryError(f"{name}.rq", problem, line=place.line, column=place.column)
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))
    body = body.strip() + "\n"
    found = list(tokens(body))
    services = tuple(target for _, target in called(found))
    cut = any(token.says("LIMIT", "OFFSET", "VALUES") for token in top_level(found))
    return SavedQuery(name, head, _FORMS[form.text.upper()], body, tuple(slots(found)), services, cut)


def top_level(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that stand outside all braces."""
    depth = 0
    for token in found:
        depth += (token.text == "{") - (token.text == "}") if token.kind == "sign" else 0
        if depth == 0:
            yield token


def projected(found: Sequence[Token]) -> list[str]:
    """Return the names of the columns that the outermost SELECT projects."""
    start = next(index for index, token in enumerate(found) if token.says("SELECT"))
    names: list[str] = []
    depth = 0
    for before, token in zip(found[start:], found[start + 1 :], strict=False):
        if token.text == "{" or token.says("WHERE", "FROM"):
            break
        depth += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
        if token.kind == "variable" and (depth == 0 or before.says("AS")):
            names.append(token.text[1:])
    return names
