"""The rules of comparison: story against history over ph:depicts, one property at a time (model, section 2).

Open world: what nobody says contradicts nothing. A property that may have several values is never contradicted by
another value, only by a negative statement. Where history's sources disagree there is one verdict for each value of
the best rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.assess.matching import Background, Match, match
from kg.vocab import RANK, VERDICT, Iri, Term

_RANKS = (RANK.preferred, RANK.normal, RANK.deprecated)


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated or inferred value, and the claims that it rests on (one where it is stated)."""

    subject: Iri
    prop: Iri
    value: Term
    claims: tuple[Iri, ...]
    negated: bool = False
    rank: Iri = RANK.normal
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule finds of a story's fact held against an actual one (None where there is no counterpart)."""

    verdict: Iri
    rule: str
    story: Fact
    actual: Fact | None = None


Facts = Mapping[tuple[Iri, Iri], tuple[Fact, ...]]


def compare(
    story: Iterable[Fact], actual: Iterable[Fact], background: Background, single_valued: Callable[[Iri], bool]
) -> Iterator[Verdict]:
    """Yield a verdict for every story fact about something that depicts an actual thing.

    What is stated is judged before what is inferred, and an inferred fact only where the claims that it rests on have
    found no counterpart yet: a commander is judged as commander, and as crew member only where history names none.
    """
    history = table(actual)
    open_facts: dict[tuple[Iri, ...], Verdict] = {}
    judged: set[tuple[Iri, ...]] = set()
    for fact in sorted(story, key=_order):
        figure = background.depicts.get(fact.subject)
        if figure is None or fact.claims in judged:
            continue
        found = list(_verdicts(fact, history.get((figure, fact.prop), ()), background, single_valued(fact.prop)))
        if found:
            judged.add(fact.claims)
            open_facts.pop(fact.claims, None)
            yield from found
        elif not fact.negated:
            open_facts.setdefault(fact.claims, Verdict(VERDICT.unverified, "no counterpart", fact))
    yield from open_facts.values()


def _order(fact: Fact) -> tuple[bool, str, str, str, bool]:
    return fact.inferred, fact.subject, fact.prop, str(fact.value), fact.negated


def table(facts: Iterable[Fact]) -> Facts:
    """Return facts by subject and property, best rank alone, one for each value and polarity."""
    gathered: dict[tuple[Iri, Iri], dict[tuple[Term, bool], Fact]] = {}
    for fact in sorted(facts, key=lambda it: (_RANKS.index(it.rank), *_order(it), it.claims)):
        gathered.setdefault((fact.subject, fact.prop), {}).setdefault((fact.value, fact.negated), fact)
    return {key: _best(tuple(found.values())) for key, found in gathered.items()}


def _best(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    best = min(_RANKS.index(fact.rank) for fact in facts)
    return tuple(fact for fact in facts if _RANKS.index(fact.rank) == best)


def _verdicts(fact: Fact, counterparts: Iterable[Fact], background: Background, single: bool) -> Iterator[Verdict]:  # noqa: FBT001 - one rule reads it
    told = [(other, match(fact.value, other.value, background)) for other in counterparts]
    if fact.negated:
        yield from _denied(fact, told)
        return
    positive = [(other, how) for other, how in told if not other.negated]
    yield from (
        Verdict(VERDICT.contradicted, "denied by history", fact, other)
        for other, how in told
        if other.negated and how is Match.SAME
    )
    yield from _held(fact, positive, single=single)


def _denied(fact: Fact, told: Iterable[tuple[Fact, Match]]) -> Iterator[Verdict]:
    for other, how in told:
        if how is Match.SAME:
            verdict = VERDICT.accurate if other.negated else VERDICT.contradicted
            rule = "both deny it" if other.negated else "denied by the story"
            yield Verdict(verdict, rule, fact, other)


def _held(fact: Fact, told: list[tuple[Fact, Match]], *, single: bool) -> Iterator[Verdict]:
    same = [other for other, how in told if how is Match.SAME]
    broader = [other for other, how in told if how is Match.BROADER]
    yield from (Verdict(VERDICT.accurate, "values match", fact, other) for other in same)
    if single or not same:
        yield from (Verdict(VERDICT.simplified, "broader kind", fact, other) for other in broader)
    if single:
        yield from (
            Verdict(VERDICT.contradicted, "another value", fact, other) for other, how in told if how is Match.DIFFERENT
        )
