"""schema.org as JSON-LD, out of a saved page or a file: its context is known by name and never fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urljoin

from kg.errors import InputError
from kg.foreign import Foreign, Said, left, shown
from kg.imports.jsontext import Number, Text, Value
from kg.model import Diagnostic
from kg.vocab import PH, RDF, SCHEMA, XSD, Blank, Iri, Literal, Node, Term, boolean

_TERM = re.compile(r"(?:schema:|https?://schema\.org/)?([A-Za-z][A-Za-z0-9]*)")
_NAME = re.compile(r"https?://schema\.org/?(?:docs/jsonldcontext\.jsonld?)?/?", re.IGNORECASE)
_ALIASES: Final = {SCHEMA.timeRequired: PH.episodeLength, SCHEMA.duration: PH.episodeLength, SCHEMA.sameAs: SCHEMA.url}
_PROSE: Final = frozenset(SCHEMA[name] for name in ("description", "abstract", "text", "reviewBody", "articleBody"))
_PART = re.compile(r"<!--|<script\b[^>]*>", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json\b""", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_CANONICAL = (
    re.compile(r"""<link\b[^>]*\brel\s*=\s*["']?canonical["']?[^>]*>""", re.IGNORECASE),
    re.compile(r"""<meta\b[^>]*\bproperty\s*=\s*["']?og:url["']?[^>]*>""", re.IGNORECASE),
)
_VALUE = re.compile(r"""\b(?:href|content)\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)


def schemaorg(name: str, text: str) -> Foreign:
    """Return what the JSON-LD of a page or file says. Raises InputError with line and column where none can be read."""
    page = text.lstrip().startswith("<")
    whole = Text(name, text)
    blocks = list(_blocks(text)) if page else [(0, len(text))]
    if not blocks:
        raise InputError(name, 'holds no JSON-LD: there is no <script type="application/ld+json"> in it')
    reader = _Reader(whole, _address(text) if page else "")
    faults = []
    for start, end in blocks:
        try:
            reader.read(whole.json(start, end), "")
        except InputError as fault:
            faults.append(fault)
    if len(faults) == len(blocks):
        raise faults[0]
    if not reader.said:
        raise whole.fault(blocks[0][0], "says nothing of anything: there is no thing with a property in it")
    reader.left += [
        Diagnostic("left-out", "info", it.line or 1, it.column or 1, f"left out: this script {it.problem}")
        for it in faults
    ]
    title = " ".join(unescape(found[1]).split()) if page and (found := _TITLE.search(text)) else ""
    return Foreign(tuple(reader.said), tuple(reader.left), shown(title), reader.address or _own(reader), "")


def _own(reader: _Reader) -> str:
    return next((str(it.subject) for it in reader.said if str(it.subject).startswith("http")), "")


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of JSON-LD in a page; what stands in a comment is not read."""
    at, low = 0, text.lower()
    while found := _PART.search(text, at):
        if found.group() == "<!--":
            end = text.find("-->", found.end())
            at = end + 3
        else:
            end = low.find("</script", found.end())
            at = end
            if end >= 0 and _TYPE.search(found.group()):
                yield _bare(text, found.end(), end)
        if end < 0:
            return


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the comment or CDATA signs that some pages put around a script."""
    for mark in ("//<![CDATA[", "<![CDATA[", "<!--"):
        begun = start + (len(text[start:end]) - len(text[start:end].lstrip()))
        start = begun + len(mark) if text.startswith(mark, begun) else start
    piece = text[start:end].rstrip()
    for mark in ("//]]>", "]]>", "-->"):
        piece = piece.removesuffix(mark).rstrip()
    return start, start + len(piece)


def _address(text: str) -> str:
    """Return where a saved page lay, as it says itself."""
    head = text[:200_000]
    tags = (found.group() for pattern in _CANONICAL if (found := pattern.search(head)))
    return next((unescape(found[1]) for tag in tags if (found := _VALUE.search(tag))), "")


@dataclass
class _Reader:
    """Collects statements; nodes without an address of their own are told apart by where they stand."""

    text: Text
    address: str

    def __post_init__(self) -> None:
        self.said: list[Said] = []
        self.left: list[Diagnostic] = []
        self._count = 0

    def read(self, value: Value, language: str) -> None:
        """Read the nodes at the top of a document, or of its ``@graph``."""
        self._count += 1
        for it in value.each():
            if not isinstance(it.data, Mapping):
                self._note(it, "it is no thing")
                continue
            spoken = self._language(it) or language
            graph = it.get("@graph")
            if graph is not None:
                self.read(graph, spoken)
            if graph is None or len(it.data) > 2:
                self.node(it, spoken)

    def _language(self, it: Value) -> str:
        """Return the language of a context; what else it declares is not followed."""
        context = it.get("@context")
        language = ""
        for one in context.each() if context else ():
            if isinstance(one.data, str) and not _NAME.fullmatch(one.data):
                self._note(one, f"the context {shown(one.data)} is not schema.org’s, and is not fetched")
            declared = one.get("@language")
            language = declared.text() if declared else language
        return language

    def _note(self, value: Value, why: str) -> None:
        self.left.append(left(self.text.place(value.start), f"left out: {why}"))

    def node(self, value: Value, language: str) -> Node:
        """Read a thing with all that is said of it, and return its name."""
        subject = self._name(value)
        for key, member in value.items():
            if key in ("@type", "type"):
                for kind in member.each():
                    self._typed(subject, kind)
            elif not key.startswith("@") and member.data is not None:
                self._property(subject, key, member, language)
        return subject

    def _name(self, value: Value) -> Node:
        given = value.get("@id")
        if given is None or not given.text():
            return Blank(f"_:{self._count}{value.path}")
        if given.text().startswith("_:"):
            return Blank(f"{given.text()}")
        iri = urljoin(self.address, given.text()) if self.address else given.text()
        return Iri(iri) if ":" in iri else Blank(f"_:{iri}")

    def _typed(self, subject: Node, kind: Value) -> None:
        found = _TERM.fullmatch(kind.text())
        if found:
            self._say(subject, RDF.type, SCHEMA[found[1]], kind)
        else:
            self._note(kind, f"the class {shown(kind.text())} is not schema.org’s")

    def _property(self, subject: Node, key: str, value: Value, language: str) -> None:
        found = _TERM.fullmatch(key)
        if found is None:
            self._note(value, f"the property {shown(key)} is not schema.org’s")
            return
        prop = SCHEMA[found[1]]
        if prop in _PROSE:
            self._note(value, f"{found[1]} is prose, not a statement")
            return
        for one in value.each():
            for term in self._terms(one, language):
                self._say(subject, _ALIASES.get(prop, prop), term, one if one is not value else value)

    def _terms(self, value: Value, language: str) -> Iterator[Term]:
        data = value.data
        if isinstance(data, Mapping):
            inner = value.get("@value") or value.get("@list") or value.get("@set")
            if inner is None:
                yield self.node(value, language)
            else:
                spoken = value.get("@language")
                for it in inner.each():
                    yield from self._terms(it, spoken.text() if spoken else language)
        elif isinstance(data, bool):
            yield boolean(data)
        elif isinstance(data, Number):
            yield Literal(str(data), XSD.integer if data.isdigit() else XSD.decimal)
        elif isinstance(data, str) and data.strip():
            yield self._text(value, data, language)

    def _text(self, value: Value, words: str, language: str) -> Literal:
        plain = unescape(words)
        if plain != words:
            place = self.text.place(value.start)
            message = f"“{shown(words)}” is read as “{shown(plain)}”"
            self.left.append(Diagnostic("changed-form", "info", place.line, place.column, message))
        return Literal(plain.strip(), language=language) if language else Literal(plain.strip())

    def _say(self, subject: Node, prop: Iri, term: Term, value: Value) -> None:
        place = self.text.place(value.start)
        self.said.append(Said(subject, prop, term, place, self.text.words(value), "", value.path))
