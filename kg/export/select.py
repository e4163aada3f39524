"""What goes out: a world, one entity with what makes it readable, one entry's claims; and which texts may not.

Everything here works on rows (`kg.export.rows`), in a few passes over them, and knows graphs by what they hold: a
claim is a graph of which something says ``ph:assertedIn``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.export.dump import Dump
from kg.export.rows import Row, literal_parts
from kg.vocab import DCTERMS, FORCE, OWL, PH, PROV, RDF, RDFS, SCHEMA, SKOS, Iri

#: How a link that says “this is that” is written.
LINKS = {"skos": SKOS.exactMatch, "owl": OWL.sameAs, "schema": SCHEMA.sameAs}

_TYPE = f"<{RDF.type}>"
_ASSERTED_IN, _FORCE, _STATED = f"<{PH.assertedIn}>", f"<{PH.force}>", f"<{FORCE.stated}>"
_TEXT, _TEXT_OF, _IN_TEXT, _QUOTE = f"<{PH.text}>", f"<{PH.textOf}>", f"<{PH.inText}>", f"<{PH.quote}>"
_ENTRY = f"<{PH.Entry}>"
_IN_SOURCE = f"<{PH.inSource}>"
_DERIVED, _LICENCE, _EXISTS_IN = f"<{PROV.wasDerivedFrom}>", f"<{DCTERMS.license}>", f"<{PH.existsIn}>"

#: What must be known of sources before their words go out.
SOURCE_TERMS = (PH.text, PH.textOf, PH.inText, PH.inSource, PH.quote, DCTERMS.license)
#: What must be known of them where quotes may go out: many quotes stand in a build, and few texts.
TEXT_TERMS = (PH.text, PH.textOf, DCTERMS.license)
_SOURCE = frozenset(f"<{it}>" for it in SOURCE_TERMS)
#: Nodes that mean nothing without what they are about: they go along whole.
_DEPENDENT = frozenset(
    f"<{kind}>" for kind in (PH.Credit, PH.Performance, PH.Participation, PH.Assessment, OWL.NegativePropertyAssertion)
)
#: What a reader must know of a thing that is only named.
_READABLE = frozenset(
    f"<{it}>" for it in (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SCHEMA.name, PH.existsIn)
)
#: From a claim to what supports it.
_SUPPORT = frozenset(
    f"<{it}>"
    for it in (
        PROV.wasDerivedFrom,
        PROV.wasAttributedTo,
        PH.assertedBy,
        PH.hedge,
        PH.inText,
        PH.inSource,
        PH.textOf,
        PH.writtenAt,
    )
)
_OPEN = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/|\bcc0\b|\bcc[ -]by\b|public domain|opendatacommons\.org/licenses/"
    r"|apache\.org/licenses/|spdx\.org/licenses/(?:CC|Apache|MIT|PDDL|ODC)|^(?:apache-2\.0|mit)$",
    re.IGNORECASE,
)


def of_graphs(rows: Iterable[Row], graphs: Collection[Iri]) -> Iterable[Row]:
    """Return the rows of some graphs: a world with the background, say."""
    if isinstance(rows, Dump):
        return rows.of_graphs(graphs)
    wanted = {f"<{graph}>" for graph in graphs}
    return (row for row in rows if row[3] in wanted)


def worlds_of(rows: Iterable[Row], iri: Iri) -> list[Iri]:
    """Return the worlds that an entity exists in, by its ph:existsIn."""
    token = f"<{iri}>"
    return sorted({Iri(found[1:-1]) for subject, predicate, found, _ in rows
                   if subject == token and predicate == _EXISTS_IN})  # fmt: skip


def entries(rows: Iterable[Row]) -> set[Iri]:
    """Return the guide entries that the rows know."""
    return {Iri(row[0][1:-1]) for row in rows if row[1] == _TYPE and row[2] == _ENTRY}


def of_entity(rows: Sequence[Row], iri: Iri) -> list[Row]:
    """Return what the rows say of one entity, the claims about it with their evidence, and the names of what it names.

    Performances, credits, participations and assessments that involve it are given whole. An entity that no row names
    gives nothing.
    """
    token = f"<{iri}>"
    whole = _with_dependents(rows, token)
    claims = {row[0] for row in rows if row[1] == _ASSERTED_IN}
    touching = {row[3] for row in rows if row[0] in whole or row[2] == token}
    chosen = touching & claims
    found = [row for row in rows if row[3] in chosen]
    found += [row for row in rows if row[3] not in claims and row[1] != _TEXT and (row[0] in whole or row[2] == token)]
    found += _evidence(rows, chosen)
    return _readable(rows, found, claims)


def of_page(rows: Sequence[Row], iri: Iri, graphs: Collection[Iri], leading_to: Collection[Iri]) -> list[Row]:
    """Return what a page about an entity shows: what some graphs say of it and of what leads to it, and all names.

    ``leading_to`` are the properties by which other things lead to the entity: a performance to its episode, say.
    """
    token, claims = f"<{iri}>", {row[0] for row in rows if row[1] == _ASSERTED_IN}
    inverse, wanted = {f"<{it}>" for it in leading_to}, {f"<{it}>" for it in graphs}
    here = [row for row in rows if row[3] in wanted]
    shown = {row[0] for row in here if row[2] == token and row[1] in inverse} | {token}
    return _readable(rows, [row for row in here if row[0] in shown or row[2] == token], claims)


def of_entry(rows: Sequence[Row], source: Iri, world: Iri | None = None) -> list[Row]:
    """Return the claims that one guide entry supports, with their evidence and the names of what they name.

    ``world`` leaves the claims that are asserted there.
    """
    texts = {(row[0], row[3]) for row in rows if row[1] == _TEXT_OF and row[2] == f"<{source}>"}
    spans = {row[0] for row in rows if row[1] == _IN_TEXT and (row[2], row[3]) in texts}  # entries may share a text
    claims = {row[0] for row in rows if row[1] == _ASSERTED_IN}
    here = {row[0] for row in rows if row[1] == _ASSERTED_IN and world in (None, row[2][1:-1])}
    chosen = {row[0] for row in rows if row[1] == _DERIVED and row[2] in spans} & here
    found = [row for row in rows if row[3] in chosen]
    found += _evidence(rows, chosen)
    return _readable(rows, found, claims)


def stated(rows: Sequence[Row], world: Iri, background: Iri) -> Iterator[Row]:
    """Yield the rows that hold plainly in one world: of its graph, the background, and its stated claims."""
    here = {row[0] for row in rows if row[1] == _ASSERTED_IN and row[2] == f"<{world}>"}
    plain = {row[0] for row in rows if row[1] == _FORCE and row[2] == _STATED}
    wanted = (here & plain) | {f"<{world}>", f"<{background}>"}
    return (row for row in rows if row[3] in wanted)


def withheld(rows: Iterable[Row], *, quotes: bool = False) -> Iterator[Row]:
    """Yield the rows that may not go out: whole texts of sources whose licence does not allow to pass them on.

    The rows of `SOURCE_TERMS` are all that is looked at. With ``quotes``, the words that claims stand on are withheld
    too where the licence does not allow them.
    """
    known = [row for row in rows if row[1] in _SOURCE]
    licensed = {row[0] for row in known if row[1] == _LICENCE and is_open(row[2])}
    texts = {row[0] for row in known if row[1] == _TEXT_OF}
    closed = {row[0] for row in known if row[1] == _TEXT_OF and row[2] not in licensed}
    free = texts - closed  # a text that entries share goes out where the licences of all of them allow it
    free |= {row[0] for row in known if row[1] == _IN_TEXT and row[2] in free}
    free |= {row[0] for row in known if row[1] == _IN_SOURCE and row[2] in licensed}
    guarded = (_TEXT, _QUOTE) if quotes else (_TEXT,)
    return (row for row in known if row[1] in guarded and row[0] not in free)


def linked(rows: Iterable[Row], form: str) -> Iterator[Row]:
    """Yield the rows with links of identity in another form: one of `LINKS`."""
    match, wanted = f"<{SKOS.exactMatch}>", f"<{LINKS[form]}>"
    annotated = f"<{OWL.annotatedProperty}>"
    for row in rows:
        if row[1] == match:
            yield row[0], wanted, row[2], row[3]
        elif row[1] == annotated and row[2] == match:  # a link's own description follows it
            yield row[0], row[1], wanted, row[3]
        else:
            yield row


def is_open(licence: str) -> bool:
    """Whether a licence (a token, an address or a name) allows to pass the work on unchanged.

    >>> is_open("https://creativecommons.org/licenses/by-nd/4.0/"), is_open("All rights reserved")
    (True, False)
    """
    name = literal_parts(licence)[0] if licence[:1] == '"' else licence.strip("<>")
    return bool(_OPEN.search(name))


def _with_dependents(rows: Sequence[Row], token: str) -> set[str]:
    dependent = {row[0] for row in rows if row[1] == _TYPE and row[2] in _DEPENDENT}
    near = {row[0] for row in rows if row[2] == token} | {row[2] for row in rows if row[0] == token}
    return (near & dependent) | {token}


def _evidence(rows: Sequence[Row], claims: Collection[str]) -> list[Row]:
    """Return what is said of claims, and of the spans, texts, sources and agents behind them; no whole text."""
    found: list[Row] = []
    seen: set[str] = set()
    frontier = set(claims)
    while frontier:
        said = [row for row in rows if row[0] in frontier and row[1] != _TEXT]
        found += said
        seen |= frontier
        frontier = {row[2] for row in said if row[1] in _SUPPORT} - seen
    return found


def _readable(rows: Sequence[Row], found: list[Row], claims: Collection[str]) -> list[Row]:
    named = {token for row in found for token in (row[0], row[2]) if token[0] != '"'}
    names = (row for row in rows if row[1] in _READABLE and row[0] in named and row[3] not in claims)
    return list(dict.fromkeys((*found, *names)))
