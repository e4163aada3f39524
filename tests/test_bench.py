"""Every benchmark still runs: a short smoke run of each, far below the sizes that its figures are made with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SMOKE = {
    "parse": ["2000"],
    "queries": ["20000"],
    "reason": ["300", "--engines", "compiled", "owlrl", "--output", os.devnull],
    "validate": ["--sizes", "500", "--shapes", "core", "--pyshacl", "500"],
    "edits": ["800", "--entries", "2", "--output", os.devnull],
    "export": ["2000", "--rounds", "1"],
}


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("name", "arguments"), SMOKE.items(), ids=SMOKE)
def test_a_benchmark_runs(name: str, arguments: list[str]) -> None:
    ended = run(name, *arguments)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout


def test_each_has_its_table() -> None:
    measured = {path.stem for path in (ROOT / "bench").glob("*.md")} - {"README"}
    assert measured <= {path.stem for path in (ROOT / "bench").glob("*.py")}
