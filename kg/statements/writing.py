"""Statements as text again: a whole file from its records, and a file's own text in its canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Quote, Section, Statement, Statements, Value, When
from kg.statements.lines import HEAD_KEYS, HEADINGS, KEYS, Line, line, lines
from kg.statements.rows import SlipError, row
from kg.terms import Vocabulary

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def write(statements: Statements) -> str:
    """Return a statements file that says what the records say; read again, it gives the same."""
    head = [f"{key}: {said}" for key in HEAD_KEYS if (said := getattr(statements, key))]
    body = list(_body(statements.statements))
    offered = [f"// offered: {_fields(offer)}" for offer in statements.offered]
    return _spaced([*head, *body, *([""] if offered else []), *offered])


def format_text(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Return the text of a statements file in canonical form: signs, indents and blank lines.

    Every remark stays, and so does every line that cannot be read. Properties that were renamed get their new names.
    """
    formatter = _Formatter(vocabulary)
    return _spaced([formatter.form(raw, number) for number, raw in enumerate(lines(text), 1)])


class _Formatter:
    """Forms lines one by one; what they mean depends on the heading above."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self._vocabulary = vocabulary
        self._heading: Section | None = None

    def form(self, raw: str, number: int) -> str:
        """Return one line in canonical form."""
        found = line(raw, number)
        written = self._formed(found, raw)
        return f"//? {written}" if found.proposed and found.kind in ("statement", "key") else written

    def _formed(self, found: Line, raw: str) -> str:
        if found.kind == "heading" and found.text.capitalize() in HEADINGS:
            self._heading = found.text.lower()  # type: ignore[assignment]
            return f"# {found.text.capitalize()}"
        if found.kind == "key" and found.key in (HEAD_KEYS if self._heading is None else KEYS):
            return f"{'' if self._heading is None else '  '}{found.key}: {found.text}".rstrip()
        if found.kind == "statement":
            return self._statement(found, raw)
        sign = {"quote": "> ", "remark": "// ", "offer": "// offered: "}.get(found.kind, "")
        return f"{sign}{found.text}".rstrip() if sign else raw.rstrip()

    def _statement(self, found: Line, raw: str) -> str:
        try:
            said = row(found, self._heading or "things")
        except SlipError:
            return (raw.replace("//?", "", 1) if found.proposed else raw).rstrip()
        name = self._vocabulary.former.get(said.property) if self._vocabulary else None
        return f"- {_prefix(said)}{_fields(said, name)}"


def _body(statements: Iterable[Statement]) -> Iterator[str]:
    heading: Section | None = None
    quote: Quote | None = None
    for said in statements:
        under = said.heading or said.section
        if under != heading or (quote is not None and said.quote is None):
            yield f"# {under.capitalize()}"
            heading, quote = under, None
        if said.quote is not None and (quote is None or _quoted(said.quote) != _quoted(quote)):
            yield f"> {_quoted(said.quote)}"
            quote = said.quote
        yield from (f"//? {part}" if said.proposed else part for part in _lines(said))


def _lines(said: Statement) -> Iterator[str]:
    yield f"- {_prefix(said)}{_fields(said)}"
    keys = {
        "when": _when(said.when),
        "until": _when(said.until),
        "told by": said.told_by,
        "shown": said.shown,
        "hedge": said.hedge,
        "verdict": said.verdict,
        "against": said.against and f"^{said.against}",
        "judged by": said.judged_by,
        "complete": ", ".join(said.complete),
        "rank": said.rank,
        "note": said.note,
    }
    yield from (f"  {key}: {words}" for key, words in keys.items() if words)


def _prefix(said: Statement) -> str:
    return f"{said.section}: " if said.heading and said.heading != said.section else ""


def _fields(said: Statement, name: str | None = None) -> str:
    label = f" ^{said.label}" if said.label else ""
    return f"{said.subject} | {'not ' * said.negated}{name or said.property} | {_value(said.value)}{label}"


def _value(value: Value) -> str:
    if value.kind == "text":
        return f'"{value.text.translate(_ESCAPES)}"' + (f"@{value.language}" if value.language else "")
    return f"{value.text} {value.unit}" if value.unit else value.text


def _when(time: When | None) -> str:
    if time is None:
        return ""
    parts = (time.amount, time.unit, "" if time.relation == "at" else time.relation, time.date or time.event)
    return " ".join(filter(None, parts))


def _quoted(quote: Quote) -> str:
    source = f" [@{' '.join(filter(None, (quote.source, quote.locator)))}]" if quote.source else ""
    return " […] ".join(quote.pieces) + source


def _spaced(written: Iterable[str]) -> str:
    """Return lines with one blank line before headings and quotes, none below a heading, and never two."""
    out: list[str] = []
    for said in written:
        before = out[-1] if out else ""
        opens = said.startswith("# ") or (said.startswith("> ") and not before.startswith((">", "# ", "// ")))
        if opens and before:
            out.append("")
        if said or (before and not before.startswith("# ")):
            out.append(said)
    return "\n".join(out).strip("\n") + "\n" if any(out) else ""
