"""Findings for other programs: SARIF 2.1.0, JUnit XML and the annotations of GitHub's checks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from kg.validate.findings import gravity
from kg.validate.formats import level, once, place, short
from kg.validate.locate import Located, Passage, Written
from kg.version import VERSION
from kg.vocab import PORTHOLE, Blank

_SARIF = ("note", "warning", "error")
_GITHUB = ("notice", "warning", "error")


def rule(located: Located) -> str:
    """Return what a finding's rule is called: its shape, or its component where the shape has no name."""
    finding = located.finding
    return short(finding.component if isinstance(finding.shape, Blank) else finding.shape)


def sarif(found: Iterable[Located]) -> str:
    """Return findings as SARIF 2.1.0; columns count Unicode code points."""
    items = once(found)
    rules = list(dict.fromkeys(map(rule, items)))
    driver = {
        "name": "Porthole",
        "version": VERSION,
        "informationUri": PORTHOLE,
        "rules": [{"id": name} for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(located, rules) for located in items],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _region(written: Written) -> dict[str, int]:
    return {"startLine": written.line} | ({"startColumn": written.column} if written.column else {})


def _result(located: Located, rules: Sequence[str]) -> dict[str, object]:
    finding, name = located.finding, rule(located)
    result: dict[str, object] = {
        "ruleId": name,
        "ruleIndex": rules.index(name),
        "level": _SARIF[gravity(finding.severity)],
        "message": {"text": finding.text},
    }
    places = [_physical(words) for words in located.passages]
    lines: list[dict[str, object]] = [
        {"physicalLocation": {"artifactLocation": {"uri": quote(written.file)}, "region": _region(written)}}
        for written in located.written
    ]
    logical: dict[str, object] = {
        "logicalLocations": [{"fullyQualifiedName": str(finding.focus), "name": located.node or str(finding.focus)}]
    }
    physical = [*places, *lines]
    result["locations"] = [{**(physical[0] if physical else {}), **logical}]
    if physical[1:]:
        result["relatedLocations"] = [{"id": number, **other} for number, other in enumerate(physical[1:], start=1)]
    return result


def _physical(words: Passage) -> dict[str, object]:
    region = {
        "startLine": words.line,
        "startColumn": words.column,
        "endLine": words.end_line,
        "endColumn": words.end_column,
        "snippet": {"text": words.quote},
    }
    return {"physicalLocation": {"artifactLocation": {"uri": quote(words.file)}, "region": region}}


def junit(found: Iterable[Located]) -> str:
    """Return findings as JUnit XML: a failed test for each, or one that passed where there are none."""
    items = once(found)
    cases = [_case(located) for located in items] or ['  <testcase classname="kg.validate" name="conforms"/>']
    head = f'<testsuite name="kg validate" tests="{len(cases)}" failures="{len(items)}" errors="0" skipped="0">'
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", head, *cases, "</testsuite>", "</testsuites>", ""]
    )


def _case(located: Located) -> str:
    finding = located.finding
    name = _clean(f"{located.node or finding.focus}")
    text = _clean(finding.text)
    where = place(located)
    attributes = f"classname={quoteattr(rule(located))} name={quoteattr(name)}"
    if where and located.passages:
        words = located.passages[0]
        attributes += f' file={quoteattr(words.file)} line="{words.line}"'
    body = escape(f"{where}: {text}" if where else text)
    failure = f"<failure type={quoteattr(level(finding))} message={quoteattr(text)}>{body}</failure>"
    return f"  <testcase {attributes}>{failure}</testcase>"


def _clean(text: str) -> str:
    """Return a text without the signs that XML 1.0 does not allow at all."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def github(found: Iterable[Located]) -> str:
    """Return findings as workflow commands that GitHub shows beside the lines."""
    return "".join(_annotation(located) for located in once(found))


def _annotation(located: Located) -> str:
    finding = located.finding
    facts: dict[str, str] = {}
    if located.passages:
        words = located.passages[0]
        facts = {"file": words.file, "line": str(words.line), "endLine": str(words.end_line), "col": str(words.column)}
        facts |= {"endColumn": str(words.end_column)} if words.line == words.end_line else {}
    elif located.written:
        at = located.written[0]
        facts = {"file": at.file, "line": str(at.line)} | ({"col": str(at.column)} if at.column else {})
    facts["title"] = rule(located)
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in facts.items())
    return f"::{_GITHUB[gravity(finding.severity)]} {properties}::{_escaped(finding.text)}\n"


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for sign in more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
