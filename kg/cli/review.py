"""What is wrong in a project's own files, found without building anything: the work behind ``kg check``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from kg.build.claiming import scene_of, statements_of
from kg.build.inputs import ENTRY_SUFFIXES, GuideFile, Read, Shared, guide_files, read_file, shared, text_of
from kg.errors import InputError, UsageError
from kg.model import Diagnostic
from kg.project import Project
from kg.statements import Bibliography, bibliography, check, declared
from kg.store.embedded import read_file as read_rdf
from kg.terms import Vocabulary, vocabulary
from kg.vocab import ONTOLOGY_GRAPH

STATEMENTS = ".claims.md"
SOURCES = "sources.bib"
Stamp: TypeAlias = tuple[tuple[str, int, int], ...]
_WORST_FIRST = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file and what was found in it, the worst first."""

    name: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def refused(self) -> bool:
        """Whether a build would stop at this file."""
        return any(found.severity == "error" for found in self.diagnostics)


@dataclass(frozen=True)
class Review:
    """A project under review; what all its files share is read once, when it is first wanted."""

    project: Project

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The properties and kinds that may be written."""
        quads = (quad for path in self.project.ontology() for quad in read_rdf(path, ONTOLOGY_GRAPH))
        return vocabulary(quad.triple for quad in quads)

    @cached_property
    def common(self) -> Shared:
        """What all entries have in common."""
        return shared(self.project, self.vocabulary)

    @cached_property
    def sources(self) -> Bibliography:
        """The outside sources; none where the project keeps no bibliography."""
        path = self.project.root / SOURCES
        return bibliography(path.name, text_of(path)) if path.is_file() else Bibliography()

    def files(self, paths: Sequence[Path] = ()) -> Iterator[Reviewed]:
        """Yield what is wrong in the given files, or in all files of the project.

        Raises UsageError for a statements file without an entry beside it.
        """
        if paths:
            wanted = [self._of(path) for path in paths]
        else:
            wanted = list(guide_files(self.project, ())) if self.project.entries.is_dir() else []
            yield from self._shared_files()
            yield from self._strays(wanted)
        for file in wanted:
            yield from self._shared_files() if file is None else self._file(file)

    def entries(self, path: Path) -> list[Read]:
        """Return the entries of a file. Raises EntryError where it cannot be read."""
        return list(read_file(guide_files(self.project, [path])[0], self.common))

    def statements_files(self) -> Iterator[Path]:
        """Yield the project's files of statements: shared names, and what stands beside entries."""
        names = self.project.root / "names.md"
        yield from [names] if names.is_file() else []
        yield from sorted(self.project.entries.rglob(f"*{STATEMENTS}")) if self.project.entries.is_dir() else ()

    def stamp(self, paths: Sequence[Path] = ()) -> Stamp:
        """Return what tells that one of the files under review was written: names, sizes and times."""
        root = self.project.root
        folders = [self.project.entries, root / "ontology"]
        found = {root / name for name in ("kg.toml", "names.md", SOURCES, "identity.tsv")} | set(paths)
        found |= {path for folder in folders if folder.is_dir() for path in folder.rglob("*")}
        stats = ((path, path.stat()) for path in sorted(found) if path.is_file())
        return tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)

    def _of(self, path: Path) -> GuideFile | None:
        """Return the entry that a path is, or stands beside; None for the files that all entries share."""
        if path.name in ("names.md", SOURCES):
            return None
        if not path.name.endswith(STATEMENTS):
            return guide_files(self.project, [path])[0]
        stem = path.name.removesuffix(STATEMENTS)
        beside = [path.with_name(stem + suffix) for suffix in ENTRY_SUFFIXES]
        entry = next((other for other in beside if other.is_file()), None)
        if entry is None:
            raise UsageError(f"{path}: no entry stands beside these statements; wanted is {stem}.txt or {stem}.html")
        return guide_files(self.project, [entry])[0]

    def _shared_files(self) -> Iterator[Reviewed]:
        names = self.common.names
        if names is not None:
            known = {*declared(names), *(item.name for item in self.project.known_names())}
            found = check(names, known, self.vocabulary, self.sources.keys)
            yield _reviewed(names.source, [*names.diagnostics, *found])
        if (self.project.root / SOURCES).is_file():
            yield _reviewed(SOURCES, self.sources.diagnostics)

    def _strays(self, wanted: Iterable[GuideFile | None]) -> Iterator[Reviewed]:
        """Yield statements files that no entry stands beside."""
        beside = {file.statements for file in wanted if file is not None}
        for path in sorted(self.project.entries.rglob(f"*{STATEMENTS}")) if self.project.entries.is_dir() else ():
            if path not in beside:
                name = path.relative_to(self.project.root).as_posix()
                yield _reviewed(
                    name, [Diagnostic("no-entry", "error", 1, 1, "no entry stands beside these statements")]
                )

    def _file(self, file: GuideFile) -> Iterator[Reviewed]:
        try:
            entries = list(read_file(file, self.common))
        except InputError as error:
            yield _reviewed(
                file.name, [Diagnostic("unreadable", "error", error.line or 1, error.column or 1, error.problem)]
            )
            return
        for read in entries:
            yield _reviewed(read.document.name, read.entry.diagnostics)
            if read.statements is not None:
                yield _reviewed(read.statements.source, [*read.statements.diagnostics, *self._meaning(read)])

    def _meaning(self, read: Read) -> Iterator[Diagnostic]:
        """Yield what is wrong with statements that can be read: unknown words, and what cannot be a claim."""
        if read.statements is not None:
            for claimed in statements_of(scene_of(read, self.common), read.statements, self.common):
                yield from claimed.diagnostics


def _reviewed(name: str, found: Iterable[Diagnostic]) -> Reviewed:
    ordered = sorted(dict.fromkeys(found), key=lambda it: (_WORST_FIRST[it.severity], it.line, it.column))
    return Reviewed(name, tuple(ordered))
