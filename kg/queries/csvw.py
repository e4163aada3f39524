"""CSV on the Web metadata: what the columns of a CSV file mean, and how the file is cited."""

from __future__ import annotations

import json

from kg.queries.header import Column
from kg.queries.results import Table

_DATATYPES = {
    "integer": "integer", "year": "integer", "number": "decimal", "boolean": "boolean", "iri": "anyURI",
    "language": "language",
}  # fmt: skip


def metadata(table: Table, url: str, *, summary: str = "", licence: str = "") -> str:
    """Return the metadata document of a CSV file that lies at ``url`` beside it (CSVW Tabular Data Model)."""
    cited = table.citation
    said: dict[str, object] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": summary or cited.query,
        "dc:bibliographicCitation": str(cited),
        "dc:date": cited.date,
        "dc:license": licence,
        "dc:source": cited.build,
    }
    kept = {key: value for key, value in said.items() if value}
    schema = {"tableSchema": {"columns": [_column(column) for column in table.columns]}}
    return json.dumps(kept | schema, ensure_ascii=False, indent=2) + "\n"


def _column(column: Column) -> dict[str, object]:
    said: dict[str, object] = {
        "name": column.name,
        "titles": column.name.replace("_", " "),
        "datatype": _DATATYPES.get(column.type, "string"),
    }
    if column.description:
        said["dc:description"] = column.description
    if column.unit:
        said["schema:unitText"] = column.unit
    return said
