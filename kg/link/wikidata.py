"""Wikidata's own names: the ids that the linker acts on, each confirmed against data that came out of Wikidata.

A class or property that is not in these tables is read from the snapshot as it stands, never guessed.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from kg.vocab import Namespace

P = Namespace("http://www.wikidata.org/prop/")
PS = Namespace("http://www.wikidata.org/prop/statement/")
PSV = Namespace("http://www.wikidata.org/prop/statement/value/")
PQ = Namespace("http://www.wikidata.org/prop/qualifier/")
PR = Namespace("http://www.wikidata.org/prop/reference/")
WDS = Namespace("http://www.wikidata.org/entity/statement/")
WIKIBASE = Namespace("http://wikiba.se/ontology#")
SSSOM = Namespace("https://w3id.org/sssom/")
SEMAPV = Namespace("https://w3id.org/semapv/vocab/")

LICENCE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"

KINDS: Final = ("person", "character", "mission", "craft", "work", "place", "organisation", "event", "class")

FICTION: Final = MappingProxyType(
    {
        "Q15632617": "character",  # fictional human
        "Q95074": "character",  # fictional character
        "Q15773317": "character",  # television character
        "Q3375731": "character",  # historical character: inspired by a real person
        "Q14637321": "craft",  # fictional spacecraft
        "Q16708006": "craft",  # fictional ship
        "Q14136353": "event",  # fictional event
        "Q14623646": "organisation",  # fictional organization
        "Q14897293": "",  # fictional entity, of a kind that only a more exact class tells
    }
)
UNSURE: Final = frozenset({"Q21070568", "Q21070598"})  # may or may not be fictional: never linked without a person
ACTUAL: Final = MappingProxyType(
    {
        "Q5": "person",
        "Q2133344": "mission",  # space mission
        "Q752783": "mission",  # human spaceflight
        "Q5916": "mission",  # spaceflight
        "Q40218": "craft",  # spacecraft
        "Q25956": "craft",  # space station
        "Q5398426": "work",  # television series
        "Q3464665": "work",  # television series season
        "Q21191270": "work",  # television series episode
        "Q29197": "work",  # season premiere
        "Q653916": "work",  # television pilot
        "Q15416": "work",  # television program
        "Q1259759": "work",  # miniseries
        "Q526877": "work",  # web series
        "Q196600": "work",  # media franchise
        "Q6256": "place",  # country
        "Q3024240": "place",  # historical country
        "Q17505024": "organisation",  # space agency
        "Q1762059": "organisation",  # film production company
        "Q2001305": "organisation",  # television channel
        "Q1254874": "organisation",  # television network
        "Q1616075": "organisation",  # television station
        "Q141683": "organisation",  # broadcast network
        "Q59152282": "organisation",  # video streaming service
        "Q15831596": "class",  # class of fictional entities
    }
)
# a property that only items of one kind have tells the kind where no class in the tables does
TELLING: Final = MappingProxyType(
    dict.fromkeys(("P619", "P1029", "P375", "P1876"), "mission")
    | dict.fromkeys(("P161", "P57", "P58", "P449", "P577", "P2437", "P1113"), "work")
)
TELLING_PERSON: Final = frozenset({"P569", "P570", "P106", "P450"})
IN_FICTION: Final = frozenset({"P1441", "P1080", "P1074"})  # present in work, from narrative universe, analog of
YEARS: Final = MappingProxyType(
    {
        "P569": "born", "P570": "died", "P619": "launched", "P580": "began", "P585": "happened", "P577": "published",
        "P571": "founded",
    }
)  # fmt: skip
ACTING: Final = frozenset({"Q33999", "Q10798782", "Q10800557", "Q2405480"})
MAKING: Final = frozenset({"Q28389", "Q2526255", "Q2059704", "Q36834"})  # screenwriter, directors, composer

# properties that join somebody to a work or a flight, from either side
IN_COMMON: Final = frozenset(
    {
        "P161", "P725", "P175", "P674", "P1441",  # cast, voices, performer of a character, characters, present in work
        "P57", "P58", "P86", "P170", "P162", "P1431", "P272", "P344", "P1040", "P2515", "P2554",  # made by
        "P1029", "P450", "P5096", "P710", "P1344",  # crew, flights, participants
    }
)  # fmt: skip

_QID = re.compile(r"Q[1-9][0-9]{0,11}")


def is_qid(text: str) -> bool:
    """Tell whether a text is an item's id.

    >>> is_qid("Q42"), is_qid("Q042"), is_qid("P31")
    (True, False, False)
    """
    return _QID.fullmatch(text) is not None
