"""SHACL Core, sections 4.1 to 4.5 and 4.8: what each constraint component demands, as SPARQL.

The components that look at other shapes (4.6 and 4.7) are in ``kg.validate.logic``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from kg.validate.forms import Constraint, PerFocus, PerValue, Reads, Rows
from kg.validate.fragments import (
    ALWAYS,
    KEPT,
    NEVER,
    Variables,
    among,
    at_least,
    either,
    exists,
    is_a,
    leads,
    no,
    plain,
    some,
    sure,
    text_literal,
    union,
    walk,
)  # fmt: skip
from kg.validate.graph import ShapesGraph
from kg.validate.lexical import well_spelled
from kg.validate.paths import Path, Step, Touch, nullable, touches
from kg.validate.shapes import Shape, truth
from kg.vocab import RDF, RDFS, SH, XSD, Blank, Iri, Literal, Term, n3

_KINDS: dict[Iri, str] = {
    SH.IRI: "isIRI({0})",
    SH.BlankNode: "isBlank({0})",
    SH.Literal: "isLiteral({0})",
    SH.BlankNodeOrIRI: "!isLiteral({0})",
    SH.BlankNodeOrLiteral: "!isIRI({0})",
    SH.IRIOrLiteral: "!isBlank({0})",
}
_BOUNDS = (
    (SH.minExclusive, SH.MinExclusiveConstraintComponent, "<", "more than"),
    (SH.minInclusive, SH.MinInclusiveConstraintComponent, "<=", "at least"),
    (SH.maxExclusive, SH.MaxExclusiveConstraintComponent, ">", "less than"),
    (SH.maxInclusive, SH.MaxInclusiveConstraintComponent, ">=", "at most"),
)
_ORDERS = (
    (SH.lessThan, SH.LessThanConstraintComponent, "<", "less than"),
    (SH.lessThanOrEquals, SH.LessThanOrEqualsConstraintComponent, "<=", "at most"),
)


class Core:
    """Makes the constraints of one shape out of its parameters."""

    def __init__(self, graph: ShapesGraph, shape: Shape, names: Variables) -> None:
        self._graph, self._shape, self._names = graph, shape, names

    def constraints(self) -> Iterator[Constraint]:
        """Yield the constraints that the shape states itself. Raises RdfError where a parameter is not well-formed."""
        yield from self._types()
        yield from self._cardinalities()
        yield from self._ranges()
        yield from self._strings()
        yield from self._languages()
        yield from self._pairs()
        yield from self._constants()
        yield from self._closed()

    # --- 4.1 value types ------------------------------------------------------------------------------------------

    def _types(self) -> Iterator[Constraint]:
        for value in self._values(SH["class"]):
            yield self._of_class(self._iri(SH["class"], value))
        datatype = self._only(SH.datatype)
        if datatype is not None:
            yield self._of_datatype(self._iri(SH.datatype, datatype))
        kind = self._only(SH.nodeKind)
        if kind is not None:
            if kind not in _KINDS:
                raise self._fault(SH.nodeKind, "one of sh:IRI, sh:Literal, sh:BlankNode and their pairs")
            form = _KINDS[self._iri(SH.nodeKind, kind)]
            yield PerValue(
                SH.NodeKindConstraintComponent, lambda _, v: no(form.format(v)), f"it has to be {_name(kind)}"
            )

    def _of_class(self, kind: Iri) -> Constraint:
        return PerValue(
            SH.ClassConstraintComponent,
            lambda _, v: no(is_a(v, kind, self._names)),
            f"it has to be of the class {_name(kind)}",
            Reads(values=(Touch(None, RDF.type),), classes=True),
        )

    def _of_datatype(self, datatype: Iri) -> Constraint:
        def fails(_: str, value: str) -> str:
            if datatype == RDFS.Literal:
                return no(f"isLiteral({value})")
            spelled = well_spelled(value, datatype)
            same = f"DATATYPE({value}) = {n3(datatype)}"
            if datatype.startswith(str(XSD)):
                same = f"DATATYPE({value}) IN ({n3(datatype)}, {n3(Iri(KEPT + datatype.removeprefix(str(XSD))))})"
            return no(sure(same if spelled is None else f"{same} && {spelled}"))

        return PerValue(SH.DatatypeConstraintComponent, fails, f"it has to be written as {_name(datatype)}")

    # --- 4.2 cardinality ------------------------------------------------------------------------------------------

    def _cardinalities(self) -> Iterator[Constraint]:
        least, most = self.number(SH.minCount), self.number(SH.maxCount)
        path = self._shape.path
        if least is None and most is None:
            return
        if path is None:
            raise self._graph.fault("only a shape with sh:path can count its values", self._shape.node, SH.minCount)
        if least:
            few = f"it needs {_values(least)}, or more"
            yield PerFocus(
                SH.MinCountConstraintComponent,
                lambda this: no(at_least(least, this, path, self._names)),
                few,
                _along(path),
            )
        if most is not None:
            many = f"it may have {_values(most)} at most"
            yield PerFocus(
                SH.MaxCountConstraintComponent,
                lambda this: at_least(most + 1, this, path, self._names),
                many,
                _along(path),
            )

    # --- 4.3 value ranges -----------------------------------------------------------------------------------------

    def _ranges(self) -> Iterator[Constraint]:
        for key, component, sign, words in _BOUNDS:
            for bound in self._values(key):
                if not isinstance(bound, Literal):
                    raise self._fault(key, "a literal")
                yield PerValue(component, _beyond(bound, sign), f"it has to be {words} {_name(bound)}")

    # --- 4.4 strings ----------------------------------------------------------------------------------------------

    def _strings(self) -> Iterator[Constraint]:
        least, most = self.number(SH.minLength), self.number(SH.maxLength)
        if least is not None:
            short = f"it has to have {least} signs or more"
            yield PerValue(SH.MinLengthConstraintComponent, _length(f">= {least}", free=least == 0), short)
        if most is not None:
            yield PerValue(SH.MaxLengthConstraintComponent, _length(f"<= {most}"), f"it may have {most} signs at most")
        flags = self._only(SH.flags)
        for pattern in self._values(SH.pattern):
            if not isinstance(pattern, Literal) or not isinstance(flags, Literal | None):
                raise self._fault(SH.pattern, "a text, and so has sh:flags")
            yield self._pattern(pattern.value, "" if flags is None else flags.value)

    def _pattern(self, pattern: str, flags: str) -> Constraint:
        ending = f", {text_literal(flags)}" if flags else ""
        return PerValue(
            SH.PatternConstraintComponent,
            lambda _, v: no(sure(f"!isBlank({v}) && REGEX(STR({v}), {text_literal(pattern)}{ending})")),
            f"it has to match the pattern {pattern}",
        )

    def _languages(self) -> Iterator[Constraint]:
        head = self._only(SH.languageIn)
        if head is not None:
            tags = self._graph.items(head)
            yield PerValue(SH.LanguageInConstraintComponent, _foreign(tags), f"its language has to be {_names(tags)}")
        if truth(self._graph, self._shape.node, SH.uniqueLang):
            path = self._shape.path
            if path is None:
                raise self._graph.fault(
                    "sh:uniqueLang stands in shapes with sh:path only", self._shape.node, SH.uniqueLang
                )
            yield self._one_per_language(path)

    def _one_per_language(self, path: Path) -> Constraint:
        def twice(this: str, bound: str, columns: tuple[str, ...]) -> str:
            one, other = self._names.fresh(), self._names.fresh()
            ends = f"{walk(this, path, one, bound)} {walk(this, path, other, bound if nullable(path) else '')}"
            same = f"LCASE(LANG({one})) = LCASE(LANG({other}))"
            apart = f'FILTER(LANG({one}) != "" && {same} && !sameTerm({one}, {other}))'
            return f"{ends} {apart} BIND(LCASE(LANG({one})) AS {columns[0]})"

        says = "it may have one value for each language"
        return Rows(SH.UniqueLangConstraintComponent, twice, says, ("language",), _along(path))

    # --- 4.5 pairs of properties ----------------------------------------------------------------------------------

    def _pairs(self) -> Iterator[Constraint]:
        for value in self._values(SH.equals):
            yield self._equal(self._iri(SH.equals, value))
        for value in self._values(SH.disjoint):
            other = self._iri(SH.disjoint, value)
            yield PerValue(
                SH.DisjointConstraintComponent,
                lambda this, v, other=other: exists(f"{this} {n3(other)} {v}"),  # type: ignore[misc]
                f"it may not be a value of {_name(other)} as well",
                Reads(focus=(Touch(None, other),)),
            )
        for key, component, sign, words in _ORDERS:
            for value in self._values(key):
                yield self._ordered(component, self._iri(key, value), sign, words)

    def _equal(self, other: Iri) -> Constraint:
        def differing(this: str, bound: str, columns: tuple[str, ...]) -> str:
            (value,) = columns
            beyond = f"{self._value(this, value, bound)} FILTER(!EXISTS {{ {this} {n3(other)} {value} }})"
            missing = f"{bound} {this} {n3(other)} {value} FILTER({no(self._reaches(this, value))})"
            return union([beyond, missing])

        def differs(this: str) -> str:
            missing = some(this, Step(other), self._names, lambda value: no(self._reaches(this, value)))
            if self._shape.path is None:
                return either([no(exists(f"{this} {n3(other)} {this}")), missing])
            beyond = some(this, self._shape.path, self._names, lambda value: no(exists(f"{this} {n3(other)} {value}")))
            return either([beyond, missing])

        says = f"it has to have the same values as {_name(other)}"
        reads = Reads(focus=(Touch(None, other), *_along(self._shape.path).focus))
        return Rows(SH.EqualsConstraintComponent, differing, says, ("value",), reads, differs)

    def _value(self, this: str, value: str, bound: str) -> str:
        path = self._shape.path
        return f"{bound} BIND({this} AS {value})" if path is None else walk(this, path, value, bound)

    def _reaches(self, this: str, value: str) -> str:
        path = self._shape.path
        return f"sameTerm({this}, {value})" if path is None else leads(this, path, value, self._names)

    def _ordered(self, component: Iri, other: Iri, sign: str, words: str) -> Constraint:
        path = self._shape.path
        if path is None:
            raise self._graph.fault("sh:lessThan stands in shapes with sh:path only", self._shape.node, SH.lessThan)

        def wrong(this: str, bound: str, columns: tuple[str, ...]) -> str:
            value, limit = columns
            pair = f"{walk(this, path, value, bound)} {this} {n3(other)} {limit}"
            sides = product((value, plain(value)), (limit, plain(limit)))
            return f"{pair} FILTER({no(sure(', '.join(f'{one} {sign} {other}' for one, other in sides)))})"

        says = f"it has to be {words} the value of {_name(other)}"
        reads = Reads(focus=(Touch(None, other), *_along(path).focus))
        return Rows(component, wrong, says, ("value", "other"), reads)

    # --- 4.8 others -----------------------------------------------------------------------------------------------

    def _constants(self) -> Iterator[Constraint]:
        for wanted in self._values(SH.hasValue):
            says = f"it has to have the value {_name(wanted)}"
            yield PerFocus(SH.HasValueConstraintComponent, self._lacks(wanted), says, _along(self._shape.path))
        head = self._only(SH["in"])
        if head is not None:
            members = self._graph.items(head)
            yield PerValue(
                SH.InConstraintComponent,
                lambda _, v: no(among(v, members, self._names)),
                f"it has to be one of {_names(members)}",
            )

    def _lacks(self, wanted: Term) -> Callable[[str], str]:
        path = self._shape.path
        if isinstance(wanted, Blank):
            return lambda _: ALWAYS
        if path is None:
            return lambda this: no(f"sameTerm({this}, {n3(wanted)})")

        return lambda this: no(leads(this, path, n3(wanted), self._names))

    def _closed(self) -> Iterator[Constraint]:
        ignored = self._only(SH.ignoredProperties)
        if not truth(self._graph, self._shape.node, SH.closed):
            return
        known = list(self._graph.items(ignored)) if ignored is not None else []
        for inner in self._graph.objects(self._shape.node, SH.property):
            known += [path for path in self._graph.objects(inner, SH.path) if isinstance(path, Iri)]
        yield self._nothing_but([term for term in known if isinstance(term, Iri)])

    def _nothing_but(self, known: list[Iri]) -> Constraint:
        path = self._shape.path

        def surplus(this: str, bound: str, columns: tuple[str, ...]) -> str:
            predicate, value = columns
            allowed = [f"{predicate} IN ({', '.join(map(n3, known))})"] if known else []
            plain = f"({predicate} = {n3(RDF.type)} && {value} = {n3(RDFS.Resource)})"
            node = this if path is None else self._names.fresh()
            start = bound if path is None else walk(this, path, node, bound)
            return f"{start} {node} {predicate} {value} FILTER({no(either([*allowed, plain]))})"

        reads = Reads(values=(Touch(None, None),), focus=_along(path).focus)
        says = "it may have no other properties than those that are described"
        return Rows(SH.ClosedConstraintComponent, surplus, says, ("path", "value"), reads)

    # --- parameters -----------------------------------------------------------------------------------------------

    def _values(self, key: Iri) -> tuple[Term, ...]:
        return self._graph.objects(self._shape.node, key)

    def _only(self, key: Iri) -> Term | None:
        return self._graph.at_most_one(self._shape.node, key)

    def _iri(self, key: Iri, value: Term) -> Iri:
        if not isinstance(value, Iri):
            raise self._fault(key, "an IRI")
        return value

    def number(self, key: Iri) -> int | None:
        """Return a parameter that counts something, None where it is not given."""
        value = self._only(key)
        if value is None:
            return None
        if not isinstance(value, Literal) or not value.value.strip().lstrip("+").isdecimal() or len(value.value) > 18:
            raise self._fault(key, "a whole number, zero or more")
        return int(value.value)

    def _fault(self, key: Iri, wanted: str) -> Exception:
        return self._graph.fault(f"sh:{_name(key)} has to be {wanted}", self._shape.node, key)


def _along(path: Path | None) -> Reads:
    return Reads() if path is None else Reads(focus=tuple(touches(path)))


def _beyond(bound: Literal, sign: str) -> Callable[[str, str], str]:
    return lambda _, value: no(sure(f"{n3(bound)} {sign} {value}, {n3(bound)} {sign} {plain(value)}"))


def _length(comparison: str, *, free: bool = False) -> Callable[[str, str], str]:
    if free:
        return lambda _, value: NEVER
    return lambda _, value: no(sure(f"!isBlank({value}) && STRLEN(STR({value})) {comparison}"))


def _foreign(tags: tuple[Term, ...]) -> Callable[[str, str], str]:
    ranges = [text_literal(tag.value) for tag in tags if isinstance(tag, Literal)]
    return lambda _, value: no(sure(either([f"LANGMATCHES(LANG({value}), {tag})" for tag in ranges])))


def _values(number: int) -> str:
    return "1 value" if number == 1 else f"{number} values"


def _name(term: Term) -> str:
    if isinstance(term, Literal):
        return f"“{term.value}”"
    return term.rsplit("#", 1)[-1].rsplit("/", 1)[-1] or term


def _names(terms: tuple[Term, ...]) -> str:
    shown = ", ".join(map(_name, terms[:8]))
    return f"{shown} …" if len(terms) > 8 else shown
