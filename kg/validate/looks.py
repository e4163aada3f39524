"""What a query of a shapes' author looks at: so that an edit need not ask it of everything.

The triple patterns of a query that hang together with ``$this`` tell how a changed triple leads back to the focus nodes
whose answers it can change. Every pattern is looked at for itself: the changed quads that match it give values to its
variables, and the patterns between it and ``$this`` do the rest. Where ``?value`` stands in one pattern with ``$this``,
they lead to the pair, and only such pairs are asked for again.

Patterns count as joined where they stand in one group, in a group around it, in one inside that is neither OPTIONAL,
EXISTS nor a part of a UNION, or in each part of a UNION. A pattern that hangs on nothing concerns all focus nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal as Choice

from kg.validate.groups import Group
from kg.validate.paths import Alternative, Path, Step, Touch, chain, inverse, nullable, sparql, touches
from kg.validate.patterns import Pattern, UnclearError, patterns
from kg.validate.tokens import Token
from kg.vocab import Iri, n3

THIS, VALUE = "?this", "?value"
_TOTALS = frozenset({"GROUP", "HAVING", "LIMIT", "OFFSET"})
Place = Choice["subject", "predicate", "object", "graph"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the focus node: a variable, the part of the quad that it has its value from, and what leads on."""

    name: str
    place: Place
    hops: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A place in a query where a quad is read: which quads those are, and how they lead to the focus node.

    ``graph`` is empty for the data, a variable for any named graph; ``fixed`` says which part has to be what,
    ``besides`` which properties do not matter.
    ``leads`` are the variables asked for, ``$this`` first, and ``direct`` where in the quad they stand, if all do. No
    way means that all focus nodes are concerned. ``route`` leads from the node that is asked about to ``$this``.
    """

    predicates: frozenset[Iri] | None
    graph: str
    fixed: tuple[tuple[Place, Iri], ...]
    ways: tuple[Way, ...] = ()
    direct: tuple[Place, ...] = ()
    leads: tuple[str, ...] = (THIS,)
    route: Path | None = None
    besides: frozenset[Iri] = frozenset()

    def after(self, path: Path | None) -> Look:
        """Return the look as seen from a node from which a path leads to the focus node."""
        return replace(self, leads=(THIS,), direct=self.direct[:1], route=chain(path, self.route))


def looks(found: Sequence[Token], all_groups: Sequence[Group]) -> tuple[Look, ...] | None:
    """Return where a query reads quads; None where its text does not tell."""
    if sum(token.upper == "SELECT" for token in found) > 1:
        return None
    try:
        every = patterns(found, all_groups)
    except UnclearError:
        return None
    scopes = Scopes(found, all_groups)
    paired = _paired(found, every, scopes)
    return tuple(dict.fromkeys(look for it in every for look in _Derived(every, scopes, it, paired=paired).looks()))


@dataclass(frozen=True, slots=True)
class Need:
    """Properties of which every focus node that fails has one: of its own, or in the graph that it names."""

    predicates: frozenset[Iri]
    inside: bool


def needs(found: Sequence[Token], all_groups: Sequence[Group]) -> tuple[Need, ...]:
    """Return what a query asks of a focus node in any case; nothing where its text does not tell."""
    try:
        every = patterns(found, all_groups)
    except UnclearError:
        return ()
    base = Scopes(found, all_groups).base(0)
    return tuple(dict.fromkeys(it for pattern in every if pattern.group in base for it in _needed(pattern)))


def _needed(pattern: Pattern) -> Iterator[Need]:
    own = pattern.start == THIS and not pattern.graph
    if not own and pattern.graph != THIS:
        return
    if pattern.path is None:
        if pattern.among is not None:
            yield Need(pattern.among, not own)
        return
    steps = pattern.path.parts if isinstance(pattern.path, Alternative) else (pattern.path,)
    plain = [it.predicate for it in steps if isinstance(it, Step)]
    if len(plain) == len(steps):
        yield Need(frozenset(plain), not own)


def way_text(way: Way, this: str) -> tuple[str, str]:
    """Return the variable that a way starts from, and its patterns as SPARQL; equal ways have equal texts."""
    names = {THIS: this, VALUE: VALUE, "": "[]"}

    def name(text: str) -> str:
        return names.setdefault(text, f"?_{len(names)}") if text.startswith("?") or not text else text

    start = name(way.name)
    return start, " ".join(_hop_text(hop, name) for hop in way.hops)


def _hop_text(hop: Pattern, name: Callable[[str], str]) -> str:
    verb = name(hop.verb) if hop.path is None else sparql(hop.path)
    text = f"{name(hop.start)} {verb} {name(hop.end)} ."
    if hop.among is not None:
        text += f" FILTER({verb} IN ({', '.join(sorted(map(n3, hop.among)))}))"
    if hop.besides:
        text += f" FILTER({verb} NOT IN ({', '.join(sorted(map(n3, hop.besides)))}))"
    return f"GRAPH {name(hop.graph)} {{ {text} }}" if hop.graph else text


class Scopes:
    """Which groups of a query hold together."""

    def __init__(self, found: Sequence[Token], all_groups: Sequence[Group]) -> None:
        self._found, self._groups = found, all_groups
        self._numbers = {group.start: number for number, group in enumerate(all_groups)}

    def base(self, number: int) -> frozenset[int]:
        """Return a group, those around it, and those inside them that join like a part of them."""
        around: list[Group] = []
        group: Group | None = self._groups[number]
        while group is not None:
            around.append(group)
            group = group.parent
        return frozenset(it for group in around for it in self._joined(group))

    def unions(self, base: frozenset[int]) -> Iterator[tuple[frozenset[int], ...]]:
        """Yield, for each UNION beside the groups, what each of its parts joins to them."""
        starts = {self._groups[number].start for number in base}
        for group in self._groups:
            if group.parent is None or group.parent.start not in starts or self._kind(group) != "union":
                continue
            if self._before(group) != "UNION":
                parts = [group]
                while self._after(parts[-1]) == "UNION":
                    parts.append(self._groups[self._numbers[parts[-1].end + 2]])
                if not any(part.start in starts for part in parts):
                    yield tuple(frozenset(self._joined(part)) for part in parts)

    def _joined(self, group: Group) -> Iterator[int]:
        yield self._numbers[group.start]
        for inner in self._groups:
            if inner.parent is group and self._kind(inner) == "plain":
                yield from self._joined(inner)

    def _kind(self, group: Group) -> Choice["plain", "union", "apart"]:
        if "UNION" in (self._before(group), self._after(group)):
            return "union"
        return "apart" if self._before(group) in ("OPTIONAL", "EXISTS") else "plain"

    def _before(self, group: Group) -> str:
        return self._found[group.start - 1].upper if group.start else ""

    def _after(self, group: Group) -> str:
        return self._found[group.end + 1].upper if group.end + 1 < len(self._found) else ""


def _paired(found: Sequence[Token], every: Sequence[Pattern], scopes: Scopes) -> bool:
    """Tell whether every answer meets a pattern with both ``$this`` and ``?value``, if only in parts of a UNION."""
    chosen = found[: next(index for index, token in enumerate(found) if token.text == "{")]
    named = any(token.kind == "variable" and token.text == "value" for token in chosen)
    computed = any(one.upper == "AS" and other.text == "value" for one, other in pairwise(found))
    if not named or computed or any(token.upper in _TOTALS for token in found):
        return False
    base = scopes.base(0)
    beside = {it.group for it in every if _variables(it) >= {THIS, VALUE}}
    return any(all(beside & part for part in parts) for parts in ((base,), *scopes.unions(base)))


class _Derived:
    """Makes the looks of one pattern."""

    def __init__(self, every: Sequence[Pattern], scopes: Scopes, pattern: Pattern, *, paired: bool) -> None:
        self._every, self._scopes, self._pattern = every, scopes, pattern
        self._leads = (THIS, VALUE) if paired else (THIS,)
        self._keys = frozenset(self._leads)

    def looks(self) -> Iterator[Look]:
        """Yield the looks of the pattern: with what joins it for certain, else with each part of a UNION."""
        base = self._scopes.base(self._pattern.group)
        for parts in ((frozenset[int](),), *self._scopes.unions(base)):
            trees = [self._tree(base | part) for part in parts]
            if all(tree is not None and self._near(tree) for tree in trees):
                for tree in trees:
                    yield from self._linked(tree or {})
                return
        yield Look(self._predicates(), self._pattern.graph, self._fixed(), besides=self._pattern.besides)

    def _tree(self, visible: frozenset[int]) -> dict[str, tuple[Pattern, ...]] | None:
        """Return the variables that hang together with the keys, each with the patterns on the way to it.

        The nearest come first, of patterns that are equally near the one that is written first: so what leads to a
        pattern never needs a later one, and where several triples have gone, the look of the first still finds its way.
        """
        seen = [it for it in self._every if it.group in visible]
        known: dict[str, tuple[Pattern, ...]] = dict.fromkeys(self._leads, ())
        if len(self._leads) > 1:
            beside = next((it for it in seen if _variables(it) >= self._keys), None)
            if beside is None:
                return None
            known = dict.fromkeys(sorted(_variables(beside)), (beside,))
        while True:
            further = {
                name: (*known[start], it)
                for it in reversed(seen)
                for start in sorted(_variables(it) & known.keys(), key=lambda name: len(known[name]))[:1]
                for name in _variables(it) - known.keys()
            }
            if not further:
                return known
            known |= further

    def _near(self, tree: dict[str, tuple[Pattern, ...]]) -> str:
        """Return the variable of the pattern that is nearest to the keys; empty for none."""
        names = sorted(_variables(self._pattern) & tree.keys(), key=lambda name: (len(tree[name]), name))
        return names[0] if names else ""

    def _linked(self, tree: dict[str, tuple[Pattern, ...]]) -> Iterator[Look]:
        pattern, near = self._pattern, self._near(tree)
        graph: tuple[tuple[str, Place], ...] = ((pattern.graph, "graph"),) if pattern.graph.startswith("?") else ()
        if pattern.path is None or isinstance(pattern.path, Step):
            binds = dict([*graph, *_ends(pattern)])
            direct = tuple(binds[name] for name in self._leads if name in binds)
            yield self._look(
                self._predicates(),
                list(self._ways(binds, tree)),
                self._fixed(),
                direct if len(direct) == len(self._leads) else (),
            )
            return
        turned = near == pattern.end != pattern.start
        path, start = (inverse(pattern.path), pattern.end) if turned else (pattern.path, pattern.start)
        for touch in touches(path):
            yield from self._inside(touch, start, tree)

    def _ways(self, binds: dict[str, Place], tree: dict[str, tuple[Pattern, ...]]) -> Iterator[Way]:
        """Yield the ways from the variables; from a property, which leads to all that use it, if there is no other."""
        found: list[Way] = []
        for name, place in binds.items():
            hops = tree.get(name, (self._pattern,))
            if name in self._keys or self._pattern not in hops:  # a way that begins with the pattern itself is none
                hops = tuple(hop for hop in hops if hop != self._pattern)
                found.append(Way(name, place, (*hops, *self._sieves(hops))))
        yield from [way for way in found if way.place != "predicate"] or found

    def _sieves(self, hops: tuple[Pattern, ...]) -> Iterator[Pattern]:
        """Yield patterns of a graph with a name that hold the hops against what is said there, as of the ontology."""
        known = {name for hop in hops for name in _variables(hop)}
        base = self._scopes.base(0)
        if not self._is_sieve(self._pattern):
            yield from (it for it in self._every if it.group in base and self._is_sieve(it) and _variables(it) <= known)

    @staticmethod
    def _is_sieve(pattern: Pattern) -> bool:
        return pattern.graph.startswith("<") and isinstance(pattern.path, Step)

    def _inside(self, touch: Touch, start: str, tree: dict[str, tuple[Pattern, ...]]) -> Iterator[Look]:
        """Yield the looks of one step of a path that begins at a node or variable."""
        place: Place = "object" if touch.backwards else "subject"
        predicates = None if touch.predicate is None else frozenset({touch.predicate})
        hops = tree[self._near(tree)]
        graph = [Way(self._pattern.graph, "graph", hops)] if self._pattern.graph in tree else []
        if touch.route is None or nullable(touch.route):
            fixed: list[tuple[Place, Iri]] = [(place, Iri(start[1:-1]))] if start.startswith("<") else []
            ways = [Way(start, place, tree[start])] if start in tree else graph
            yield self._look(predicates, ways, tuple(fixed))
        if touch.route is not None:
            way = replace(self._pattern, start=start, path=touch.route, verb="", end="?_near")
            yield self._look(predicates, [Way("?_near", place, (*hops, way))], ())

    def _look(
        self,
        predicates: frozenset[Iri] | None,
        ways: Sequence[Way],
        fixed: tuple[tuple[Place, Iri], ...],
        direct: tuple[Place, ...] = (),
    ) -> Look:
        besides = self._pattern.besides
        return Look(predicates, self._pattern.graph, fixed, tuple(ways), direct, self._leads, besides=besides)

    def _predicates(self) -> frozenset[Iri] | None:
        """Return the properties that the pattern may match; None for any."""
        if self._pattern.path is None:
            return self._pattern.among
        found = {touch.predicate for touch in touches(self._pattern.path)}
        return frozenset(it for it in found if it is not None)

    def _fixed(self) -> tuple[tuple[Place, Iri], ...]:
        if not _simple(self._pattern):
            return ()
        ends: tuple[tuple[Place, str], ...] = (("subject", self._pattern.start), ("object", self._pattern.end))
        return tuple((place, Iri(text[1:-1])) for place, text in ends if text.startswith("<"))


def _simple(pattern: Pattern) -> bool:
    return pattern.path is None or isinstance(pattern.path, Step)


def _ends(pattern: Pattern) -> Iterator[tuple[str, Place]]:
    places: tuple[tuple[str, Place], ...] = (
        (pattern.start, "subject"), (pattern.verb, "predicate"), (pattern.end, "object"),
    )  # fmt: skip
    yield from ((name, place) for name, place in places if name.startswith("?"))


def _variables(pattern: Pattern) -> frozenset[str]:
    return frozenset(it for it in (pattern.start, pattern.verb, pattern.end, pattern.graph) if it.startswith("?"))
