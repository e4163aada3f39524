"""Names for nodes without one: made from what a file says of them, so that the same file gives the same names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kg.foreign import Said
from kg.iris import Names, digest
from kg.vocab import Blank, Iri, Term, n3

_ROUNDS: Final = 12  # nodes that are alike as far as this are told apart by their order in the file


def skolems(statements: Iterable[Said], names: Names, key: str) -> dict[Blank, Iri]:
    """Return an IRI for each blank node; the labels that the file or its parser gave them play no part.

    Each round tells nodes apart by what is known of their neighbours. What stays alike is numbered as it stands.
    """
    said = list(statements)
    order = dict.fromkeys(term for it in said for term in (it.subject, it.object) if isinstance(term, Blank))
    colours: dict[Blank, str] = dict.fromkeys(order, "")
    about = _about(said)
    told_apart = 0
    for _ in range(_ROUNDS):
        colours = {node: _colour(node, about[node], colours) for node in order}
        before, told_apart = told_apart, len(set(colours.values()))
        if told_apart in (before, len(order)):
            break
    counted: defaultdict[str, int] = defaultdict(int)
    found = {}
    for node in order:
        counted[colours[node]] += 1
        found[node] = names.iri("import", digest(f"{key} {colours[node]} {counted[colours[node]]}", 20))
    return found


def _about(said: Iterable[Said]) -> Mapping[Blank, list[tuple[str, Iri, Term]]]:
    found: defaultdict[Blank, list[tuple[str, Iri, Term]]] = defaultdict(list)
    for it in said:
        if isinstance(it.subject, Blank):
            found[it.subject].append((">", it.predicate, it.object))
        if isinstance(it.object, Blank):
            found[it.object].append(("<", it.predicate, it.subject))
    return found


def _colour(node: Blank, about: Iterable[tuple[str, Iri, Term]], colours: Mapping[Blank, str]) -> str:
    lines = sorted(f"{way} {prop} {_sign(other, colours)}" for way, prop, other in about)
    return digest("\n".join([colours[node], *lines]), 20)


def _sign(term: Term, colours: Mapping[Blank, str]) -> str:
    return f"_:{colours[term]}" if isinstance(term, Blank) else n3(term)
