"""What people read first in a release: how it is cited, what lies where, and the licences of its sources.

CITATION.cff follows the Citation File Format 1.2.0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import yaml

from kg.export.release import Release


def citation(release: Release) -> str:
    """Return the text of CITATION.cff."""
    licence = "license-url" if release.licence.startswith(("http://", "https://")) else "license"
    said = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": release.title,
        "authors": [{"name": name} for name in release.authors()],
        "version": release.date,
        "date-released": release.date,
        licence: release.licence,
        "url": f"{release.site}/",
        "identifiers": [
            {"type": "url", "value": str(release.iri), "description": "The name of the data set."},
            {"type": "other", "value": f"sha256:{release.digest}", "description": "The digest of its build."},
        ],
    }
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1000)


def licences(release: Release) -> str:
    """Return one line for each source: its name, what it is called, whose it is, its licence, where it lies."""
    rows = []
    for source in release.sources:
        said = (str(it) if isinstance(it, str) else it.value for it in source.licences)
        rows.append((source.iri, source.label, "; ".join(source.creators), "; ".join(said), source.address))
    return table(("source", "label", "creators", "licence", "address"), rows)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a small table as CSV (RFC 4180)."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(header)
    lines.writerows(rows)
    return out.getvalue()


def readme(release: Release) -> str:
    """Return the text of README.md: what the release is and what each of its files holds."""
    lines = [
        f"# {release.title}",
        "",
        f"Release of {release.date}, by {', '.join(release.authors())}. Licence: {release.licence}",
        "",
        "`CITATION.cff` says how to cite it; `description.ttl` (VoID, DCAT) and `ro-crate-metadata.json` describe it",
        "to programs. Its sources keep their own licences, which stand in `licences.csv`. `sha256sum -c SHA256SUMS`",
        "checks what was downloaded.",
        "",
        "| file | holds | bytes |",
        "|---|---|---|",
        *(f"| `{part.path}` | {part.title} | {part.size:,} |" for part in release.parts),
    ]
    return "\n".join(lines) + "\n"
