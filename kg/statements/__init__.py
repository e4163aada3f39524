"""Statements: what an editor writes beside an entry, read, checked, written and formatted (``docs/statements.md``)."""

from kg.statements.bibliography import Bibliography, bibliography
from kg.statements.checking import check, declared
from kg.statements.reading import read
from kg.statements.scaffolding import scaffold
from kg.statements.twin import from_json, to_json
from kg.statements.writing import format_text, write

__all__ = [
    "Bibliography",
    "bibliography",
    "check",
    "declared",
    "format_text",
    "from_json",
    "read",
    "scaffold",
    "to_json",
    "write",
]
