"""RDF/XML: one rdf:Description for each subject, one property a line, sorted.

Two things the syntax cannot say are refused with what to do: a property whose IRI does not end in an XML name, and a
text with signs that XML 1.0 forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import RdfError
from kg.export.groups import RANKS, Group, Line, Lines, by_subject, joined
from kg.export.rows import Row, literal_parts, unescape
from kg.vocab import RDF

_LETTERS = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_NAME = re.compile(rf"(.*?)([{_LETTERS}][{_LETTERS}0-9.\-\u00b7\u0300-\u036f]*)\Z", re.DOTALL)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SYNTAX = frozenset(
    str(RDF[name])
    for name in ("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "li", "Description",
                 "aboutEach", "aboutEachPrefix", "bagID")
)  # fmt: skip


class _Elements:
    """What a property's element starts and ends with; ``used`` says which namespaces the document must declare."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._namespaces = {stem: name for name, stem in sorted(prefixes.items())}
        self.used = {str(RDF): "rdf"}

    def line(self, predicate: str) -> Line:
        """Return what makes a line of an object."""
        iri = predicate[1:-1]
        found = _NAME.match(iri)
        if not found or not found[1] or iri in _SYNTAX:
            raise RdfError("export", f"<{iri}> cannot be a property in RDF/XML: export as Turtle, or rename the term")
        stem, local = found[1], found[2]
        prefix = "rdf" if stem == str(RDF) else self._namespaces.get(stem, "")
        if prefix:
            self.used[stem] = prefix
            start = tag = f"{prefix}:{local}"
        else:
            tag = f"ns:{local}"
            start = f'{tag} xmlns:ns="{_attribute(stem)}"'
        start, end = f"{RANKS.get(predicate, '')}    <{start}", f"</{tag}>\n"
        return lambda token: start + _object(token, end)


def rdfxml(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield an RDF/XML document, in pieces; the graphs of the rows are forgotten."""
    elements = _Elements(prefixes)
    body = list(joined(map(_description, by_subject(rows, Lines(elements.line)))))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for stem, prefix in sorted(elements.used.items(), key=lambda pair: pair[1]):
        yield f'\n    xmlns:{prefix}="{_attribute(stem)}"'
    yield ">\n"
    yield from body
    yield "</rdf:RDF>\n"


def _description(group: Group) -> str:
    return f"  <rdf:Description {_reference(group.subject, 'about')}>\n{''.join(group.lines)}  </rdf:Description>\n"


def _reference(token: str, attribute: str) -> str:
    if token[0] == "<":
        return f'rdf:{attribute}="{_attribute(token[1:-1])}"'
    return f'rdf:nodeID="{token[2:]}"'


def _object(token: str, end: str) -> str:
    """Return the rest of a property's element: its object, and its end."""
    if token[0] != '"':
        return f" {_reference(token, 'resource')}/>\n"
    body, datatype, language = literal_parts(token)
    text = unescape(body)
    if _FORBIDDEN.search(text):
        raise RdfError("export", f"“{text[:40]!r}” holds a sign that XML forbids: export as Turtle or JSON-LD")
    attribute = f' rdf:datatype="{_attribute(datatype)}"' if datatype else ""
    attribute = f' xml:lang="{language}"' if language else attribute
    return f"{attribute}>{_text(text)}{end}"


def _attribute(iri: str) -> str:
    return iri.replace("&", "&amp;")  # no IRI holds angle brackets or quotation marks


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
