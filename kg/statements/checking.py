"""Whether the names, properties, kinds and sources that statements use are known, and whether values fit them.

The reader alone cannot tell: names are declared in other files too, properties and kinds in the ontology.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.model import Diagnostic, Place, Severity, Statement, Statements, Value, When
from kg.statements.nearest import nearest
from kg.statements.values import PASSAGE
from kg.terms import Property, Vocabulary

IS_A, ALSO = "is a", "also known as"
_WANTED = {
    "name": "a name, without quotation marks",
    "text": 'a text in quotation marks, such as "cosmonaut"@en',
    "date": "a date, such as 1967-04-24, 1967 or 2027~",
    "quantity": "a number with its unit, such as 3 weeks",
    "number": "a whole number",
    "flag": "yes or no",
}


def check(
    statements: Statements, names: Iterable[str], vocabulary: Vocabulary, sources: Collection[str] | None = None
) -> tuple[Diagnostic, ...]:
    """Return what the reader could not see: unknown names, properties, kinds and sources, and values that do not fit.

    ``names`` are all names that are known apart from those that the file itself declares; ``sources`` the keys of the
    outside sources, or None where they are not to be checked.
    """
    concepts = {label for concept in vocabulary.concepts.values() for label in (concept.label, *concept.labels)}
    known = {*names, *declared(statements), *concepts}
    checker = _Checker(known, vocabulary, sources)
    found = [fault for statement in statements.statements for fault in checker.faults(statement)]
    found.extend(_kinds_that_differ(statements))
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: (fault.line, fault.column, fault.code)))


def declared(statements: Statements) -> tuple[str, ...]:
    """Return the names that a file declares: those with a kind, and what else these are called."""
    kinds = [s.subject for s in statements.statements if s.section == "things" and s.property == IS_A]
    aliases = [s.value.text for s in statements.statements if s.section == "things" and s.property == ALSO]
    return tuple(dict.fromkeys((*kinds, *aliases)))


@dataclass(frozen=True, slots=True)
class _Checker:
    known: Collection[str]
    vocabulary: Vocabulary
    sources: Collection[str] | None

    def faults(self, said: Statement) -> Iterator[Diagnostic]:
        """Yield what is wrong with one statement."""
        prop = self.vocabulary.property(said.property)
        value_place, property_place = said.value_place or said.place, said.property_place or said.place
        if prop is None:
            near = nearest(said.property, self.vocabulary.properties)
            yield _unknown("property", said.property, property_place, near, "kg terms lists the properties")
        elif prop.name != said.property:
            problem = f"“{said.property}” is now written “{prop.name}”; kg fmt rewrites it"
            yield Diagnostic("former-name", "warning", property_place.line, property_place.column, problem)
        if said.property != IS_A or said.section != "things":
            yield from self._name(said.subject, said.place, self._kind(prop.domain if prop else ()))
        if said.property == IS_A:
            yield from self._is_a(said, value_place)
        elif prop is not None:
            yield from self._value(said, prop, value_place)
        yield from self._about(said)

    def _is_a(self, said: Statement, place: Place) -> Iterator[Diagnostic]:
        if said.section != "things":
            yield _fault("is-a-place", said.place, "the kind of a thing is said under # Things")
        elif said.value.text not in self.vocabulary.kinds:
            near = nearest(said.value.text, self.vocabulary.kinds)
            yield _unknown("kind", said.value.text, place, near, "kg terms lists the kinds")

    def _value(self, said: Statement, prop: Property, place: Place) -> Iterator[Diagnostic]:
        if not _fits(said.value, prop):
            problem = f"“{prop.name}” takes {_WANTED[prop.kind]}, and “{said.value.text}” is none"
            yield _fault("wrong-value", place, problem)
        elif prop.kind == "name":
            yield from self._name(said.value.text, place, self._kind((prop.range,) if prop.range else ()))

    def _name(self, name: str, place: Place, kind: str) -> Iterator[Diagnostic]:
        if name not in self.known:
            near = nearest(name, self.known)
            yield _unknown("name", name, place, near, f"or paste under # Things: - {name} | is a | {kind}")

    def _kind(self, classes: Iterable[object]) -> str:
        """Return the kind to propose for a thing of one of the classes."""
        wanted = set(classes)
        fitting = (name for name, kind in self.vocabulary.kinds.items() if wanted & {kind.generic, kind.history})
        return next(fitting, "person")

    def _about(self, said: Statement) -> Iterator[Diagnostic]:
        if said.told_by:
            yield from self._name(said.told_by, said.place_of("told by"), "person")
        for key, time in (("when", said.when), ("until", said.until)):
            if time is not None:
                yield from self._event(time, said.place_of(key))
        for name in said.complete:
            if self.vocabulary.property(name) is None:
                near = nearest(name, self.vocabulary.properties)
                yield _unknown("property", name, said.place_of("complete"), near, "kg terms lists the properties")
        yield from self._sources(said)

    def _event(self, time: When, place: Place) -> Iterator[Diagnostic]:
        what, _, whose = time.event.partition(" of ")
        if not time.event or time.event == PASSAGE or time.event.startswith("^") or time.event in self.known:
            return
        if self.vocabulary.property(what) is None or not whose:
            yield from self._name(time.event, place, "event")
        else:
            yield from self._name(whose, place, "event")

    def _sources(self, said: Statement) -> Iterator[Diagnostic]:
        if self.sources is None:
            return
        used = [(said.quote.source, said.quote.place)] if said.quote and said.quote.source else []
        if said.judged_by.startswith("@"):
            used.append((said.judged_by.removeprefix("@"), said.place_of("judged by")))
        for key, place in used:
            if key not in self.sources:
                yield _unknown("source", key, place, nearest(key, self.sources), "sources are kept in sources.bib")


def _fits(value: Value, prop: Property) -> bool:
    """Return whether a value is of the kind that a property takes; four digits are a year and a number."""
    if prop.kind == "number":
        return value.kind in ("date", "quantity") and not value.unit and value.text.lstrip("+-").isdigit()
    if prop.kind == "quantity":
        return value.kind == "quantity" or (value.kind == "date" and value.text.isdigit())
    return value.kind == prop.kind


def _kinds_that_differ(statements: Statements) -> Iterator[Diagnostic]:
    first: dict[str, Statement] = {}
    for said in statements.statements:
        if said.section != "things" or said.property != IS_A:
            continue
        before = first.setdefault(said.subject, said)
        if before is not said:
            again = "again" if before.value == said.value else f"with another kind, {before.value.text}"
            yield _fault("declared-twice", said.place, f"line {before.place.line} declares “{said.subject}” {again}")


def _unknown(what: str, name: str, place: Place, near: tuple[str, ...], advice: str) -> Diagnostic:
    closing = f"; nearest: {', '.join(near)}" if near else ""
    return _fault(f"unknown-{what}", place, f"there is no {what} “{name}”{closing}; {advice}")


def _fault(code: str, place: Place, problem: str, severity: Severity = "error") -> Diagnostic:
    return Diagnostic(code, severity, place.line, place.column, problem)
