"""What an entry says, as claims: the episode, who made it, who plays whom, whom its prose mentions.

One function for each kind of statement; none of them sees another entry, so entries can be read in any order and on any
number of machines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from kg.claims.claim import Claim
from kg.claims.nodes import KNOWN_KINDS, Claimed, Node
from kg.claims.roles import unnamed
from kg.claims.scene import Scene, agent
from kg.iris import slug
from kg.model import CastItem, Credit, Depiction, KnownName, Life, Mention, Span, Words
from kg.vocab import (
    FORCE,
    JOB,
    MANNER,
    PH,
    PROV,
    RDF,
    SCHEMA,
    Iri,
    Literal,
    Quad,
    Term,
    Triple,
    boolean,
    edtf,
    integer,
)

#: The schema.org property of the episode that says the same as a credit for this job.
_SCHEMA_JOBS = {"writer": SCHEMA.author, "director": SCHEMA.director, "composer": SCHEMA.musicBy}
_MANNERS = ("voice", "body", "archive")
_DEPICTION_RULE = "proposed depiction 1"


def entry_claims(scene: Scene) -> Claimed:
    """Return everything that an entry gives to the graph."""
    claims = tuple(
        chain(
            _episode(scene),
            chain.from_iterable(_credit(scene, credit) for credit in scene.entry.credits),
            _cast(scene),
            _mentions(scene),
            _times(scene),
            chain.from_iterable(_life(scene, life) for life in scene.entry.lives),
            (_depiction(scene, depiction) for depiction in scene.entry.depictions),
        )
    )
    return Claimed(
        claims,
        tuple(_nodes(scene)),
        tuple(_catalogue(scene)),
        tuple(_anchors(scene, claims)),
        tuple(_background(scene)),
    )


def _background(scene: Scene) -> Iterator[Quad]:
    """Yield which universe the story's world and its series belong to: the project's settings say so."""
    names, universe = scene.names, scene.names.universe(scene.universe)
    yield Quad(scene.story, PH.inUniverse, universe, names.background)
    yield Quad(names.series(scene.series), PH.universe, universe, names.background)


def stated(scene: Scene, spans: Iterable[Span], *statements: tuple[Iri, Iri, Term]) -> Claim:
    """Return a plain claim of the entry about the actual world."""
    evidence = tuple(map(scene.span, spans))
    return Claim(scene.source, scene.names.actual, tuple(Triple(*it) for it in statements), evidence)


def _episode(scene: Scene) -> Iterator[Claim]:
    entry, it = scene.entry, scene.episode
    title = [(it, SCHEMA.name, _titled(scene, entry.title))] if entry.title else []
    place: list[tuple[Iri, Iri, Term]] = [(it, SCHEMA.partOfSeries, scene.names.series(scene.series))]
    if entry.season is not None:
        season = scene.names.season(scene.series, entry.season)
        place += [(it, SCHEMA.partOfSeason, season), (season, SCHEMA.seasonNumber, integer(entry.season))]
        place += [(season, SCHEMA.partOfSeries, scene.names.series(scene.series))]
    if entry.number is not None:
        place.append((it, SCHEMA.episodeNumber, integer(entry.number)))
    if entry.first_broadcast:
        place.append((it, SCHEMA.datePublished, edtf(entry.first_broadcast)))
    yield stated(scene, entry.title.spans if entry.title else [scene.head], *title, *place)
    for words, term in ((entry.original_title, PH.originalTitle), (entry.broadcast, PH.broadcast)):
        if words:
            yield stated(scene, words.spans, (it, term, Literal(words.text)))


def _titled(scene: Scene, title: Words) -> Literal:
    language = scene.entry.title_language
    return Literal(title.text, language=language) if language else Literal(title.text)


def _credit(scene: Scene, credit: Credit) -> Iterator[Claim]:
    for name in credit.names:
        person = scene.person(name.text).iri
        node = _credited(scene, credit, name).iri
        said: list[tuple[Iri, Iri, Term]] = [
            (node, RDF.type, PH.Credit),
            (node, PH.creditOf, scene.episode),
            (node, PH.creditedAgent, person),
            (node, PH.job, JOB[slug(credit.job)]),
            (node, PH.creditedAs, Literal(name.text)),
            (node, PH.heading, Literal(credit.heading)),
        ]
        if credit.detail:
            said.append((node, PH.detail, Literal(credit.detail)))
        if credit.job in _SCHEMA_JOBS:
            said.append((scene.episode, _SCHEMA_JOBS[credit.job], person))
        yield stated(scene, [credit.span], *said)
        yield from _alias(scene, name)


def _credited(scene: Scene, credit: Credit, name: Words) -> Node:
    iri = Iri(f"{scene.episode}/credit/{slug(credit.job)}-{slug(name.text)}")
    return Node(iri, f"{credit.heading} {name.text}", (), scene.names.actual)


def _alias(scene: Scene, name: Words) -> Iterator[Claim]:
    person = scene.person(name.text)
    if person.label != name.text:
        yield stated(scene, name.spans, (person.iri, SCHEMA.alternateName, Literal(name.text)))


def _cast(scene: Scene) -> Iterator[Claim]:
    for billing, (node, item) in enumerate(_performances(scene), start=1):
        yield from _item(scene, item, node.iri, billing)
        yield from _alias(scene, item.performer)


def _performances(scene: Scene) -> Iterator[tuple[Node, CastItem]]:
    """Yield each cast item with the node of its performance; equal items carry an ordinal.

    The claim itself says that it is a performance (and a credit's, a credit): what stood in the background too would
    be found twice by a query over both.
    """
    ordinals: Counter[str] = Counter()
    for item in scene.entry.cast:
        stem = _performance(item)
        ordinals[stem] += 1
        suffix = f"-{ordinals[stem]}" if ordinals[stem] > 1 else ""
        role = " and ".join(character.text for character in item.characters) or "an unknown role"
        label = f"{item.performer.text} as {role}"
        yield (
            Node(Iri(f"{scene.episode}/performance/{stem}{suffix}"), label, (), scene.names.actual),
            item,
        )


def _performance(item: CastItem) -> str:
    roles = "-and-".join(slug(character.text) for character in item.characters)
    return f"{slug(item.performer.text)}-as-{roles or 'unknown'}"


def _item(scene: Scene, item: CastItem, node: Iri, billing: int) -> Iterator[Claim]:
    said: list[tuple[Iri, Iri, Term]] = [
        (node, RDF.type, PH.Performance),
        (node, PH.performer, scene.person(item.performer.text).iri),
        (node, PH.creditedAs, Literal(item.performer.text)),
        (node, PH.roleAsCredited, Literal(item.credited)),
        (node, PH.section, Literal(item.section)),
        (node, PH.billing, integer(billing)),
        (node, PH.listedFor, scene.episode),
    ]
    said += [(node, PH.character, played(scene, character.text).iri) for character in item.characters]
    said += [(node, PH.manner, manner) for manner in _manners(item)]
    if "group" in item.qualifiers:
        said.append((node, PH.inGroup, boolean(True)))
    where = (node, PH.inEpisode, scene.episode)
    hedge = scene.entry.cast_hedge
    yield stated(scene, [item.span], *said, *([] if hedge else [where]))
    if hedge:
        about = ((PH.hedge, scene.span(hedge)),)
        support = (scene.span(item.span), scene.span(hedge))
        yield Claim(scene.source, scene.names.actual, (Triple(*where),), support, FORCE.hedged, about=about)


def _manners(item: CastItem) -> list[Iri]:
    found = [MANNER[manner] for manner in _MANNERS if manner in item.qualifiers]
    return found if found and not item.voiced else [MANNER["on-screen"], *found]


def played(scene: Scene, role: str) -> Node:
    """Return the character that a role names: of the universe where it has a name, else of this episode."""
    return scene.role(role) if unnamed(role) else scene.character(role)


def mentioned(scene: Scene, known: KnownName) -> Node:
    """Return the node of a known name: a character of the story, or a thing of the actual world."""
    if known.kind == "character":
        return played(scene, known.name)
    if known.kind == "person":
        return figure(scene, known.name)
    name = scene.known_as(known.name)
    if known.kind == "place":
        return Node(scene.names.thing("place", name), name, (PH.Place,))
    kinds = KNOWN_KINDS[known.kind]
    return Node(scene.names.thing(kinds.segment, name), name, kinds.history, scene.names.actual)


def figure(scene: Scene, name: str) -> Node:
    """Return a person of history."""
    return replace(scene.person(name), kinds=(SCHEMA.Person, PH.HistoricalFigure))


def _mentions(scene: Scene) -> Iterator[Claim]:
    spans: dict[Iri, list[Span]] = {}
    for mention in _of_this_side(scene):
        spans.setdefault(mentioned(scene, mention.known).iri, []).extend(mention.spans)
    for node, found in spans.items():
        yield stated(scene, sorted(set(found)), (scene.source, PH.mentions, node))


def _times(scene: Scene) -> Iterator[Claim]:
    spans: dict[str, list[Span]] = {}
    for time in scene.entry.times:
        spans.setdefault(time.edtf, []).append(time.span)
    for date, found in spans.items():
        yield stated(scene, found, (scene.source, PH.mentionsTime, edtf(date)))


def _of_this_side(scene: Scene) -> Iterator[Mention]:
    """Yield the mentions; in the synopsis a name that the cast has too means the character, and it alone."""
    cast = {character.text for item in scene.entry.cast for character in item.characters}
    for mention in scene.entry.mentions:
        shadowed = mention.part == "synopsis" and mention.known.kind == "person" and mention.known.name in cast
        told_of = mention.part != "synopsis" and mention.known.kind == "character" and _is_figure(scene, mention)
        if not shadowed and not told_of:
            yield mention


def _is_figure(scene: Scene, mention: Mention) -> bool:
    return any(depiction.character == mention.known.name for depiction in scene.entry.depictions)


def _life(scene: Scene, life: Life) -> Iterator[Claim]:
    person = scene.person(life.name).iri
    said = [(person, term, edtf(date)) for term, date in ((PH.birth, life.birth), (PH.death, life.death)) if date]
    for statement in said:
        yield stated(scene, life.spans, statement)


def _depiction(scene: Scene, depiction: Depiction) -> Claim:
    character, figure = played(scene, depiction.character), mentioned(scene, depiction.figure)
    about: tuple[tuple[Iri, Term], ...] = (
        (PROV.wasAttributedTo, _rule(scene).iri),
        (PH.note, Literal(depiction.reason)),
    )
    statement = Triple(character.iri, PH.depicts, figure.iri)
    evidence = tuple(map(scene.span, depiction.spans))
    return Claim(scene.source, scene.names.actual, (statement,), evidence, FORCE.proposed, about=about)


def _rule(scene: Scene) -> Node:
    return Node(scene.names.agent(f"rule {_DEPICTION_RULE}"), _DEPICTION_RULE, (PROV.Agent, PROV.SoftwareAgent))


def _catalogue(scene: Scene) -> Iterator[Triple]:
    yield from scene.description()
    if scene.entry.depictions:
        yield from agent(_rule(scene))


def _anchors(scene: Scene, claims: Iterable[Claim]) -> Iterator[Quad]:
    spans = {support for claim in claims for support in claim.evidence}
    hedge = [scene.entry.cast_hedge] if scene.entry.cast_hedge else []
    return scene.anchors([*map(span_of, spans), *hedge])


def span_of(name: Iri) -> Span:
    """Return the span that a name of this form ends with.

    >>> span_of(Iri("https://example.org/s/1.txt#char=3,9"))
    Span(start=3, end=9)
    """
    start, end = name.rsplit("#char=", 1)[1].split(",")
    return Span(int(start), int(end))


def _nodes(scene: Scene) -> Iterator[Node]:
    entry, names = scene.entry, scene.names
    actual = names.actual
    yield Node(actual, "actual world", (PH.World, PH.ActualWorld))
    yield Node(names.series(scene.series), scene.series, (SCHEMA.TVSeries,), actual)
    yield Node(scene.story, f"{scene.universe} (story)", (PH.World, PH.StoryWorld))
    yield Node(names.universe(scene.universe), scene.universe, (PH.Universe,), actual)
    yield Node(scene.episode, _episode_label(scene), (SCHEMA.TVEpisode,), actual)
    if entry.season is not None:
        label = f"{scene.series}, season {entry.season}"
        yield Node(names.season(scene.series, entry.season), label, (SCHEMA.TVSeason,), actual)
    yield from (_credited(scene, credit, name) for credit in entry.credits for name in credit.names)
    yield from (node for node, _ in _performances(scene))
    credited = (name.text for credit in entry.credits for name in credit.names)
    performing = (item.performer.text for item in entry.cast)
    for name in chain(credited, performing):
        yield scene.person(name)
    yield from (scene.person(author.text) for author in entry.authors)
    yield from (played(scene, role.text) for item in entry.cast for role in item.characters)
    yield from (mentioned(scene, mention.known) for mention in _of_this_side(scene))
    yield from (figure(scene, life.name) for life in entry.lives)
    yield from (mentioned(scene, depiction.figure) for depiction in entry.depictions)


def _episode_label(scene: Scene) -> str:
    title = scene.entry.title
    return f"{scene.series}: {title.text}" if title else f"{scene.series}, {scene.episode_key}"
