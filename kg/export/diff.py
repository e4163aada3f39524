"""What changed between two states of a graph: claims added, removed and changed, told apart by what they say.

The place of words in a text is no content: a text that grew at its top moves every span and changes no claim. So claims
are compared by their statements, by what is said of them, and by the words that they stand on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.export.canon import digest
from kg.export.claims import Claim, Labels, claims
from kg.export.rows import Row
from kg.export.words import kind, subjects
from kg.vocab import PH, PROV, Iri, Node

_PLACES = frozenset((PROV.wasDerivedFrom, PH.hedge, PH.writtenAt, PH.tellingOrder))
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
    gone, come = _facts(old), _facts(new)
    return Difference(
        tuple(_changes(claims(old), claims(new))),
        tuple(sorted(come - gone)),
        tuple(sorted(gone - come)),
        digest(old),
        digest(new),
    )


def counts(found: Difference, labels: Labels) -> list[str]:
    """Return the changes counted, as in ``+1 contradicted claim about Comet 2``, the most frequent first."""
    tally: Counter[tuple[str, str, str]] = Counter()
    for change in found.changes:
        for subject in subjects(change.claim):
            tally[change.sign, kind(change.claim), labels(subject)] += 1
    ordered = sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        f"{sign}{number} {sort} claim{'s' * (number > 1)} about {subject}" for (sign, sort, subject), number in ordered
    ]


def patch(before: Iterable[Row], after: Iterable[Row]) -> Iterator[str]:
    """Yield an RDF Patch that makes the second state of the first: deletions, then additions, sorted."""
    old, new = set(before), set(after)
    yield "TX .\n"
    for sign, rows in (("D", old - new), ("A", new - old)):
        for row in sorted(rows):
            yield f"{sign} {' '.join(filter(None, row))} .\n"
    yield "TC .\n"


def _changes(old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[Change]:
    before, after = {claim.iri: claim for claim in old}, {claim.iri: claim for claim in new}
    pairs = _pairs(
        [before[it] for it in before.keys() - after.keys()], [after[it] for it in after.keys() - before.keys()]
    )
    pairs |= {iri: iri for iri in before.keys() & after.keys() if _content(before[iri]) != _content(after[iri])}
    found = [Change(before[one], after[other]) for other, one in pairs.items()]
    found += [Change(None, after[it]) for it in after.keys() - before.keys() - pairs.keys()]
    found += [Change(before[it], None) for it in before.keys() - after.keys() - set(pairs.values())]
    return iter(sorted(found, key=lambda it: ("~-+".index(it.sign), str(subjects(it.claim)[:1]), it.claim.iri)))


def _pairs(gone: Sequence[Claim], come: Sequence[Claim]) -> dict[Iri, Iri]:
    """Return the new claims that stand for old ones: revisions, and those alone in saying another value of the same."""
    known = {claim.iri for claim in gone}
    found: dict[Iri, Iri] = {}
    for claim in come:
        for former in claim.values(PROV.wasRevisionOf):
            if isinstance(former, Iri) and former in known:
                found[claim.iri] = former
    taken = set(found.values())
    old, new = _by_frame(it for it in gone if it.iri not in taken), _by_frame(it for it in come if it.iri not in found)
    for frame in old.keys() & new.keys():
        if len(old[frame]) == 1 == len(new[frame]):
            found[new[frame][0].iri] = old[frame][0].iri
    return found


def _by_frame(found: Iterable[Claim]) -> dict[object, list[Claim]]:
    """Return claims by what they speak of: world, subjects and properties, but not the values."""
    frames: defaultdict[object, list[Claim]] = defaultdict(list)
    for claim in found:
        about: tuple[Node, ...] = subjects(claim)
        frames[claim.world, about, frozenset(it.predicate for it in claim.statements)].append(claim)
    return frames


def _content(claim: Claim) -> _Content:
    words = ((" ".join(it.quote.split()) or it.source) for it in claim.evidence)
    return frozenset((*claim.statements, *(pair for pair in claim.about if pair[0] not in _PLACES), *words))


def _facts(rows: Sequence[Row]) -> set[Row]:
    """Return the rows that no claim, world or anchor holds, and that say nothing of a claim."""
    asserted = f"<{PH.assertedIn}>"
    claims_, worlds = {row[0] for row in rows if row[1] == asserted}, {row[2] for row in rows if row[1] == asserted}
    anchors = {row[3] for row in rows if row[1] in (f"<{PH.quote}>", f"<{PH.textOf}>", f"<{PH.writtenAt}>")}
    left = claims_ | worlds | anchors
    return {row for row in rows if row[3] not in left and row[0] not in claims_}
