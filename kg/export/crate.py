"""A release as an RO-Crate: the one module that knows its library, which comes with the extra ``release``.

Only the metadata are made here; the library's own writing would copy files that are in their place already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.errors import UsageError
from kg.export.release import Part, Release, Source
from kg.vocab import Literal, Term


def crate(release: Release) -> str:
    """Return the text of ``ro-crate-metadata.json``. Raises UsageError where the library is not installed."""
    try:
        from rocrate.model.contextentity import ContextEntity  # type: ignore[import-untyped, import-not-found, unused-ignore]
        from rocrate.rocrate import ROCrate  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        raise UsageError("a release needs one more library: pip install 'porthole-kg[release]'") from None
    made = ROCrate(version="1.2")  # said, so that another version of the library writes the same
    licences = _addresses([Literal(release.licence)]) | {
        it for one in release.sources for it in _addresses(one.licences)
    }
    for licence in sorted(licences):
        made.add(ContextEntity(made, licence, {"@type": "CreativeWork", "name": licence}))
    for key, value in _about(release).items():
        made.root_dataset[key] = value
    for part in release.parts:
        made.add_file(dest_path=part.path, properties=_file(part))
    made.root_dataset["isBasedOn"] = [made.add(ContextEntity(made, it.iri, _source(it))) for it in release.sources]
    return json.dumps(made.metadata.generate(), ensure_ascii=False, indent=2) + "\n"


def _about(release: Release) -> dict[str, object]:
    return {
        "name": release.title,
        "description": release.description,
        "datePublished": release.date,
        "version": release.date,
        "license": _licence(Literal(release.licence)),
        "identifier": str(release.iri),
        "url": f"{release.site}/",
        "creator": list(release.authors()),
    }


def _file(part: Part) -> dict[str, object]:
    return {
        "name": part.title,
        "encodingFormat": [part.media, "application/gzip"] if part.packed else part.media,
        "contentSize": str(part.size),
        "sha256": part.sha256,
    }


def _source(source: Source) -> dict[str, object]:
    licences = [_licence(it) for it in source.licences]
    found: dict[str, object] = {"@type": "CreativeWork", "name": source.label, "license": licences}
    return found | ({"url": source.address} if source.address else {})


def _addresses(licences: Iterable[Term]) -> set[str]:
    return {text for text in map(_text, licences) if text.startswith(("http://", "https://"))}


def _licence(licence: Term) -> object:
    """Return a reference to a licence that has an address, else its words."""
    return {"@id": _text(licence)} if _addresses([licence]) else _text(licence)


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)
