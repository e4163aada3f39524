"""What the compiled rules leave out on purpose, as patterns in a file that everyone can read.

A line is a pattern of three words; each is a name with a known prefix or in angle brackets, ``prefix:*`` for any name
of a namespace, ``?x`` for anything (twice the same name: twice the same term), or ``literal``. ``#`` starts a comment.

>>> from kg.vocab import OWL
>>> noise = read_noise("?x owl:sameAs ?x   # says nothing")
>>> noise.covers(Triple(Iri("http://a/b"), OWL.sameAs, Iri("http://a/b")))
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import InputError
from kg.vocab import PREFIXES, RDF, Blank, Iri, Literal, Term, Triple


@dataclass(frozen=True, slots=True)
class Noise:
    """Patterns of triples that say nothing."""

    patterns: tuple[tuple[str, str, str], ...] = ()

    def covers(self, triple: Triple) -> bool:
        """Return whether a triple is of no interest: by a pattern, or because it is no RDF."""
        if isinstance(triple.subject, Literal) or isinstance(triple.predicate, Blank):
            return True
        return any(_matches(pattern, triple) for pattern in self.patterns)

    def subjects(self) -> frozenset[str]:
        """Return the subjects all of whose triples are noise."""
        return frozenset(it[0] for it in self.patterns if _is_all(it) and not it[0].startswith("?"))

    def about(self, predicate: Term, kind: Term | None = None) -> Noise:
        """Return the patterns that a triple of one predicate, and of this object if given, may match.

        Patterns by subject alone are left out: see `subjects`.
        """
        words = (predicate,) if kind is None else (predicate, kind)
        return Noise(tuple(it for it in self.patterns if not _is_all(it) and _matches(it[1 : 1 + len(words)], words)))

    def without(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """Yield the triples that are of interest."""
        return (triple for triple in triples if not self.covers(triple))


def read_noise(text: str, source: str = "noise") -> Noise:
    """Return the patterns of a file. Raises InputError with the line that is none."""
    patterns = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split(" #")[0].split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 3:
            raise InputError(source, "a pattern has three words: subject, predicate, object", line=number)
        subject, predicate, value = (_word(word, source, number) for word in words)
        patterns.append((subject, predicate, value))
    return Noise(tuple(patterns))


def _word(word: str, source: str, line: int) -> str:
    if word == "a":
        return str(RDF.type)
    if word == "literal" or word.startswith("?"):
        return word
    if word.startswith("<") and word.endswith(">"):
        return word[1:-1]
    prefix, colon, local = word.partition(":")
    if not colon or prefix not in PREFIXES:
        raise InputError(source, f"“{word}” has no known prefix; write <…> for a whole IRI", line=line)
    return PREFIXES[prefix] + local


def _is_all(pattern: tuple[str, str, str]) -> bool:
    return pattern[1].startswith("?") and pattern[2].startswith("?") and len(set(pattern)) == 3


def _matches(pattern: tuple[str, ...], terms: tuple[Term, ...]) -> bool:
    bound: dict[str, Term] = {}
    for word, term in zip(pattern, terms, strict=True):
        if word.startswith("?"):
            if bound.setdefault(word, term) != term:
                return False
        elif word == "literal":
            if not isinstance(term, Literal):
                return False
        elif not isinstance(term, Iri) or not (term == word or (word.endswith("*") and term.startswith(word[:-1]))):
            return False
    return True
