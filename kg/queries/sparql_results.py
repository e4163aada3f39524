"""The W3C's formats of results: SPARQL 1.1 Query Results JSON, XML and TSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape  # the standard library's own for XML brings an HTTP client along

from kg.queries.results import Table
from kg.vocab import XSD, Blank, Iri, Literal, Term, n3

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# what XML 1.0 cannot hold, written or escaped
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def json_of(table: Table) -> Iterator[str]:
    """Yield a table as SPARQL 1.1 Query Results JSON, a row a line, with the citation in its head."""
    names = [column.name for column in table.columns]
    head = {"vars": names, **_citation(table)}
    yield f'{{"head": {json.dumps(head, ensure_ascii=False)},\n "results": {{"bindings": ['
    for number, row in enumerate(table.rows):
        found = {name: _binding(term) for name, term in zip(names, row, strict=True) if term is not None}
        yield ("," if number else "") + "\n  " + json.dumps(found, ensure_ascii=False)
    yield "\n ]}}\n"


def _citation(table: Table) -> dict[str, object]:
    it = table.citation
    said = {"query": it.query, "parameters": dict(it.parameters), "build": it.build, "date": it.date,
            "services": it.services}  # fmt: skip
    kept = {name: value for name, value in said.items() if value}
    return {"citation": kept} if kept else {}


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            return {**found, "xml:lang": term.language}
        return found if term.datatype == XSD.string else {**found, "datatype": str(term.datatype)}
    if isinstance(term, Blank):
        return {"type": "bnode", "value": term[2:]}
    return {"type": "uri", "value": str(term)}


def json_of_truth(*, holds: bool) -> str:
    """Return the answer of an ASK in JSON."""
    return json.dumps({"head": {}, "boolean": holds}) + "\n"


def xml_of(table: Table) -> Iterator[str]:
    """Yield a table as SPARQL Query Results XML."""
    names = [column.name for column in table.columns]
    variables = "".join(f'<variable name="{escape(name)}"/>' for name in names)
    yield f"{_XML}{_instruction(table)}<head>{variables}</head>\n<results>\n"
    for row in table.rows:
        cells = (_xml_cell(name, term) for name, term in zip(names, row, strict=True) if term is not None)
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results></sparql>\n"


def _instruction(table: Table) -> str:
    """Return the citation as a processing instruction: the format has no element for it, and comments hold no “--”."""
    cited = _UNFIT.sub("\ufffd", str(table.citation)).replace("?>", "? >")
    return f"<?citation {cited}?>" if cited else ""


def _xml_cell(name: str, term: Term) -> str:
    return f'<binding name="{escape(name)}">{_xml_term(term)}</binding>'


def _xml_term(term: Term) -> str:
    if isinstance(term, Iri):
        return f"<uri>{_fit(term)}</uri>"
    if isinstance(term, Blank):
        return f"<bnode>{_fit(term[2:])}</bnode>"
    kind = ""
    if term.language:
        kind = f' xml:lang="{escape(term.language)}"'
    elif term.datatype != XSD.string:
        kind = f' datatype="{escape(term.datatype)}"'
    return f"<literal{kind}>{_fit(term.value)}</literal>"


def _fit(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def xml_of_truth(*, holds: bool) -> str:
    """Return the answer of an ASK in XML."""
    return f"{_XML}<head/><boolean>{'true' if holds else 'false'}</boolean></sparql>\n"


def tsv_of(table: Table) -> Iterator[str]:
    """Yield a table as SPARQL 1.1 TSV: terms as Turtle writes them."""
    yield "\t".join(f"?{column.name}" for column in table.columns) + "\n"
    for row in table.rows:
        yield "\t".join("" if term is None else _turtle(term) for term in row) + "\n"


def _turtle(term: Term) -> str:
    bare = isinstance(term, Literal) and term.datatype in (XSD.integer, XSD.decimal) and _NUMBER.fullmatch(term.value)
    return term.value if isinstance(term, Literal) and bare else n3(term)
