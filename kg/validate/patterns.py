"""What a query of a shapes' author looks at, as far as its text tells: so that an edit need not ask it of everything.

The triple patterns of a query that hang together with ``$this`` tell how a focus node leads to the triples that are
read. Whatever is not plain to see (GRAPH, sub-selects, patterns that hang on nothing) makes the answer None, and the
query is then asked of all focus nodes after every change.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from kg.validate.groups import Group, groups
from kg.validate.paths import Alternative, Inverse, Path, Repeat, Step, Touch, chain, inverse, touches
from kg.validate.paths import Sequence as Steps
from kg.validate.tokens import Token
from kg.vocab import RDF, Iri

_UNCLEAR = frozenset({"GRAPH", "SERVICE", "MINUS", "VALUES"})
_SKIPPED = frozenset({"OPTIONAL", "UNION", "FILTER", "BIND", "EXISTS", "NOT", "WHERE"})


class UnclearError(ValueError):
    """The text does not tell plainly what is read."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A triple pattern: variables by name, anything else as an empty text; no path for a variable property."""

    start: str
    path: Path | None
    end: str
    group: int


def looks(found: Sequence[Token]) -> tuple[Touch, ...] | None:
    """Return where a query reads triples, as seen from ``$this``; None where its text does not tell."""
    all_groups = groups(found)
    selects = sum(token.upper == "SELECT" for token in found)
    if selects > 1 or any(token.upper in _UNCLEAR for token in found):
        return None
    try:
        patterns = [pattern for number in range(len(all_groups)) for pattern in _patterns(found, all_groups, number)]
        return tuple(_touches(patterns, all_groups))
    except (UnclearError, IndexError):
        return None


def _touches(patterns: Sequence[_Pattern], all_groups: Sequence[Group]) -> Iterator[Touch]:
    for pattern in patterns:
        known = _routes(patterns, _visible(all_groups, pattern.group))
        if pattern.start in known:
            yield from _reads(pattern.path, known[pattern.start], backwards=False)
        elif pattern.end in known:
            yield from _reads(pattern.path, known[pattern.end], backwards=True)
        else:
            raise UnclearError("a pattern that hangs on nothing")


def _reads(path: Path | None, route: Path | None, *, backwards: bool) -> Iterator[Touch]:
    if path is None:
        yield Touch(route, None, backwards)
    else:
        yield from touches(inverse(path) if backwards else path, route)


def _visible(all_groups: Sequence[Group], number: int) -> set[int]:
    """Return a group and those around it: what they match holds in it, what other groups match may not."""
    seen: set[int] = set()
    group: Group | None = all_groups[number]
    while group is not None:
        seen.add(next(index for index, it in enumerate(all_groups) if it is group))
        group = group.parent
    return seen


def _routes(patterns: Sequence[_Pattern], visible: set[int]) -> dict[str, Path | None]:
    """Return the variables that hang together with ``$this``, each with the path that leads to it."""
    known: dict[str, Path | None] = {"this": None}
    grown = True
    while grown:
        grown = False
        for pattern in patterns:
            if pattern.path is None or pattern.group not in visible:
                continue
            for near, far, way in (
                (pattern.start, pattern.end, pattern.path),
                (pattern.end, pattern.start, inverse(pattern.path)),
            ):
                if near in known and far and far not in known:
                    known[far] = chain(known[near], way)
                    grown = True
    return known


# --- reading a group --------------------------------------------------------------------------------------------------


def _patterns(found: Sequence[Token], all_groups: Sequence[Group], number: int) -> Iterator[_Pattern]:
    own = _own(found, all_groups, number)
    while own.more():
        if own.sees(".") or own.word() in _SKIPPED:
            own.take()
        elif own.sees("("):
            own.skip_brackets()
        else:
            yield from _statement(own, number)


def _own(found: Sequence[Token], all_groups: Sequence[Group], number: int) -> _Walker:
    """Return a group's own tokens, the groups inside left out."""
    group = all_groups[number]
    inner = [it for it in all_groups if it.parent is group]
    kept = [
        token
        for index, token in enumerate(found[group.start + 1 : group.end], start=group.start + 1)
        if not any(it.start <= index <= it.end for it in inner)
    ]
    return _Walker(kept)


def _statement(own: _Walker, number: int) -> Iterator[_Pattern]:
    if own.word():
        own.skip_call()
        return
    subject = yield from own.node(number)
    yield from own.properties(subject, number)


class _Walker:
    """Reads triple patterns from tokens, one after the other."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._found, self._next, self._names = found, 0, 0

    def more(self) -> bool:
        """Tell whether tokens are left."""
        return self._next < len(self._found)

    def sees(self, text: str) -> bool:
        """Tell whether the next token is this sign."""
        return self.more() and self._found[self._next].text == text and self._found[self._next].kind != "text"

    def word(self) -> str:
        """Return the next keyword in capitals; empty for ``a``, true, false and what is no word."""
        token = self._found[self._next]
        return "" if token.text in ("a", "true", "false") else token.upper

    def take(self) -> Token:
        """Return the next token and go on."""
        token = self._found[self._next]
        self._next += 1
        return token

    def skip_brackets(self) -> None:
        """Go past what stands in round brackets."""
        depth = 0
        while True:
            token = self.take()
            if token.kind == "sign":
                depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return

    def skip_call(self) -> None:
        """Go past a function's call, as it follows FILTER."""
        self.take()
        if not self.sees("("):
            raise UnclearError("a word that is none of a pattern's")
        self.skip_brackets()

    def node(self, number: int) -> Generator[_Pattern, None, str]:
        """Read a node, and yield the patterns inside it; its variable's name is what the iterator returns."""
        token = self.take()
        if token.kind == "variable":
            return token.text
        if token.kind == "blank":
            return f" {token.text}"
        if token.text == "[":
            self._names += 1
            name = f" {number} {self._names}"
            if not self.sees("]"):
                yield from self.properties(name, number)
            self.take()
            return name
        if token.text == "(":
            raise UnclearError("a list")
        if token.kind == "text":
            self._literal()
        elif token.kind == "sign":
            raise UnclearError("a sign that is none of a pattern's")
        return ""

    def _literal(self) -> None:
        if self.sees("^^"):
            self.take()
            self.take()
        elif self.more() and self._found[self._next].text.startswith("@"):
            self.take()

    def properties(self, subject: str, number: int) -> Iterator[_Pattern]:
        """Yield a pattern for each property and object that follow."""
        while self.more() and not (self.sees(".") or self.sees("]")):
            if self.sees(";"):
                self.take()
                continue
            if self.word():
                return
            path = self._verb()
            while True:
                end = yield from self.node(number)
                yield _Pattern(subject, path, end, number)
                if not self.sees(","):
                    break
                self.take()

    # --- paths ----------------------------------------------------------------------------------------------------

    def _verb(self) -> Path | None:
        if self._found[self._next].kind == "variable":
            self.take()
            return None
        return self._alternatives()

    def _alternatives(self) -> Path:
        parts = [self._steps()]
        while self.sees("|"):
            self.take()
            parts.append(self._steps())
        return Alternative(tuple(parts)) if len(parts) > 1 else parts[0]

    def _steps(self) -> Path:
        parts = [self._step()]
        while self.sees("/"):
            self.take()
            parts.append(self._step())
        return Steps(tuple(parts)) if len(parts) > 1 else parts[0]

    def _step(self) -> Path:
        if self.sees("^"):
            self.take()
            return Inverse(self._step())
        token = self.take()
        if token.text == "(":
            path = self._alternatives()
            self.take()
        elif token.kind == "iri" and token.text.startswith("<"):
            path = Step(Iri(token.text[1:-1]))
        elif token.text == "a":
            path = Step(RDF.type)
        else:
            raise UnclearError("a path of another kind")
        for sign in ("*", "+", "?"):
            if self.sees(sign):
                self.take()
                return Repeat(path, sign)
        return path
