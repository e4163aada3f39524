"""The files of others that a project keeps: found, read, and turned into claims of their sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.build.inputs import Shared, links, text_of
from kg.build.ontology import Terms as Ontology
from kg.claims import Claimed, outside_sources
from kg.claims.claim import kept
from kg.claims.directory import aliases
from kg.claims.foreign.alignment import Terms, terms
from kg.claims.foreign.imported import Imported, imported
from kg.claims.foreign.importing import Importing
from kg.errors import InputError, KgError, LimitError
from kg.foreign import Foreign, Said, shown
from kg.imports import decoded, detected, foreign
from kg.imports.cards import ENDING, Card, read_card
from kg.imports.formats import RDF, is_foreign
from kg.imports.rdf import guarded, of_quads
from kg.iris import slug
from kg.model import Diagnostic, OutsideSource
from kg.project import Project
from kg.store.embedded import as_stored, read_file, read_placed
from kg.terms import Kind
from kg.vocab import PREFIXES, SKOS, WD, XSD, Iri, Literal, Term, n3

LARGEST: Final = 64 * 1024 * 1024  # bytes of one file; larger ones are better imported in parts


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file of others: where it lies, how messages call it, and its card, where it has one."""

    path: Path
    name: str
    card: Card | None = None

    @property
    def source(self) -> str:
        """The key of its source; a file without a card is its own source."""
        return self.card.source if self.card else self.path.stem


def import_files(project: Project, paths: Sequence[Path] = ()) -> tuple[ImportFile, ...]:
    """Return the files in the project's folder of imports; of those that are named, if any of them lies there.

    Data files that are named and lie elsewhere are read too. Raises InputError for a card that cannot be read.
    """
    folder = project.imports
    found = sorted(path for path in folder.rglob("*") if _is_import(path)) if folder.is_dir() else []
    files = {path: import_file(project, path) for path in found}
    mappings = {it.path.with_name(it.card.mapping) for it in files.values() if it.card and it.card.mapping}
    found = [path for path in found if path not in mappings]
    named = {path.resolve() for path in paths}
    inside = [path for path in found if path.resolve() in named or named.intersection(path.resolve().parents)]
    there = {it.resolve() for it in found}
    elsewhere = [path for path in paths if is_foreign(path.name) and path.resolve() not in there]
    return (*(files[path] for path in (inside or found)), *(import_file(project, path) for path in elsewhere))


def _is_import(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts[-2:])
    return path.is_file() and not hidden and path.suffix.lower() not in (ENDING, ".md")


def import_file(project: Project, path: Path) -> ImportFile:
    """Return a file with its card."""
    whole = path.resolve()
    name = whole.relative_to(project.root).as_posix() if whole.is_relative_to(project.root) else path.name
    beside = path.with_name(path.name + ENDING)
    card = read_card(f"{name}{ENDING}", text_of(beside)) if beside.is_file() else None
    return ImportFile(path, name, card)


@dataclass(frozen=True)
class Importer:
    """What the imports of a build have in common: the project, its names, what foreign terms stand for."""

    shared: Shared
    ontology: Ontology

    @cached_property
    def terms(self) -> Terms:
        """What foreign terms are here."""
        aligned = (quad.triple for path in self.shared.project.alignments() for quad in read_file(path))
        return terms(self.shared.vocabulary, self.ontology.triples, aligned)

    @cached_property
    def items(self) -> dict[str, Iri]:
        """The project's things by the Wikidata item that they are linked to."""
        return {
            WD[it.qid]: it.subject
            for it in links(self.shared.project)
            if it.decision == "accepted" and it.predicate == SKOS.exactMatch and it.qid and not it.negated
        }

    @cached_property
    def declared(self) -> dict[str, Kind]:
        """The kinds that the project's names.md gives."""
        lines = self.shared.names.statements if self.shared.names else ()
        kinds = self.shared.vocabulary.kinds
        found = (it for it in lines if it.section == "things" and it.property == "is a")
        return {it.subject: kinds[it.value.text] for it in found if it.value.text in kinds}

    def importing(self, file: ImportFile) -> Importing:
        """Return what is at hand while a file is turned into claims."""
        settings, names = self.shared.project.settings, self.shared.names
        universe = file.card.world if file.card and file.card.world != "actual" else ""
        return Importing(
            self.shared.project.names,
            self.terms,
            file.source,
            file.name,
            universe,
            self.shared.identity.with_aliases(aliases([names] if names else [])),
            self.declared,
            self.items,
            settings.universes,
            settings.languages,
        )


def bytes_of(path: Path, name: str) -> bytes:
    """Return what a file holds. Raises InputError where it cannot be read, LimitError where it is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise LimitError(f"{name}: holds more than {LARGEST >> 20} MB: import it in parts")
        return path.read_bytes()
    except OSError as error:
        raise InputError(name, f"cannot be read: {error.strerror or error}") from error


def read_foreign(file: ImportFile, data: bytes, mapping: Path | None = None) -> Foreign:
    """Return what a file says, by the mapping that its card names unless another is given.

    Raises InputError, RdfError or LimitError with the place.
    """
    card = file.card or Card(file.source)
    form = card.format or detected(file.name, data[:200_000].decode("utf-8", "replace"))
    if form not in RDF:
        mapping = mapping or (file.path.with_name(card.mapping) if card.mapping else None)
        return foreign(file.name, data, form, text_of(mapping) if mapping else "", str(card.mapping))
    text = decoded(file.name, data)
    guarded(file.name, text, form)
    quads = read_placed(text.encode(), form, file.name)
    return Foreign(tuple(of_quads(quads, text, form)))


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What one file gave, and what there is to say of it."""

    file: ImportFile
    given: Imported
    remarks: tuple[tuple[str, Diagnostic], ...]


def read_imports(
    project: Project, paths: Sequence[Path], shared: Shared, known: Ontology
) -> Iterator[TakenFile | KgError]:
    """Yield what each file of others gives, or the error that kept it from being read."""
    importer = Importer(shared, known)
    for file in import_files(project, paths):
        try:
            data = bytes_of(file.path, file.name)
            given = imported(read_foreign(file, data), importer.importing(file))
            found = (*_of_card(file, data, shared), *given.left, *changes(given.literals))
            given = replace(given, claimed=_sourced(given.claimed, file, shared))
            yield TakenFile(file, given, tuple((file.name, it) for it in found))
        except KgError as error:
            yield error


def is_known(file: ImportFile, shared: Shared) -> bool:
    """Return whether sources.bib tells of a file's source."""
    return slug(file.source) in {slug(key) for key in shared.library.keys}


def _sourced(claimed: Claimed, file: ImportFile, shared: Shared) -> Claimed:
    """Return what a file gives with its source named by its key, where sources.bib does not tell of it."""
    if is_known(file, shared):
        return claimed
    unknown = OutsideSource(file.source, title=file.source)
    named = outside_sources([unknown], shared.project.names)
    return replace(claimed, catalogue=(*claimed.catalogue, *named))


def digest(data: bytes) -> str:
    """Return the digest by which a card knows the state of its file."""
    return hashlib.sha256(data).hexdigest()


def _of_card(file: ImportFile, data: bytes, shared: Shared) -> Iterator[Diagnostic]:
    """Yield what is doubtful of a file itself: nobody says whose it is, or it changed since it was imported."""
    if file.card is None:
        message = f"nothing says whose this is: run kg import {file.name} --source KEY"
        yield Diagnostic("no-card", "warning", 1, 1, message)
    elif file.card.sha256 and file.card.sha256 != digest(data):
        message = f"has changed since it was imported: run kg import {file.name} again"
        yield Diagnostic("changed-import", "warning", 1, 1, message)
    if file.card and not is_known(file, shared):
        message = f"its source “{file.source}” is not in sources.bib, so nobody knows its title and licence"
        yield Diagnostic("unknown-source", "warning", 1, 1, message)


def changes(literals: Iterable[tuple[Said, Literal]]) -> Iterator[Diagnostic]:
    """Yield which values have another form in the graph than in their file: the store itself is asked."""
    pairs = [(said, now) for said, value in literals if isinstance(now := kept(value), Literal)]
    stored = dict(as_stored(value for _, value in pairs))
    for said, value in pairs:
        found = stored.get(value, value)
        if found != said.object:
            message = f"{shown(_said(said.object))} is kept as {shown(_said(found))}"
            yield Diagnostic("changed-form", "info", said.place.line, said.place.column, message)


def _said(term: Term) -> str:
    """Return a literal as people write it, its datatype by a prefix that they know."""
    if not isinstance(term, Literal) or term.language or term.datatype == XSD.string:
        return n3(term)
    prefix = next((name for name, stem in PREFIXES.items() if term.datatype.startswith(stem)), "")
    kind = f"{prefix}:{term.datatype.removeprefix(PREFIXES[prefix])}" if prefix else f"<{term.datatype}>"
    return f"{n3(Literal(term.value))}^^{kind}"
