"""Facts as sorted columns: one array of 64-bit numbers for each predicate, and for each class its members.

A pair is its subject times 2³² plus its object; a sorted array of pairs finds all objects of a subject by two binary
searches. Arrays are never changed, only replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.uint64]
Key: TypeAlias = tuple[int, int]  # a predicate and -1, or rdf:type and a class

SHIFT = np.uint64(32)
LOW = np.uint64(2**32 - 1)
NONE: Column = np.empty(0, np.uint64)


def merged(arrays: Iterable[Column]) -> Column:
    """Return the numbers of all arrays, sorted, each once."""
    parts = [array for array in arrays if len(array)]
    if not parts:
        return NONE
    joined = np.sort(np.concatenate(parts))
    keep = np.empty(len(joined), np.bool_)
    keep[0] = True
    np.not_equal(joined[1:], joined[:-1], out=keep[1:])
    return joined if keep.all() else joined[keep]


def member(values: Column, of: Column) -> NDArray[np.bool_]:
    """Return for each number whether a sorted array has it."""
    if not len(of):
        return np.zeros(len(values), np.bool_)
    at = np.searchsorted(of, values)
    at[at == len(of)] = 0
    found: NDArray[np.bool_] = of[at] == values
    return found


def without(values: Column, of: Column) -> Column:
    """Return the numbers that a sorted array does not have."""
    return values[~member(values, of)] if len(of) and len(values) else values


def turned(pairs: Column) -> Column:
    """Return pairs with object before subject, sorted."""
    return np.sort((pairs & LOW) << SHIFT | pairs >> SHIFT)


def stars(pairs: Column) -> Column:
    """Return pairs that connect the same things as these, each with the least of its group, both ways, and back.

    Of things that are equal it is enough to know one name for all: a group of n takes 2n pairs instead of n².
    """
    nodes = merged([pairs >> SHIFT, pairs & LOW])
    one, other = np.searchsorted(nodes, pairs >> SHIFT), np.searchsorted(nodes, pairs & LOW)
    least = np.arange(len(nodes))
    while True:
        low = np.minimum(least[one], least[other])
        before = least.copy()
        np.minimum.at(least, least[one], low)
        np.minimum.at(least, least[other], low)
        least = least[least]
        if np.array_equal(before, least):
            break
    apart = nodes[least] != nodes
    members, names = nodes[apart], nodes[least][apart]
    return merged([members << SHIFT | names, names << SHIFT | members])


class Relations:
    """All facts that are known, by key."""

    __slots__ = ("_classes", "_turned", "known", "type")

    def __init__(self, type_: int) -> None:
        self.type = type_
        self.known: dict[Key, Column] = {}
        self._turned: dict[Key, Column] = {}
        self._classes: dict[int, None] = {}

    def extend(self, new: dict[Key, Column]) -> None:
        """Know more; what is new is not among what is known."""
        for key, array in new.items():
            known = self.known.get(key)
            self.known[key] = array if known is None else np.sort(np.concatenate((known, array)))
            self._turned.pop(key, None)
            if key[0] == self.type:
                self._classes[key[1]] = None

    def fresh(self, found: dict[Key, list[Column]]) -> dict[Key, Column]:
        """Return what was found and is not known yet, by key, each fact once."""
        unknown = ((key, without(merged(arrays), self.forward(key))) for key, arrays in found.items())
        return {key: array for key, array in unknown if len(array)}

    def forward(self, key: Key) -> Column:
        """Return the pairs of a predicate by subject, or the members of a class."""
        return self.known.get(key, NONE)

    def backward(self, key: Key) -> Column:
        """Return the pairs of a predicate by object."""
        found = self._turned.get(key)
        if found is None:
            found = self._turned[key] = turned(self.forward(key))
        return found

    def classes(self) -> list[int]:
        """Return the classes that have members."""
        return list(self._classes)

    def predicates(self) -> set[int]:
        """Return the predicates that have facts."""
        return {predicate for predicate, _ in self.known}
