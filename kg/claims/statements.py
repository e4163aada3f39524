"""What an editor says, as claims: statements of story, history and making, with the words that support each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from kg.claims.claim import Claim
from kg.claims.desk import Desk, Made, evidence_of, fault, node_of, quotation, source_of, words_of
from kg.claims.directory import Directory, Side
from kg.claims.entry import span_of
from kg.claims.nodes import Claimed, Node
from kg.claims.remarks import events, remarks
from kg.claims.scene import agent
from kg.claims.values import UnreadableError, term
from kg.claims.verdicts import depictions, judgements
from kg.iris import digest, slug
from kg.model import Diagnostic, Quote, Span, Statement, Statements
from kg.terms import Property, Vocabulary
from kg.vocab import FORCE, OWL, PH, PROV, RDF, Iri, Literal, Quad, Term, Triple, integer, n3


def statement_claims(directory: Directory, file: Statements, vocabulary: Vocabulary) -> Claimed:
    """Return what a statements file gives to the graph.

    Lines that cannot be made into claims are left out and become diagnostics of severity error.
    """
    desk = Desk(directory, file, vocabulary)
    made: list[Made] = []
    faults: list[Diagnostic] = []
    for line in (*file.statements, *_rejected(file)):
        try:
            made.extend(_made(desk, line))
        except UnreadableError as problem:
            faults.append(fault(line.place, str(problem)))
    judged = list(judgements(desk, made, faults))
    depicted = list(depictions(desk, made))
    claims = (*(it.claim for it in made), *judged, *(it.claim for it in depicted))
    nodes = chain.from_iterable(it.nodes for it in (*made, *depicted))
    return Claimed(
        claims,
        tuple(nodes),
        tuple(_catalogue(desk, made)),
        tuple(_anchors(desk, made, claims)),
        diagnostics=tuple(faults),
    )


def _rejected(file: Statements) -> Iterator[Statement]:
    """Yield the proposed depictions that the editor has deleted, as statements that deny them."""
    yield from (replace(line, negated=True, proposed=False) for line in file.rejected if line.property == "depicts")


def _made(desk: Desk, line: Statement) -> Iterator[Made]:
    prop = desk.vocabulary.property(line.property)
    if line.section == "things" or prop is None:
        return
    side: Side = "story" if prop.of_the_work else line.section
    subject = node_of(desk, line.subject, side)
    if side == "story" and subject.world is None:
        raise UnreadableError(
            f"“{line.subject}” belongs to no story: name a thing of the story that stands for it, "
            f"or say this under # History"
        )
    value, named = _value(desk, line, prop, "history" if prop.of_the_work else side)
    world = desk.scene.story if side == "story" and not prop.of_the_work else desk.scene.names.actual
    triple = Triple(subject.iri, prop.iri, value)
    statements = _negative(desk, triple, side) if line.negated else (triple,)
    sayer = [node_of(desk, line.told_by, "story")] if line.told_by else []
    evidence = evidence_of(desk, line.quote)
    claim = Claim(
        source_of(desk, line.quote),
        world,
        statements,
        evidence,
        _force(line),
        line.negated,
        tuple(remarks(desk, line, prop, side, sayer)),
    )
    yield Made(line, claim, (subject, *named, *sayer, *events(desk, line, side)), prop)


def _value(desk: Desk, line: Statement, prop: Property, side: Side) -> tuple[Term, tuple[Node, ...]]:
    if prop.kind == "name":
        node = desk.directory.concept(line.value.text, prop.range) or node_of(desk, line.value.text, side)
        return node.iri, (node,)
    return term(line.value, prop), ()


def _negative(desk: Desk, triple: Triple, side: Side) -> tuple[Triple, ...]:
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


def _catalogue(desk: Desk, made: Iterable[Made]) -> Iterator[Triple]:
    yield from agent(desk.editor)
    for name in dict.fromkeys(it.line.judged_by for it in made if it.line.judged_by[:1] not in ("", "@")):
        yield from agent(Node(desk.scene.names.agent(name), name, (PROV.Agent,)))


def _anchors(desk: Desk, made: Iterable[Made], claims: Iterable[Claim]) -> Iterator[Quad]:
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


def _first(made: Made) -> Span:
    assert made.line.quote is not None
    return made.line.quote.spans[0]


def _quoted(desk: Desk, quote: Quote, graph: Iri) -> Iterator[Quad]:
    name = quotation(desk, quote)
    yield Quad(name, RDF.type, PH.Quotation, graph)
    yield Quad(name, PH.inSource, source_of(desk, quote), graph)
    yield Quad(name, PH.quote, Literal(words_of(quote)), graph)


def _spans(claims: Iterable[Claim]) -> Iterator[Span]:
    for claim in claims:
        hedges = (value for predicate, value in claim.about if predicate in (PH.hedge, PH.offsetFrom))
        for name in (*claim.evidence, *hedges):
            if isinstance(name, Iri) and "#char=" in name:
                yield span_of(name)
