"""Where claims are made: the entry at hand, its text, its series, and the names that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.claims.identity import Identity
from kg.claims.nodes import Node
from kg.claims.sources import address
from kg.iris import Names, slug
from kg.model import Document, Entry, Span
from kg.version import VERSION
from kg.vocab import DCTERMS, PH, PROV, RDF, RDFS, SCHEMA, Iri, Literal, Quad, Triple, integer

UNKNOWN_SERIES = "unknown series"


@dataclass(frozen=True)
class Scene:
    """One entry in its document.

    ``stem`` names the file: its path below the folder that was read, without ending, after the project's name.
    ``part`` tells entries of one file apart, and is empty where a file holds one. ``universe`` is the story that the
    series belongs to: the series itself unless the project gathers several.
    """

    names: Names
    document: Document
    entry: Entry
    stem: str
    universe: str
    part: str = ""
    identity: Identity = field(default_factory=Identity)

    @property
    def series(self) -> str:
        """The series' name, or a stand-in where nothing tells it."""
        return self.entry.series or UNKNOWN_SERIES

    @cached_property
    def key(self) -> str:
        """The entry's key in the names of its source and graphs."""
        return "/".join(filter(None, [self.file_key, self.part and slug(self.part)]))

    @cached_property
    def file_key(self) -> str:
        """The key of the file, under which its text stands once for all its entries."""
        return "/".join(map(slug, self.stem.split("/")))

    @cached_property
    def episode_key(self) -> str:
        """The episode's key: its numbers, or the last part of its source's name."""
        season, number = self.entry.season, self.entry.number
        if season is not None and number is not None:
            return f"s{season}e{number:02}"
        return "-".join(filter(None, [slug(self.stem.split("/")[-1]), self.part and slug(self.part)]))

    @property
    def episode(self) -> Iri:
        """The episode that the entry describes."""
        return self.names.episode(self.series, self.episode_key)

    @property
    def source(self) -> Iri:
        """The entry as a source."""
        return self.names.source(self.key)

    @cached_property
    def text(self) -> Iri:
        """The version of the source's text that spans count in."""
        return self.names.text(self.file_key, self.document.text)

    @property
    def story(self) -> Iri:
        """The world of the story."""
        return self.names.world(self.universe)

    def known_as(self, name: str) -> str:
        """Return the name under which a person or thing is known here."""
        return self.identity.known_as(name, self.key)

    def span(self, span: Span) -> Iri:
        """Return the name of a stretch of the text (RFC 5147)."""
        return Iri(f"{self.text}#char={span.start},{span.end}")

    def comments(self, span: Span) -> bool:
        """Return whether a stretch stands in the notes or a review, where the guide speaks about the story."""
        passages = (*self.entry.notes, *self.entry.reviews)
        return any(it.span.start <= span.start and span.end <= it.span.end for it in passages)

    def person(self, name: str) -> Node:
        """Return a person of the actual world, under the name by which they are known."""
        name = self.known_as(name)
        return Node(self.names.person(name), name, (SCHEMA.Person,), self.names.actual)

    def character(self, name: str) -> Node:
        """Return a named character of this universe."""
        return Node(self.names.thing("character", name, self.universe), name, (PH.Character,), self.story)

    def role(self, name: str) -> Node:
        """Return an unnamed role, which is this episode's alone."""
        iri = self.names.iri(slug(self.universe), "character", self.episode_key, slug(name))
        return Node(iri, name, (PH.Character, PH.UnnamedRole), self.story)

    def anchors(self, spans: Iterable[Span]) -> Iterator[Quad]:
        """Yield the text and the given spans of it, with the words that stand there."""
        shared, graph = self.names.anchors(self.file_key), self.names.anchors(self.key)
        yield Quad(self.text, RDF.type, PH.SourceText, shared)
        yield Quad(self.text, PH.fileName, Literal(self.document.name), shared)
        yield Quad(self.text, PH.text, Literal(self.document.text), shared)
        yield Quad(self.text, PH.textOf, self.source, graph)
        for span in sorted(set(spans)):
            name = self.span(span)
            yield Quad(name, RDF.type, PH.Span, graph)
            yield Quad(name, PH.inText, self.text, graph)
            yield Quad(name, PH.start, integer(span.start), graph)
            yield Quad(name, PH.end, integer(span.end), graph)
            yield Quad(name, PH.quote, Literal(span.of(self.document.text)), graph)

    def description(self) -> Iterator[Triple]:
        """Yield what the catalogue says of the entry: what it describes, who wrote and who read it."""
        entry = self.entry
        yield Triple(self.source, RDF.type, PH.Entry)
        yield Triple(self.source, RDFS.label, Literal(f"{self.series}: {self.episode_label}, guide entry"))
        yield Triple(self.source, PH.describes, self.episode)
        yield Triple(self.source, PH.recordedBy, reader(self.names).iri)
        yield from (Triple(self.source, SCHEMA.author, self.names.person(author.text)) for author in entry.authors)
        if entry.url:
            yield Triple(self.source, SCHEMA.url, Iri(entry.url))
        if entry.licence:
            yield Triple(self.source, DCTERMS.license, address(entry.licence))
        if entry.language:
            yield Triple(self.source, SCHEMA.inLanguage, Literal(entry.language))
        yield from agent(reader(self.names))

    @property
    def head(self) -> Span:
        """The entry's first words, which stand for it where nothing more precise does."""
        first = next(iter(self.entry.synopsis), None)
        return first.span if first else self.entry.span

    @property
    def episode_label(self) -> str:
        """The episode's title, or its key where the copy lost it."""
        return self.entry.title.text if self.entry.title else self.episode_key


def reader(names: Names) -> Node:
    """Return the program that reads entries, by name and version: the recorder of what no person recorded."""
    label = f"Porthole {VERSION}"
    return Node(names.agent(label.replace(".", "-")), label, (PROV.Agent, PROV.SoftwareAgent))


def agent(node: Node) -> Iterator[Triple]:
    """Yield what the catalogue says of someone or something that records or judges."""
    yield from (Triple(node.iri, RDF.type, kind) for kind in node.kinds)
    yield Triple(node.iri, RDFS.label, Literal(node.label))
