"""RDF/XML: one rdf:Description for each subject, one property a line, sorted.

Two things the syntax cannot say are refused with what to do: a property whose IRI does not end in an XML name, and a
text with signs that XML 1.0 forbids.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import RdfError
from kg.export.rows import Row, by_name, literal_parts, unescape
from kg.vocab import RDF, RDFS, SCHEMA, SKOS

_LETTERS = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_NAME = re.compile(rf"(.*?)([{_LETTERS}][{_LETTERS}0-9.\-\u00b7\u0300-\u036f]*)\Z", re.DOTALL)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SYNTAX = frozenset(
    str(RDF[name])
    for name in ("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "li", "Description",
                 "aboutEach", "aboutEachPrefix", "bagID")
)  # fmt: skip
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_RANK = {f"<{RDF.type}>": "0", f"<{RDFS.label}>": "1", f"<{SKOS.prefLabel}>": "2", f"<{SCHEMA.name}>": "3"}


class _Elements(dict[str, tuple[str, str]]):
    """Properties to their start (rank, tag, attributes so far) and their end tag."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._namespaces = {stem: name for name, stem in sorted(prefixes.items())}
        self.used = {str(RDF): "rdf"}

    def __missing__(self, predicate: str) -> tuple[str, str]:
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
            start = f'{tag} xmlns:ns="{stem.translate(_ATTRIBUTE)}"'
        element = f"{_RANK.get(predicate, '9')}    <{start}", f"</{tag}>\n"
        self[predicate] = element
        return element


def rdfxml(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield an RDF/XML document, subject by subject; the graphs of the rows are forgotten."""
    elements = _Elements(prefixes)
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, found, _ in rows:
        start, end = elements[predicate]
        subjects[subject].append(start + _object(found, end))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for stem, prefix in sorted(elements.used.items(), key=lambda pair: pair[1]):
        yield f'\n    xmlns:{prefix}="{stem.translate(_ATTRIBUTE)}"'
    yield ">\n"
    for subject in sorted(subjects, key=by_name):
        body = "".join([line[1:] for line in sorted(set(subjects[subject]))])
        yield f"  <rdf:Description {_reference(subject, 'about')}>\n{body}  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _reference(token: str, attribute: str) -> str:
    if token[0] == "<":
        return f'rdf:{attribute}="{token[1:-1].translate(_ATTRIBUTE)}"'
    return f'rdf:nodeID="{token[2:]}"'


def _object(token: str, end: str) -> str:
    """Return the rest of a property's element: its object, and its end."""
    if token[0] != '"':
        return f" {_reference(token, 'resource')}/>\n"
    body, datatype, language = literal_parts(token)
    text = unescape(body)
    if _FORBIDDEN.search(text):
        raise RdfError("export", f"“{text[:40]!r}” holds a sign that XML forbids: export as Turtle or JSON-LD")
    attribute = f' rdf:datatype="{datatype.translate(_ATTRIBUTE)}"' if datatype else ""
    attribute = f' xml:lang="{language}"' if language else attribute
    return f"{attribute}>{text.translate(_TEXT)}{end}"
