"""TVmaze's JSON: a show with what is embedded in it, a list of episodes, or a cast, as statements with places.

What the fields mean is told at https://www.tvmaze.com/api; ids are kept as the addresses that go with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.foreign import Foreign, Said, left, shown
from kg.imports.jsontext import Number, Text, Value
from kg.model import Diagnostic
from kg.vocab import CDT, MANNER, PH, RDF, SCHEMA, Blank, Iri, Literal, Node, Term, edtf, integer

LICENCE: Final = "https://creativecommons.org/licenses/by-sa/4.0/"  # of the data, as the page of the API says
_CREW: Final = {
    "creator": SCHEMA.creator, "director": SCHEMA.director, "writer": SCHEMA.author, "composer": SCHEMA.musicBy,
    "producer": SCHEMA.producer,
}  # fmt: skip
_TEXTS: Final = {"gender": PH.gender}
_DATES: Final = {
    "premiered": PH.firstBroadcast, "airdate": SCHEMA.datePublished, "birthday": PH.birth, "deathday": PH.death,
    "premiereDate": PH.firstBroadcast,
}  # fmt: skip
# fields that others are read with, or that serve the site alone
_READ: Final = frozenset(("id", "url", "name", "season", "number", "_links", "_embedded", "image", "updated"))
_KNOWN: Final = _READ | {"runtime", "country", "network", "webChannel", "language", *_TEXTS, *_DATES}
_WHY: Final = {
    "summary": "a summary is prose, not a statement",
    "airstamp": "airstamp says what airdate says, by another clock",
    "airtime": "airtime has no place here",
}


def tvmaze(name: str, text: str) -> Foreign:
    """Return what a TVmaze file says. Raises InputError where it is no JSON, or not TVmaze's."""
    whole = Text(name, text)
    reader = _Reader(whole)
    root = whole.json()
    for it in root.each():
        reader.top(it)
    if not reader.said:
        raise whole.fault(root.start, "holds no show, season, episode, person or cast as TVmaze writes them")
    return Foreign(
        tuple(reader.said), tuple(reader.left), "TVmaze", reader.address or "https://www.tvmaze.com/", LICENCE
    )


class _Reader:
    """Collects statements about shows, seasons, episodes, people and roles."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self.said: list[Said] = []
        self.left: list[Diagnostic] = []
        self.address = ""
        self._seasons: set[str] = set()
        self._billed: dict[Node, int] = {}

    def top(self, it: Value) -> None:
        """Read one thing at the top of a file, known by its fields."""
        if it.get("person") is not None:
            self._note(it, "whose cast or crew this is, nothing tells: import the show with what is embedded in it")
            self.person(it.get("person"))
        elif it.get("show") is not None or it.get("score") is not None:
            found = it.get("show")
            if found is not None:
                self.show(found)
        elif it.get("airdate") is not None or (it.get("season") and it.get("name")):
            self.episode(it, self._show_of(it))
        elif it.get("birthday") or it.get("gender") or "/people/" in self._url(it):
            self.person(it)
        elif "/seasons/" in self._url(it):
            self._note(it, "a season is read with the show that embeds it")
        elif it.get("name") is not None and "/shows/" in self._url(it):
            self.show(it)
        else:
            self._note(it, "it is no thing that TVmaze tells of")

    # --- works ----------------------------------------------------------------------------------------------------

    def show(self, it: Value) -> Node:
        """Read a show with everything that is embedded in it."""
        show = self._thing(it, SCHEMA.TVSeries)
        self.address = self.address or (show if isinstance(show, Iri) else "")
        self._fields(show, it)
        for key in ("network", "webChannel"):
            channel = it.get(key)
            if channel is not None and channel.get("name"):
                node = self._thing(channel, SCHEMA.Organization, "#channel")
                self._say(show, PH.broadcaster, node, channel)
        language = it.get("language")
        if language is not None:
            self._say(show, PH.originalLanguage, Literal(language.text()), language)
        embedded = it.get("_embedded")
        for key, member in embedded.items() if embedded else ():
            self._embedded(key, member, show)
        return show

    def _embedded(self, key: str, value: Value, work: Node) -> None:
        for it in value.each() if value.data is not None else ():
            if key == "episodes":
                self.episode(it, work)
            elif key == "seasons":
                self._season(it, work)
            elif key in ("cast", "guestcast"):
                self._role(it, work)
            elif key in ("crew", "guestcrew"):
                self._job(it, work)
            elif key not in ("show", "person", "character"):
                self._note(it, f"{shown(key)} have no place here")

    def episode(self, it: Value, show: Node | None) -> None:
        """Read an episode; without a show it belongs to a series that nothing names."""
        episode = self._thing(it, SCHEMA.TVEpisode)
        self._fields(episode, it)
        number, season = it.get("number"), it.get("season")
        if number is not None and isinstance(number.data, Number):
            self._say(episode, SCHEMA.episodeNumber, integer(int(number.data)), number)
        if show is not None:
            self._say(episode, SCHEMA.partOfSeries, show, it)
            if season is not None and isinstance(season.data, Number):
                self._say(episode, SCHEMA.partOfSeason, self._numbered(season, show), season)
        embedded = it.get("_embedded")
        for key, member in embedded.items() if embedded else ():
            self._embedded(key, member, episode)

    def _season(self, it: Value, show: Node) -> None:
        number = it.get("number")
        if number is not None and isinstance(number.data, Number):
            season = self._numbered(number, show)
            self._fields(season, it)
        else:
            self._note(it, "a season without a number")

    def _numbered(self, number: Value, show: Node) -> Node:
        """Return the season of a number, told once for each show."""
        season = Blank(f"_:{show} season {number.text()}")
        if season not in self._seasons:
            self._seasons.add(season)
            self._say(season, RDF.type, SCHEMA.TVSeason, number)
            self._say(season, SCHEMA.seasonNumber, integer(int(number.text())), number)
            self._say(season, SCHEMA.partOfSeries, show, number)
        return season

    def _show_of(self, it: Value) -> Node | None:
        """Return the show that an episode names, embedded or linked."""
        embedded, links = it.get("_embedded"), it.get("_links")
        inside = embedded.get("show") if embedded else None
        if inside is not None:
            return self.show(inside)
        link = links.get("show") if links else None
        if link is None or link.get("name") is None:
            return None
        href = link.get("href")
        node: Node = Iri(href.text()) if href else Blank(f"_:{link.path}")
        self._say(node, RDF.type, SCHEMA.TVSeries, link)
        self._say(node, SCHEMA.name, Literal(_words(link.get("name"))), link)
        return node

    # --- people ---------------------------------------------------------------------------------------------------

    def person(self, it: Value | None) -> Node | None:
        """Read a person; None where the file has none."""
        if it is None or not _words(it.get("name")):
            return None
        person = self._thing(it, SCHEMA.Person)
        self._fields(person, it)
        country = it.get("country")
        if country is not None and country.get("name"):
            self._say(person, PH.birthPlace, self._thing(country, SCHEMA.Country, "#country"), country)
        return person

    def _role(self, it: Value, work: Node) -> None:
        person, character = self.person(it.get("person")), it.get("character")
        if person is None:
            self._note(it, "a role without a person")
            return
        role = Blank(f"_:{it.path}")
        self._billed[work] = self._billed.get(work, 0) + 1
        self._say(work, SCHEMA.actor, role, it)
        self._say(role, RDF.type, SCHEMA.PerformanceRole, it)
        self._say(role, SCHEMA.actor, person, it)
        self._say(role, PH.billing, integer(self._billed[work]), it)
        called = _words(character.get("name")) if character else ""
        if character is not None and called:
            himself = _flag(it.get("self"))
            self._say(role, PH.roleAsCredited if himself else SCHEMA.characterName, Literal(called), character)
        if _flag(it.get("voice")):
            self._say(role, PH.manner, MANNER.voice, it)

    def _job(self, it: Value, work: Node) -> None:
        kind = it.get("type") or it.get("guestCrewType")
        person = self.person(it.get("person"))
        prop = _CREW.get(kind.text().lower()) if kind else None
        if prop is None or person is None:
            self._note(it, f"the job “{shown(kind.text() if kind else '')}” has no place here")
        else:
            self._say(work, prop, person, it)

    # --- fields ---------------------------------------------------------------------------------------------------

    def _thing(self, it: Value, kind: Iri, suffix: str = "") -> Node:
        """Return a thing by its address, else by its place; its kind and name are told each time."""
        url = self._url(it)
        known = f"_:{suffix} {_words(it.get('name'))}" if suffix else f"_:{it.path}"
        node: Node = Iri(url) if url and not suffix else Blank(known)
        self._say(node, RDF.type, kind, it)
        name = it.get("name")
        if name is not None and name.text().strip():
            self._say(node, SCHEMA.name, Literal(_words(name)), name)
        return node

    def _url(self, it: Value) -> str:
        url = it.get("url")
        return url.text() if url is not None and url.text().startswith(("http://", "https://")) else ""

    def _fields(self, node: Node, it: Value) -> None:
        for key, value in it.items():
            if value.data is None or value.data == "" or (isinstance(value.data, Mapping | list) and not value.data):
                continue
            if key in _DATES:
                self._say(node, _DATES[key], edtf(value.text()), value)
            elif key in _TEXTS:
                self._say(node, _TEXTS[key], Literal(value.text()), value)
            elif key == "runtime" and isinstance(value.data, Number):
                self._say(node, PH.episodeLength, Literal(f"{value.data} min", CDT.ucum), value)
            elif key not in _KNOWN:
                self._note(value, _WHY.get(key, f"{shown(key)} has no place here"))

    def _note(self, value: Value, why: str) -> None:
        self.left.append(left(self._text.place(value.start), f"left out: {why}"))

    def _say(self, subject: Node, prop: Iri, term: Term, value: Value) -> None:
        words = self._text.words(value)
        self.said.append(Said(subject, prop, term, self._text.place(value.start), words, "", value.path))


def _words(value: Value | None) -> str:
    return " ".join(value.text().split()) if value is not None else ""


def _flag(value: Value | None) -> bool:
    return value is not None and value.data is True
