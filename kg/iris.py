"""The names of things: how an IRI is made from words, under a project's base.

Letters of every script are kept (NFC, lower case). Signs that a slug would lose without trace leave a digest, so that
"2" and "#2" stay two things; white space, hyphens, apostrophes and full stops are lost on purpose.

>>> slug("Eva Müller"), slug("Jeanne’s assistant"), slug("News  Reporter")
('eva-müller', 'jeannes-assistant', 'news-reporter')
>>> slug("2") == slug("#2"), slug("♂").startswith("x-")
(False, True)
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kg.vocab import DEFAULT_BASE, Iri

_SILENT = frozenset("-‐‑–—_ \t\n\u00a0'’‘.,")
_JOINING = frozenset("-‐‑–—_ \t\n\u00a0")


def digest(text: str, length: int = 8) -> str:
    """Return the first hexadecimal digits of the SHA-256 of a text in NFC."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:length]


def slug(words: str) -> str:
    """Return words as one segment of an IRI.

    Raises ValueError for words without any sign that could name something.
    """
    text = unicodedata.normalize("NFC", words).lower().strip()
    kept = "".join(sign if _names(sign) else " " if sign in _JOINING else "" for sign in text)
    segment = "-".join(kept.split())
    lost = any(not _names(sign) and sign not in _SILENT for sign in text)
    if not segment and not lost:
        raise ValueError(f"no name can be made from {words!r}")
    return f"{segment or 'x'}-{digest(text, 6)}" if lost else segment


def _names(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"


def place(url: str) -> str:
    """Return an address as people may read it: without user, password, query or fragment.

    >>> place("https://me:secret@example.org:8080/sparql?key=1#x")
    'https://example.org:8080/sparql'
    """
    scheme, mark, rest = url.partition("://")
    if not mark:
        return url
    host, slash, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of a project's things; ``base`` ends in a slash."""

    base: str = DEFAULT_BASE

    def iri(self, *segments: str) -> Iri:
        """Return the IRI of segments that are slugs already."""
        return Iri(self.base + "/".join(segments))

    @property
    def catalogue(self) -> Iri:
        """The graph that says of every claim where it holds and who says so."""
        return self.iri("catalogue")

    @property
    def background(self) -> Iri:
        """The graph of what must be known in every world."""
        return self.iri("background")

    @property
    def links(self) -> Iri:
        """The graph of links to Wikidata, outside every closure."""
        return self.iri("links")

    @property
    def actual(self) -> Iri:
        """The world of history and of production."""
        return self.iri("world", "actual")

    def world(self, universe: str) -> Iri:
        """Return the world (and its graph) of a story."""
        return self.iri("world", slug(universe))

    def universe(self, universe: str) -> Iri:
        """Return the universe that gathers the series of one story."""
        return self.iri("universe", slug(universe))

    def person(self, name: str) -> Iri:
        """Return a person of the actual world."""
        return self.iri("person", slug(name))

    def thing(self, kind: str, name: str, universe: str = "") -> Iri:
        """Return a thing of a story's universe, or of the actual world where no universe is named."""
        return self.iri(*([slug(universe)] if universe else []), slug(kind), slug(name))

    def series(self, name: str) -> Iri:
        """Return a series."""
        return self.iri("series", slug(name))

    def season(self, series: str, number: int) -> Iri:
        """Return a season of a series."""
        return self.iri(slug(series), "season", str(number))

    def episode(self, series: str, key: str) -> Iri:
        """Return an episode by its key: ``s1e01`` where the numbers are known, else the slug of its source."""
        return self.iri(slug(series), "episode", key)

    def source(self, key: str) -> Iri:
        """Return a source: a guide entry by its slug, an outside source by its key."""
        return self.iri("source", key)

    def text(self, key: str, text: str) -> Iri:
        """Return one version of a source's text, named by its digest."""
        return self.iri("source", key, digest(text, 16) + ".txt")

    def anchors(self, key: str) -> Iri:
        """Return the graph of an entry's text and spans."""
        return self.iri("anchors", key)

    def agent(self, name: str) -> Iri:
        """Return someone or something that records or judges: an editor, a program of ours."""
        return self.iri("agent", slug(name))
