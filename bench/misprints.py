"""A second set of slips, made without a look at how the matcher works: scanners, keyboards, scripts, registers."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from bench.slips import ROMAN, Slip

# what a scanner takes for what
SCANNED = (
    ("l", "1"), ("i", "l"), ("rn", "m"), ("m", "rn"), ("o", "0"), ("e", "c"), ("h", "b"), ("cl", "d"), ("w", "vv"),
    ("n", "ri"), ("u", "ii"), ("B", "8"), ("S", "5"),
)  # fmt: skip
BESIDE = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "sq vn xv sf wr dg fh gj uo hk jl k n bm ip o w et ad ry yi cb qe zc tu x".split(),
        strict=True,
    )
)
CYRILLIC = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"),
    ("yo", "ё"), ("ye", "е"), ("a", "а"), ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"),
    ("i", "и"), ("y", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"),
    ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"), ("c", "к"), ("j", "дж"), ("x", "кс"), ("q", "к"),
    ("w", "в"),
)  # fmt: skip
GERMAN = (
    ("v", "w"), ("V", "W"), ("shch", "schtsch"), ("sh", "sch"), ("Sh", "Sch"), ("Yu", "Ju"), ("ya", "ja"),
    ("Ye", "Je"), ("ey", "ej"), ("kh", "ch"), ("Y", "J"),
)  # fmt: skip
CZECH = (("sh", "š"), ("Sh", "Š"), ("ch", "č"), ("zh", "ž"), ("kh", "ch"), ("y", "j"), ("Y", "J"))
FAMILY = re.compile(r"(?:ov|ev|in|sky|ko|ov|kin|yev)$")


def _inside(name: str, chance: random.Random) -> int:
    """Return the place of a letter inside a word that is no Roman numeral, or -1."""
    found = [
        place
        for word in re.finditer(r"[^\W\d_]+", name)
        if word[0] not in ROMAN.values()
        for place in range(word.start() + 1, word.end())
    ]
    return chance.choice(found) if found else -1


def _letters(change: Callable[[str, int, random.Random], str]) -> Callable[[str, random.Random], str]:
    def made(name: str, chance: random.Random) -> str:
        place = _inside(name, chance)
        return change(name, place, chance) if place >= 0 else name

    return made


dropped = _letters(lambda name, at, _: name[:at] + name[at + 1 :])
doubled = _letters(lambda name, at, _: name[:at] + name[at] + name[at:])
swapped = _letters(lambda name, at, _: name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :])
beside = _letters(lambda name, at, chance: name[:at] + chance.choice(BESIDE.get(name[at], "x")) + name[at + 1 :])
spaced = _letters(lambda name, at, _: name[:at] + " " + name[at:])


def scanned(name: str, chance: random.Random) -> str:
    """Return a name with one sign as a scanner misreads it."""
    found = [(one, other, place.start()) for one, other in SCANNED for place in re.finditer(one, name)]
    if not found:
        return name
    one, other, place = chance.choice(found)
    return name[:place] + other + name[place + len(one) :]


def _spelt(name: str, spellings: tuple[tuple[str, str], ...]) -> str:
    for one, other in spellings:
        name = name.replace(one, other)
    return name


def cyrillic(name: str, _: random.Random) -> str:
    """Return the name of somebody from the East in Cyrillic letters."""
    return _spelt(name.lower(), CYRILLIC).title() if FAMILY.search(name) else name


def german(name: str, _: random.Random) -> str:
    """Return the name of somebody from the East as German writes it."""
    return _spelt(name, GERMAN) if FAMILY.search(name) else name


def czech(name: str, _: random.Random) -> str:
    """Return the name of somebody from the East as Czech writes it."""
    return _spelt(name, CZECH) if FAMILY.search(name) else name


def accented(name: str, chance: random.Random) -> str:
    """Return a name with accents that it does not have."""
    return "".join(sign + chance.choice(("", "\u0301", "\u0308")) if sign in "aeiou" else sign for sign in name)


def wide(name: str, _: random.Random) -> str:
    """Return a name in the full-width letters of East Asian type."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name)


def glued(name: str, _: random.Random) -> str:
    """Return a name without its first space."""
    return name.replace(" ", "", 1)


def initials(name: str, _: random.Random) -> str:
    """Return a name with all given names as initials, without spaces between them."""
    *given, family = name.split()
    return f"{''.join(one[0] + '.' for one in given)} {family}" if given and len(family) > 3 else name


def register(name: str, _: random.Random) -> str:
    """Return a name as a register has it: family name, comma, initials."""
    *given, family = name.split()
    return f"{family}, {' '.join(one[0] + '.' for one in given)}" if given and len(family) > 3 else name


def patronymic(name: str, chance: random.Random) -> str:
    """Return a name of two parts with a further name between."""
    parts = name.split()
    further = chance.choice(("Ivanovich", "Petrovich", "James", "Ann"))
    return f"{parts[0]} {further} {parts[1]}" if len(parts) == 2 else name


def ranked(name: str, chance: random.Random) -> str:
    """Return a name with a rank or courtesy before it."""
    return chance.choice(("Dr. ", "Colonel ", "Cosmonaut ", "Capt. ", "Sir ")) + name


def called(name: str, _: random.Random) -> str:
    """Return a name in quotation marks."""
    return f"“{name}”"


def spread(name: str, _: random.Random) -> str:
    """Return a name with blanks around and more of them between."""
    return "  " + name.replace(" ", "\u00a0 ") + " "


def undashed(name: str, _: random.Random) -> str:
    """Return a title without hyphens."""
    return name.replace("-", "")


def in_words(name: str, _: random.Random) -> str:
    """Return a title with its last number as a word."""
    numbers = "zero one two three four five six seven eight nine ten eleven twelve".split()
    found = re.search(r"(?<=\s)([1-9]|1[0-2])$", name)
    return name[: found.start()] + numbers[int(found[0])] if found else name


def composed(name: str, _: random.Random) -> str:
    """Return a name with its accents as signs of their own."""
    return unicodedata.normalize("NFD", name)


def _slips(**makers: Callable[[str, random.Random], str]) -> tuple[Slip, ...]:
    return tuple(Slip(name, make) for name, make in makers.items())


_BOTH = _slips(dropped=dropped, doubled=doubled, swapped=swapped, beside=beside, wide=wide, called=called,
               spread=spread, composed=composed)  # fmt: skip
PERSON = _BOTH + _slips(
    spaced=spaced, scanned=scanned, cyrillic=cyrillic, german=german, czech=czech, accented=accented, glued=glued,
    initials=initials, register=register, patronymic=patronymic, ranked=ranked,
)  # fmt: skip
MISSION = _BOTH + _slips(undashed=undashed, in_words=in_words)
