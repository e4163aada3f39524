"""The report graph that SHACL describes (section 3.6), as triples, Turtle and JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count

from kg.validate.findings import Finding
from kg.validate.paths import rdf
from kg.vocab import RDF, SH, XSD, Blank, Iri, Literal, Node, Term, Triple, boolean, n3

_PREFIXES = {"rdf": str(RDF), "sh": str(SH), "xsd": str(XSD)}


def report(findings: Iterable[Finding]) -> Iterator[Triple]:
    """Yield the triples of a validation report, in the order of the findings."""
    numbers = count(1)

    def fresh() -> Blank:
        return Blank(f"_:n{next(numbers)}")

    head = Blank("_:report")
    results = list(findings)
    yield Triple(head, RDF.type, SH.ValidationReport)
    yield Triple(head, SH.conforms, boolean(not results))
    for number, finding in enumerate(results, start=1):
        node = Blank(f"_:result{number}")
        yield Triple(head, SH.result, node)
        yield Triple(node, RDF.type, SH.ValidationResult)
        yield Triple(node, SH.focusNode, finding.focus)
        if finding.path is not None:
            path, described = rdf(finding.path, fresh)
            yield Triple(node, SH.resultPath, path)
            yield from described
        yield from _rest(node, finding)


def _rest(node: Node, finding: Finding) -> Iterator[Triple]:
    yield Triple(node, SH.resultSeverity, finding.severity)
    yield Triple(node, SH.sourceConstraintComponent, finding.component)
    yield Triple(node, SH.sourceShape, finding.shape)
    if finding.value is not None:
        yield Triple(node, SH.value, finding.value)
    if finding.constraint is not None:
        yield Triple(node, SH.sourceConstraint, finding.constraint)
    for message in finding.messages:
        yield Triple(node, SH.resultMessage, message)


def turtle(findings: Iterable[Finding]) -> str:
    """Return the report as Turtle."""
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in _PREFIXES.items()]
    for subject, rows in _grouped(report(findings)).items():
        stated = [f"    {_turtle(predicate)} {', '.join(map(_turtle, objects))}" for predicate, objects in rows.items()]
        lines += ["", f"{_turtle(subject)}\n" + " ;\n".join(stated) + " ."]
    return "\n".join(lines) + "\n"


def jsonld(findings: Iterable[Finding]) -> str:
    """Return the report as JSON-LD."""
    nodes = []
    for subject, rows in _grouped(report(findings)).items():
        node: dict[str, object] = {"@id": str(subject)}
        for predicate, objects in rows.items():
            if predicate == RDF.type:
                node["@type"] = [_compact(str(term)) for term in objects]
            else:
                node[_compact(predicate)] = [_json(term) for term in objects]
        nodes.append(node)
    return json.dumps({"@context": _PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


def _grouped(triples: Iterable[Triple]) -> dict[Node, dict[Iri, list[Term]]]:
    grouped: dict[Node, dict[Iri, list[Term]]] = {}
    for subject, predicate, obj in triples:
        grouped.setdefault(subject, {}).setdefault(predicate, []).append(obj)
    return grouped


def _turtle(term: Term) -> str:
    if isinstance(term, Literal) and _compact(term.datatype) != term.datatype and not term.language:
        return n3(Literal(term.value)) + ("" if term.datatype == XSD.string else f"^^{_compact(term.datatype)}")
    if isinstance(term, Literal | Blank):
        return n3(term)
    compact = _compact(term)
    return compact if compact != term else n3(term)


def _compact(iri: str) -> str:
    for prefix, namespace in _PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.isalnum():
            return f"{prefix}:{local}"
    return iri


def _json(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return (
        {"@value": term.value} if term.datatype == XSD.string else {"@value": term.value, "@type": str(term.datatype)}
    )
