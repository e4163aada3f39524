"""What a file from elsewhere says, before any of it is ours: statements, each with its place and its words.

The readers of ``kg.imports`` and the RDF parser make these records; ``kg.claims.foreign`` turns them into claims.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Diagnostic, Place
from kg.vocab import Blank, Iri, Literal, Node, Term

LONGEST: Final = 400  # signs of a line that are kept as the words of a claim

_SCHEMES = re.compile(r"(?:https?|urn|tag|info|doi|mailto):[^\x00-\x20<>\"{}|^`\\]+\Z", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a file.

    ``words`` are those of the file that say it, ``locator`` tells where they stand as people of that format would
    (a path in JSON, a row). ``graph`` is empty for what stands in no named graph.
    """

    subject: Node
    predicate: Iri
    object: Term
    place: Place
    words: str
    graph: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file as read: what it says, what its reader left out and why, and what it tells of itself."""

    statements: tuple[Said, ...]
    left: tuple[Diagnostic, ...] = ()
    title: str = ""
    url: str = ""
    licence: str = ""


def unfit(term: Term) -> str:
    """Return why a term cannot be taken into a graph that is published, "" where it can.

    >>> unfit(Iri("https://example.org/x")), unfit(Iri("javascript:alert(1)"))
    ('', '“javascript:alert(1)” is no address of a thing')
    """
    if isinstance(term, Literal):
        return "the text holds a control character" if _UNPRINTABLE.search(term.value) else ""
    if isinstance(term, Blank) or _SCHEMES.match(term):
        return ""
    return f"“{shown(term)}” is no address of a thing"


def shown(text: str, length: int = 80) -> str:
    r"""Return words as they may be printed: on one line, without control characters, cut where they are long.

    >>> shown("a\x1b[31m  b")
    'a�[31m b'
    """
    line = " ".join(_UNPRINTABLE.sub("\ufffd", text).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def left(place: Place, message: str, code: str = "left-out") -> Diagnostic:
    """Return the note that something is left out."""
    return Diagnostic(code, "info", place.line, place.column, message)
