"""JSON Lines: one claim and its words a line, for those who load tables and not graphs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.export.claims import Claim, Evidence, Labels
from kg.export.words import kind, sentence
from kg.vocab import PH, PROV, Literal, Term, Triple


def jsonlines(claims: Iterable[Claim], labels: Labels) -> Iterator[str]:
    """Yield one JSON object a line for each claim: what it says in words and in terms, where, and on which words."""
    for claim in claims:
        yield json.dumps(record(claim, labels), ensure_ascii=False) + "\n"


def record(claim: Claim, labels: Labels) -> dict[str, object]:
    """Return a claim as plain data; what does not apply is absent."""
    found: dict[str, object] = {
        "claim": claim.iri,
        "says": sentence(claim, labels),
        "kind": kind(claim),
        "world": claim.world,
        "world_label": labels(claim.world),
        "force": labels(claim.force),
        "statements": [_statement(it, labels) for it in claim.statements],
        "evidence": [_evidence(it) for it in claim.evidence],
    }
    for key, predicate in (
        ("said_by", PH.saidBy),
        ("recorded_by", PROV.wasAttributedTo),
        ("asserted_by", PH.assertedBy),
    ):
        if names := [labels(value) for value in claim.values(predicate)]:
            found[key] = names
    return found


def _statement(statement: Triple, labels: Labels) -> dict[str, object]:
    subject, predicate, value = statement
    found: dict[str, object] = {
        "subject": subject,
        "subject_label": labels(subject),
        "property": predicate,
        "property_label": labels(predicate),
        "value": _text(value),
    }
    if isinstance(value, Literal):
        found["datatype"] = value.datatype
        if value.language:
            found["language"] = value.language
    else:
        found["value_label"] = labels(value)
    return found


def _text(value: Term) -> str:
    return value.value if isinstance(value, Literal) else value


def _evidence(evidence: Evidence) -> dict[str, object]:
    found: dict[str, object] = {"span": evidence.iri, "source": evidence.source, "source_label": evidence.source_label}
    if evidence.quote:
        found["quote"] = evidence.quote
    if evidence.start is not None:
        found["start"], found["end"] = evidence.start, evidence.end
    return found
