"""What a release is, as records, and what keeps it from being one.

Everything that describes a release (`dcat`, `crate`, `citation`) is written from the same record, so that no two of
them can tell different things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.export.claims import Labels
from kg.export.rows import Row, term_of
from kg.vocab import DCTERMS, PH, RDF, SCHEMA, Iri, Literal, Term

_SOURCES = (f"<{PH.Entry}>", f"<{PH.OutsideSource}>")
_NOBODYS = re.compile(r"(?:.*\.)?(?:example(?:\.(?:org|com|net|edu))?|test|invalid|localhost)\.?\Z")  # RFC 2606, 6761
_SITE = re.compile(r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~-]+)*\Z")  # safe in redirect rules and IRIs
_SAID = frozenset(f"<{it}>" for it in (DCTERMS.license, SCHEMA.url, SCHEMA.author, DCTERMS.creator))


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a guide: what it is called, whose it is, where it lies, and under which licence."""

    iri: Iri
    label: str
    licences: tuple[Term, ...] = ()
    address: str = ""
    creators: tuple[str, ...] = ()
    entry: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a release: ``media`` is the type of what it holds, packed with gzip or not.

    ``data`` says that it is the data set in some form, and not something to use it with.
    """

    path: str
    title: str
    media: str
    size: int
    sha256: str
    packed: bool = False
    data: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """A guide as it is given to others: ``site`` is where the folder will lie, ``date`` that of the build.

    ``terms`` is the version of the ontology that it was built with, where the build tells it.
    """

    title: str
    base: str
    site: str
    licence: str
    date: str
    digest: str
    publisher: str = ""
    creators: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    parts: tuple[Part, ...] = ()
    terms: str = ""

    @property
    def description(self) -> str:
        """What it is, in one sentence."""
        return f"{self.title}: the guide as a knowledge graph, with the terms, checks and queries for it."

    @property
    def iri(self) -> Iri:
        """The data set's name."""
        return Iri(self.base + "dataset")

    def address(self, part: Part) -> Iri:
        """Return where a file of the release will lie."""
        return Iri(f"{self.site}/{quote(part.path)}")

    def authors(self) -> tuple[str, ...]:
        """Return who made it: those whom the settings name, else the authors of its entries, else the publisher."""
        written = dict.fromkeys(name for source in self.sources if source.entry for name in source.creators)
        return self.creators or tuple(written) or tuple(filter(None, [self.publisher]))


def sources(rows: Iterable[Row]) -> tuple[Source, ...]:
    """Return the entries and outside sources that the rows know, in the order of their names."""
    kept = list(rows)
    kinds = {row[0]: row[2] for row in kept if row[1] == f"<{RDF.type}>" and row[2] in _SOURCES}
    said: defaultdict[tuple[str, Iri], set[str]] = defaultdict(set)
    for subject, predicate, value, _ in kept:
        if subject in kinds and predicate in _SAID:
            said[subject, Iri(predicate[1:-1])].add(value)
    labels = Labels(kept)

    def source(token: str) -> Source:
        def terms(predicate: Iri) -> tuple[Term, ...]:
            return tuple(map(term_of, sorted(said[token, predicate])))

        makers = tuple(map(labels, (*terms(SCHEMA.author), *terms(DCTERMS.creator))))
        address = next((str(it) for it in terms(SCHEMA.url) if isinstance(it, Iri)), "")
        iri = Iri(token[1:-1])
        return Source(iri, labels(iri), terms(DCTERMS.license), address, makers, kinds[token] == _SOURCES[0])

    return tuple(map(source, sorted(kinds)))


def faults(release: Release) -> Iterator[str]:
    """Yield what must be mended before others get it, each with what to do."""
    if nobodys(release.base):
        yield f"base: {release.base} is an address of nobody: set “base” in kg.toml to one of your own"
    if not release.site:
        yield "site: it is not said where the release will lie: set “site” in kg.toml, or give --site"
    elif nobodys(release.site):
        yield f"site: {release.site} is an address of nobody: set “site” in kg.toml to one of your own"
    elif not _SITE.match(release.site):
        yield f"site: “{release.site}” is no plain web address, such as https://guide.net/data"
    if not release.title:
        yield "title: the guide has no title: set “title” in kg.toml"
    if not release.licence:
        yield "licence: the guide has no licence: set “licence” in kg.toml"
    if not release.authors():
        yield "creators: nobody is named as its maker: set “creators” or “publisher” in kg.toml"
    for source in release.sources:
        if not source.licences:
            yield f"{source.iri}: “{source.label}” has no licence: add it to the entry or to sources.bib"


def nobodys(address: str) -> bool:
    """Whether an address is no web address, or lies under a name that is kept for examples.

    >>> nobodys("https://example.org/id/"), nobodys("https://guide.example.com/"), nobodys("https://w3id.org/guide/id/")
    (True, True, False)
    """
    try:
        found = urlsplit(address)
        host = found.hostname or ""
    except ValueError:
        return True
    return found.scheme not in ("http", "https") or not host or bool(_NOBODYS.match(host))


def licence_term(text: str) -> Iri | Literal:
    """Return a licence as it goes out: its address, or the words for it where no address is said."""
    return Iri(text) if text.startswith(("http://", "https://")) else Literal(text)
