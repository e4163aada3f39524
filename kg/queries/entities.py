"""Which entity a reader means: an IRI, a CURIE, a path below the project's base, or a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.dataset import Store
from kg.errors import AmbiguousNameError, UsageError
from kg.queries.binding import bound
from kg.queries.parameters import expanded
from kg.vocab import PREFIXES, Iri, Literal, Term

_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("ph", "rdfs", "schema", "skos"))
_NAMED = "VALUES ?property { rdfs:label skos:prefLabel skos:altLabel schema:alternateName ph:alias }"
_OUTSIDE = "GRAPH ?outside { %s } FILTER(?outside != <https://w3id.org/porthole/ontology>)"
# who plays whom and who did what bear names of people, and are nobody that one asks for
_THINGS = " FILTER NOT EXISTS { ?entity a ph:Performance } FILTER NOT EXISTS { ?entity a ph:Credit }"
_KIND = " FILTER EXISTS { ?entity a $kind }"
# exact first, since an index answers it; then any name that holds the words
_EXACT = "VALUES ?label { $name $english $french } ?entity ?property ?label"
_HOLDING = "?entity ?property ?label FILTER(CONTAINS(LCASE(STR(?label)), $folded))"
_KNOWN = _PREFIXES + "ASK { { $entity ?p ?o } UNION { ?s ?p $entity } UNION { GRAPH ?g { $entity ?q ?v } } }"
_ENDING = "?entity rdfs:label ?label FILTER(STRENDS(STR(?entity), $ending))"
_LINKED = _PREFIXES + (
    "SELECT DISTINCT ?ours WHERE { GRAPH ?links { ?ours skos:exactMatch $entity } ?ours rdfs:label ?label "
    "FILTER(?links != <https://w3id.org/porthole/ontology>) FILTER NOT EXISTS { $entity rdfs:label ?own } }"
)
_KINDS = (
    _PREFIXES
    + """SELECT ?class WHERE { $entity a ?class
  FILTER NOT EXISTS { $entity a ?narrower .
    GRAPH <https://w3id.org/porthole/ontology> { ?narrower rdfs:subClassOf+ ?class }
    FILTER(?narrower != ?class) } } ORDER BY ?class"""
)
_FEW = 10  # names that are told when none is near


@dataclass(frozen=True, slots=True)
class _Found:
    entity: Iri
    label: str


def entity(store: Store, graphs: Sequence[Iri], text: str, *, kind: Iri | None = None, base: str = "") -> Iri:
    """Return the entity that text names; ``kind`` narrows names to instances of a class, paths begin at ``base``.

    Raises AmbiguousNameError with the candidates where a name fits several, UsageError with the nearest names where it
    fits none.
    """
    text = " ".join(text.split())
    if not text:
        raise UsageError("an empty name fits nothing: give a name, a CURIE or an IRI")
    if (full := expanded(text)) is not None:
        return _linked(store, graphs, full) or _known(store, graphs, full)
    if base and (path := _below(base, text)) and _occurs(store, graphs, path):
        return path
    found = (
        _exact(store, graphs, text, kind)
        or _ending(store, graphs, text, kind)
        or _holding(store, graphs, text, kind)
        or _unaccented(store, graphs, text, kind)
    )
    if not found:
        raise UsageError(f"nothing is called “{text}”{_nearest(store, graphs, text, kind)}")
    if len(found) > 1:
        raise AmbiguousNameError(text, tuple(described(store, graphs, each) for each in found))
    return found[0]


def described(store: Store, graphs: Sequence[Iri], entity: Iri) -> str:
    """Return an entity's IRI with the kinds that tell it apart, such as ``https://… (Character)``."""
    text = bound(_KINDS, {"entity": (entity,)})
    kinds = [str(row[0]).replace("#", "/").rpartition("/")[2] for row in store.select(text, graphs).rows]
    return f"{entity} ({', '.join(kinds)})" if kinds else str(entity)


def names(store: Store, graphs: Sequence[Iri], words: str = "", *, kind: Iri | None = None) -> tuple[str, ...]:
    """Return the names that hold the words, each once, sorted: for completion and for suggestions."""
    return tuple(sorted({each.label for each in _search(store, graphs, _HOLDING, words, kind)}))


def beginning(store: Store, graphs: Sequence[Iri], start: str, *, kind: Iri | None = None) -> tuple[str, ...]:
    """Return the names that begin like this: in the same letters if there are any, else in any case or unaccented."""
    holding = names(store, graphs, start, kind=kind)
    for folded in (str, str.casefold):
        if found := tuple(name for name in holding if folded(name).startswith(folded(start))):
            return found
    return tuple(name for name in names(store, graphs, kind=kind) if unaccented(name).startswith(unaccented(start)))


def unaccented(text: str) -> str:
    """Return text as it is compared where accents and case do not count.

    >>> unaccented("Hélène")
    'helene'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def _linked(store: Store, graphs: Sequence[Iri], item: Iri) -> Iri | None:
    """Return our entity that is linked to an item of elsewhere, such as Wikidata's, if exactly one is."""
    found = tuple(store.select(bound(_LINKED, {"entity": (item,)}), graphs).rows)
    return found[0][0] if len(found) == 1 and isinstance(found[0][0], Iri) else None


def _known(store: Store, graphs: Sequence[Iri], entity: Iri) -> Iri:
    if not _occurs(store, graphs, entity):
        raise UsageError(f"<{entity}> does not occur in this graph: give a name, and candidates are shown")
    return entity


def _occurs(store: Store, graphs: Sequence[Iri], entity: Iri) -> bool:
    return store.query(bound(_KNOWN, {"entity": (entity,)}), graphs) is True


def _below(base: str, text: str) -> Iri | None:
    """Return the IRI of a path below the base, such as ``person/ada-lovelace`` or ``id:person/ada-lovelace``."""
    path = text.removeprefix("id:")
    return Iri(base + path) if "/" in path and not re.search(r"[\x00-\x20<>\"{}|\\^`]", path) else None


def _unaccented(store: Store, graphs: Sequence[Iri], text: str, kind: Iri | None) -> tuple[Iri, ...]:
    plain = unaccented(text)
    return _entities([each for each in _search(store, graphs, _HOLDING, "", kind) if unaccented(each.label) == plain])


def _exact(store: Store, graphs: Sequence[Iri], text: str, kind: Iri | None) -> tuple[Iri, ...]:
    return _entities(_search(store, graphs, _EXACT, text, kind))


def _holding(store: Store, graphs: Sequence[Iri], text: str, kind: Iri | None) -> tuple[Iri, ...]:
    """Look for names that are the words in another case, then for those that hold them as whole words, then at all."""
    found = list(_search(store, graphs, _HOLDING, text, kind))
    folded = text.casefold()
    same = [each for each in found if each.label.casefold() == folded]
    words = [each for each in found if f" {folded} " in f" {each.label.casefold()} "]
    return _entities(same or words or found)


def _ending(store: Store, graphs: Sequence[Iri], text: str, kind: Iri | None) -> tuple[Iri, ...]:
    """Look for the end of an IRI: ``s1e01``, or the path below the base such as ``person/ada-lovelace``."""
    if " " in text:
        return ()
    terms: dict[str, tuple[Term, ...]] = {"ending": (Literal("/" + text.removeprefix("id:")),)}
    if kind is not None:
        terms["kind"] = (kind,)
    for place in ("%s", _OUTSIDE):
        query = f"{_PREFIXES}SELECT DISTINCT ?entity WHERE {{ {place % _ENDING} {_KIND if kind else ''} }}"
        found = store.select(bound(query, terms), graphs)
        if entities := tuple(sorted(row[0] for row in found.rows if isinstance(row[0], Iri))):
            return entities
    return ()


def _search(store: Store, graphs: Sequence[Iri], pattern: str, text: str, kind: Iri | None) -> Iterator[_Found]:
    """Yield what the default graphs know by the name, else what any graph outside the ontology does."""
    terms: dict[str, tuple[Term, ...]] = {
        "name": (Literal(text),), "english": (Literal(text, language="en"),), "french": (Literal(text, language="fr"),),
        "folded": (Literal(text.lower()),),
    }  # fmt: skip
    if kind is not None:
        terms["kind"] = (kind,)
    for place in ("%s", _OUTSIDE):
        where = place % f"{_NAMED} {pattern}" + (_KIND if kind else _THINGS)
        query = f"{_PREFIXES}SELECT DISTINCT ?entity ?label WHERE {{ {where} }} ORDER BY ?entity ?label"
        hits = list(store.select(bound(query, terms), graphs).rows)
        if hits:
            yield from (
                _Found(row[0], row[1].value) for row in hits if isinstance(row[0], Iri) and isinstance(row[1], Literal)
            )
            return


def _entities(found: Iterator[_Found] | Sequence[_Found]) -> tuple[Iri, ...]:
    return tuple(dict.fromkeys(each.entity for each in found))


def _nearest(store: Store, graphs: Sequence[Iri], text: str, kind: Iri | None) -> str:
    from rapidfuzz import fuzz, process, utils

    known = names(store, graphs, kind=kind)
    near = process.extract(text, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=50)
    if not near and kind is not None and 0 < len(known) <= _FEW:
        return "; there are " + ", ".join(f"“{name}”" for name in known)
    if not near:
        return ": give a name as kg query characters or kg query episodes shows it, a CURIE or an IRI"
    return "; nearest are " + ", ".join(f"“{name}”" for name, _, _ in near)
