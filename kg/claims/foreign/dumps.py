"""A dump that this program wrote, recognised by its claims: taken apart into the claims that it holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.foreign import Said, left
from kg.iris import Names
from kg.model import Diagnostic
from kg.vocab import FORCE, ONTOLOGY_GRAPH, OWL, PH, PROV, RDF, Iri, Term

# what is said of a claim and holds of it whoever imports it; the rest is of its old source
_KEPT = frozenset(
    (
        PH.shown, PH.rank, PH.note, PH.saidBy, PH.storyTime, PH.atTime, PH.holdsFrom, PH.holdsUntil, PH.offset,
        PH.offsetDirection, PH.offsetFrom, PH.complete, PH.locator,
    )
)  # fmt: skip

_OFFSET = frozenset((PH.offset, PH.offsetDirection, PH.offsetFrom))


@dataclass(frozen=True, slots=True)
class OldClaim:
    """A claim of the dump, as its graph and its catalogue tell it."""

    iri: Iri
    said: tuple[Said, ...]
    world: Iri
    force: Iri
    negated: bool
    about: tuple[tuple[Iri, Term], ...]


@dataclass(frozen=True, slots=True)
class Dump:
    """The claims of a dump, what it says of things in every world, and what of it is made again here."""

    claims: tuple[OldClaim, ...]
    background: tuple[Said, ...]
    left: tuple[Diagnostic, ...]

    @property
    def things(self) -> tuple[Said, ...]:
        """What describes the things that the claims speak of."""
        return self.background


def dump(statements: Sequence[Said], names: Names) -> Dump | None:
    """Return the claims of a dump; None for data that holds none.

    The things of another project are named as that one names them, below its base: they become the things that this
    project would call so.
    """
    base = _base(statements)
    if not base:
        return None
    if base != names.base:
        statements = [_moved(it, base, names.base) for it in statements]
    worlds = {it.subject: it.object for it in statements if it.predicate == PH.assertedIn and it.graph}
    worlds = {claim: world for claim, world in worlds.items() if str(claim).startswith(names.iri("claim", ""))}
    told: defaultdict[Term, list[Said]] = defaultdict(list)
    graphs: defaultdict[str, list[Said]] = defaultdict(list)
    for it in statements:
        told[it.subject].append(it)
        graphs[it.graph].append(it)
    claims = tuple(
        _claim(Iri(claim), graphs[claim], Iri(str(world)), told[claim])
        for claim, world in worlds.items()
        if not _found_by_rule(graphs[claim], told[claim])
    )
    background = tuple(it for it in graphs[names.background] if str(it.subject).startswith(names.base))
    return Dump(claims, background, tuple(_left(graphs, {str(it) for it in worlds}, names)))


def _base(statements: Iterable[Said]) -> str:
    """Return the base of the project that a dump is of, "" for data that is none."""
    claims = (it.subject for it in statements if it.predicate == PH.assertedIn and it.graph)
    return next((str(it).rpartition("claim/")[0] for it in claims if "/claim/" in it), "")


def _moved(it: Said, base: str, ours: str) -> Said:
    subject, value = _renamed(it.subject, base, ours), _renamed(it.object, base, ours)
    graph = ours + it.graph.removeprefix(base) if it.graph.startswith(base) else it.graph
    return replace(it, subject=subject, object=value, graph=graph)  # type: ignore[arg-type]  # a node stays one


def _renamed(term: Term, base: str, ours: str) -> Term:
    return Iri(ours + term[len(base) :]) if isinstance(term, Iri) and term.startswith(base) else term


def _claim(iri: Iri, said: Iterable[Said], world: Iri, told: Iterable[Said]) -> OldClaim:
    said, told = tuple(said), tuple(told)
    force = next((Iri(str(it.object)) for it in told if it.predicate == PH.force), FORCE.stated)
    negated = any(it.object == OWL.NegativePropertyAssertion for it in said)
    spans = {it.predicate for it in told if ".txt#char=" in str(it.object)}
    lost = _OFFSET if PH.offsetFrom in spans else spans  # a distance from a passage says nothing without the passage
    about = tuple((it.predicate, it.object) for it in told if it.predicate in _KEPT and it.predicate not in lost)
    return OldClaim(iri, said, world, force, negated, about)


def _found_by_rule(said: Iterable[Said], told: Iterable[Said]) -> bool:
    """Return whether a claim is a verdict that a rule found: the rules find it again."""
    verdict = any(it.predicate == RDF.type and it.object == PH.Assessment for it in said)
    return verdict and any(it.predicate == PROV.wasAttributedTo and "/agent/rule-" in str(it.object) for it in told)


def _left(graphs: Mapping[str, list[Said]], claims: Container[str], names: Names) -> Iterable[Diagnostic]:
    """Yield what is not taken over, one note for each kind of graph."""
    reasons: Counter[str] = Counter()
    first: dict[str, Said] = {}
    for graph, said in graphs.items():
        why = _reason(graph, names)
        if graph in claims or not why:
            continue
        reasons[why] += len(said)
        first.setdefault(why, said[0])
    for why, count in reasons.items():
        yield left(first[why].place, f"left out: {count} statements {why}")


def _reason(graph: str, names: Names) -> str:
    if graph == names.background:
        return ""
    if graph.startswith(names.iri("world", "")):
        return "of worlds: what is stated there is in the claims, and the rest follows again"
    if graph == names.links:
        return "of links: those are kept in links.sssom.tsv"
    if graph == ONTOLOGY_GRAPH:
        return "of the ontology, which the project has"
    return "about the sources and texts of the dump, which stay with it: its claims are now those of this source"
