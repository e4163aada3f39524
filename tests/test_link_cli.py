"""``kg link`` and ``kg wikidata`` as a user meets them."""

from __future__ import annotations

import gzip
import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from link_server import Heard, Reply, serving

from kg.cli.link import link
from kg.cli.wikidata import wikidata
from kg.errors import InputError, RdfError, UsageError
from kg.link.sssom import read
from kg.vocab import WD, WDT

FLIGHTS = "qid\tlabel\tyear\nQ1\tVenture 1\t1961\nQ2\tVenture 11\t1969\n"
HUMANS = (
    f'<{WD}Q7> <http://www.w3.org/2000/01/rdf-schema#label> "Ada Lovelace" .\n'
    f"<{WD}Q7> <http://www.wikidata.org/prop/direct/P31> <{WD}Q5> .\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "missions.tsv").write_text(FLIGHTS)
    (tmp_path / "people.nt").write_text(HUMANS)
    (tmp_path / "names.tsv").write_text(
        "label\tkind\tyear\nVentrue 1\tmission\t\nVenture 2\tmission\t\nLovelace, Ada\tperson\t\n"
    )
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(link, ["match", "--input", str(folder / "names.tsv"), *arguments], catch_exceptions=False)


def test_each_line_of_the_input_has_its_answer(folder: Path) -> None:
    found = run(folder, "--snapshot", str(folder / "missions.tsv"), str(folder / "people.nt"), "--format", "tsv")
    rows = [line.split("\t") for line in found.stdout.splitlines()]
    assert [row[:2] for row in rows] == [
        ["label", "qid"],
        ["Ventrue 1", "Q1"],
        ["Venture 2", "none"],
        ["Lovelace, Ada", "Q7"],
    ]
    assert all(len(row) == 4 for row in rows)


def test_names_without_headings_are_answered_without(folder: Path) -> None:
    (folder / "names.tsv").write_text("Venture XI\tmission\t1969\n\nnobody\tperson\n")
    found = run(folder, "-s", str(folder / "missions.tsv"), "-f", "tsv")
    assert [line.split("\t")[1] for line in found.stdout.splitlines()] == ["Q2", "none", "none"]


def test_only_an_end_of_line_ends_a_line(folder: Path) -> None:
    (folder / "names.tsv").write_bytes("Venture\x0b11\tmission\r\n\u2028\r\n\r\n  Venture  1 \tmission\r\n".encode())
    found = run(folder, "-s", str(folder / "missions.tsv"), "-f", "tsv").stdout
    rows = [line.split("\t")[:2] for line in found.splitlines()]
    assert rows == [["Venture 11", "Q2"], [" ", "none"], ["", "none"], ["  Venture  1 ", "Q1"]]


@pytest.mark.parametrize(("name", "text"), [("empty.tsv", "a\tb\n"), ("empty.nt", "")])
def test_a_snapshot_without_items_is_no_snapshot(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(InputError, match="holds no items"):
        run(folder, "-s", str(folder / name))


def test_a_packed_snapshot_cut_short_is_refused(folder: Path) -> None:
    packed = gzip.compress(HUMANS.encode() * 100)
    (folder / "cut.nt.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(RdfError, match="unpacked"):
        run(folder, "-s", str(folder / "cut.nt.gz"))


def test_json_holds_every_candidate(folder: Path) -> None:
    found = json.loads(run(folder, "-s", str(folder / "missions.tsv"), "-f", "json").stdout)
    assert found[0]["answer"] == "Q1"
    assert found[0]["candidates"][0]["evidence"]


def test_a_table_may_be_told_its_kind(folder: Path) -> None:
    (folder / "x.tsv").write_text(FLIGHTS)
    assert "\tQ1\t" in run(folder, "-s", f"mission={folder / 'x.tsv'}", "-f", "tsv").stdout
    assert "\tQ1\t" not in run(folder, "-s", f"work={folder / 'x.tsv'}", "-f", "tsv").stdout


def test_a_terminal_gets_a_table(folder: Path) -> None:
    assert "Ventrue 1" in run(folder, "-s", str(folder / "missions.tsv"), "-f", "table").stdout


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (b"Venture 1\tship-ish\n", ":1:.*no kind of thing"),
        (b"Venture 1\tmission\tsoon\n", ":1:.*no year"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(folder: Path, names: bytes, problem: str) -> None:
    (folder / "names.tsv").write_bytes(names)
    with pytest.raises(InputError, match=problem):
        run(folder, "-s", str(folder / "missions.tsv"))


def test_without_a_snapshot_there_is_nowhere_to_look(folder: Path) -> None:
    with pytest.raises(UsageError, match="--snapshot"):
        run(folder)


def test_the_commands_are_where_the_manual_says(folder: Path) -> None:
    arguments = [
        "link",
        "match",
        "--input",
        str(folder / "names.tsv"),
        "--snapshot",
        str(folder / "gone.nt"),
        "--format",
        "tsv",
    ]
    found = subprocess.run([sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (3, "")
    assert len(found.stderr.splitlines()) == 1


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with one small entry, built."""
    from kg.build.pipeline import build
    from kg.project import Project

    root = tmp_path_factory.mktemp("project")
    (root / "kg.toml").write_text('title = "A guide"\nbase = "https://w3id.org/porthole/id/"\n')
    (root / "entries").mkdir()
    (root / "entries" / "s1e01.txt").write_text(
        "---\nseries: Saga\nseason: 1\nnumber: 1\ntitle: Pilot\n---\nVladimir Komarov flies.\n\n"
        "Cast: Jo Park (Eve), Ed White (Adam)\n"
    )
    build(Project.find(root))
    return root


def project(root: Path, *arguments: str, keys: str = "") -> Result:
    return CliRunner().invoke(link, [*arguments, "--project", str(root)], input=keys, catch_exceptions=False)


def test_links_are_proposed_decided_on_and_kept(built: Path) -> None:
    found = project(built, "propose")
    assert "6 new proposals, 6 to decide on: kg link review" in found.stderr
    text = (built / "links.sssom.tsv").read_text()
    proposed = [mapping for mapping in read(text) if mapping.decision == "proposed"]
    assert proposed
    assert not [
        mapping for mapping in proposed if "/character/" in mapping.subject and mapping.predicate.endswith("exactMatch")
    ]
    project(built, "review", "--reviewer", "0000-0002-1825-0097", keys="y\nn\nq\n" if len(proposed) > 2 else "y\n")
    decided = {mapping.key: mapping.decision for mapping in read((built / "links.sssom.tsv").read_text())}
    assert "accepted" in decided.values()
    project(built, "propose")
    again = {mapping.key: mapping.decision for mapping in read((built / "links.sssom.tsv").read_text())}
    assert {key: way for key, way in again.items() if way != "proposed"} == {
        key: way for key, way in decided.items() if way != "proposed"
    }


def _typed(terminal: int, keys: bytes, running: subprocess.Popen[bytes]) -> bytes:
    """Type each key at its prompt, again where the program did not listen yet; return what was shown."""
    shown, at = b"", 0
    while running.poll() is None:
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 100_000)
        elif (at := shown.count(b"q stop: ")) > 0:
            os.write(terminal, keys[at - 1 : at])
    return shown


def test_one_key_decides_at_a_terminal_and_another_undoes(built: Path) -> None:
    pty = pytest.importorskip("pty", reason="a terminal of our own")
    (built / "links.sssom.tsv").unlink(missing_ok=True)
    project(built, "propose")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "link", "review", "--reviewer", "An Editor", "--project", str(built)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as running:
        shown = _typed(ours, b"ynuq", running)
    assert running.returncode == 0
    os.close(theirs)
    os.close(ours)
    decisions = [link.decision for link in read((built / "links.sssom.tsv").read_text())]
    assert (decisions.count("accepted"), decisions.count("rejected")) == (1, 0)
    assert b"undo\r\n" in shown


def test_a_performer_is_known_by_the_series_that_both_are_in(built: Path, tmp_path: Path) -> None:
    rdf = "".join(
        f'<{WD}{qid}> <http://www.w3.org/2000/01/rdf-schema#label> "{name}" .\n<{WD}{qid}> <{WDT}P31> <{WD}{kind}> .\n'
        for qid, name, kind in (("Q1", "Jo Park", "Q5"), ("Q2", "Jo Park", "Q5"), ("Q92", "Saga", "Q5398426"))
    )
    (tmp_path / "wd.nt").write_text(f"{rdf}<{WD}Q92> <{WDT}P161> <{WD}Q2> .\n")
    found = read(project(built, "propose", "-s", str(tmp_path / "wd.nt"), "--dry-run").stdout)
    evidence = {link.qid: link.comment for link in found}
    assert "works in common: Saga (Q92)" in evidence["Q2"]
    assert "Q1" not in evidence


def test_a_service_is_asked_where_it_is_named(built: Path) -> None:
    manifest = json.dumps({"versions": ["0.2"], "name": "it", "identifierSpace": str(WD), "schemaSpace": str(WD)})

    def answer(heard: Heard, _: int) -> Reply:
        nothing = json.dumps({f"q{n}": {"result": []} for n in range(10)})
        return Reply(nothing if heard.body else manifest)

    with serving(answer) as server:
        found = project(built, "propose", "--service", server.url, "--dry-run")
    assert "0 with an item" in found.stderr
    assert found.stdout.startswith("#curie_map")


def test_nothing_is_given_back_without_links_of_works(built: Path) -> None:
    found = CliRunner().invoke(wikidata, ["statements", "--project", str(built), "--dry-run"], catch_exceptions=False)
    assert (found.exit_code, found.stdout) == (0, "")
    assert "nothing was sent" in found.stderr


ITEM = {"type": "item", "id": "Q7", "labels": {"en": {"language": "en", "value": "Ada"}}, "claims": {}}


def snapshot(folder: Path, *arguments: str) -> Result:
    output = ["snapshot", "-o", str(folder / "out.nt.gz"), *arguments]
    return CliRunner().invoke(wikidata, output, catch_exceptions=False, env={"PORTHOLE_CACHE": str(folder / "cache")})


def test_a_snapshot_is_filtered_from_a_dump(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "dump.json.gz", "wt") as file:
        file.writelines(["[\n", json.dumps(ITEM, separators=(",", ":")) + ",\n", '{"type":"item","id":"Q8"}\n', "]\n"])
    assert snapshot(tmp_path, "--dump", str(tmp_path / "dump.json.gz"), "--ids", "Q7").exit_code == 0
    assert gzip.decompress((tmp_path / "out.nt.gz").read_bytes()).decode() == (
        f'<{WD}Q7> <http://www.w3.org/2000/01/rdf-schema#label> "Ada"@en .\n'
    )
    manifest = json.loads((tmp_path / "out.nt.gz.manifest.json").read_text())
    assert (manifest["items"], len(manifest["sha256"]), "publicdomain" in manifest["licence"]) == (1, 64, True)


def test_a_dump_is_filtered_by_values_and_what_is_missing_is_said(tmp_path: Path) -> None:
    snak = {
        "snaktype": "value", "property": "P106", "datatype": "wikibase-item",
        "datavalue": {"type": "wikibase-entityid", "value": {"entity-type": "item", "id": "Q11631"}},
    }  # fmt: skip
    flyer = ITEM | {"claims": {"P106": [{"id": "Q7$A-B", "rank": "preferred", "mainsnak": snak}]}}
    (tmp_path / "dump.json").write_text(json.dumps(flyer) + "\n" + json.dumps(ITEM | {"id": "Q8"}) + "\n")
    found = snapshot(tmp_path, "--dump", str(tmp_path / "dump.json"), "--having", "P106=Q11631", "--ids", "Q9")
    assert "1 item\nkg: 1 of 1 were not found: Q9" in found.stderr
    assert b"<http://www.wikidata.org/prop/direct/P106>" in gzip.decompress((tmp_path / "out.nt.gz").read_bytes())


def test_a_snapshot_is_made_by_query(tmp_path: Path) -> None:
    rows = {"results": {"bindings": [{"item": {"value": f"{WD}Q7"}}]}}

    def answer(heard: Heard, _: int) -> Reply:
        return Reply(json.dumps(rows if "query=" in heard.path else {"entities": {"Q7": ITEM}}))

    with serving(answer) as server:
        found = snapshot(tmp_path, "--query", "astronauts", "--endpoint", server.url, "--api", server.url)
    assert found.exit_code == 0
    assert "Q11631" in json.loads((tmp_path / "out.nt.gz.manifest.json").read_text())["query"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], UsageError),
        (["--ids", "Q7", "--query", "astronauts"], UsageError),
        (["--dump", "gone.json"], UsageError),
        (["--dump", "gone.json", "--ids", "Q7"], InputError),
        (["--ids", "Q7,P31"], InputError),
        (["--dump", "gone.json", "--having", "P106"], InputError),
    ],
)
def test_a_snapshot_of_nothing_is_refused(tmp_path: Path, arguments: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        snapshot(tmp_path, *arguments)
    assert not (tmp_path / "out.nt.gz").exists()


def test_live_services_without_a_network_say_so_in_one_line_at_once(built: Path, tmp_path: Path) -> None:
    nobody = "http://nowhere.invalid/sparql"
    proposing = ["link", "propose", "--project", str(built), "--service", nobody]
    for arguments in (
        proposing,
        ["wikidata", "snapshot", "-o", str(tmp_path / "it.nt"), "--query", "astronauts", "--endpoint", nobody],
    ):
        start = time.monotonic()
        found = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PORTHOLE_CACHE": str(tmp_path / "cache")},
        )
        assert time.monotonic() - start < 10
        assert (found.returncode, found.stdout) == (5, "")
        assert len(found.stderr.splitlines()) == 1
        assert "works without a network" in found.stderr
    assert not (tmp_path / "it.nt").exists()
