"""The saved queries of a project, read from its folders and those that come with the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError, UsageError
from kg.queries.saved import SavedQuery, load

if TYPE_CHECKING:
    from kg.project import Project

_TEXTS, _RDF = (".rq", ".sparql"), (".ttl", ".nt", ".trig", ".rdf", ".jsonld")
_FIRST = 20  # lines in which a summary is looked for


def collection(project: Project) -> list[SavedQuery]:
    """Return the saved queries of a project, by family and name."""
    found = [_loaded(path) for path in project.queries().values()]
    return sorted(found, key=lambda query: (query.family, query.stem))


def summaries(project: Project) -> dict[str, str]:
    """Return what each saved query answers, by name, without reading more than its first lines: for completion."""
    return {name: _summary(path) for name, path in project.queries().items()}


def _summary(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = [line for line in islice(file, _FIRST) if line.startswith("#+ summary:")]
    except OSError:
        return ""
    return lines[0].partition(":")[2].strip(" \"'>-\n") if lines else ""


def saved(project: Project, name: str) -> SavedQuery:
    """Return a saved query of a project by its name, with or without its folder. Raises UsageError for others."""
    paths = project.queries()
    path = paths.get(name.rpartition("/")[2])
    if path is None:
        from rapidfuzz import process

        near = process.extract(name, list(paths), limit=3, score_cutoff=50)
        hint = "; nearest are " + ", ".join(match for match, _, _ in near) if near else ""
        raise UsageError(f"there is no saved query “{name}”{hint}; kg query lists them")
    return _loaded(path)


def _loaded(path: Path) -> SavedQuery:
    family = "" if path.parent.name == "queries" else f"{path.parent.name}/"
    return load(f"{family}{path.stem}", text_of(path))


def text_of(path: Path) -> str:
    """Return the text of a query's file. Raises QueryError where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(str(path), f"is not UTF-8 text (at byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise QueryError(str(path), f"cannot be read: {error.strerror}") from error


def keep(project: Project, path: Path) -> list[Path]:
    """Write the queries of a collection (RDF, files, a folder of either) into the project's own, and return the files.

    Nothing is written unless every one of them can be read. Raises QueryError for one that cannot.
    """
    files = _found(path)
    for name, text in files.items():
        load(f"imported/{name}", text)
    folder = project.root / "queries" / "imported"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}; run this in a project (kg init)") from error
    return [folder / f"{name}.rq" for name in files]


def _found(path: Path) -> dict[str, str]:
    """Return the queries of a file or of a whole folder: files of their own, and the examples of all RDF together."""
    files = sorted(it for it in path.rglob("*") if it.is_file()) if path.is_dir() else [path]
    own = [it for it in files if it.suffix in _TEXTS]
    rdf = [it for it in files if it.suffix in _RDF or (it == path and it not in own)]
    found = dict(_named((it.stem, it.parent.name, text_of(it)) for it in own))
    if rdf:
        from kg.queries.examples import imported
        from kg.store.embedded import read_file

        found |= imported((quad.triple for it in rdf for quad in read_file(it)), str(path))
    if not found:
        raise QueryError(str(path), f"holds no queries: files that end in {', '.join((*_TEXTS, *_RDF))} are read")
    return found


def _named(texts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield texts by names that no two share: that of the folder is put before one that was taken."""
    taken: set[str] = set()
    for stem, folder, text in texts:
        name = stem if stem not in taken else f"{folder}-{stem}"
        taken.add(name)
        yield name, text
