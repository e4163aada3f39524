"""Readers of what others have: text in, statements with their places out (`kg.foreign`); nothing is ours yet."""

from __future__ import annotations

from kg.errors import InputError
from kg.foreign import Foreign
from kg.imports.formats import FORMATS, detected

__all__ = ["FORMATS", "detected", "foreign"]


def foreign(name: str, data: bytes, form: str, mapping: str = "", mapping_name: str = "") -> Foreign:
    """Return what a file that is no RDF says. Raises InputError with its place."""
    raise InputError(name, f"cannot be read as {form}")
