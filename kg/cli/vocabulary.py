"""The terms as a release has them: every version in every form that their permanent names lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.release import File, copied

if TYPE_CHECKING:
    from kg.export.versions import Vocabulary
    from kg.project import Project

_TITLES = {
    "porthole.ttl": "The ontology",
    "concepts.ttl": "The closed lists",
    "porthole.shapes.ttl": "The shapes",
    "ontology.shapes.ttl": "The shapes of ontologies",
    "alignments.ttl": "Alignments with other vocabularies",
}
_TERMS = ("porthole.ttl", "concepts.ttl")


def faults() -> Iterator[str]:
    """Yield what keeps the ontology from following the last version of it that was released."""
    from kg.export.versions import faults as told

    yield from told(_vocabulary(_released()[-1]), _vocabulary(_current()))


def files(project: Project) -> Iterator[File]:
    """Yield the terms of today where names without a version lead, and every version under its own."""
    from kg.cli.export import pieces
    from kg.resources import shared

    yield File("ontology/context.jsonld", "The JSON-LD context of the terms", pieces(project, None, "context"))
    for path in sorted(shared("ontology", "frames").glob("*.jsonld")):
        yield copied(f"ontology/frames/{path.name}", path, f"The JSON-LD frame of a page: {path.stem}")
    yield from _forms(project, _current(), "ontology")
    for folder in (*_released(), _current()):
        yield from _forms(project, folder, f"ontology/{_vocabulary(folder).version}")


def _forms(project: Project, folder: Path, place: str) -> Iterator[File]:
    """Yield one version: its files as they are, its terms as JSON-LD and RDF/XML, and as a page."""
    from kg.cli.export import context, prefixes
    from kg.export import write
    from kg.export.glossary import glossary
    from kg.store.embedded import read_file

    terms, names = _vocabulary(folder), prefixes(project)
    suffix = f", version {terms.version}" if place != "ontology" else ""
    for path in sorted(folder.glob("*.ttl")):
        yield copied(f"{place}/{path.name}", path, f"{_TITLES.get(path.name, path.stem)}{suffix}")
    quads = list(read_file(folder / "porthole.ttl"))
    as_json = write(quads, "jsonld", names, context=context(project))
    yield File(f"{place}/porthole.jsonld", f"The ontology as JSON-LD{suffix}", as_json)
    yield File(f"{place}/porthole.rdf", f"The ontology as RDF/XML{suffix}", write(quads, "rdfxml", names))
    yield File(f"{place}/index.html", f"The terms as a page{suffix}", glossary(terms, names))


def _current() -> Path:
    from kg.resources import shared

    return shared("ontology")


def _released() -> list[Path]:
    """Return the folders of the versions that were released, in their order."""
    from kg.export.versions import number
    from kg.resources import shared

    return sorted(shared("ontology", "versions").iterdir(), key=lambda it: number(it.name) or (0, 0, 0))


def _vocabulary(folder: Path) -> Vocabulary:
    from kg.export.versions import Vocabulary
    from kg.store.embedded import read_file

    return Vocabulary(quad.triple for name in _TERMS for quad in read_file(folder / name))
