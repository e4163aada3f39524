"""JSON-LD 1.1, compacted with a context: every graph of a data set, one value a line.

The text is written straight from the rows; that it means the same is held by tests through PyLD, pyoxigraph and rdflib.
The context stands in the document, since a reader that fetches contexts is a reader that can be led astray.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from json.encoder import encode_basestring as quoted

from kg.export.groups import Group, Line, Lines, by_graph, joined
from kg.export.rows import Row, literal_parts, unescape
from kg.vocab import RDF, XSD

_TYPE = f"<{RDF.type}>"
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")  # what every reader of JSON keeps to the last digit
_TYPE_RANK, _LABEL_RANK = "\1", "\2"  # to sort by; see `kg.export.groups.RANKS`
_LABELS = ("label", "rdfs:label", "prefLabel", "skos:prefLabel", "name", "schema:name")
_DELIMITERS = tuple(":/?#[]@")


class Context:
    """A JSON-LD context of prefixes and terms, turned round: from IRIs to what stands for them."""

    def __init__(self, content: Mapping[str, object]) -> None:
        self.content = dict(content)
        plain = {name: iri for name, iri in content.items() if isinstance(iri, str) and name[0] != "@"}
        self._prefixes = {name: iri for name, iri in plain.items() if iri.endswith(_DELIMITERS) and "://" in iri}
        self._stems = {stem: name for name, stem in sorted(self._prefixes.items())}
        longest_first = sorted(self._stems, key=len, reverse=True)
        self._stem = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self.swallowed: set[str] = set()  # schemes of IRIs met that a reader would take for prefixes
        self.terms: dict[str, str] = {}
        self.coerced: dict[str, str] = {}
        for name, value in content.items():
            if name not in self._prefixes and name[0] != "@":
                self._learn(name, value)

    def _learn(self, name: str, value: object) -> None:
        iri = value.get("@id") if isinstance(value, Mapping) else value
        if isinstance(iri, str):
            self.terms[self.expanded(iri)] = name
            kind = value.get("@type") if isinstance(value, Mapping) else None
            if isinstance(kind, str):
                self.coerced[name] = kind if kind[0] == "@" else self.expanded(kind)

    def expanded(self, name: str) -> str:
        """Return the IRI that a compact IRI stands for."""
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name

    def compact(self, iri: str) -> str:
        """Return an IRI as a compact one, under the longest prefix that fits."""
        found = self._stem.match(iri)
        if found and found.end() < len(iri) and not iri.startswith("//", found.end()):
            return f"{self._stems[found[0]]}:{iri[found.end() :]}"
        scheme = iri.partition(":")[0]
        if scheme in self._prefixes:
            self.swallowed.add(scheme)
        return iri

    def without(self, schemes: Iterable[str]) -> Context:
        """Return the context less the prefixes that are schemes of IRIs in the data, which they would swallow."""
        clashing = set(schemes)
        kept = {name: value for name, value in self.content.items() if name not in clashing}
        return Context({name: self._spelt_out(value, clashing) for name, value in kept.items()})

    def _spelt_out(self, value: object, clashing: set[str]) -> object:
        if isinstance(value, str):
            return self.expanded(value) if value.partition(":")[0] in clashing else value
        if isinstance(value, Mapping):
            return {key: self._spelt_out(part, clashing) for key, part in value.items()}
        return value


def jsonld(rows: Iterable[Row], context: Mapping[str, object]) -> Iterator[str]:
    """Yield a JSON-LD document, in pieces: what stands in no graph, then graph by graph."""
    kept = rows if isinstance(rows, Collection) else list(rows)
    known = Context(context)
    body = _body(kept, known)
    if known.swallowed:
        known = known.without(known.swallowed)
        body = _body(kept, known)
    yield '{\n  "@context": ' + json.dumps(known.content, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    yield ',\n  "@graph": ['
    yield from body
    yield "\n  ]\n}\n" if body else "]\n}\n"


def _body(rows: Iterable[Row], context: Context) -> list[str]:
    """Return the nodes of every graph in pieces; every name of the document has been compacted then."""
    values = _Values(context)
    nodes = _graphs(by_graph(rows, Lines(values.line)), values.named)
    return [piece.replace("\t", ": ") for piece in joined(nodes)]  # JSON has no tabulators but those between members


def _graphs(found: Iterable[Group], named: Mapping[str, str]) -> Iterator[str]:
    last, indent, separator = "", "    ", "\n"
    for group in found:
        if group.graph != last:
            closing = "\n      ]\n    },\n" if last else separator
            yield f'{closing}    {{\n      "@id": {named[group.graph]},\n      "@graph": ['
            last, indent, separator = group.graph, "        ", "\n"
        members = f",\n{indent}  ".join(_members(group.lines, indent))
        yield f'{separator}{indent}{{\n{indent}  "@id": {named[group.subject]},\n{indent}  {members}\n{indent}}}'
        separator = ",\n"
    yield "\n      ]\n    }" if last else ""


def _members(lines: list[str], indent: str) -> list[str]:
    """Return one member of a node for each key: ``key: value``, or ``key: [values]`` a line each."""
    keys = [line.partition("\t")[0] for line in lines]
    if len(set(keys)) == len(keys):
        return lines
    values: dict[str, list[str]] = {key: [] for key in keys}
    for key, line in zip(keys, lines, strict=True):
        values[key].append(line)
    return [_member(key, found, indent) for key, found in values.items()]


def _member(key: str, lines: list[str], indent: str) -> str:
    if len(lines) == 1:
        return lines[0]
    start = len(key) + 1
    several = f",\n{indent}    ".join([line[start:] for line in lines])
    return f"{key}\t[\n{indent}    {several}\n{indent}  ]"


class _Named(dict[str, str]):
    """Tokens of IRIs and blank nodes to JSON strings, as they stand after ``@id``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __missing__(self, token: str) -> str:
        text = quoted(self._context.compact(token[1:-1]) if token[0] == "<" else token)
        self[token] = text
        return text


class _Values:
    """Statements to ``key, tabulator, value``; the value depends on what the context says of the key."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.named = _Named(context)

    def line(self, predicate: str) -> Line:
        """Return what makes a line of an object of a property."""
        if predicate == _TYPE:  # one that is a literal is no class, and only the property written out can carry it
            typed = f'{_TYPE_RANK}"@type"\t'
            return lambda token: self._member(predicate)(token) if token[0] == '"' else typed + self._type(token)
        return self._member(predicate)

    def _member(self, predicate: str) -> Line:
        term = self._context.terms.get(predicate[1:-1], "")
        coerced = self._context.coerced.get(term, "")
        key = term or self._context.compact(predicate[1:-1])
        start = f"{_LABEL_RANK if key in _LABELS else ''}{quoted(key)}\t"
        return lambda token: start + (self._literal(token, coerced) if token[0] == '"' else self._node(token, coerced))

    def _type(self, token: str) -> str:
        term = self._context.terms.get(token[1:-1]) if token[0] == "<" else None
        return quoted(term) if term else self.named[token]

    def _node(self, token: str, coerced: str) -> str:
        name = self.named[token]
        return name if coerced == "@id" else f'{{"@id": {name}}}'

    def _literal(self, token: str, coerced: str) -> str:
        body, datatype, language = literal_parts(token)
        if not coerced and datatype == XSD.integer and _INTEGER.match(body):
            return body
        if not coerced and datatype == XSD.boolean and body in ("true", "false"):
            return body
        text = quoted(unescape(body))
        if language:
            return f'{{"@language": {quoted(language)}, "@value": {text}}}'
        if not datatype or datatype == XSD.string:
            return text if not coerced else f'{{"@value": {text}}}'
        if datatype == coerced:
            return text
        name = self._context.terms.get(datatype) or self._context.compact(datatype)
        return f'{{"@type": {quoted(name)}, "@value": {text}}}'
