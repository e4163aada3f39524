"""From what was read to claims: every entry with its statements, one after the other or by several workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.build.inputs import GuideFile, Read, Shared, read_file
from kg.claims import Claimed, Scene, directory, entry_claims, statement_claims, things
from kg.claims.directory import aliases
from kg.claims.scene import UNKNOWN_SERIES
from kg.errors import KgError, StatementError
from kg.model import Diagnostic, Statements
from kg.statements import check


@dataclass(frozen=True, slots=True)
class Told:
    """What one entry gave: its quads, and what its readers noticed, with the file that each remark is about."""

    claimed: tuple[Claimed, ...]
    remarks: tuple[tuple[str, Diagnostic], ...]
    scene: Scene


def told(files: Iterable[GuideFile], shared: Shared) -> Iterator[Told | KgError]:
    """Yield what each entry gives, or the error that kept its file from being read."""
    for file in files:
        try:
            yield from [_told(read, shared) for read in read_file(file, shared)]
        except KgError as error:
            yield error


def _told(read: Read, shared: Shared) -> Told:
    scene = scene_of(read, shared)
    claimed = [entry_claims(scene), *_shared_things(scene, shared)]
    remarks = [(read.document.name, it) for it in read.entry.diagnostics]
    if read.statements is not None:
        said = statements_of(scene, read.statements, shared)
        found = [*read.statements.diagnostics, *(fault for it in said for fault in it.diagnostics)]
        _refuse(read.statements.source, found)
        claimed += said
        remarks += [(read.statements.source, it) for it in found]
    return Told(tuple(claimed), tuple(remarks), scene)


def scene_of(read: Read, shared: Shared) -> Scene:
    """Return where an entry's claims are made: its universe as the project has it, its names as the files tell them."""
    project, series = shared.project, read.entry.series or ""
    universe = project.settings.universes.get(series, series) or UNKNOWN_SERIES
    files = [it for it in (shared.names, read.statements) if it is not None]
    identity = shared.identity.with_aliases(aliases(files))
    return Scene(project.names, read.document, read.entry, read.file.stem, universe, read.part, identity)


def _shared_things(scene: Scene, shared: Shared) -> Iterator[Claimed]:
    """Yield the background that the shared names declare; it is the same for every entry."""
    if shared.names is not None:
        names = directory(scene, [shared.names], shared.vocabulary)
        found = things(names, shared.names)
        _refuse(shared.names.source, (*shared.names.diagnostics, *found.diagnostics, *_elsewhere(shared.names)))
        yield found


def _elsewhere(names: Statements) -> Iterator[Diagnostic]:
    """Yield what has no place among shared names, because no entry's words are there to support it."""
    for line in names.statements:
        if line.section != "things":
            message = f"only # Things stand here: write this beside the entry that tells it (“{line.subject}”)"
            yield Diagnostic("names-only", "error", line.place.line, line.place.column, message)


def statements_of(scene: Scene, file: Statements, shared: Shared) -> tuple[Claimed, ...]:
    """Return what a statements file gives, the faults that only its meaning shows among it."""
    files = [it for it in (shared.names, file) if it is not None]
    names = directory(scene, files, shared.vocabulary)
    unknown = Claimed(diagnostics=check(file, names.names(), shared.vocabulary, shared.library.keys))
    if any(it.severity == "error" for it in (*file.diagnostics, *unknown.diagnostics)):
        return (unknown,)
    return (unknown, things(names, file), statement_claims(names, file, shared.vocabulary))


def _refuse(source: str, found: Iterable[Diagnostic]) -> None:
    errors = sorted((it for it in found if it.severity == "error"), key=lambda it: (it.line, it.column))
    if errors:
        first, others = errors[0], len(errors) - 1
        more = f" (and {others} more; kg check lists them)" if others else ""
        raise StatementError(source, first.message + more, line=first.line, column=first.column)
