"""Findings as text for people: with the words and a caret, or as a table; and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kg.validate.findings import Finding, gravity, tally
from kg.validate.locate import Located, Passage
from kg.validate.paths import reads
from kg.vocab import PREFIXES, Blank, Iri, Literal, Term, n3

WIDE = 100  # signs of a line that are shown around the words
LEVELS = ("info", "warning", "violation")


def level(finding: Finding) -> str:
    """Return how grave a finding is, in a word."""
    return LEVELS[gravity(finding.severity)]


def short(iri: str) -> str:
    """Return an IRI with one of the known prefixes, else in brackets."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri[len(namespace) :].replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def shown(term: Term) -> str:
    """Return a term as a person reads it."""
    if isinstance(term, Literal):
        return f"“{term.value}”@{term.language}" if term.language else f"“{term.value}”"
    return "a node without a name" if isinstance(term, Blank) else short(term)


def place(located: Located) -> str:
    """Return where a finding's words stand, as ``file:line:column``; the editor's line where there are none."""
    for words in located.passages:
        return f"{words.file}:{words.line}:{words.column}"
    for written in located.written:
        return str(written)
    return ""


def human(found: Iterable[Located]) -> str:
    """Return findings for people: place, what is wrong, the line with a caret under the words, whence it comes."""
    unique = once(found)
    blocks = [_block(located) for located in unique]
    return "\n".join([*blocks, _summary([located.finding for located in unique])]) + "\n"


def once(found: Iterable[Located]) -> list[Located]:
    """Return each finding once: a report for people need not say twice what two ways lead to."""
    return list(dict.fromkeys(found))


def _block(located: Located) -> str:
    finding = located.finding
    where = place(located)
    lines = [f"{where}: {level(finding)}: {finding.text}" if where else f"{level(finding)}: {finding.text}"]
    for words in located.passages[:1]:
        lines += caret(words)
    lines += [f"  {key}: {text}" for key, text in _about(located)]
    return "\n".join(lines) + "\n"


def _about(located: Located) -> list[tuple[str, str]]:
    finding = located.finding
    facts = [("about", _named(finding.focus, located.node))]
    if finding.path is not None:
        facts.append(("property", reads(finding.path, short)))
    if finding.value is not None and finding.value != finding.focus:
        facts.append(("value", _named(finding.value, located.value)))
    facts += [
        ("words", f"{words.file}:{words.line}:{words.column} “{_cut(words.quote)}”") for words in located.passages[1:]
    ]
    facts += [("source", source) for source in located.sources]
    facts += [("written", str(written)) for written in located.written]
    facts.append(("rule", shown(finding.shape) if isinstance(finding.shape, Iri) else short(finding.component)))
    return facts


def _named(term: Term, name: str) -> str:
    if isinstance(term, Literal) or not name or name == term:
        return shown(term)
    return f"{name} ({shown(term)})" if isinstance(term, Iri) else name


def caret(words: Passage) -> list[str]:
    """Return the line on which the words begin, cut to what a screen shows, with carets under them."""
    if not words.lines:
        return []
    line, start = words.lines[0], words.column - 1
    end = words.end_column - 1 if words.end_line == words.line else len(line)
    left = max(0, min(start - WIDE // 3, len(line) - WIDE))
    part = line[left : left + WIDE].replace("\t", " ")
    before, after = ("…" if left else ""), ("…" if left + WIDE < len(line) else "")
    width = max(1, min(end, left + WIDE) - start)
    gutter = f"  {words.line} | "
    below = " " * (len(str(words.line)) + 3) + "| " + " " * (start - left + len(before))
    return [f"{gutter}{before}{part}{after}", below + "^" * width]


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDE else flat[: WIDE - 1] + "…"


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "nothing found"
    words = (("violation", "violations"), ("warning", "warnings"), ("info", "infos"))
    counts = zip(tally(findings).values(), words, strict=True)
    return ", ".join(f"{count} {one if count == 1 else many}" for count, (one, many) in counts if count)


def table(found: Iterable[Located]) -> str:
    """Return findings as a table, one line each, columns aligned; the message comes last."""
    rows = [("level", "place", "about", "property", "message")]
    for located in once(found):
        finding = located.finding
        prop = "" if finding.path is None else reads(finding.path, short)
        about = located.node if located.node not in ("", finding.focus) else shown(finding.focus)
        rows.append((level(finding), place(located), about, prop, " ".join(finding.text.split())))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[4]]) + "\n" for row in rows
    )


def as_json(found: Iterable[Located]) -> str:
    """Return findings as a JSON array of objects, every term in N-Triples."""
    return json.dumps([_object(located) for located in found], ensure_ascii=False, indent=1) + "\n"


def _object(located: Located) -> dict[str, object]:
    finding = located.finding
    return {
        "severity": level(finding),
        "message": finding.text,
        "messages": [{"text": message.value, "language": message.language} for message in finding.messages],
        "focus": n3(finding.focus),
        "label": located.node,
        "path": None if finding.path is None else reads(finding.path),
        "value": None if finding.value is None else n3(finding.value),
        "component": finding.component,
        "shape": n3(finding.shape),
        "words": [
            {
                "file": words.file,
                "line": words.line,
                "column": words.column,
                "endLine": words.end_line,
                "endColumn": words.end_column,
                "quote": words.quote,
            }
            for words in located.passages
        ],
        "written": [
            {"file": it.file, "line": it.line} | ({"column": it.column} if it.column else {}) for it in located.written
        ],
        "sources": list(located.sources),
    }
