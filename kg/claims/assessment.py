"""Verdicts as claims: what a source, an editor or a rule finds of a story claim held against an actual one."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.claim import Claim
from kg.iris import Names, digest
from kg.vocab import PH, RDF, Iri, Term, Triple


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its two sides; ``actual`` is None where nothing stands against the story, ``story`` for omitted.

    ``about`` is the thing of the story (or, where it is omitted, of history) that is judged, in ``prop``.
    """

    verdict: Iri
    judge: Iri
    about: Iri
    prop: Iri
    story: Iri | None = None
    actual: Iri | None = None
    rule: Iri | None = None
    aspect: Iri | None = None
    episode: Iri | None = None

    def claim(self, names: Names, source: Iri, evidence: tuple[Iri, ...], about: tuple[tuple[Iri, Term], ...]) -> Claim:
        """Return the judgement as a claim about the actual world."""
        key = "\n".join(str(part or "") for part in (self.story, self.actual, self.verdict, self.judge, self.prop))
        node = names.iri("assessment", digest(key, 20))
        parts: list[tuple[Iri, Term | None]] = [
            (RDF.type, PH.Assessment),
            (PH.verdict, self.verdict),
            (PH.judge, self.judge),
            (PH.about, self.about),
            (PH.onProperty, self.prop),
            (PH.storyClaim, self.story),
            (PH.actualClaim, self.actual),
            (PH.rule, self.rule),
            (PH.inAspect, self.aspect),
            (PH.inEpisode, self.episode),
        ]
        statements = tuple(Triple(node, term, value) for term, value in parts if value is not None)
        return Claim(source, names.actual, statements, evidence, about=about)
