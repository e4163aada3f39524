"""Claims in words: one short sentence for each, as a person would tell another what changed or what is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.export.claims import Claim, Labels
from kg.vocab import FORCE, OWL, PH, RDF, Iri, Node, Term, Triple

_Said = Mapping[Iri, list[Term]]


def sentence(claim: Claim, labels: Labels) -> str:
    """Return what a claim says: statements about one performance, credit or verdict make one clause."""
    by_subject: defaultdict[Node, list[Triple]] = defaultdict(list)
    for statement in claim.statements:
        by_subject[statement.subject].append(statement)
    clauses = [clause for subject, said in by_subject.items() for clause in _clauses(subject, said, labels)]
    return "; ".join(clauses) or "nothing"


def remark(claim: Claim, labels: Labels) -> str:
    """Return where and how a claim holds, in a few words: nothing for what is plainly stated."""
    how = [] if claim.force == FORCE.stated else [labels(claim.force)]
    how += [f"by {labels(speaker)}" for speaker in claim.values(PH.saidBy)]
    return " ".join(how)


def subjects(claim: Claim) -> tuple[Node, ...]:
    """Return what a claim is about: its subjects, or those that its verdicts and denials are about."""
    about = [it.object for it in claim.statements if it.predicate in (PH.about, OWL.sourceIndividual)]
    found: list[Node] = [it for it in about if isinstance(it, Iri)]
    found = found or [it.subject for it in claim.statements]
    return tuple(dict.fromkeys(found))


def kind(claim: Claim) -> str:
    """Return what sort of claim it is: its verdict, or its force, to be counted."""
    verdicts = [it.object for it in claim.statements if it.predicate == PH.verdict]
    name = verdicts[0] if verdicts else claim.force
    return str(name).rstrip("/").rpartition("/")[2]


def _clauses(subject: Node, statements: Iterable[Triple], labels: Labels) -> list[str]:
    said: defaultdict[Iri, list[Term]] = defaultdict(list)
    for statement in statements:
        said[statement.predicate].append(statement.object)
    kinds = set(said[RDF.type])
    if PH.Performance in kinds:
        return [_performance(said, labels)]
    if PH.Credit in kinds:
        return [_credit(said, labels)]
    if PH.Assessment in kinds:
        return [_assessment(said, labels)]
    if OWL.NegativePropertyAssertion in kinds:
        return [_denial(said, labels)]
    return [
        f"{labels(subject)} {labels(predicate)} {_value(value, labels)}"
        for predicate, values in said.items()
        for value in values
    ]


def _value(value: Term, labels: Labels) -> str:
    return labels(value) if isinstance(value, str) else f"“{value.value}”"


def _performance(said: _Said, labels: Labels) -> str:
    roles = _names(said, PH.character, labels) or _names(said, PH.roleAsCredited, labels) or "someone"
    manner = _names(said, PH.manner, labels)
    episode = _names(said, PH.inEpisode, labels)
    return (
        f"{_names(said, PH.performer, labels) or 'someone'} plays {roles}"
        + (f" ({manner})" if manner else "")
        + (f" in {episode}" if episode else "")
    )


def _credit(said: _Said, labels: Labels) -> str:
    who, job = _names(said, PH.creditedAgent, labels), _names(said, PH.job, labels)
    return f"{who} is credited as {job} of {_names(said, PH.creditOf, labels)}"


def _assessment(said: _Said, labels: Labels) -> str:
    about, prop = _names(said, PH.about, labels), _names(said, PH.onProperty, labels)
    verdict, judge = _names(said, PH.verdict, labels), _names(said, PH.judge, labels)
    return f"{about}, {prop}: {verdict}" + (f", says {judge}" if judge else "")


def _denial(said: _Said, labels: Labels) -> str:
    values = _names(said, OWL.targetIndividual, labels) or _names(said, OWL.targetValue, labels)
    return f"{_names(said, OWL.sourceIndividual, labels)} not {_names(said, OWL.assertionProperty, labels)} {values}"


def _names(said: _Said, predicate: Iri, labels: Labels) -> str:
    return " and ".join(labels(value) for value in said.get(predicate, ()))
