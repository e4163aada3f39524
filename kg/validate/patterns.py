"""The triple patterns of a query that a shapes' author wrote, as far as its text tells."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.validate.groups import Group
from kg.validate.paths import Alternative, Inverse, Path, Repeat, Step
from kg.validate.paths import Sequence as Steps
from kg.validate.tokens import Token
from kg.vocab import RDF, Iri

_UNCLEAR = frozenset({"SERVICE", "MINUS", "VALUES"})
_SKIPPED = frozenset({"OPTIONAL", "UNION", "FILTER", "BIND", "EXISTS", "NOT", "WHERE"})


class UnclearError(ValueError):
    """The text does not tell plainly what is read."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern and the graph it stands in: variables as ``?name``, IRIs in angle brackets, or empty.

    Without a path it has a variable property, ``verb``; ``among`` says which properties a FILTER leaves to that (None
    for any), ``besides`` which it takes away.
    """

    start: str
    path: Path | None
    end: str
    group: int
    verb: str = ""
    graph: str = ""
    among: frozenset[Iri] | None = None
    besides: frozenset[Iri] = frozenset()


def patterns(found: Sequence[Token], all_groups: Sequence[Group]) -> tuple[Pattern, ...]:
    """Return the triple patterns of a query. Raises UnclearError where its text does not tell."""
    if any(token.upper in _UNCLEAR for token in found):
        raise UnclearError("a part that says nothing plain of what it reads")
    try:
        return tuple(it for number in range(len(all_groups)) for it in _of_group(found, all_groups, number))
    except IndexError as error:
        raise UnclearError("the text ends early") from error


def _of_group(found: Sequence[Token], all_groups: Sequence[Group], number: int) -> Iterator[Pattern]:
    graph = _graph(found, all_groups[number])
    among: dict[str, frozenset[Iri]] = {}
    besides: dict[str, frozenset[Iri]] = {}
    for outer in _outwards(all_groups, number):
        for choice in _choices(_own(found, all_groups, outer)):
            (besides if choice.negative else among)[choice.name] = choice.iris
    for pattern in _patterns(_Walker(_own(found, all_groups, number)), number):
        kept, left = among.get(pattern.verb), besides.get(pattern.verb, frozenset())
        yield replace(pattern, graph=graph, among=kept, besides=left)


def _outwards(all_groups: Sequence[Group], number: int) -> Iterator[int]:
    """Yield a group and those around it: what they filter out is out, whatever is found inside."""
    group: Group | None = all_groups[number]
    while group is not None:
        yield next(index for index, it in enumerate(all_groups) if it is group)
        group = group.parent


def _graph(found: Sequence[Token], group: Group | None) -> str:
    """Return the graph that a group's patterns stand in; empty for the data."""
    while group is not None:
        if group.start > 1 and found[group.start - 2].upper == "GRAPH":
            name = found[group.start - 1]
            return f"?{name.text}" if name.kind == "variable" else name.text
        group = group.parent
    return ""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A list of IRIs to which a FILTER confines a variable, or from which it keeps it."""

    name: str
    iris: frozenset[Iri]
    negative: bool


def _choices(own: Sequence[Token]) -> Iterator[_Choice]:
    """Yield the lists that the FILTERs of a group hold variables against, whatever else they demand."""
    for index, token in enumerate(own):
        inside = _bracketed(own, index + 1) if token.upper == "FILTER" else ()
        words = [it.upper for it in inside[1:3]]
        opening = 2 if words[:1] == ["IN"] else 3 if words == ["NOT", "IN"] else 0
        if opening and inside[0].kind == "variable":
            listed = _bracketed(inside, opening)
            after = inside[opening + len(listed) + 2 :]
            iris = [it for it in listed if it.text != ","]
            alone = not after or (after[0].text == "&&" and all(it.text != "||" for it in _outside(after)))
            if alone and all(it.kind == "iri" for it in iris):
                chosen = frozenset(Iri(it.text[1:-1]) for it in iris)
                yield _Choice(f"?{inside[0].text}", chosen, negative=opening == 3)


def _bracketed(found: Sequence[Token], opening: int) -> Sequence[Token]:
    """Return what stands between a bracket and the one that closes it; nothing where there is none."""
    depth = 0
    for index in range(opening, len(found)):
        depth += _turn(found[index])
        if depth == 0:
            return found[opening + 1 : index]
    return ()


def _outside(found: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in found:
        depth += _turn(token)
        if depth == 0:
            yield token


def _turn(token: Token) -> int:
    return (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0


# --- reading a group --------------------------------------------------------------------------------------------------


def _patterns(own: _Walker, number: int) -> Iterator[Pattern]:
    while own.more():
        if own.word() == "GRAPH":
            own.take()
            own.take()
        elif own.sees(".") or own.word() in _SKIPPED:
            own.take()
        elif own.sees("("):
            own.skip_brackets()
        else:
            yield from _statement(own, number)


def _own(found: Sequence[Token], all_groups: Sequence[Group], number: int) -> list[Token]:
    """Return a group's own tokens, the groups inside left out."""
    group = all_groups[number]
    inner = [it for it in all_groups if it.parent is group]
    return [
        token
        for index, token in enumerate(found[group.start + 1 : group.end], start=group.start + 1)
        if not any(it.start <= index <= it.end for it in inner)
    ]


def _statement(own: _Walker, number: int) -> Iterator[Pattern]:
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

    def node(self, number: int) -> Generator[Pattern, None, str]:
        """Read a node, and yield the patterns inside it; its variable's name is what the iterator returns."""
        token = self.take()
        if token.kind == "variable":
            return f"?{token.text}"
        if token.kind == "blank":
            return f"?_b{token.text.encode().hex()}"
        if token.text == "[":
            self._names += 1
            name = f"?_n{number}_{self._names}"
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
        return token.text if token.kind == "iri" else ""

    def _literal(self) -> None:
        if self.sees("^^"):
            self.take()
            self.take()
        elif self.more() and self._found[self._next].text.startswith("@"):
            self.take()

    def properties(self, subject: str, number: int) -> Iterator[Pattern]:
        """Yield a pattern for each property and object that follow."""
        while self.more() and not (self.sees(".") or self.sees("]")):
            if self.sees(";"):
                self.take()
                continue
            if self.word():
                return
            verb = self._variable()
            path = None if verb else self._alternatives()
            while True:
                end = yield from self.node(number)
                yield Pattern(subject, path, end, number, verb)
                if not self.sees(","):
                    break
                self.take()

    # --- paths ----------------------------------------------------------------------------------------------------

    def _variable(self) -> str:
        return f"?{self.take().text}" if self._found[self._next].kind == "variable" else ""

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
