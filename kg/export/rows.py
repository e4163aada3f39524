"""Quads as rows of N-Triples tokens: what the writers sort, group and shorten.

A row is four strings: subject, predicate, object and graph, each as canonical N-Triples writes it (the default graph
is the empty string). A million rows cost a fraction of a million quads: tokens compare, hash and sort as text, and a
dump of the store is rows already, one split away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kg.errors import RdfError
from kg.vocab import XSD, Blank, Iri, Literal, Node, Quad, Term, n3

Row: TypeAlias = tuple[str, str, str, str]

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f\ufffe\uffff]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class _Names(dict[str, str]):
    """IRIs and blank nodes to their tokens; a name that no syntax could carry is refused where it is first met."""

    def __missing__(self, name: str) -> str:
        if name[:2] == "_:" or not name:
            token = name
        elif _NOT_IN_IRI.search(name):
            raise RdfError("export", f"“{name}” is no IRI: it holds a sign that no IRI may hold")
        else:
            token = f"<{name}>"
        self[name] = token
        return token


def rows(quads: Iterable[Quad]) -> Iterator[Row]:
    """Yield each quad as a row. Raises RdfError for an IRI that cannot be written."""
    names = _Names()
    for subject, predicate, found, graph in quads:
        token = literal_token(found) if isinstance(found, Literal) else names[found]
        yield names[subject], names[predicate], token, names[graph]


def quads(rows: Iterable[Row]) -> Iterator[Quad]:
    """Yield the quad of each row."""
    for subject, predicate, found, graph in rows:
        yield Quad(node_of(subject), Iri(predicate[1:-1]), term_of(found), Iri(graph[1:-1]))


def by_name(token: str) -> str:
    """Return what to sort names by: without the closing bracket an episode comes before its performances."""
    return token.rstrip(">")


def literal_token(literal: Literal) -> str:
    """Return a literal in canonical N-Triples; most have nothing to escape."""
    if _SPECIAL.search(literal.value):
        return n3(literal)
    if literal.language:
        return f'"{literal.value}"@{literal.language}'
    return f'"{literal.value}"' if literal.datatype == XSD.string else f'"{literal.value}"^^<{literal.datatype}>'


def node_of(token: str) -> Node:
    """Return the IRI or blank node of a token."""
    return Iri(token[1:-1]) if token[0] == "<" else Blank(token)


def term_of(token: str) -> Term:
    """Return the term of a token.

    >>> term_of('"24 h"^^<https://w3id.org/cdt/ucum>').value
    '24 h'
    """
    if token[0] != '"':
        return node_of(token)
    body, datatype, language = literal_parts(token)
    return Literal(unescape(body), Iri(datatype) if datatype else XSD.string, language)


def literal_parts(token: str) -> tuple[str, str, str]:
    """Return a literal token's body (still escaped), its datatype (empty for plain and tagged text), its language."""
    if token[-1] == '"':
        return token[1:-1], "", ""
    end = token.rindex('"')
    if token[end + 1] == "@":
        return token[1:end], "", token[end + 2 :]
    return token[1:end], token[end + 4 : -1], ""


def unescape(body: str) -> str:
    """Return the text that the body of a literal token stands for."""
    if "\\" not in body:
        return body
    return _ESCAPE.sub(lambda found: _PLAIN[found[3]] if found[3] else chr(int(found[1] or found[2], 16)), body)
