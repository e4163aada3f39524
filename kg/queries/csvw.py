"""CSV on the Web metadata of an answer: what its columns mean, and how it is cited."""

from __future__ import annotations

from kg.export.csvw import Described, document, table
from kg.queries.header import Column
from kg.queries.results import Table

_DATATYPES = {
    "integer": "integer", "year": "integer", "number": "decimal", "boolean": "boolean", "iri": "anyURI",
    "language": "language",
}  # fmt: skip


def metadata(answer: Table, url: str, *, summary: str = "", licence: str = "", delimiter: str = ",") -> str:
    """Return the metadata document of a CSV or TSV file that lies at ``url`` beside it (CSVW Tabular Data Model)."""
    cited = answer.citation
    about = {
        "dc:title": summary or cited.query,
        "dc:bibliographicCitation": str(cited),
        "dc:date": cited.date,
        "dc:license": licence,
        "dc:source": cited.build,
        "dialect": {"delimiter": delimiter, "quoteChar": None} if delimiter != "," else {},
    }
    return document(table(url, map(_column, answer.columns), about))


def _column(column: Column) -> Described:
    return Described(column.name, _DATATYPES.get(column.type, "string"), column.description, column.unit)
