"""A file from elsewhere as claims of its source: each statement in its world, with its line and its words.

What has no place here is left out with its reason, never silently. RDF that this program wrote comes back as the
claims that it was; other statements are one claim each, a credit or a performance is one with all that is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.claims.claim import Claim
from kg.claims.foreign.admission import DENIAL, OF_DENIAL, fitting, placed
from kg.claims.foreign.alignment import LABELS, OF_CLAIMS
from kg.claims.foreign.casting import ACTORS, JOBS, Part, credit, performance, roles, story
from kg.claims.foreign.conversion import converted
from kg.claims.foreign.dumps import Dump, dump
from kg.claims.foreign.identified import Things
from kg.claims.foreign.importing import Importing
from kg.claims.foreign.placing import anchors, evidence, noted
from kg.claims.foreign.rewriting import rewritten
from kg.claims.nodes import Claimed, Node
from kg.claims.scene import agent, reader
from kg.claims.values import UnreadableError
from kg.foreign import Foreign, Said, left, shown, unfit
from kg.model import Diagnostic
from kg.vocab import FORCE, OWL, PH, PORTHOLE, PROV, RDF, SCHEMA, SKOS, Iri, Literal, Quad, Term, Triple
from kg.vocab import Node as Name

_BACKGROUND_ONLY = frozenset((PH.existsIn, SKOS.inScheme, SKOS.altLabel))


@dataclass(frozen=True, slots=True)
class Taken:
    """What one claim is made of: its statements, the lines that say them, and the nodes they name."""

    triples: tuple[Triple, ...]
    said: tuple[Said, ...]
    nodes: tuple[Node, ...]
    world: Iri
    force: Iri = FORCE.stated
    negated: bool = False
    about: tuple[tuple[Iri, Term], ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gives to the graph.

    ``left`` is what was left out and why; ``literals`` are the values as the file has them, each with what it became.
    """

    claimed: Claimed
    left: tuple[Diagnostic, ...]
    literals: tuple[tuple[Said, Literal], ...]


def imported(foreign: Foreign, at: Importing) -> Imported:
    """Return what a file gives to the graph of its project."""
    work = _Work(foreign, at)
    taken = list(work.taken())
    made = [(it, _claim(it, at)) for it in taken]
    nodes = [node for it in taken for node in it.nodes if node.label]
    nodes += work.described()
    claimed = Claimed(
        tuple(claim for _, claim in made),
        tuple(dict.fromkeys(nodes)),
        tuple(agent(reader(at.names))),
        tuple(chain.from_iterable(anchors(at, claim, it.said) for it, claim in made)),
        tuple(dict.fromkeys(chain(work.background, _universes(nodes, at)))),
    )
    found = sorted((*foreign.left, *work.left), key=lambda it: (it.line, it.column, it.message))
    return Imported(claimed, tuple(dict.fromkeys(found)), tuple(work.literals))


def _claim(it: Taken, at: Importing) -> Claim:
    about = ((PROV.wasAttributedTo, reader(at.names).iri), *noted(it.said), *it.about)
    return Claim(at.source, it.world, it.triples, evidence(at, it.said), it.force, it.negated, about)


def _universes(nodes: Iterable[Node], at: Importing) -> Iterator[Quad]:
    """Yield which universe each story belongs to that characters of the file exist in."""
    nodes = list(nodes)
    universes = {node.iri for node in nodes if PH.Universe in node.kinds}
    for node in nodes:
        universe = at.names.universe(node.label.removesuffix(" (story)")) if PH.StoryWorld in node.kinds else None
        if universe in universes and universe is not None:
            yield Quad(node.iri, PH.inUniverse, universe, at.names.background)


class _Work:
    """One pass over a file's statements; collects what is left out, and what becomes of each literal."""

    def __init__(self, foreign: Foreign, at: Importing) -> None:
        self.at = at
        self.left: list[Diagnostic] = []
        self.literals: list[tuple[Said, Literal]] = []
        self.background: list[Quad] = []
        said = tuple(fitting(foreign.statements, self._note))
        self._dump: Dump | None = dump(said, at.names)
        if self._dump is not None:
            self.left += self._dump.left
            said = self._dump.things
        self._said = placed(rewritten(said), at.terms, self._note) if self._dump is None else rewritten(said)
        self.things = Things(self._said, at)
        self._roles = roles(self._said)
        self._about: defaultdict[Name, list[Said]] = defaultdict(list)
        for it in self._said:
            self._about[it.subject].append(it)

    def _note(self, it: Said, why: str) -> None:
        self.left.append(left(it.place, f"left out: {why}"))

    # --- what is taken --------------------------------------------------------------------------------------------

    def taken(self) -> Iterator[Taken]:
        """Yield what each claim is made of."""
        if self._dump is not None:
            yield from self._of_dump(self._dump)
            return
        groups: dict[object, list[Said]] = defaultdict(list)
        for number, it in enumerate(self._said):
            if self._belongs(it):
                grouped = self.things.is_dependent(it.subject) or self._is_denial(it.subject)
                groups[(it.subject, it.graph) if grouped else number].append(it)
        for group in groups.values():
            yield from self._group(group)
        yield from self._addresses()
        for name, nodes in self.things.namesakes():
            message = f"{len(nodes)} things are called “{shown(name)}”: each keeps its own address"
            self.left.append(left(self._about[nodes[-1]][0].place, message, "namesakes"))

    def described(self) -> list[Node]:
        """Return the things of the project that the file describes, whether or not it says anything more of them."""
        ours = [it for it in self._about if isinstance(it, Iri) and self.at.is_ours(it) and not self._is_denial(it)]
        nodes = [self.things.node(it) for it in ours if PH.Assessment not in self.things.types(it)]
        nodes.append(Node(self.at.names.actual, "actual world", (PH.World, PH.ActualWorld)))
        if self.at.universe:
            nodes += story(self.things, self.at.universe)
        return [it for it in nodes if it.label]

    def _is_denial(self, subject: Name) -> bool:
        return DENIAL in self.things.values(subject, RDF.type)

    def _belongs(self, it: Said) -> bool:
        """Return whether a statement is one for a claim; note what is left out."""
        if it.subject in self._roles:
            return False  # told with the performance or credit that it stands in
        if isinstance(it.subject, Iri) and it.subject.startswith(PORTHOLE) and not self.at.is_ours(it.subject):
            self._note(it, "it is about the ontology’s own terms, which the project has")
            return False
        if PH.Assessment in self.things.types(it.subject):
            self._note(it, "a verdict needs the claims that it judges; the rules find it again")
            return False
        if it.predicate == RDF.type:
            return self._type_belongs(it)
        of_a_source = it.predicate not in _OF_ENTRIES and OF_CLAIMS.intersection(self.things.types(it.subject))
        if of_a_source:
            self._note(it, "the project makes claims and sources itself")
            return False
        return not self._is_label(it) and (it.predicate in ACTORS or self._property_belongs(it))

    def _type_belongs(self, it: Said) -> bool:
        if it.object in OF_CLAIMS:
            self._note(it, "the project makes claims and sources itself")
            return False
        if isinstance(it.object, Iri) and self.at.terms.term(it.object) is None and it.object != DENIAL:
            self._note(it, f"the class {shown(it.object)} has no place here")
            return False
        return self.things.is_dependent(it.subject) or it.object == DENIAL  # all other kinds stand in the background

    def _is_label(self, it: Said) -> bool:
        """Return whether a statement is told in the background: as the label of its subject, or as its home."""
        ours = isinstance(it.subject, Iri) and self.at.is_ours(it.subject)
        plain = isinstance(it.object, Literal) and not it.object.language
        if ours and it.predicate in _BACKGROUND_ONLY:
            return it.predicate != SKOS.altLabel or plain
        if self.at.terms.term(it.predicate) not in LABELS or not isinstance(it.object, Literal) or self._is_title(it):
            return False
        if " ".join(it.object.value.split()) != self.things.label(it.subject):
            return False
        self.literals.append((it, Literal(it.object.value)))
        return True

    def _is_title(self, it: Said) -> bool:
        """Return whether a statement gives the name of a work, which is a statement like any other."""
        ours = isinstance(it.subject, Iri) and self.at.is_ours(it.subject)
        named = self.at.terms.term(it.predicate) == SCHEMA.name
        return named and (ours or bool(_TITLED.intersection(self.things.types(it.subject))))

    def _called(self, it: Said) -> Iri:
        """Return what the property of a statement is here; a further name is another name, whatever it was."""
        prop = self.at.terms.term(it.predicate) or it.predicate
        return SCHEMA.alternateName if prop in LABELS and not self._is_title(it) else prop

    def _property_belongs(self, it: Said) -> bool:
        prop = self.at.terms.term(it.predicate)
        if prop is None and it.predicate not in OF_DENIAL:
            self._note(it, f"the property {shown(it.predicate)} has no place here")
            return False
        if prop in self.at.terms.of_claims:
            self._note(it, f"{shown(it.predicate)} is said of claims and sources, and the project makes those itself")
            return False
        return True

    # --- one group as a claim -------------------------------------------------------------------------------------

    def _group(self, group: Sequence[Said]) -> Iterator[Taken]:
        try:
            first = group[0]
            if self._is_role(first):
                part = performance(first, self.things) if first.predicate in ACTORS else credit(first, self.things)
                yield self._of_part(first, part)
            else:
                yield self._plain(group)
        except UnreadableError as problem:
            self._note(group[0], str(problem))

    def _is_role(self, it: Said) -> bool:
        """Return whether a statement is a line of a cast or of credits; a guide's own are told in full already."""
        ours = isinstance(it.subject, Iri) and self.at.is_ours(it.subject)
        works = bool(_TITLED & set(self.things.types(it.subject)))
        return it.predicate in ACTORS or (it.predicate in JOBS and not ours and works)

    def _of_part(self, it: Said, part: Part) -> Taken:
        behind = () if isinstance(it.object, Literal) else self._lines_of(it.object)
        return Taken(part.triples, (it, *behind), part.nodes, self.at.names.actual)

    def _lines_of(self, role: Name) -> tuple[Said, ...]:
        return tuple(it for it in self._about[role] if it.predicate != RDF.type) if role in self._roles else ()

    def _plain(self, group: Sequence[Said]) -> Taken:
        triples: list[Triple] = []
        nodes: list[Node] = []
        for it in group:
            triple, named = self._triple(it)
            triples.append(triple)
            nodes += named
        subject = nodes[0]
        world = self._world(group[0], subject)
        denied = any(it.object == DENIAL for it in group)
        return Taken(tuple(dict.fromkeys(triples)), tuple(group), tuple(nodes), world, negated=denied)

    def _world(self, it: Said, subject: Node) -> Iri:
        """Return the world that a statement is about: its graph’s, else the file’s, where its subject exists."""
        names = self.at.names
        if it.graph.startswith(names.iri("world", "")):
            return Iri(it.graph)
        if self._called(it) in self.at.terms.of_the_work:
            return names.actual
        home = subject.world if subject.label else self.at.home(subject.iri) or self.at.world
        if self._is_denial(it.subject):
            target = self.things.linked(it.subject, OWL.sourceIndividual)
            node = self.things.node(target) if target else subject
            home = node.world or self.at.home(node.iri) or home
        return home or names.actual

    def _triple(self, it: Said) -> tuple[Triple, tuple[Node, ...]]:
        subject, prop = self.things.node(it.subject), self._called(it)
        if it.predicate == RDF.type:
            kind = self.at.terms.term(Iri(str(it.object))) or it.object
            return Triple(subject.iri, RDF.type, kind), (subject,)
        value, named = self._value(it, prop)
        return Triple(subject.iri, prop, value), (subject, *named)

    def _value(self, it: Said, prop: Iri) -> tuple[Term, tuple[Node, ...]]:
        kind = self.at.terms.kind_of_value(prop)
        if not isinstance(it.object, Literal):
            return self._thing(it.object, prop, it)
        if kind == "name":
            return self._named(it.object, prop)
        value = converted(it.object, kind) if kind else it.object
        self.literals.append((it, value))
        return value, ()

    def _thing(self, name: Name, prop: Iri, it: Said) -> tuple[Term, tuple[Node, ...]]:
        if prop == SCHEMA.url or (isinstance(name, Iri) and name.startswith(PORTHOLE) and not self.at.is_ours(name)):
            return name if isinstance(name, Iri) else self.things.node(name).iri, ()
        if it.predicate in OF_DENIAL and it.predicate == OWL.assertionProperty and isinstance(name, Iri):
            return self.at.terms.term(name) or name, ()
        if self.at.terms.kind_of_value(prop) not in ("name", None):
            raise UnreadableError(f"{shown(prop)} takes a value, and {shown(str(name))} is a thing")
        node = self.things.node(name)
        return node.iri, (node,)

    def _named(self, value: Literal, prop: Iri) -> tuple[Term, tuple[Node, ...]]:
        """Return the thing that words name where a thing is wanted: by the kind that the property takes."""
        if prop == SCHEMA.url and not unfit(Iri(value.value)):
            return Iri(value.value), ()
        wanted = self.at.terms.ranges.get(prop)
        wanted = SCHEMA.Person if wanted in (None, PH.Agent) and prop in JOBS else wanted
        label = " ".join(value.value.split())
        node = self.things.named(label, (wanted,)) if wanted and any(sign.isalnum() for sign in label) else None
        if node is None:
            raise UnreadableError(f"{shown(prop)} leads to a thing, and “{shown(value.value)}” are words")
        return node.iri, (node,)

    def _addresses(self) -> Iterator[Taken]:
        """Yield the addresses by which the file knows things that have a name of their own here."""
        for subject, said in self._about.items():
            if not isinstance(subject, Iri) or subject in self._roles or self.at.is_ours(subject):
                continue
            if subject.startswith(("http://", "https://")) and not subject.startswith(PORTHOLE):
                node = self.things.node(subject)
                if node.iri != subject and node.label and node.world in (None, self.at.names.actual):
                    world = self.at.names.actual
                    yield Taken((Triple(node.iri, SCHEMA.url, subject),), tuple(said[:1]), (node,), world)

    # --- a dump of this program -----------------------------------------------------------------------------------

    def _of_dump(self, found: Dump) -> Iterator[Taken]:
        """Yield the claims of a dump as they were, and keep what it says of things in every world."""
        at = self.at
        names: dict[str, Term] = {
            old.iri: _renamed(old.said, old.world, old.force, at, negated=old.negated) for old in found.claims
        }
        for it in found.background:
            if it.predicate not in (*LABELS, RDF.type, PH.existsIn, SKOS.altLabel):
                self.background.append(Quad(it.subject, it.predicate, it.object, at.names.background))
        for old in found.claims:
            triples = tuple(Triple(it.subject, it.predicate, names.get(str(it.object), it.object)) for it in old.said)
            self.literals += ((it, it.object) for it in old.said if isinstance(it.object, Literal))
            yield Taken(triples, old.said, (), old.world, old.force, old.negated, old.about)


def _renamed(said: Iterable[Said], world: Iri, force: Iri, at: Importing, *, negated: bool) -> Iri:
    """Return what a claim of a dump is called as a claim of this source."""
    triples = tuple(Triple(it.subject, it.predicate, it.object) for it in said)
    return Claim(at.source, world, triples, (), force, negated).iri(at.names)


_OF_ENTRIES = frozenset((PH.mentions, PH.mentionsTime))
_TITLED = frozenset((SCHEMA.TVSeries, SCHEMA.TVSeason, SCHEMA.TVEpisode, SCHEMA.CreativeWork, PH.Work))
