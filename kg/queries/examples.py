"""The saved queries as RDF, in the shape of the SIB's collections of SPARQL examples, and such collections read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.errors import QueryError
from kg.iris import slug
from kg.queries.grammar import prefixed
from kg.queries.saved import SavedQuery
from kg.vocab import PH, RDF, RDFS, SCHEMA, SH, XSD, Iri, Literal, Namespace, Node, Term, Triple

SPEX = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
_KINDS = {"select": "Select", "construct": "Construct", "describe": "Describe", "ask": "Ask"}
_FORMS = {SH.select: "select", SH.construct: "construct", SPEX.describe: "describe", SH.ask: "ask"}


def described(queries: Iterable[SavedQuery], root: str, *, target: str = "") -> Iterator[Triple]:
    """Yield the queries as sh:SPARQLExecutable below ``root``, each parameter as a sh:Parameter of its own."""
    for query in queries:
        it = Iri(f"{root}{query.name}")
        yield Triple(it, RDF.type, SH.SPARQLExecutable)
        yield Triple(it, RDF.type, SH[f"SPARQL{_KINDS[query.form]}Executable"])
        yield Triple(it, RDFS.label, Literal(query.stem))
        yield Triple(it, RDFS.comment, Literal(query.header.summary, language="en"))
        yield Triple(it, SPEX.describe if query.form == "describe" else SH[query.form], Literal(query.text))
        yield from (Triple(it, SCHEMA.keywords, Literal(tag)) for tag in (query.family, *query.header.tags) if tag)
        yield from (Triple(it, SPEX.federatesWith, Iri(service)) for service in dict.fromkeys(query.services))
        if target:
            yield Triple(it, SCHEMA.target, Iri(target))
        yield from _parameters(it, query)


def _parameters(it: Iri, query: SavedQuery) -> Iterator[Triple]:
    for parameter in query.parameters:
        node = Iri(f"{it}#{parameter.name}")
        yield Triple(it, SH.parameter, node)
        yield Triple(node, RDF.type, SH.Parameter)
        yield Triple(node, SH.path, PH[f"parameter-{parameter.name}"])
        yield Triple(node, SH.name, Literal(parameter.name))
        yield Triple(node, SH.description, Literal(parameter.description or parameter.type, language="en"))
        yield Triple(node, SH.optional, Literal("false" if parameter.required else "true", XSD.boolean))


def imported(triples: Iterable[Triple], source: str) -> dict[str, str]:
    """Return the queries of a collection as files: name to text, headers in the older form that asks for little.

    Raises QueryError where there are none.
    """
    known: defaultdict[Node, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        known[subject][predicate].append(value)
    names = dict(_declared(known))
    files = {
        _name(subject): _file(said, predicate, names)
        for subject, said in known.items()
        for predicate in _FORMS
        if predicate in said
    }
    if not files:
        raise QueryError(source, "holds no SPARQL examples: sh:select, sh:ask or sh:construct is expected")
    return dict(sorted(files.items()))


def _declared(known: dict[Node, dict[Iri, list[Term]]]) -> Iterator[tuple[str, str]]:
    for said in known.values():
        for prefix, namespace in zip(said.get(SH.prefix, ()), said.get(SH.namespace, ()), strict=False):
            if isinstance(prefix, Literal):
                yield prefix.value, namespace.value if isinstance(namespace, Literal) else str(namespace)


def _name(subject: Node) -> str:
    return slug(re.split(r"[/#:]", subject.rstrip("/#"))[-1])


def _file(said: dict[Iri, list[Term]], predicate: Iri, names: dict[str, str]) -> str:
    summary = _words(said.get(RDFS.comment, [])) or _words(said.get(RDFS.label, [])) or "A query without a description."
    lines = ["#+ summary: >-", f"#+   {summary}"]
    if keywords := [_words([word]) for word in said.get(SCHEMA.keywords, [])]:
        lines += ["#+ tags:", *(f'#+   - "{word}"' for word in sorted(keywords))]
    if target := said.get(SCHEMA.target):
        lines.append(f'#+ endpoint: "{_words(target[:1])}"')
    text = said[predicate][0]
    return "\n".join(lines) + "\n\n" + prefixed(text.value if isinstance(text, Literal) else str(text), names)


def _words(terms: list[Term]) -> str:
    """Return the first words of several, English before others, without what YAML or HTML would make of them."""
    texts = sorted(terms, key=lambda term: not (isinstance(term, Literal) and term.language.startswith("en")))
    text = texts[0].value if texts and isinstance(texts[0], Literal) else str(texts[0]) if texts else ""
    return " ".join(re.sub(r"<[^>]+>", "", text).replace('"', "'").replace("\\", "/").split())
