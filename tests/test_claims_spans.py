"""Spans count code points of the text as it is kept, whatever the file looked like."""

from __future__ import annotations

import pytest

from kg.claims import Scene, entry_claims
from kg.iris import Names
from kg.parse import Gazetteer, document, entries
from kg.vocab import PH, Iri, Literal, Term

NAMES = Names("https://example.org/id/")
ENTRY = """Comet Season 1

The Fall

CometA rock 🪨 falls on 𝔄rden in 1931, and Ivo Marr is sent to look.

written by Ann Pell
music by Élodie Brûlé

CometCast: Bo Lind (Ivo Marr), Ann Pell (voice of Zed 🜨)

CometNotes: Ivo Marr (1901-1960) was a real pilot.

LogBook entry by Cy Orr
"""
FRONT = "---\nseries: Comet\nseason: 1\nnumber: 2\n---\n"
PAGE = """<html><head><title>Comet</title></head><body><h1>The Fall</h1>
<p><img src="c.png" alt="Comet">A rock 🪨 falls in 1931, &amp; Ivo Marr is sent.</p>
<p>written by Ann Pell</p>
<p><img src="c.png" alt="Comet"><strong>Cast:</strong> Bo Lind (Ivo Marr), Ann Pell (voice of Zed)</p>
<p>LogBook entry by Cy Orr</p></body></html>"""

FILES = {
    "LF": ("e.txt", ENTRY.encode()),
    "CRLF": ("e.txt", ENTRY.replace("\n", "\r\n").encode()),
    "old Mac line ends": ("e.txt", ENTRY.replace("\n", "\r").encode()),
    "byte order mark": ("e.txt", b"\xef\xbb\xbf" + ENTRY.encode()),
    "front matter": ("e.txt", (FRONT + ENTRY).encode()),
    "decomposed letters": ("e.txt", ENTRY.replace("É", "E\u0301").replace("é", "e\u0301").encode()),
    "HTML": ("e.html", PAGE.encode()),
}


def described(name: str, data: bytes) -> tuple[str, dict[Iri, dict[Iri, Term]]]:
    found = document(name, data)
    (entry,) = entries(found, Gazetteer(()))
    anchors = entry_claims(Scene(NAMES, found, entry, "e", "Comet")).anchors
    spans: dict[Iri, dict[Iri, Term]] = {}
    for quad in anchors:
        spans.setdefault(Iri(quad.subject), {})[quad.predicate] = quad.object
    return found.text, {span: said for span, said in spans.items() if PH.start in said}


@pytest.mark.parametrize(("name", "data"), FILES.values(), ids=FILES)
def test_the_words_of_a_span_are_what_stands_there(name: str, data: bytes) -> None:
    text, spans = described(name, data)
    assert len(spans) >= 4
    for span, said in spans.items():
        start, end, quote = (said[term] for term in (PH.start, PH.end, PH.quote))
        assert isinstance(start, Literal)
        assert isinstance(end, Literal)
        assert isinstance(quote, Literal)
        assert span.endswith(f"#char={start.value},{end.value}")
        assert quote.value == text[int(start.value) : int(end.value)]


@pytest.mark.parametrize("kind", ["CRLF", "old Mac line ends", "byte order mark"])
def test_line_ends_and_marks_move_nothing(kind: str) -> None:
    assert described(*FILES[kind])[1] == described(*FILES["LF"])[1]
