"""Where the files that come with the program lie: ontology, queries, bundled guide, snapshot.

A wheel carries them inside the package, as ``kg/_share``; in a checkout (and so in an editable install) they lie at the
top level of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shared(*parts: str) -> Path:
    """Return a file or folder that comes with the program: ``shared("ontology", "porthole.ttl")``."""
    packed = _PACKAGE / "_share"
    root = packed if packed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
