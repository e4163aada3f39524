"""Picture labels: the alternative text of a page's pictures, left glued to the next word.

A label is known from the categories, the title, the address, from a heading that it is glued to, or from a snapshot's
works; else it is guessed from the seam at the very start of the synopsis. Once known it is cut out wherever it stands
glued: in front of a name, inside it, behind it, in brackets, in prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.model import Span
from kg.parse.lexicon import GLUED_WORDS, OPENERS, PARTICLES

_SEAM = re.compile(
    r"(?<=[^\W\dA-ZÀ-ÖØ-Þ_]|[!?.)])(?=[A-ZÀ-ÖØ-Þ“\"(\[‘])"  # small letter or sign, then a capital
    r"|(?<=\d)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]|I’|[AI] |[A-Z]{3}|[“\"])"  # digit, then what can be nothing but a word
    r"|(?<=[A-ZÀ-ÖØ-Þ])(?![A-Z]s\b)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]|I’)"  # capitals, then a capitalised word
    r"|(?<=[A-ZÀ-ÖØ-Þ0-9])(?=[AI] )"  # capitals, then a word of one letter
    r"|(?<=[A-Za-zß-öø-ÿ!.)])(?=\d{4}[:,.s ])"  # anything, then a year that opens the story
    r"|(?<=[a-zß-öø-ÿ!.)])(?=\d[\d,]*(?:st|nd|rd|th)? )"  # small letter, then a count
)
_NAME_STARTS = frozenset("Mc Mac Fitz De Di Du La Le Lo Van Von O’ O' D’ D' L’ Des Del Dela Mal El Al".split())
_SMALL = frozenset("of the and in to from a an for on with at by vs vs. is de la le les des du der die das no".split())
_REACH = 90  # the longest label that is guessed
_ENDINGS = frozenset(
    "s es ed er ers ing ian ians an ans n ns ite ites ish ist ists ism ly y al ic ship ships hood dom like"
    " ward wards".split()
)
_BRACKET = re.compile(r" \([^()]{1,40}\)(?=[A-Za-z\d(#“À-ÿ])")
_EXTENSION = re.compile(r"(?: [A-Z][a-z]+){1,3}(?=[A-ZÀ-Þ][a-zß-ÿ]|[(#])")


@dataclass(frozen=True, slots=True)
class Found:
    """A label at the start of a paragraph, and whether it was only guessed."""

    label: str
    guessed: bool


def variants(names: Iterable[str]) -> list[str]:
    """Return the forms in which series and titles serve as labels, longest first.

    >>> variants(["The Comet Patrol: Dawn (1980)"])[:3]
    ['The Comet Patrol: Dawn (1980)', 'Comet Patrol: Dawn (1980)', 'The Comet Patrol: Dawn']
    """
    found: dict[str, None] = {}
    for name in names:
        bare = name.split(" (")[0]
        for form in (name, bare, *(part.strip() for part in bare.split(":"))):
            for article in ("The ", "A ", "An "):
                if form.startswith(article):
                    found[form[len(article) :]] = None
                    break
            else:
                found["The " + form] = None
            found[form] = None
    for form in [form for form in found if "'" in form or "’" in form]:
        found[form.replace("’", "'")] = None
        found[form.replace("'", "’")] = None
    return sorted((form for form in found if form and not form.isdigit()), key=len, reverse=True)


def pieces(names: Iterable[str]) -> Iterator[str]:
    """Yield the beginnings and ends of names, which a shorter label may be (“Comet” for “Comet Patrol”)."""
    found: dict[str, None] = {}
    for name in names:
        words = name.split()[:12]
        for cut in range(1, len(words)):
            found[" ".join(words[:cut]).rstrip(":,/")] = None
            found[" ".join(words[cut:])] = None
    yield from sorted((form for form in found if len(form) > 2 and form[0].isupper()), key=len, reverse=True)


def opening(text: str, start: int, end: int, known: Iterable[str], short: Iterable[str]) -> Found | None:
    """Return the label that the paragraph from ``start`` to ``end`` opens with, None where it has none."""
    for form in known:
        if not text.startswith(form, start):
            continue
        if _opens(text, start, start + len(form), end):
            return Found(form, guessed=False)
        if hit := _BRACKET.match(text, start + len(form), end):
            return Found(text[start : hit.end()], guessed=False)
    guess = _guess(text, start, min(end, start + _REACH))
    for form in short:
        if (len(guess) <= len(form)) and text.startswith(form, start) and _opens(text, start, start + len(form), end):
            return Found(form, guessed=False)
    return Found(guess, guessed=True) if guess else None


def _opens(text: str, start: int, at: int, end: int) -> bool:
    """Whether what stands behind a known label at the start of a paragraph is a word of its own."""
    if at >= end:
        return False
    sign = text[at]
    if sign in '“‘"(#' or sign.isdigit():
        return sign != "(" or not text[start].isspace()
    if not sign.isupper():
        return False
    if text[at - 1].islower() or not text[at - 1].isalnum():
        return True
    word = _word(text, at)
    return (len(word) > 1 and (word[1].islower() or not word[1].isalpha() or len(word) < 5)) or word in OPENERS


def _guess(text: str, start: int, end: int) -> str:
    """Return what stands before the first seam in the first words of a paragraph, where it may be a label."""
    for seam in _SEAM.finditer(text, start, end):
        at = seam.start()
        label = text[start:at]
        last = (label.partition(" (")[0] if label.endswith(")") else label).rsplit(" ", 1)[-1]
        if at == start or _sentence(label):
            return ""
        if last in _NAME_STARTS or last.endswith(("’", "'")) or last[:1].islower() or _initials(text, at, last):
            continue
        if not (label[0].isupper() or label[0].isdigit()):
            continue
        return label
    return ""


def _initials(text: str, at: int, last: str) -> bool:
    """Whether a seam lies inside initials or an abbreviation (“S.O.S.”, “Ph.D.”), or after a lone capital."""
    if last.endswith("."):
        word = _word(text, at)
        dotted = "." in last[:-1] and word in OPENERS and text[at + len(word) : at + len(word) + 1] != "."
        return not dotted and (len(last.strip(".")) <= 2 or "." in last[:-1])
    return last.isupper() and len(last) > 1 and not text[at].isupper()


def _sentence(label: str) -> bool:
    """Whether a stretch is the beginning of a sentence and no label: small words, a comma, a full stop inside."""
    label = label.partition(" (")[0]
    if ", " in label or ". " in label or "; " in label or " – " in label or "! " in label or "? " in label:
        return True
    words = label.split()
    return len(words) > 9 or any(word[0].islower() and word not in _SMALL for word in words)


def _word(text: str, at: int) -> str:
    stop = at
    limit = min(len(text), at + 40)
    while stop < limit and (text[stop].isalpha() or text[stop] in "’'-"):
        stop += 1
    return text[at:stop]


def cuts(text: str, start: int, end: int, labels: Iterable[str], anchored: Callable[[int], bool]) -> list[Span]:
    """Return where labels stand glued in the text from ``start`` to ``end``, in order and never overlapping.

    ``anchored`` tells of a place whether a heading, a shop text or a credit's phrase begins there.
    """
    taken: list[Span] = []
    ordered = sorted({label for label in labels if label and label not in _NAME_STARTS}, key=len, reverse=True)
    for label in ordered:
        at = text.find(label, start, end)
        while at >= 0:
            stop = at + len(label)
            if last := _glued(text, at, stop, end, label, anchored):
                taken.append(Span(at, last))
                stop = last
            at = text.find(label, stop, end)
    return _disjoint(taken)


def _disjoint(taken: list[Span]) -> list[Span]:
    """Return the stretches in order, of overlapping ones the one that begins first and is longest."""
    kept: list[Span] = []
    for span in sorted(taken, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _glued(text: str, at: int, stop: int, end: int, label: str, anchored: Callable[[int], bool]) -> int:
    """Return where a label that stands from ``at`` to ``stop`` ends if it is glued to what follows, else 0."""
    sign = text[stop : stop + 1]
    before = text[at - 1] if at else " "
    seam = before.islower() and label[0].isupper() and " " in label
    if seam and (not sign or sign.isspace()):
        return stop
    if not sign or sign.isspace():
        hit = _BRACKET.match(text, stop, end) or _EXTENSION.match(text, stop, end)
        apart = hit is not None and " " in label and not before.isalnum() and _real_seam(text, hit.end())
        return hit.end() if hit and apart else 0
    if anchored(stop):
        return stop
    if (before.isalnum() and not seam) or before in "’'-":
        return 0
    return stop if _splits(text, at, stop, label, sign) else 0


def _real_seam(text: str, at: int) -> bool:
    """Whether a seam is not one inside a surname: “McCoy”."""
    word = text[text.rfind(" ", max(0, at - 30), at) + 1 : at]
    return word not in _NAME_STARTS


def _splits(text: str, at: int, stop: int, label: str, sign: str) -> bool:
    """Whether a label and what is glued behind it are two things."""
    first = at == 0 or text[at - 1] == "\n"
    if sign in "(#“‘":
        return sign != "‘" or text[stop + 1 : stop + 2].isupper()
    if sign.isdigit():
        return (
            first
            or " " in label
            or (len(label) > 3 and text[stop : stop + 4].isdigit() and text[stop + 4 : stop + 5] == ":")
        )
    if not sign.isalpha():
        return False
    word = _word(text, stop)
    if sign.isupper():
        if label[-1].islower() or not label[-1].isalnum():
            return len(label) > 2 and (len(word) > 1 or text[stop + 1 : stop + 2] in (" ", "\n", "."))
        initial = len(word) == 1 and text[stop + 1 : stop + 2] == "."
        named = len(word) > 1 and (word[1].islower() or word[1] in "’'")
        return (named or initial) and (first or len(label) > 2 or label.isupper())
    if word in _ENDINGS or len(word) < 2:
        return False
    known = word in GLUED_WORDS or (word in PARTICLES and text[stop + len(word) + 1 : stop + len(word) + 2].isupper())
    return known if " " in label or len(label) > 3 else False
