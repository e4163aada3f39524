"""The one door to the network: asks gently, waits when told to, and says in one line that nobody is there.

Requests go out one after another, with a descriptive User-Agent. Too many requests (429), an overloaded service (503)
and a lagging one (maxlag) are waited for as long as they say, other passing faults with growing, jittered pauses. A
server that cannot be reached at all is not asked twice.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Self, TypeVar

import httpx2

from kg.errors import KgError, LimitError, NetworkError
from kg.iris import place
from kg.version import VERSION
from kg.vocab import PORTHOLE

_PASSING: Final = frozenset({429, 500, 502, 503, 504})
_LARGEST: Final = 64 * 1024 * 1024
_REACH: Final = 5.0  # seconds until a server that does not even take the connection is given up
_ANSWER: Final = 70.0  # Wikidata's query service itself gives up after 60 s
_REDIRECTS: Final = 5
T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Message:
    """One HTTP request, ready to be sent: GET, or POST where the body has a ``form`` (its content type).

    ``leaving`` tells whether a redirect may lead to another host than the one that was named.
    """

    url: str
    body: bytes = b""
    form: str = ""
    accept: str = ""
    leaving: bool = True

    @property
    def place(self) -> str:
        """The address as messages call it."""
        return place(self.url)


class Stream:
    """An answer that is read as it comes: a file to read bytes from, which ends in an error above ``most`` bytes.

    What went wrong while reading is remembered, since a parser between may turn it into words of its own.
    """

    def __init__(self, response: httpx2.Response, asked: str, most: int) -> None:
        self._response, self._place, self._most = response, asked, most
        self._pieces = response.iter_bytes()
        self._left, self._size = b"", 0
        self._fault: tuple[type[KgError], str] | None = None
        self.form = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size`` of them; nothing at the end."""
        if size < 0:
            whole, self._left = b"".join((self._left, *iter(self._piece, b""))), b""
            return whole
        self._left = self._left or self._piece()
        taken, self._left = self._left[:size], self._left[size:]
        return taken

    def _piece(self) -> bytes:
        try:
            piece = next((piece for piece in self._pieces if piece), b"")
        except httpx2.HTTPError as error:
            self._fault = NetworkError, f"{self._place}: the answer breaks off ({type(error).__name__}); try again"
            raise NetworkError(self._fault[1]) from error
        self._size += len(piece)
        if self._size > self._most:
            self._fault = (
                LimitError,
                f"{self._place}: answers with more than {self._most // 1_048_576} MB; ask for less",
            )
            raise LimitError(self._fault[1])
        return piece

    def fault(self) -> KgError | None:
        """Return what went wrong, a new error each time: one that was raised would keep all alive that it passed."""
        return None if self._fault is None else self._fault[0](self._fault[1])

    def readable(self) -> bool:
        """Return that this can be read from."""
        return True

    def close(self) -> None:
        """Hear no more of the answer."""
        self._response.close()


@dataclass(frozen=True, slots=True)
class _Problem:
    text: str
    after: float | None = None


class Network:
    """Sends messages and hands back answers; close it, or use it as a context."""

    def __init__(self, patience: Patience | None = None, contact: str = "", seconds: float = _ANSWER) -> None:
        self._patience = patience or Patience()
        self._http = httpx2.Client(
            headers={"User-Agent": agent(contact), "Accept-Encoding": "gzip"},
            timeout=httpx2.Timeout(seconds, connect=min(_REACH, seconds)),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        self._http.close()

    def text(self, sent: Message, most: int = _LARGEST) -> str:
        """Return the whole answer to a message as text. Raises NetworkError, and LimitError above ``most`` bytes."""

        def whole(response: httpx2.Response) -> str | _Problem:
            with closing(response):
                try:
                    found = Stream(response, sent.place, most).read().decode("utf-8", "replace")
                except NetworkError:
                    return _Problem("gave no whole answer")
            lagging = '"maxlag"' in found[:400]  # MediaWiki says so with a status of 200
            return _Problem("lags behind (maxlag)", _after(response)) if lagging else found

        return self._patiently(sent, whole)

    def stream(self, sent: Message, most: int = _LARGEST) -> Stream:
        """Return the answer to a message, to be read as it comes and then closed. Raises NetworkError."""
        return self._patiently(sent, lambda response: Stream(response, sent.place, most))

    # --- asking, waiting -----------------------------------------------------------------------------------------

    def _patiently(self, sent: Message, read: Callable[[httpx2.Response], T | _Problem]) -> T:
        problem = ""
        for attempt in range(self._patience.tries):
            found = self._try(sent, read)
            if not isinstance(found, _Problem):
                return found
            problem = found.text
            if attempt + 1 < self._patience.tries:
                self._wait(sent, found, attempt)
        raise NetworkError(f"{sent.place}: {problem}, {self._patience.tries} times; try again later")

    def _wait(self, sent: Message, found: _Problem, attempt: int) -> None:
        seconds = self._patience.seconds(attempt) if found.after is None else found.after
        if seconds > self._patience.longest:
            raise NetworkError(f"{sent.place}: asks to wait {seconds:.0f} s ({found.text}); come back after that")
        self._patience.pause(seconds)

    def _try(self, sent: Message, read: Callable[[httpx2.Response], T | _Problem]) -> T | _Problem:
        """Return what one attempt gave: an answer, or a passing problem. Raises NetworkError for one that will stay."""
        try:
            response = self._sent(sent)
            if response.status_code in _PASSING:
                return _Problem(f"answers {response.status_code}", _after(_closed(response)))
            if response.status_code >= 400:
                raise NetworkError(f"{sent.place}: answers {response.status_code}: {_words(response)}")
            return read(response)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise NetworkError(f"{sent.place}: cannot be asked: {error}") from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            why = str(error) if isinstance(error, httpx2.ConnectError) else "it does not take the connection"
            raise NetworkError(
                f"{sent.place}: cannot be reached ({why}); all but live services works without a network"
            ) from error
        except httpx2.HTTPError as error:
            return _Problem(f"gave no whole answer ({type(error).__name__})")

    def _sent(self, sent: Message) -> httpx2.Response:
        """Return the response to a message, after redirects that it may follow."""
        headers = {name: said for name, said in (("Content-Type", sent.form), ("Accept", sent.accept)) if said}
        url = httpx2.URL(sent.url)
        method = "POST" if sent.form else "GET"
        for _ in range(_REDIRECTS + 1):
            request = self._http.build_request(method, url, content=sent.body or None, headers=headers)
            response = self._http.send(request, stream=True)
            if not response.has_redirect_location:
                return response
            url = self._followed(sent, url, _closed(response))
        raise NetworkError(f"{sent.place}: cannot be asked: it redirects more than {_REDIRECTS} times")

    def _followed(self, sent: Message, url: httpx2.URL, response: httpx2.Response) -> httpx2.URL:
        """Return where a redirect leads. Raises NetworkError where the message may not go there."""
        location = response.headers["Location"]
        target = url.join(location)
        if target.scheme not in ("http", "https") or (response.status_code == 303 and sent.form):
            raise NetworkError(f"{sent.place}: cannot be asked: it redirects to {location}")
        if not sent.leaving and target.host != url.host:
            raise NetworkError(f"{sent.place}: redirects to {target.host}: if that is right, name its address instead")
        return target


def agent(contact: str = "") -> str:
    """Return how we name ourselves to services, as Wikimedia's policy asks: client, contact, library."""
    told = f"{PORTHOLE}; {contact}" if contact else PORTHOLE
    return f"porthole-kg/{VERSION} ({told}) httpx2/{httpx2.__version__}"


def _closed(response: httpx2.Response) -> httpx2.Response:
    response.close()
    return response


def _words(response: httpx2.Response) -> str:
    """Return the first words of an answer that refuses."""
    with closing(response):
        pieces = _first(response.iter_bytes(), 4_096)
        return " ".join(b"".join(pieces).decode("utf-8", "replace").split())[:120]


def _first(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        size -= len(piece)
        if size <= 0:
            return


def _after(response: httpx2.Response) -> float | None:
    """Return how many seconds a Retry-After header asks to wait; it gives seconds or a date (RFC 9110, 10.2.3)."""
    header = response.headers.get("Retry-After", "")
    if header.strip().isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
