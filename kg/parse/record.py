"""The JSON of ``kg parse``: an entry as plain lists and mappings."""

from __future__ import annotations

from kg.model import (
    CastItem,
    Credit,
    Depiction,
    Diagnostic,
    Entry,
    KnownName,
    Life,
    Mention,
    Paragraph,
    Span,
    TimeMention,
    Words,
)

Json = dict[str, object]


def record(entry: Entry) -> Json:
    """Return an entry in the shape that ``kg parse`` prints."""
    return {
        "source": entry.source,
        "span": _span(entry.span),
        "series": entry.series,
        "label": entry.label,
        "title": _text(entry.title),
        "season": entry.season,
        "number": entry.number,
        "categories": list(entry.categories),
        "synopsis": [_paragraph(part) for part in entry.synopsis],
        "credits": [_credit(credit) for credit in entry.credits],
        "cast": [_item(item) for item in entry.cast],
        "notes": [_paragraph(part) for part in entry.notes],
        "reviews": [_paragraph(part) for part in entry.reviews],
        "authors": [author.text for author in entry.authors],
        "review": entry.review,
        "broadcast": _text(entry.broadcast),
        "original_title": _text(entry.original_title),
        "timeline": _text(entry.timeline),
        "first_broadcast": entry.first_broadcast,
        "url": entry.url,
        "licence": entry.licence,
        "cast_hedge": _span(entry.cast_hedge) if entry.cast_hedge else None,
        "years": list(entry.years),
        "times": [_time(time) for time in entry.times],
        "mentions": [_mention(mention) for mention in entry.mentions],
        "lives": [_life(life) for life in entry.lives],
        "depictions": [_depiction(depiction) for depiction in entry.depictions],
        "diagnostics": [_diagnostic(found) for found in entry.diagnostics],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _text(words: Words | None) -> str | None:
    return words.text if words else None


def _paragraph(part: Paragraph) -> Json:
    return {"text": part.text, "span": _span(part.span)}


def _credit(credit: Credit) -> Json:
    return {
        "job": credit.job,
        "heading": credit.heading,
        "names": [name.text for name in credit.names],
        "detail": credit.detail,
        "span": _span(credit.span),
        "name_spans": [_spans(name.spans) for name in credit.names],
    }


def _item(item: CastItem) -> Json:
    return {
        "performer": item.performer.text,
        "characters": [character.text for character in item.characters],
        "credited": item.credited,
        "qualifiers": list(item.qualifiers),
        "voiced": list(item.voiced),
        "section": item.section,
        "span": _span(item.span),
        "performer_spans": _spans(item.performer.spans),
        "character_spans": [_spans(character.spans) for character in item.characters],
    }


def _time(time: TimeMention) -> Json:
    return {"edtf": time.edtf, "part": time.part, "span": _span(time.span)}


def _known(known: KnownName) -> Json:
    return {"name": known.name, "kind": known.kind, "key": known.key}


def _mention(mention: Mention) -> Json:
    return _known(mention.known) | {"part": mention.part, "spans": _spans(mention.spans)}


def _life(life: Life) -> Json:
    return {"name": life.name, "birth": life.birth, "death": life.death, "part": life.part, "spans": _spans(life.spans)}


def _depiction(depiction: Depiction) -> Json:
    return {
        "character": depiction.character,
        "figure": _known(depiction.figure),
        "reason": depiction.reason,
        "spans": _spans(depiction.spans),
    }


def _diagnostic(found: Diagnostic) -> Json:
    return {
        "code": found.code,
        "severity": found.severity,
        "line": found.line,
        "column": found.column,
        "message": found.message,
    }
