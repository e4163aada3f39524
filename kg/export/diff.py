"""What changed between two states of a graph: claims added, removed and changed, told apart by what they say.

The place of words in a text is no content: a text that grew at its top moves every span and changes no claim. So claims
are compared by their statements, by what is said of them, and by the words that they stand on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.export.canon import digest
from kg.export.claims import Claim, claims
from kg.export.rows import Row
from kg.export.words import kind, subjects
from kg.vocab import PH, PROV, RDF, Iri, Node, Term

_COMMON = (RDF.type, PH.judge, PH.inEpisode, PH.about)  # what many claims share that have nothing to do with another
_ANCHORING = tuple(f"<{it}>" for it in (PH.quote, PH.text, PH.textOf, PH.writtenAt))
_Content = frozenset[object]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim before and after; one of them is None for what was added or removed."""

    before: Claim | None
    after: Claim | None

    @property
    def sign(self) -> str:
        """``+`` for what was added, ``-`` for what was removed, ``~`` for what was changed."""
        return "+" if self.before is None else "-" if self.after is None else "~"

    @property
    def claim(self) -> Claim:
        """The claim as it is now, or was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a claim before or after it")
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two states, and both states' digests.

    ``facts_added`` and ``facts_removed`` are statements that stand in no claim, world or anchor: of the background, the
    links, the ontology, the sources.
    """

    changes: tuple[Change, ...]
    facts_added: tuple[Row, ...]
    facts_removed: tuple[Row, ...]
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing that people would call content changed."""
        return not (self.changes or self.facts_added or self.facts_removed)


def difference(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    """Return what changed; both states must have canonical blank nodes."""
    old, new = list(before), list(after)
    touched = _touched(old, new)
    gone, come = _facts(old), _facts(new)
    return Difference(
        tuple(_changes(claims(old, touched), claims(new, touched))),
        tuple(sorted(come - gone)),
        tuple(sorted(gone - come)),
        digest(old),
        digest(new),
    )


def tally(found: Difference) -> list[tuple[tuple[str, str, Node], int]]:
    """Return how many claims changed, by sign, kind and what they are about; the most frequent first."""
    counted: Counter[tuple[str, str, Node]] = Counter()
    for change in found.changes:
        for subject in subjects(change.claim):
            counted[change.sign, kind(change.claim), subject] += 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def patch(before: Iterable[Row], after: Iterable[Row]) -> Iterator[str]:
    """Yield an RDF Patch that makes the second state of the first: deletions, then additions, sorted."""
    old, new = set(before), set(after)
    yield "TX .\n"
    for sign, rows in (("D", old - new), ("A", new - old)):
        for row in sorted(rows):
            yield f"{sign} {' '.join(filter(None, row))} .\n"
    yield "TC .\n"


def _touched(old: Sequence[Row], new: Sequence[Row]) -> set[str]:
    """Return the names of all that another row is about: their own, and those of what points to them."""
    changed = set(old) ^ set(new)
    about = {token for row in changed for token in (row[0], row[3])}
    return about | {row[0] for row in (*old, *new) if row[2] in about}


def _changes(old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[Change]:
    before, after = {claim.iri: claim for claim in old}, {claim.iri: claim for claim in new}
    pairs = _pairs(
        [before[it] for it in before.keys() - after.keys()], [after[it] for it in after.keys() - before.keys()]
    )
    paired = set(pairs.values())
    successors = {one: other for other, one in pairs.items()}
    pairs |= {iri: iri for iri in before.keys() & after.keys() if _content(before[iri]) != _content(after[iri])}
    found = [Change(before[one], after[other]) for other, one in pairs.items()
             if not _follows(before[one], after[other], successors)]  # fmt: skip
    found += [Change(None, after[it]) for it in after.keys() - before.keys() - pairs.keys()]
    found += [Change(before[it], None) for it in before.keys() - after.keys() - paired]
    return iter(sorted(found, key=lambda it: ("~-+".index(it.sign), str(subjects(it.claim)[:1]), it.claim.iri)))


def _follows(before: Claim, after: Claim, successors: Mapping[Iri, Iri]) -> bool:
    """Whether a claim says the same of what changed: a verdict names the claim that it judges."""

    def said(claim: Claim) -> set[tuple[Iri, Term]]:
        found = ((it.predicate, it.object) for it in claim.statements)
        return {(name, successors.get(value, value) if isinstance(value, Iri) else value) for name, value in found}

    return PH.verdict in {it.predicate for it in after.statements} and (
        said(before) == said(after) and set(before.remarks) == set(after.remarks) and _words(before) == _words(after)
    )


def _pairs(gone: Sequence[Claim], come: Sequence[Claim]) -> dict[Iri, Iri]:
    """Return the new claims that stand for old ones: revisions, and those that say another value of the same."""
    known = {claim.iri for claim in gone}
    found: dict[Iri, Iri] = {}
    for claim in come:
        for former in claim.values(PROV.wasRevisionOf):
            if isinstance(former, Iri) and former in known:
                found[claim.iri] = former
    taken = set(found.values())
    old, new = _by_frame(it for it in gone if it.iri not in taken), _by_frame(it for it in come if it.iri not in found)
    for frame in sorted(old.keys() & new.keys(), key=repr):
        found |= _likest(old[frame], new[frame])
    return found


def _by_frame(found: Iterable[Claim]) -> dict[object, list[Claim]]:
    """Return claims by what they speak of: subjects and properties, but neither the values nor the world."""
    frames: defaultdict[object, list[Claim]] = defaultdict(list)
    for claim in found:
        about: tuple[Node, ...] = subjects(claim)
        frames[about, tuple(sorted({it.predicate for it in claim.statements}))].append(claim)
    return frames


def _likest(gone: Sequence[Claim], come: Sequence[Claim]) -> dict[Iri, Iri]:
    """Return the pairs of claims that are most alike; two that are alone are a pair however little they share."""
    if len(gone) == 1 == len(come):
        return {come[0].iri: gone[0].iri}
    traits = {claim.iri: _traits(claim) for claim in (*gone, *come)}
    likeness = (
        (-len(traits[one.iri] & traits[other.iri]), other.iri, one.iri)
        for one in gone
        for other in come
        if traits[one.iri] & traits[other.iri]
    )
    found: dict[Iri, Iri] = {}
    for _, new, old in sorted(likeness):
        if new not in found and old not in found.values():
            found[new] = old
    return found


def _traits(claim: Claim) -> frozenset[object]:
    """Return what makes two claims alike: values that they share, and the words that they stand on."""
    values = {(it.predicate, it.object) for it in claim.statements if it.predicate not in _COMMON}
    return frozenset((*values, *(" ".join(it.quote.split()) for it in claim.evidence if it.quote)))


def _content(claim: Claim) -> _Content:
    return frozenset((*claim.statements, *claim.remarks, *_words(claim)))


def _words(claim: Claim) -> frozenset[tuple[Iri, str]]:
    """Return the words that a claim stands on and points to, wherever they stand."""
    said = (*((PROV.wasDerivedFrom, it) for it in claim.evidence), *claim.passages)
    return frozenset((predicate, " ".join(it.quote.split()) or it.source) for predicate, it in said)


def _facts(rows: Sequence[Row]) -> set[Row]:
    """Return the rows that no claim, world or anchor holds, and that say nothing of a claim."""
    asserted = f"<{PH.assertedIn}>"
    claims_, worlds = {row[0] for row in rows if row[1] == asserted}, {row[2] for row in rows if row[1] == asserted}
    anchors = {row[3] for row in rows if row[1] in _ANCHORING}
    left = claims_ | worlds | anchors
    return {row for row in rows if row[3] not in left and row[0] not in claims_}
