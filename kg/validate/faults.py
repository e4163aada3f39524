"""What is wrong with a shapes file itself, with line and column: in its shapes, its queries, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.dataset import Store
from kg.errors import QueryError, RdfError
from kg.terms import nearest
from kg.validate.checks import Checks
from kg.validate.documents import TextDocument, located
from kg.validate.findings import Finding, gravity
from kg.validate.formats import short, shown
from kg.validate.graph import ConstraintError, ShapeError
from kg.validate.locate import Located
from kg.validate.paths import reads
from kg.validate.tokens import Token, line_and_column, scan
from kg.vocab import SH, Iri, Literal, Triple, n3

_PLACE = re.compile(r"error at (\d+):(\d+): ")
_NEITHER = "ShapeShape"  # of the shapes of shapes: that a node is either a node shape or a property shape
_OTHER = ("js", "rule", "target", "values", "expression", "entailment")  # SHACL beyond Core and SPARQL constraints


def faults(findings: Iterable[Finding], shapes: TextDocument) -> list[RdfError]:
    """Return what keeps a shapes file from being one, as errors with line and column, in the order of the file.

    ``findings`` are those of the shapes of shapes (SHACL, appendix C) about the file. That something is neither a
    node shape nor a property shape only repeats what else is wrong with it, and is told where nothing else is.
    """
    grave = [it for it in located(findings, [shapes]) if gravity(it.finding.severity) == 2]
    told = [it for it in grave if not _repeats(it.finding)] or grave
    return [_fault(it, shapes.name) for it in sorted(told, key=_position)]


def vague(findings: Iterable[Finding]) -> bool:
    """Tell whether all that the shapes of shapes say is that something is neither kind of shape."""
    return all(map(_repeats, findings))


def _repeats(finding: Finding) -> bool:
    return isinstance(finding.shape, Iri) and finding.shape.endswith(_NEITHER)


def _position(found: Located) -> tuple[int, int]:
    return (found.passages[0].line, found.passages[0].column) if found.passages else (0, 0)


def _fault(found: Located, name: str) -> RdfError:
    finding = found.finding
    line, column = _position(found)
    what = shown(finding.focus) if isinstance(finding.focus, Iri) else "this shape"
    path, text = "", finding.text
    if finding.path is not None:
        path = f", {reads(finding.path, short)}"
        text = text.removeprefix(f"{reads(finding.path, lambda iri: iri.rsplit('#', 1)[-1])}: ")
    if _repeats(finding):
        text = "this is neither a node shape nor a property shape (which has one sh:path)"
    if finding.value is not None and isinstance(finding.value, Literal):
        text = f"{text}, not {shown(finding.value)}"
    return RdfError(name, f"{what}{path}: {text}", line=line or None, column=column or None)


# --- faults that show when shapes are compiled ------------------------------------------------------------------------


def placed(error: ShapeError, documents: Sequence[TextDocument]) -> RdfError:
    """Return an error about shapes with the line and column where its statement stands in one of the documents."""
    what = f"{shown(error.node)}: " if isinstance(error.node, Iri) else ""
    problem = what + re.sub(r"<[^<> ]*>", lambda iri: short(iri.group()[1:-1]), error.problem)
    for it in sorted(documents, key=lambda it: _knows(it, error), reverse=True):
        place = None if error.node is None else it.places.find(error.node, error.predicate)
        if place is None:
            continue
        line, column = line_and_column(it.text, place[0])
        if isinstance(error, ConstraintError):
            inside = _within(it.text, place[0] + place[1], error.within)
            line, column = inside or (line, column)
            problem += "" if inside else f" (line {error.within[0]} of the query)"
        return RdfError(it.name, problem, line=line, column=column)
    return RdfError(error.source, problem)


def _knows(document: TextDocument, error: ShapeError) -> int:
    """Return 2 for the document with the statement that is at fault, 1 for one that describes its node, else 0."""
    properties = document.places.properties
    known = {node for node, _ in properties}
    return 2 if (error.node, error.predicate) in properties else int(error.node in known)


def _within(text: str, start: int, within: tuple[int, int]) -> tuple[int, int] | None:
    """Return the place in a document of a place inside the text that follows; None where escapes move it."""
    token = next((it for it in scan(text[start : start + 100_000]) if it.kind != "sign"), Token("sign", ""))
    if token.kind != "text" or "\\" in token.text:
        return None
    signs = 3 if token.text[:3] in ('"""', "'''") else 1
    line, column = line_and_column(text, start + token.at + signs)
    return line + within[0] - 1, within[1] + (column - 1 if within[0] == 1 else 0)


def unread(checks: Checks, empty: Store, source: str) -> Iterator[ConstraintError]:
    """Yield an error for each query of the shapes' author that is no SPARQL; ``empty`` is a store without data."""
    for it in checks.texts:
        known = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in it.prefixes)
        # as long as the variable, so that columns stay what they are
        text = f"{known}\n{it.query.replace('$PATH', '<a:b>')}"
        try:
            empty.query(text)
        except QueryError as error:
            place = _PLACE.match(error.problem)  # what the parser of queries tells in words only
            line, column = (int(place[1]) - 1, int(place[2])) if place else (1, 1)
            problem = f"this is no SPARQL: {error.problem[place.end() :] if place else error.problem}"
            yield ConstraintError(source, problem, it.node, it.predicate, (line, column))


def unmatched(triples: Iterable[Triple], empty: Store, source: str) -> Iterator[ShapeError]:
    """Yield an error for each pattern that neither the store nor the reference engine can read."""
    for subject, predicate, text in triples:
        if predicate == SH.pattern and isinstance(text, Literal) and (reason := _no_pattern(text.value, empty)):
            yield ShapeError(source, f"“{text.value}” is no pattern: {reason}", subject, predicate)


def _no_pattern(text: str, empty: Store) -> str:
    try:
        re.compile(text)
    except re.error as error:
        ((read,),) = empty.select(f"SELECT (REGEX('', {n3(Literal(text))}) AS ?read) {{}}").rows
        return "" if read is not None else str(error)
    return ""


# --- words that SHACL does not know -----------------------------------------------------------------------------------


def unknown_words(triples: Iterable[Triple], known: Iterable[Triple], shapes: TextDocument) -> Iterator[str]:
    """Yield a warning for each property that SHACL does not have, and for each that is not applied here.

    ``known`` are the triples of SHACL's own vocabulary. SHACL ignores such properties, and so a slip would go unseen.
    """
    words = {it.subject.removeprefix(str(SH)) for it in known if it.subject.startswith(str(SH))}
    told: set[Iri] = set()
    for subject, predicate, _ in triples:
        word = predicate.removeprefix(str(SH))
        if word == predicate or predicate in told or (word in words and word not in _OTHER):
            continue
        told.add(predicate)
        place = shapes.places.find(subject, predicate)
        where = [shapes.name, *(map(str, line_and_column(shapes.text, place[0])) if place else ())]
        near = "".join(f"; did you mean sh:{it}?" for it in nearest(word, words, 1))
        what = "is not applied here" if word in words else f"is no word of SHACL, and is ignored{near}"
        yield f"{':'.join(where)}: sh:{word} {what}"
