"""Statements for Wikidata in the forms that its tools take: QuickStatements V1 and the Wikibase REST API's JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.link.giveback import Citation, Statement, is_item
from kg.vocab import WD

_GREGORIAN = WD.Q1985727
_API = "/w/rest.php/wikibase/v1"  # under https://www.wikidata.org, or another Wikibase


def quick_statements(given: Iterable[Statement]) -> Iterator[str]:
    """Yield statements as lines of QuickStatements V1.

    >>> next(quick_statements([Statement("Q1", "P161", "Q2", (("P1545", "4"),))])).split()
    ['Q1', 'P161', 'Q2', 'P1545', '"4"']
    """
    for one in given:
        cells = [one.item, one.property, _quick(one.value)]
        for name, value in one.qualifiers:
            cells += [name, _quick(value)]
        yield "\t".join([*cells, *_quick_source(one.citation)]) + _quick_comment(one.citation) + "\n"


def _quick(value: str) -> str:
    """Return a value; V1 takes a text as it stands between the first and the last quotation mark of its cell."""
    return value if is_item(value) else '"' + " ".join(_commentless(value).split()) + '"'


def _commentless(text: str) -> str:
    """Return a text that no reader takes for the beginning or the end of a comment."""
    return text.replace("/*", "/ *").replace("*/", "* /")


def _quick_source(citation: Citation) -> Iterator[str]:
    if citation.url:
        yield from ("S854", _quick(citation.url), "S813", f"+{citation.retrieved}T00:00:00Z/11")


def _quick_comment(citation: Citation) -> str:
    """Return the guide's words: a comment, since no property for quotations is among the ids that were confirmed.

    A blank stands before it: after a tab, what is left of the line would have a cell too many.
    """
    words = " ".join(_commentless(citation.quote).split())
    return f" /* {words} */" if words and citation.url else ""


def rest(given: Iterable[Statement]) -> Iterator[str]:
    """Yield statements as a JSON array of requests to the Wikibase REST API: where each goes, and its body."""
    requests = [
        {"method": "POST", "path": f"{_API}/entities/items/{one.item}/statements", "body": _request(one)}
        for one in given
    ]
    yield json.dumps(requests, ensure_ascii=False, indent=1) + "\n"


def _request(one: Statement) -> dict[str, object]:
    words = {"comment": f"The guide: “{one.citation.quote}”"} if one.citation.quote else {}
    return {"statement": _body(one), **words}


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
