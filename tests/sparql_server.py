"""SPARQL servers that tests start and load: Oxigraph's own, and a small one that lets rdflib answer."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import rdflib
from link_server import Heard, Reply, serving
from pyparsing import ParseException

RESULTS = "application/sparql-results+json"


def program() -> str:
    """Return the path of Oxigraph's server; skip where the extra [test] is not installed."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        pytest.skip("the server of another maker is not installed (porthole-kg[test])")
    return found


@contextmanager
def sparql_server(data: bytes, form: str) -> Iterator[str]:
    """Run Oxigraph's server in memory with some RDF of a media type; yield the address of its SPARQL endpoint."""
    port = _free_port()
    root = f"http://127.0.0.1:{port}"
    command = [program(), "serve", "--bind", f"127.0.0.1:{port}"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _load(f"{root}/store", data, form)
        yield f"{root}/query"
    finally:
        running.terminate()
        running.wait()


@contextmanager
def rdflib_server(data: bytes, form: str) -> Iterator[str]:
    """Run a server that lets rdflib answer queries over some RDF; yield the address of its endpoint."""
    graph = rdflib.Graph().parse(data=data, format=form)

    def answer(heard: Heard, _: int) -> Reply:
        (query,) = parse_qs(heard.body)["query"]
        try:
            found = graph.query(query)
        except ParseException as error:
            return Reply(str(error), 400)
        if found.type in ("SELECT", "ASK"):
            return Reply(str(found.serialize(format="json"), "utf-8"), 200, {"Content-Type": RESULTS})
        return Reply(str(found.serialize(format="nt"), "utf-8"), 200, {"Content-Type": "application/n-triples"})

    with serving(answer) as server:
        yield f"{server.url}/sparql"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _load(store: str, data: bytes, form: str) -> None:
    """Send RDF to a server that may still be starting."""
    place = store if form == "application/n-quads" else f"{store}?default"
    sent = urllib.request.Request(place, data, {"Content-Type": form}, method="POST")
    for _ in range(200):
        try:
            with urllib.request.urlopen(sent, timeout=30):
                return
        except urllib.error.HTTPError as refused:
            pytest.fail(refused.read().decode())
        except urllib.error.URLError:
            time.sleep(0.02)
    pytest.fail("the server did not start")
