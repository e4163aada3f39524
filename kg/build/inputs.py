"""What a build reads: entries with the statements beside them, shared names, links and identities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.claims.identity import Identity
from kg.claims.identity import read as read_identity
from kg.errors import EntryError, InputError, UsageError
from kg.imports.formats import is_foreign
from kg.link.mapping import Mapping
from kg.link.snapshot import Snapshot
from kg.model import Document, Entry, Statements
from kg.parse import Gazetteer, document, entries
from kg.project import Project
from kg.statements import read as read_statements
from kg.statements.bibliography import Bibliography, bibliography
from kg.terms import Vocabulary

ENTRY_SUFFIXES = (".txt", ".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A file of entries; ``stem`` is its key: the path below the folder that was read, without ending."""

    path: Path
    stem: str
    name: str

    @property
    def statements(self) -> Path:
        """The statements file that stands, or could stand, beside it."""
        return self.path.with_name(f"{self.path.stem}.claims.md")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all entries of a build have in common; it is small, and goes to every worker."""

    project: Project
    vocabulary: Vocabulary
    identity: Identity
    gazetteer: Gazetteer
    snapshot: Snapshot
    names: Statements | None
    library: Bibliography


@dataclass(frozen=True, slots=True)
class Read:
    """One entry as read, with the statements beside it."""

    file: GuideFile
    document: Document
    entry: Entry
    part: str
    statements: Statements | None


def guide_files(project: Project, paths: Sequence[Path], *, optional: bool = False) -> tuple[GuideFile, ...]:
    """Return the files to be read: those given, folders recursively, or all of the project's entries.

    Raises UsageError where nothing is found, unless entries are ``optional``. What lies among the imports is no entry.
    """
    roots = paths or [project.entries]
    inside = project.imports.resolve()
    guides = [it for it in roots if not it.resolve().is_relative_to(inside) and not is_foreign(it.name)]
    found = [file for root in guides for file in _files(root, project)]
    if not found and not optional:
        shown = ", ".join(map(str, roots))
        raise UsageError(f"no guide entries in {shown}: there is no file that ends in {', '.join(ENTRY_SUFFIXES)}")
    return tuple(dict.fromkeys(found))


def _files(root: Path, project: Project) -> Iterator[GuideFile]:
    if not root.is_dir():
        yield _file(root, root.parent, project)
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix.lower() in ENTRY_SUFFIXES:
            yield _file(path, root, project)


def _file(path: Path, below: Path, project: Project) -> GuideFile:
    below = project.entries if path.resolve().is_relative_to(project.entries) else below.resolve()
    relative = path.resolve().relative_to(below).with_suffix("")
    stem = "/".join(filter(None, [project.prefix, *relative.parts]))
    return GuideFile(path, stem, _shown(path, project))


def _shown(path: Path, project: Project) -> str:
    """Return how messages and the graph name a file: below the project, never with the machine's folders."""
    whole = path.resolve()
    return whole.relative_to(project.root).as_posix() if whole.is_relative_to(project.root) else path.name


def read_file(file: GuideFile, shared: Shared) -> Iterator[Read]:
    """Yield the entries of a file. Raises EntryError or StatementError for what cannot be read."""
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise EntryError(str(file.path), f"cannot be read: {error.strerror or error}") from error
    text = document(file.name, data)
    found = list(entries(text, shared.gazetteer))
    statements = _statements(file, text, shared)
    for ordinal, entry in enumerate(found, start=1):
        part = str(ordinal) if len(found) > 1 else ""
        yield Read(file, text, entry, part, statements if ordinal == 1 else None)


def _statements(file: GuideFile, text: Document, shared: Shared) -> Statements | None:
    path = file.statements
    return read_statements(_shown(path, shared.project), text_of(path), text) if path.is_file() else None


def text_of(path: Path) -> str:
    """Return a text file's contents. Raises InputError where it is no UTF-8 or cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is no UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error


def shared(project: Project, vocabulary: Vocabulary) -> Shared:
    """Return what the project's entries have in common."""
    names, table = project.root / "names.md", project.root / "identity.tsv"
    snapshot = project.snapshot()
    library = _library(project.root / "sources.bib")
    return Shared(
        project,
        vocabulary,
        read_identity(text_of(table), table.name) if table.is_file() else Identity(),
        Gazetteer(snapshot.known_names()),
        snapshot,
        read_statements(names.name, text_of(names), None) if names.is_file() else None,
        library,
    )


def _library(path: Path) -> Bibliography:
    """Return the outside sources. Raises InputError for the first fault of their file."""
    found = bibliography(path.name, text_of(path)) if path.is_file() else Bibliography()
    for fault in found.diagnostics:
        if fault.severity == "error":
            raise InputError(path.name, fault.message, line=fault.line, column=fault.column)
    return found


def links(project: Project) -> tuple[Mapping, ...]:
    """Return the reviewed links of the project; empty where it has none."""
    from kg.link.sssom import read

    path = project.links()
    return tuple(read(text_of(path), path.name)) if path else ()
