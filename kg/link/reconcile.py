"""The Reconciliation API as messages: what is asked of a service and what its answers mean (0.1, 0.2 and 1.0-draft).

Nothing here touches the network. An answer that is not as the specification has it is refused with what is wrong in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from kg.errors import NetworkError, UsageError
from kg.link.items import Item, ItemName, Snapshot, snapshot_of
from kg.link.match import Question
from kg.vocab import WD

WIKIDATA: Final = "https://wikidata.reconci.link/en/api"
BATCH: Final = 10
_LIMIT: Final = 10
_TYPES: Final = {"person": "Q5", "character": "Q95074", "mission": "Q2133344", "craft": "Q40218"}


@dataclass(frozen=True, slots=True)
class Service:
    """A reconciliation service: where it is, which version it is asked in, and what its ids stand for."""

    url: str
    name: str
    draft: bool = False
    identifiers: str = ""
    batch: int = BATCH

    @property
    def of_wikidata(self) -> bool:
        """Whether its ids are Wikidata's."""
        return self.identifiers == str(WD)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, ready to be sent."""

    url: str
    body: str = ""
    form: str = ""  # the content type of the body; empty for GET


def address(url: str) -> str:
    """Return a service's address as it is asked. Raises UsageError for one that is no http(s) address.

    >>> address("wikidata") == WIKIDATA
    True
    """
    if url == "wikidata":
        return WIKIDATA
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"“{url}” is no http(s) address of a reconciliation service; “wikidata” names Wikidata's own")
    return url


def service(url: str, text: str) -> Service:
    """Return the service that a manifest describes. Raises NetworkError for a manifest that lacks what it needs."""
    found = _object(text, url, "manifest")
    name, versions = found.get("name"), found.get("versions", ["0.1"])
    if not isinstance(name, str) or not name:
        raise _wrong(url, "manifest", "it has no name")
    if not isinstance(versions, list) or not all(isinstance(version, str) for version in versions):
        raise _wrong(url, "manifest", "versions is no list of texts")
    draft = any(version.startswith("1.0") for version in versions)
    if not draft and not {"0.1", "0.2"} & set(versions):
        raise _wrong(url, "manifest", f"it speaks {', '.join(versions) or 'no version'}, we speak 0.1, 0.2, 1.0-draft")
    identifiers = found.get("identifierSpace", "")
    if draft and not identifiers:
        identifiers = _identifiers(url, found)
    elif not isinstance(identifiers, str) or not identifiers:
        raise _wrong(url, "manifest", "it has no identifierSpace")
    batch = found.get("batchSize", BATCH)
    if not isinstance(batch, int) or isinstance(batch, bool) or batch < 1:
        raise _wrong(url, "manifest", "batchSize is no positive number")
    return Service(url, name, draft, identifiers, min(batch, 50))


def _identifiers(url: str, found: Mapping[str, Any]) -> str:
    """Return what precedes the id in the view template, which stands for identifierSpace in version 1.0.

    It is empty where ids are addresses themselves.
    """
    view = found.get("view")
    template = view.get("url") if isinstance(view, dict) else None
    if not isinstance(template, str) or "{" not in template:
        raise _wrong(url, "manifest", "it has no view template")
    before = template.partition("{")[0]
    wikidata = urlsplit(before).hostname in ("www.wikidata.org", "wikidata.org")
    return str(WD) if wikidata else before


def request(asked: Service, questions: Sequence[Question], limit: int = _LIMIT) -> Request:
    """Return the request that puts a batch of questions to a service."""
    if asked.draft:
        body = json.dumps({"queries": [_query_draft(asked, one, limit) for one in questions]}, ensure_ascii=False)
        return Request(asked.url.rstrip("/") + "/match", body, "application/json")
    queries = {f"q{number}": _query(asked, one, limit) for number, one in enumerate(questions)}
    body = urlencode({"queries": json.dumps(queries, ensure_ascii=False)})
    return Request(asked.url, body, "application/x-www-form-urlencoded")


def _query(asked: Service, question: Question, limit: int) -> dict[str, object]:
    kind = {"type": _TYPES[question.kind], "type_strict": "should"} if _typed(asked, question) else {}
    return {"query": question.label, "limit": limit, **kind}


def _query_draft(asked: Service, question: Question, limit: int) -> dict[str, object]:
    kind = {"type": _TYPES[question.kind]} if _typed(asked, question) else {}
    return {"conditions": [{"matchType": "name", "propertyValue": question.label}], "limit": limit, **kind}


def _typed(asked: Service, question: Question) -> bool:
    return asked.of_wikidata and question.kind in _TYPES


def answers(asked: Service, text: str, count: int) -> tuple[Snapshot, ...]:
    """Return the candidates for each question of a batch, in order, as items that the matcher can weigh.

    Raises NetworkError for an answer that is not as the service's version of the specification has it.
    """
    found = _object(text, asked.url, "answer")
    if asked.draft:
        results = found.get("results")
        if not isinstance(results, list) or len(results) != count:
            raise _wrong(asked.url, "answer", f"it has no list of {count} results")
        lists = [(_field(one, "candidates", asked.url)) for one in results]
    else:
        lists = [_field(found.get(f"q{number}"), "result", asked.url) for number in range(count)]
    return tuple(snapshot_of(_item(one, asked) for one in candidates) for candidates in lists)


def _field(one: object, name: str, url: str) -> list[object]:
    found = one.get(name) if isinstance(one, dict) else None
    if not isinstance(found, list):
        raise _wrong(url, "answer", f"a question has no list of {name}")
    return found


def _item(one: object, asked: Service) -> Item:
    if not isinstance(one, dict):
        raise _wrong(asked.url, "answer", "a candidate is no object")
    name, identifier = one.get("name"), one.get("id")
    if not isinstance(name, str) or not isinstance(identifier, str) or not identifier:
        raise _wrong(asked.url, "answer", "a candidate has no id or no name")
    score = one.get("score", 0.0)
    if not isinstance(score, int | float) or isinstance(score, bool) or (not asked.draft and "score" not in one):
        raise _wrong(asked.url, "answer", f"the candidate {identifier} has no score that is a number")
    types = one.get("type", [])
    if not isinstance(types, list):
        raise _wrong(asked.url, "answer", f"the types of the candidate {identifier} are no list")
    return Item(identifier, (ItemName(name),), tuple(_type(kind, asked) for kind in types))


def _type(kind: object, asked: Service) -> str:
    found = kind.get("id") if isinstance(kind, dict) else kind
    if not isinstance(found, str):
        raise _wrong(asked.url, "answer", "a type has no id")
    return found


def _object(text: str, url: str, what: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(url, what, f"it is no JSON ({' '.join(str(error).split())})") from error
    if not isinstance(found, dict):
        raise _wrong(url, what, "it is no JSON object")
    return found


def _wrong(url: str, what: str, problem: str) -> NetworkError:
    return NetworkError(f"{url}: the {what} is not as the Reconciliation API has it: {problem}")
