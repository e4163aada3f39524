"""A difference as people read it: lines of text, or a page of HTML that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kg.export.claims import Claim, Labels
from kg.export.diff import Change, Difference, counts
from kg.export.words import remark, sentence

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;color:#222;background:#fff}"
    "ins,del,.changed{text-decoration:none;display:block;padding:.4rem .8rem;margin:.4rem 0;border-left:.3rem solid}"
    "ins{background:#eaf6ec;border-color:#1a7f37}del{background:#fdecea;border-color:#b42318}"
    ".changed{background:#fff6e0;border-color:#9a6700}q{color:#555;font-style:italic}small{color:#555}"
)


def text(found: Difference, labels: Labels) -> Iterator[str]:
    """Yield a difference as lines: what changed in words, counted, and both digests."""
    if found.same:
        yield "no difference in content\n"
    for change in found.changes:
        yield from _lines(change, labels)
    if found.facts_added or found.facts_removed:
        yield f"+{len(found.facts_added)} -{len(found.facts_removed)} statements outside claims\n"
    for line in counts(found, labels):
        yield f"{line}\n"
    yield f"{found.before[:16]}..{found.after[:16]}\n"


def html(found: Difference, labels: Labels) -> Iterator[str]:
    """Yield a difference as a page of HTML."""
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>What changed</title>\n'
    yield f"<style>{_STYLE}</style>\n<h1>What changed</h1>\n"
    yield f"<p><small>from {found.before}<br>to {found.after}</small></p>\n"
    if found.same:
        yield "<p>No difference in content.</p>\n"
    yield "<ul>\n" + "".join(f"<li>{escape(line)}</li>\n" for line in counts(found, labels)) + "</ul>\n"
    for change in found.changes:
        tag = {"+": "ins", "-": "del"}.get(change.sign, "div")
        yield f"<{tag}{' class=changed' * (tag == 'div')}>\n"
        yield "".join(_paragraph(claim, labels) for claim in (change.before, change.after) if claim)
        yield f"</{tag}>\n"
    yield f"<p>Statements outside claims: {len(found.facts_added)} added, {len(found.facts_removed)} removed.</p>\n"
    yield "</html>\n"


def _lines(change: Change, labels: Labels) -> Iterator[str]:
    if change.before and change.after:
        before, after = _said(change.before, labels), _said(change.after, labels)
        if before == after:
            yield f"~ {after}\n"
            yield from _metadata(change.before, change.after, labels)
        else:
            yield f"~ {before}\n  → {after}\n"
    else:
        yield f"{change.sign} {_said(change.claim, labels)}\n"


def _metadata(before: Claim, after: Claim, labels: Labels) -> Iterator[str]:
    """Yield what is said otherwise of a claim whose statements are the same."""
    old, new = _about(before, labels), _about(after, labels)
    yield from (f"    - {line}\n" for line in sorted(old - new))
    yield from (f"    + {line}\n" for line in sorted(new - old))


def _about(claim: Claim, labels: Labels) -> set[str]:
    words = {
        f"words “{' '.join(it.quote.split())}”" if it.quote else f"source {it.source_label}" for it in claim.evidence
    }
    spans = {it.iri for it in claim.evidence}
    return words | {f"{labels(predicate)} {labels(value)}" for predicate, value in claim.about if value not in spans}


def _said(claim: Claim, labels: Labels) -> str:
    how = ", ".join(filter(None, [labels(claim.world), remark(claim, labels)]))
    return f"{sentence(claim, labels)} ({how})"


def _paragraph(claim: Claim, labels: Labels) -> str:
    quotes = "".join(f"<br><q>{escape(' '.join(it.quote.split()))}</q>" for it in claim.evidence if it.quote)
    return f"<p>{escape(_said(claim, labels))}{quotes}</p>\n"
