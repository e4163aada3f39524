r"""Parameters become terms of the query: one value takes the place of ``$name``, several become VALUES.

The tokens of the text are replaced, never its characters: a ``$name`` inside a string, an IRI or a comment stays.

>>> from kg.vocab import Literal
>>> bound('ASK { ?x rdfs:label $name . FILTER("$name" != ?x) }', {"name": (Literal('a " b'),)})
'ASK { ?x rdfs:label "a \\" b" . FILTER("$name" != ?x) }'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.queries.tokens import Token, tokens
from kg.vocab import Term, n3


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a parameter stands: from ``start`` to ``end``, in the group that opens at ``group`` (-1 for none)."""

    name: str
    start: int
    end: int
    group: int


def bound(text: str, terms: Mapping[str, Sequence[Term]]) -> str:
    """Return the query with the terms in it; a parameter without terms stays a variable.

    Several terms stand as ``VALUES $name { … }`` first in every group that uses the name directly, since one engine
    takes minutes over VALUES that come after a pattern.
    """
    return filled(text, tuple(slots(tokens(text))), terms)


def slots(found: Iterable[Token]) -> Iterator[Slot]:
    """Yield where parameters stand among the tokens of a query; a CONSTRUCT's template is no group."""
    groups: list[int] = []
    previous = None
    for token in found:
        if token.text == "{" and token.kind == "sign":
            template = previous is not None and previous.says("CONSTRUCT")
            groups.append(-1 if template else token.end)
        elif token.text == "}" and token.kind == "sign" and groups:
            groups.pop()
        elif token.parameter:
            yield Slot(token.parameter, token.start, token.end, groups[-1] if groups else -1)
        previous = token


def filled(text: str, places: Sequence[Slot], terms: Mapping[str, Sequence[Term]]) -> str:
    """Return the text with the terms in places that were found in it before."""
    edits = {edit for place in places if (edit := _edit(place, terms.get(place.name, ()))) is not None}
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _edit(place: Slot, terms: Sequence[Term]) -> tuple[int, int, str] | None:
    if len(terms) == 1:
        return place.start, place.end, n3(terms[0])
    if len(terms) > 1 and place.group >= 0:
        return place.group, place.group, f" VALUES ${place.name} {{ {' '.join(map(n3, terms))} }}"
    return None
