"""One build, from files to a published store."""

from __future__ import annotations

import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from kg.build import publish
from kg.build.assembly import Parts, assemble
from kg.build.checks import checked
from kg.build.claiming import Told, told
from kg.build.imports import TakenFile, read_imports
from kg.build.inputs import guide_files, shared
from kg.build.ontology import Terms, terms
from kg.errors import KgError, ProjectError
from kg.model import Diagnostic
from kg.project import Project, Settings
from kg.store.embedded import Embedded
from kg.validate import Located, at_least, tally
from kg.version import VERSION
from kg.vocab import PH, RDF, SCHEMA, Iri, Quad


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: counts, findings and remarks, and where it is; ``folder`` is None for one that was refused."""

    folder: Path | None
    entries: int
    claims: dict[str, int]
    kinds: dict[str, int]
    findings: tuple[Located, ...]
    remarks: tuple[tuple[str, Diagnostic], ...]
    errors: tuple[KgError, ...]
    seconds: float
    imports: int = 0

    @property
    def refused(self) -> bool:
        """Whether the graph breaks a rule that published data must keep."""
        return self.folder is None


def build(
    project: Project,
    paths: Sequence[Path] = (),
    *,
    output: Path | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Report:
    """Build a project, or the given files and folders, and make the result current in ``output``.

    A graph with violations is not published: the report then has no folder, and what was built before stays.
    Raises the first error of a file that cannot be read, for the caller to print with the others (``Report.errors``).
    """
    begun = time.perf_counter()
    known = terms(project)
    common = shared(project, known.vocabulary)
    taken = list(read_imports(project, paths, common, known))
    results = list(told(guide_files(project, paths, optional=bool(taken)), common))
    errors = tuple(it for it in (*taken, *results) if isinstance(it, KgError))
    read = tuple(it for it in results if isinstance(it, Told))
    files = tuple(it for it in taken if isinstance(it, TakenFile))
    remarks = (*_remarks(read), *chain.from_iterable(it.remarks for it in files))
    if errors:
        return Report(None, len(read), {}, {}, (), remarks, errors, time.perf_counter() - begun, len(files))
    given = [it.given.claimed for it in files]
    parts = assemble(project, common, known, read, given, before=_before(output or project.builds))
    findings = checked(project, parts)
    broken = at_least((it.finding for it in findings), "violation")
    return Report(
        None if broken else _published(project, known, parts, findings, output or project.builds, clock()),
        len(read),
        _claims_by_world(project, parts),
        _kinds(parts.quads),
        findings,
        remarks,
        (),
        time.perf_counter() - begun,
        len(files),
    )


def _published(
    project: Project, known: Terms, parts: Parts, findings: Sequence[Located], builds: Path, now: datetime
) -> Path:
    new = publish.draft(builds, parts.quads)
    return publish.publish(new, _manifest(project, known, parts, new.digest, findings, now))


def _before(builds: Path) -> Embedded | None:
    """Return the build that is current; none where there is none, or where it cannot be read any more."""
    try:
        return Project(builds, Settings(), builds).store()
    except ProjectError:
        return None


def _remarks(read: Iterable[Told]) -> tuple[tuple[str, Diagnostic], ...]:
    return tuple(chain.from_iterable(it.remarks for it in read))


def _claims_by_world(project: Project, parts: Parts) -> dict[str, int]:
    prefix = project.names.iri("world", "")
    return dict(sorted(Counter(claim.world.removeprefix(prefix) for claim in parts.claims.values()).items()))


_COUNTED = {
    "people": SCHEMA.Person,
    "characters": PH.Character,
    "historical figures": PH.HistoricalFigure,
    "missions": PH.Mission,
    "assessments": PH.Assessment,
}


def _kinds(quads: Iterable[Quad]) -> dict[str, int]:
    nodes: dict[Iri, set[str]] = {}
    for quad in quads:
        if quad.predicate == RDF.type and isinstance(quad.object, Iri):
            nodes.setdefault(quad.object, set()).add(quad.subject)
    return {name: len(nodes.get(kind, ())) for name, kind in _COUNTED.items()}


def _manifest(
    project: Project, known: Terms, parts: Parts, digest: str, findings: Sequence[Located], now: datetime
) -> dict[str, Any]:
    packages = ("pyoxigraph", "rdflib", "owlrl", "pyshacl")
    return {
        "digest": digest,
        "base": project.settings.base,
        "title": project.settings.title,
        "created": now.isoformat(timespec="seconds"),
        "versions": {
            "porthole": VERSION,
            "ontology": known.version,
            "ontology digest": known.digest,
            "python": platform.python_version(),
            **{name: version(name) for name in packages},
        },
        "quads": len(parts.quads),
        "entries": len(parts.episodes),
        "claims": _claims_by_world(project, parts),
        "findings": tally(it.finding for it in findings),
    }
