"""CSV on the Web metadata: what the columns of CSV files mean (W3C Metadata Vocabulary for Tabular Data).

Tables of things and answers of saved queries are described by the same records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.vocab import XSD

_BUILT_IN = frozenset(
    "integer decimal double float boolean date dateTime time gYear gYearMonth duration string anyURI language".split()
)


@dataclass(frozen=True, slots=True)
class Described:
    """A column as its metadata tell it; ``datatype`` is a name that CSVW knows, or the IRI of another datatype.

    ``property`` is what a cell says of its row's thing; cells of a ``hidden`` column say nothing that another does not.
    """

    name: str
    datatype: str = "string"
    description: str = ""
    unit: str = ""
    property: str = ""
    language: str = ""
    reference: bool = False
    hidden: bool = False

    def metadata(self) -> dict[str, object]:
        """Return the column's description."""
        found: dict[str, object] = {
            "name": self.name,
            "titles": _titles(self.name),
            "datatype": _datatype(self.datatype),
        }
        further = {
            "dc:description": self.description,
            "schema:unitText": self.unit,
            "propertyUrl": self.property,
            "valueUrl": f"{{+{self.name}}}" if self.reference else "",
            "lang": self.language,
            "suppressOutput": self.hidden,
        }
        return found | {key: value for key, value in further.items() if value}


def _titles(name: str) -> object:
    """Return what may stand above a column: the name, as in our files, and how people read it."""
    read = name.replace("_", " ")
    return name if read == name else [name, read]


def table(url: str, columns: Iterable[Described], about: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return the description of one CSV file; ``about`` is what is said of it besides, where it is not empty."""
    said = {key: value for key, value in (about or {}).items() if value}
    return {"url": url} | said | {"tableSchema": {"columns": [column.metadata() for column in columns]}}


def document(content: Mapping[str, object]) -> str:
    """Return the text of a metadata document: of one table, or of a group (``{"tables": …}``)."""
    return json.dumps({"@context": "http://www.w3.org/ns/csvw", **content}, ensure_ascii=False, indent=2) + "\n"


def _datatype(named: str) -> object:
    local = named.removeprefix(str(XSD))
    return local if local in _BUILT_IN else {"@id": named, "base": "string"}
