"""Editions as TEI P5: the text of an entry as it stands, and beside it what it says, statement by statement.

https://tei-c.org/release/doc/tei-p5-doc/en/html/. The characters of the text element are those of the entry, none more
and none less, so that positions count in both alike. A statement is an ``annotation`` of the stand-off part that points
to the stretches it stands on, from anchor to anchor, and is analysed by its force and its world.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.export.claims import Labels
from kg.export.editions import Edition, Passage, Shelf
from kg.export.teimarks import marks
from kg.export.teitext import body, escaped
from kg.export.webanno import Imprint, motivation
from kg.export.words import sentence
from kg.version import VERSION
from kg.vocab import PH, Iri

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\Z")  # what an xml:id may hold in every version of XML
_MADE = (
    "The text element holds the characters of the source from {start} up to {end}, each once and in order, "
    "lines broken as they are there; a character that XML cannot hold is a g element with its number. "
    "Paragraphs, heading, cast list and names are marked where a claim of the graph stands on these very words. "
    "Each statement is an annotation; the anchor charN stands before the character N of the source, counted in code "
    "points from zero."
)


def tei(editions: Sequence[Edition], shelf: Shelf, imprint: Imprint) -> Iterator[str]:
    """Yield a document of one edition, or a corpus of several; all of them must have a text that may go out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    if len(editions) == 1:
        yield from _document(editions[0], shelf, imprint, "")
        return
    yield f'<teiCorpus xmlns="{_NAMESPACE}">\n<teiHeader>\n<fileDesc>\n'
    yield f"<titleStmt><title>{escaped(imprint.publisher)}</title></titleStmt>\n"
    yield from _publication(imprint, "", "")
    yield "<sourceDesc><p>The entries of a guide, each with a description of its own.</p></sourceDesc>\n"
    yield "</fileDesc>\n</teiHeader>\n"
    for number, edition in enumerate(editions, start=1):
        yield from _document(edition, shelf, imprint, f"e{number}-")
    yield "</teiCorpus>\n"


def _document(edition: Edition, shelf: Shelf, imprint: Imprint, prefix: str) -> Iterator[str]:
    start, end = edition.start, edition.end
    beside = _Beside(edition, shelf.labels, prefix)
    yield f'<TEI xmlns="{_NAMESPACE}">\n<teiHeader>\n<fileDesc>\n'
    yield from _title(edition, imprint)
    yield from _publication(imprint, edition.source, edition.licence_name)
    yield from _source(edition)
    yield "</fileDesc>\n<encodingDesc>\n"
    yield f"<editorialDecl><p>{escaped(_MADE.format(start=start, end=end))}</p></editorialDecl>\n"
    yield from beside.categories()
    yield from _program(imprint)
    yield "</encodingDesc>\n"
    language = escaped(edition.language)
    if language:
        yield f'<profileDesc><langUsage><language ident="{language}">{language}</language></langUsage></profileDesc>\n'
    yield "</teiHeader>\n" + (f'<text xml:lang="{language}">' if language else "<text>")
    found = marks(edition, shelf.labels, shelf.kinds)
    yield from body(edition.content or "", found, beside.places(), start=start, end=end, prefix=prefix)
    yield "</text>\n"
    yield from beside.annotations()
    yield "</TEI>\n"


# --- the header ---------------------------------------------------------------------------------------------------


def _title(edition: Edition, imprint: Imprint) -> Iterator[str]:
    yield f"<titleStmt>\n<title>{escaped(edition.label)}</title>\n"
    for author in edition.authors:
        yield f'<author><name ref="{escaped(author.iri)}">{escaped(author.name)}</name></author>\n'
    maker = imprint.generator
    named = f'<name ref="{escaped(maker.iri)}">{escaped(maker.name)}</name>'
    yield f"<respStmt><resp>read and marked up by</resp>{named}</respStmt>\n</titleStmt>\n"


def _publication(imprint: Imprint, source: str, licence: str) -> Iterator[str]:
    yield f"<publicationStmt>\n<authority>{escaped(imprint.publisher)}</authority>\n"
    if imprint.generated:
        yield f'<date when="{escaped(imprint.generated[:10])}">{escaped(imprint.generated[:10])}</date>\n'
    if source:
        yield f'<idno type="URI">{escaped(source)}</idno>\n'
    shown = licence or imprint.rights
    target = f' target="{escaped(shown)}"' if shown.startswith(("http://", "https://")) else ""
    if shown:
        yield f"<availability><licence{target}>{escaped(shown)}</licence></availability>\n"
    yield "</publicationStmt>\n"


def _source(edition: Edition) -> Iterator[str]:
    yield f"<sourceDesc><bibl><title>{escaped(edition.label)}</title>"
    yield from (f"<author>{escaped(it.name)}</author>" for it in edition.authors)
    if edition.address:
        yield f'<ref target="{escaped(edition.address)}">{escaped(edition.address)}</ref>'
    yield f'<idno type="URI">{escaped(edition.text)}</idno></bibl></sourceDesc>\n'


def _program(imprint: Imprint) -> Iterator[str]:
    maker = imprint.generator
    yield f'<appInfo><application ident="porthole" version="{VERSION}"><label>{escaped(maker.name)}</label>'
    yield f'<ptr target="{escaped(maker.iri)}"/></application></appInfo>\n'


# --- what stands beside the text ----------------------------------------------------------------------------------


class _Beside:
    """The statements of an edition with the names that they have in this document."""

    def __init__(self, edition: Edition, labels: Labels, prefix: str) -> None:
        self._said, self._labels, self._prefix = edition.said, labels, prefix
        self._start, self._end = edition.start, edition.end
        self._forces = self._named("force", (it.claim.force for it in edition.said))
        self._worlds = self._named("world", (it.claim.world for it in edition.said))

    def places(self) -> Iterator[int]:
        """Yield every position that a statement points to."""
        for said in self._said:
            for passage in (*said.passages, *said.hedges):
                yield from (passage.start, passage.end)

    def categories(self) -> Iterator[str]:
        """Yield the forces and worlds that occur, which statements refer to."""
        if not self._said:
            return
        yield "<classDecl>\n"
        for kind, members in (("force", self._forces), ("world", self._worlds)):
            yield f'<taxonomy xml:id="{self._prefix}{kind}">\n'
            for iri, name in members.items():
                described = f"<catDesc>{escaped(self._labels(iri))}</catDesc>"
                yield f'<category xml:id="{name}" corresp="{escaped(iri)}">{described}</category>\n'
            yield "</taxonomy>\n"
        yield "</classDecl>\n"

    def annotations(self) -> Iterator[str]:
        """Yield every statement with its words and the name of its claim."""
        if not self._said:
            return
        names = self._named("claim", (it.claim.iri for it in self._said))
        yield '<standOff>\n<listAnnotation type="statements">\n'
        for said in self._said:
            claim = said.claim
            ana = f"#{self._forces[claim.force]} #{self._worlds[claim.world]}"
            yield f'<annotation xml:id="{names[claim.iri]}" motivation="{motivation(claim)}" ana="{ana}"'
            yield f' target="{self._ranges(said.passages)}">'
            yield f'<ptr type="claim" target="{escaped(claim.iri)}"/>'
            if said.hedges:
                yield f'<ptr type="hedge" target="{self._ranges(said.hedges)}"/>'
            for speaker in claim.values(PH.saidBy):
                yield f'<ref type="said-by" target="{escaped(str(speaker))}">{escaped(self._labels(speaker))}</ref>'
            yield f'<note xml:lang="en">{escaped(sentence(claim, self._labels))}</note></annotation>\n'
        yield "</listAnnotation>\n</standOff>\n"

    def _named(self, kind: str, members: Iterable[Iri]) -> dict[Iri, str]:
        """Return an xml:id for each: the last part of its name where XML can hold that, else its number."""
        found: dict[Iri, str] = {}
        taken: set[str] = set()
        for number, iri in enumerate(dict.fromkeys(members), start=1):
            local = iri.rpartition("/")[2]
            wanted = f"{self._prefix}{kind}-{local if _NAME.match(local) else number}"
            found[iri] = wanted if wanted not in taken else f"{wanted}-{number}"
            taken.add(found[iri])
        return found

    def _ranges(self, passages: Iterable[Passage]) -> str:
        return " ".join(map(self._range, passages))

    def _range(self, passage: Passage) -> str:
        """Return a pointer from anchor to anchor; what stands in another's part of a file is named by its address."""
        if self._start <= passage.start and passage.end <= self._end:
            return f"#range({self._prefix}char{passage.start},{self._prefix}char{passage.end})"
        return escaped(passage.iri)
