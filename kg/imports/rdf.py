"""RDF as statements with places: the parser tells up to which line it had read, the words there tell the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat

from kg.errors import InputError, LimitError
from kg.foreign import Said
from kg.model import Place
from kg.vocab import RDF, Blank, Literal, Quad, Term

DEEPEST: Final = 200  # elements inside each other; the parser's time grows with the square of it
_BACK: Final = 3  # lines that a statement may end before the one where the parser noticed it
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def guarded(source: str, text: str, syntax: str) -> None:
    """Refuse what would cost a parser all of its time or memory: entities and depth in XML, depth in JSON.

    Raises InputError or LimitError with the place.
    """
    if syntax == "rdfxml":
        if found := _DOCTYPE.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise InputError(source, "a DOCTYPE can hold entities that blow up: write the names out", line=line)
        _depth_of_xml(source, text)
    if syntax == "jsonld":
        _depth_of_json(source, text)


def _depth_of_xml(source: str, text: str) -> None:
    depth = 0
    parser = expat.ParserCreate()

    def begun(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise LimitError(f"{source}:{parser.CurrentLineNumber}: elements are nested more than {DEEPEST} deep")

    def ended(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise InputError(source, f"is no XML: {what}", line=error.lineno, column=error.offset + 1) from error


def _depth_of_json(source: str, text: str) -> None:
    depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        sign = found.group()
        depth += (sign in "[{") - (sign in "]}")
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise LimitError(f"{source}:{line}: brackets are nested more than {DEEPEST} deep")


def of_quads(quads: Iterable[tuple[Quad, int]], text: str, syntax: str) -> Iterator[Said]:
    """Yield quads with the line and column where their value stands, and the words of that line.

    Where a line cannot be told (JSON-LD is read whole) it is the first where the value follows its subject.
    """
    lines = re.split(r"\r\n|\r|\n", text)  # as the parser is given them
    if syntax == "jsonld":
        yield from (_said(quad, _searched(quad, text), lines) for quad, _ in quads)
        return
    earlier = 1
    for quad, line in quads:
        line = _line(quad.object, line, earlier, lines)
        earlier = max(earlier, line)
        yield _said(quad, line, lines)


def _line(value: Term, line: int, earlier: int, lines: list[str]) -> int:
    """Return the line of a value: where its sign stands, looking back from where the parser was."""
    for candidate in range(min(line, len(lines)), max(earlier, line - _BACK) - 1, -1):
        if _found(value, lines[candidate - 1]) >= 0:
            return candidate
    return min(line, max(len(lines), 1))


def _said(quad: Quad, line: int, lines: list[str]) -> Said:
    words = lines[line - 1] if line <= len(lines) else ""
    found = _found(quad.object, words)
    first = len(words) - len(words.lstrip())
    column = (found if found >= 0 else first) + 1
    value = _tagged(quad.object, words) if isinstance(quad.object, Literal) else quad.object
    return Said(quad.subject, quad.predicate, value, Place(line, column), words.strip(), quad.graph)


def _tagged(literal: Literal, words: str) -> Literal:
    """Return a literal with its language as the line writes it: the parser makes small letters of capitals."""
    if not literal.language:
        return literal
    tags = re.findall(rf"[@\"']({re.escape(literal.language)})(?![\w-])", words, re.IGNORECASE)
    return literal if not tags or literal.language in tags else Literal(literal.value, language=tags[0])


def _found(term: Term, text: str, start: int = 0) -> int:
    """Return where a value begins in a text: a literal by its first words, quoted or not, a name by its last part."""
    sign = _sign(term)
    if not sign:
        return -1
    quoted = text.find(f'"{sign}', start) if isinstance(term, Literal) else -1
    return quoted if quoted >= 0 else text.find(sign, start)


def _sign(term: Term) -> str:
    if isinstance(term, Literal):
        return term.value.split("\n")[0][:40]
    if isinstance(term, Blank) or term == RDF.type:
        return ""
    return re.split(r"[/#:]", term.rstrip("/#"))[-1]


def _searched(quad: Quad, text: str) -> int:
    """Return the line where a value first stands after its subject."""
    subject = max(_found(quad.subject, text), 0)
    return text.count("\n", 0, max(_found(quad.object, text, subject), subject)) + 1
