"""A difference as people read it: lines of text, or a page of HTML that stands alone; and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from kg.export.claims import Claim, Labels, last_part
from kg.export.diff import Change, Difference, tally
from kg.export.rows import Row, term_of
from kg.export.words import remark, sentence
from kg.vocab import OWL, RDF, Literal

_SHOWN = 20  # statements outside claims that are told one by one: a new ontology changes thousands
_NOTE = (f"<{RDF.type}>", f"<{OWL.Axiom}>")
_NAMES = {"+": "added", "-": "removed", "~": "changed"}
_STYLE = """\
:root{color-scheme:light dark;--add:#1a7f37;--gone:#b42318;--new:#9a6700;--dim:#666}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
ins,del,.changed{text-decoration:none;display:block;padding:.4rem .8rem;margin:.5rem 0;border-left:.3rem solid}
ins{border-color:var(--add)}del{border-color:var(--gone)}.changed{border-color:var(--new)}
p{margin:.2rem 0}.was{text-decoration:line-through;opacity:.7}q,small,.how{color:var(--dim)}q{font-style:italic}
li,h2{break-inside:avoid}h2{font-size:1.1rem;margin-top:2rem}code{overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){:root{--add:#57ab5a;--gone:#e5534b;--new:#c69026;--dim:#999}}
"""


def text(found: Difference, labels: Labels) -> Iterator[str]:
    """Yield a difference as lines: what changed in words, counted, and both digests."""
    for change in found.changes:
        yield from (f"{line}\n" for line in _lines(change, labels))
    yield from (f"{line}\n" for line in _facts(found, labels))
    if found.changes:
        yield "\n"
    yield from (f"{line}\n" for line in counts(found, labels))
    yield f"{summary(found)}\n"
    yield f"digests {found.before[:16]} → {found.after[:16]}\n"


def summary(found: Difference) -> str:
    """Return how much changed, in one line.

    >>> summary(Difference((), (), (), "", ""))
    'no difference in content'
    """
    signs = Counter(change.sign for change in found.changes)
    parts = [f"{signs[sign]} {_NAMES[sign]}" for sign in "+-~" if signs[sign]]
    claims = f"claims: {', '.join(parts)}" if parts else ""
    facts = [(len(found.facts_added), "added"), (len(found.facts_removed), "removed")]
    others = ", ".join(f"{number} {name}" for number, name in facts if number)
    others = f"statements outside claims: {others}" if others else ""
    return "; ".join(filter(None, [claims, others])) or "no difference in content"


def counts(found: Difference, labels: Labels) -> list[str]:
    """Return the changes counted, as in ``+1 contradicted claim about Comet 2``, the most frequent first."""
    return [
        f"{sign}{number} {sort} claim{'s' * (number > 1)} about {labels(subject)}"
        for (sign, sort, subject), number in tally(found)
    ]


def as_json(found: Difference, labels: Labels) -> Iterator[str]:
    """Yield a difference as one JSON document."""
    content = {
        "before": found.before,
        "after": found.after,
        "same": found.same,
        "summary": summary(found),
        "counts": [
            {"change": _NAMES[sign], "kind": sort, "about": str(subject), "label": labels(subject), "number": number}
            for (sign, sort, subject), number in tally(found)
        ],
        "changes": [
            {
                "change": _NAMES[change.sign],
                "before": _record(change.before, labels),
                "after": _record(change.after, labels),
                "notes": _metadata(change, labels),
            }
            for change in found.changes
        ],
        "statements": {
            "added": [" ".join(filter(None, row)) for row in found.facts_added],
            "removed": [" ".join(filter(None, row)) for row in found.facts_removed],
        },
    }
    yield json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def html(found: Difference, labels: Labels) -> Iterator[str]:
    """Yield a difference as a page of HTML."""
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width">\n<title>What changed</title>\n'
    yield f"<style>\n{_STYLE}</style>\n<h1>What changed</h1>\n<p>{escape(summary(found).capitalize())}.</p>\n"
    counted = "".join(f"<li>{escape(line)}</li>\n" for line in counts(found, labels))
    yield f"<ul>\n{counted}</ul>\n" if counted else ""
    for sign, name in _NAMES.items():
        changes = [change for change in found.changes if change.sign == sign]
        if changes:
            yield f"<h2>{len(changes)} {name}</h2>\n"
            yield from (_block(change, labels) for change in changes)
    facts = _facts(found, labels)
    if facts:
        yield "<h2>Statements outside claims</h2>\n<ul>\n"
        yield "".join(f"<li>{escape(line)}</li>\n" for line in facts) + "</ul>\n"
    yield f"<p><small>from <code>{found.before}</code><br>to <code>{found.after}</code></small></p>\n</html>\n"


def _lines(change: Change, labels: Labels) -> list[str]:
    if not change.before or not change.after:
        return [f"{change.sign} {_said(change.claim, labels)}"]
    before, after = _said(change.before, labels), _said(change.after, labels)
    told = [f"~ {after}"] if before == after else [f"~ {before}", f"  → {after}"]
    return told + [f"    {line}" for line in _metadata(change, labels)]


def _metadata(change: Change, labels: Labels) -> list[str]:
    """Return what is said otherwise of a claim, or on which other words it stands."""
    if not change.before or not change.after:
        return []
    old, new = _about(change.before, labels), _about(change.after, labels)
    return [f"- {line}" for line in sorted(old - new)] + [f"+ {line}" for line in sorted(new - old)]


def _about(claim: Claim, labels: Labels) -> set[str]:
    words = {f"words {_quoted(it.quote)}" if it.quote else f"source {it.source_label}" for it in claim.evidence}
    pointed = {f"{labels(predicate)} {_quoted(it.quote)}" for predicate, it in claim.passages if it.quote}
    notes = {f"{labels(predicate)} {_value(value.value)}" if isinstance(value, Literal)
             else f"{labels(predicate)} {labels(value)}" for predicate, value in claim.remarks}  # fmt: skip
    return words | pointed | notes


def _facts(found: Difference, labels: Labels) -> list[str]:
    """Return the first statements outside claims in words, and how many more there are."""
    lines = []
    for sign, changed in (("-", found.facts_removed), ("+", found.facts_added)):
        notes = {row[0] for row in changed if row[1:3] == _NOTE}  # what is noted of a statement goes with it
        rows = [row for row in changed if row[0] not in notes]
        lines += [f"{sign} {_fact(row, labels)}" for row in rows[:_SHOWN]]
        if len(rows) > _SHOWN:
            lines.append(f"{sign} … and {len(rows) - _SHOWN} more")
    return lines


def _fact(row: Row, labels: Labels) -> str:
    subject, predicate, value = (term_of(token) for token in row[:3])
    said = _value(value.value) if isinstance(value, Literal) else labels(value)
    where = f" ({last_part(row[3][1:-1])})" if row[3] else ""
    return f"{labels(subject)} {labels(predicate)} {said}{where}"


def _said(claim: Claim, labels: Labels) -> str:
    how = ", ".join(filter(None, [labels(claim.world), remark(claim, labels)]))
    return f"{sentence(claim, labels)} ({how})"


def _block(change: Change, labels: Labels) -> str:
    tag = {"+": "ins", "-": "del"}.get(change.sign, "div")
    was = change.before if change.sign == "~" else None
    same = was is not None and _said(was, labels) == _said(change.claim, labels)
    former = f'<p class="was">{escape(_said(was, labels))}</p>\n' if was and not same else ""
    quotes = "".join(f"<br><q>{escape(_flat(it.quote))}</q>" for it in change.claim.evidence if it.quote)
    notes = "".join(f'<p class="how">{escape(line)}</p>\n' for line in _metadata(change, labels))
    kind = ' class="changed"' if tag == "div" else ""
    return f"<{tag}{kind}>\n{former}<p>{escape(_said(change.claim, labels))}{quotes}</p>\n{notes}</{tag}>\n"


def _record(claim: Claim | None, labels: Labels) -> dict[str, object] | None:
    if claim is None:
        return None
    quotes: Iterable[str] = (_flat(it.quote) for it in claim.evidence if it.quote)
    return {
        "claim": claim.iri,
        "words": sentence(claim, labels),
        "world": claim.world,
        "force": claim.force,
        "quotes": list(dict.fromkeys(quotes)),
    }


def _value(words: str) -> str:
    return _quoted(words if len(words) < 200 else f"{words[:200]}…")


def _quoted(words: str) -> str:
    return f"“{_flat(words)}”"


def _flat(words: str) -> str:
    return " ".join(words.split())
