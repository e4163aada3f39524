"""What can only be seen when the whole file is read: labels, verdicts and their other sides, statements made twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Diagnostic, Place, Severity, Statement, Statements
from kg.statements.nearest import hint
from kg.statements.rows import triple

_TWO_SIDED = ("accurate", "simplified", "contradicted")


def refer(read: Statements, *, shared: bool = False) -> Statements:
    """Return the file with what is wrong between its statements, the diagnostics in the order of their places.

    The things of a ``shared`` file are declared for others, so that it need not use them itself.
    """
    unused = () if shared else _unused(read)
    found = [*read.diagnostics, *_labels(read), *_verdicts(read), *_twice(read), *unused]
    return replace(read, diagnostics=tuple(sorted(set(found), key=lambda d: (d.line, d.column, d.code))))


def _labels(read: Statements) -> Iterator[Diagnostic]:
    labelled: dict[str, Statement] = {}
    for statement in read.statements:
        if statement.label in labelled:
            problem = f"^{statement.label} is the sign of line {labelled[statement.label].place.line} already"
            yield _fault("repeated-label", statement.place, problem)
        elif statement.label:
            labelled[statement.label] = statement
    used = {label: place for statement in read.statements for label, place in _used(statement)}
    for label in sorted(used.keys() - labelled.keys()):
        problem = f"no statement has the sign ^{label}{hint(label, labelled)}"
        yield _fault("unknown-label", used[label], problem)
    for label in sorted(labelled.keys() - used.keys()):
        yield _fault(
            "unused-label", labelled[label].place, f"nothing refers to ^{label}; correct or delete it", "warning"
        )


def _unused(read: Statements) -> Iterator[Diagnostic]:
    """Yield a warning for each thing that is declared and not spoken of: its name may be misspelt."""
    spoken = {name for statement in read.statements for name in _spoken(statement)}
    for statement in read.statements:
        if _declares(statement) and not statement.proposed and statement.subject not in spoken:
            problem = f"“{statement.subject}” is declared and nothing is said of it; correct or delete the line"
            yield _fault("unused-name", statement.place, problem, "warning")


def _spoken(statement: Statement) -> Iterator[str]:
    if _declares(statement):
        return
    yield from (statement.subject, statement.told_by)
    if statement.value.kind == "name":
        yield statement.value.text
    for time in (statement.when, statement.until):
        if time is not None:
            yield from (time.event, time.event.partition(" of ")[2])


def _declares(statement: Statement) -> bool:
    return statement.section == "things" and statement.property == "is a"


def _used(statement: Statement) -> Iterator[tuple[str, Place]]:
    if statement.against:
        yield statement.against, statement.place_of("against")
    for key, time in (("when", statement.when), ("until", statement.until)):
        if time is not None and time.event.startswith("^"):
            yield time.event.removeprefix("^"), statement.place_of(key)


def _verdicts(read: Statements) -> Iterator[Diagnostic]:
    sides = {statement.label: statement.section for statement in read.statements if statement.label}
    for statement in read.statements:
        for problem in _verdict_faults(statement, sides.get(statement.against, "")):
            key = "verdict" if statement.verdict else "against" if statement.against else "judged by"
            yield _fault("bad-verdict", statement.place_of(key), problem)


def _verdict_faults(statement: Statement, other: str) -> Iterator[str]:
    """Yield what is wrong with a verdict; ``other`` is the side of the statement that it is held against."""
    if not statement.verdict:
        for key, said in (("against", statement.against), ("judged by", statement.judged_by)):
            if said:
                yield f"“{key}:” belongs to a verdict, and none is given; write “verdict: accurate” or another"
        return
    side = "history" if statement.verdict == "omitted" else "story"
    if statement.section != side:
        yield f"“verdict: {statement.verdict}” is said of a {side} statement, and this one is under {statement.section}"
    elif statement.verdict in _TWO_SIDED and not statement.against:
        yield f"“verdict: {statement.verdict}” needs the statement of history: “against: ^sign”"
    elif other and other == statement.section:
        yield f"“against:” names a statement of the other side, and ^{statement.against} is on this one"


def _twice(read: Statements) -> Iterator[Diagnostic]:
    seen: dict[object, int] = {}
    for statement in read.statements:
        quote = statement.quote
        words = (quote.pieces, quote.source, quote.locator) if quote else ()
        key = (statement.section, triple(statement), statement.told_by, words)
        if key in seen:
            problem = f"line {seen[key]} says the same from the same words; delete one"
            yield _fault("repeated-statement", statement.place, problem)
        seen.setdefault(key, statement.place.line)


def _fault(code: str, place: Place, problem: str, severity: Severity = "error") -> Diagnostic:
    return Diagnostic(code, severity, place.line, place.column, problem)
