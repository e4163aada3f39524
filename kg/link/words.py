"""Names as the matcher compares them: in Latin letters without accents, cut into words, folded across spellings.

Folding makes the ways in which one name is written in Latin letters equal (Sergei, Sergey, Sergej); it is for
comparing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from anyascii import anyascii

_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
_SILENT = str.maketrans("", "", "'’‘ʼʹ`´")
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]|[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_AMONG_LETTERS = re.compile(r"(?<=[^\W\d_])[0158]+|[0158]+(?=[^\W\d_])")
_MISREAD = str.maketrans("0158", "olsb")
_NUMBER_SIGNS: Final = frozenset(("no", "nr", "number"))
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMBER_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}

# how one sound is spelt when names come out of other scripts and languages; longer spellings stand first
_SPELLINGS: Final = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"ohn$", "on"), (r"shch|sch|sh|sz", "s"), (r"tsch|tch|ch|cs|ts|tz", "C"), (r"dzh|dj|dz", "j"), (r"zh", "z"),
        (r"kh", "h"), (r"gh", "g"), (r"ph", "f"), (r"th", "t"), (r"ck", "k"), (r"gu(?=[ei])", "g"), (r"ou", "u"),
        (r"w", "v"), (r"x", "ks"), (r"q", "k"), (r"c", "k"), (r"z", "s"), (r"[yj]", "i"),
        (r"ie|io", "e"), (r"ae", "a"), (r"oe", "o"), (r"ue", "u"), (r"dr$", "der"), (r"([oe])f+$", r"\1v"),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip

# short forms under which people are known, each with the full forms that it stands for
_SHORT: Final = {
    "al": ("albert", "alan", "allen", "alfred"),
    "alex": ("alexander", "alexandra", "alexei", "alexey", "aleksandr", "aleksei"),
    "andy": ("andrew",), "barb": ("barbara",), "ben": ("benjamin",), "bernie": ("bernard",), "bill": ("william",),
    "billy": ("william",), "bob": ("robert",), "bobby": ("robert",), "brad": ("bradley",), "cathy": ("catherine",),
    "charlie": ("charles",), "chris": ("christopher", "christer", "christina"), "chuck": ("charles",),
    "dan": ("daniel",), "danny": ("daniel",), "dave": ("david",), "deb": ("deborah",), "dick": ("richard",),
    "don": ("donald",), "doug": ("douglas",), "drew": ("andrew",), "ed": ("edward", "edwin"), "ellen": ("eleanor",),
    "fred": ("frederick",), "gene": ("eugene",), "greg": ("gregory",), "hank": ("henry",), "jack": ("john",),
    "jan": ("janet", "janice"), "jeff": ("jeffrey",), "jerry": ("gerald", "jerome"), "jim": ("james",),
    "jimmy": ("james",), "joe": ("joseph",), "johnny": ("john",), "jon": ("jonathan",), "josh": ("joshua",),
    "kate": ("kathryn", "katherine"), "kathy": ("kathryn", "katherine", "kathleen"), "ken": ("kenneth",),
    "larry": ("lawrence",), "liz": ("elizabeth",), "lou": ("louis",), "matt": ("matthew",), "mike": ("michael",),
    "nick": ("nicholas",), "pam": ("pamela",), "pat": ("patrick", "patricia"), "pete": ("peter",),
    "phil": ("philip", "phillip"), "ray": ("raymond",), "rich": ("richard",), "rick": ("richard",), "rob": ("robert",),
    "ron": ("ronald",), "russ": ("russell",), "sam": ("samuel", "samantha"), "serge": ("sergei", "sergey"),
    "stan": ("stanley",), "steve": ("stephen", "steven"), "sue": ("susan",), "susie": ("susan",),
    "ted": ("edward", "theodore"), "tim": ("timothy",), "tom": ("thomas",), "tony": ("anthony",), "vic": ("victor",),
    "wally": ("walter",), "walt": ("walter",), "will": ("william",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: lower case without accents, its folded form, and what its writing tells of it.

    ``marked`` words stood in quotation marks or brackets; ``tail`` words follow a hyphen.
    """

    text: str
    folded: str
    marked: bool = False
    tail: bool = False

    @property
    def initial(self) -> bool:
        """Whether it is one letter that may stand for a name."""
        return len(self.text) == 1 and self.text.isalpha()


def plain(text: str) -> str:
    """Return a text in Latin letters without accents, dashes and spaces of every kind made one.

    >>> plain("Юрий  Гагарин"), plain("Cassini−Huygens")
    ('Yuriy Gagarin', 'Cassini-Huygens')
    """
    text = unicodedata.normalize("NFKC", text).translate(_SILENT).replace("&", " and ")
    dashes = "".join("-" if unicodedata.category(sign) == "Pd" or sign == "−" else sign for sign in text)
    return " ".join(anyascii(dashes).replace("'", "").replace("`", "").split())


def fold(word: str) -> str:
    """Return a form that is the same for the usual spellings of one name.

    >>> fold("sergei") == fold("sergey") == fold("sergej"), fold("cosmos") == fold("kosmos")
    (True, True)
    """
    for pattern, letter in _SPELLINGS:
        word = pattern.sub(letter, word)
    return word


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a name; letters and digits that touch are words of their own.

    >>> [word.text for word in words("Étoile TMA-08M")]
    ['etoile', 'tma', '8', 'm']
    """
    whole = plain(text)
    marked = [found.span() for found in _BRACKETED.finditer(whole) if len(found[0]) < len(whole.strip(" .,;"))]
    return tuple(_word(found, whole, marked) for found in _TOKEN.finditer(whole))


def _word(found: re.Match[str], whole: str, marked: list[tuple[int, int]]) -> Word:
    text = found[0].lower()
    if text.isdigit():
        text = text.lstrip("0") or "0"
    return Word(
        text,
        fold(text) if text.isalpha() else text,
        any(start < found.start() < end for start, end in marked),
        found.start() > 0 and whole[found.start() - 1] == "-",
    )


def lettered(text: str) -> str:
    """Return a person's name with digits that stand among letters as the letters they are misread for.

    >>> lettered("V1adimir Pet0v"), lettered("Seigei 2")
    ('Vladimir Petov', 'Seigei 2')
    """
    return _AMONG_LETTERS.sub(lambda found: found[0].translate(_MISREAD), text)


def acronyms(text: str) -> str:
    """Return a title with the points left out of its acronyms.

    >>> acronyms("S.T.S.-107"), acronyms("U.S. Navy")
    ('STS-107', 'US Navy')
    """
    return _POINTED.sub(lambda found: found[0].replace(".", ""), text)


def numbered(tokens: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return a title's words with Roman numerals and number words as digits: XI and eleven are 11.

    A letter right after a number is a part of the number (41-C), and stays a letter; a letter alone is a number only
    at the end.

    >>> [word.text for word in numbered(words("Venture XI"))], [word.text for word in numbered(words("STS-41-C"))]
    (['venture', '11'], ['sts', '41', 'c'])
    """
    tokens = tuple(word for place, word in enumerate(tokens) if not _number_sign(tokens, place))
    found = list(tokens)
    for place, (before, word) in enumerate(pairwise(tokens), start=1):
        number = _NUMBER_WORDS.get(word.text) or (
            _roman(word, last=place == len(tokens) - 1) if not before.text.isdigit() else ""
        )
        if number:
            found[place] = Word(number, number)
    return tuple(found)


def _number_sign(tokens: tuple[Word, ...], place: int) -> bool:
    """Tell whether a word only says that a number follows, as in “No. 7”."""
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return place > 0 and tokens[place].text in _NUMBER_SIGNS and after.isdigit()


def _roman(word: Word, *, last: bool) -> str:
    text = word.text.upper()
    if not (last or len(text) > 1) or not _ROMAN.fullmatch(text) or text == "L":
        return ""
    values = [_ROMAN_VALUES[sign] for sign in text]
    total = sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
    return str(total)


def short_form(one: str, other: str) -> bool:
    """Tell whether one given name is a usual short form of the other.

    >>> short_form("bill", "william"), short_form("william", "bill"), short_form("bill", "robert")
    (True, True, False)
    """
    if one in _SHORT.get(other, ()) or other in _SHORT.get(one, ()):
        return True
    return bool(set(_SHORT.get(one, ())) & set(_SHORT.get(other, ())))
