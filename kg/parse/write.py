"""An entry written out as a page of the guide: what the readers read again must be the same entry.

The tests hold readers and writer against each other; an editor can print a clean copy of a damaged page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from kg.model import CastItem, Credit, Entry


def text(entry: Entry, label: str = "") -> str:
    """Return an entry as text; a ``label`` is glued where the guide's pages have it."""
    parts = [
        _front(entry),
        _categories(entry),
        entry.title.text if entry.title else "",
        *_glued(label, [part.text for part in entry.synopsis]),
        "\n".join(_glued(label, [_credit(one) for one in entry.credits])),
        *(f"{label}{section}" for section in _sections(entry)),
        f"Original title: {entry.original_title.text}" if entry.original_title else "",
        f"Broadcast from {entry.broadcast.text}" if entry.broadcast else "",
        f"Timeline: {entry.timeline.text}" if entry.timeline else "",
        *_headed(f"{label}Notes: ", [part.text for part in entry.notes]),
        *_headed("Review: ", [part.text for part in entry.reviews]),
        _closing(entry),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(entry: Entry) -> str:
    """Return the front matter: what the text of a page does not tell."""
    values = {
        "series": entry.series, "season": entry.season, "number": entry.number, "title_language": entry.title_language,
        "first_broadcast": entry.first_broadcast, "url": entry.url, "licence": entry.licence,
        "language": entry.language,
    }  # fmt: skip
    lines = [f"{key}: {_scalar(value)}" for key, value in values.items() if value is not None]
    return "\n".join(["---", *lines, "---"]) if lines else ""


def _scalar(value: str | int) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _categories(entry: Entry) -> str:
    return f"Categories {' | '.join(entry.categories)}" if entry.categories else ""


def _glued(label: str, parts: list[str]) -> list[str]:
    return [f"{label}{part}" if index == 0 else part for index, part in enumerate(parts)]


def _headed(words: str, parts: list[str]) -> list[str]:
    return _glued(words, parts)


def _credit(credit: Credit) -> str:
    if not credit.names:
        return f"{credit.heading.removesuffix(' by')} not credited"
    names = [name.text for name in credit.names]
    listed = ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
    return f"{credit.heading} {listed}" + (f" ({credit.detail})" if credit.detail else "")


def _sections(entry: Entry) -> Iterator[str]:
    for section, items in groupby(entry.cast, key=lambda item: item.section):
        yield f"{section}: {', '.join(_items(list(items)))}"


def _items(items: list[CastItem]) -> Iterator[str]:
    """Yield the items of a section; performers who share one pair of brackets stand before it together."""
    for _, group in groupby(items, key=lambda item: (item.span.end, item.credited)):
        shared = list(group)
        names = ", ".join(item.performer.text for item in shared)
        yield f"{names} ({shared[0].credited})" if shared[0].credited else names


def _closing(entry: Entry) -> str:
    if not entry.authors:
        return ""
    kind = "entry & review" if entry.review and not entry.reviews else "entry"
    return f"LogBook {kind} by {' and '.join(author.text for author in entry.authors)}"
