"""Completion in real shells, each in a terminal of its own: what stands on the line after Tab was pressed."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from queries_guide import BASE, built

from kg.vocab import RDFS, Iri, Literal, Quad

ROOT = Path(__file__).parents[1]
SHELLS = ("bash", "zsh", "fish")

# each shell writes the line as it stands into a file when Control-T is pressed
SETUP = {
    "bash": """PS1='$ '; eval "$(kg completion bash)"; bind -x '"\\C-t": printf "%s" "$READLINE_LINE" >"$LINE"'
bind 'set enable-bracketed-paste off'; bind 'set completion-query-items 0'; bind 'set page-completions off'
""",
    "zsh": """PS1='$ '; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; eval "$(kg completion zsh)"
told() { print -rn -- "$BUFFER" >"$LINE" }; zle -N told; bindkey '^T' told; bindkey '^I' complete-word; setopt no_beep
""",
    "fish": """function fish_prompt; echo '$ '; end; function fish_greeting; end
kg completion fish | source; bind \\ct 'printf %s (commandline | string collect) >"$LINE"'
""",
}
START = {"bash": ["bash", "--norc", "-i"], "zsh": ["zsh", "-f", "-i"], "fish": ["fish", "--no-config", "-i"]}


class Terminal:
    """A shell in a terminal, with ``kg`` on its path and completion switched on."""

    def __init__(self, shell: str, project: Path, folder: Path) -> None:
        self.line = folder / "line"
        self.shell = shell
        setup = folder / "setup"
        setup.write_text(SETUP[shell], encoding="utf-8")
        pid, self.terminal = pty.fork()
        if not pid:
            os.chdir(project)
            os.execvpe(START[shell][0], START[shell], environment(folder, LINE=str(self.line)))
        self.pid = pid
        self.press(f"source {setup}; echo rea''dy\r")
        self.read(20, b"ready\r\n")

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def read(self, seconds: float, words: bytes = b"") -> bytes:
        """Read what the terminal shows for a while, or until some words stand there."""
        seen, end = b"", monotonic() + seconds
        while not (words and words in seen) and monotonic() < end:
            if select.select([self.terminal], [], [], 0.02)[0]:
                seen += os.read(self.terminal, 65536)
        return seen

    def completed(self, typed: str) -> str:
        """Return the line that stands there once something was typed and Tab pressed."""
        self.line.unlink(missing_ok=True)
        self.press(f"\x15{typed}\t")  # Control-U empties the line first
        end = monotonic() + 15
        found = typed
        while found.rstrip() == typed.rstrip() and monotonic() < end:
            self.read(0.3)
            self.press("\x14")
            self.read(0.1)
            found = self.line.read_text(encoding="utf-8") if self.line.is_file() else typed
        return found

    def close(self) -> None:
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment whose ``kg`` is the one of this checkout."""
    program = folder / "bin" / "kg"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "TERM": "xterm", "LC_ALL": "C.UTF-8",
            "HOME": str(folder), **more}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completion") / "project"
    folder.mkdir()
    (folder / "kg.toml").write_text('base = "https://example.org/id/"\n', encoding="utf-8")
    bar = Quad(Iri(BASE + "place/neils"), RDFS.label, Literal('Neil O\'Hara’s, the "Hull"'), Iri(BASE + "background"))
    shutil.copytree(built(folder.parent, [bar]), folder / ".kg")
    return folder


@pytest.fixture(scope="module", params=SHELLS)
def terminal(
    request: pytest.FixtureRequest, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    found = Terminal(request.param, project, tmp_path_factory.mktemp(request.param))
    yield found
    found.close()


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("kg query cast-", "kg query cast-of-episode"),
        ("kg query cast-of-episode --epi", "kg query cast-of-episode --episode"),
        ("kg query departures --verdict inv", "kg query departures --verdict invented"),
        ("kg query crew-of-mission --world tide", "kg query crew-of-mission --world tideline"),
        ("kg query credits --person=Ki", "kg query credits --person=Kit Lane"),
        ("kg query credits --person Ki", "kg query credits --person Kit Lane"),
        ("kg query credits --person ki", "kg query credits --person Kit Lane"),
        ('kg query credits --person "Kit L', "kg query credits --person Kit Lane"),
        ("kg query credits --person 'Kit L", "kg query credits --person Kit Lane"),
        ("kg query credits --person Kit\\ L", "kg query credits --person Kit Lane"),
        ("kg query episodes-of-person --person Ben", "kg query episodes-of-person --person Ben Öst"),
        ("kg query cast-of-episode --episode Tideline:", "kg query cast-of-episode --episode Tideline: Ebb"),
        ("kg query evidence --entity Neil", 'kg query evidence --entity Neil O\'Hara’s, the "Hull"'),
        ('kg query evidence --entity "Neil O', 'kg query evidence --entity Neil O\'Hara’s, the "Hull"'),
    ],
)
def test_tab_completes_names_parameters_and_values(typed: str, line: str, terminal: Terminal) -> None:
    """The shell reads what stands there as the words that are meant, however it quotes them."""
    found = terminal.completed(typed)
    assert " ".join(shlex.split(found)) == line, found


def candidates(line: str, project: Path, folder: Path) -> list[str]:
    """Return what a shell is given for a line, as zsh gets it."""
    asked = environment(folder, _KG_COMPLETE="zsh")
    ended = subprocess.run([folder / "bin" / "kg", line], cwd=project, env=asked, capture_output=True, check=True)
    return [it.partition("\x1f")[0] for it in ended.stdout.decode().splitlines()]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("kg query credits --person kit", ["Kit Lane"]),
        ("kg query episodes-of-person --person 'ben os", ["Ben Öst"]),
        ("kg query crew-of-mission --world ", ["actual", "tideline"]),
        ("kg query credits --person Nobody", []),
        ("kg query no-such-query --", []),
        ("kg query concordance --words p", ["parachute"]),
        ("kg query --format open", ["openapi"]),
    ],
)
def test_candidates(line: str, found: list[str], project: Path, tmp_path: Path) -> None:
    assert candidates(line, project, tmp_path) == found


def test_a_file_is_left_to_the_shell(project: Path, tmp_path: Path) -> None:
    assert candidates("kg query -p ", project, tmp_path) == [""]


def test_names_come_with_what_they_answer(project: Path, tmp_path: Path) -> None:
    asked = environment(tmp_path, _KG_COMPLETE="fish")
    ended = subprocess.run([tmp_path / "bin" / "kg", "kg query voi"], cwd=project, env=asked, capture_output=True)
    assert ended.stdout.decode() == "voices\x1fPerformances by voice, and whose voice it is.\n"


def test_an_answer_comes_soon(project: Path, tmp_path: Path) -> None:
    """A generous bound for a busy machine; it takes about 150 ms on a quiet one."""
    times = []
    for _ in range(3):
        start = monotonic()
        assert candidates("kg query credits --person K", project, tmp_path) == ["Kit Lane"]
        times.append(monotonic() - start)
    assert min(times) < 1.0
