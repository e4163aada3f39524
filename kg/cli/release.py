"""``kg release``: a folder to publish, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option

if TYPE_CHECKING:
    from kg.export.release import Part, Release
    from kg.project import Project
    from kg.validate import Located

_SUMS, _CRATE = "SHA256SUMS", "ro-crate-metadata.json"
_MEDIA = {
    ".ttl": "text/turtle", ".trig": "application/trig", ".nt": "application/n-triples", ".nq": "application/n-quads",
    ".rdf": "application/rdf+xml", ".jsonld": "application/ld+json", ".jsonl": "application/jsonl",
    ".rq": "application/sparql-query", ".csv": "text/csv", ".json": "application/json", ".md": "text/markdown",
    ".txt": "text/plain", ".html": "text/html", ".xml": "application/tei+xml", ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
}  # fmt: skip
_DATA = ("dumps", "tables", "networks")  # the folders of the data set itself; the rest is to use it with
_WHOLE = {"trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}
_MARKED_UP = {
    "annotations.jsonld": "Each claim as a Web Annotation of the words that it stands on",
    "entries.tei.xml": "The entries with their statements (TEI P5), as far as their licences let their texts out",
}
_ONE_WORLD = {"turtle": ".ttl", "ntriples": ".nt", "rdfxml": ".rdf"}


@dataclass(frozen=True, slots=True)
class File:
    """A file that is still to be written: its path in the release, what it holds, and its text in pieces."""

    path: str
    title: str
    pieces: Iterable[str]


@click.command()
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("release"),
              show_default=True, help="The folder to write; a release that is there already is replaced.")  # fmt: skip
@click.option("--site", help="The address where the folder will lie, instead of the “site” of kg.toml.")
@project_option
def release(output: Path, site: str | None, project: Path | None) -> int:
    """Write a folder to publish: dumps in every format, terms, checks, queries, descriptions and licences.

    The exit status is 1, and nothing is written, where the guide is not fit for others: its base or site is an address
    of nobody, a source has no licence, or a check that releases require finds something.
    """
    from kg.cli import vocabulary
    from kg.export.release import faults
    from kg.project import Project

    found = Project.find(project)
    made = _release(found, site)
    findings = _required(found)
    problems = (*faults(made), *_told(findings), *vocabulary.faults())
    for problem in problems:
        click.echo(f"kg: {problem}", err=True)
    if problems:
        click.echo("not released: mend this and build again", err=True)
        return 1
    parts = _written(found, made, output)
    click.echo(f"{len(parts)} files, {sum(part.size for part in parts):,} bytes: {output}")
    return 0


def _release(project: Project, site: str | None) -> Release:
    from kg.cli.export import dump
    from kg.errors import ProjectError
    from kg.export.release import Release, sources

    settings, build = project.settings, project.manifest()
    if not build.get("digest") or not build.get("created"):
        raise ProjectError(f"{project.current()}: this build does not say when it was made; run kg build again")
    if build.get("base") != settings.base:
        raise ProjectError(
            f"{project.current()}: was built under {build.get('base')}, not {settings.base}; run kg build"
        )
    return Release(
        settings.title,
        settings.base,
        (site or settings.site).rstrip("/"),
        settings.licence,
        str(build["created"])[:10],
        str(build["digest"]),
        settings.publisher,
        settings.creators,
        settings.languages,
        sources(dump(project.store())),
        terms=str(build.get("versions", {}).get("ontology", "")),
    )


# --- what keeps it from being released ----------------------------------------------------------------------------


def _required(project: Project) -> tuple[Located, ...]:
    """Return the findings of the checks that releases require, less those on licences, which `faults` tells."""
    from kg.build.checks import broken
    from kg.store.embedded import Embedded, read_file
    from kg.validate import gathered, locate
    from kg.vocab import DCTERMS, PH

    shapes = tuple(quad.triple for path in project.shapes() for quad in read_file(path))
    required = {it.subject for it in shapes if it.predicate == PH.requiredInRelease}
    of_licences = {it.subject for it in shapes if it.object == DCTERMS.license}
    store = Embedded.memory(gathered(project.store().quads(), project.names))
    found = (it for it in broken(store, shapes, project.names) if it.shape in required - of_licences)
    return tuple(locate(dict.fromkeys(found), store))


def _told(findings: Iterable[Located]) -> Iterator[str]:
    from kg.validate.formats import place, shown

    for it in findings:
        where = place(it)
        yield f"{where + ': ' if where else ''}{shown(it.finding.focus)}: {it.finding.text}"


# --- what is written ----------------------------------------------------------------------------------------------


def _written(project: Project, made: Release, output: Path) -> list[Part]:
    from kg.cli.output import replaced
    from kg.export.crate import crate

    crate(made)  # without its library there is no release: told before anything is written
    with replaced(output, _CRATE) as folder:
        return _filled(folder, project, made)


def _filled(folder: Path, project: Project, made: Release) -> list[Part]:
    parts = [_part(folder, file) for file in _files(project)]
    described = replace(made, parts=tuple(parts))
    parts += [_part(folder, file) for file in _descriptions(project, described)]
    sums = (f"{part.sha256}  {part.path}\n" for part in sorted(parts, key=lambda it: it.path))
    parts.append(_part(folder, File(_SUMS, "The checksums of all these files", sums)))
    return parts


def _part(folder: Path, file: File) -> Part:
    """Write a file and return what is to be said of it."""
    from kg.cli.output import to_file
    from kg.export.release import Part

    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    to_file(file.pieces, path)
    packed = path.suffix == ".gz"
    media = _MEDIA.get((path.with_suffix("") if packed else path).suffix, "text/plain")
    with path.open("rb") as opened:
        checksum = hashlib.file_digest(opened, "sha256").hexdigest()
    data = file.path.partition("/")[0] in _DATA
    return Part(file.path, file.title, media, path.stat().st_size, checksum, packed, data)


def _files(project: Project) -> Iterator[File]:
    from kg.cli.vocabulary import files

    yield from _dumps(project)
    yield from _tables(project)
    yield from files(project)
    yield from _copies(project)


def _dumps(project: Project) -> Iterator[File]:
    from kg.cli.editions import released
    from kg.cli.export import pieces

    for syntax, suffix in _WHOLE.items():
        title = f"Everything: claims, evidence, worlds ({suffix[1:]})"
        yield File(f"dumps/guide{suffix}.gz", title, pieces(project, None, syntax))
    for world, graph in sorted(project.worlds().items()):
        for syntax, suffix in _ONE_WORLD.items():
            title = f"The world “{world}” with the background ({suffix[1:]})"
            yield File(f"dumps/{world}{suffix}.gz", title, pieces(project, None, syntax, graph))
    yield File("dumps/claims.jsonl.gz", "One claim and its words a line", pieces(project, None, "claims"))
    title = "Each claim as a nanopublication"
    yield File("dumps/nanopublications.trig.gz", title, pieces(project, None, "nanopub"))
    for name, marked_up in released(project):
        yield File(f"dumps/{name}.gz", _MARKED_UP[name], marked_up)
    yield File("dumps/schemaorg.jsonld", "For search engines, without any story", pieces(project, None, "schemaorg"))


def _tables(project: Project) -> Iterator[File]:
    from kg.cli import forms
    from kg.export.edges import FORMATS, written
    from kg.export.networks import KINDS

    for name, text in forms.tables(project, None):
        title = "What the columns of the tables mean (CSVW)" if name == forms.METADATA else f"Table {name[:-4]}"
        yield File(f"tables/{name}", title, [text])
    for kind in KINDS:
        found = forms.network(project, kind, None)
        for suffix in FORMATS:
            yield File(f"networks/{kind}.{suffix}", f"The network of {kind} ({suffix})", written(found, suffix))


def _copies(project: Project) -> Iterator[File]:
    """Yield the files that go along as they are: the project's own terms and shapes, and all saved queries."""
    from kg.resources import shared

    own = project.root
    for path in (*project.ontology(), *project.shapes()):
        if path.is_relative_to(own) and path.parent in (own / "ontology", own / "shapes"):
            yield copied(f"ontology/own/{path.parent.name}/{path.name}", path, f"This guide’s own {path.parent.name}")
    for stem, path in sorted(project.queries().items(), key=lambda item: str(item[1])):
        home = shared("queries") if path.is_relative_to(shared("queries")) else own / "queries"
        yield copied(f"queries/{path.relative_to(home).as_posix()}", path, f"The saved query {stem}")


def copied(path: str, source: Path, title: str) -> File:
    """Return a file that goes along as it is."""
    return File(path, title, [source.read_text(encoding="utf-8")])


def _descriptions(project: Project, made: Release) -> Iterator[File]:
    from kg.cli.export import dump, prefixes, publishable
    from kg.export import dcat, write
    from kg.export.citation import citation, licences, readme
    from kg.export.crate import crate
    from kg.export.redirects import redirects
    from kg.resources import shared

    counts = dcat.counts(publishable(dump(project.store())))
    dumps = {f"dumps/guide{suffix}.gz" for suffix in _WHOLE.values()}
    yield File("build.json", "Which versions of what made it, when and from how much", [_manifest(project)])
    quads = dcat.description(made, counts, dumps)
    title = "What the data set holds and how it is had (VoID, DCAT)"
    yield File("description.ttl", title, write(quads, "turtle", {**prefixes(project), **dcat.NAMES}))
    yield File(_CRATE, "The release as an RO-Crate", [crate(made)])
    yield File("CITATION.cff", "How to cite it", [citation(made)])
    yield File("licences.csv", "The licence of every source", [licences(made)])
    yield File("README.md", "What lies where", [readme(made)])
    rules = redirects(made, shared("ontology", "w3id", ".htaccess").read_text(encoding="utf-8"))
    if rules:
        yield File("w3id/.htaccess", "Redirects of the permanent names", [rules])


def _manifest(project: Project) -> str:
    return json.dumps(project.manifest(), ensure_ascii=False, indent=2) + "\n"
