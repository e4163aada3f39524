"""The terms of an ontology as one page of HTML that stands alone: what a browser gets where a program gets RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from kg.export.versions import Vocabulary
from kg.vocab import DCTERMS, OWL, RDF, RDFS, SKOS, Iri, Literal

_SECTIONS = (
    ("Classes", (OWL.Class,)),
    ("Properties", (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)),
    ("Closed lists", (SKOS.ConceptScheme, SKOS.Concept)),
)
_SHOWN = (
    ("kind of", RDFS.subClassOf), ("narrower than", RDFS.subPropertyOf), ("of", RDFS.domain), ("takes", RDFS.range),
    ("in the list", SKOS.inScheme), ("replaced by", DCTERMS.isReplacedBy),
)  # fmt: skip
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#222;background:#fff}h3{margin:1.5rem 0 0}p{margin:.2rem 0}small{color:#555}del{color:#b42318}"
)


def glossary(terms: Vocabulary, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the page: each term under its own anchor, so that its permanent name leads to it."""
    title = escape(_words(terms, terms.iri, DCTERMS.title) or terms.iri)
    yield f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield f"<style>{_STYLE}</style>\n<h1>{title}</h1>\n"
    yield f"<p>{escape(_words(terms, terms.iri, DCTERMS.description))}</p>\n"
    yield f"<p><small>Version {escape(terms.version)}, {escape(terms.iri)}</small></p>\n"
    for heading, kinds in _SECTIONS:
        found = sorted(it for it in terms.terms if any(kind in terms.values(it, RDF.type) for kind in kinds))
        yield f"<h2>{heading}</h2>\n" * bool(found)
        for term in found:
            yield from _term(terms, term, prefixes)
    yield "</html>\n"


def _term(terms: Vocabulary, term: Iri, prefixes: Mapping[str, str]) -> Iterator[str]:
    name = escape(_words(terms, term, SKOS.prefLabel) or _short(term, prefixes))
    mark = "del" if terms.is_deprecated(term) else "span"
    anchor = escape(term.rpartition("#")[2] if "#" in term else _short(term, prefixes).replace(":", "-"))
    yield f'<h3 id="{anchor}"><{mark}>{name}</{mark}> <small>{escape(_short(term, prefixes))}</small></h3>\n'
    yield f"<p>{escape(_words(terms, term, SKOS.definition))}</p>\n"
    for label, predicate in _SHOWN:
        values = sorted(_short(it, prefixes) for it in terms.values(term, predicate) if isinstance(it, Iri))
        if values:
            yield f"<p><small>{label} {escape(', '.join(values))}</small></p>\n"


def _words(terms: Vocabulary, term: Iri, predicate: Iri) -> str:
    """Return what is said in English, else in whatever language there is."""
    said = sorted(
        (it for it in terms.values(term, predicate) if isinstance(it, Literal)),
        key=lambda it: (it.language != "en", it.language, it.value),
    )
    return said[0].value if said else ""


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting: Iterable[str] = (name for name, stem in prefixes.items() if iri.startswith(stem) and len(iri) > len(stem))
    found = max(fitting, key=lambda name: len(prefixes[name]), default="")
    return f"{found}:{iri.removeprefix(prefixes[found])}" if found else iri
