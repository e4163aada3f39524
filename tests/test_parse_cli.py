"""``kg parse`` as a user calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ENTRIES = Path(__file__).parent / "entries"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", "parse", *map(str, arguments)], capture_output=True, text=True)


def test_entries_are_printed_as_json() -> None:
    done = run(ENTRIES / "archive.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["title"] for one in json.loads(done.stdout)] == ["Windfall", "Graft"]


def test_a_folder_is_read_recursively(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.txt").write_bytes((ENTRIES / "archive.txt").read_bytes())
    (tmp_path / "a" / "notes.md").write_text("no entry")
    assert len(json.loads(run(tmp_path).stdout)) == 2


def test_text_is_for_readers() -> None:
    done = run(ENTRIES / "lantern-bay.txt", "--format", "text")
    assert "Guest Cast: Barnacle as himself" in done.stdout


def test_a_code_is_explained() -> None:
    assert "misspelt" in run("--explain", "verb-corrected").stdout


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\x00\x01", "binary"),
        ("Zoë".encode("latin-1"), "UTF-8"),
        (b"Nothing found.", "no episode entry"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(data)
    done = run(page)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert problem in done.stderr
    assert "page.txt" in done.stderr


def test_a_bad_file_does_not_keep_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes((ENTRIES / "archive.txt").read_bytes())
    done = run(tmp_path)
    assert done.returncode == 3
    assert len(json.loads(done.stdout)) == 2


@pytest.mark.parametrize("arguments", [[], ["--explain", "nonsense"]])
def test_wrong_use_is_told(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_real_entry_is_read_as_it_says(shared: Path) -> None:
    check = [sys.executable, str(shared / "checks" / "seed.py"), sys.executable, "-m", "kg"]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
