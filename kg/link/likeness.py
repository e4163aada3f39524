"""How like two names are, and why: what it costs to take the one for the other, with a reason for each part.

A person's name and a title are compared by different rules. In a person's name the family name carries most, given
names shorten, middle names come and go, and the order varies. In a title every word stands, and numbers and short
codes must agree exactly: the first flight is never the eleventh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from rapidfuzz.distance import OSA

from kg.link.words import Word, short_form

NEVER: Final = 9.0
FOLDED, SHORT, INITIAL = 0.01, 0.04, 0.15
REORDERED, CLASH, CALLED = 0.04, 0.30, 0.03
CODE_SWAPPED, CODE_CHANGED = 0.12, 0.30  # the second is more than a threshold forgives, unless the year speaks for it
_LATTER: Final = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))
_HONORIFIC: Final = frozenset(
    (
        "dr", "mr", "mrs", "ms", "sir", "prof", "professor", "col", "colonel", "lt", "lieutenant", "capt", "captain",
        "maj", "major", "gen", "general", "cdr", "commander", "cmdr", "adm", "admiral", "astronaut", "cosmonaut",
        "kosmonaut", "spationaut", "taikonaut", "pilot",
    )
)  # fmt: skip
_STOP: Final = frozenset(("the", "of", "and", "a", "an", "de", "la", "le", "les", "der", "die", "das"))
_GENERIC: Final = frozenset(
    ("mission", "flight", "spacecraft", "spaceship", "probe", "expedition", "program", "programme")
)
_ALIKE: Final = (("rn", "m"), ("ri", "n"), ("cl", "d"), ("vv", "w"), ("ii", "u"))
_MAKER: Final = frozenset(("nasa", "esa", "spacex", "boeing"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What it costs to take one name for another (0: nothing, 1 and more: they are different names), and why."""

    cost: float
    reasons: tuple[str, ...] = ()

    def with_cost(self, cost: float, *reasons: str) -> Likeness:
        """Return this likeness with a further cost and its reasons."""
        return Likeness(self.cost + cost, self.reasons + reasons)


DIFFERENT: Final = Likeness(NEVER)
Known = Callable[[str], bool]  # whether a word is a name in its own right, or a word and a code stand together


def persons(asked: tuple[Word, ...], held: tuple[Word, ...], known: Known, *, comma: bool = False) -> Likeness:
    """Return how like two names of persons are; ``comma`` tells that the family name stood first, before a comma."""
    asked, held = _bare(asked), _bare(held)
    if not asked or not held:
        return DIFFERENT
    glued = _glued(asked, held)
    if glued is not None:
        return glued
    found = [_aligned(order, held, known, moved=moved) for order, moved in _orders(asked, comma=comma)]
    called = tuple(word for place, word in enumerate(asked) if word.marked or place == len(asked) - 1)
    if 1 < len(called) < len(asked):  # Virgil I. “Gus” Grissom is called Gus Grissom
        found.append(_aligned(called, held, known, moved=False).with_cost(CALLED, f"called {called[0].text}"))
    return min(found, key=_cost)


def titles(asked: tuple[Word, ...], held: tuple[Word, ...], known: Known, *, lone: int = 8) -> Likeness:
    """Return how like two titles are: of craft, their flights, works, places, organisations.

    A title of one word forgives a slip only from ``lone`` letters on.
    """
    if not asked or not held:
        return DIFFERENT
    glued = _glued(asked, held)
    if glued is not None:
        return glued
    if _numbers(asked) != _numbers(held) or not (_lettered(asked) and _lettered(held)):
        return DIFFERENT
    short = len(held) == 1 and len(held[0].text) < lone
    pair = partial(_title_word, known=known, lone=short)
    more, less = partial(_title_extra, free=True), partial(_title_extra, free=False)
    return min(_walk(asked, held, _Rules(pair, more, less)), _walk(asked, held, _Rules(pair, less, more)), key=_cost)


def slip(one: Word, other: Word) -> tuple[int, float]:
    """Return how many letters differ between two words, and what that costs; a short word forgives none.

    >>> word = lambda text: Word(text, text)
    >>> slip(word("ventrue"), word("venture"))
    (1, 0.05)
    >>> slip(word("anna"), word("hans"))[1] >= NEVER
    True
    """
    edits = OSA.distance(one.text, other.text)
    if edits in (2, 3) and _shape(one.text) == _shape(other.text):
        edits = 1
    cost = _slip_cost(edits, min(len(one.text), len(other.text)))
    folded = OSA.distance(one.folded, other.folded)
    length = min(len(one.folded), len(other.folded))
    if folded < edits and (folded == 1 or length > 7):
        edits, cost = min((edits, cost), (folded, _slip_cost(folded, length) + 2 * FOLDED), key=lambda pair: pair[1])
    if one.folded[0] != other.folded[0] and one.text[0] != other.text[0]:
        cost += 0.08  # a slip of the pen seldom falls on the first letter
    return edits, cost


def _shape(text: str) -> str:
    """Return a word as a scanner may see it: some pairs of letters look like another letter."""
    for pair, letter in _ALIKE:
        text = text.replace(pair, letter)
    return text


def _slip_cost(edits: int, length: int) -> float:
    """Return the price of a slip: dearer the more of the word it touches."""
    if edits == 1:
        return NEVER if length < 3 else {3: 0.16, 4: 0.10, 5: 0.07, 6: 0.06, 7: 0.05}.get(length, 0.04)
    if edits == 2:
        return NEVER if length < 5 else {5: 0.19, 6: 0.16, 7: 0.12, 8: 0.10}.get(length, 0.08)
    return 0.19 if edits == 3 and length >= 10 else NEVER


# --- walking along two names --------------------------------------------------------------------------------------

_Pair = Callable[[tuple[Word, ...], int, tuple[Word, ...], int], Likeness]
_Single = Callable[[tuple[Word, ...], int], Likeness]


@dataclass(frozen=True, slots=True)
class _Rules:
    pair: _Pair  # two words taken for each other
    extra: _Single  # a word that only the name asked for has
    dropped: _Single  # a word that only the name held has


def _walk(asked: tuple[Word, ...], held: tuple[Word, ...], rules: _Rules) -> Likeness:
    """Return the cheapest way along both names, word by word in order."""
    row = [Likeness(0.0)]
    for place in range(len(held)):
        row.append(_plus(row[-1], rules.dropped(held, place)))
    for at in range(len(asked)):
        extra = rules.extra(asked, at)
        following = [_plus(row[0], extra)]
        for place in range(len(held)):
            found = _plus(row[place + 1], extra)
            if row[place].cost < found.cost:  # else even the same word would not make this way the cheapest
                found = min(_plus(row[place], rules.pair(asked, at, held, place)), found, key=_cost)
            if following[-1].cost < found.cost:
                found = min(found, _plus(following[-1], rules.dropped(held, place)), key=_cost)
            following.append(found)
        if all(one.cost >= NEVER for one in following):
            return DIFFERENT
        row = following
    return row[-1]


def _plus(one: Likeness, other: Likeness) -> Likeness:
    return Likeness(one.cost + other.cost, one.reasons + other.reasons) if one.cost < NEVER else one


def _cost(likeness: Likeness) -> float:
    return likeness.cost


def _texts(name: tuple[Word, ...]) -> list[str]:
    return [word.text for word in name]


def _glued(asked: tuple[Word, ...], held: tuple[Word, ...]) -> Likeness | None:
    """Return the likeness of names that are the same but for spaces between letters, or None where they are not."""
    if _texts(asked) == _texts(held):
        return Likeness(0.0, ("the same words",))
    one, other = _runs(asked), _runs(held)
    if one == other and any(len(run) > 3 and run.isalpha() for run in one):
        return Likeness(FOLDED, ("the same letters, spaced otherwise",))
    return None


def _runs(name: tuple[Word, ...]) -> list[str]:
    """Return a name's letters and numbers in turn, spaces between letters left out, never those between numbers."""
    runs = ((digits, list(run)) for digits, run in groupby(_texts(name), key=str.isdigit))
    return [text for digits, run in runs for text in (run if digits else ["".join(run)])]


# --- persons ------------------------------------------------------------------------------------------------------


def _bare(name: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return a name without ranks and courtesies before it, trades in brackets behind it, and generations."""
    plain = tuple(word for word in name if not word.marked)
    if len(plain) > 1 and name[: len(plain)] == plain and any(word.text in _HONORIFIC for word in name[len(plain) :]):
        name = plain
    while len(name) > 2 and name[0].text in _HONORIFIC:
        name = name[1:]
    without = tuple(word for word in name if word.text not in _LATTER)
    return without if len(without) > 1 else name


def _orders(name: tuple[Word, ...], *, comma: bool) -> Iterator[tuple[tuple[Word, ...], bool]]:
    yield name, False
    for first in range(1, 1 if comma else len(name)):
        yield (*name[first:], *name[:first]), True


def _aligned(asked: tuple[Word, ...], held: tuple[Word, ...], known: Known, *, moved: bool) -> Likeness:
    """Return the likeness word by word; middle names may lack on one side, not different ones on either."""
    pair = partial(_person_word, known=known)
    whole = not any(word.tail for word in (*asked, *held))
    if whole and pair(asked, len(asked) - 1, held, len(held) - 1).cost >= NEVER:
        return DIFFERENT  # the family names alone decide it, and most are told apart so
    found = min(
        _walk(asked, held, _Rules(pair, partial(_person_extra, free=False), partial(_person_dropped, free=True))),
        _walk(asked, held, _Rules(pair, partial(_person_extra, free=True), partial(_person_dropped, free=False))),
        key=_cost,
    )
    if found.cost >= NEVER:
        return DIFFERENT
    return found.with_cost(REORDERED + found.cost, "in another order") if moved else found


def _person_word(asked: tuple[Word, ...], at: int, held: tuple[Word, ...], place: int, known: Known) -> Likeness:
    one, other = asked[at], held[place]
    family, first = place == len(held) - 1, place == 0 or at == 0
    if family != (at == len(asked) - 1) and not (one.tail or other.tail):
        return DIFFERENT
    if one.text == other.text:
        return Likeness(0.0)
    if one.initial or other.initial:
        return _initial(one, other, family=family, first=first)
    if one.folded == other.folded:
        return Likeness(FOLDED, (f"{one.text} is a spelling of {other.text}",))
    if not family and short_form(one.text, other.text):
        short, full = sorted((one.text, other.text), key=len)
        return Likeness(SHORT, (f"{short} is short for {full}",))
    found = _slipped(one, other, known, 0.17)
    if not family and not first and found.cost >= CLASH:
        return Likeness(CLASH, (f"{one.text} is not {other.text}",))
    return found


def _initial(one: Word, other: Word, *, family: bool, first: bool) -> Likeness:
    """Return the price of a name that stands there as its first letter."""
    if family:
        return DIFFERENT
    if one.text[0] == other.text[0]:
        return Likeness(INITIAL if first else INITIAL / 6, (f"initial {one.text[0].upper()}.",))
    if not first and one.folded[0] == other.folded[0]:
        return Likeness(INITIAL / 3, (f"initial {one.text[0].upper()}. for {other.text[0].upper()}",))
    return DIFFERENT if first else Likeness(CLASH, (f"{one.text} is not {other.text}",))


def _slipped(one: Word, other: Word, known: Known, doubt: float) -> Likeness:
    """Return the price of a slip of the pen, dearer by the doubt where what stands there is a name itself."""
    edits, cost = slip(one, other)
    if cost >= NEVER:
        return DIFFERENT
    reasons = (f"{one.text} for {other.text}: {edits} letter{'s' * (edits > 1)}",)
    if known(one.text):
        return Likeness(cost + doubt, (*reasons, f"but {one.text} is a name too"))
    return Likeness(cost, reasons)


def _person_dropped(held: tuple[Word, ...], place: int, *, free: bool) -> Likeness:
    """Return the price of a word that the name asked for leaves out."""
    word = held[place]
    reasons = (f"without {word.text}",)
    if free and (word.tail or (place + 1 < len(held) and held[place + 1].tail)):
        return Likeness(0.07, reasons)
    if place == len(held) - 1 or not (free or word.marked):
        return DIFFERENT
    if place == 0:
        return Likeness(0.05, reasons) if len(held) > 2 and (word.initial or held[1].marked) else DIFFERENT
    return Likeness(0.02 if word.initial else 0.03, reasons)


def _person_extra(asked: tuple[Word, ...], at: int, *, free: bool) -> Likeness:
    """Return the price of a word that the name held does not have."""
    word = asked[at]
    reasons = (f"{word.text} besides",)
    if free and (word.tail or (at + 1 < len(asked) and asked[at + 1].tail)):
        return Likeness(0.07, reasons)
    if at == len(asked) - 1 or not (free or word.marked):
        return DIFFERENT
    if at == 0:
        return Likeness(0.05, reasons) if len(asked) > 2 and (word.initial or asked[1].marked) else DIFFERENT
    return Likeness(0.02 if word.initial or word.marked else 0.03, reasons)


# --- titles -------------------------------------------------------------------------------------------------------


def _numbers(title: tuple[Word, ...]) -> list[str]:
    """Return what must agree exactly before anything else is looked at."""
    return [word.text for word in title if word.text.isdigit()]


def _lettered(title: tuple[Word, ...]) -> bool:
    return any(word.text.isalpha() for word in title)


def _exact(word: Word) -> bool:
    return len(word.text) < 4 or word.text.isdigit()


def _passing(title: tuple[Word, ...], place: int) -> bool:
    """Tell whether a word may lack: an article, or who made it; a letter after a number is a part of the number."""
    word = title[place]
    return (word.text in _STOP and not _of_number(title, place)) or (word.text in _MAKER and place == 0)


def _of_number(title: tuple[Word, ...], place: int) -> bool:
    return place > 0 and title[place - 1].text.isdigit()


def _title_word(
    asked: tuple[Word, ...], at: int, held: tuple[Word, ...], place: int, known: Known, *, lone: bool
) -> Likeness:
    one, other = asked[at], held[place]
    if one.text == other.text:
        return Likeness(0.0)
    if _exact(one) or _exact(other):
        return DIFFERENT if _of_number(asked, at) or _of_number(held, place) else _code(one.text, other.text, known)
    if one.folded == other.folded:
        return Likeness(FOLDED, (f"{one.text} is a spelling of {other.text}",))
    return DIFFERENT if lone or _two_words(one.text, other.text, known) else _slipped(one, other, known, 0.3)


def _code(one: str, other: str, known: Known) -> Likeness:
    """Return the price of a slip in a code: letters swapped or doubled are forgiven, another letter where years agree.

    TM for T, MS for TM are flights of another series, not slips: what the snapshot knows is meant as it stands.
    """
    if not (one.isalpha() and other.isalpha() and min(len(one), len(other)) > 1 and max(len(one), len(other)) > 2):
        return DIFFERENT
    if known(one) or OSA.distance(one, other) != 1:
        return DIFFERENT
    same = sorted(one) == sorted(other) or _single(one) == _single(other)
    return Likeness(CODE_SWAPPED if same else CODE_CHANGED, (f"{one} for {other}: 1 letter of a code",))


def _single(text: str) -> str:
    """Return a text in which no letter follows itself."""
    return "".join(sign for sign, _ in groupby(text))


def _two_words(one: str, other: str, known: Known) -> bool:
    """Tell whether one word is the other and a code behind it, written without the space."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) < 4 and known(f"{short} {long[len(short) :]}")


def _title_extra(title: tuple[Word, ...], place: int, *, free: bool) -> Likeness:
    """Return the price of a word that only one of two titles has; what kind of thing it is, only one may add."""
    word = title[place]
    if len(title) > 1 and (_passing(title, place) or (free and word.text in _GENERIC)):
        return Likeness(0.02 if word.text in _STOP else 0.04, (f"but for “{word.text}”",))
    return DIFFERENT
