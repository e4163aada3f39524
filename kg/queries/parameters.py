"""What a saved query may be asked with: typed parameters, and the one way from outside text to an RDF term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kg.errors import UsageError
from kg.vocab import PREFIXES, XSD, Iri, Literal, Term, boolean, integer

Given: TypeAlias = str | int | float | date | Iri | Literal

TYPES = (
    "iri", "entity", "text", "integer", "number", "boolean", "date", "year", "language", "world", "choice",
)  # fmt: skip
# options of every query's command; a parameter of that name could not be given
RESERVED = frozenset({
    "format", "form", "limit", "offset", "explain", "plot", "project", "output", "help", "timeout", "endpoint", "mark",
    "max_rows", "max_memory",
})  # fmt: skip

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_YEAR = re.compile(r"-?[0-9]{4}")
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One question that a query asks back.

    ``of`` narrows an entity to a class, or puts a choice's words into a namespace. An optional parameter without a
    default stays a variable of the query, and so leaves it open.
    """

    name: str
    type: str
    description: str = ""
    of: Iri | None = None
    many: bool = False
    required: bool = True
    default: str | None = None
    choices: tuple[str, ...] = ()
    example: str | None = None

    def term(self, value: Given) -> Term:
        """Return the value as an RDF term. Raises UsageError where it is none of this parameter's type."""
        if isinstance(value, Iri):
            return self._of_iri(value)
        if isinstance(value, Literal):
            value = value.value
        text = str(value).strip() if not isinstance(value, bool) else str(value).lower()
        if len(text) > 10_000:
            raise self._refusal(text[:40] + "…", "at most 10,000 characters")
        return self._of_text(text)

    def _of_iri(self, value: Iri) -> Iri:
        if self.type not in ("iri", "entity", "world", "choice"):
            raise self._refusal(value, f"a value of type {self.type}, not an IRI")
        return self._iri(value)

    def _of_text(self, text: str) -> Term:
        match self.type:
            case "text":
                return Literal(text)
            case "iri" | "entity" | "world":
                return self._iri(text)
            case "choice":
                return self._choice(text)
            case "boolean":
                return self._boolean(text)
            case "language":
                return Literal(self._matching(_LANGUAGE, text, "a language tag such as fr or pt-BR").lower())
            case "date":
                return self._date(text)
            case "number":
                return Literal(self._matching(_DECIMAL, text, "a number such as 12 or 0.5"), XSD.decimal)
            case "year":
                return integer(int(self._matching(_YEAR, text, "a year in four digits, such as 1967")))
            case _:
                return integer(int(self._matching(_INTEGER, text, "a whole number of at most 18 digits")))

    def _iri(self, text: str) -> Iri:
        full = expanded(text)
        if full is None:
            raise self._refusal(text, "an absolute IRI, or a CURIE with a known prefix")
        return full

    def _choice(self, text: str) -> Term:
        if text not in self.choices:
            raise self._refusal(text, "one of " + ", ".join(self.choices))
        return Literal(text) if self.of is None else Iri(self.of + text)

    def _boolean(self, text: str) -> Term:
        if text.lower() not in _TRUTH:
            raise self._refusal(text, "yes or no")
        return boolean(_TRUTH[text.lower()])

    def _date(self, text: str) -> Term:
        try:
            return Literal(date.fromisoformat(text).isoformat(), XSD.date)
        except ValueError:
            raise self._refusal(text, "a date such as 1967-04-24") from None

    def _matching(self, pattern: re.Pattern[str], text: str, wanted: str) -> str:
        if not pattern.fullmatch(text):
            raise self._refusal(text, wanted)
        return text

    def _refusal(self, text: str, wanted: str) -> UsageError:
        return UsageError(f"--{self.name}: “{text}” is not what is wanted: give {wanted}")


def expanded(text: str) -> Iri | None:
    """Return the IRI that text writes in full (with or without angle brackets) or as a CURIE; None for other text.

    >>> expanded("wd:Q111"), expanded("2001: A Space Odyssey")
    (Iri('http://www.wikidata.org/entity/Q111'), None)
    """
    text = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if not _IRI.fullmatch(text):
        return None
    prefix, _, local = text.partition(":")
    if prefix in PREFIXES and not local.startswith("//"):
        return Iri(PREFIXES[prefix] + local)
    return Iri(text) if local.startswith("//") or prefix in ("urn", "tag", "mailto") else None
