"""Entries as TEI: the text to the letter, statements beside it, valid, and nothing that may not go out."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.export.teimarks import Mark, Marks
from kg.export.teitext import body
from tests import export_shapes as shapes
from tests.test_claims_spans import ENTRY, PAGE
from tests.test_export_release import kg, project

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Elements of TEI that the schema at hand leaves out, with others of it that stand and hold alike.
KIN = {"castList": "list", "castItem": "item", "actor": "name", "role": "rs", "g": "hi"}
WHOLE = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/>'
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>{}</TEI>"
)
NONE = Marks((), (), frozenset())


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("guide"), shapes.guide())


@pytest.fixture(scope="session")
def schema() -> etree.DTD:
    """Return the definition of TEI 4.8 that trafilatura brings: all but drama, characters and analysis."""
    found = find_spec("trafilatura")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the package that brings a definition of TEI is not installed")
    return etree.DTD(str(Path(found.submodule_search_locations[0]) / "data" / "tei_corpus.dtd"))


def read(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def characters(element: etree._Element) -> str:
    return "".join(element.itertext())


def faults(document: etree._Element, schema: etree.DTD) -> list[str]:
    for element in document.iter(etree.Element):
        name = etree.QName(element).localname
        element.tag = TEI + KIN.get(name, name)
        for key in ("ana", *(("type", "n") if name == "g" else ())):
            element.attrib.pop(key, None)
    plain = read(etree.tostring(document, encoding="unicode"))
    schema.validate(plain)
    return [str(error) for error in schema.error_log.filter_from_errors()]


def held(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)


# --- the text, to the letter --------------------------------------------------------------------------------------

signs = st.one_of(
    st.sampled_from(["\n", "\n\n", " ", "\t", "\r", "\u2028", "\xa0", "&", "<", "]]>", "--", "---\n", "\x00", "\x0b"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    st.sampled_from(["e\u0301", "火星", "🪨", "\ufffe", "Cast: ", "Ada ", "Title"]),
)
texts = st.lists(signs, max_size=30).map("".join)
stretches = st.tuples(st.integers(0, 60), st.integers(0, 60))
names = st.builds(
    lambda stretch, tag: Mark(*stretch, tag, (("ref", "https://example.org/a&b"),)),
    stretches,
    st.sampled_from(["persName", "placeName", "name", "actor", "role"]),
)


@given(texts, st.lists(names, max_size=8), st.lists(stretches, max_size=4), st.lists(st.integers(0, 60), max_size=9))
def test_a_body_has_every_character_in_its_order(
    schema: etree.DTD, text: str, names: list[Mark], items: list[tuple[int, int]], places: list[int]
) -> None:
    marks = Marks(tuple(names), tuple(sorted(items)), frozenset(["Title"]))
    pieces = "".join(body(text, marks, places))
    found = read(f'<text xmlns="http://www.tei-c.org/ns/1.0">{pieces}</text>')
    assert characters(found) == held(text)
    anchors = {it.get(XML_ID): characters_before(it) for it in found.iter(f"{TEI}anchor")}
    assert anchors == {f"char{place}": place for place in set(places) if place <= len(text)}
    assert faults(read(WHOLE.format(f"<text>{pieces}</text>")), schema) == []


def characters_before(anchor: etree._Element) -> int:
    return sum(len(text) for text in anchor.xpath("preceding::text()"))


@pytest.mark.parametrize(
    "text", ["<text><body>a</body></text>", "<text><body><p/><head/></body></text>", "<standOff/>"]
)
def test_the_definition_finds_what_is_wrong(schema: etree.DTD, text: str) -> None:
    assert faults(read(WHOLE.format(text)), schema)


def test_what_xml_cannot_hold_is_said() -> None:
    found = read("".join(body("a\x07b\ufffe", NONE)))
    assert [(it.get("n"), it.text) for it in found.iter("g")] == [("U+0007", "\ufffd"), ("U+FFFE", "\ufffd")]


def test_names_that_reach_into_each_other_leave_the_one_that_starts_first() -> None:
    marks = (Mark(0, 7, "name"), Mark(4, 12, "persName"), Mark(0, 3, "placeName"))
    text = "".join(body("the old man Kit", Marks(marks, (), frozenset())))
    assert text == "<body><p><name><placeName>the</placeName> old</name> man Kit</p></body>"


def test_two_things_of_one_name_are_one_element() -> None:
    marks = tuple(Mark(0, 3, "persName", (("ref", f"urn:{it}"),)) for it in "ab")
    assert '<persName ref="urn:a urn:b">Ada</persName>' in "".join(body("Ada", Marks(marks, (), frozenset())))


@pytest.mark.parametrize(
    ("text", "item", "is_list"),
    [
        ("Kit Lane (Ada)", "Kit Lane (Ada)", True),
        ("The cast of the radio play, as the sleeve of the record has it: Kit Lane (Ada)", "Kit Lane (Ada)", True),
        ("Long ago, Kit Lane played Ada.", "Kit Lane played Ada", False),
        ("Cast: Kit Lane, of whom nobody remembers anything at all.", "Kit Lane", False),
    ],
)
def test_prose_that_speaks_of_a_cast_is_no_cast_list(text: str, item: str, is_list: bool) -> None:
    start = text.index(item)
    found = "".join(body(text, Marks((), ((start, start + len(item)),), frozenset())))
    assert ("<castList>" in found) is is_list


@pytest.mark.parametrize("sign", [" ", "\t", "\n", "\n ", "a\n\n", "<", "\x00"])
def test_a_long_text_takes_its_time_in_proportion(sign: str) -> None:
    text = sign * (200_000 // len(sign))
    assert characters(read("".join(body(text, NONE)))) == held(text)


# --- documents ----------------------------------------------------------------------------------------------------


def test_an_entry_is_a_document_with_its_parts(guide: Path) -> None:
    found = read(kg("export", "-p", str(guide), "-f", "tei", "--entry", "lantern/s1e02").out)
    assert found.findtext(f".//{TEI}titleStmt/{TEI}title") == "Lantern: The Second Light"
    assert found.find(f".//{TEI}licence").get("target") == "https://creativecommons.org/licenses/by/4.0/"
    assert found.find(f".//{TEI}publicationStmt/{TEI}date").get("when") == "2031-05-04"
    assert found.find(f".//{TEI}language").get("ident") == "en"
    assert "code points" in characters(found.find(f".//{TEI}editorialDecl"))
    assert len(found.findall(f".//{TEI}annotation")) == 9


def test_every_pointer_leads_to_something_that_is_there(guide: Path) -> None:
    found = read(kg("export", "-p", str(guide), "-f", "tei").out)
    ids = [it.get(XML_ID) for it in found.iter() if it.get(XML_ID)]
    assert len(ids) == len(set(ids))
    pointers = [it.get("target", "") + it.get("ana", "") for it in found.iter(f"{TEI}annotation")]
    named = {name for pointer in pointers for name in re.findall(r"[\w.-]+", pointer.replace("range", ""))}
    assert named <= set(ids)


def test_a_statement_points_to_its_words(guide: Path) -> None:
    found = read(kg("export", "-p", str(guide), "-f", "tei", "--entry", "s1e02").out)
    text = characters(found.find(f"{TEI}text"))
    at = {
        it.findtext(f"{TEI}note"): re.findall(r"char(\d+)", it.get("target")) for it in found.iter(f"{TEI}annotation")
    }
    start, end = map(int, at["Beacon 2 commander Ada Byrne"])
    assert text[start:end] == "Ada Byrne flies Beacon 2."
    assert at["Beacon 2 destination Moon"] == ["131", "167"]


def test_what_may_not_go_out_is_left_out_and_said(guide: Path) -> None:
    answer = kg("export", "-p", str(guide), "-f", "tei")
    assert answer.status == 0
    assert "source/closed/page: left out, since its licence (All rights reserved) does not let" in answer.err
    assert "reportedly" not in answer.out
    alone = kg("export", "-p", str(guide), "-f", "tei", "--entry", "closed/page")
    assert (alone.status, alone.out) == (2, "")
    assert "All rights reserved" in alone.err


def test_the_bundled_guide_is_valid(bundled: Path, schema: etree.DTD, tmp_path: Path) -> None:
    assert kg("export", "-p", str(bundled), "-f", "tei", "-o", str(tmp_path / "guide.xml.gz")).status == 0
    assert kg("export", "-p", str(bundled), "-f", "tei", "-o", str(tmp_path / "all")).status == 0
    whole = etree.parse(str(tmp_path / "guide.xml.gz")).getroot()
    assert whole.tag == f"{TEI}teiCorpus"
    files = sorted((tmp_path / "all").rglob("*.xml"))
    assert len(files) == len(whole.findall(f"{TEI}TEI")) == 6
    assert faults(whole, schema) == []
    for path in files:
        assert faults(etree.parse(str(path)).getroot(), schema) == []


def test_the_cast_list_of_an_entry_names_its_players(bundled: Path) -> None:
    found = read(kg("export", "-p", str(bundled), "-f", "tei", "--entry", "s1e01").out)
    items = found.findall(f".//{TEI}castList/{TEI}castItem")
    assert len(items) == 15
    voice = next(it for it in items if characters(it).startswith("Tiphaine Daviot"))
    assert characters(voice.find(f"{TEI}role")) == "voice of Irene"
    assert voice.find(f"{TEI}role/{TEI}persName").get("ref").endswith("missions/character/irene")
    assert [characters(it) for it in found.iter(f"{TEI}head")] == ["Ulysse", "Cast: "]


# --- real files ---------------------------------------------------------------------------------------------------

FRONT = "---\nseries: Comet\nseason: 1\nnumber: {}\nlicence: CC BY 4.0\n---\n"
WRITTEN = {
    "lf": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "decomposed": lambda text: text.replace("É", "E\u0301").replace("é", "e\u0301").encode(),
}


@pytest.fixture(scope="module")
def comet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a guide whose entries say the same in files of many kinds."""
    folder = tmp_path_factory.mktemp("comet")
    (folder / "entries").mkdir()
    (folder / "kg.toml").write_text('title = "Comet"\nbase = "https://guide.net/id/"\n', encoding="utf-8")
    for number, (kind, encoded) in enumerate(WRITTEN.items(), start=1):
        (folder / "entries" / f"{kind}.txt").write_bytes(encoded(FRONT.format(number) + ENTRY))
    (folder / "entries" / "page.html").write_text(PAGE, encoding="utf-8")
    assert kg("build", "-p", str(folder)).status in (0, 1)
    return folder


@pytest.mark.parametrize("kind", WRITTEN)
def test_positions_count_the_characters_of_the_text(comet: Path, kind: str) -> None:
    text = WRITTEN[kind](FRONT.format(list(WRITTEN).index(kind) + 1) + ENTRY).decode("utf-8-sig").replace("\r\n", "\n")
    found = read(kg("export", "-p", str(comet), "-f", "tei", "--entry", kind).out)
    assert characters(found.find(f"{TEI}text")) == text
    for mark in found.iter(f"{TEI}actor"):
        assert characters(mark) in ("Bo Lind", "Ann Pell")
    assert [it.get("when") for it in found.iter(f"{TEI}date") if it.text is None] == ["1931"]


def test_a_page_without_a_licence_stays_here(comet: Path) -> None:
    answer = kg("export", "-p", str(comet), "-f", "tei", "--entry", "page")
    assert (answer.status, answer.out) == (2, "")
    assert "left out, since it has no licence that lets its text be passed on" in answer.err


def test_entries_that_share_a_file_are_each_a_part_of_it(tmp_path: Path) -> None:
    """A file of many entries would otherwise go out as often as it has entries."""
    front = "---\nlicence: CC BY 4.0\n---\n"
    text = front + (Path(__file__).parent / "entries" / "archive.txt").read_text(encoding="utf-8")
    (tmp_path / "entries").mkdir()
    (tmp_path / "kg.toml").write_text('title = "Archive"\nbase = "https://guide.net/id/"\n', encoding="utf-8")
    (tmp_path / "entries" / "archive.txt").write_text(text, encoding="utf-8")
    assert kg("build", "-p", str(tmp_path)).status in (0, 1)
    found = read(kg("export", "-p", str(tmp_path), "-f", "tei").out).findall(f"{TEI}TEI")
    parts = [characters(it.find(f"{TEI}text")) for it in found]
    assert len(parts) == 2
    assert "".join(parts) == text
    assert ["Windfall" in part for part in parts] == ["Graft" not in part for part in parts] == [True, False]
