"""Pieces of SPARQL text: the few forms from which every check is put together.

Terms enter through ``n3`` alone, after `ShapesGraph` has refused IRIs that could end early.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Several

from kg.errors import LimitError
from kg.validate.paths import Path, Sequence, legs, nullable, sparql
from kg.vocab import RDF, RDFS, XSD, Blank, Iri, Literal, Term, n3

_TYPE, _BELOW = n3(RDF.type), n3(RDFS.subClassOf)
_MOST_VARIABLES = 20_000

ALWAYS, NEVER = "(1 = 1)", "(1 = 2)"
"""What is true and what is false in a form that every engine reads so: rdflib holds ``FILTER(false)`` to be true."""

KEPT = "https://w3id.org/porthole/kept#"
"""Where the datatypes stand under which literals are kept as they are written (``kg.validate.spelling``)."""


class Variables:
    """Variables that nothing else uses; so many of them that a runaway shape is noticed."""

    def __init__(self, prefix: str = "") -> None:
        self._count, self._prefix = 0, prefix

    def fresh(self) -> str:
        """Return a variable that was not given out before. Raises LimitError when shapes unfold without end."""
        self._count += 1
        if self._count > _MOST_VARIABLES:
            raise LimitError(f"the shapes unfold into more than {_MOST_VARIABLES} parts; nest them less deeply")
        return f"?_{self._prefix}{self._count}"


def either(parts: Several[str]) -> str:
    """Return what holds where one of the parts holds, bracketed evenly so that no parser goes deep."""
    return _balanced(" || ", parts) if parts else NEVER


def both(parts: Several[str]) -> str:
    """Return what holds where all of the parts hold."""
    return _balanced(" && ", parts) if parts else ALWAYS


def not_one(parts: Several[str]) -> str:
    """Return what holds unless exactly one of the parts fails to hold."""
    return f"{_balanced(' + ', [f'IF({part}, 0, 1)' for part in parts])} != 1" if parts else ALWAYS


def _balanced(sign: str, parts: Several[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({_balanced(sign, parts[:middle])}{sign}{_balanced(sign, parts[middle:])})"


def sure(expression: str) -> str:
    """Return an expression with its errors turned into false."""
    return f"COALESCE({expression}, false)"


def plain(variable: str) -> str:
    """Return an expression for what a literal is worth that may stand under a stand-in."""
    kind = f"STR(DATATYPE({variable}))"  # looked at without a regular expression, which engines make anew each time
    meant = f'IF(STRSTARTS({kind}, "{KEPT}"), CONCAT("{XSD}", STRAFTER({kind}, "{KEPT}")), {kind})'
    return f"IF(isLiteral({variable}), STRDT(STR({variable}), IRI({meant})), {variable})"


def no(expression: str) -> str:
    """Return the contrary of an expression."""
    return f"!({expression})"


def exists(pattern: str) -> str:
    """Return an expression that is true where the pattern has an answer."""
    return f"EXISTS {{ {pattern} }}"


def union(patterns: Iterable[str]) -> str:
    """Return a pattern that has the answers of each of the patterns."""
    parts = list(patterns)
    return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)


def constants(variable: str, terms: Iterable[Term]) -> str:
    """Return a pattern that binds a variable to each of the terms; a blank node of the shapes matches nothing."""
    return f"VALUES {variable} {{ {' '.join(n3(term) for term in terms if not isinstance(term, Blank))} }}"


def among(variable: str, terms: Several[Term], names: Variables) -> str:
    """Return an expression that is true where a variable is one of the terms, as terms and not as values."""
    known = [term for term in terms if not isinstance(term, Blank)]
    if all(isinstance(term, Iri) for term in known):
        return f"({variable} IN ({', '.join(map(n3, known))}))" if known else NEVER
    if len(known) <= 8:
        return either([f"sameTerm({variable}, {n3(term)})" for term in known])
    one = names.fresh()
    return exists(f"{constants(one, known)} FILTER(sameTerm({one}, {variable}))")


def walk(start: str, path: Path, end: str, bound: str = "") -> str:
    """Return a pattern that leads along a path; ``bound`` is what binds the start, where that is not done outside.

    A start that is in no triple still reaches itself where the path may be empty (SHACL, section 2.3.2), and that
    SPARQL does not promise.
    """
    step = f"{bound} {start} {sparql(path)} {end} ."
    return f"{{ {step} }} UNION {{ {bound} BIND({start} AS {end}) }}" if nullable(path) else step


def some(start: str, path: Path, names: Variables, test: Callable[[str], str] | None = None) -> str:
    """Return an expression that is true where a path leads to a node that passes a test.

    Every leg of a sequence is asked inside the one before: inside EXISTS an engine does not know that the start is
    bound, and might begin at the far end, for every focus node again.
    """
    return _some(start, legs(path), names, test)


def _some(start: str, path: tuple[Path, ...], names: Variables, test: Callable[[str], str] | None) -> str:
    end = names.fresh()
    step = walk(start, path[0], end)
    if path[1:]:
        return exists(f"{step} FILTER({_some(end, path[1:], names, test)})")
    return exists(step if test is None else f"{step} FILTER({test(end)})")


def leads(start: str, path: Path, end: str, names: Variables) -> str:
    """Return an expression that is true where a path leads from one node to another."""
    *first, last = legs(path)
    if not first:
        direct = exists(f"{start} {sparql(last)} {end}")
        return either([direct, f"sameTerm({start}, {end})"]) if nullable(last) else direct
    return some(start, Sequence(tuple(first)), names, lambda middle: leads(middle, last, end, names))


def is_a(variable: str, kind: Iri, names: Variables) -> str:
    """Return an expression that is true where a variable is an instance of a class, or of one below it.

    Most are instances of the class itself, which is one look. Going up from the value's own classes costs the same
    however many classes lie below.
    """
    own = names.fresh()
    higher = exists(f"{variable} {_TYPE} {own} FILTER({exists(f'{own} {_BELOW}+ {n3(kind)}')})")
    return either([exists(f"{variable} {_TYPE} {n3(kind)}"), higher])


def is_any(variable: str, kinds: Several[Iri], names: Variables) -> str:
    """Return an expression that is true where a variable is an instance of one of several classes, or below."""
    if len(kinds) == 1:
        return is_a(variable, kinds[0], names)
    own, above = names.fresh(), names.fresh()
    listed = ", ".join(map(n3, kinds))
    higher = exists(f"{own} {_BELOW}+ {above} FILTER({above} IN ({listed}))")
    return exists(f"{variable} {_TYPE} {own} FILTER({own} IN ({listed}) || {higher})")


def instance(variable: str, kind: Iri) -> str:
    """Return a pattern that binds a variable to the instances of a class, and of those below it."""
    return f"{variable} {_TYPE}/{_BELOW}* {n3(kind)} ."


def at_least(number: int, start: str, path: Path, names: Variables, test: Callable[[str], str] | None = None) -> str:
    """Return an expression that is true where a path leads to that many nodes which pass a test, or to more."""
    if number == 0:
        return ALWAYS
    if number == 1:
        return some(start, path, names, test)
    if number == 2 and test is None and not nullable(path) and not legs(path)[1:]:
        one, other, step = names.fresh(), names.fresh(), sparql(path)
        return exists(f"{start} {step} {one} . {start} {step} {other} FILTER(!sameTerm({one}, {other}))")
    return count(start, path, f">= {number}", names, test)


def count(start: str, path: Path, comparison: str, names: Variables, test: Callable[[str], str] | None = None) -> str:
    """Return an expression about how many nodes a path leads to that pass a test: ``comparison`` as in ``> 2``.

    The legs of a sequence are joined by OPTIONAL, which no engine reorders (see `some`).
    """
    end = names.fresh()
    first, *further = legs(path)
    if not further:
        pattern = walk(start, first, end) + _tested(end, test)
    else:
        middle = names.fresh()
        pattern = f"{walk(start, first, middle)} OPTIONAL {{ {_stride(middle, further, end, names, test)} }}"
    return exists(f"SELECT {start} {{ {pattern} }} GROUP BY {start} HAVING (COUNT(DISTINCT {end}) {comparison})")


def _stride(start: str, path: Several[Path], end: str, names: Variables, test: Callable[[str], str] | None) -> str:
    """Return a pattern for the legs after the first: their start is in a triple, and reaches itself by SPARQL's rules.

    A BIND inside OPTIONAL would not know the start at all.
    """
    if not path[1:]:
        return f"{start} {sparql(path[0])} {end} ." + _tested(end, test)
    middle = names.fresh()
    return f"{start} {sparql(path[0])} {middle} . OPTIONAL {{ {_stride(middle, path[1:], end, names, test)} }}"


def _tested(end: str, test: Callable[[str], str] | None) -> str:
    return "" if test is None else f" FILTER({test(end)})"


def text_literal(text: str) -> str:
    """Return a text as a SPARQL string."""
    return n3(Literal(text))
