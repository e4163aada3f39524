"""SPARQL of a shapes' author, asked of all focus nodes at once (SHACL, section 5.3 and appendix A).

Pre-binding means that ``$this`` has its value in every part of the query. So what binds it is put into every group
that would otherwise not know it; inside EXISTS a group sees its surroundings anyway. A query that counts over all its
rows, cuts them off, or tests ``$this`` inside GRAPH is asked for one focus node at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.validate.groups import Group, Select, groups, modifiers, needs, selects
from kg.validate.tokens import TextError, Token, expanded, scan, tokens
from kg.vocab import Term, n3

_REFUSED = {
    "MINUS": "SHACL does not allow MINUS here; use FILTER NOT EXISTS",
    "VALUES": "SHACL does not allow VALUES here; use FILTER and IN",
    "SERVICE": "a shape may not call other services",
    "FROM": "a shape may not load other data",
}
_TOTALS = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_THIS = Token("variable", "this")


@dataclass(frozen=True, slots=True)
class Body:
    """A query made ready. After the positions ``focus`` goes what binds ``$this``, after ``fixed`` the constants.

    ``each`` tells that it has to be asked for one focus node at a time.
    """

    tokens: tuple[Token, ...]
    focus: frozenset[int]
    fixed: frozenset[int]
    added: Mapping[int, Token]
    dropped: frozenset[int]
    constants: Mapping[str, Term]
    each: bool = False

    def text(self, names: Mapping[str, str], bound: str, prefix: str = "", within: range | None = None) -> str:
        """Return the query, or a stretch of it, with some variables called otherwise and the others given a prefix."""

        def name(variable: str) -> str:
            return names.get(variable) or f"?{prefix}{variable}"

        used = {token.text for token in self.tokens if token.kind == "variable"}
        constants = {key: term for key, term in self.constants.items() if key in used}
        fixed = " ".join(f"VALUES {name(key)} {{ {n3(term)} }}" for key, term in constants.items())
        pieces: list[str] = []
        for index in within or range(len(self.tokens)):
            token = self.tokens[index]
            if index not in self.dropped:
                before = self.tokens[index - 1] if index else _THIS
                glued = "^^" in (token.text, before.text) or token.text.startswith("@") or _calls(before, token)
                pieces += ["" if glued else " ", name(token.text) if token.kind == "variable" else token.text]
            pieces += [f" {name(self.added[index].text)}"] if index in self.added else []
            pieces += [f" {bound}"] if index in self.focus else []
            pieces += [f" {fixed}"] if index in self.fixed else []
        return "".join(pieces)


def select_body(text: str, prefixes: Mapping[str, str], constants: Mapping[str, Term], path: str) -> Body:
    """Return a SELECT made ready. Raises TextError for what SHACL does not allow in it."""
    found = tuple(_read(text, prefixes, path))
    if not found or found[0].upper != "SELECT":
        raise TextError("sh:select has to hold a SELECT query")
    all_groups = groups(found)
    all_selects = list(selects(found, all_groups))
    if not all_selects:
        raise TextError("the SELECT has no group in braces")
    _refuse(found, all_selects, ("this",), constants)
    each = any(_cut(found, select) or _totals(found, select) for select in all_selects) or _unseen(all_groups)
    added, dropped = _edits(found, all_selects, each=each)
    root = all_groups[0]
    insert = {g.start for g in all_groups if g.inside == "query" and needs(g, "this")} | {root.start}
    sealed = {g.start for g in all_groups if g.inside == "graph" and needs(g, "this")} if each else set()
    return Body(found, frozenset(insert | sealed), _fixed(all_groups, constants), added, dropped, constants, each)


def ask_body(text: str, prefixes: Mapping[str, str], constants: Mapping[str, Term], path: str) -> Body:
    """Return an ASK made ready to stand inside EXISTS. Raises TextError for what SHACL does not allow in it."""
    found = tuple(_read(text, prefixes, path))
    all_groups = groups(found)
    if not found or found[0].upper != "ASK" or not all_groups or all_groups[0].end != len(found) - 1:
        raise TextError("sh:ask has to hold an ASK query of one group in braces")
    _refuse(found, list(selects(found, all_groups)), ("this", "value"), constants, nested=True)
    inner = found[all_groups[0].start :]
    return Body(inner, frozenset(), _fixed(groups(inner), constants), {}, frozenset(), constants)


def _read(text: str, prefixes: Mapping[str, str], path: str) -> Iterator[Token]:
    for token in expanded(tokens(text), prefixes):
        if token.upper in _REFUSED:
            raise TextError(_REFUSED[token.upper], token.at)
        if token.kind == "variable" and token.text == "PATH":
            if not path:
                raise TextError("$PATH stands in shapes with sh:path only", token.at)
            yield from scan(f"({path})")
        else:
            yield token


def _refuse(
    found: Sequence[Token],
    all_selects: Sequence[Select],
    prebound: Collection[str],
    constants: Mapping[str, Term],
    *,
    nested: bool = False,
) -> None:
    used = {token.text for token in found if token.kind == "variable"}
    for index, token in enumerate(found[:-1]):
        following = found[index + 1]
        if token.upper == "AS" and following.kind == "variable" and following.text in {*prebound, *constants}:
            raise TextError(f"${following.text} has its value from outside; bind another variable", following.at)
    for select in all_selects:
        projected = {found[index].text for index in select.projected}
        lacking = [name for name in prebound if name in used | {"this"} and name not in projected]
        if (select.nested or nested) and lacking:
            raise TextError(
                f"a SELECT inside has to select ${lacking[0]} by name, as SHACL demands", found[select.start].at
            )


def _cut(found: Sequence[Token], select: Select) -> bool:
    return any(found[index].upper in ("LIMIT", "OFFSET") for index in select.after)


def _totals(found: Sequence[Token], select: Select) -> bool:
    """Tell whether a SELECT computes totals over more than one focus node's rows."""
    places = (*select.projected, *select.after)
    grouped = any(found[index].upper in _TOTALS | {"GROUP"} for index in places)
    return grouped and _THIS not in modifiers(found, select, "GROUP")


def _unseen(all_groups: Sequence[Group]) -> bool:
    return any(group.inside == "graph" and needs(group, "this") for group in all_groups)


def _edits(
    found: Sequence[Token], all_selects: Sequence[Select], *, each: bool
) -> tuple[dict[int, Token], frozenset[int]]:
    """Return what to add and to leave out so that ``$this`` may be projected, or need not be."""
    added: dict[int, Token] = {}
    dropped: set[int] = set()
    for select in all_selects:
        projected = [found[index] for index in select.projected]
        if each and _totals(found, select):
            by = next((index for index in select.after if found[index].upper == "BY"), None)
            if by is not None:
                added[by] = _THIS
            else:
                dropped |= {
                    index for index in select.projected if found[index] == _THIS and found[index - 1].text != "("
                }
        elif not select.nested and _THIS not in projected and all(token.text != "*" for token in projected):
            first = found[select.projected[0]].upper if select.projected else ""
            added[select.start + (first in ("DISTINCT", "REDUCED"))] = _THIS
    return added, frozenset(dropped)


def _fixed(all_groups: Sequence[Group], constants: Mapping[str, Term]) -> frozenset[int]:
    return frozenset(
        group.start
        for group in all_groups
        if group.parent is None or (group.inside != "exists" and any(needs(group, name) for name in constants))
    )


def _calls(before: Token, token: Token) -> bool:
    """Tell whether a bracket opens a function's arguments; some parsers allow no blank before it."""
    return token.text == "(" and before.kind in ("word", "iri")
