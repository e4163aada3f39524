"""A SPARQL server of another maker, which tests start and load."""

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

import pytest


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
