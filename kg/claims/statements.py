"""What an editor says, as claims: statements of story, history and making, with the words that support each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from kg.claims.assessment import Judgement
from kg.claims.claim import Claim
from kg.claims.directory import Directory, Side
from kg.claims.entry import span_of
from kg.claims.nodes import Claimed, Node
from kg.claims.scene import Scene, agent
from kg.claims.values import UnreadableError, quantity, term
from kg.iris import digest, slug
from kg.model import Diagnostic, Place, Quote, Span, Statement, Statements, When
from kg.terms import Property, Vocabulary
from kg.vocab import (
    FORCE,
    OWL,
    PH,
    PROV,
    RANK,
    RDF,
    SHOWN,
    VERDICT,
    Iri,
    Literal,
    Quad,
    Term,
    Triple,
    edtf,
    integer,
    n3,
)

_About = tuple[tuple[Iri, Term], ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """One statement as a claim, with the nodes that it names."""

    line: Statement
    claim: Claim
    nodes: tuple[Node, ...]
    prop: Property


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is at hand while a statements file is turned into claims."""

    directory: Directory
    file: Statements
    vocabulary: Vocabulary

    @property
    def scene(self) -> Scene:
        return self.directory.scene

    @property
    def editor(self) -> Node:
        name = self.file.by or "the editors"
        return Node(self.scene.names.agent(name), name, (PROV.Agent,))


def statement_claims(
    directory: Directory, file: Statements, vocabulary: Vocabulary, retold: frozenset[str] = frozenset()
) -> Claimed:
    """Return what a statements file gives to the graph.

    ``retold`` are names that other files use on history's side: a story thing of such a name depicts the real one.
    Lines that cannot be made into claims are left out and become diagnostics of severity error.
    """
    desk = _Desk(directory, file, vocabulary)
    made: list[_Made] = []
    faults: list[Diagnostic] = []
    for line in (*file.statements, *_rejected(file)):
        try:
            made.extend(_made(desk, line))
        except UnreadableError as fault:
            faults.append(_diagnostic(line.place, str(fault)))
    judged = list(_judgements(desk, made, faults))
    depicted = list(_depictions(desk, made, retold))
    claims = (*(it.claim for it in made), *judged, *(it.claim for it in depicted))
    nodes = chain.from_iterable(it.nodes for it in (*made, *depicted))
    named = (node for line in file.statements if (node := _named(desk, line)) is not None)
    return Claimed(
        claims, (*nodes, *named), tuple(_catalogue(desk, made)), tuple(_anchors(desk, made, claims)), tuple(faults)
    )


def _rejected(file: Statements) -> Iterator[Statement]:
    """Yield the proposed depictions that the editor has deleted, as statements that deny them."""
    yield from (replace(line, negated=True, proposed=False) for line in file.rejected if line.property == "depicts")


def _diagnostic(place: Place, message: str) -> Diagnostic:
    return Diagnostic("statement", "error", place.line, place.column, message)


def _named(desk: _Desk, line: Statement) -> Node | None:
    """Return the background thing that a line under # Things declares."""
    kind = desk.directory.declared.get(line.subject)
    if line.section != "things" or kind is None or not kind.background:
        return None
    return desk.directory.node(line.subject, "history")


# --- one statement ------------------------------------------------------------------------------------------------


def _made(desk: _Desk, line: Statement) -> Iterator[_Made]:
    prop = desk.vocabulary.property(line.property)
    if line.section == "things" or prop is None:
        return
    side: Side = "story" if prop.of_the_work else line.section
    subject = _node(desk, line.subject, side)
    if side == "story" and subject.world is None:
        raise UnreadableError(
            f"“{line.subject}” belongs to no story: name a thing of the story that stands for it, "
            f"or say this under # History"
        )
    value, named = _value(desk, line, prop, "history" if prop.of_the_work else side)
    world = desk.scene.story if side == "story" and not prop.of_the_work else desk.scene.names.actual
    triple = Triple(subject.iri, prop.iri, value)
    statements = _negative(desk, triple, side) if line.negated else (triple,)
    sayer = [_node(desk, line.told_by, "story")] if line.told_by else []
    evidence = _evidence(desk, line.quote)
    claim = Claim(
        _source(desk, line.quote),
        world,
        statements,
        evidence,
        _force(line),
        line.negated,
        tuple(_about(desk, line, prop, side, sayer)),
    )
    yield _Made(line, claim, (subject, *named, *sayer, *_events(desk, line, side)), prop)


def _node(desk: _Desk, name: str, side: Side) -> Node:
    node = desk.directory.node(name, side)
    if node is None:
        where = "the making" if side == "making" else f"the {side}" if side == "story" else side
        raise UnreadableError(f"“{name}” names nothing in {where}; declare it under # Things: - {name} | is a | …")
    return node


def _value(desk: _Desk, line: Statement, prop: Property, side: Side) -> tuple[Term, tuple[Node, ...]]:
    if prop.kind == "name":
        node = desk.directory.concept(line.value.text, prop.range) or _node(desk, line.value.text, side)
        return node.iri, (node,)
    return term(line.value, prop), ()


def _negative(desk: _Desk, triple: Triple, side: Side) -> tuple[Triple, ...]:
    """Return a negative property assertion, named after what it denies."""
    scene = desk.scene
    key = digest(" ".join(map(n3, triple)), 20)
    node = scene.names.iri(*([slug(scene.universe)] if side == "story" else []), "negative", key)
    target = OWL.targetValue if isinstance(triple.object, Literal) else OWL.targetIndividual
    return (
        Triple(node, RDF.type, OWL.NegativePropertyAssertion),
        Triple(node, OWL.sourceIndividual, triple.subject),
        Triple(node, OWL.assertionProperty, triple.predicate),
        Triple(node, target, triple.object),
    )


def _force(line: Statement) -> Iri:
    if line.proposed:
        return FORCE.proposed
    if line.property == "depicts" and line.negated:
        return FORCE.rejected
    return FORCE.said if line.told_by else FORCE.hedged if line.hedge else FORCE.stated


def _source(desk: _Desk, quote: Quote | None) -> Iri:
    return desk.scene.names.source(slug(quote.source)) if quote and quote.source else desk.scene.source


def _evidence(desk: _Desk, quote: Quote | None) -> tuple[Iri, ...]:
    if quote is None:  # a proposal that was deleted: its words went with it, and the entry as a whole stands for them
        return (desk.scene.span(desk.scene.head),)
    return (_quotation(desk, quote),) if quote.source else tuple(map(desk.scene.span, quote.spans))


def _quotation(desk: _Desk, quote: Quote) -> Iri:
    """Return the name of words quoted from an outside source."""
    return Iri(f"{_source(desk, quote)}#words={digest(_words(quote), 12)}")


def _words(quote: Quote) -> str:
    return " […] ".join(quote.pieces)


# --- what is said of the statement itself ---------------------------------------------------------------------------


def _about(
    desk: _Desk, line: Statement, prop: Property, side: Side, sayer: Iterable[Node]
) -> Iterator[tuple[Iri, Term]]:
    yield PROV.wasAttributedTo, desk.editor.iri
    yield from ((PH.saidBy, node.iri) for node in sayer)
    if line.hedge:
        yield PH.hedge, desk.scene.span(line.hedge_span) if line.hedge_span else Literal(line.hedge)
    if line.shown:
        yield PH.shown, SHOWN[slug(line.shown)]
    if line.rank:
        yield PH.rank, RANK[slug(line.rank)]
    if line.note:
        yield PH.note, Literal(line.note)
    if line.quote and line.quote.locator:
        yield PH.locator, Literal(line.quote.locator)
    for name in line.complete:
        whole = desk.vocabulary.properties.get(name, prop)
        yield PH.complete, whole.iri
    if line.when:
        yield from _when(desk, line, line.when, side)
    if line.until:
        yield PH.holdsUntil, _moment(desk, line, line.until, side)


def _when(desk: _Desk, line: Statement, when: When, side: Side) -> Iterator[tuple[Iri, Term]]:
    if when.relation == "at":
        yield PH.storyTime if side == "story" else PH.atTime, edtf(when.date)
    elif when.relation == "since":
        yield PH.holdsFrom, _moment(desk, line, when, side)
    else:
        yield PH.offsetFrom, _moment(desk, line, when, side)
        yield PH.offsetDirection, Literal(when.relation)
        if when.amount:
            yield PH.offset, quantity(when.amount, when.unit)


def _moment(desk: _Desk, line: Statement, when: When, side: Side) -> Term:
    """Return a date, or the node of an event: an interval from an event never becomes a date."""
    if when.date:
        return edtf(when.date)
    if when.event == "this passage" and line.quote and line.quote.spans:
        return desk.scene.span(line.quote.spans[0])
    if when.event.startswith("^"):
        return _labelled(desk, when.event[1:])
    return _event(desk, when.event, side).iri


def _labelled(desk: _Desk, label: str) -> Iri:
    for line in desk.file.statements:
        if line.label == label and line.quote:
            return next(iter(_evidence(desk, line.quote)))
    raise UnreadableError(f"no statement of this file is marked ^{label}")


def _event(desk: _Desk, phrase: str, side: Side) -> Node:
    event = desk.directory.event(phrase, side)
    if event is None:
        raise UnreadableError(
            f"“{phrase}” is no event that is known; declare it under # Things: - {phrase} | is a | event"
        )
    return event


def _events(desk: _Desk, line: Statement, side: Side) -> Iterator[Node]:
    for when in (line.when, line.until):
        if when and when.event and when.event != "this passage" and not when.event.startswith("^"):
            yield _event(desk, when.event, side)


# --- verdicts and depictions ----------------------------------------------------------------------------------------


def _judgements(desk: _Desk, made: Iterable[_Made], faults: list[Diagnostic]) -> Iterator[Claim]:
    made = list(made)
    marked = {it.line.label: it for it in made if it.line.label}
    for it in made:
        if not it.line.verdict:
            continue
        against = marked.get(it.line.against)
        if it.line.against and against is None:
            faults.append(_diagnostic(it.line.place, f"no statement of this file is marked ^{it.line.against}"))
            continue
        yield _judged(desk, it, against)


def _judged(desk: _Desk, it: _Made, against: _Made | None) -> Claim:
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


def _judge(desk: _Desk, line: Statement) -> Iri:
    """Return who judges: the person named, else the source where its own words judge, else the editor."""
    if line.judged_by:
        return desk.scene.names.agent(line.judged_by)
    if line.quote and (line.quote.source or any(map(desk.scene.comments, line.quote.spans))):
        return _source(desk, line.quote)
    return desk.editor.iri


def _depictions(desk: _Desk, made: Iterable[_Made], retold: frozenset[str]) -> Iterator[_Made]:
    """Yield that a thing of the story depicts the real one of the same name, where both are spoken of."""
    made = list(made)
    said = {(it.nodes[0].iri, it.claim.statements[0].object) for it in made if it.line.property == "depicts"}
    history = {name: it for it in reversed(made) if it.line.section != "story" for name in _names(it.line, it.prop)}
    seen: set[str] = set()
    for it in (it for it in made if it.line.section == "story"):
        for name in _names(it.line, it.prop):
            if name not in seen and (name in history or name in retold):
                seen.add(name)
                yield from _depiction(desk, name, it, history.get(name), said)


def _names(line: Statement, prop: Property) -> tuple[str, ...]:
    return (line.subject, line.value.text) if prop.kind == "name" and not prop.of_the_work else (line.subject,)


def _depiction(
    desk: _Desk, name: str, story: _Made, history: _Made | None, said: set[tuple[Iri, Term]]
) -> Iterator[_Made]:
    one, other = desk.directory.node(name, "story"), desk.directory.node(name, "history")
    depicts = desk.vocabulary.properties.get("depicts")
    if one is None or other is None or depicts is None or one.world != desk.scene.story or other.world is None:
        return
    if (one.iri, other.iri) in said:
        return
    evidence = tuple(dict.fromkeys(story.claim.evidence + (history.claim.evidence if history else ())))
    claim = Claim(
        desk.scene.source,
        desk.scene.names.actual,
        (Triple(one.iri, PH.depicts, other.iri),),
        evidence,
        about=((PROV.wasAttributedTo, desk.editor.iri),),
    )
    yield _Made(replace(story.line, property="depicts"), claim, (one, other), depicts)


# --- catalogue and anchors ------------------------------------------------------------------------------------------


def _catalogue(desk: _Desk, made: Iterable[_Made]) -> Iterator[Triple]:
    yield from agent(desk.editor)
    for name in dict.fromkeys(it.line.judged_by for it in made if it.line.judged_by):
        yield from agent(Node(desk.scene.names.agent(name), name, (PROV.Agent,)))


def _anchors(desk: _Desk, made: Iterable[_Made], claims: Iterable[Claim]) -> Iterator[Quad]:
    made = list(made)
    yield from desk.scene.anchors(_spans(claims))
    graph = desk.scene.names.anchors(desk.scene.key)
    for quote in dict.fromkeys(it.line.quote for it in made if it.line.quote and it.line.quote.source):
        yield from _quoted(desk, quote, graph)
    told = sorted((it for it in made if it.line.quote and it.line.quote.spans), key=_first)
    for order, it in enumerate(told, start=1):
        yield Quad(it.claim.iri(desk.scene.names), PH.tellingOrder, integer(order), graph)
    for it in made:
        line = Iri(f"{desk.scene.source}/statements#line={it.line.place.line}")
        yield Quad(it.claim.iri(desk.scene.names), PH.writtenAt, line, graph)
        yield Quad(line, PH.fileName, Literal(desk.file.source), graph)
        yield Quad(line, PH.line, integer(it.line.place.line), graph)


def _first(made: _Made) -> Span:
    assert made.line.quote is not None
    return made.line.quote.spans[0]


def _quoted(desk: _Desk, quote: Quote, graph: Iri) -> Iterator[Quad]:
    name = _quotation(desk, quote)
    yield Quad(name, RDF.type, PH.Quotation, graph)
    yield Quad(name, PH.inSource, _source(desk, quote), graph)
    yield Quad(name, PH.quote, Literal(_words(quote)), graph)


def _spans(claims: Iterable[Claim]) -> Iterator[Span]:
    for claim in claims:
        hedges = (value for predicate, value in claim.about if predicate in (PH.hedge, PH.offsetFrom))
        for name in (*claim.evidence, *hedges):
            if isinstance(name, Iri) and "#char=" in name:
                yield span_of(name)
