"""Which format a file has: by its ending, and where several formats share one, by what stands in it."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import InputError

RDF: Final = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")
FORMATS: Final = (*RDF, "schemaorg", "tvmaze", "claims", "csv")
_ENDINGS: Final = {
    ".ttl": "turtle", ".trig": "trig", ".nt": "ntriples", ".nq": "nquads", ".rdf": "rdfxml", ".owl": "rdfxml",
    ".xml": "rdfxml", ".html": "schemaorg", ".htm": "schemaorg", ".xhtml": "schemaorg", ".jsonl": "claims",
    ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
_JSON: Final = (".json", ".jsonld")
_PACKED: Final = (".zip", ".gz", ".bz2", ".xz", ".zst", ".7z", ".tar")
_SCHEMA_ORG = re.compile(r'"@context"\s*:\s*(?:\[\s*)?"https?://schema\.org/?(?:docs/jsonldcontext\.jsonld)?/?"')
_TVMAZE = re.compile(r"\btvmaze\.com/(?:shows|episodes|people|characters|seasons)/")


def is_foreign(name: str) -> bool:
    """Return whether a file’s name alone tells that it is no guide entry: it ends as data do, and as no page does.

    >>> is_foreign("a.ttl"), is_foreign("a.html"), is_foreign("a.txt")
    (True, False, False)
    """
    ending = "." + name.lower().rpartition(".")[2]
    return ending in _JSON or _ENDINGS.get(ending, "schemaorg") != "schemaorg"


def detected(name: str, text: str) -> str:
    """Return the format of a file. Raises InputError where nothing tells it.

    >>> detected("a.ttl", ""), detected("a.json", '{"@context": "https://schema.org"}')
    ('turtle', 'schemaorg')
    """
    ending = "." + name.lower().rpartition(".")[2]
    if ending in _PACKED:
        raise InputError(name, "is packed: unpack it first")
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if ending in _JSON and _SCHEMA_ORG.search(text):
        return "schemaorg"
    if ending in _JSON and "@context" not in text and _TVMAZE.search(text):
        return "tvmaze"
    if ending == ".jsonld" or (ending == ".json" and re.search(r'"@(?:context|id|graph)"', text)):
        return "jsonld"
    known = ", ".join((*_ENDINGS, *_JSON))
    raise InputError(name, f"nothing tells its format: end its name in one of {known}, or name it with --format")
