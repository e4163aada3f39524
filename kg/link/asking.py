"""A name that is asked for, read once as a person's and once as a title, and how like the names of items are to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.link.brackets import price, without_brackets
from kg.link.likeness import Known, Likeness, persons, titles
from kg.link.words import Word, acronyms, lettered, numbered, words

_MISREAD: Final = 0.03  # a digit in a person's name taken for a letter
_GENERATIONS: Final = frozenset(("jr", "sr", "ii", "iii", "iv"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A name as it was asked for, with its words in each reading.

    ``comma`` tells that the family name stood first, before a comma; ``bare`` is the title without what stands in
    ``bracketed`` behind it.
    """

    text: str
    kind: str
    letters: str
    person: tuple[Word, ...]
    comma: bool
    title: tuple[Word, ...]
    bare: tuple[Word, ...]
    bracketed: str

    @property
    def tokens(self) -> tuple[Word, ...]:
        """The words to look for."""
        return (*self.person, *self.title, *self.bare) if self.kind in ("", "person") else (*self.title, *self.bare)

    @property
    def glued(self) -> tuple[str, ...]:
        """The name without its spaces, in each reading."""
        return tuple({"".join(word.text for word in reading) for reading in (self.person, words(self.text))})

    def as_person(self, held: tuple[Word, ...], known: Known) -> Likeness:
        """Return how like a person's name is to this one."""
        found = persons(self.person, held, known, comma=self.comma)
        return found if self.letters == self.text else found.with_cost(_MISREAD, f"{self.text} read as {self.letters}")

    def as_title(self, held: tuple[Word, ...], known: Known) -> Likeness:
        """Return how like a title, its numbers in digits, is to this one."""
        lone = 6 if self.kind in ("mission", "craft") else 8
        whole = titles(self.title, held, known, lone=lone)
        if not self.bracketed or whole.cost == 0:
            return whole
        part = titles(self.bare, held, known, lone=lone).with_cost(*price(self.bracketed, self.kind))
        return min(whole, part, key=lambda found: found.cost)


def read(text: str, kind: str) -> Asked:
    """Return a name in its readings.

    >>> [word.text for word in read("Lovelace, Ada", "person").person]
    ['ada', 'lovelace']
    """
    letters, pointless = lettered(text), acronyms(text)
    family, comma, given = letters.partition(",")
    turned = bool(comma and words(given)) and given.strip(" .").lower() not in _GENERATIONS
    bare, bracketed = without_brackets(pointless)
    return Asked(
        text,
        kind,
        letters,
        words(f"{given} {family}" if turned else letters),
        turned,
        numbered(words(pointless)),
        numbered(words(bare)) if bracketed else (),
        bracketed,
    )
