"""Statements for Wikidata in the forms that its tools take: QuickStatements V1 and the Wikibase REST API's JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.link.giveback import Citation, Statement, is_item
from kg.vocab import WD

_GREGORIAN = WD.Q1985727


def quick_statements(given: Iterable[Statement]) -> Iterator[str]:
    """Yield statements as lines of QuickStatements V1.

    >>> next(quick_statements([Statement("Q1", "P161", "Q2", (("P1545", "4"),))])).split()
    ['Q1', 'P161', 'Q2', 'P1545', '"4"']
    """
    for one in given:
        cells = [one.item, one.property, _quick(one.value)]
        for name, value in one.qualifiers:
            cells += [name, _quick(value)]
        yield "\t".join([*cells, *_quick_source(one.citation)]) + "\n"


def _quick(value: str) -> str:
    """Return a value; V1 has no way to write a quotation mark or a tab inside a text, so these are left out."""
    return value if is_item(value) else '"' + " ".join(value.replace('"', "").split()) + '"'


def _quick_source(citation: Citation) -> Iterator[str]:
    if not citation.url:
        return
    yield from ("S854", _quick(citation.url), "S813", f"+{citation.retrieved}T00:00:00Z/11")
    if citation.quote:  # a comment: the property for quotations is not among the ids that were confirmed
        yield f"/* {_quick(citation.quote.replace('*/', ''))} */"


def rest(given: Iterable[Statement]) -> Iterator[str]:
    """Yield statements as a JSON array of requests to the Wikibase REST API: where each goes, and its body."""
    requests = [
        {"method": "POST", "path": f"/v1/entities/items/{one.item}/statements", "body": {"statement": _body(one)}}
        for one in given
    ]
    yield json.dumps(requests, ensure_ascii=False, indent=1) + "\n"


def _body(one: Statement) -> dict[str, object]:
    return {
        "property": {"id": one.property},
        "value": _content(one.value),
        "rank": "normal",
        "qualifiers": [{"property": {"id": name}, "value": _content(value)} for name, value in one.qualifiers],
        "references": [{"parts": list(_parts(one.citation))}] if one.citation.url else [],
    }


def _content(value: str) -> dict[str, object]:
    return {"type": "value", "content": value}


def _parts(citation: Citation) -> Iterator[dict[str, object]]:
    retrieved = {"time": f"+{citation.retrieved}T00:00:00Z", "precision": 11, "calendarmodel": str(_GREGORIAN)}
    yield {"property": {"id": "P854"}, "value": _content(citation.url)}
    yield {"property": {"id": "P813"}, "value": {"type": "value", "content": retrieved}}
