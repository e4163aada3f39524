"""Decisions on proposals: what a reviewer's answer makes of a link, and which proposals still wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.link.mapping import Mapping
from kg.vocab import Iri

CHOICES: Final = {"y": "accept", "n": "reject", "s": "skip", "u": "undo", "q": "stop"}


def waiting(mappings: Iterable[Mapping]) -> tuple[Mapping, ...]:
    """Return the proposals that nobody decided on, the surest first."""
    open_ones = [mapping for mapping in mappings if mapping.decision == "proposed"]
    return tuple(sorted(open_ones, key=lambda mapping: (-(mapping.confidence or 0.0), mapping.subject)))


def decided(mapping: Mapping, reviewer: Iri, day: str, *, accept: bool) -> Mapping:
    """Return a link with a reviewer's decision on it."""
    return replace(mapping, reviewers=(reviewer,), review_date=day, agreement=1.0 if accept else -1.0)


def undecided(mapping: Mapping) -> Mapping:
    """Return a link as the proposal that it was."""
    return replace(mapping, reviewers=(), review_date="", agreement=None)


def replaced(mappings: Iterable[Mapping], decision: Mapping, reviewer: Iri) -> tuple[Mapping, ...]:
    """Return the links with a reviewer's decision in its proposal's place; what others decided meanwhile stays."""
    kept = {mapping.key: mapping for mapping in mappings}
    there = kept.get(decision.key, decision)
    if there.decision == "proposed" or there.reviewers in ((), (reviewer,)) or there is decision:
        kept[decision.key] = decision
    return tuple(kept.values())
