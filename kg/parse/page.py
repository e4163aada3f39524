r"""An HTML page turned into the text that a reader saves, with its picture labels known instead of guessed.

>>> found = page("a.html", "<p><img alt='Comet Patrol'>A rock falls.</p><p>written by Ann Pell<br>music by Bo Lind</p>")
>>> found.text, found.labels
('A rock falls.\n\nwritten by Ann Pell\nmusic by Bo Lind', ('Comet Patrol',))
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from kg.errors import EntryError
from kg.model import Document
from kg.parse.shops import shops

_LINES = frozenset(
    "p div h1 h2 h3 h4 h5 h6 article section header main li ul ol dl dt dd table tr blockquote pre figure"
    " figcaption address hr td th".split()
)
_SILENT = frozenset(
    "script style nav aside form noscript template head iframe object svg math select button textarea footer".split()
)
_CATEGORY = re.compile(r"\bcat(?:egory)?-?links?\b|\bcategories\b|\bpost-categories\b")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LONGEST_LABEL = 90
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def page(name: str, markup: str) -> Document:
    """Return the text of an HTML page. Raises EntryError where it has none."""
    markup = _DECLARATION.sub("", markup, count=1)
    try:
        root = lxml_html.document_fromstring(markup, parser=lxml_html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EntryError(name, f"the page cannot be read as HTML ({error})") from error
    writer = _Writer()
    articles = [found for found in root.iter("article") if not any(True for _ in found.iterancestors("article"))]
    for part in articles or list(root.iter("main"))[:1] or [root]:
        writer.write(part)
    text = writer.text()
    if not text:
        raise EntryError(name, "the page holds no text")
    return Document(name, text, derived=True, labels=tuple(dict.fromkeys(writer.labels)))


class _Writer:
    """Collects text; blocks are parted by a blank line, breaks by a line end, runs of white space are one space."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self._pieces: list[str] = []
        self._pending = ""
        self._silent = 0
        self._categories = 0

    def text(self) -> str:
        """Return what was written."""
        return "".join(self._pieces).strip()

    def write(self, root: etree._Element) -> None:
        """Write an element and all that is in it, without recursion: pages can be nested deeply."""
        self._line("\n\n")
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                if event == "end":
                    self._words(element.tail)
            elif event == "start":
                self._start(element)
            else:
                self._end(element)
                if element is not root:
                    self._words(element.tail)
        self._line("\n\n")

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            return
        elif tag == "img":
            self._label(element)
        elif tag == "br":
            self._line("\n")
        elif tag in _LINES:
            self._line("\n\n")
        if self._lists_categories(element):
            self._categories += 1
        if self._categories and tag == "a":
            self._category()
        self._words(element.text)

    def _end(self, element: etree._Element) -> None:
        if element.tag in _SILENT:
            self._silent -= 1
        elif element.tag in _LINES:
            self._line("\n\n")
        if self._lists_categories(element):
            self._categories -= 1
            self._line("\n\n")

    def _lists_categories(self, element: etree._Element) -> bool:
        return _CATEGORY.search(element.get("class") or "") is not None

    def _category(self) -> None:
        """Part two categories by a bar, where saved text has nothing between them."""
        written = self._pieces[-1] if self._pieces else ""
        if written.rstrip().endswith("Categories") or not written.strip():
            return
        self._pending = " | " if not self._pending.startswith("\n") else self._pending

    def _label(self, element: etree._Element) -> None:
        words = _SPACES.sub(" ", element.get("alt") or "").strip()
        if words and len(words) <= _LONGEST_LABEL and not shops(words, 0, len(words)):
            self.labels.append(words)

    def _line(self, ends: str) -> None:
        if self._pieces and len(ends) > len(self._pending.strip(" ")):
            self._pending = ends

    def _words(self, words: str | None) -> None:
        if not words or self._silent:
            return
        folded = _SPACES.sub(" ", words)
        if folded == " " or (not folded.strip(" ,|/•·") and self._categories):
            self._pending = self._pending or " "
            return
        if self._pending:
            self._pieces.append(self._pending)
            folded = folded.lstrip(" ")
        elif folded.startswith(" ") and self._pieces and self._pieces[-1].endswith(" "):
            folded = folded.lstrip(" ")
        self._pending = " " if folded.endswith(" ") else ""
        self._pieces.append(folded.rstrip(" "))
