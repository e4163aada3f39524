"""From a finding back to the words: which passage of which file it comes from, and which line an editor wrote.

A finding knows a node, mostly also a property and a value. The claims that say this are looked for from the most
telling on: the claim itself, statements with node, property and value, with node and property, with the node alone.
Their passages are found through catalogue and anchors (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.dataset import Store
from kg.validate.findings import Finding, gravity
from kg.validate.fragments import constants
from kg.validate.paths import Inverse, Path, Step
from kg.validate.tokens import line_and_column
from kg.vocab import OWL, PH, PROV, RDFS, SKOS, Blank, Iri, Literal, Term, n3

_MOST = 5  # passages that one finding shows; a name that stands everywhere would show a book


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a file: lines and columns counted from one, the end after the last sign, and the lines as they stand."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    quote: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A line of an editor's statements, or of an imported file, where the column is known too (0 where it is not)."""

    file: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with the words behind it, the editor's lines, and what people call its node and value.

    ``sources`` are outside sources, which have no words here.
    """

    finding: Finding
    passages: tuple[Passage, ...] = ()
    written: tuple[Written, ...] = ()
    sources: tuple[str, ...] = ()
    node: str = ""
    value: str = ""


def by_place(found: Located) -> tuple[object, ...]:
    """Return what findings are sorted by: the gravest first, then as they stand in the files."""
    finding, places = found.finding, found.written or found.passages
    at = [(it.file, it.line, it.column) for it in places[:1]]
    return (-gravity(finding.severity), at, str(finding.focus), finding.component, finding.text, str(finding.value))


def locate(findings: Iterable[Finding], store: Store) -> Iterator[Located]:
    """Yield each finding with its words; without any where nothing leads to them."""
    library = _Library(store)
    for finding in findings:
        yield library.located(finding)


class _Library:
    """Looks up claims, passages and names in a store; remembers texts and names for one call of `locate`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[Term, str] = {}
        self._texts: dict[Iri, tuple[str, str]] = {}

    def located(self, finding: Finding) -> Located:
        claims = self._claims(finding)
        anchors = claims or ((finding.focus,) if isinstance(finding.focus, Iri) else ())
        return Located(
            finding,
            tuple(self._passages(anchors)),
            tuple(self._written(anchors)),
            tuple(self._sources(claims)),
            self._name(finding.focus),
            "" if finding.value is None else self._name(finding.value),
        )

    # --- which claims ---------------------------------------------------------------------------------------------

    def _claims(self, finding: Finding) -> tuple[Iri, ...]:
        for pattern in _patterns(finding):
            found = self._iris(
                f"SELECT DISTINCT ?claim {{ {pattern} GRAPH ?catalogue {{ ?claim {n3(PH.assertedIn)} ?world }} }}"
                f" ORDER BY ?claim LIMIT {_MOST * 4}"
            )
            if found:
                return found
        return ()

    def _iris(self, query: str) -> tuple[Iri, ...]:
        return tuple(term for (term,) in self._store.select(query).rows if isinstance(term, Iri))

    # --- their words ----------------------------------------------------------------------------------------------

    def _passages(self, anchors: tuple[Iri, ...]) -> Iterator[Passage]:
        if not anchors:
            return
        inside = f"?span {n3(PH.inText)} ?text ; {n3(PH.start)} ?start ; {n3(PH.end)} ?end"
        derived = f"GRAPH ?catalogue {{ ?anchor {n3(PROV.wasDerivedFrom)} ?span }}"
        itself = "BIND(?anchor AS ?span)"
        query = (
            f"SELECT DISTINCT ?text ?start ?end {{ {{ {constants('?anchor', anchors)} {derived} }} UNION"
            f" {{ {constants('?anchor', anchors)} {itself} }} GRAPH ?anchors {{ {inside} }} }}"
            f" ORDER BY ?text ?start LIMIT {_MOST}"
        )
        for text, start, end in self._store.select(query).rows:
            if isinstance(text, Iri) and isinstance(start, Literal) and isinstance(end, Literal):
                file, words = self._text(text)
                yield passage(file, words, int(start.value), int(end.value))

    def _text(self, text: Iri) -> tuple[str, str]:
        if text not in self._texts:
            told = f"{n3(text)} {n3(PH.fileName)} ?file ; {n3(PH.text)} ?words"
            rows = self._store.select(f"SELECT ?file ?words {{ GRAPH ?anchors {{ {told} }} }} LIMIT 1").rows
            file, words = next(rows, (None, None))
            self._texts[text] = (_plain(file), _plain(words))
        return self._texts[text]

    def _written(self, anchors: tuple[Iri, ...]) -> Iterator[Written]:
        if not anchors:
            return
        told = f"?anchor {n3(PH.writtenAt)} ?line . ?line {n3(PH.fileName)} ?file ; {n3(PH.line)} ?number"
        column = f"OPTIONAL {{ ?line {n3(PH.column)} ?column }}"
        query = (
            f"SELECT DISTINCT ?file ?number ?column {{ {constants('?anchor', anchors)}"
            f" GRAPH ?anchors {{ {told} {column} }} }} ORDER BY ?file ?number ?column LIMIT {_MOST}"
        )
        for file, number, sign in self._store.select(query).rows:
            if isinstance(file, Literal) and isinstance(number, Literal):
                yield Written(file.value, int(number.value), int(sign.value) if isinstance(sign, Literal) else 0)

    def _sources(self, claims: tuple[Iri, ...]) -> Iterator[str]:
        if claims:
            source = f"?claim {n3(PROV.wasDerivedFrom)} ?from . ?from {n3(RDFS.label)} ?label"
            query = f"SELECT DISTINCT ?label {{ {constants('?claim', claims)} GRAPH ?catalogue {{ {source} }} }}"
            for (label,) in self._store.select(f"{query} ORDER BY ?label LIMIT {_MOST}").rows:
                yield _plain(label)

    # --- names ----------------------------------------------------------------------------------------------------

    def _name(self, term: Term) -> str:
        if isinstance(term, Literal):
            return f"“{term.value}”"
        if isinstance(term, Blank):
            return "a node without a name"
        if term not in self._names:
            keys = f"{n3(RDFS.label)}|{n3(SKOS.prefLabel)}"
            query = (
                f"SELECT ?label {{ GRAPH ?any {{ {n3(term)} {keys} ?label }} }} ORDER BY LANG(?label) ?label LIMIT 1"
            )
            (label,) = next(self._store.select(query).rows, (None,))
            self._names[term] = _plain(label) or term
        return self._names[term]


def _patterns(finding: Finding) -> Iterator[str]:
    """Yield patterns that find the claims behind a finding, the most telling first."""
    focus, value = finding.focus, finding.value
    if isinstance(focus, Blank):
        return
    if isinstance(focus, Iri):
        yield f"{constants('?claim', (focus,))}"
    subject, predicate, obj = _statement(finding.path, focus)
    known = None if value is None or isinstance(value, Blank) else value
    if predicate is not None and known is not None:
        yield _graph(subject or known, predicate, obj or known)
    if predicate is not None:
        yield _graph(subject, predicate, obj)
    if known is not None and known != focus:
        yield f"GRAPH ?claim {{ {n3(focus)} ?p {n3(known)} }}"
    if not isinstance(focus, Literal):
        yield f"{{ GRAPH ?claim {{ {n3(focus)} ?p ?o }} }} UNION {{ GRAPH ?claim {{ ?s ?p {n3(focus)} }} }}"


def _statement(path: Path | None, focus: Term) -> tuple[Term | None, Iri | None, Term | None]:
    """Return the statement that a finding is about, with None for what it leaves open."""
    if isinstance(path, Step):
        return focus, path.predicate, None
    if isinstance(path, Inverse) and isinstance(path.inner, Step):
        return None, path.inner.predicate, focus
    return None, None, None


def _graph(subject: Term | None, predicate: Iri, obj: Term | None) -> str:
    start, end = n3(subject) if subject is not None else "?s", n3(obj) if obj is not None else "?o"
    plain = f"GRAPH ?claim {{ {start} {n3(predicate)} {end} }}"
    denied = f"?no {n3(OWL.sourceIndividual)} {start} ; {n3(OWL.assertionProperty)} {n3(predicate)}"
    ended = f" ; {n3(OWL.targetIndividual)}|{n3(OWL.targetValue)} {end}"
    return f"{{ {plain} }} UNION {{ GRAPH ?claim {{ {denied}{ended} }} }}"


def passage(file: str, text: str, start: int, end: int) -> Passage:
    r"""Return the words between two offsets, with their place.

    >>> passage("a.txt", "one\ntwo words", 4, 7)
    Passage(file='a.txt', line=2, column=1, end_line=2, end_column=4, quote='two', lines=('two words',))
    """
    line, column = line_and_column(text, start)
    end_line, end_column = line_and_column(text, end)
    lines = text.split("\n")[line - 1 : end_line]
    return Passage(file, line, column, end_line, end_column, text[start:end], tuple(lines))


def _plain(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else term or ""
