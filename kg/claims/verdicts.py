"""What an editor's statements amount to between the worlds: verdicts, and who of the story depicts whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.claims.assessment import Judgement
from kg.claims.claim import Claim
from kg.claims.desk import Desk, Made, fault, source_of
from kg.iris import slug
from kg.model import Diagnostic, Statement
from kg.terms import Property
from kg.vocab import PH, PROV, VERDICT, Iri, Triple


def judgements(desk: Desk, made: Iterable[Made], faults: list[Diagnostic]) -> Iterator[Claim]:
    """Yield the verdicts that statements carry; one against a label that is not there is added to the faults."""
    made = list(made)
    marked = {it.line.label: it for it in made if it.line.label}
    for it in made:
        if not it.line.verdict:
            continue
        against = marked.get(it.line.against)
        if it.line.against and against is None:
            faults.append(fault(it.line.place, f"no statement of this file is marked ^{it.line.against}"))
            continue
        yield _judged(desk, it, against)


def _judged(desk: Desk, it: Made, against: Made | None) -> Claim:
    names, omitted = desk.scene.names, it.line.verdict == "omitted"
    own, other = it.claim.iri(names), against.claim.iri(names) if against else None
    judgement = Judgement(
        VERDICT[it.line.verdict],
        _judge(desk, it.line),
        it.nodes[0].iri,
        it.prop.iri,
        story=other if omitted else own,
        actual=own if omitted else other,
        aspect=it.prop.aspect,
        episode=desk.scene.episode,
    )
    evidence = tuple(dict.fromkeys(it.claim.evidence + (against.claim.evidence if against else ())))
    return judgement.claim(names, desk.scene.source, evidence, ((PROV.wasAttributedTo, desk.editor.iri),))


def _judge(desk: Desk, line: Statement) -> Iri:
    """Return who judges: the person named, else the source where its own words judge, else the editor."""
    if line.judged_by.startswith("@"):
        return desk.scene.names.source(slug(line.judged_by.removeprefix("@")))
    if line.judged_by:
        return desk.scene.names.agent(line.judged_by)
    if line.quote and (line.quote.source or any(map(desk.scene.comments, line.quote.spans))):
        return source_of(desk, line.quote)
    return desk.editor.iri


def depictions(desk: Desk, made: Iterable[Made]) -> Iterator[Made]:
    """Yield that a thing of the story depicts the real one of the same name, where both are spoken of."""
    made = list(made)
    said = {(it.nodes[0].iri, it.nodes[1].iri) for it in made if it.prop.iri == PH.depicts}
    history = {name: it for it in reversed(made) if it.line.section != "story" for name in _names(it.line, it.prop)}
    seen: set[str] = set()
    for it in (it for it in made if it.line.section == "story"):
        for name in _names(it.line, it.prop):
            if name not in seen and name in history:
                seen.add(name)
                yield from _depiction(desk, name, it, history[name], said)


def _names(line: Statement, prop: Property) -> tuple[str, ...]:
    return (line.subject, line.value.text) if prop.kind == "name" and not prop.of_the_work else (line.subject,)


def _depiction(desk: Desk, name: str, story: Made, history: Made, said: set[tuple[Iri, Iri]]) -> Iterator[Made]:
    one, other = desk.directory.node(name, "story"), desk.directory.node(name, "history")
    depicts = desk.vocabulary.properties.get("depicts")
    if one is None or other is None or depicts is None or one.world != desk.scene.story or other.world is None:
        return
    if (one.iri, other.iri) in said:
        return
    evidence = tuple(dict.fromkeys(story.claim.evidence + history.claim.evidence))
    claim = Claim(
        desk.scene.source,
        desk.scene.names.actual,
        (Triple(one.iri, PH.depicts, other.iri),),
        evidence,
        about=((PROV.wasAttributedTo, desk.editor.iri),),
    )
    yield Made(replace(story.line, property="depicts"), claim, (one, other), depicts)
