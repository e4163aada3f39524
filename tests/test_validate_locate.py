"""From a finding to the words behind it: file, line, column, the quote, and the editor's line."""

from __future__ import annotations

import pytest

from kg.store.embedded import Embedded
from kg.validate import Finding, Located, locate
from kg.validate.locate import passage
from kg.validate.paths import Inverse, Step
from kg.vocab import OWL, PH, PROV, RDF, RDFS, SH, Iri, Literal, Quad, integer

BASE = "https://example.org/id/"
TEXT = "The first line.\nEva Müller flies 🚀 far;\nshe lands."
SHIP, EVA, CLAIM, OTHER = (Iri(BASE + name) for name in ("ship", "eva", "claim/1", "claim/2"))
CATALOGUE, ANCHORS, WORLD, FILE = (Iri(BASE + name) for name in ("catalogue", "anchors/a", "world/actual", "a.txt"))


def span(start: int, end: int) -> Iri:
    return Iri(f"{FILE}#char={start},{end}")


def claim(name: Iri, source: Iri, *triples: tuple[Iri, Iri, Iri | Literal]) -> list[Quad]:
    said = [Quad(*triple, name) for triple in triples]
    return [*said, Quad(name, PH.assertedIn, WORLD, CATALOGUE), Quad(name, PROV.wasDerivedFrom, source, CATALOGUE)]


def anchored(start: int, end: int) -> list[Quad]:
    it = span(start, end)
    return [
        Quad(it, PH.inText, FILE, ANCHORS),
        Quad(it, PH.start, integer(start), ANCHORS),
        Quad(it, PH.end, integer(end), ANCHORS),
    ]


STORE = Embedded.memory([
    Quad(FILE, PH.fileName, Literal("entries/a.txt"), ANCHORS), Quad(FILE, PH.text, Literal(TEXT), ANCHORS),
    *anchored(16, 26), *anchored(33, 38),
    *claim(CLAIM, span(16, 26), (SHIP, PH.commander, EVA)),
    *claim(OTHER, span(33, 38), (SHIP, PH.launch, Literal("1967")), (SHIP, PH.vehicle, SHIP)),
    *claim(Iri(BASE + "claim/3"), Iri(BASE + "source/book"), (EVA, PH.birth, Literal("1927"))),
    *claim(Iri(BASE + "claim/4"), span(33, 38), (Iri(BASE + "no"), OWL.sourceIndividual, EVA),
           (Iri(BASE + "no"), OWL.assertionProperty, PH.hadAnomaly), (Iri(BASE + "no"), OWL.targetIndividual, SHIP)),
    Quad(Iri(BASE + "source/book"), RDFS.label, Literal("A book"), CATALOGUE),
    Quad(EVA, RDFS.label, Literal("Eva Müller"), Iri(BASE + "background")),
    Quad(CLAIM, PH.writtenAt, Iri(BASE + "line"), ANCHORS), Quad(Iri(BASE + "line"), PH.line, integer(31), ANCHORS),
    Quad(Iri(BASE + "line"), PH.fileName, Literal("entries/a.claims.md"), ANCHORS),
])  # fmt: skip


def found(focus: Iri | Literal, path: Step | Inverse | None = None, value: Iri | Literal | None = None) -> Located:
    finding = Finding(focus, path, value, SH.ClassConstraintComponent, SH.Violation, Iri("urn:shape"))
    return next(locate([finding], STORE))


def test_statement_leads_to_file_line_column_and_words() -> None:
    words = found(SHIP, Step(PH.commander), EVA).passages[0]
    assert (words.file, words.line, words.column, words.end_column) == ("entries/a.txt", 2, 1, 11)
    assert (words.quote, words.lines) == ("Eva Müller", ("Eva Müller flies 🚀 far;",))


def test_statement_leads_to_the_line_that_an_editor_wrote() -> None:
    assert [(it.file, it.line) for it in found(SHIP, Step(PH.commander), EVA).written] == [("entries/a.claims.md", 31)]


@pytest.mark.parametrize(
    ("finding", "quote"),
    [
        (found(SHIP, Step(PH.launch), Literal("1967")), "🚀 far"),
        (found(SHIP, Step(PH.launch)), "🚀 far"),
        (found(EVA, Inverse(Step(PH.commander)), SHIP), "Eva Müller"),
        (found(SHIP, None, EVA), "Eva Müller"),
        (found(CLAIM), "Eva Müller"),
        (found(span(33, 38)), "🚀 far"),
        (found(EVA, Step(PH.hadAnomaly), SHIP), "🚀 far"),
        (found(EVA, Step(PH.death)), "Eva Müller"),
    ],
    ids=["value", "property", "inverse", "value-only", "claim", "span", "negative", "node"],
)
def test_words_are_found_by(finding: Located, quote: str) -> None:
    assert quote in [words.quote for words in finding.passages]


def test_outside_source_is_named() -> None:
    assert found(EVA, Step(PH.birth)).sources == ("A book",)


def test_node_and_value_are_called_by_their_names() -> None:
    it = found(SHIP, Step(PH.commander), EVA)
    assert (it.node, it.value) == (SHIP, "Eva Müller")


def test_what_nobody_said_has_no_words() -> None:
    it = found(Iri("urn:nobody"), Step(RDF.type))
    assert (it.passages, it.written, it.sources) == ((), (), ())


@pytest.mark.parametrize(
    ("start", "end", "place"), [(0, 3, (1, 1, 1, 4)), (11, 19, (1, 12, 2, 4)), (15, 16, (1, 16, 2, 1))]
)
def test_place_counts_lines_and_code_points_from_one(start: int, end: int, place: tuple[int, ...]) -> None:
    it = passage("a", TEXT, start, end)
    assert (it.line, it.column, it.end_line, it.end_column) == place
