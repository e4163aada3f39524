"""Files as they come: encodings, front matter, HTML pages, and what is refused."""

from __future__ import annotations

import pytest

from kg.errors import EntryError
from kg.parse import document, layouts


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff \u200b".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "binary"),
        (b"It rains.\x00It stops.", "binary"),
        ("Zoë rains".encode("latin-1"), "UTF-8"),
        ("It rains".encode("utf-16"), "UTF-16"),
        (b"---\nseries: A\n", "not closed"),
        (b"---\nseries: A\nseries: B\n---\nx", "twice"),
        (b"---\nserie: A\n---\nx", "no key"),
        (b"---\nnumber: four\n---\nx", "whole number"),
        (b"---\nseries: [a, b]\n---\nx", "key: value"),
        (b"---\nseries: &a b\ntitle: *a\n---\nx", "key: value"),
        (b"---\nseries: !!python/object:os.system x\n---\nx", "key: value"),
        (b"---\nseries: 'a\n---\nx", "cannot be read"),
        (b"---\n" + b"[" * 5000 + b"\n---\nx", "key: value"),
        (b"<html><body><script>x</script></body></html>", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, problem: str) -> None:
    with pytest.raises(EntryError) as caught:
        document("t.txt", data)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_encoding_is_placed() -> None:
    with pytest.raises(EntryError) as caught:
        document("t.txt", "It rains.\nZoë is wet.".encode("latin-1"))
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_byte_order_mark_and_line_ends_are_made_one() -> None:
    assert document("t.txt", b"\xef\xbb\xbfa\r\nb\rc\nd").text == "a\nb\nc\nd"


def test_front_matter_keeps_texts_as_written() -> None:
    found = document("t.txt", b"---\nseries: NO\nnumber: 012\nlicence: 'CC0'\n# a remark\n---\nIt rains.\n")
    assert dict(found.front) == {"series": "NO", "number": "012", "licence": "CC0"}
    assert found.text[found.body :] == "It rains.\n"


PAGE = """<!DOCTYPE html><html><head><title>x</title><script>var a = "Cast: b (c)";</script></head><body><nav>Home</nav>
<article><span class="cat-links">Categories <a>Season 02</a> <a>Comet Patrol</a></span><h1>Ice &amp; Fire</h1>
<div class="entry-content"><p><img src="a.jpg" alt="Comet Patrol">A <em>rock</em> falls. It &quot;sings&quot;.</p>
<p><a href="x"><img alt="Order the DVD"></a>written by Ann Pell<br>directed by <b>Bo</b> Lind</p>
<p><img alt="Comet Patrol"><b>Cast:</b> Mara Voss (Ivo), Ted Rusk (Guard #1)</p>
<p>LogBook entry by Uma Thorn</p></div></article><footer>Cast: nobody (x)</footer></body></html>"""


def test_an_html_page_is_read_without_guesses() -> None:
    page = document("t.html", PAGE.encode())
    (found,) = layouts(page)
    assert (found.series, found.label, found.season) == ("Comet Patrol", "Comet Patrol", 2)
    assert found.title is not None
    assert found.title.text == "Ice & Fire"
    assert [part.text for part in found.synopsis] == ['A rock falls. It "sings".']
    assert [one.heading for one in found.credits] == ["written by", "directed by"]
    assert [item.performer.text for item in found.cast] == ["Mara Voss", "Ted Rusk"]
    assert page.derived
    assert not any(one.code.startswith("label") for one in found.diagnostics)


def test_an_html_page_can_hold_many_entries() -> None:
    article = PAGE[PAGE.index("<article>") : PAGE.index("<footer>")]
    assert len(list(layouts(document("t.html", ("<html><body>" + article * 3).encode())))) == 3


ONE = (
    "Categories Comet Patrol Season 1\n\nIce\n\nComet PatrolIt rains on the dome.\n\nwritten by Ann Pell\n\n"
    "LogBook entry by Mara Voss"
)
TWO = (
    "Fog\n\nStar HotelNobody comes to the dome.\n\nwritten by Bo Lind\n\nCast: Ann Pell (Ivo)\n\n"
    "LogBook entry by Mara Voss"
)


@pytest.mark.parametrize(
    "between", ["\n\n", " […]\n\n", "\n\nSave $9 at Foo Hosting!\n\n", "\n\nYou May Also Like\n\n"]
)
@pytest.mark.parametrize(("first", "second"), [(ONE, TWO), (TWO, ONE), (TWO, TWO), (ONE, ONE)])
def test_a_page_can_hold_several_entries(first: str, second: str, between: str) -> None:
    found = list(layouts(document("t.txt", (first + between + second).encode())))
    titles = {ONE: "Ice", TWO: "Fog"}
    assert [one.title.text for one in found if one.title] == [titles[first], titles[second]]
    assert [len(one.credits) for one in found] == [1, 1]


def test_excerpts_end_where_they_were_cut() -> None:
    page = "Ice\n\nComet PatrolIt rains on the dome and Ma […]\n\nFog\n\nComet PatrolNobody comes to the do […]\n\n"
    found = list(layouts(document("t.txt", ("---\nseries: Comet Patrol\n---\n" + page).encode())))
    assert [(one.title.text, one.synopsis[0].text) for one in found if one.title] == [
        ("Ice", "It rains on the dome and Ma"), ("Fog", "Nobody comes to the do"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (
            "March 3, 1970: Star Hotel is shown for the first time.\n\n"
            "March 4, 1970: A rocket is launched from the coast.",
            "timeline",
        ),
        ("Star Hotel premieres. This series is not yet covered in the LogBook.", "not covered"),
        ("---\nurl: https://guide.example/1970/03/03/\n---\nStar HotelIt is shown for the first time.", "address"),
        ("Save $9 at Foo Hosting! Click here to read more about it.", "no "),
        ("Nothing Found\n\nSorry, but nothing matched your search terms.", "no credits"),
        ("Search", "no "),
    ],
)
def test_a_page_that_is_no_entry_is_refused_with_a_reason(page: str, problem: str) -> None:
    with pytest.raises(EntryError) as caught:
        list(layouts(document("t.txt", page.encode())))
    assert problem in str(caught.value)


def test_entries_are_read_one_after_the_other() -> None:
    found = layouts(document("t.txt", (ONE + "\n\n").encode() * 3))
    assert next(found).title is not None
    assert sum(1 for _ in found) == 2
