"""Taking a file into a project: read as a build would read it, then copied beside its card, whole or not at all."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.build.imports import Importer, ImportFile, bytes_of, changes, digest, import_file, read_foreign
from kg.build.inputs import shared, text_of
from kg.build.ontology import terms
from kg.claims.foreign.imported import Imported, imported
from kg.errors import InputError, UsageError
from kg.imports import detected
from kg.imports.cards import ENDING, Card, write_card
from kg.iris import slug
from kg.model import Diagnostic, OutsideSource
from kg.project import Project
from kg.statements.bibliography import bibliography, bibtex

_KEY = re.compile(r"[A-Za-z0-9][\w.:-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Given:
    """What a user says of files to be imported; what is empty is found out."""

    source: str = ""
    world: str = "actual"
    form: str = ""
    mapping: Path | None = None
    title: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read and can be taken in: what it gives, and what is to be written where."""

    name: str
    target: Path
    data: bytes
    card: Card
    mapping: bytes | None
    described: OutsideSource
    statements: int
    given: Imported
    changes: tuple[Diagnostic, ...]
    state: str


def prepare(path: Path, given: Given, project: Project) -> Prepared:
    """Return what is to be written for a file. Raises InputError, RdfError or LimitError where it cannot be read."""
    known = terms(project)
    importer = Importer(shared(project, known.vocabulary), known)
    data = bytes_of(path, str(path))
    target = path if path.resolve().is_relative_to(project.imports.resolve()) else project.imports / path.name
    before = import_file(project, target) if target.is_file() else None
    card = _card(path, given, data, before)
    named = ImportFile(path, str(path), card)
    said = read_foreign(named, data, given.mapping)
    source = card.source or _key(said.title) or _key(path.stem) or "import"
    card = Card(source, card.format, card.world, card.mapping, card.read, card.sha256)
    file = ImportFile(target, f"imports/{target.name}", card)
    found = imported(said, importer.importing(file))
    described = OutsideSource(
        source, given.title or said.title or source, (), "", given.url or said.url, "", given.licence or said.licence
    )
    return Prepared(
        str(path),
        target,
        data,
        card,
        given.mapping.read_bytes() if given.mapping else None,
        described,
        len(said.statements),
        found,
        (*(it for it in found.left if it.code == "changed-form"), *changes(found.literals)),
        _state(before, card, target),
    )


def _card(path: Path, given: Given, data: bytes, before: ImportFile | None) -> Card:
    """Return the card of a file; what an earlier import of it said stays, unless the user says otherwise."""
    old = before.card if before and before.card else Card("")
    if before and old.source and given.source and slug(old.source) != slug(given.source):
        raise UsageError(
            f"{before.name} is there already, of source “{old.source}”: rename {path.name}, or remove that"
        )
    if given.source and not _KEY.fullmatch(given.source):
        raise UsageError(f"“{given.source}” is no key of a source: use letters, digits, hyphens and underscores")
    if not any(sign.isalnum() for sign in given.world):
        raise UsageError(f"“{given.world}” is no world: write actual, or the name of a story")
    form = given.form or old.format or detected(path.name, data[:200_000].decode("utf-8", "replace"))
    world = given.world if given.world != "actual" else old.world
    mapping = given.mapping.name if given.mapping else old.mapping
    state = digest(data)
    day = old.read if old.sha256 == state else date.today().isoformat()
    return Card(given.source or old.source, form, world, mapping, day, state)


def _key(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))[:40].strip("-")


def _state(before: ImportFile | None, card: Card, target: Path) -> str:
    where = f"imports/{target.name}"
    if before is None:
        return f"copied to {where}"
    same = before.card is not None and before.card.sha256 == card.sha256
    return f"unchanged in {where}" if same else f"replaced in {where}"


# --- writing --------------------------------------------------------------------------------------------------------


def write(prepared: Sequence[Prepared], project: Project) -> None:
    """Write the files with their cards and mappings, and what sources.bib does not say yet.

    Each file is written beside its place and moved there. Raises InputError where nothing can be written.
    """
    files: dict[Path, bytes] = {}
    for it in prepared:
        files[it.target] = it.data
        if it.mapping is not None:
            files[it.target.with_name(it.card.mapping)] = it.mapping
        files[it.target.with_name(it.target.name + ENDING)] = write_card(it.card, it.target.name).encode()
    library = project.root / "sources.bib"
    text = text_of(library) if library.is_file() else ""
    files[library] = described(text, (it.described for it in prepared), library.name).encode()
    _written({path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data})


def described(text: str, sources: Iterable[OutsideSource], name: str) -> str:
    """Return a bibliography that tells of all the sources; what it says already stays as it is."""
    found = bibliography(name, text)
    for fault in found.diagnostics:
        if fault.severity == "error":
            raise InputError(name, fault.message, line=fault.line, column=fault.column)
    known = {slug(key) for key in found.keys}
    for source in sources:
        if slug(source.key) not in known:
            known.add(slug(source.key))
            text = f"{text.rstrip()}\n\n{bibtex(source)}".lstrip()
    return text


def _written(files: dict[Path, bytes]) -> None:
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
            parts[part] = path
            part.write_bytes(data)
        for part, path in parts.items():
            os.replace(part, path)
    except OSError as error:
        raise InputError(str(error.filename or "imports"), f"cannot be written: {error.strerror or error}") from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
