"""Results as text: tables for people and programs, SPARQL's own formats, RDF for graphs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import chain

from kg.errors import UsageError
from kg.queries import sparql_results
from kg.queries.header import NUMERIC
from kg.queries.results import Graph, Result, Table, Truth, plain, short
from kg.queries.widths import padded, width
from kg.vocab import PREFIXES, Iri, Literal, Quad, Term

TABLES = ("table", "csv", "tsv", "json", "xml", "md", "html", "sparql-tsv")
GRAPHS = ("turtle", "jsonld", "ntriples")
FORMATS = (*TABLES, *GRAPHS)


def write(result: Result, format: str, names: Mapping[str, str] = PREFIXES) -> Iterator[str]:  # noqa: A002
    """Yield a result in one of `FORMATS`, in pieces to be joined; ``names`` are the prefixes that IRIs are cut by.

    ``json`` and ``xml`` are the W3C's result formats, ``sparql-tsv`` its TSV; ``csv`` is RFC 4180 and ``tsv`` plain
    values, one row a line, for other tools. Raises UsageError for a format that such a result cannot take.
    """
    if isinstance(result, Graph):
        return _graph(result, format, names)
    if format in GRAPHS or format not in FORMATS:
        raise UsageError(f"“{format}” does not fit rows: take one of {', '.join(TABLES)}")
    if isinstance(result, Truth):
        return _truth(result, format)
    return _WRITERS[format](result, names)


def _graph(result: Graph, format: str, names: Mapping[str, str]) -> Iterator[str]:  # noqa: A002
    from kg import export  # a step of its own, needed for triples only

    if format not in GRAPHS and format != "table":
        raise UsageError(f"“{format}” does not fit triples: take one of {', '.join(GRAPHS)}")
    graph = Iri("urn:porthole:result")
    quads = (Quad(*triple, graph) for triple in result.triples)
    if format == "jsonld":  # a result stands in no graph
        quads = (Quad(*triple, Iri("")) for triple in result.triples)
    # a comment, where the syntax has one
    cited = " ".join(str(result.citation).split()) if format != "jsonld" else ""
    return chain([f"# {cited}\n"] if cited else [], export.write(quads, _syntax(format), names))


def _syntax(format: str) -> str:  # noqa: A002
    return "turtle" if format == "table" else format


def _truth(result: Truth, format: str) -> Iterator[str]:  # noqa: A002
    if format == "json":
        yield sparql_results.json_of_truth(holds=result.holds)
    elif format == "xml":
        yield sparql_results.xml_of_truth(holds=result.holds)
    else:
        yield "yes\n" if result.holds else "no\n"


def _csv(table: Table, _: Mapping[str, str]) -> Iterator[str]:
    """Write RFC 4180, as the W3C asks: lines end in CR LF, values are plain."""
    buffer = io.StringIO()
    lines = csv.writer(buffer, lineterminator="\r\n")
    lines.writerow([column.name for column in table.columns])
    for row in table.rows:
        lines.writerow([plain(term) for term in row])
        if buffer.tell() > 1 << 16:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _tsv(table: Table, _: Mapping[str, str]) -> Iterator[str]:
    yield "\t".join(column.name for column in table.columns) + "\n"
    for row in table.rows:
        yield "\t".join(" ".join(plain(term).split()) for term in row) + "\n"


def _cells(table: Table, names: Mapping[str, str]) -> list[list[str]]:
    return [[short(term, names) for term in row] for row in table.rows]


def _table(table: Table, names: Mapping[str, str]) -> Iterator[str]:
    """Write columns as wide as they are; for terminals there is a writer of its own in ``kg.cli``."""
    heads = [column.name for column in table.columns]
    rows = [[" ".join(cell.split()) for cell in row] for row in _cells(table, names)]
    widths = [max(map(width, column)) for column in zip(heads, *rows, strict=True)]
    right = [column.type in NUMERIC for column in table.columns]
    for row in (heads, ["-" * room for room in widths], *rows):
        cells = (padded(cell, room, right=side) for cell, room, side in zip(row, widths, right, strict=True))
        yield "  ".join(cells).rstrip() + "\n"
    yield f"\n{table.citation}\n" if str(table.citation) else ""


def _markdown(table: Table, names: Mapping[str, str]) -> Iterator[str]:
    yield _bars(column.name for column in table.columns)
    yield _bars("---:" if column.type in NUMERIC else "---" for column in table.columns)
    for row in _cells(table, names):
        yield _bars(_flat(cell) for cell in row)
    if str(table.citation):
        yield f"\n*{_flat(str(table.citation))}*\n"


def _flat(cell: str) -> str:
    """Return a cell that Markdown cannot read as anything but words."""
    text = " ".join(escape(cell, quote=False).split())
    return "".join("\\" + sign if sign in "\\|`*_[]~" else sign for sign in text)


def _bars(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _html(table: Table, names: Mapping[str, str]) -> Iterator[str]:
    """Write an HTML table with its citation in the foot, to be put into a page."""
    yield "<table>\n<thead><tr>" + "".join(f'<th scope="col">{escape(c.name)}</th>' for c in table.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td{_language(term)}>{_linked(term, names)}</td>" for term in row) + "</tr>\n"
    yield "</tbody>\n"
    if str(table.citation):
        yield f'<tfoot><tr><td colspan="{len(table.columns)}">{escape(str(table.citation))}</td></tr></tfoot>\n'
    yield "</table>\n"


def _language(term: Term | None) -> str:
    language = term.language if isinstance(term, Literal) else ""
    return f' lang="{escape(language)}"' if language else ""


def _linked(term: Term | None, names: Mapping[str, str]) -> str:
    words = escape(short(term, names))
    web = isinstance(term, Iri) and term.startswith(("http://", "https://"))
    return f'<a href="{escape(str(term))}">{words}</a>' if web else words


_WRITERS: Mapping[str, Callable[[Table, Mapping[str, str]], Iterator[str]]] = {
    "table": _table, "csv": _csv, "tsv": _tsv, "md": _markdown, "html": _html,
    "json": lambda table, _: sparql_results.json_of(table),
    "xml": lambda table, _: sparql_results.xml_of(table),
    "sparql-tsv": lambda table, _: sparql_results.tsv_of(table),
}  # fmt: skip
