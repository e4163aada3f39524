"""What the guide knows and Wikidata lacks, as statements ready for people to give back; nothing here sends anything.

Only accepted links count. A thing of a story is never given an item of the actual world: where a character's own item
is known, that is a link to an item of fiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.dataset import Store
from kg.iris import Names
from kg.link.graph import of_a_story
from kg.link.items import Snapshot
from kg.link.mapping import Mapping
from kg.vocab import SKOS, WD, Iri, Literal, Term

LABELS: Final = {
    "P31": "instance of", "P161": "cast member", "P725": "voice actor", "P453": "character role",
    "P4633": "name of the role", "P1545": "series ordinal", "P179": "part of the series", "P4908": "season",
    "P1441": "present in work", "P1080": "from narrative universe", "P1074": "fictional or mythical analog of",
    "P1889": "different from", "P854": "reference URL", "P813": "retrieved",
}  # fmt: skip
_FREE: Final = (
    "creativecommons.org/publicdomain/",
    "creativecommons.org/licenses/by/",
    "creativecommons.org/licenses/by-sa/",
)
_LONGEST: Final = 400  # of a quotation

_PERFORMANCES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ph: <https://w3id.org/porthole/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?episode ?performer ?character ?label ?manner ?billing ?url ?licence ?quote WHERE {
  ?performance ph:inEpisode ?episode ; ph:performer ?performer .
  OPTIONAL { ?performance ph:character ?character . ?character rdfs:label ?label }
  OPTIONAL { ?performance ph:manner ?manner }
  OPTIONAL { ?performance ph:billing ?billing }
  OPTIONAL {
    GRAPH ?claim { ?performance ph:performer ?performer }
    GRAPH ?catalogue { ?claim prov:wasDerivedFrom ?span }
    GRAPH ?anchors { ?span ph:quote ?quote }
  }
  OPTIONAL {
    GRAPH ?descriptions {
      ?entry ph:describes ?episode
      OPTIONAL { ?entry schema:url ?url }
      OPTIONAL { ?entry dcterms:license ?licence }
    }
  }
} ORDER BY ?episode ?billing ?performer ?character ?quote
"""
# of an episode, and of a season, which the entries of its episodes tell of
_EPISODES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ph: <https://w3id.org/porthole/ontology#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?episode ?series ?season ?number ?url ?licence WHERE {
  ?episode schema:partOfSeries ?series .
  OPTIONAL { ?episode schema:partOfSeason ?season }
  OPTIONAL { ?episode schema:episodeNumber|schema:seasonNumber ?number }
  OPTIONAL {
    ?told schema:partOfSeason? ?episode .
    GRAPH ?descriptions {
      ?entry ph:describes ?told
      OPTIONAL { ?entry schema:url ?url }
      OPTIONAL { ?entry dcterms:license ?licence }
    }
  }
} ORDER BY ?episode ?series ?season ?number ?url
"""
_FIGURES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ph: <https://w3id.org/porthole/ontology#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?character ?figure ?universe ?episode ?series ?url ?licence WHERE {
  ?performance ph:character ?character ; ph:inEpisode ?episode .
  OPTIONAL { ?character ph:depicts ?figure }
  OPTIONAL { ?character ph:existsIn ?world . ?world ph:inUniverse ?universe }
  OPTIONAL { ?episode schema:partOfSeries ?series }
  OPTIONAL {
    GRAPH ?descriptions {
      ?entry ph:describes ?episode
      OPTIONAL { ?entry schema:url ?url }
      OPTIONAL { ?entry dcterms:license ?licence }
    }
  }
} ORDER BY ?character ?figure ?universe ?episode
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """What supports a statement: the guide's page, when it was read, and its words where its licence lets them go."""

    url: str = ""
    retrieved: str = ""
    quote: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement for Wikidata: a value is a Q-id, or a text; qualifiers likewise."""

    item: str
    property: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    citation: Citation = Citation()


@dataclass(frozen=True, slots=True)
class Links:
    """The accepted links by our node: items of the actual world, and items of fiction for things of a story."""

    items: dict[Iri, str]

    def __call__(self, node: Term | None) -> str:
        """Return the item of a node, or ""."""
        return self.items.get(node, "") if isinstance(node, Iri) else ""


def links(mappings: Iterable[Mapping], snapshot: Snapshot, names: Names) -> Links:
    """Return which item stands for which node: what is accepted as exact; for a story's thing an item of fiction."""
    items: dict[Iri, str] = {}
    for mapping in mappings:
        if mapping.decision != "accepted" or not mapping.qid or mapping.negated:
            continue
        item = snapshot.items.get(mapping.qid)
        if of_a_story(mapping.subject, names):
            if item is not None and item.fictional:
                items[mapping.subject] = mapping.qid
        elif mapping.predicate == SKOS.exactMatch:
            items[mapping.subject] = mapping.qid
    return Links(items)


def statements(store: Store, item: Links, snapshot: Snapshot, names: Names, day: str) -> tuple[Statement, ...]:
    """Return what the guide knows of linked things and the snapshot does not say, each once, in order."""
    graphs = (names.actual, names.background)
    found = [
        *_cast(store.select(_PERFORMANCES, graphs).rows, item, day),
        *_episodes(store.select(_EPISODES, graphs).rows, item, day),
        *_fiction(store.select(_FIGURES, graphs).rows, item, day),
    ]
    lacking: dict[tuple[str, str, str], Statement] = {}
    for one in found:
        if not _known(one, snapshot):
            lacking.setdefault((one.item, one.property, one.value), one)
    return tuple(lacking[key] for key in sorted(lacking))


def _cast(rows: Iterable[tuple[Term | None, ...]], item: Links, day: str) -> Iterator[Statement]:
    for episode, performer, character, label, manner, billing, url, licence, quote in rows:
        if item(episode) and item(performer):
            voiced = isinstance(manner, Iri) and manner.endswith("/voice")
            qualifiers = (
                ("P453", item(character)), ("P4633", _text(label)), ("P1545", _text(billing)),
            )  # fmt: skip
            yield Statement(
                item(episode),
                "P725" if voiced else "P161",
                item(performer),
                tuple((name, value) for name, value in qualifiers if value),
                _citation(url, licence, quote, day),
            )


def _episodes(rows: Iterable[tuple[Term | None, ...]], item: Links, day: str) -> Iterator[Statement]:
    """Yield the pattern of an episode; the number counts in the season where there is one, else in the series."""
    for episode, series, season, number, url, licence in rows:
        citation, ordinal = _citation(url, licence, None, day), _text(number)
        counted = (("P1545", ordinal),) if ordinal else ()
        if item(episode) and item(series):
            yield Statement(item(episode), "P179", item(series), () if season is not None else counted, citation)
        if item(episode) and item(season):
            yield Statement(item(episode), "P4908", item(season), counted, citation)


def _fiction(rows: Iterable[tuple[Term | None, ...]], item: Links, day: str) -> Iterator[Statement]:
    for character, figure, universe, episode, series, url, licence in rows:
        citation = _citation(url, licence, None, day)
        work = item(series) or item(episode)
        if item(character):
            if work:
                yield Statement(item(character), "P1441", work, (), citation)
            if item(universe):
                yield Statement(item(character), "P1080", item(universe), (), citation)
            if item(figure):
                yield Statement(item(character), "P1074", item(figure), (), citation)
                yield Statement(item(character), "P1889", item(figure), (), citation)
        elif item(figure) and work:
            yield Statement(item(figure), "P1441", work, (), citation)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


def _citation(url: Term | None, licence: Term | None, quote: Term | None, day: str) -> Citation:
    place = (url.value if isinstance(url, Literal) else str(url)) if url is not None else ""
    terms = (licence.value if isinstance(licence, Literal) else str(licence)) if licence is not None else ""
    words = " ".join(_text(quote).split())
    allowed = any(free in terms for free in _FREE) and len(words) <= _LONGEST
    return Citation(place, day if place else "", words if allowed else "")


def _known(one: Statement, snapshot: Snapshot) -> bool:
    item = snapshot.items.get(one.item)
    return item is not None and any(
        fact.property == one.property and fact.value == WD[one.value] for fact in item.facts
    )


def is_item(value: str) -> bool:
    """Tell whether a value is an item rather than a text."""
    return value[:1] == "Q" and value[1:].isdigit()
