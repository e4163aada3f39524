"""The wheel and the editable install: both carry ontology, queries, guide and snapshot, and work in any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [*map(str, command)], cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    ended = run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    if ended.returncode:
        pytest.fail(ended.stderr)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_carries_what_the_program_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "kg/py.typed",
        "kg/_share/ontology/porthole.ttl",
        "kg/_share/ontology/porthole.shapes.ttl",
        "kg/_share/queries/cast/cast-of-episode.rq",
        "kg/_share/data/missions/kg.toml",
        "kg/_share/data/wikidata/snapshot.ttl",
    }
    assert wanted <= names


def test_the_wheel_works_in_a_clean_environment_and_any_folder(wheel: Path, tmp_path: Path) -> None:
    environment, folder = tmp_path / "venv", tmp_path / "elsewhere"
    folder.mkdir()
    assert run(sys.executable, "-m", "venv", environment, cwd=tmp_path).returncode == 0
    installed = run(environment / "bin" / "pip", "install", "-q", wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    for command in (["kg", "demo"], ["porthole", "query", "credits", "--episode", "s1e01"]):
        ended = run(environment / "bin" / command[0], *command[1:], cwd=folder, PORTHOLE_CACHE=str(tmp_path / "cache"))
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout


def test_this_install_finds_its_files_from_any_folder(tmp_path: Path) -> None:
    code = "from kg.resources import shared; print(shared('ontology', 'porthole.ttl').is_file())"
    ended = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert ended.stdout.strip() == "True"
