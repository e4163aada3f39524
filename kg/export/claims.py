"""Claims as records: what each says, where it holds, who says so and in which words, read from rows.

Tables, nanopublications, annotations and differences are all written from these, so that none of them walks the
graph by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.export.rows import Row, term_of
from kg.export.select import is_open
from kg.vocab import DCTERMS, PH, PROV, RDF, RDFS, SCHEMA, SKOS, Iri, Literal, Node, Term, Triple

_ASSERTED_IN = f"<{PH.assertedIn}>"
_PLACES = (PROV.wasDerivedFrom, PROV.wasRevisionOf, PH.writtenAt, PH.tellingOrder)
_LABELS = {f"<{RDFS.label}>": 0, f"<{SKOS.prefLabel}>": 1, f"<{SCHEMA.name}>": 2}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim stands on: a span of an entry's text, words from outside, or an outside source as a whole.

    ``start`` and ``end`` count code points of ``text``, and are None where there is no text of ours. ``free`` says
    that the source's licence allows to pass its words on.
    """

    iri: Iri
    source: Iri
    source_label: str
    quote: str = ""
    text: Iri | None = None
    start: int | None = None
    end: int | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says with one force, in one world; ``about`` is everything that is said of the claim.

    ``passages`` are further stretches of text that this points to: a hedge, or what a time is counted from.
    """

    iri: Iri
    world: Iri
    force: Iri
    statements: tuple[Triple, ...]
    evidence: tuple[Evidence, ...] = ()
    about: tuple[tuple[Iri, Term], ...] = ()
    passages: tuple[tuple[Iri, Evidence], ...] = ()

    @property
    def remarks(self) -> tuple[tuple[Iri, Term], ...]:
        """What is said of the claim apart from places in texts, which move, and from its own history."""
        places = {passage.iri for _, passage in self.passages}
        return tuple(pair for pair in self.about if pair[0] not in _PLACES and pair[1] not in places)

    def values(self, predicate: Iri) -> tuple[Term, ...]:
        """Return what is said of the claim under one property."""
        return tuple(value for found, value in self.about if found == predicate)

    def content(self) -> frozenset[tuple[object, ...]]:
        """Return what makes two records of this claim the same: its statements and all that is said of it."""
        return frozenset((*self.statements, *self.about))


class Labels:
    """The names of things for people, in one language where there are several."""

    def __init__(self, rows: Iterable[Row], language: str = "en") -> None:
        found: dict[str, tuple[tuple[int, int, str], str]] = {}
        for subject, predicate, value, _ in rows:
            rank = _LABELS.get(predicate)
            if rank is None or value[0] != '"':
                continue
            label = term_of(value)
            if isinstance(label, Literal):
                key = (_distance(label.language, language), rank, label.value)
                if subject not in found or key < found[subject][0]:
                    found[subject] = key, label.value
        self._names = {token: label for token, (_, label) in found.items()}

    def __call__(self, term: Term) -> str:
        """Return the name of a term: a literal's text, a label, else the last part of the IRI in spaced words."""
        if isinstance(term, Literal):
            return term.value
        return self._names.get(f"<{term}>") or last_part(term)


def last_part(iri: str) -> str:
    """Return the last part of an IRI in words.

    >>> last_part("https://w3id.org/porthole/ontology#hadAnomaly"), last_part("https://example.org/id/person/zoë-byrne")
    ('had anomaly', 'zoë byrne')
    """
    tail = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    spaced = "".join(f" {sign.lower()}" if sign.isupper() and place else sign for place, sign in enumerate(tail))
    return spaced.replace("-", " ").replace("_", " ").strip() or iri


def _distance(language: str, wanted: str) -> int:
    return 0 if language == wanted else 1 if not language else 2


def claims(rows: Iterable[Row], only: Collection[str] | None = None) -> list[Claim]:
    """Return every claim with its evidence, or ``only`` those of some tokens, in the order of their IRIs."""
    kept = list(rows)
    names = {row[0] for row in kept if row[1] == _ASSERTED_IN and (only is None or row[0] in only)}
    if not names:
        return []
    statements: defaultdict[str, set[Triple]] = defaultdict(set)
    about: defaultdict[str, set[tuple[Iri, Term]]] = defaultdict(set)
    for subject, predicate, value, graph in kept:
        if graph in names:
            statements[graph].add(Triple(_node(subject), Iri(predicate[1:-1]), term_of(value)))
        elif subject in names:
            about[subject].add((Iri(predicate[1:-1]), term_of(value)))
    sources = Sources(kept)
    return [_claim(name, statements[name], about[name], sources) for name in sorted(names)]


def _claim(name: str, statements: Iterable[Triple], about: Iterable[tuple[Iri, Term]], sources: Sources) -> Claim:
    said = tuple(sorted(about, key=_order))
    values: dict[Iri, Term] = dict(reversed(said))
    return Claim(
        Iri(name[1:-1]),
        Iri(str(values.get(PH.assertedIn, ""))),
        Iri(str(values.get(PH.force, ""))),
        tuple(sorted(statements, key=lambda it: (it.subject, it.predicate, repr(it.object)))),
        tuple(sources.evidence(Iri(str(value))) for predicate, value in said if predicate == PROV.wasDerivedFrom),
        said,
        tuple(
            (predicate, sources.evidence(value))
            for predicate, value in said
            if predicate != PROV.wasDerivedFrom and isinstance(value, Iri) and sources.is_passage(value)
        ),
    )


class Sources:
    """Spans, quotations, texts and sources by name."""

    def __init__(self, rows: Iterable[Row]) -> None:
        wanted = {f"<{it}>": it for it in (PH.quote, PH.start, PH.end, PH.inText, PH.inSource, PH.textOf)}
        self._said: defaultdict[Iri, dict[Iri, Term]] = defaultdict(dict)
        self._licensed: set[Iri] = set()
        self._home: dict[Iri, str] = {}  # entries of one file share its text: a span's entry is that of its graph
        self._entry: dict[tuple[Iri, str], Iri] = {}
        kept = list(rows)
        for subject, predicate, value, graph in kept:
            if predicate in wanted:
                it = Iri(subject[1:-1])
                self._said[it][wanted[predicate]] = term_of(value)
                if wanted[predicate] == PH.inText:
                    self._home[it] = graph
                elif wanted[predicate] == PH.textOf:
                    self._entry[it, graph] = Iri(value[1:-1])
            elif predicate == f"<{DCTERMS.license}>" and is_open(value):
                self._licensed.add(Iri(subject[1:-1]))
        self._labels = Labels(kept)

    def is_passage(self, iri: Iri) -> bool:
        """Whether this is a stretch of a text."""
        return PH.inText in self._said.get(iri, ())

    def evidence(self, iri: Iri) -> Evidence:
        """Return what stands at a span, a quotation or a source."""
        said: Mapping[Iri, Term] = self._said.get(iri, {})
        text = _iri(said.get(PH.inText))
        source = _iri(said.get(PH.inSource)) or (self._entry_of(iri, text) if text else None) or iri
        return Evidence(
            iri,
            source,
            self._labels(source),
            _text(said.get(PH.quote)),
            text,
            _number(said.get(PH.start)),
            _number(said.get(PH.end)),
            source in self._licensed,
        )

    def _entry_of(self, span: Iri, text: Iri) -> Iri | None:
        found = self._entry.get((text, self._home[span]))
        return found or _iri(self._said.get(text, {}).get(PH.textOf))


def types(rows: Iterable[Row]) -> dict[Iri, set[Iri]]:
    """Return the classes of every thing."""
    found: defaultdict[Iri, set[Iri]] = defaultdict(set)
    for subject, predicate, value, _ in rows:
        if predicate == f"<{RDF.type}>" and value[0] == "<":
            found[Iri(subject[1:-1])].add(Iri(value[1:-1]))
    return found


def _order(pair: tuple[Iri, Term]) -> tuple[str, str]:
    return pair[0], repr(pair[1])


def _node(token: str) -> Node:
    found = term_of(token)
    return found if not isinstance(found, Literal) else Iri("")


def _iri(term: Term | None) -> Iri | None:
    return term if isinstance(term, Iri) else None


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


def _number(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else None
