"""Tables as statements: casts, claims, or things with properties, by what a mapping says of the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import InputError
from kg.foreign import Foreign, Said, left, shown
from kg.imports.mapping import NEEDED, ROLES, Column, Columns, columns
from kg.model import Diagnostic, Place
from kg.vocab import PH, RDF, SCHEMA, XSD, Blank, Iri, Literal, Node, Term

_DELIMITERS: Final = ",;\t|"
_JOBS: Final = {
    "director": SCHEMA.director, "writer": SCHEMA.author, "author": SCHEMA.author, "composer": SCHEMA.musicBy,
    "producer": SCHEMA.producer, "creator": SCHEMA.creator,
}  # fmt: skip
_PLAYING: Final = ("", "actor", "actress", "performer", "cast")


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its headings, the line where it begins, and the text that it is."""

    cells: Mapping[str, str]
    line: int
    words: str

    def place(self, heading: str) -> Place:
        """Return where a cell stands; the row's beginning where it is not found."""
        return Place(self.line, max(self.words.find(self.cells.get(heading, "")), 0) + 1)


def table(name: str, text: str, meant: Columns) -> Foreign:
    """Return what a table says. Raises InputError for columns that are missing and rows that do not fit the heading."""
    reader = _READERS[meant.about](meant)
    seen: dict[tuple[str, ...], int] = {}
    for row in rows(name, text, meant):
        cells = tuple(row.cells.values())
        first = seen.setdefault(cells, row.line)
        if first != row.line:
            reader.note(row, "", f"the same row stands in line {first}")
        elif any(cells):
            reader.read(row)
    return Foreign(tuple(dict.fromkeys(reader.said)), tuple(reader.left))


def meaning(name: str, text: str, mapping: str, mapping_name: str) -> Columns:
    """Return what the columns of a table mean: by its mapping, else by headings that are roles."""
    if mapping:
        return columns(mapping_name, mapping, name.rpartition("/")[2])
    headings = _headings(text)
    for about, roles in ROLES.items():
        if set(NEEDED[about]) <= set(headings):
            return Columns(about, {it: it for it in headings if it in roles})
    raise InputError(name, "say what its columns mean: --mapping FILE (docs/importing.md tells how)", line=1)


def _headings(text: str) -> list[str]:
    first = text.split("\n", 1)[0]
    return [it.strip().strip('"') for it in first.split(_delimiter(first))]


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def rows(name: str, text: str, meant: Columns) -> Iterator[Row]:
    """Yield the rows of a table."""
    lines = text.splitlines(keepends=True)
    delimiter = meant.delimiter or _delimiter(lines[0] if lines else "")
    reader = csv.reader(lines, delimiter=delimiter, quotechar=meant.quote, strict=True)
    try:
        heading = [it.strip() for it in next(reader, [])]
        _check(name, heading, meant)
        begun = reader.line_num
        for cells in reader:
            line, begun = begun + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(heading):
                problem = f"the row has {len(cells)} cells, and the heading {len(heading)}"
                raise InputError(name, problem, line=line)
            words = "".join(lines[line - 1 : begun]).rstrip("\r\n")
            yield Row(dict(zip(heading, (it.strip() for it in cells), strict=True)), line, words)
    except csv.Error as error:
        raise InputError(name, f"cannot be read as a table: {error}", line=reader.line_num) from error


def _check(name: str, heading: list[str], meant: Columns) -> None:
    double = next((it for it in heading if it and heading.count(it) > 1), "")
    if double:
        raise InputError(name, f"two columns are called “{shown(double)}”", line=1)
    for wanted in meant.headings():
        if wanted not in heading:
            there = ", ".join(map(shown, heading)) or "none"
            raise InputError(name, f"has no column “{shown(wanted)}”; there are {there}", line=1)


class _Reader:
    """What all kinds of rows share: cells by role, things by name, statements with their row."""

    def __init__(self, meant: Columns) -> None:
        self.meant = meant
        self.said: list[Said] = []
        self.left: list[Diagnostic] = []

    def read(self, row: Row) -> None:
        """Read one row."""
        raise NotImplementedError

    def cell(self, row: Row, role: str) -> str:
        """Return what a row has for a role: its cell, else the constant."""
        heading = self.meant.columns.get(role)
        return (row.cells.get(heading, "") if heading else "") or self.meant.constants.get(role, "")

    def several(self, row: Row, role: str) -> list[str]:
        """Return the values of a cell that holds several."""
        cell, between = self.cell(row, role), self.meant.separators.get(role)
        return [it.strip() for it in (cell.split(between) if between else [cell]) if it.strip()]

    def note(self, row: Row, role: str, why: str) -> None:
        """Note that something of a row is left out."""
        self.left.append(left(row.place(self.meant.columns.get(role, "")), f"left out: {why}"))

    def say(self, row: Row, subject: Node, prop: Iri, value: Term, heading: str = "") -> None:
        """Note a statement with its row."""
        where = f"row {row.line}"
        self.said.append(Said(subject, prop, value, row.place(heading), row.words, "", where))

    def thing(self, row: Row, name: str, kind: str) -> Node:
        """Return a thing by its address, or by its name and kind, which are told with it."""
        if name.startswith(("http://", "https://")):
            return Iri(name)
        node = Blank(f"_:{kind} {name}")
        if kind:
            self.say(row, node, RDF.type, Iri(kind))
        self.say(row, node, SCHEMA.name, Literal(name))
        return node


class _Cast(_Reader):
    """Rows that tell who plays whom, or who did what, in an episode or a series."""

    def read(self, row: Row) -> None:
        performer, series = self.cell(row, "performer"), self.cell(row, "series")
        if not performer or not series:
            self.note(row, "performer", f"the row names no {'series' if performer else 'performer'}")
            return
        work, job = self._work(row, series), self.cell(row, "job").lower()
        heading = self.meant.columns.get("performer", "")
        if job in _JOBS:
            self.say(row, work, _JOBS[job], self.thing(row, performer, SCHEMA.Person), heading)
        elif job in _PLAYING:
            self._role(row, work, performer, heading)
        else:
            self.note(row, "job", f"the job “{shown(job)}” has no place here")

    def _role(self, row: Row, work: Node, performer: str, heading: str) -> None:
        role = Blank(f"_:row {row.line}")
        self.say(row, work, SCHEMA.actor, role, heading)
        self.say(row, role, RDF.type, SCHEMA.PerformanceRole)
        self.say(row, role, SCHEMA.actor, self.thing(row, performer, SCHEMA.Person), heading)
        for name in self.several(row, "character"):
            self.say(row, role, SCHEMA.characterName, Literal(name), self.meant.columns.get("character", ""))
        if section := self.cell(row, "section"):
            self.say(row, role, PH.section, Literal(section))
        if billing := self.cell(row, "billing"):
            self.say(row, role, PH.billing, Literal(billing, XSD.integer))

    def _work(self, row: Row, name: str) -> Node:
        series = self.thing(row, name, SCHEMA.TVSeries)
        number, title, season = (self.cell(row, role) for role in ("episode", "title", "season"))
        if not number and not title:
            return series
        episode = Blank(f"_:{series} {season} {number or title}")
        self.say(row, episode, RDF.type, SCHEMA.TVEpisode)
        self.say(row, episode, SCHEMA.partOfSeries, series)
        for prop, value in (
            (SCHEMA.name, title),
            (SCHEMA.episodeNumber, number),
            (SCHEMA.datePublished, self.cell(row, "date")),
        ):
            if value:
                self.say(row, episode, prop, Literal(value))
        if season:
            part = Blank(f"_:{series} season {season}")
            self.say(row, part, RDF.type, SCHEMA.TVSeason)
            self.say(row, part, SCHEMA.seasonNumber, Literal(season))
            self.say(row, part, SCHEMA.partOfSeries, series)
            self.say(row, episode, SCHEMA.partOfSeason, part)
        return episode


class _Claims(_Reader):
    """Rows of subject, property and value."""

    def read(self, row: Row) -> None:
        subject, prop = self.cell(row, "subject"), self.cell(row, "property")
        values = self.several(row, "value")
        lacking = next((role for role in ("subject", "property", "value") if not self.cell(row, role)), "")
        if lacking:
            self.note(row, lacking, f"the row names no {lacking}")
            return
        about = self.thing(row, subject, self.cell(row, "kind"))
        for value in values:
            self.say(row, about, Iri(prop), self._value(row, value), self.meant.columns.get("value", ""))

    def _value(self, row: Row, value: str) -> Term:
        kind, language = self.cell(row, "value_kind"), self.cell(row, "language")
        if value.startswith(("http://", "https://")) and kind != "text":
            return Iri(value)
        if kind in ("", "text", "date", "number", "quantity", "flag"):
            return Literal(value, language=language) if language else Literal(value)
        return self.thing(row, value, kind)


class _Things(_Reader):
    """Rows that each tell of one thing, a column for each property."""

    def read(self, row: Row) -> None:
        name, address = self.cell(row, "name"), self.cell(row, "address")
        if not name and not address:
            self.note(row, "name", "the row names nothing")
            return
        kind = self.cell(row, "kind") or self.meant.kind
        thing = self.thing(row, address or name, kind)
        if address:
            self.say(row, thing, RDF.type, Iri(kind)) if kind else None
            self.say(row, thing, SCHEMA.name, Literal(name)) if name else None
        for column in self.meant.properties:
            cell = row.cells.get(column.heading, "")
            between = self.meant.separators.get(column.property)
            for value in cell.split(between) if between else [cell]:
                if value.strip():
                    self.say(row, thing, Iri(column.property), _value(value.strip(), column), column.heading)


def _value(value: str, column: Column) -> Term:
    if column.reference:
        return Iri(value)
    if column.language:
        return Literal(value, language=column.language)
    kind = column.datatype or "string"
    return Literal(value, Iri(kind) if ":" in kind else XSD[kind])


_READERS: Final[Mapping[str, type[_Reader]]] = {"cast": _Cast, "claims": _Claims, "things": _Things}
