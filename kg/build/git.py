"""What git keeps: the files of a folder as they were at a revision. The one module that calls git.

Nothing in the repository is touched, its index neither: a folder is checked out elsewhere by an index of its own, and
so with the line ends and filters that git would give it here.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from kg.errors import ProjectError, UsageError


def tree(folder: Path, revision: str, path: str = "") -> str:
    """Return git's name for a folder, or for what lies at a path below it, as it was at a revision.

    Raises UsageError where there is no git, no repository, no such revision or nothing at the path, ProjectError where
    the folder itself was not there.
    """
    below = _asked(folder, "rev-parse", "--show-prefix").strip()
    commit = _commit(folder, revision)
    for place in dict.fromkeys((os.path.normpath(f"{below}{path}"), os.path.normpath(path or below or "."))):
        found = _run(folder, "rev-parse", "--verify", "--quiet", f"{commit}:{'' if place == '.' else place}")
        if found.returncode == 0:
            return found.stdout.decode().strip()
    if path:
        raise UsageError(f"{path}: did not exist at {revision}")
    raise ProjectError(f"{folder}: did not exist at {revision}")


def is_folder(folder: Path, name: str) -> bool:
    """Whether what git knows by a name is a folder, and not a file."""
    return _asked(folder, "cat-file", "-t", name).strip() == "tree"


def contents(folder: Path, name: str) -> bytes:
    """Return the contents of a file that git knows by a name."""
    return _checked(_run(folder, "cat-file", "blob", name)).stdout


def check_out(folder: Path, name: str, into: Path) -> None:
    """Write the files of a folder that git knows by a name."""
    into.mkdir(parents=True)
    index = {"GIT_INDEX_FILE": str(into.with_name(f".{into.name}.index"))}
    _checked(_run(folder, "read-tree", name, extra=index))
    top = Path(_asked(folder, "rev-parse", "--show-toplevel").strip())
    _checked(_run(top, "checkout-index", "--all", "--quiet", f"--prefix={into.resolve()}/", extra=index))


def _commit(folder: Path, revision: str) -> str:
    found = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if revision.startswith("-") or found.returncode:
        raise UsageError(f"there is no revision “{revision}” in the git repository of {folder}; git log lists them")
    return found.stdout.decode().strip()


def _asked(folder: Path, *arguments: str) -> str:
    return _checked(_run(folder, *arguments)).stdout.decode()


def _checked(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[bytes]:
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise UsageError(f"git: {said.removeprefix('fatal: ')}")
    return done


def _run(folder: Path, *arguments: str, extra: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", **(extra or {})}
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False, env=environment)
    except FileNotFoundError:
        raise UsageError("git is not installed: compare builds or files instead") from None
