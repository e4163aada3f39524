"""Decisions on proposals: what a reviewer's answer makes of a link, and which proposals still wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.link.mapping import Mapping
from kg.vocab import Iri

CHOICES: Final = {"y": "accept", "n": "reject", "s": "skip", "q": "stop"}


def waiting(mappings: Iterable[Mapping]) -> tuple[Mapping, ...]:
    """Return the proposals that nobody decided on, the surest first."""
    open_ones = [mapping for mapping in mappings if mapping.decision == "proposed"]
    return tuple(sorted(open_ones, key=lambda mapping: (-(mapping.confidence or 0.0), mapping.subject)))


def decided(mapping: Mapping, reviewer: Iri, day: str, *, accept: bool) -> Mapping:
    """Return a link with a reviewer's decision on it."""
    return replace(mapping, reviewers=(reviewer,), review_date=day, agreement=1.0 if accept else -1.0)


def replaced(mappings: Iterable[Mapping], decision: Mapping) -> tuple[Mapping, ...]:
    """Return the links with a decision in its proposal's place."""
    return tuple(decision if mapping.key == decision.key else mapping for mapping in mappings)
