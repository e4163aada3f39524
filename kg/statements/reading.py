"""From the text of a statements file to `Statements`: every fault becomes a diagnostic, none is raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kg.model import Diagnostic, Document, Place, Quote, Section, Statement, Statements, Value
from kg.statements.annotations import annotate
from kg.statements.lines import HEAD_KEYS, HEADINGS, KEYS, Line, line, lines
from kg.statements.nearest import hint
from kg.statements.quotes import Quotes
from kg.statements.references import refer
from kg.statements.rows import SlipError, row

_NO_KIND = (
    "this line is of no known kind: a heading begins with #, a quote with >, a statement with -, a remark with //, and "
    "what is said about a statement is indented “key: value”"
)

_LOST = Statement("things", "", "", Value("name", ""), Place(1, 1))  # stands in for a statement that could not be read


def read(source: str, text: str, entry: Document | None, labels: tuple[str, ...] = ()) -> Statements:
    """Return what a statements file says; ``entry`` is the document that it belongs to, if any.

    ``labels`` are picture labels of the entry besides those that its document knows. Bad content never raises: each
    fault is a diagnostic of severity error, and what it stands in is left out.
    """
    known = tuple(dict.fromkeys((*labels, *(entry.labels if entry else ()))))
    reader = _Reader(source, Quotes(entry, known))
    for number, raw in enumerate(lines(text), 1):
        reader.take(line(raw, number))
    read_so_far = reader.finished()
    named = read_so_far.entry
    if entry and named and named != entry.name.replace("\\", "/").rpartition("/")[2]:
        problem = f"this file says that it belongs to {named}, and it is read with {entry.name}; correct “entry:”"
        read_so_far = replace(
            read_so_far, diagnostics=(Diagnostic("other-entry", "error", 1, 1, problem), *read_so_far.diagnostics)
        )
    return refer(read_so_far, shared=entry is None)


@dataclass(slots=True)
class _Reader:
    """Takes lines one by one; what has been read of the file so far."""

    source: str
    quotes: Quotes
    head: dict[str, str] = field(default_factory=dict)
    section: Section | None = None
    pending: list[Line] = field(default_factory=list)
    quote: Quote | None = None
    statements: list[Statement] = field(default_factory=list)
    offers: list[Statement] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    open: bool = False  # a statement stands above, so that a key has something to be about
    dropped: bool = False  # ... but it could not be read
    keys: set[str] = field(default_factory=set)
    homeless: bool = False  # statements before the first heading were reported

    def take(self, found: Line) -> None:
        """Read one more line."""
        if found.kind == "quote" and self.pending:
            self.pending.append(found)
            return
        self._close_quote()
        actions: dict[str, Callable[[Line], None]] = {
            "heading": self._heading,
            "quote": self.pending.append,
            "statement": self._statement,
            "key": self._key,
            "offer": self._offer,
            "remark": self._remark,
            "unknown": self._unknown,
        }
        if found.kind in actions:
            actions[found.kind](found)

    def finished(self) -> Statements:
        """Return what was read."""
        self._close_quote()
        return Statements(
            self.source,
            **self.head,
            statements=tuple(self.statements),
            diagnostics=tuple(self.diagnostics),
            offered=tuple(self.offers),
        )

    def _heading(self, found: Line) -> None:
        self.quote, self.open, self.homeless = None, False, False
        names = {name.lower(): name for name in HEADINGS}
        if found.text.lower() in names:
            self.section = found.text.lower()  # type: ignore[assignment]
            return
        self.homeless = self.section is None  # what follows is not reported as well
        near = hint(found.text, HEADINGS) or f"; headings are {', '.join(HEADINGS)}"
        self._fault("unknown-heading", found.place, f"there is no heading “{found.text}”{near}")

    def _close_quote(self) -> None:
        if not self.pending:
            return
        words = " ".join(part.text for part in self.pending)
        found = self.quotes.locate(" ".join(words.split()), self.pending[0].place)
        self.pending.clear()
        self.quote, self.open = found.quote, False
        self.diagnostics.extend(found.diagnostics)

    def _statement(self, found: Line) -> None:
        self.open, self.dropped, self.keys = True, True, set()
        if self.section is None:
            if not self.homeless:
                self._fault(
                    "no-heading", found.place, f"write a heading above: {', '.join('# ' + h for h in HEADINGS)}"
                )
            self.homeless = True
            return
        stated = self._row(found, self.section)
        if stated is None:
            return
        self.dropped = False
        self.statements.append(replace(stated, quote=self.quote))
        if stated.section != "things" and self.quote is None:
            problem = "no words support this statement; quote them in a line above that begins with >"
            self._fault("no-quote", found.place, problem)

    def _row(self, found: Line, section: Section) -> Statement | None:
        try:
            return row(found, section)
        except SlipError as slip:
            self._fault(slip.code, slip.place, str(slip))
            return None

    def _key(self, found: Line) -> None:
        if self.section is None and not self.open:
            self._head(found)
        elif found.key not in KEYS:
            self._unknown_key(found, KEYS)
        elif not self.open:
            self._fault("stray-key", found.place, f"“{found.key}:” is about a statement, and none stands above it")
        elif not found.indented:
            self._fault("not-indented", found.place, f"indent “{found.key}:” so that it belongs to the statement above")
        elif found.key in self.keys:
            self._fault("repeated-key", found.place, f"“{found.key}:” was said above; one statement says it once")
        else:
            self._annotate(found)

    def _annotate(self, found: Line) -> None:
        self.keys.add(found.key)
        above = _LOST if self.dropped else self.statements[-1]
        if found.proposed and not (above.proposed or self.dropped):
            problem = (
                "the statement above was accepted, and this line about it is still a proposal; accept or delete it"
            )
            self._fault("left-proposal", found.place, problem, "warning")
            return
        try:
            noted = annotate(replace(above, quote=self.quote), found, self.quotes)
        except ValueError as error:
            self._fault("bad-" + found.key.replace(" ", "-"), found.place, str(error))
            return
        if not self.dropped:
            self.statements[-1] = noted

    def _head(self, found: Line) -> None:
        if found.key not in HEAD_KEYS:
            self._unknown_key(found, HEAD_KEYS)
        elif found.key in self.head:
            self._fault("repeated-key", found.place, f"“{found.key}:” was said above")
        elif not found.text:
            self._fault("empty-key", found.place, f"write something after “{found.key}:”")
        else:
            self.head[found.key] = found.text

    def _unknown_key(self, found: Line, known: tuple[str, ...]) -> None:
        near = hint(found.key, known) or f"; known are {', '.join(known)}"
        self._fault("unknown-key", found.place, f"there is no “{found.key}:” here{near}")

    def _offer(self, found: Line) -> None:
        offer = self._row(found, "making")
        if offer is not None:
            self.offers.append(offer)

    def _remark(self, found: Line) -> None:
        if found.text.count("|") >= 2:
            problem = "this remark holds a statement, without effect: a proposal begins with //?, a statement with -"
            self._fault("statement-in-remark", found.place, problem, "warning")

    def _unknown(self, found: Line) -> None:
        self._fault("unknown-line", found.place, _NO_KIND)

    def _fault(self, code: str, place: Place, problem: str, severity: str = "error") -> None:
        self.diagnostics.append(Diagnostic(code, severity, place.line, place.column, problem))  # type: ignore[arg-type]
