r"""What SPARQL text must not contain before it reaches an engine.

Two engines were seen to die of nesting and of long chains, and both call out for SERVICE; neither has a switch. So
text is measured first. SPARQL lets an engine undo ``\u0053`` before it reads, so that keywords and ends of strings can
hide: such escapes are accepted inside strings and IRIs only, and for no sign that would change how the text reads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import LimitError, QueryError
from kg.queries.tokens import CLOSING, OPENING, Token, position, tokens

_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_TELLING = frozenset(map(ord, "\"'\\<>{}|^`"))
_CHAINING = frozenset({"||", "&&", "|", "/", "!", "^", "+", "-", "*", "{", ";", "="})
_CLAUSES = ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "LATERAL")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a query may be: characters, nested brackets, and operators and clauses that chain."""

    length: int = 500_000
    depth: int = 64
    chain: int = 1_000


BOUNDS = Bounds()


def guarded(text: str, *, source: str = "query", services: Collection[str] = (), bounds: Bounds = BOUNDS) -> str:
    """Return text that may be handed to an engine.

    ``services`` are the endpoints that SERVICE may name. Raises LimitError for text that is too long, deep or
    chained, QueryError for SERVICE to any other endpoint and for brackets that do not match.
    """
    if len(text) > bounds.length:
        raise LimitError(f"{source}: the query has {len(text):,} characters, at most {bounds.length:,} are read")
    if "\x00" in text:
        place = position(text, text.index("\x00"))
        raise QueryError(source, "the query holds a NUL character: remove it", line=place.line, column=place.column)
    found = list(tokens(text))
    _refuse_escapes(found, text, source)
    _measure(found, text, source, bounds)
    _refuse_services(found, text, source, services)
    return text


def _refuse_escapes(found: Sequence[Token], text: str, source: str) -> None:
    for token in found:
        if token.kind == "sign" and token.text in ("'", '"'):
            _fail(source, text, token, "this quote is never closed on its line")
        if token.kind == "sign" and token.text == "\\":
            _fail(source, text, token, "a backslash stands here outside a string: write the letter itself")
        if token.kind in ("string", "iri"):
            codes = (int(match.group(1) or match.group(2), 16) for match in _ESCAPE.finditer(token.text))
            if any(code < 0x20 or code in _TELLING for code in codes):
                _fail(source, text, token, "write this string's or IRI's signs plainly, not as \\u escapes")


def _measure(found: Sequence[Token], text: str, source: str, bounds: Bounds) -> None:
    open_: list[Token] = []
    chained = 0
    for token in found:
        if token.text in _CHAINING or token.says(*_CLAUSES):
            chained += 1
        if token.kind != "sign":
            continue
        if token.text in OPENING:
            open_.append(token)
            if len(open_) > bounds.depth:
                place = position(text, token.start)
                deep = f"brackets nest deeper than {bounds.depth}: split the query"
                raise LimitError(f"{source}:{place.line}:{place.column}: {deep}")
        elif token.text in CLOSING and (not open_ or OPENING.index(open_.pop().text) != CLOSING.index(token.text)):
            _fail(source, text, token, f"“{token.text}” closes nothing that is open here")
    if chained > bounds.chain:
        raise LimitError(
            f"{source}: {chained:,} operators and clauses, at most {bounds.chain:,} are read: use VALUES or IN"
        )
    if open_:
        _fail(source, text, open_[-1], f"this “{open_[-1].text}” is never closed")


def _refuse_services(found: Sequence[Token], text: str, source: str, services: Collection[str]) -> None:
    for token, target in called(found):
        if target not in services:
            _fail(source, text, token, refusal(target))


def called(found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield each SERVICE with the address that it names, or the words that stand there instead of one."""
    for index, token in enumerate(found):
        if token.says("SERVICE"):
            target = next((later for later in found[index + 1 :] if not later.says("SILENT")), token)
            yield token, target.text[1:-1] if target.kind == "iri" else target.text


def refusal(target: str, name: str = "NAME") -> str:
    """Return what to tell about an endpoint that the settings do not name."""
    if not target.startswith(("http://", "https://")):
        return f"SERVICE {target} is not allowed: write the endpoint's address, as kg.toml names it under [services]"
    return (
        f"SERVICE {target} is not allowed: queries stay in this graph unless the project's kg.toml says, "
        f'under [services], {name} = "{target}"'
    )


def _fail(source: str, text: str, token: Token, problem: str) -> None:
    place = position(text, token.start)
    raise QueryError(source, problem, line=place.line, column=place.column)
