"""A link and the decision on it: proposed by the matcher, accepted or rejected by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from kg.link.wikidata import SEMAPV
from kg.vocab import SKOS, WD, Iri

Decision = Literal["proposed", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Mapping:
    """One line of the link file: our node, how it relates to whose node, why, and who says so.

    ``confidence`` is the matcher's, from 0 to 1. ``agreement`` is the reviewer's: 1 accepts, -1 rejects, None where
    nobody has looked yet. ``further`` is what else its line says in SSSOM's terms, kept as it
    stands. ``line`` says where it stands in the file.
    """

    subject: Iri
    object: Iri
    predicate: Iri = SKOS.exactMatch
    subject_label: str = ""
    object_label: str = ""
    justification: Iri = SEMAPV.LexicalMatching
    confidence: float | None = None
    reviewers: tuple[Iri, ...] = ()
    review_date: str = ""
    agreement: float | None = None
    mapping_date: str = ""
    tool: str = ""
    tool_version: str = ""
    comment: str = ""
    negated: bool = False
    further: tuple[tuple[str, Any], ...] = ()  # of whatever type SSSOM gives a column
    line: int = 0

    @property
    def decision(self) -> Decision:
        """What was decided on it."""
        if self.agreement is None:
            return "proposed"
        return "accepted" if self.agreement > 0 else "rejected"

    @property
    def qid(self) -> str:
        """The id of the item in Wikidata, or "" for an object elsewhere."""
        return self.object.removeprefix(str(WD)) if self.object.startswith(str(WD)) else ""

    @property
    def space(self) -> str:
        """What stands before the object's id: Wikidata's namespace, or that of another service."""
        return self.object[: max(self.object.rfind(sign) for sign in "/#:") + 1]

    @property
    def key(self) -> tuple[Iri, Iri, Iri]:
        """What a decision is about: this node and that one, related so."""
        return (self.subject, self.object, self.predicate)

    @property
    def pair(self) -> tuple[Iri, Iri]:
        """Which things it joins, however they are related."""
        return (self.subject, self.object)


def merge(decided: Iterable[Mapping], proposed: Iterable[Mapping]) -> tuple[Mapping, ...]:
    """Return the link file after another run: every decision stays, proposals are renewed, new ones are added.

    A proposal for a pair that was decided on is dropped; one for a node that has an accepted link to the same service
    is, too; an earlier proposal that no run renews stays until somebody decides on it.
    """
    kept = {mapping.key: mapping for mapping in decided}
    closed = {mapping.pair for mapping in kept.values() if mapping.decision != "proposed"}
    settled = {(mapping.subject, mapping.space) for mapping in kept.values() if mapping.decision == "accepted"}
    for mapping in proposed:
        if (mapping.subject, mapping.space) not in settled and mapping.pair not in closed:
            kept[mapping.key] = mapping
    return tuple(sorted(kept.values(), key=lambda mapping: mapping.key))
