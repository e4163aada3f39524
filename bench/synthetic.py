"""A made-up guide in the shape of docs/model.md, as large as wanted and the same each time.

Every entry is one episode: its making and cast in the actual world, what happens in the story in the story's world, and
for every eighth episode a historical mission that the story retells. ``quads`` has everything a build has before
reasoning; ``world`` has what the closure of one world reads. Defects are put in one to an entry, from the first on.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from types import MappingProxyType

from kg.iris import Names, digest
from kg.vocab import FORCE, JOB, MANNER, OWL, PH, PROV, RDF, RDFS, SCHEMA, Iri, Literal, Quad, Triple, edtf, integer

NAMES = Names()
GIVEN = (
    "Ada Ben Cleo Dora Emil Fay Gus Hana Ivo Jun Kit Lea Max Nia Olaf Pia Quin Rosa Sven Tess Uma Vera Will Zoë".split()
)
FAMILY = (
    "Abel Brandt Costa Dahl Egger Frost Gray Holm Ito Jansen Kern Lind Mora Novak Orr Petit Rossi Sato Unger".split()
)
JOBS = {"writer": PH.writtenBy, "director": PH.directedBy, "composer": PH.composer, "producer": PH.producedBy}
CREW = (PH.commander, PH.pilot, PH.engineer, PH.physician, PH.scientist)
PER_SERIES = 24

# what each defect adds to an entry: statements of the actual world that contradict the ontology or break a shape
DEFECTS = (
    "performer-is-character", "depicts-twice", "reflexive-part", "wrong-kind", "negated", "no-label",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One entry: what it adds to the background, and its claims by world."""

    key: str
    background: list[Triple] = field(default_factory=list)
    claims: list[tuple[Iri, tuple[Triple, ...]]] = field(default_factory=list)

    def claim(self, world: Iri, *triples: tuple[Iri, Iri, Iri | Literal]) -> None:
        """Add one claim."""
        self.claims.append((world, tuple(Triple(*triple) for triple in triples)))

    def node(self, iri: Iri, label: str, world: Iri, *kinds: Iri) -> Iri:
        """Add a node to the background, and return it."""
        self.background += [Triple(iri, RDF.type, kind) for kind in kinds]
        self.background += [Triple(iri, RDFS.label, Literal(label)), Triple(iri, PH.existsIn, world)]
        return iri

    def world(self, world: Iri) -> Iterator[Triple]:
        """Yield what the entry states in a world."""
        return (triple for place, triples in self.claims if place == world for triple in triples)


def entries(defects: Mapping[str, int] = MappingProxyType({})) -> Iterator[Entry]:
    """Yield entries without end, the same ones at every call; ``defects`` says how many there are of each kind."""
    wrong = [kind for kind in DEFECTS for _ in range(defects.get(kind, 0))]
    number = 0
    while True:
        yield _entry(number, wrong[number] if number < len(wrong) else "")
        number += 1


def shared(worlds: Iterable[Iri] = ()) -> list[Triple]:
    """Return the background that all entries share: places inside places, languages, the worlds."""
    triples = []
    for number in range(400):
        place = NAMES.iri("place", f"place-{number}")
        kind = (PH.Planet, PH.Country, PH.Region, PH.City)[min(3, number.bit_length() // 2)]
        triples += [Triple(place, RDF.type, kind), Triple(place, RDFS.label, Literal(f"Place {number}"))]
        if number:
            triples.append(Triple(place, PH.locatedIn, NAMES.iri("place", f"place-{number // 3}")))
    for world in worlds:
        triples.append(Triple(world, RDF.type, PH.ActualWorld if world == NAMES.actual else PH.StoryWorld))
    return triples


def _entry(number: int, defect: str) -> Entry:
    chance = random.Random(number)
    series_name = f"Series {number // PER_SERIES}"
    key = f"s{number % PER_SERIES // 12 + 1}e{number % 12 + 1:02}"
    entry = Entry(f"series-{number // PER_SERIES}/{key}")
    story, actual = NAMES.world(series_name), NAMES.actual
    episode = _making(entry, series_name, number, key, actual, chance)
    cast = _cast(entry, series_name, episode, actual, story, chance)
    mission = _story(entry, series_name, number, cast, story, chance)
    if number % 8 == 0:
        _history(entry, number, mission, cast, actual, chance)
    _break(entry, defect, number, episode, mission, cast, actual)
    return entry


def _making(entry: Entry, series_name: str, number: int, key: str, actual: Iri, chance: random.Random) -> Iri:
    series, season = NAMES.series(series_name), NAMES.season(series_name, number % PER_SERIES // 12 + 1)
    episode = NAMES.episode(series_name, key)
    entry.node(series, series_name, actual, SCHEMA.TVSeries)
    entry.node(season, f"{series_name}, season", actual, SCHEMA.TVSeason)
    entry.node(episode, f"{series_name}: episode {number}", actual, SCHEMA.TVEpisode)
    universe = NAMES.universe(series_name)
    entry.node(universe, series_name, actual, PH.Universe)
    entry.claim(actual, (series, PH.universe, universe), (season, SCHEMA.partOfSeries, series))
    entry.claim(
        actual,
        (episode, SCHEMA.name, Literal(f"Episode {number}")),
        (episode, SCHEMA.episodeNumber, integer(number % 12 + 1)),
        (episode, SCHEMA.partOfSeason, season),
        (episode, SCHEMA.datePublished, edtf(f"{1960 + number % 60}-{number % 12 + 1:02}-{number % 28 + 1:02}")),
    )
    for job, prop in JOBS.items():
        person = _person(entry, chance, actual)
        credit = entry.node(Iri(f"{episode}/credit/{job}"), f"{job} of {number}", actual, PH.Credit)
        entry.claim(
            actual,
            (credit, PH.creditOf, episode),
            (credit, PH.creditedAgent, person),
            (credit, PH.job, JOB[job]),
            (episode, prop, person),
        )
    return episode


def _person(entry: Entry, chance: random.Random, actual: Iri) -> Iri:
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {chance.randrange(40)}"
    return entry.node(NAMES.person(name), name, actual, SCHEMA.Person)


def _cast(entry: Entry, series_name: str, episode: Iri, actual: Iri, story: Iri, chance: random.Random) -> list[Iri]:
    cast = []
    for billing in range(6):
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        character = entry.node(NAMES.thing("character", name, series_name), name, story, PH.Character)
        performer = _person(entry, chance, actual)
        played = entry.node(Iri(f"{episode}/performance/{billing}"), f"{name} played", actual, PH.Performance)
        entry.claim(
            actual,
            (played, PH.performer, performer),
            (played, PH.character, character),
            (played, PH.creditedAs, Literal(f"Credited {billing} {episode[-6:]}")),
            (played, PH.section, Literal("Cast")),
            (played, PH.billing, integer(billing + 1)),
            (played, PH.manner, MANNER["on-screen"]),
        )
        entry.claim(actual, (played, PH.inEpisode, episode))
        cast.append(character)
    return cast


def _story(entry: Entry, series_name: str, number: int, cast: list[Iri], story: Iri, chance: random.Random) -> Iri:
    mission = NAMES.thing("mission", f"Mission {number}", series_name)
    craft = NAMES.thing("craft", f"Craft {number % 7}", series_name)
    entry.node(mission, f"Mission {number}", story, PH.FictionalMission)
    entry.node(craft, f"Craft {number % 7}", story, PH.FictionalCraft)
    for role, character in zip(CREW, cast, strict=False):
        entry.claim(story, (mission, role, character))
    entry.claim(story, (mission, PH.vehicle, craft))
    entry.claim(story, (mission, PH.launch, edtf(str(1970 + number % 90))))
    entry.claim(story, (mission, PH.destination, NAMES.iri("place", f"place-{chance.randrange(400)}")))
    entry.claim(story, (cast[0], PH.friendOf, cast[1]))
    entry.claim(story, (cast[2], PH.child, cast[3]))
    return mission


def _history(entry: Entry, number: int, retold: Iri, cast: list[Iri], actual: Iri, chance: random.Random) -> None:
    mission = entry.node(NAMES.iri("mission", f"flight-{number}"), f"Flight {number}", actual, PH.HistoricalMission)
    figure = entry.node(
        NAMES.person(f"Figure {number}"), f"Figure {number}", actual, PH.HistoricalFigure, SCHEMA.Person
    )
    entry.claim(actual, (mission, PH.commander, figure))
    entry.claim(actual, (figure, PH.birth, edtf(str(1920 + number % 40))))
    entry.claim(actual, (mission, PH.launchSite, NAMES.iri("place", f"place-{chance.randrange(400)}")))
    entry.claim(actual, (retold, PH.depicts, mission))
    entry.claim(actual, (cast[0], PH.depicts, figure))


def _break(entry: Entry, defect: str, number: int, episode: Iri, mission: Iri, cast: list[Iri], actual: Iri) -> None:
    if defect == "performer-is-character":
        entry.claim(actual, (Iri(f"{episode}/performance/0"), PH.performer, cast[0]))
    elif defect == "depicts-twice":
        entry.claim(
            actual, (cast[1], PH.depicts, NAMES.person("Figure 0")), (cast[1], PH.depicts, NAMES.person("Figure 8"))
        )
    elif defect == "reflexive-part":
        place = NAMES.iri("place", f"place-{number % 400}")
        entry.claim(actual, (place, PH.locatedIn, place))
    elif defect == "wrong-kind":
        entry.claim(actual, (mission, RDF.type, PH.HistoricalMission))
    elif defect == "negated":
        entry.claim(actual, *_negation(entry, episode))
    elif defect == "no-label":
        entry.background.append(Triple(NAMES.iri("mission", f"nameless-{number}"), RDF.type, PH.HistoricalMission))


def _negation(entry: Entry, episode: Iri) -> Iterator[tuple[Iri, Iri, Iri | Literal]]:
    """Yield a negative statement against what the entry says itself."""
    said = next(triple for triple in entry.world(NAMES.actual) if triple.predicate == PH.composer)
    node = Iri(f"{episode}/negative/{digest(said.object if isinstance(said.object, str) else '')}")
    yield node, RDF.type, OWL.NegativePropertyAssertion
    yield node, OWL.sourceIndividual, episode
    yield node, OWL.assertionProperty, PH.composer
    yield node, OWL.targetIndividual, Iri(str(said.object))


# --- as a build has it ------------------------------------------------------------------------------------------------


def quads(size: int, defects: Mapping[str, int] = MappingProxyType({})) -> Iterator[Quad]:
    """Yield a guide of about ``size`` quads: claims, catalogue, anchors, background and stated worlds."""
    count = 0
    worlds = set()
    for entry in entries(defects):
        for quad in of_entry(entry):
            count += 1
            yield quad
        worlds |= {world for world, _ in entry.claims}
        if count >= size:
            break
    yield from (Quad(*triple, NAMES.background) for triple in shared(sorted(worlds)))


def of_entry(entry: Entry) -> Iterator[Quad]:
    """Yield the quads of one entry, as a build writes them."""
    yield from (Quad(*triple, NAMES.background) for triple in entry.background)
    source, anchors = NAMES.source(entry.key), NAMES.anchors(entry.key)
    text = NAMES.text(entry.key, entry.key)
    yield Quad(source, RDF.type, PH.Entry, NAMES.catalogue)
    yield Quad(source, RDFS.label, Literal(entry.key), NAMES.catalogue)
    yield Quad(text, RDF.type, PH.SourceText, anchors)
    yield Quad(text, PH.textOf, source, anchors)
    at = 0
    for world, triples in entry.claims:
        words = " ".join(str(triple.object)[-20:] for triple in triples)
        span = Iri(f"{text}#char={at},{at + len(words)}")
        claim = NAMES.iri("claim", digest(f"{entry.key} {world} {triples}", 20))
        yield from (Quad(*triple, claim) for triple in triples)
        yield from (Quad(*triple, world) for triple in triples)
        yield Quad(claim, RDF.type, PH.Claim, NAMES.catalogue)
        yield Quad(claim, PH.assertedIn, world, NAMES.catalogue)
        yield Quad(claim, PH.force, FORCE.stated, NAMES.catalogue)
        yield Quad(claim, PROV.wasDerivedFrom, span, NAMES.catalogue)
        yield Quad(span, RDF.type, PH.Span, anchors)
        yield Quad(span, PH.inText, text, anchors)
        yield Quad(span, PH.start, integer(at), anchors)
        yield Quad(span, PH.end, integer(at + len(words)), anchors)
        yield Quad(span, PH.quote, Literal(words), anchors)
        at += len(words) + 1


def world(size: int, defects: Mapping[str, int] = MappingProxyType({})) -> list[Triple]:
    """Return about ``size`` triples, each once: the background and what is stated in the actual world."""
    found = dict.fromkeys(shared([NAMES.actual]))
    for entry in entries(defects):
        found.update(dict.fromkeys(chain(entry.background, entry.world(NAMES.actual))))
        if len(found) >= size:
            break
    return list(islice(found, size))
