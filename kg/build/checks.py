"""What is wrong with a draft: broken shapes, contradictions, and verdicts that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.build import worlds
from kg.build.assembly import Parts
from kg.iris import Names
from kg.project import Project
from kg.store.embedded import Embedded, read_file
from kg.validate import (
    Checks,
    Finding,
    Located,
    at_home,
    catalogue_graphs,
    compile_shapes,
    locate,
    shapes_for,
    world_graphs,
)
from kg.validate.findings import gravity
from kg.validate.paths import Step
from kg.vocab import PH, PHSH, SH, Iri, Literal, Term, Triple


def checked(project: Project, parts: Parts) -> tuple[Located, ...]:
    """Return all findings about a build's content, each led back to its words, gravest first."""
    store = Embedded.memory(parts.quads)  # three times as fast to ask as one on disk
    shapes = tuple(quad.triple for path in project.shapes() for quad in read_file(path))
    found = dict.fromkeys((*broken(store, shapes, project.names), *_own(parts)))
    return tuple(sorted(locate(found, store), key=lambda it: -gravity(it.finding.severity)))


def broken(store: Embedded, shapes: Iterable[Triple], names: Names) -> Iterator[Finding]:
    """Yield what breaks a shape: in each world with the background, and in the catalogue."""
    shapes, graphs = tuple(shapes), tuple(store.graphs())
    of_worlds, of_catalogue = (_compiled(shapes, kind) for kind in (PH.WorldGraph, PH.Catalogue))
    background = tuple(store.quads(names.background))
    for default in world_graphs(graphs, names):
        yield from at_home(of_worlds.run(store, default), default[0], background)
    yield from of_catalogue.run(store, catalogue_graphs(graphs, names))


def _compiled(shapes: Iterable[Triple], kind: Iri) -> Checks:
    return compile_shapes(shapes_for(shapes, kind))


def _own(parts: Parts) -> Iterator[Finding]:
    """Yield what rules find and no shape can: contradictions, and verdicts that disagree."""
    for world, clash in worlds.clashes(parts.worlds):
        together = "; ".join(" ".join(map(_short, triple)) for triple in clash.triples)
        message = f"In {_short(world.iri)} these cannot all hold ({clash.rule}): {together}. Take one of them back."
        yield _finding(clash.triples[0].subject, None, clash.rule, message, SH.Violation)
    yield from _verdicts(parts)


def _short(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term).replace("#", "/").rpartition("/")[2]


def _verdicts(parts: Parts) -> Iterator[Finding]:
    """Yield where a person's verdict and a rule's differ on the same two statements."""
    found: dict[tuple[Term, ...], set[Term]] = {}
    for claim in parts.claims.values():
        said = {triple.predicate: triple.object for triple in claim.statements}
        if PH.verdict in said and PH.storyClaim in said:
            sides = (said[PH.storyClaim], said.get(PH.actualClaim, Literal("")), said[PH.about])
            found.setdefault(sides, set()).add(said[PH.verdict])
    for (_, _, about), verdicts in sorted(found.items(), key=str):
        if len(verdicts) > 1 and isinstance(about, Iri):
            names = ", ".join(sorted(str(verdict).rpartition("/")[2] for verdict in verdicts))
            message = f"The verdicts on this statement differ ({names}): look at both, and keep what the words say."
            yield _finding(about, None, "verdicts-disagree", message, SH.Warning)


def _finding(
    focus: Term, prop: Iri | None, rule: str, message: str, severity: Iri, value: Term | None = None
) -> Finding:
    path = Step(prop) if prop else None
    return Finding(focus, path, value, PHSH[rule], severity, PHSH[rule], (Literal(message, language="en"),))
