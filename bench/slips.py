"""Ways in which people miswrite names, and names that look like known ones but are not: made with a fixed seed."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

VARIANTS = (
    ("y", "i"), ("ey", "ei"), ("ei", "ey"), ("x", "ks"), ("ks", "x"), ("v", "w"), ("sh", "sch"), ("Ye", "E"),
    ("yo", "io"),
    ("kh", "h"), ("kh", "ch"), ("K", "C"), ("C", "K"), ("i", "y"), ("y", "j"), ("uz", "ouz"), ("uz", "us"), ("z", "s"),
    ("ph", "f"), ("ov", "off"), ("iy", "y"), ("zh", "j"), ("j", "zh"), ("ae", "e"), ("Al", "Ol"),
)  # fmt: skip
NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII"
ROMAN = dict(enumerate(NUMERALS.split(), start=1))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of slip: what it is called, and what it makes of a name (the name itself where it cannot be made)."""

    name: str
    make: Callable[[str, random.Random], str]


def plain(name: str, _: random.Random) -> str:
    """Return the name as it is."""
    return name


def accents(name: str, _: random.Random) -> str:
    """Return the name without its accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


def lower(name: str, _: random.Random) -> str:
    """Return the name in small letters."""
    return name.lower()


def upper(name: str, _: random.Random) -> str:
    """Return the name in capitals."""
    return name.upper()


def family_first(name: str, _: random.Random) -> str:
    """Return a name as registers write it, the family name before a comma."""
    *given, family = name.split()
    return f"{family}, {' '.join(given)}" if given else name


def turned(name: str, _: random.Random) -> str:
    """Return a name with the family name first and no comma."""
    *given, family = name.split()
    return f"{family} {' '.join(given)}" if given else name


def initial(name: str, _: random.Random) -> str:
    """Return a name with the given name as an initial."""
    given, *rest = name.split()
    return f"{given[0]}. {' '.join(rest)}" if rest and len(given) > 2 else name


def middle_dropped(name: str, _: random.Random) -> str:
    """Return a name of three parts without the second."""
    parts = name.split()
    return f"{parts[0]} {parts[-1]}" if len(parts) == 3 and len(parts[0]) > 2 else name


def middle_added(name: str, chance: random.Random) -> str:
    """Return a name of two parts with an initial between."""
    parts = name.split()
    return f"{parts[0]} {chance.choice(LETTERS).upper()}. {parts[1]}" if len(parts) == 2 else name


def respelt(name: str, chance: random.Random) -> str:
    """Return a name as another language writes it."""
    fitting = [(old, new) for old, new in VARIANTS if old in name]
    old, new = chance.choice(fitting) if fitting else ("", "")
    return name.replace(old, new, 1)


def typo(name: str, chance: random.Random) -> str:
    """Change one letter inside a word of five letters or more."""
    places = list(re.finditer(r"[^\W\d_]{5,}", name))
    if not places:
        return name
    word = chance.choice(places)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == 1:
        return name[:at] + name[at + 1 :]
    if kind == 2:
        return name[:at] + name[at] + name[at:]
    return name[:at] + chance.choice(LETTERS) + name[at + 1 :]


def two_typos(name: str, chance: random.Random) -> str:
    """Return a longer name with two letters changed, a shorter one with one."""
    return typo(typo(name, chance), chance) if sum(map(str.isalpha, name)) >= 12 else typo(name, chance)


def dashes(name: str, chance: random.Random) -> str:
    """Return a title with spaces for hyphens, or the other way about."""
    if "-" in name:
        return name.replace("-", " ", 1)
    if " " in name and chance.random() < 0.5:
        return name.replace(" ", "-", 1)
    return name.replace("-", "–").replace(" ", "  ")


def roman(name: str, _: random.Random) -> str:
    """Return a title with its last number in Roman numerals."""
    found = re.search(r"(?<=\s)(\d+)$", name)
    return name[: found.start()] + ROMAN.get(int(found[0]), found[0]) if found else name


def arabic(name: str, _chance: random.Random) -> str:
    """Return a title with its Roman numeral in digits."""
    known = {text: number for number, text in ROMAN.items()}
    head, _, tail = name.rpartition(" ")
    return f"{head} {known[tail]}" if tail in known and head else name


def zeros(name: str, _: random.Random) -> str:
    """Return a title without leading zeros."""
    return re.sub(r"(?<!\d)0(\d)", r"\1", name)


PERSON = tuple(
    Slip(make.__name__, make)
    for make in (plain, accents, lower, upper, family_first, turned, initial, middle_dropped, middle_added, respelt,
                 typo, two_typos)
)  # fmt: skip
MISSION = tuple(
    Slip(make.__name__, make)
    for make in (plain, accents, lower, upper, dashes, roman, arabic, zeros, respelt, typo, two_typos)
)


def recombined(names: list[str], chance: random.Random, count: int) -> Iterator[str]:
    """Yield persons who do not exist: the given name of one with the family name of another."""
    held = {name.lower() for name in names}
    pairs = [name.split() for name in names if len(name.split()) == 2]
    while count:
        made = f"{chance.choice(pairs)[0]} {chance.choice(pairs)[1]}"
        if made.lower() not in held:
            count -= 1
            yield made


def renumbered(names: list[str], chance: random.Random, count: int) -> Iterator[str]:
    """Yield missions that do not exist: a number of the series that nobody flew."""
    held = set(names)
    while count:
        name = chance.choice(names)
        made = re.sub(r"\d+", lambda found: str(chance.randrange(1, 200)), name, count=1)
        if made != name and made not in held and not re.search(r"0\d", made):
            count -= 1
            yield made
