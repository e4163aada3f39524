"""Any RDF held against shapes, or closed under an ontology, by either engine: the commands' calls, for Python.

>>> from kg.judge import reason, validate
>>> found = validate("data.ttl", "shapes.ttl")                                # doctest: +SKIP
>>> found.findings == validate("data.ttl", "shapes.ttl", engine="pyshacl").findings  # doctest: +SKIP
>>> new = reason("data.ttl", "ontology.ttl").triples                          # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.errors import UsageError
from kg.vocab import SH, XSD, Iri, Literal, Quad, Triple

if TYPE_CHECKING:
    from kg.reason import Clash, Limits
    from kg.validate import Finding

Given: TypeAlias = "str | Path | Iterable[Triple] | Any"
"""A file by its name, triples of `kg.vocab`, or an rdflib graph (which is known by its method ``serialize``)."""

DATA, SHAPES = Iri("urn:x-porthole:data"), Iri("urn:x-porthole:shapes")
_INSIDE = (SH.node, SH["not"], SH["and"], SH["or"], SH.xone, SH.qualifiedValueShape)


@dataclass(frozen=True, slots=True)
class Judged:
    """What validation finds; ``reasons`` say why the compiled checks could not, where that is so."""

    findings: tuple[Finding, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """What follows and was not given, and the contradictions that were found on the way (owlrl tells none)."""

    triples: frozenset[Triple]
    clashes: tuple[Clash, ...] = ()


def triples(given: Given) -> tuple[Triple, ...]:
    """Return what a file, an rdflib graph or any other source of triples says."""
    from kg.store.embedded import read_file, read_rdf

    if isinstance(given, str | Path):
        return tuple(quad.triple for quad in read_file(Path(given), base=Path(given).absolute().as_uri()))
    if hasattr(given, "serialize"):
        text = given.serialize(format="nt", encoding="utf-8")
        return tuple(quad.triple for quad in read_rdf(text, "ntriples", "graph", DATA))
    return tuple(given)


def validate(data: Given, shapes: Given, *, engine: str = "compiled") -> Judged:
    """Return what is wrong with data by shapes. pyshacl judges where it is asked for, or where nothing else can."""
    held, demanded = triples(data), triples(shapes)
    if engine == "compiled":
        judged = compiled([Quad(*triple, DATA) for triple in held], demanded)
        if not judged.reasons:
            return judged
    elif engine != "pyshacl":
        raise UsageError(f"there is no engine “{engine}”: compiled or pyshacl")
    from kg.validate.reference import validate as by_pyshacl

    return Judged(tuple(by_pyshacl(demanded, held)), judged.reasons if engine == "compiled" else ())


def compiled(quads: Sequence[Quad], shapes: Sequence[Triple]) -> Judged:
    """Return what the compiled checks find in the union of all graphs, or why they cannot tell."""
    from kg.store.embedded import as_stored
    from kg.validate.spelling import Spelling, core

    graphs = tuple(dict.fromkeys(quad.graph for quad in quads)) or (DATA,)
    objects = (*(quad.object for quad in quads), *(triple.object for triple in shapes))
    typed = (it for it in objects if isinstance(it, Literal) and it.datatype.startswith(str(XSD)))
    spelling = Spelling(frozenset(literal for literal, _ in as_stored(it for it in typed if it.datatype != XSD.string)))
    if not spelling.literals:
        return _judged(quads, shapes, graphs)
    judged = _judged(tuple(spelling.stored(quads)), tuple(spelling.constants(shapes)), graphs)
    findings = tuple(spelling.given(judged.findings))
    if not _asks(shapes):
        return Judged(findings, judged.reasons)
    # queries of the author's own know nothing of stand-ins: they are asked of the literals as the store keeps them
    others = _judged(quads, shapes, graphs)
    nested = _nested(shapes)
    own = tuple(it for it in others.findings if not core(it))
    return Judged((*(it for it in findings if core(it)), *own), (*judged.reasons, *others.reasons, *nested))


def _judged(quads: Sequence[Quad], shapes: Sequence[Triple], graphs: tuple[Iri, ...]) -> Judged:
    from kg.store.embedded import Embedded
    from kg.validate import compile_shapes

    store = Embedded.memory([*quads, *(Quad(*triple, SHAPES) for triple in shapes)])
    checks = compile_shapes(shapes, "shapes", SHAPES)
    reasons = checks.unfit(store, graphs)
    return Judged(() if reasons else tuple(checks.found(store, graphs)), tuple(reasons))


def _asks(shapes: Iterable[Triple]) -> bool:
    return any(it.predicate in (SH.select, SH.ask) for it in shapes)


def _nested(shapes: Sequence[Triple]) -> tuple[str, ...]:
    if any(it.predicate == SH.ask for it in shapes) or any(it.predicate in _INSIDE for it in shapes):
        return ("queries stand inside other shapes, and the store spells some literals otherwise than the data",)
    return ()


# --- reasoning --------------------------------------------------------------------------------------------------------


def reason(data: Given, ontology: Given = (), *, engine: str = "compiled", limits: Limits | None = None) -> Closed:
    """Return what follows from data and an ontology by OWL 2 RL, noise left out (``ontology/noise.txt``).

    ``engine`` is compiled, columns (for large data, with the extra [scale]) or owlrl, the reference.
    """
    from kg.reason import Closure, Limits, closure_by_owlrl, compile_rules, read_noise
    from kg.resources import shared

    listed = shared("ontology", "noise.txt")
    noise, limits = read_noise(listed.read_text(encoding="utf-8"), str(listed)), limits or Limits()
    held, known = triples(data), triples(ontology)
    if engine == "owlrl":
        return Closed(frozenset(closure_by_owlrl((*held, *known), noise)))
    rules, given = compile_rules(known, noise, limits=limits), {*held, *known}
    closure: Any  # one of two engines with the same answers
    if engine == "columns":
        closure = _columns()(rules, held, limits=limits)
    elif engine == "compiled":
        closure = Closure(rules, limits=limits)
        closure.add(held)
    else:
        raise UsageError(f"there is no engine “{engine}”: compiled, columns or owlrl")
    found = (*noise.without(rules.facts), *closure.inferred())
    return Closed(frozenset(triple for triple in found if triple not in given), closure.clashes())


def _columns() -> Any:  # the class, which cannot be named before its library is known to be there
    try:
        from kg.reason.columns import Bulk
    except ImportError as error:
        raise UsageError(
            f"--engine columns needs the extra [scale] ({error.name} is missing): pip install 'porthole-kg[scale]'"
        ) from error
    return Bulk
