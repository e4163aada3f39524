"""The card of an imported file: whose words it holds, how it was read, and of which state it was.

A card is a small TOML file beside the file that it is about (``cast.csv`` has ``cast.csv.toml``); what the source is
called, where it lies and under which licence stands in ``sources.bib``, once for all its files.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from typing import Final

from kg.errors import InputError

ENDING: Final = ".toml"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; what is empty is found out from the file."""

    source: str
    format: str = ""
    world: str = "actual"
    mapping: str = ""
    read: str = ""
    sha256: str = ""


def read_card(name: str, text: str) -> Card:
    """Return what a card says. Raises InputError for what is no card."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, f"is no card of an import: {error}") from error
    known = [field.name for field in fields(Card)]
    for key, value in found.items():
        if key not in known:
            raise InputError(name, f"“{key}” means nothing here; known are {', '.join(known)}")
        if not isinstance(value, str) or (key == "source" and not any(sign.isalnum() for sign in value)):
            raise InputError(name, f"“{key}” must be words in quotation marks")
    if not any(sign.isalnum() for sign in found.get("world", "actual")):
        raise InputError(name, "the world is “actual” or the name of a story")
    if "/" in found.get("mapping", "") or "\\" in found.get("mapping", ""):
        raise InputError(name, "a mapping lies beside its table: write its name without a folder")
    if "source" not in found:
        raise InputError(name, 'names no source: write source = "…", a key of sources.bib')
    return Card(**found)


def write_card(card: Card, file: str) -> str:
    """Return a card as text, what is empty left out."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in asdict(card).items() if value]
    return f"# What {file} is. Written by kg import; change it as you like.\n" + "\n".join(lines) + "\n"
