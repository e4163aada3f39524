"""From what was read to claims: every entry with its statements, one after the other or by several workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.build.inputs import GuideFile, Read, Shared, read_file
from kg.claims import Claimed, Scene, directory, entry_claims, statement_claims
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
    project = shared.project
    series = read.entry.series or ""
    universe = project.settings.universes.get(series, series) or "unknown series"
    scene = Scene(project.names, read.document, read.entry, read.file.stem, universe, read.part)
    claimed = [entry_claims(scene, shared.identity)]
    remarks = [(read.document.name, it) for it in read.entry.diagnostics]
    if read.statements is not None:
        said = statements_of(scene, read.statements, shared)
        claimed.append(said)
        remarks += [(read.statements.source, it) for it in (*read.statements.diagnostics, *said.diagnostics)]
        _refuse(read.statements.source, said.diagnostics)
    return Told(tuple(claimed), tuple(remarks), scene)


def statements_of(scene: Scene, file: Statements, shared: Shared) -> Claimed:
    """Return a statements file as claims. Raises StatementError for its first fault, with a count of the others."""
    files = [it for it in (shared.names, file) if it is not None]
    names = directory(scene, files, shared.vocabulary, shared.identity)
    _refuse(file.source, (*file.diagnostics, *check(file, names.names(), shared.vocabulary, shared.library.keys)))
    retold = frozenset(
        name
        for line in (shared.names.statements if shared.names else ())
        if line.section in ("history", "making")
        for name in (line.subject, line.value.text)
    )
    return statement_claims(names, file, shared.vocabulary, retold)


def _refuse(source: str, found: Iterable[Diagnostic]) -> None:
    errors = sorted((it for it in found if it.severity == "error"), key=lambda it: (it.line, it.column))
    if errors:
        first, others = errors[0], len(errors) - 1
        more = f" (and {others} more; kg check lists them)" if others else ""
        raise StatementError(source, first.message + more, line=first.line, column=first.column)
