"""The linker asks services: reconciliation, the MediaWiki API and SPARQL endpoints, in batches, remembering answers.

Answers are kept on disk, so a run that was interrupted goes on where it stopped. How long to wait and when to give up
is `kg.network`'s to know.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Final, Self
from urllib.parse import urlencode

from kg.errors import NetworkError
from kg.link.files import Kept
from kg.link.items import Snapshot
from kg.link.match import Question
from kg.link.reconcile import Request, Service, address, answers, request, service
from kg.network import Message, Network, Patience

MEDIAWIKI: Final = "https://www.wikidata.org/w/api.php"
SPARQL: Final = "https://query.wikidata.org/sparql"
IDS: Final = 50  # what the MediaWiki API takes in one call


class Client:
    """Asks reconciliation services, the MediaWiki API and SPARQL endpoints; close it, or use it as a context."""

    def __init__(self, kept: Kept | None = None, patience: Patience | None = None, contact: str = "") -> None:
        self._kept, self._network = kept, Network(patience, contact)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._network.close()

    def service(self, url: str) -> Service:
        """Return the reconciliation service at an address, or ``wikidata``. Raises NetworkError where there is none."""
        place = address(url)
        return service(place, self._answer(Request(place)))

    def candidates(self, asked: Service, questions: Sequence[Question]) -> Iterator[Snapshot]:
        """Yield the candidates for each question, in order, as the service's batches come in."""
        for start in range(0, len(questions), asked.batch):
            batch = questions[start : start + asked.batch]
            sent = request(asked, batch)
            try:
                yield from answers(asked, self._answer(sent), len(batch))
            except NetworkError:
                self._forget(sent)  # or an answer that was refused would be refused for ever
                raise

    def entities(self, qids: Sequence[str], url: str = MEDIAWIKI) -> Iterator[dict[str, object]]:
        """Yield items in Wikidata's JSON, in the order of their ids; those that do not exist are left out.

        Raises NetworkError for an answer that holds no entities.
        """
        for start in range(0, len(qids), IDS):
            batch = qids[start : start + IDS]
            query = {"action": "wbgetentities", "format": "json", "maxlag": "5", "ids": "|".join(batch)}
            sent = Request(_with(url, query))
            found = _object(self._answer(sent), url).get("entities")
            if not isinstance(found, dict):
                self._forget(sent)
                raise NetworkError(f"{url}: the answer holds no entities")
            kept = [found[qid] for qid in batch if isinstance(found.get(qid), dict) and "missing" not in found[qid]]
            yield from kept

    def select(self, query: str, url: str = SPARQL) -> str:
        """Return a SPARQL endpoint's answer to a query, as it stands, in the W3C's JSON."""
        params = {"query": query, "format": "json"}
        return self._answer(Request(_with(url, params)))

    # --- asking, keeping -----------------------------------------------------------------------------------------

    def _answer(self, sent: Request) -> str:
        key = _key(sent)
        if self._kept is not None and key in self._kept:
            return self._kept[key]
        text = self._network.text(Message(sent.url, sent.body.encode(), sent.form))
        if self._kept is not None:
            self._kept.keep(key, text)
        return text

    def _forget(self, sent: Request) -> None:
        if self._kept is not None:
            self._kept.drop(_key(sent))


def _object(text: str, url: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NetworkError(f"{url}: the answer is no JSON") from error
    if not isinstance(found, dict):
        raise NetworkError(f"{url}: the answer is no JSON object")
    return found


def _key(sent: Request) -> str:
    return hashlib.sha256(f"{sent.url}\n{sent.form}\n{sent.body}".encode()).hexdigest()[:40]


def _with(url: str, query: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
