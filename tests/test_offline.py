"""Without a network everything but live services works: no command even tries to reach one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# runs commands in a process that ends where anything asks for a connection or an address
DRIVER = """
import os, shlex, socket, sys

def refused(*_, **__):
    os.write(2, b"the network was asked\\n")
    os._exit(99)

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refused
from kg.cli import commands
for line in sys.stdin.read().splitlines():
    os.write(2, f"> {line}\\n".encode())
    status = commands.main(shlex.split(line), standalone_mode=False)
    if status not in (None, 0, 1):
        sys.exit(status)
"""
COMMANDS = f"""\
demo
query
query missions-timeline -o times.csv
query departures --format html
sparql 'SELECT ?a {{ ?a a ph:Mission }}'
show mission/soyuz-1
why mission/soyuz-1 'crew member' person/vladimir-komarov
validate --format table
reason --data data.ttl --ontology {ROOT}/ontology/porthole.ttl -o new.nt
validate --data data.ttl --shapes {ROOT}/ontology/ontology.shapes.ttl
export -f jsonld -o all.jsonld
export -f turtle -o all.ttl
link propose --dry-run
wikidata statements --dry-run
check
terms
"""


def run(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "data.ttl").write_text("<urn:a> a <https://w3id.org/porthole/ontology#Mission> .", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PORTHOLE_CACHE": str(folder / "cache")}
    driver = [sys.executable, "-c", DRIVER]
    return subprocess.run(
        driver, input=commands, capture_output=True, text=True, check=False, cwd=folder, env=environment
    )


def test_no_command_asks_the_network(tmp_path: Path) -> None:
    ended = run(COMMANDS, tmp_path)
    assert ended.returncode == 0, ended.stderr[-2_000:]
    assert ended.stderr.count("\n> ") == len(COMMANDS.splitlines()) - 1


def test_live_services_do(tmp_path: Path) -> None:
    ended = run("sparql 'ASK {}' --endpoint http://127.0.0.1:9/\n", tmp_path)
    assert (ended.returncode, "the network was asked" in ended.stderr) == (99, True)
