"""The words and signs of SPARQL text, with their places: enough to bind, bound and describe a query, no grammar.

>>> [token.text for token in tokens('SELECT ?x { ?x ph:crewMember $who } # crew')]
['SELECT', '?x', '{', '?x', 'ph:crewMember', '$who', '}']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# SPARQL 1.1, section 19.8. An IRI may not start with a sign of a variable here: in ?a<?b the sign is an operator.
_TOKEN = re.compile(
    r"""
      (?P<space>\s++)
    | (?P<comment>\#[^\n\r]*+)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<iri><(?![?$])[^<>"{}|^`\x00-\x20]*+>)
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++[\w-]*+)
    | (?P<name>\w[\w.-]*:(?:[\w:%\\.-]*[\w:%\\-])? | :(?:[\w:%\\.-]*[\w:%\\-])? | \w++)
    | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING, CLOSING = "{([", "})]"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: its kind (string, iri, variable, language, name, sign), its text, and where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next token may start."""
        return self.start + len(self.text)

    @property
    def parameter(self) -> str:
        """The name behind a ``$``, or nothing."""
        return self.text[1:] if self.kind == "variable" and self.text[0] == "$" else ""

    def says(self, *keywords: str) -> bool:
        """Return whether this is one of the keywords, in any case."""
        return self.kind == "name" and self.text.upper() in keywords


@dataclass(frozen=True, slots=True)
class Position:
    """A place in text, both numbers counted from one."""

    line: int
    column: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of SPARQL text without its spaces and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def position(text: str, offset: int) -> Position:
    """Return the line and column of an offset."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
