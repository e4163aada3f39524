"""The link file: SSSOM as tab-separated text, read and written through sssom-pydantic, with our rules on decisions.

A proposal names no reviewer. A decision names who made it (``reviewer_id``), when (``review_date``) and which way
(``reviewer_agreement``: 1 accepts, -1 rejects), as SSSOM 1.1 has it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
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
_LAYOUT = re.compile(r"[\t\r\n]+")


def read(text: str, source: str = "links.sssom.tsv") -> tuple[Mapping, ...]:
    """Return the links of a file and what was decided on each.

    Raises InputError, with the line, for text that is no SSSOM, an undeclared prefix, or a decision that is not whole.
    """
    if not text.strip():
        return ()
    try:
        with read_unprocessed_iterable(StringIO(text)) as found:
            rows = list(found.records)
            return tuple(_checked(_mapping(row.record, row.line_number + 1, found.converter, source), source)
                         for row in rows)  # fmt: skip
    except (ValueError, AttributeError, TypeError, yaml.YAMLError) as error:
        raise InputError(source, f"the head is no SSSOM ({_first(error)})", line=1) from error


def write(mappings: Iterable[Mapping], base: str = DEFAULT_BASE) -> str:
    """Return links as SSSOM, sorted by our node, the same text for the same links.

    Raises InputError for a node that lies under no declared prefix.
    """
    prefixes = {"id": base, "ph": str(PH), "wd": str(WD), "skos": str(SKOS), "semapv": str(SEMAPV),
                "sssom": str(SSSOM), "orcid": "https://orcid.org/"}  # fmt: skip
    converter = Converter.from_prefix_map(prefixes)
    ordered = sorted(mappings, key=lambda mapping: (mapping.subject, mapping.object))
    out = StringIO()
    write_unprocessed(
        [_record(mapping, converter) for mapping in ordered],
        out,
        metadata={"mapping_set_id": f"{base}links", "license": LICENCE, "sssom_version": "1.1"},
        converter=converter,
        columns=COLUMNS,
        condense=False,
    )
    return out.getvalue().replace("\r\n", "\n")


def _mapping(record: Record | ParseError, line: int, converter: Converter, source: str) -> Mapping:
    if isinstance(record, ParseError):
        raise InputError(source, _first(record.exception), line=line)
    iri = _expander(converter, source, line)
    return Mapping(
        subject=iri(record.subject_id),
        object=iri(record.object_id),
        predicate=iri(record.predicate_id),
        subject_label=record.subject_label or "",
        object_label=record.object_label or "",
        justification=iri(record.mapping_justification),
        confidence=record.confidence,
        reviewers=tuple(iri(reviewer) for reviewer in record.reviewer_id or ()),
        review_date=_date(record.review_date),
        agreement=record.reviewer_agreement,
        mapping_date=_date(record.mapping_date),
        tool=record.mapping_tool or "",
        tool_version=record.mapping_tool_version or "",
        comment=record.comment or "",
        negated=record.predicate_modifier == "Not",
        line=line,
    )


def _expander(converter: Converter, source: str, line: int) -> Callable[[str], Iri]:
    def expand(curie: str) -> Iri:
        found = converter.expand(curie)
        if found is None:
            raise InputError(source, f"“{curie}” has no prefix of the head's curie_map", line=line)
        return Iri(found)

    return expand


def _checked(mapping: Mapping, source: str) -> Mapping:
    """Return a link whose decision is whole: none at all, or by somebody, on a day, one way or the other."""
    faults = list(_faults(mapping))
    if faults:
        raise InputError(source, faults[0], line=mapping.line)
    return mapping


def _faults(mapping: Mapping) -> Iterator[str]:
    if mapping.predicate not in _PREDICATES:
        yield f"{mapping.predicate} is no SKOS mapping property, such as skos:exactMatch"
    if mapping.agreement is None and (mapping.reviewers or mapping.review_date):
        yield "a reviewer or review date without reviewer_agreement: write 1 to accept, -1 to reject"
    if mapping.agreement is not None and mapping.agreement not in (1, -1):
        yield f"reviewer_agreement is {mapping.agreement:g}: write 1 to accept, -1 to reject"
    if mapping.agreement is not None and not mapping.reviewers:
        yield "reviewer_agreement without reviewer_id: say who decided"
    if mapping.agreement is not None and not mapping.review_date:
        yield "reviewer_agreement without review_date: say when it was decided"


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
