"""How a build becomes current: whole or not at all, whatever happens on the way."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.build import publish
from kg.errors import ProjectError
from kg.project import Project, Settings
from kg.vocab import Iri, Literal, Quad

GRAPH = Iri("https://example.org/g")


def quads(*values: str) -> frozenset[Quad]:
    return frozenset(
        Quad(Iri("https://example.org/s"), Iri("https://example.org/p"), Literal(v), GRAPH) for v in values
    )


def published(builds: Path, *values: str) -> Path:
    return publish.publish(publish.draft(builds, quads(*values)), {"n": len(values)})


def now(builds: Path) -> set[str]:
    store = Project(builds, Settings(), builds).store()
    return {str(quad.object.value) for quad in store.quads()}  # type: ignore[union-attr]


def test_the_last_build_is_current_and_the_one_before_is_kept(tmp_path: Path) -> None:
    for value in ("a", "b", "c"):
        published(tmp_path, value)
    assert now(tmp_path) == {"c"}
    assert len(list(tmp_path.glob("*/build.json"))) == publish.KEPT


def test_equal_content_is_the_same_build_whatever_its_order(tmp_path: Path) -> None:
    assert published(tmp_path, "a", "b") == published(tmp_path, "b", "a")


def test_a_draft_changes_nothing_until_it_is_published(tmp_path: Path) -> None:
    published(tmp_path, "a")
    publish.draft(tmp_path, quads("b"))
    assert now(tmp_path) == {"a"}


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_build_publish import quads
from kg.build import publish
publish.draft(Path({builds!r}), quads("half"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_build_leaves_the_old_one_and_is_swept_away_by_the_next(tmp_path: Path) -> None:
    published(tmp_path, "a")
    code = KILLED.format(tests=str(Path(__file__).parent), builds=str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", code], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert now(tmp_path) == {"a"}
    assert list(tmp_path.glob(".new-*"))
    published(tmp_path, "b")
    assert not list(tmp_path.glob(".new-*"))


def test_the_draft_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    other = publish.draft(tmp_path, quads("other"))
    (other.folder / "pid").write_text(str(os.getppid()))
    published(tmp_path, "a")
    assert other.folder.exists()


def test_readers_see_whole_builds_while_others_are_published(tmp_path: Path) -> None:
    published(tmp_path, "0", "0'")
    seen: list[set[str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(now(tmp_path))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(1, 6):
        published(tmp_path, str(number), f"{number}'")
    done.set()
    for thread in threads:
        thread.join()
    assert seen
    assert all(values == {min(values), min(values) + "'"} for values in seen)


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="cannot be written"):
        publish.draft(tmp_path / "file" / "builds", quads("a"))
