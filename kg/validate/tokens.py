"""SPARQL text as tokens, so that names can be replaced and patterns put in without touching strings and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal as Choice

from kg.errors import LimitError, QueryError

LONGEST, DEEPEST = 64_000, 60
_JOINTS, _MOST_JOINTS = frozenset(("||", "&&", "+", "-", "*", "<", ">", "=", "!=", "<=", ">=")), 1_000
_MOST_STEPS = 200
Kind = Choice["iri", "name", "variable", "word", "text", "number", "blank", "sign"]

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<text>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:[\w.\-]*\w)
    |(?P<name>[^\W\d_][\w.\-]*:(?:[\w:%]|\\[^\w\s])(?:[\w:%.\-]|\\[^\w\s])*(?<!\.)|[^\W\d_][\w.\-]*:|:(?:[\w:%]|\\[^\w\s])(?:[\w:%.\-]|\\[^\w\s])*(?<!\.)|:)
    |(?P<number>[+-]?(?:\d*\.\d+|\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>@?[A-Za-z][\w\-]*)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)


class TextError(QueryError):
    """A query's text cannot be used, for a reason at the offset ``at``."""

    def __init__(self, problem: str, at: int = 0) -> None:
        super().__init__("query", problem)
        self.at = at


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return where an offset stands, counted from one."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


@dataclass(frozen=True, slots=True)
class Token:
    """One token; names are written as full IRIs, variables without their sign."""

    kind: Kind
    text: str
    at: int = field(default=0, compare=False)

    @property
    def upper(self) -> str:
        """The keyword, in capitals; empty for what is none."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query as it stands. Raises LimitError for one that is too long or too deeply nested."""
    if len(text) > LONGEST:
        raise LimitError(f"the shapes hold a query of {len(text)} signs; the limit is {LONGEST}")
    depth = signs = joints = steps = 0
    for token in scan(text):
        # a parser goes one deeper with each sign before an expression, and with each that joins two
        signs = signs + 1 if token.text in ("!", "-", "+", "^") else 0
        steps += token.text in ("/", "|", "^")
        joints += token.text in _JOINTS or token.upper in ("UNION", "OPTIONAL")
        if token.kind == "sign":
            depth += (token.text in "({[") - (token.text in ")}]")
        if joints > _MOST_JOINTS or steps > _MOST_STEPS:
            raise LimitError(
                f"the shapes hold a query of more than {_MOST_JOINTS} parts, or {_MOST_STEPS} steps of paths"
            )
        if max(depth, signs) > DEEPEST:
            raise LimitError(f"the shapes hold a query with brackets or signs nested more than {DEEPEST} deep")
        yield token


def scan(text: str) -> Iterator[Token]:
    """Yield the tokens of SPARQL or Turtle, each with its offset."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            piece = match.group()
            yield Token(_kind(match.lastgroup), piece[1:] if match.lastgroup == "variable" else piece, match.start())


def _kind(group: str | None) -> Kind:
    match group:
        case "iri" | "name" | "variable" | "word" | "text" | "number" | "blank":
            return group
        case _:
            return "sign"


def expanded(found: Iterator[Token], prefixes: Mapping[str, str]) -> Iterator[Token]:
    """Yield the tokens without prologue, each name as a full IRI. Raises TextError for a prefix nobody declared."""
    known = dict(prefixes)
    for token in found:
        if token.upper == "PREFIX":
            name, iri = next(found, token), next(found, token)
            known[name.text.removesuffix(":")] = iri.text[1:-1]
        elif token.upper == "BASE":
            raise TextError("BASE is not allowed here; write full IRIs or prefixes", token.at)
        elif token.kind == "name":
            yield Token("iri", f"<{_full(token, known)}>", token.at)
        else:
            yield token


def _full(name: Token, known: Mapping[str, str]) -> str:
    prefix, local = name.text.split(":", 1)
    if prefix not in known:
        raise TextError(
            f"the prefix “{prefix}:” is not declared; declare it with sh:declare and name it in sh:prefixes", name.at
        )
    return known[prefix] + re.sub(r"\\(.)", r"\1", local)
