"""From outside text to RDF terms: the one door, and what it keeps out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.queries import Parameter
from kg.queries.binding import bound
from kg.queries.parameters import TYPES, expanded
from kg.store.embedded import Embedded
from kg.vocab import VERDICT, WD, XSD, Iri, Literal, Term


@pytest.mark.parametrize(
    ("type_", "text", "term"),
    [
        ("text", "a \"b'", Literal("a \"b'")),
        ("iri", "wd:Q111", WD.Q111),
        ("iri", "<https://example.org/é>", Iri("https://example.org/é")),
        ("entity", "https://example.org/a", Iri("https://example.org/a")),
        ("integer", "+007", Literal("7", XSD.integer)),
        ("number", "0.5", Literal("0.5", XSD.decimal)),
        ("boolean", "Yes", Literal("true", XSD.boolean)),
        ("boolean", "0", Literal("false", XSD.boolean)),
        ("date", "1967-04-24", Literal("1967-04-24", XSD.date)),
        ("year", "1967", Literal("1967", XSD.integer)),
        ("language", "pt-BR", Literal("pt-br")),
    ],
)
def test_makes_a_typed_term(type_: str, text: str, term: Term) -> None:
    assert Parameter("it", type_).term(text) == term


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("iri", "a> ?x ?y } #"), ("iri", "javascript"), ("iri", "http://a b"), ("iri", ""), ("entity", "Ulysse"),
        ("integer", "1e9"), ("integer", "9" * 200_000), ("integer", "١٢"), ("number", "1E999999999"), ("number", "NaN"),
        ("boolean", "maybe"), ("date", "1967-02-30"), ("date", "1967"), ("year", "67"), ("year", "196７"),
        ("language", "fr' || 1=1"), ("choice", "none"), ("text", "x" * 10_001),
    ],
)  # fmt: skip
def test_refuses_what_is_not_of_its_type(type_: str, text: str) -> None:
    with pytest.raises(UsageError, match="--it"):
        Parameter("it", type_, choices=("one",)).term(text)


def test_a_choice_may_stand_for_an_iri() -> None:
    assert Parameter("it", "choice", choices=("accurate",), of=Iri(str(VERDICT))).term("accurate") == VERDICT.accurate


def test_a_name_with_a_colon_is_no_curie() -> None:
    assert expanded("2001: A Space Odyssey") is None


@given(st.sampled_from(TYPES), st.text(max_size=40))
def test_whatever_is_accepted_stays_one_term_of_the_query(type_: str, text: str) -> None:
    parameter = Parameter("it", type_, choices=(text.strip(),))
    try:
        term = parameter.term(text)
    except UsageError:
        return
    asked = bound("SELECT ?x { VALUES ?v { 1 } BIND($it AS ?x) }", {"it": (term,)})
    ((found,),) = Embedded.memory().select(asked).rows
    assert found == term or (isinstance(found, Iri) and isinstance(term, Iri))
