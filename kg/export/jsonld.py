"""JSON-LD 1.1, compacted with a context: every graph of a data set, one value a line.

The text is written straight from the rows; that it means the same is held by tests through PyLD, pyoxigraph and rdflib.
The context stands in the document, since a reader that fetches contexts is a reader that can be led astray.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from json.encoder import encode_basestring as quoted

from kg.export.rows import Row, by_name, literal_parts, unescape
from kg.vocab import RDF, XSD

_TYPE = f"<{RDF.type}>"
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")  # what every reader of JSON keeps to the last digit
_LONG = 200
_LABELS = ("label", "rdfs:label", "prefLabel", "skos:prefLabel", "name", "schema:name")
_DELIMITERS = tuple(":/?#[]@")


class Context:
    """A JSON-LD context of prefixes and terms, turned round: from IRIs to what stands for them."""

    def __init__(self, content: Mapping[str, object]) -> None:
        self.content = dict(content)
        plain = {name: iri for name, iri in content.items() if isinstance(iri, str) and name[0] != "@"}
        self._prefixes = {name: iri for name, iri in plain.items() if iri.endswith(_DELIMITERS) and "://" in iri}
        self._stems = {stem: name for name, stem in sorted(self._prefixes.items())}
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
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
        for length in self._lengths:
            prefix = self._stems.get(iri[:length])
            if prefix and len(iri) > length and not iri.startswith("//", length):
                return f"{prefix}:{iri[length:]}"
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
    """Yield a JSON-LD document, node by node: what stands in no graph, then graph by graph."""
    kept = rows if isinstance(rows, Collection) else list(rows)
    known = Context(context)
    graphs, values = _grouped(kept, known)
    if known.swallowed:
        known = known.without(known.swallowed)
        graphs, values = _grouped(kept, known)
    yield '{\n  "@context": ' + json.dumps(known.content, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    yield ',\n  "@graph": ['
    separator = "\n"
    for graph in sorted(graphs, key=by_name):
        if graph:
            yield f'{separator}    {{\n      "@id": {values.named[graph]},\n      "@graph": ['
            yield from _nodes(graphs[graph], values, "        ", "\n")
            yield "\n      ]\n    }"
        else:
            yield from _nodes(graphs[graph], values, "    ", separator)
        separator = ",\n"
    yield "\n  ]\n}\n" if graphs else "]\n}\n"


_Graphs = Mapping[str, Mapping[str, list[str]]]


def _grouped(rows: Iterable[Row], context: Context) -> tuple[_Graphs, _Values]:
    """Return the members of every node of every graph; every name of the document has been compacted then."""
    values = _Values(context)
    graphs: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, found, graph in rows:
        graphs[graph][subject].append(values[predicate, found])
    for graph, subjects in graphs.items():
        for token in (graph, *subjects):
            _ = values.named[token] if token else ""
    return graphs, values


def _nodes(subjects: Mapping[str, list[str]], values: _Values, indent: str, separator: str) -> Iterator[str]:
    inner = f",\n{indent}  "
    for subject in sorted(subjects, key=by_name):
        found = sorted(set(subjects[subject]))
        members = inner.join(_members(found, indent))
        yield f'{separator}{indent}{{\n{indent}  "@id": {values.named[subject]}{inner}{members}\n{indent}}}'
        separator = ",\n"


def _members(found: Iterable[str], indent: str) -> list[str]:
    """Return one member of a node for each key: ``key: value``, or ``key: [values]`` a line each."""
    members: list[str] = []
    last, several = "", 0
    for line in found:
        key, _, value = line.partition("\t")
        if key != last:
            if several:
                members[-1] += f"\n{indent}  ]"
            members.append(f"{key[1:]}: {value}")
            last, several = key, 0
            continue
        if not several:
            members[-1] = f"{key[1:]}: [\n{indent}    {members[-1][len(key) + 1 :]}"
        members[-1] += f",\n{indent}    {value}"
        several += 1
    if several:
        members[-1] += f"\n{indent}  ]"
    return members


class _Named(dict[str, str]):
    """Tokens of IRIs and blank nodes to JSON strings, as they stand after ``@id``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __missing__(self, token: str) -> str:
        text = quoted(self._context.compact(token[1:-1]) if token[0] == "<" else token)
        self[token] = text
        return text


class _Values(dict[tuple[str, str], str]):
    """Predicate and object to ``rank, key, tabulator, value``; the value depends on what the context coerces."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.named = _Named(context)

    def __missing__(self, pair: tuple[str, str]) -> str:
        predicate, token = pair
        if predicate == _TYPE and token[0] != '"':
            text = '0"@type"\t' + self._type(token)
        else:  # a type that is a literal is no class, and only the property written out can carry it
            term = self._context.terms.get(predicate[1:-1], "")
            key = term or self._context.compact(predicate[1:-1])
            coerced = self._context.coerced.get(term, "")
            value = self._literal(token, coerced) if token[0] == '"' else self._node(token, coerced)
            text = f"{1 if key in _LABELS else 9}{quoted(key)}\t{value}"
        if len(token) < _LONG:
            self[pair] = text
        return text

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
