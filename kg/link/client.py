"""The linker's one door to the network: asks services gently, waits when told to, and keeps what it was told.

Requests go out one after another, with a descriptive User-Agent. Too many requests (429), an overloaded service (503)
and a lagging one (maxlag) are waited for as long as they say, other passing faults with growing, jittered pauses.
Answers are kept on disk, so a run that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Self

import httpx2

from kg.errors import LimitError, NetworkError
from kg.link.files import Kept
from kg.link.items import Snapshot
from kg.link.match import Question
from kg.link.reconcile import Request, Service, address, answers, request, service
from kg.link.wikidata import PROJECT
from kg.version import VERSION

MEDIAWIKI: Final = "https://www.wikidata.org/w/api.php"
SPARQL: Final = "https://query.wikidata.org/sparql"
IDS: Final = 50  # what the MediaWiki API takes in one call
_PASSING: Final = frozenset({429, 500, 502, 503, 504})
_LARGEST: Final = 64 * 1024 * 1024
_TIMEOUT: Final = httpx2.Timeout(70.0, connect=10.0)  # the query service itself gives up after 60 s


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to wait: ``tries`` in all, pauses that double from ``first``, none above ``longest``."""

    tries: int = 5
    first: float = 1.0
    longest: float = 120.0
    pause: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=random.Random)

    def seconds(self, attempt: int) -> float:
        """Return how long to wait after an attempt that failed without saying: doubling, and never in step."""
        return min(self.longest, self.first * 2.0**attempt) * self.chance.uniform(0.5, 1.0)


class Client:
    """Asks reconciliation services, the MediaWiki API and SPARQL endpoints; close it, or use it as a context."""

    def __init__(self, kept: Kept | None = None, patience: Patience | None = None, contact: str = "") -> None:
        self._kept, self._patience = kept, patience or Patience()
        self._http = httpx2.Client(
            headers={"User-Agent": agent(contact), "Accept-Encoding": "gzip"}, timeout=_TIMEOUT, follow_redirects=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

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
            sent = Request(str(httpx2.URL(url, params=query)))
            found = _object(self._answer(sent), url).get("entities")
            if not isinstance(found, dict):
                self._forget(sent)
                raise NetworkError(f"{url}: the answer holds no entities")
            kept = [found[qid] for qid in batch if isinstance(found.get(qid), dict) and "missing" not in found[qid]]
            yield from kept

    def select(self, query: str, url: str = SPARQL) -> str:
        """Return a SPARQL endpoint's answer to a query, as it stands, in the W3C's JSON."""
        params = {"query": query, "format": "json"}
        return self._answer(Request(str(httpx2.URL(url, params=params))))

    # --- asking, waiting, keeping --------------------------------------------------------------------------------

    def _answer(self, sent: Request) -> str:
        key = _key(sent)
        if self._kept is not None and key in self._kept:
            return self._kept[key]
        text = self._patiently(sent)
        if self._kept is not None:
            self._kept.keep(key, text)
        return text

    def _forget(self, sent: Request) -> None:
        if self._kept is not None:
            self._kept.drop(_key(sent))

    def _patiently(self, sent: Request) -> str:
        problem = ""
        for attempt in range(self._patience.tries):
            reply = self._try(sent)
            if reply.text is not None:
                return reply.text
            problem = reply.problem
            if attempt + 1 < self._patience.tries:
                self._wait(sent, reply, attempt)
        raise NetworkError(f"{_place(sent)}: {problem}, {self._patience.tries} times; try again later")

    def _wait(self, sent: Request, reply: _Reply, attempt: int) -> None:
        seconds = self._patience.seconds(attempt) if reply.after is None else reply.after
        if seconds > self._patience.longest:
            raise NetworkError(f"{_place(sent)}: asks to wait {seconds:.0f} s ({reply.problem}); come back after that")
        self._patience.pause(seconds)

    def _try(self, sent: Request) -> _Reply:
        """Return what one attempt gave: a text, or a passing problem. Raises NetworkError for one that will stay."""
        headers = {"Content-Type": sent.form} if sent.form else {}
        method = "POST" if sent.form else "GET"
        try:
            with self._http.stream(method, sent.url, content=sent.body.encode() or None, headers=headers) as response:
                text = _text(response, sent)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.TooManyRedirects) as error:
            raise NetworkError(f"{_place(sent)}: cannot be asked: {error}") from error
        except httpx2.ConnectError as error:
            raise NetworkError(
                f"{_place(sent)}: cannot be reached ({error}); without a network, work with --snapshot"
            ) from error
        except httpx2.HTTPError as error:
            return _Reply(problem=f"gave no whole answer ({type(error).__name__})")
        after = _after(response.headers.get("Retry-After", ""))
        if response.status_code in _PASSING:
            return _Reply(problem=f"answers {response.status_code}", after=after)
        if response.status_code >= 400:
            raise NetworkError(f"{_place(sent)}: answers {response.status_code}: {' '.join(text.split())[:120]}")
        if '"maxlag"' in text[:400]:
            return _Reply(problem="lags behind (maxlag)", after=after)
        return _Reply(text)


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str | None = None
    problem: str = ""
    after: float | None = None


def agent(contact: str = "") -> str:
    """Return how we name ourselves to services, as Wikimedia's policy asks: client, contact, library."""
    place = f"{PROJECT}; {contact}" if contact else PROJECT
    return f"porthole-kg/{VERSION} ({place}) httpx2/{httpx2.__version__}"


def _text(response: httpx2.Response, sent: Request) -> str:
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > _LARGEST:
            raise LimitError(f"{_place(sent)}: answers with more than {_LARGEST // 1_048_576} MB; ask for less")
        pieces.append(piece)
    return b"".join(pieces).decode("utf-8", "replace")


def _after(header: str) -> float | None:
    """Return how many seconds a Retry-After header asks to wait; it gives seconds or a date (RFC 9110, 10.2.3)."""
    if header.strip().isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


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


def _place(sent: Request) -> str:
    return sent.url.partition("?")[0]
