"""Editions: each guide entry with its text, where that may go out, and the claims that stand on it.

What marks an entry up, as annotations or as TEI, is written from these records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.export.claims import Claim, Labels, Sources, claims, types
from kg.export.rows import Row, term_of
from kg.vocab import DCTERMS, PH, PROV, RDF, SCHEMA, Iri, Literal, Term

_SAID = frozenset(
    f"<{it}>"
    for it in (
        PH.describes, PH.recordedBy, PH.text, PH.textOf, SCHEMA.author, SCHEMA.url, SCHEMA.inLanguage, DCTERMS.license,
    )
)  # fmt: skip
_TYPE, _PROGRAM = f"<{RDF.type}>", f"<{PROV.SoftwareAgent}>"


@dataclass(frozen=True, slots=True)
class Agent:
    """Someone who wrote or recorded something, or a program that did (``software``)."""

    iri: Iri
    name: str
    software: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text that a claim stands on, and its words where the licence allows to pass them on."""

    iri: Iri
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as an edition needs it: where it stands in the text, who recorded it, which words hedge it."""

    claim: Claim
    passages: tuple[Passage, ...]
    recorder: Agent | None
    hedges: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An entry with what is said in it; ``content`` is None where its licence does not allow to pass its text on.

    ``text`` is the name of the version of the text that positions count in: the digest of the text is part of it.
    Where other entries stand in the same text, this one's own part is from ``start`` up to ``end``.
    """

    source: Iri
    label: str
    text: Iri
    content: str | None
    describes: tuple[Iri, ...] = ()
    licence: Term | None = None
    language: str = ""
    address: str = ""
    authors: tuple[Agent, ...] = ()
    said: tuple[Said, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def licence_name(self) -> str:
        """The address or the words of the licence; nothing where none is known."""
        return self.licence.value if isinstance(self.licence, Literal) else self.licence or ""


class Shelf:
    """The entries that rows know, each by its edition.

    ``rows`` are everything less the texts that may not be passed on (`kg.export.select.withheld`).
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        kept = list(rows)
        self.labels, self.kinds = Labels(kept), types(kept)
        self._sources = Sources(kept)
        self._facts: defaultdict[Iri, defaultdict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._programs: set[Iri] = set()
        for subject, predicate, value, _ in kept:
            if predicate in _SAID:
                self._facts[Iri(subject[1:-1])][Iri(predicate[1:-1])].append(term_of(value))
            elif predicate == _TYPE and value == _PROGRAM:
                self._programs.add(Iri(subject[1:-1]))
        for said in self._facts.values():
            for values in said.values():
                values.sort(key=repr)  # rows come in any order, and the same data are the same edition
        self._texts = {
            Iri(str(source)): text for text, said in sorted(self._facts.items()) for source in said.get(PH.textOf, ())
        }
        self._parts: dict[Iri, dict[Iri, tuple[int, int]]] = {}  # of texts that entries share
        self._in_text: defaultdict[Iri, list[Iri]] = defaultdict(list)
        for source, text in self._texts.items():
            self._in_text[text].append(source)
        self._claims: defaultdict[Iri, list[Claim]] = defaultdict(list)
        for claim in claims(kept):
            for source in dict.fromkeys(it.source for it in claim.evidence if it.text):
                self._claims[source].append(claim)

    def about(self, thing: Iri) -> tuple[Iri, ...]:
        """Return the entries that are this thing, or describe it."""
        return tuple(it for it in sorted(self._texts) if thing in (it, *self._facts[it].get(PH.describes, ())))

    def editions(self, sources: Iterable[Iri] | None = None) -> Iterator[Edition]:
        """Yield the edition of each entry that has a text, or of the named ones, in the order of their names."""
        for source in sorted(self._texts.keys() if sources is None else self._texts.keys() & set(sources)):
            yield self._edition(source)

    def _edition(self, source: Iri) -> Edition:
        text = self._texts[source]
        found = self._facts[source]
        content = _first(self._facts[text], PH.text) if PH.text in self._facts[text] else None
        start, end = self._part(source, text, content or "")
        return Edition(
            source,
            self.labels(source),
            text,
            content,
            tuple(sorted(Iri(str(it)) for it in found.get(PH.describes, ()))),
            next(iter(found.get(DCTERMS.license, ())), None),
            _first(found, SCHEMA.inLanguage),
            _first(found, SCHEMA.url),
            tuple(map(self._agent, found.get(SCHEMA.author, ()))),
            self._said(source, text),
            start=start,
            end=end,
        )

    def _part(self, source: Iri, text: Iri, content: str) -> tuple[int, int]:
        """Return an entry's part of its text: up to the paragraph in which the next entry begins to speak."""
        if len(self._in_text[text]) == 1:
            return 0, len(content)
        if text not in self._parts:
            begins = sorted((min(places), it) for it in self._in_text[text] if (places := self._places(it, text)))
            starts = [_paragraph(content, place) if number else 0 for number, (place, _) in enumerate(begins)]
            ends = [*starts[1:], len(content)]
            self._parts[text] = {it: part for (_, it), part in zip(begins, zip(starts, ends, strict=True), strict=True)}
        return self._parts[text].get(source, (0, 0))

    def _places(self, source: Iri, text: Iri) -> list[int]:
        spans = (it.iri for claim in self._claims[source] for it in claim.evidence)
        return [it.start for it in self._passages(text, spans)]

    def _said(self, source: Iri, text: Iri) -> tuple[Said, ...]:
        reader = next(iter(self._facts[source].get(PH.recordedBy, ())), None)
        found: list[Said] = []
        for claim in self._claims[source]:
            recorder = next(iter(claim.values(PROV.wasAttributedTo)), reader)
            found.append(
                Said(
                    claim,
                    self._passages(text, (it.iri for it in claim.evidence)),
                    self._agent(recorder) if recorder else None,
                    self._passages(text, claim.values(PH.hedge)),
                )
            )
        return tuple(sorted(found, key=lambda it: ([(one.start, one.end) for one in it.passages], it.claim.iri)))

    def _passages(self, text: Iri, spans: Iterable[Term]) -> tuple[Passage, ...]:
        found = (self._sources.evidence(Iri(str(it))) for it in spans)
        passages = (
            Passage(it.iri, it.start, it.end, it.quote if it.free else "")
            for it in found
            if it.text == text and it.start is not None and it.end is not None
        )
        return tuple(sorted(passages, key=lambda it: (it.start, it.end)))

    def _agent(self, term: Term) -> Agent:
        iri = Iri(str(term))
        return Agent(iri, self.labels(term), iri in self._programs)


def _first(said: Mapping[Iri, list[Term]], predicate: Iri) -> str:
    return next((_plain(it) for it in said.get(predicate, ())), "")


def _plain(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _paragraph(content: str, place: int) -> int:
    """Return where the paragraph begins that holds a place."""
    blank = content.rfind("\n\n", 0, place)
    return blank + 2 if blank >= 0 else 0
