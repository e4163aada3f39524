"""Depictions that a person has decided: they replace what a rule of ours proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.claims.claim import Claim
from kg.vocab import FORCE, PH, Triple


def settled(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without those proposals on which an editor has said yes or no."""
    claims = list(claims)
    decided: set[Triple] = {
        triple
        for claim in claims
        if claim.force in (FORCE.stated, FORCE.rejected)
        for triple in _denied_or_said(claim)
        if triple.predicate == PH.depicts
    }
    yield from (claim for claim in claims if claim.force != FORCE.proposed or not decided & set(claim.statements))


def _denied_or_said(claim: Claim) -> Iterable[Triple]:
    return claim.denied() if claim.negated else claim.statements
