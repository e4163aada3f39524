"""A command within limits: time, memory and Ctrl-C end it although the engine hears nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUNAWAY = """
import sys
from kg.run import Limits, limited
from kg.store.embedded import Embedded

numbers = "{" + " ".join(map(str, range(2000))) + "}"
many = f"SELECT ({sys.argv[1]} AS ?n) {{ VALUES ?a {numbers} VALUES ?b {numbers} VALUES ?c {numbers} }}"
print("ready", flush=True)
with limited(Limits(float(sys.argv[2]), float(sys.argv[3]))):
    list(Embedded.memory().select(many).rows)
print("done", flush=True)
"""


def run(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", RUNAWAY, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("COUNT(*)", "0.3", "8000"), "0.3 seconds"),
        (("GROUP_CONCAT(CONCAT(STR(?a), 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'))", "20", "150"), "150 MB"),
    ],
    ids=["time", "memory"],
)
def test_a_limit_ends_the_process_and_says_which(arguments: tuple[str, str, str], words: str) -> None:
    started = time.monotonic()
    out, err = run(*arguments).communicate(timeout=30)
    assert words in err
    assert "raise it with --" in err
    assert "done" not in out
    assert time.monotonic() - started < 15


def test_the_status_is_that_of_limits() -> None:
    process = run("COUNT(*)", "0.2", "8000")
    process.communicate(timeout=30)
    assert process.returncode == 6


def test_ctrl_c_ends_it_at_once() -> None:
    process = run("COUNT(*)", "30", "8000")
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.5)  # until the engine is at work, where no signal handler of Python runs
    pressed = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert time.monotonic() - pressed < 1.5


def test_what_ends_in_time_is_left_alone() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = "from kg.run import Limits, limited\nwith limited(Limits(5, 4000)): pass\nprint('done')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
