"""The door to the network: nobody there is said at once, redirects stay at home, answers have limits."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from link_server import Reply, serving

from kg.errors import LimitError, NetworkError
from kg.network import Message, Network, Patience

ONCE = Patience(tries=1)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def full() -> Iterator[str]:
    """Yield the address of a server that takes no connection: its queue is full."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        port = server.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        yield f"http://127.0.0.1:{port}/"
        for one in waiting:
            one.close()


def refusal(url: str, seconds: float = 5.0) -> str:
    """Return what is said of a server that does not answer, within a few seconds."""
    start = time.monotonic()
    with Network(seconds=seconds) as network, pytest.raises(NetworkError) as caught:
        network.text(Message(url))
    assert time.monotonic() - start < 10
    return str(caught.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://nowhere.invalid/sparql"])
def test_nobody_there_is_said_at_once_in_one_line(url: str) -> None:
    said = refusal(url)
    assert said.startswith(f"{url}: cannot be reached")
    assert "without a network" in said
    assert "\n" not in said


def test_a_server_that_takes_no_connection_is_asked_once(full: str) -> None:
    assert "does not take the connection" in refusal(full, seconds=0.5)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://[::1", "no address"])
def test_only_http_addresses_are_asked(url: str) -> None:
    assert "cannot be asked" in refusal(url)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/"])
def test_a_redirect_never_leaves_http(target: str) -> None:
    with serving(lambda *_: Reply("", 302, {"Location": target})) as server:
        assert f"redirects to {target}" in refusal(server.url)


def test_a_redirect_within_the_host_is_followed_with_the_same_body() -> None:
    def answer(heard: object, number: int) -> Reply:
        return Reply("", 301, {"Location": "/there"}) if number == 0 else Reply("done")

    with serving(answer) as server, Network(ONCE) as network:
        assert network.text(Message(server.url, b"query=ASK{}", FORM, leaving=False)) == "done"
    assert [(heard.path, heard.body) for heard in server.heard] == [("/", "query=ASK{}"), ("/there", "query=ASK{}")]


def test_a_redirect_to_another_host_is_refused_where_one_host_was_allowed() -> None:
    def elsewhere(heard: object, number: int) -> Reply:
        return Reply("", 307, {"Location": "http://localhost:9/secret"})

    with serving(elsewhere) as server, Network(ONCE) as network:
        with pytest.raises(NetworkError, match="redirects to localhost"):
            network.text(Message(server.url, leaving=False))
        assert len(server.heard) == 1


def test_redirects_come_to_an_end() -> None:
    with serving(lambda *_: Reply("", 302, {"Location": "/again"})) as server:
        assert "more than 5 times" in refusal(server.url)


def test_an_answer_is_read_up_to_its_limit() -> None:
    with serving(lambda *_: Reply("x" * 3_000_000)) as server, Network(ONCE) as network:
        with pytest.raises(LimitError, match="more than 1 MB"):
            network.text(Message(server.url), most=1_048_576)
        with pytest.raises(LimitError):
            network.stream(Message(server.url), most=1_048_576).read()


def test_a_stream_is_read_in_pieces() -> None:
    with serving(lambda *_: Reply("abcdef", 200, {"Content-Type": "text/plain; charset=utf-8"})) as server:
        network = Network(ONCE)
        stream = network.stream(Message(server.url))
        assert (stream.form, stream.read(4), stream.read(4), stream.read(4)) == ("text/plain", b"abcd", b"ef", b"")
        stream.close()
        network.close()


def test_an_answer_that_breaks_off_is_asked_for_again_and_then_given_up() -> None:
    short = Reply("half", 200, {"Content-Length": "400"})
    waited: list[float] = []
    patience = Patience(tries=2, pause=waited.append)
    with (
        serving(lambda *_: short) as server,
        Network(patience, seconds=0.3) as network,
        pytest.raises(NetworkError, match="gave no whole answer, 2 times"),
    ):
        network.text(Message(server.url))
    assert len(waited) == 1
