"""All quads of a build, from what its entries gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from kg.assess import Verdict
from kg.build import worlds
from kg.build.claiming import Told
from kg.build.enrichment import wikidata
from kg.build.inputs import Shared, links
from kg.build.ontology import Terms
from kg.build.revision import revisions
from kg.build.worlds import Concluded, World
from kg.claims import Claim, Claimed, background, merged, outside_sources, settled
from kg.claims.scene import agent
from kg.dataset import Store
from kg.iris import Names
from kg.link import quads as link_quads
from kg.link.mapping import Mapping as Link
from kg.link.snapshot import Snapshot
from kg.project import Project
from kg.vocab import RDF, RDFS, SKOS, WD, WDT, Iri, Literal, Quad, Triple


@dataclass(frozen=True, slots=True)
class Parts:
    """A build's content: its quads, its claims by name, its worlds, and the episode of each source.

    ``given`` are the quads that entries and files give, without what makes a world's graph or is inferred.
    """

    quads: frozenset[Quad]
    given: frozenset[Quad]
    claims: Mapping[Iri, Claim]
    worlds: Mapping[Iri, World]
    episodes: Mapping[Iri, Iri]


def assemble(
    project: Project,
    shared: Shared,
    known: Terms,
    read: Iterable[Told],
    imported: Iterable[Claimed] = (),
    *,
    before: Store | None = None,
) -> Parts:
    """Return the content of a build. The order in which entries and imported files were read changes nothing in it.

    ``before`` is the build that this one follows, from which revised claims are told.
    """
    read, names, reviewed = tuple(read), project.names, links(project)
    gave = [*(claimed for it in read for claimed in it.claimed), *imported]
    gave.append(wikidata(shared, reviewed, frozenset(node.iri for it in gave for node in it.nodes)))
    claims = merged(settled(chain.from_iterable(it.claims for it in gave)), names)
    ground = frozenset(_background(gave, known.quads, names))
    common = frozenset(quad.triple for quad in ground)
    episodes = {it.scene.source: it.scene.episode for it in read}
    end = worlds.concluded(known.rules, common, claims, episodes, shared.vocabulary, names)
    given = frozenset(
        chain(
            chain.from_iterable(claim.quads(names) for claim in end.claims.values()),
            ground,
            (Quad(*triple, names.catalogue) for triple in _catalogue(gave, end.found, shared, names)),
            chain.from_iterable(it.anchors for it in gave),
            _links(reviewed, shared.snapshot, ground, names),
            () if before is None else revisions(before, end.claims, names),
            known.quads,
        )
    )
    return Parts(given.union(_worlds(end, common, names)), given, end.claims, end.worlds, episodes)


def _worlds(end: Concluded, common: frozenset[Triple], names: Names) -> Iterator[Quad]:
    """Yield the graphs of the worlds, and what follows from the background."""
    shared_ground = common | end.everywhere  # a query over a world and the background would find it twice
    yield from (Quad(*triple, names.background) for triple in end.everywhere)
    for world in end.worlds.values():
        yield from (Quad(*triple, world.iri) for triple in world.triples() - shared_ground)


def _catalogue(gave: Iterable[Claimed], found: Iterable[Verdict], shared: Shared, names: Names) -> Iterator[Triple]:
    """Yield what is said of sources, texts and judges."""
    yield from chain.from_iterable(it.catalogue for it in gave)
    yield from _rules(found, names)
    yield from outside_sources(shared.library.sources, names)


def _background(gave: Iterable[Claimed], ontology: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield what is known in every world: the nodes of all entries, what files declare, the ontology's concepts."""
    gave = list(gave)
    yield from background(chain.from_iterable(it.nodes for it in gave), names)
    yield from chain.from_iterable(it.background for it in gave)
    yield from _concepts(ontology, names)


def _concepts(ontology: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield what the background needs of the concepts of the ontology: kind, scheme, labels, what is broader."""
    quads = list(ontology)
    concepts = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == SKOS.Concept}
    wanted = {RDF.type, RDFS.label, SKOS.prefLabel, SKOS.inScheme, SKOS.broader}
    for quad in quads:
        if quad.subject in concepts and quad.predicate in wanted:
            yield quad._replace(graph=names.background)


def _rules(found: Iterable[Verdict], names: Names) -> Iterator[Triple]:
    for name in sorted({it.rule for it in found}):
        yield from agent(worlds.rule(names, name))


def _links(reviewed: Iterable[Link], snapshot: Snapshot, known: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield the reviewed links of things that the build speaks of, with label and classes of what they lead to."""
    there = {quad.subject for quad in known if quad.predicate == RDF.type}
    found = [link for link in reviewed if link.subject in there]
    yield from link_quads(found, names)
    for item in {link.qid: snapshot.items[link.qid] for link in found if link.qid in snapshot.items}.values():
        yield Quad(WD[item.qid], RDFS.label, Literal(item.label), names.links)
        yield from (Quad(WD[item.qid], WDT.P31, WD[kind], names.links) for kind in item.classes)
