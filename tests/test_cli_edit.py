"""``kg init``, ``new``, ``terms``, ``fmt`` and ``check`` as they are called."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import commands
from kg.cli.edit import _changes
from kg.cli.review import Review
from kg.errors import InputError, ProjectError, UsageError
from kg.project import Project

ROOT = Path(__file__).parents[1]
ENTRY = """\
---
series: Petrel
title: Up
---

1961: Mara Voss rides the rocket. It is late.

written by Ann Pell

Cast: Lou Carr (Mara Voss)

Notes: Mara Voss (1930-1961) was a real pilot.

LogBook entry by Ann Pell
"""
STATEMENTS = """\
entry: up.txt
by: Ann Pell

# Story
> Mara Voss rides the rocket
- Mara Voss | witnesses | Mara Voss
"""


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)), standalone_mode=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "petrel"
    assert kg("init", folder, "--title", "The “Petrel” guide").return_value == 0
    (folder / "entries" / "up.txt").write_text(ENTRY, encoding="utf-8")
    (folder / "entries" / "up.claims.md").write_text(STATEMENTS, encoding="utf-8")
    return folder


def test_init_makes_a_project_that_is_found(project: Path) -> None:
    found = Project.find(project)
    assert found.settings.title == "The “Petrel” guide"
    assert kg("check", "-p", project).return_value == 0


def test_init_refuses_a_second_project_and_a_bad_base(project: Path, tmp_path: Path) -> None:
    assert isinstance(kg("init", project).exception, ProjectError)
    assert isinstance(kg("init", tmp_path / "new", "--base", "ftp://x").exception, UsageError)
    assert not (tmp_path / "new").exists()


def test_init_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "names.md").write_text("# Things\n", encoding="utf-8")
    kg("init", tmp_path)
    assert (tmp_path / "names.md").read_text(encoding="utf-8") == "# Things\n"


def test_check_tells_place_and_remedy_worst_first(project: Path) -> None:
    path = project / "entries" / "up.claims.md"
    path.write_text(STATEMENTS.replace("rides the rocket\n- M", "rides a rocket\n- Marta Voss | wit | X\n- M"), "utf-8")
    answer = kg("check", "-p", project)
    lines = answer.stdout.splitlines()
    assert answer.return_value == 1
    assert lines[0].startswith("entries/up.claims.md:5:3: error: “Mara Voss rides a rocket” does not stand in")
    assert "nearest there: “Mara Voss rides the rocket." in lines[0]
    assert any("nearest: Mara Voss" in line for line in lines)


def test_check_shows_twenty_and_counts_the_rest(project: Path) -> None:
    wrong = "".join(f"- Nobody {number} | witnesses | Mara Voss\n" for number in range(40))
    (project / "entries" / "up.claims.md").write_text(STATEMENTS + wrong, encoding="utf-8")
    told = [line for line in kg("check", "-p", project).stdout.splitlines() if "claims.md" in line]
    assert len(told) == 21
    assert told[-1].endswith("… and 20 more")


def test_check_of_one_file_leaves_others_alone(project: Path) -> None:
    (project / "entries" / "stray.claims.md").write_text("nonsense\n", encoding="utf-8")
    assert kg("check", project / "entries" / "up.claims.md").return_value == 0
    assert kg("check", "-p", project).return_value == 1
    assert isinstance(kg("check", project / "entries" / "stray.claims.md").exception, UsageError)


def test_check_names_quotes_that_no_longer_stand(project: Path) -> None:
    entry = project / "entries" / "up.txt"
    entry.write_text(ENTRY.replace("It is late.", "It is late, and cold.").replace("1961: M", "In 1961, M"), "utf-8")
    assert kg("check", "-p", project).return_value == 0
    entry.write_text(ENTRY.replace("rides the rocket", "rode the rocket"), encoding="utf-8")
    assert "Mara Voss rode the rocket" in kg("check", "-p", project).stdout


def test_check_looks_again_when_a_file_changes(project: Path) -> None:
    review = Review(Project.find(project))
    stale = review.stamp()
    (project / "names.md").write_text("# Things\n- Comet | is a | mission\n", encoding="utf-8")
    assert list(islice(_changes(review, (), stale), 1)) == [None]


def test_check_of_one_file_takes_less_than_a_second(project: Path) -> None:
    guide = ROOT / "data" / "missions" / "entries" / "s1e01.claims.md"
    begun = time.process_time()
    review = Review(Project.bundled())
    assert not any(found.refused for found in review.files([guide]))
    assert time.process_time() - begun < 1


def test_new_statements_scaffolds_what_check_accepts(project: Path) -> None:
    path = project / "entries" / "up.claims.md"
    path.unlink()
    assert kg("new", "statements", project / "entries" / "up.txt", "-o", path).return_value == 0
    assert "> Mara Voss (1930-1961) was a real pilot." in path.read_text(encoding="utf-8")
    assert kg("check", "-p", project).return_value == 0
    assert isinstance(kg("new", "statements", project / "entries" / "up.txt", "-o", path).exception, UsageError)


def test_terms_lists_what_may_be_written(project: Path) -> None:
    answer = kg("terms", "crew", "-p", project)
    assert "crew member\tArgos mission | crew member | Jeanne Renoir" in answer.stdout.splitlines()
    assert kg("terms", "nosuchword", "-p", project).return_value == 1
    assert "planet\t… | is a | planet" in kg("terms", "-p", project).stdout.splitlines()


def test_fmt_writes_or_only_tells(project: Path) -> None:
    path = project / "entries" / "up.claims.md"
    path.write_text(STATEMENTS.replace("- Mara", "-   Mara"), encoding="utf-8")
    assert kg("fmt", "--check", "-p", project).return_value == 1
    assert kg("fmt", "-p", project).stdout.splitlines() == [str(path)]
    assert path.read_text(encoding="utf-8") == STATEMENTS
    assert kg("fmt", "--check", "-p", project).return_value == 0


def test_fmt_prints_the_twin_and_back(project: Path, tmp_path: Path) -> None:
    twin = kg("fmt", project / "entries" / "up.claims.md", "--to", "json").stdout
    assert json.loads(twin)["statements"][0]["property"] == "witnesses"
    (tmp_path / "up.json").write_text(twin, encoding="utf-8")
    assert kg("fmt", tmp_path / "up.json", "--to", "md").stdout == STATEMENTS


def test_fmt_refuses_to_convert_what_it_cannot_read(tmp_path: Path) -> None:
    bad = tmp_path / "bad.claims.md"
    bad.write_text("# Story\nnonsense\n", encoding="utf-8")
    found = kg("fmt", bad, "--to", "json").exception
    assert isinstance(found, InputError)
    assert found.line == 2


def test_a_broken_project_gives_one_line(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "copy")
    (tmp_path / "copy" / "names.md").write_bytes(b"\xff\xfe\x00")
    command = [sys.executable, "-m", "kg", "check", "-p", str(tmp_path / "copy")]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert answer.returncode == 3
    assert answer.stderr.count("\n") == 1
    assert "names.md" in answer.stderr
