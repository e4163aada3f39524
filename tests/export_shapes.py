"""Data for the tests of kg.export: strategies for terms and quads, and a small graph in the shape of docs/model.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import rdflib
from hypothesis import strategies as st
from pyld import jsonld

from kg.store.embedded import FORMATS as ENGINE_FORMATS
from kg.store.embedded import Embedded, quad_in, read_rdf
from kg.vocab import DEFAULT_BASE, EDTF, PH, PREFIXES, RDF, RDFS, SKOS, XSD, Blank, Iri, Literal, Quad

BASE = DEFAULT_BASE
NAMES = {**PREFIXES, "id": BASE}

HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    'ends with "',
    "\\",
    "\\n",
    "a\\",
    "a\nb",
    "a\r\nb",
    "tab\tquote\" 'x'",
    "]]>&<b>",
    "é Ὀδυσσεύς 火星 😀",
    "\u200f\u0301",
    "true",
    "12",
    "_:b",
    "<http://a/>",
    "a <http://b/>",
    ' <x" .',
    '\n\\n"""\n"',
]
CONTROLS = ["\x00", "\x07\x08\x0b\x0c\x1b", "\x7f", "\ufffe\uffff"]

iris = st.sampled_from(
    [
        BASE,
        BASE + "person/eva-müller",
        BASE + "source/x.txt#char=1,2",
        BASE + "a//b",
        BASE + "../up",
        BASE + "a:b/c",
        BASE + "x?q=1#f",
        BASE + "./dot",
        BASE + "tail/",
        "https://example.org/",
        "https://example.org/a.",
        "urn:x:y",
        "mailto:a@b",
        "schema:clash",
        "id:clash",
        str(PH) + "depicts",
        str(PH) + "a/b",
        str(PH) + "-x",
        str(PH) + "1",
        str(RDFS) + "label",
        str(XSD) + "integer",
        "http://example.org/a%20b",
        "http://example.org/火星",
        "https://例え.jp/火星?q=é#ü",
        "https://xn--r8jz45g.jp/",
        "https://example.org/a%C3%A9",
        "HTTP://Example.org:80/../a/./b",
        "https://example.org/it's-(a)*b+c,d;e=f!$&@~:",
        "https://example.org",
        "urn:Ünïcode:\u0301",
        str(PH) + "Ünïcode",
        str(PH) + "a.b",
        str(PH) + "a%20b",
        str(PH) + "·",
        "tag:x,2020:y",
    ]
).map(Iri)
predicates = st.sampled_from(
    [
        RDF.type,
        RDFS.label,
        SKOS.prefLabel,
        PH.depicts,
        PH.birth,
        PH.billing,
        Iri("http://example.org/no-prefix"),
        Iri("http://example.org/a/b"),
        Iri("urn:p:q"),
    ]
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20))
datatypes = st.sampled_from(
    [
        XSD.string,
        XSD.integer,
        XSD.decimal,
        XSD.double,
        XSD.float,
        XSD.boolean,
        XSD.date,
        XSD.dateTime,
        XSD.duration,
        XSD.positiveInteger,
        EDTF.EDTF,
        Iri("urn:dt"),
        Iri("http://example.org/a%20b?x=1&y=2"),
    ]
)
numbers = st.sampled_from(
    [
        "1",
        "01",
        "+1",
        "-0",
        "1.50",
        "1.",
        ".5",
        "1e3",
        "1.0E0",
        "true",
        "1",
        "12345678901234567890",
        "INF",
        "-0.0",
        "NaN",
        "9" * 60,
        "0." + "3" * 40,
        "2020-01-01T00:00:00.500+00:00",
        "2020-01-01T24:00:00",
        "P1Y12M",
        "-0044-03-15",
    ]
)
literals = st.one_of(
    texts.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        texts,
        st.sampled_from(["en", "fr", "de-ch", "x-a1", "zh-hant-tw"]),
    ),
    st.builds(Literal, st.one_of(numbers, texts), datatypes),
)
graphs = st.sampled_from([Iri(""), Iri(BASE + "background"), Iri(BASE + "claim/1"), Iri("urn:g")])
quads = st.builds(Quad, iris, predicates, st.one_of(iris, literals), graphs)
datasets = st.lists(quads, max_size=12)
blanks = st.sampled_from([*(Blank(f"_:b{number}") for number in range(4)), Blank("_:" + "longerlabel" * 30)])
blank_datasets = st.lists(
    st.builds(Quad, st.one_of(blanks, iris), st.sampled_from([PH.p, PH.q]), st.one_of(blanks, blanks, iris), graphs),
    max_size=9,
)


def read(text: str, syntax: str) -> set[Quad]:
    """Return what pyoxigraph reads."""
    return {quad_in(quad) for quad in ox.parse(text.encode(), ENGINE_FORMATS[syntax])}


def read_rdflib(text: str, syntax: str) -> set[tuple[object, ...]]:
    """Return what rdflib reads, each term to the letter."""
    names = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt11"}
    if syntax in ("turtle", "ntriples", "rdfxml"):
        graph = rdflib.Graph().parse(data=text, format=names.get(syntax, syntax))
        return {(*map(letter, triple), "") for triple in graph}
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=names.get(syntax, syntax))
    return quads_of(dataset)


def quads_of(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    """Return the quads of an rdflib dataset, each term to the letter."""
    return {
        (*map(letter, (s, p, o)), "" if g in (None, rdflib.URIRef("urn:x-rdflib:default")) else str(g))
        for s, p, o, g in dataset.quads()
    }


def letter(term: object) -> tuple[str, ...]:
    """Return an rdflib term as its lexical form, language and datatype (none and xsd:string are one)."""
    if not isinstance(term, rdflib.Literal):
        return (str(term),)
    datatype = "" if term.datatype in (None, rdflib.XSD.string) else str(term.datatype)
    return str(term), term.language or "", datatype


def read_pyld(text: str) -> str:
    """Return what PyLD reads from JSON-LD, as canonical N-Quads."""
    found = jsonld.normalize(json.loads(text), {"algorithm": "URDNA2015", "format": "application/n-quads"})
    assert isinstance(found, str)
    return found


def triples(found: Iterable[Quad]) -> set[Quad]:
    """Return the quads with their graphs forgotten."""
    return {quad._replace(graph=Iri("")) for quad in found}


GUIDE = Path(__file__).parent / "golden" / "export" / "guide.trig"


def guide() -> list[Quad]:
    """Return the small guide of tests/golden/export."""
    return list(read_rdf(GUIDE.read_bytes(), "trig", GUIDE.name, Iri("")))


def built(folder: Path, found: Iterable[Quad]) -> Path:
    """Make a folder of builds whose current one holds the quads, and return it."""
    (folder / "one").mkdir(parents=True)
    Embedded.create(folder / "one" / "store", found)
    (folder / "one" / "build.json").write_text(json.dumps({"base": BASE}), encoding="utf-8")
    (folder / "current").write_text("one\n", encoding="utf-8")
    return folder
