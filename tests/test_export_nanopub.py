"""Each claim as a nanopublication that a library accepts and that gives the same claim back."""

from __future__ import annotations

import pytest
import rdflib

from kg.export import rows, write
from kg.export.claims import Claim, claims
from kg.export.nanopub import Imprint, claims_of, nanopub, nanopubs
from kg.vocab import DCTERMS, OA, Iri, Literal, Quad
from tests import export_shapes as shapes

IMPRINT = Imprint(
    "2031-05-04T12:00:00Z", "https://creativecommons.org/licenses/by/4.0/", (Iri("https://example.org/us"),)
)
CLAIMS = claims(rows(shapes.guide()))


def trig(quads: list[Quad]) -> str:
    return "".join(write(quads, "trig", shapes.NAMES))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda it: it.iri.rpartition("/")[2])
def test_the_same_claim_comes_out(claim: Claim) -> None:
    (found,) = claims_of(shapes.read(trig(list(nanopub(claim, IMPRINT))), "trig"))
    assert (found.iri, found.world, found.force, found.statements) == (
        claim.iri,
        claim.world,
        claim.force,
        claim.statements,
    )
    assert set(found.about) == set(claim.about)
    assert [it.start for it in found.evidence] == [it.start for it in claim.evidence]
    assert [it.source for it in found.evidence] == [it.source for it in claim.evidence]


def test_a_licence_may_be_said_in_words() -> None:
    quads = list(nanopub(CLAIMS[0], Imprint("2031-05-04T12:00:00Z", "CC BY 4.0")))
    assert [quad.object for quad in quads if quad.predicate == DCTERMS.license] == [Literal("CC BY 4.0")]
    assert "CC BY 4.0" in trig(quads)


def test_words_go_out_where_the_licence_allows_it() -> None:
    quads = list(nanopubs(CLAIMS, IMPRINT))
    quotes = {quad.object for quad in quads if quad.predicate == OA.exact}
    assert Literal("Ada Byrne flies Beacon 2.") in quotes
    assert not any("reportedly" in str(quote) for quote in quotes)
    assert len({quad.graph for quad in quads}) == 4 * len(CLAIMS)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda it: it.iri.rpartition("/")[2])
def test_a_library_accepts_it(claim: Claim) -> None:
    library = pytest.importorskip("nanopub", reason="the nanopub library is an extra")
    graph = rdflib.ConjunctiveGraph()
    graph.parse(data=trig(list(nanopub(claim, IMPRINT))), format="trig")
    found = library.Nanopub(rdf=graph)
    assert found.is_valid
    assert str(found.metadata.assertion) == claim.iri
    back = found.rdf.serialize(format="nquads")
    assert next(claims_of(shapes.read(back, "nquads"))).statements == claim.statements
