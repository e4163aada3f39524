"""The link file: SSSOM as tab-separated text, read and written through sssom-pydantic, with our rules on decisions.

A proposal names no reviewer. A decision names who made it (``reviewer_id``), when (``review_date``) and which way
(``reviewer_agreement``: 1 accepts, -1 rejects), as SSSOM 1.1 has it.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

import yaml
from curies import Converter
from sssom_pydantic import write_unprocessed
from sssom_pydantic.io import ParseError, read_unprocessed_iterable
from sssom_pydantic.models import Record

from kg.errors import InputError
from kg.link.mapping import Mapping, merge
from kg.link.wikidata import LICENCE, SEMAPV, SSSOM
from kg.vocab import DEFAULT_BASE, PH, SKOS, WD, Iri

__all__ = ["merge", "read", "write"]

COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "confidence", "reviewer_id", "review_date", "reviewer_agreement", "mapping_date",
    "mapping_tool", "mapping_tool_version", "comment",
)  # fmt: skip
_PREDICATES: Final = frozenset(
    SKOS[name] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
# what a link says in words of its own; all else that a line says is kept as it stands
_OURS: Final = frozenset(COLUMNS)
_LAYOUT = re.compile(r"[\t\r\n]+")


def read(text: str, source: str = "links.sssom.tsv") -> tuple[Mapping, ...]:
    """Return the links of a file and what was decided on each.

    Raises InputError, with line and column, for text that is no SSSOM, an undeclared prefix, a decision that is not
    whole, and a link that stands twice.
    """
    if not text.strip():
        return ()
    table = _Table.of(text, source)
    try:
        with read_unprocessed_iterable(StringIO(text)) as found:
            rows = list(found.records)
            converter = found.converter
    except (ValueError, AttributeError, TypeError, yaml.YAMLError) as error:
        raise InputError(source, f"the head is no SSSOM ({_first(error)})", line=1) from error
    places = table.rows()
    first = len(table.head) + 1
    mappings = tuple(_mapping(row.record, table, places[row.line_number - first], converter) for row in rows)
    table.check(mappings)
    return mappings


def write(mappings: Iterable[Mapping], base: str = DEFAULT_BASE, earlier: str = "") -> str:
    """Return links as SSSOM, sorted by our node, the same text for the same links.

    The head of an ``earlier`` text is kept, and the further columns that its lines have. Raises InputError for a node
    that lies under no declared prefix, and for columns that are none of SSSOM's: they would be lost.
    """
    ordered = sorted(mappings, key=lambda mapping: mapping.key)
    head, declared = _head(earlier) if earlier.strip() else ({}, {})
    converter = Converter.from_prefix_map(_prefixes(ordered, base, declared))
    used = {name for mapping in ordered for name, _ in mapping.further}
    out = StringIO()
    write_unprocessed(
        [_record(mapping, converter) for mapping in ordered],
        out,
        metadata={"mapping_set_id": f"{base}links", "license": LICENCE} | head | {"sssom_version": "1.1"},
        converter=converter,
        columns=[*COLUMNS, *(name for name in Record.model_fields if name in used)],
        condense=False,
    )
    return out.getvalue().replace("\r\n", "\n")


def _prefixes(mappings: Iterable[Mapping], base: str, declared: dict[str, str]) -> dict[str, str]:
    """Return our prefixes, those of an earlier head beside them, and one for each further service that is linked to."""
    found = {"id": base, "ph": str(PH), "wd": str(WD), "skos": str(SKOS), "semapv": str(SEMAPV),
             "sssom": str(SSSOM), "orcid": "https://orcid.org/"}  # fmt: skip
    for prefix, space in declared.items():
        if prefix not in found and space not in found.values():
            found[prefix] = space
    others = sorted({mapping.space for mapping in mappings} - set(found.values()))
    return found | {f"ns{number}": space for number, space in enumerate(others, start=1) if space}


def _head(text: str) -> tuple[dict[str, object], dict[str, str]]:
    """Return the head of a file but for its prefixes, and these. Raises InputError for columns that would be lost."""
    table = _Table.of(text, "links.sssom.tsv")
    head = dict(yaml.safe_load("".join(line.lstrip("#") + "\n" for line in table.head)) or {})
    prefixes = head.pop("curie_map", None) or {}
    lost = next((name for name in table.columns if name not in Record.model_fields), None)
    if lost is not None:
        problem = f"“{lost}” is no column of SSSOM and would be lost; use “other” or “comment” for it"
        raise InputError(table.source, problem, line=len(table.head) + 1)
    return head, prefixes


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's lines, to tell where a fault stands."""

    source: str
    head: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str, source: str) -> _Table:
        lines = tuple(re.split(r"\r\n|\n|\r", text))
        start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines) - 1)
        return cls(source, lines[:start], tuple(filter(None, map(str.strip, lines[start].split("\t")))), lines)

    def fault(self, problem: str, line: int, column: str = "") -> InputError:
        """Return what is wrong in a line, and where in it the cell of a column begins."""
        cells = self.lines[line - 1].split("\t") if line <= len(self.lines) else []
        place = self.columns.index(column) if column in self.columns else -1
        at = sum(len(cell) + 1 for cell in cells[:place]) + 1 if place >= 0 else None
        return InputError(self.source, problem, line=line, column=at)

    def rows(self) -> tuple[int, ...]:
        """Return the line of each row, blank lines apart. Raises InputError for a cell that runs over lines."""
        above = len(self.head) + 1
        reader = csv.reader((f"{line}\n" for line in self.lines[above:]), delimiter="\t")
        found, before = [], 0
        for row in reader:
            if reader.line_num > before + 1:
                problem = "a quotation mark opens a cell and none closes it in this line; double it or leave it out"
                raise InputError(self.source, problem, line=above + before + 1)
            before = reader.line_num
            found.extend([above + before] if row else [])
        return tuple(found)

    def check(self, mappings: Sequence[Mapping]) -> None:
        """Raise what is wrong with links that can be read: decisions that are not whole, too many cells, doubles."""
        seen: dict[tuple[Iri, Iri, Iri], int] = {}
        for mapping in mappings:
            for column, problem in _faults(mapping):
                raise self.fault(problem, mapping.line, column)
            if len(self.lines[mapping.line - 1].rstrip("\t").split("\t")) > len(self.columns):
                raise self.fault("has more cells than the table has columns", mapping.line)
            if mapping.key in seen:
                raise self.fault(f"the link of line {seen[mapping.key]} once more; keep one of them", mapping.line)
            seen[mapping.key] = mapping.line


def _mapping(record: Record | ParseError, table: _Table, line: int, converter: Converter) -> Mapping:
    if isinstance(record, ParseError):
        raise table.fault(_first(record.exception), line, _place(record.exception))

    def iri(curie: str, column: str) -> Iri:
        found = converter.expand(curie)
        if found is None:
            raise table.fault(f"“{curie}” has no prefix of the head's curie_map", line, column)
        return Iri(found)

    further = record.model_dump(exclude_none=True, exclude_defaults=True)
    return Mapping(
        subject=iri(record.subject_id, "subject_id"),
        object=iri(record.object_id, "object_id"),
        predicate=iri(record.predicate_id, "predicate_id"),
        subject_label=record.subject_label or "",
        object_label=record.object_label or "",
        justification=iri(record.mapping_justification, "mapping_justification"),
        confidence=record.confidence,
        reviewers=tuple(iri(reviewer, "reviewer_id") for reviewer in record.reviewer_id or ()),
        review_date=_date(record.review_date),
        agreement=record.reviewer_agreement,
        mapping_date=_date(record.mapping_date),
        tool=record.mapping_tool or "",
        tool_version=record.mapping_tool_version or "",
        comment=record.comment or "",
        negated=record.predicate_modifier == "Not",
        further=tuple((name, value) for name, value in further.items() if name not in _OURS),
        line=line,
    )


def _faults(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a link, each with its column: decided by nobody, on no day, or neither way."""
    if mapping.predicate not in _PREDICATES:
        yield "predicate_id", f"{mapping.predicate} is no SKOS mapping property, such as skos:exactMatch"
    if mapping.agreement is None and (mapping.reviewers or mapping.review_date):
        column = "reviewer_id" if mapping.reviewers else "review_date"
        yield column, "a reviewer or review date without reviewer_agreement: write 1 to accept, -1 to reject"
    if mapping.agreement is not None and mapping.agreement not in (1, -1):
        yield "reviewer_agreement", f"reviewer_agreement is {mapping.agreement:g}: write 1 to accept, -1 to reject"
    if mapping.agreement is not None and not mapping.reviewers:
        yield "reviewer_agreement", "reviewer_agreement without reviewer_id: say who decided"
    if mapping.agreement is not None and not mapping.review_date:
        yield "reviewer_agreement", "reviewer_agreement without review_date: say when it was decided"


def _record(mapping: Mapping, converter: Converter) -> Record:
    curie = _compressor(converter)
    return Record(
        subject_id=curie(mapping.subject),
        subject_label=_line(mapping.subject_label),
        predicate_id=curie(mapping.predicate),
        predicate_modifier="Not" if mapping.negated else None,
        object_id=curie(mapping.object),
        object_label=_line(mapping.object_label),
        mapping_justification=curie(mapping.justification),
        confidence=mapping.confidence,
        reviewer_id=[curie(reviewer) for reviewer in mapping.reviewers] or None,
        review_date=_day(mapping.review_date),
        reviewer_agreement=mapping.agreement,
        mapping_date=_day(mapping.mapping_date),
        mapping_tool=mapping.tool or None,
        mapping_tool_version=mapping.tool_version or None,
        comment=_line(mapping.comment),
        **dict(mapping.further),
    )


def _compressor(converter: Converter) -> Callable[[str], str]:
    def compress(iri: str) -> str:
        curie = converter.compress(iri)
        if curie is None:
            raise InputError("links", f"<{iri}> lies under no prefix of the link file; it needs an IRI of this project")
        return curie

    return compress


def _line(text: str) -> str | None:
    return _LAYOUT.sub(" ", text).strip() or None


def _date(day: datetime.date | None) -> str:
    return day.isoformat() if day is not None else ""


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _first(error: Exception) -> str:
    """Return what a checker says, as one line: the field and its fault where it is a list of them."""
    details = getattr(error, "errors", None)
    if callable(details) and (faults := details()):
        return f"{'.'.join(map(str, faults[0]['loc']))}: {faults[0]['msg']}"
    return " ".join(str(error).split())


def _place(error: Exception) -> str:
    """Return the column that a checker complains of, or ""."""
    details = getattr(error, "errors", None)
    faults = details() if callable(details) else ()
    return str(faults[0]["loc"][0]) if faults and faults[0]["loc"] else ""
