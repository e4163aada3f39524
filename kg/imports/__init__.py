"""Readers of what others have: text in, statements with their places out (`kg.foreign`); nothing is ours yet."""

from __future__ import annotations

from kg.errors import InputError
from kg.foreign import Foreign
from kg.imports.formats import FORMATS, detected

__all__ = ["FORMATS", "decoded", "detected", "foreign"]


def foreign(name: str, data: bytes, form: str, mapping: str = "", mapping_name: str = "") -> Foreign:
    """Return what a file that is no RDF says. Raises InputError with its place."""
    from kg.imports.claimlines import claim_lines
    from kg.imports.schemaorg import schemaorg
    from kg.imports.tables import meaning, table
    from kg.imports.tvmaze import tvmaze

    if form == "schemaorg":
        return schemaorg(name, decoded(name, data))
    if form == "tvmaze":
        return tvmaze(name, decoded(name, data))
    if form == "claims":
        return claim_lines(name, decoded(name, data))
    if form == "csv":
        meant = meaning(name, data.decode("utf-8-sig", "replace"), mapping, mapping_name)
        return table(name, decoded(name, data, meant.encoding), meant)
    raise InputError(name, f"cannot be read as {form}")


def decoded(name: str, data: bytes, encoding: str = "utf-8-sig") -> str:
    """Return bytes as text. Raises InputError with the line of the first byte that is none."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        called = "UTF-8" if encoding.startswith("utf-8") else encoding
        raise InputError(name, f"is no {called} text (byte {error.start}); save it as UTF-8", line=line) from error
