"""How text stands on a terminal: how many cells it takes, and what it must not do there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# controls that a terminal obeys, and signs that turn the direction of what follows
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

_JOINED = re.compile("\u200d.")  # a picture that is drawn into the one before it


def width(text: str) -> int:
    r"""Return how many cells of a terminal text takes: wide signs take two, marks on another sign none.

    >>> width("café"), width("火星"), width("cafe\u0301")
    (4, 4, 4)
    """
    if text.isascii():
        return len(text)
    joined = _JOINED.sub("", text)
    return sum(0 if _marks(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in joined)


def _marks(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me", "Cf")


def harmless(text: str) -> str:
    r"""Return text in which no sign commands the terminal: controls are shown by their pictures.

    >>> harmless("red\x1b[31m")
    'red␛[31m'
    """
    return _OBEYED.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def padded(text: str, room: int, *, right: bool) -> str:
    """Return text with blanks after it, or before it, so that it fills its cells."""
    blanks = " " * (room - width(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, room: int) -> Iterator[str]:
    """Yield lines of text that take no more cells than there is room for; only a word longer than that is broken.

    >>> list(wrapped("voice of the ship", 8))
    ['voice of', 'the ship']
    """
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) <= room:
            line += " " + word
            continue
        if line:
            yield line
        *whole, line = _broken(word, room)
        yield from whole
    yield line


def _broken(word: str, room: int) -> Iterator[str]:
    piece, taken = "", 0
    for sign in word:
        cells = width(sign)
        if piece and taken + cells > room:
            yield piece
            piece, taken = "", 0
        piece += sign
        taken += cells
    yield piece
