"""Known names that an entry's prose mentions: from a gazetteer, from years of life, from the entry's own cast.

A person named in full is recognised by the surname afterwards, a figure of the cast by surname or first name where no
other figure bears it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import KnownName, Part
from kg.parse.cues import means
from kg.parse.gazetteer import Gazetteer, Hit, words
from kg.parse.lexicon import ADDRESSES, GLUED_WORDS, JOBS, OPENERS, PARTICLES, PLACES, folded, is_job, is_suffix

_SHORTEST = 3
_NO_NAMES = frozenset(("himself", "herself", "itself", "themselves", "narrator", "?"))
_MONTHS = frozenset("january february march april may june july august september october november december".split())


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph of a text."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Met:
    """A known name met in a paragraph."""

    known: KnownName
    part: Part
    start: int
    end: int
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The names of an entry's own cast, and which known persons bear the same name."""

    gazetteer: Gazetteer
    twins: dict[str, KnownName]
    names: frozenset[str] = frozenset()

    def owner(self, known: KnownName, part: Part) -> KnownName:
        """Return who is meant in a part: the figure in the synopsis, the person of that name in notes and review."""
        return self.twins.get(known.name, known) if part != "synopsis" else known


def figures(names: Iterable[str], persons: dict[str, KnownName]) -> Figures:
    """Return the names of a cast, compiled; ``persons`` are the known ones by name."""
    own = list(dict.fromkeys(name for name in names if name.lower() not in _NO_NAMES))
    short: dict[str, list[str]] = {}
    for name in own:
        for form in _short(name):
            short.setdefault(form, []).append(name)
    known = [
        KnownName(name, "character", "", tuple(form for form in _short(name) if len(short[form]) == 1)) for name in own
    ]
    twins = {name: persons[name] for name in own if name in persons}
    return Figures(Gazetteer(known), twins, frozenset(own))


def _short(name: str) -> tuple[str, ...]:
    """Return the names by which a figure may be called: surname, first name, both without rank."""
    if name.endswith(("’s", "'s")) or any(sign.isdigit() for sign in name) or is_job(name):
        return ()
    parts = name.replace("“", " ").replace("”", " ").split()
    while parts and folded(parts[0]) in ADDRESSES:
        parts = parts[1:]
    while parts and is_suffix(parts[-1].strip(",")):
        parts = parts[:-1]
    if any(part[0].islower() and part not in PARTICLES for part in parts):
        return ()
    forms = [" ".join(parts)] if parts and " ".join(parts) != name else []
    if len(parts) > 1:
        forms += [parts[-1], parts[0]]
    return tuple(dict.fromkeys(form.strip(",") for form in forms if _bears(form.strip(","))))


def _bears(form: str) -> bool:
    """Whether a word can stand for a figure on its own: no everyday word, no initial."""
    low = form.lower()
    everyday = low in JOBS or low in PLACES or low in GLUED_WORDS or form in OPENERS or low in _MONTHS
    return " " in form or (len(form) >= _SHORTEST and form[0].isupper() and "." not in form and not everyday)


def met(
    text: str,
    stretches: Sequence[Stretch],
    gazetteer: Gazetteer,
    own: Figures,
    lived: Sequence[KnownName],
    silent: frozenset[str],
) -> list[Met]:
    """Return every known name that the paragraphs mention, in order; ``silent`` names mean the entry's own series."""
    found: list[Met] = []
    for stretch in stretches:
        hits = list(_own(text, stretch, own))
        hits += _known(text, stretch, gazetteer, own, silent)
        found.extend(_apart(hits))
    people = {one.known.name: one.known for one in found if one.known.kind == "person"} | {
        one.name: one for one in lived
    }
    called = _called(people.values(), own)
    if called is not None:
        for stretch in stretches:
            taken = [one for one in found if stretch.start <= one.start < stretch.end]
            more = [one for one in _own(text, stretch, called) if not any(_overlap(one, other) for other in taken)]
            found.extend(more)
    return sorted(found, key=lambda one: (one.start, one.end))


def _own(text: str, stretch: Stretch, own: Figures) -> Iterator[Met]:
    for hit in own.gazetteer.find(text, stretch.start, stretch.end):
        if not _inside(text, stretch, hit):
            yield Met(own.owner(hit.known, stretch.part), stretch.part, hit.start, hit.end, hit.slip)


def _inside(text: str, stretch: Stretch, hit: Hit) -> bool:
    """Whether a single word is only part of somebody else's name: “Anna Lind” where Bo Lind is known."""
    if hit.words > 1:
        return False
    before = text[max(stretch.start, hit.start - 24) : hit.start]
    word = before.split()[-1] if before[-1:] == " " and before.split() else ""
    apart = not word or not word[0].isupper() or (word[-1] in ".,;:!?)”…" and folded(word) not in ADDRESSES)
    started = len(before.split()) == 1 or before.rstrip()[: -len(word)].rstrip()[-1:] in ".!?…:”(" if word else False
    following = text[hit.end : hit.end + 2]
    surname = following[:1] == " " and following[1:].isupper() and text[hit.end + 2 : hit.end + 3].islower()
    if surname or text[hit.end : hit.end + 1] == "-":
        return True
    return not (apart or folded(word) in ADDRESSES or is_job(word) or (started and word in OPENERS))


def _known(text: str, stretch: Stretch, gazetteer: Gazetteer, own: Figures, silent: frozenset[str]) -> Iterator[Met]:
    for hit in gazetteer.find(text, stretch.start, stretch.end):
        name = " ".join(words(text[hit.start : hit.end]))
        if name in silent and hit.known.kind in ("work", "mission", "craft"):
            continue
        if hit.known.name in own.names and (hit.known.kind != "person" or stretch.part == "synopsis"):
            continue
        if means(text, stretch.start, hit, stretch.part):
            yield Met(hit.known, stretch.part, hit.start, hit.end, hit.slip)


def _apart(hits: list[Met]) -> list[Met]:
    """Return the names met so that none overlaps another: the longer wins, and a known person over a figure."""
    kept: list[Met] = []
    for hit in sorted(hits, key=lambda one: (one.start, one.start - one.end, one.known.kind == "character")):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
        elif (hit.start, hit.end) == (kept[-1].start, kept[-1].end) and _other(hit, kept[-1]):
            kept.append(hit)
    return kept


def _other(hit: Met, before: Met) -> bool:
    """Whether two names on the same words are two persons of one name, which only a reader can tell apart."""
    return hit.known.kind == before.known.kind == "person" and hit.known.key != before.known.key


def _called(people: Iterable[KnownName], own: Figures) -> Figures | None:
    """Return the surnames of persons named in full elsewhere in the entry, where no figure bears them."""
    surnames: dict[str, list[KnownName]] = {}
    for known in people:
        surname = known.name.split()[-1]
        if len(words(known.name)) > 1 and _bears(surname) and not own.gazetteer.named(surname):
            surnames.setdefault(surname, []).append(known)
    forms = {
        known[0].name: KnownName(known[0].name, "person", known[0].key, (surname,), known[0].year)
        for surname, known in surnames.items()
        if len(known) == 1
    }
    twins = {known[0].name: known[0] for known in surnames.values() if len(known) == 1}
    return Figures(_Surnames(forms.values()), twins) if forms else None


class _Surnames(Gazetteer):
    """Known names of which only the surname is looked for."""

    __slots__ = ()

    def __init__(self, known: Iterable[KnownName]) -> None:
        super().__init__(())
        for one in known:
            self._add(one, one.aliases[0])


def _overlap(one: Met, other: Met) -> bool:
    return one.start < other.end and other.start < one.end


def bare(name: str) -> str:
    """Return a name as names are compared."""
    return " ".join(words(name))
