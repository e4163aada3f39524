"""How a build becomes the current one: written beside the old one, checked, renamed, and named in a small file.

Readers see the old build or the new one, never half of one. What a killed build left behind is swept away by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ProjectError
from kg.store.embedded import Embedded
from kg.vocab import Quad, n_quads

KEPT = 2  # the current build, and the one before it for those who still read it


@dataclass(frozen=True, slots=True)
class Draft:
    """A build that is written but not yet current; its digest is the SHA-256 of its sorted canonical N-Quads."""

    folder: Path
    digest: str

    @property
    def store(self) -> Path:
        """The folder of its store."""
        return self.folder / "store"


def draft(builds: Path, quads: frozenset[Quad]) -> Draft:
    """Write quads as a new store in a folder of its own. Raises ProjectError where nothing can be written."""
    text = n_quads(quads)
    name = hashlib.sha256(text.encode()).hexdigest()
    folder = builds / f".new-{uuid.uuid4().hex[:8]}"
    try:
        builds.mkdir(parents=True, exist_ok=True)
        _sweep(builds)
        folder.mkdir()
        (folder / "pid").write_text(str(os.getpid()), encoding="utf-8")
        Embedded.create(folder / "store", quads, text)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ProjectError(f"{builds}: the build cannot be written: {error.strerror or error}") from error
    return Draft(folder, name)


def publish(new: Draft, manifest: Mapping[str, Any]) -> Path:
    """Make a draft the current build and return its folder; equal content keeps the folder that it has."""
    builds = new.folder.parent
    name = new.digest[:16]
    final = builds / name
    try:
        (new.folder / "build.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        (new.folder / "pid").unlink()
        if (final / "build.json").is_file():
            shutil.rmtree(new.folder)
        else:
            shutil.rmtree(final, ignore_errors=True)
            new.folder.rename(final)
        _name(builds / "current", name)
        _prune(builds, name)
    except OSError as error:
        raise ProjectError(f"{builds}: the build cannot be published: {error.strerror or error}") from error
    return final


def _name(current: Path, name: str) -> None:
    beside = current.with_name(f".current-{uuid.uuid4().hex[:8]}")
    beside.write_text(name + "\n", encoding="utf-8")
    os.replace(beside, current)


def _prune(builds: Path, current: str) -> None:
    finished = [path.parent for path in builds.glob("*/build.json") if path.parent.name != current]
    finished.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in finished[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _sweep(builds: Path) -> None:
    """Remove drafts whose process is gone: a build that was killed left them."""
    for left in builds.glob(".new-*"):
        if not _alive(left / "pid"):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: Path) -> bool:
    try:
        os.kill(int(pid.read_text(encoding="utf-8")), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True
