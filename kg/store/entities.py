"""What RDF/XML may declare as entities: names for namespaces, as editors of ontologies write them, and nothing larger.

The parsers unfold entities without a limit: a kilobyte of them that name each other ends the process.
"""

from __future__ import annotations

import re

from kg.errors import LimitError, RdfError

_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s\"'>]+)\s+([^>]*)>")
_VALUE = re.compile(rb"\"([^\"]*)\"|'([^']*)'")
_LARGEST = 200_000_000  # bytes that all entities of a document may unfold to


def refuse_bombs(data: bytes, source: str) -> None:
    """Raise RdfError for entities that lead outside or to each other, LimitError where they unfold into too much.

    >>> refuse_bombs(b'<!DOCTYPE r [<!ENTITY owl "http://www.w3.org/2002/07/owl#">]> <r a="&owl;Class"/>', "a.owl")
    """
    if b"<!ENTITY" not in data:
        return
    unfolded = 0
    for match in _ENTITY.finditer(data):
        name, value = match.group(2), _VALUE.match(match.group(3))
        line = data.count(b"\n", 0, match.start()) + 1
        if match.group(1) or value is None:
            raise RdfError(source, f"the entity {_shown(name)} leads outside of the document; write it out", line=line)
        text = value.group(1) or value.group(2) or b""
        if b"&" in text.replace(b"&#", b""):
            raise RdfError(source, f"the entity {_shown(name)} uses another entity; write it out", line=line)
        unfolded += len(text) * data.count(b"&" + name + b";")
        if unfolded > _LARGEST:
            raise LimitError(f"{source}: its entities unfold into more than {_LARGEST // 1_000_000} MB; write them out")


def _shown(name: bytes) -> str:
    return name.decode("utf-8", "replace")
