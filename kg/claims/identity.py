"""Who is who: the reviewed table that merges a person's spellings and splits namesakes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.errors import InputError

HEADER = ("name", "entry", "person")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name stands for: by name and entry, or by name alone."""

    table: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    def known_as(self, name: str, entry: str = "") -> str:
        """Return the name under which a person or thing is known; a name that the table lacks stands for itself."""
        return self.table.get((name, entry)) or self.table.get((name, "")) or name

    def with_aliases(self, aliases: Mapping[str, str]) -> Identity:
        """Return a table that also knows other names of things; what it says itself goes first."""
        return Identity(MappingProxyType({(name, ""): meant for name, meant in aliases.items()} | dict(self.table)))


def read(text: str, source: str) -> Identity:
    """Return the table in a tab-separated file with the columns name, entry and person.

    ``entry`` limits a row to one entry (namesakes), and is empty for a spelling that is right everywhere.
    Raises InputError for a row of another width, an empty name, or two rows that disagree.
    """
    rows = list(csv.reader(text.splitlines(), delimiter="\t"))
    if rows and tuple(rows[0]) != HEADER:
        raise InputError(source, f"the first line must be {'⇥'.join(HEADER)}, with tabs between", line=1)
    table: dict[tuple[str, str], str] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if len(row) != len(HEADER) or not row[0] or not row[2]:
            raise InputError(source, "a row needs a name, an entry (or nothing) and a person", line=line)
        name, entry, person = (cell.strip() for cell in row)
        if table.setdefault((name, entry), person) != person:
            raise InputError(source, f"“{name}” is already said to be {table[name, entry]}", line=line)
    return Identity(MappingProxyType(table))
