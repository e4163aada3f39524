"""Names and dates in an entry's prose, and the depictions that follow from them as proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import Depiction, Entry, KnownName, Life, Mention, Part, Span, TimeMention
from kg.parse.gazetteer import Gazetteer, words
from kg.parse.hedges import hedge
from kg.parse.layout import Layout
from kg.parse.lives import Years, lives
from kg.parse.mentions import Met, Stretch, bare, figures, met
from kg.parse.notices import Notice
from kg.parse.times import times


@dataclass(frozen=True, slots=True)
class _Lived:
    """Years of life met in a paragraph, and who is known under that name and could have them."""

    years: Years
    name: str
    part: Part
    known: KnownName


def named(found: Layout, gazetteer: Gazetteer) -> tuple[Entry, tuple[Notice, ...]]:
    """Return an entry with what its prose mentions, and what was noticed."""
    text, entry = found.text.text, found.entry
    stretches = [Stretch(one.part, one.start, one.end) for one in found.prose]
    cast = list(dict.fromkeys(character.text for item in entry.cast for character in item.characters))
    lived = _lived(text, stretches, gazetteer, cast)
    persons = _persons(cast, gazetteer, lived)
    own = figures(cast, persons)
    silent = frozenset(
        bare(name) for name in (entry.series, entry.label, entry.title.text if entry.title else None) if name
    )
    hits = met(text, stretches, gazetteer, own, [one.known for one in lived], silent)
    hits = _with_lives(hits, lived)
    taken = [(hit.start, hit.end) for hit in hits] + [(one.years.start, one.years.close) for one in lived]
    moments = _times(found, stretches, taken)
    depictions = tuple(_depiction(found, name, persons[name], lived) for name in cast if name in persons)
    notices = [
        Notice("name-slip", found.text.raw(hit.start), f"“{text[hit.start : hit.end]}” read as “{hit.known.name}”")
        for hit in hits
        if hit.slip
    ]
    notices += [
        Notice("depiction-proposed", one.spans[0].start, f"{one.character}: {one.reason}") for one in depictions
    ]
    return (
        replace(
            entry,
            cast_hedge=_hedge(found, stretches),
            years=tuple(sorted({year for years, _ in moments for year in years})),
            times=tuple(moment for _, moment in moments),
            mentions=_mentions(found, hits),
            lives=tuple(_life(found, one) for one in lived),
            depictions=depictions,
        ),
        tuple(notices),
    )


# --- lives and depictions


def _lived(text: str, stretches: Sequence[Stretch], gazetteer: Gazetteer, cast: Sequence[str]) -> list[_Lived]:
    played = {bare(name) for name in cast if len(words(name)) > 1}
    found: list[_Lived] = []
    for stretch in stretches:
        for years in lives(
            text, stretch.start, stretch.end, lambda name: bare(name) in played or bool(gazetteer.named(name, "person"))
        ):
            name = " ".join(text[years.start : years.end].split())
            found.append(_Lived(years, name, stretch.part, _known(name, years, gazetteer)))
    return found


def _known(name: str, years: Years, gazetteer: Gazetteer) -> KnownName:
    """Return the person who bears a name and was born in that year; one of our own making where none is known."""
    birth = int(years.birth) if years.birth else None
    known = gazetteer.named(name, "person")
    fitting = [one for one in known if birth is None or one.year is None or abs(one.year - birth) <= 1]
    return fitting[0] if len(fitting) == 1 else KnownName(name, "person", "", (), birth)


def _persons(cast: Sequence[str], gazetteer: Gazetteer, lived: Sequence[_Lived]) -> dict[str, KnownName]:
    """Return, for each figure whose name a known person bears, that person: by years of life, else if only one does."""
    found: dict[str, KnownName] = {}
    by_life = {bare(one.name): one.known for one in lived}
    for name in cast:
        if len(words(name)) < 2:
            continue
        known = gazetteer.named(name, "person")
        if bare(name) in by_life:
            found[name] = by_life[bare(name)]
        elif len(known) == 1:
            found[name] = known[0]
    return found


def _depiction(found: Layout, name: str, figure: KnownName, lived: Sequence[_Lived]) -> Depiction:
    same = [one for one in lived if bare(one.name) == bare(name)]
    roles = tuple(
        span
        for item in found.entry.cast
        for character in item.characters
        if character.text == name
        for span in character.spans
    )
    spans = [*roles, *(found.text.span(one.years.start, one.years.close) for one in same)]
    return Depiction(name, figure, _reason(figure, same), tuple(sorted(set(spans))))


def _reason(figure: KnownName, same: Sequence[_Lived]) -> str:
    told = "the character bears the name of a historical figure"
    if figure.key:
        told += f" known as {figure.key}" + (f", born {figure.year}" if figure.year else "")
    if same:
        years = same[0].years
        told += f"; the {same[0].part} give the years of life {years.birth or '?'}–{years.death or ''}"
    return told


def _life(found: Layout, one: _Lived) -> Life:
    return Life(
        one.name, one.years.birth, one.years.death, one.part, (found.text.span(one.years.start, one.years.close),)
    )


# --- mentions and dates


def _with_lives(hits: list[Met], lived: Sequence[_Lived]) -> list[Met]:
    """Return the names met, and each name with years of life that nothing else has met."""
    more = [
        Met(one.known, one.part, one.years.start, one.years.end)
        for one in lived
        if not any(hit.start < one.years.end and one.years.start < hit.end for hit in hits)
    ]
    return sorted([*hits, *more], key=lambda hit: hit.start)


def _mentions(found: Layout, hits: Iterable[Met]) -> tuple[Mention, ...]:
    gathered: dict[tuple[KnownName, Part], list[Span]] = {}
    for hit in hits:
        gathered.setdefault((hit.known, hit.part), []).extend(found.text.spans(hit.start, hit.end))
    return tuple(Mention(known, part, tuple(spans)) for (known, part), spans in gathered.items())


def _times(
    found: Layout, stretches: Sequence[Stretch], taken: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, ...], TimeMention]]:
    """Return the dates in the prose that are neither part of a name nor years of life, with the years they name."""
    inside = sorted(taken)
    moments: list[tuple[tuple[int, ...], TimeMention]] = []
    at = 0
    for stretch in stretches:
        for moment in times(found.text.text, stretch.start, stretch.end):
            while at < len(inside) and inside[at][1] <= moment.start:
                at += 1
            if at < len(inside) and inside[at][0] < moment.end:
                continue
            span = found.text.span(moment.start, moment.end)
            moments.append((moment.years, TimeMention(moment.edtf, stretch.part, span)))
    return moments


def _hedge(found: Layout, stretches: Sequence[Stretch]) -> Span | None:
    for stretch in stretches:
        if stretch.part != "synopsis" and (there := hedge(found.text.text, stretch.start, stretch.end)):
            return found.text.span(*there)
    return None
