"""The text of an entry as the text element of TEI: every character of it, in its order, and nothing between.

Paragraphs, the heading and the cast list are elements; what stands between them is white space alone and stays where it
is. Names that reach into each other cannot both be elements: the longer one that starts first is, and the other stands
beside the text only. What XML cannot hold is a ``g`` element that says which character it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.export.teimarks import Mark, Marks

_FRONT = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?=\n|\Z)")
_NO_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_IN_TEXT = re.compile(f"[&<>\r]|{_NO_XML}")
_IN_ATTRIBUTE = re.compile(f'[&<>"\t\r\n]|{_NO_XML}')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_OF_CAST = ("actor", "role")  # which stand in items of cast lists and nowhere else
_MOSTLY = 0.5  # of a cast list are its items; what stands between them is less


def escaped(text: str) -> str:
    """Return text as it may stand in elements and attributes; what XML cannot hold is U+FFFD there."""
    return _IN_ATTRIBUTE.sub(lambda found: _NAMED.get(found[0], "\ufffd"), text)


def body(
    content: str, marks: Marks, places: Iterable[int] = (), *, start: int = 0, end: int | None = None, prefix: str = ""
) -> Iterator[str]:
    """Yield a text from ``start`` to ``end`` as a body; each of ``places`` gets an anchor, named after its position."""
    last = len(content) if end is None else end
    within = (it for it in places if start <= it <= last)
    return _Body(content, marks, within, prefix).pieces(start, last)


class _Body:
    """One pass over a text: what is written moves from its start to its end, and so do the anchors."""

    def __init__(self, content: str, marks: Marks, places: Iterable[int], prefix: str) -> None:
        self._content, self._prefix, self._titles, self._items = content, prefix, marks.titles, marks.items
        self._names = _merged(marks.names)
        self._starts = [it.start for it in self._names]
        self._places = sorted(set(places), reverse=True)

    def pieces(self, start: int, end: int) -> Iterator[str]:
        divided = filled = False
        yield "<body>"
        for block in _blocks(self._content, start, end):
            if block.blank:
                yield from self._text(block.start, block.end)
                continue
            if self._content[block.start : block.end].strip() in self._titles:
                yield "</div><div>" if divided else "<div>"
                yield from self._element("head", block.start, block.end)
                divided = True
            elif items := self._cast(block):
                yield from self._cast_list(items, block)
            else:
                yield from self._element("ab" if block.front else "p", block.start, block.end)
            filled = True
        yield from self._anchors(end + 1)
        yield "<ab/>" * (not filled) + "</div>" * divided + "</body>"

    # --- blocks -----------------------------------------------------------------------------------------------

    def _element(self, tag: str, start: int, end: int) -> Iterator[str]:
        yield f"<{tag}>"
        yield from self._inline(start, end)
        yield f"</{tag}>"

    def _cast(self, block: _Block) -> list[tuple[int, int]]:
        """Return the items of a cast list, where a block is one."""
        found: list[tuple[int, int]] = []
        for place in range(bisect_left(self._items, (block.start, 0)), bisect_left(self._items, (block.end, 0))):
            start, end = self._items[place]
            if start < end <= block.end and (not found or start >= found[-1][1]):
                found.append((start, end))
        return found if found and self._heads(found, block) else []

    def _heads(self, items: list[tuple[int, int]], block: _Block) -> bool:
        """Whether a block is its items and a heading before them, not prose that speaks of a cast."""
        first = items[0][0]
        heading = self._content[block.start : first].strip()
        filled = sum(end - start for start, end in items)
        return heading[-1:] in ("", ":") and filled >= _MOSTLY * (block.end - first)

    def _cast_list(self, items: list[tuple[int, int]], block: _Block) -> Iterator[str]:
        """Yield a cast list; what stands between two items belongs to the first, since the list itself has no text."""
        yield "<castList>"
        if block.start < items[0][0]:
            yield from self._element("head", block.start, items[0][0])
        ends = [start for start, _ in items[1:]] + [block.end]
        for (start, _), end in zip(items, ends, strict=True):
            yield "<castItem>"
            yield from self._inline(start, end, item=True)
            yield "</castItem>"
        yield "</castList>"

    # --- within a block ---------------------------------------------------------------------------------------

    def _inline(self, start: int, end: int, *, item: bool = False) -> Iterator[str]:
        at, opened = start, list[Mark]()
        for mark in self._within(start, end):
            while opened and opened[-1].end <= mark.start:
                yield from self._text(at, opened[-1].end, lines=True)
                at = opened[-1].end
                yield f"</{opened.pop().tag}>"
            reaches_out = bool(opened) and mark.end > opened[-1].end
            misplaced = mark.tag in _OF_CAST and (not item or bool(opened))
            if reaches_out or misplaced:
                continue
            yield from self._text(at, mark.start, lines=True)
            at = mark.start
            yield "".join([f"<{mark.tag}", *(f' {key}="{escaped(value)}"' for key, value in mark.attributes), ">"])
            opened.append(mark)
        for mark in reversed(opened):
            yield from self._text(at, mark.end, lines=True)
            at = mark.end
            yield f"</{mark.tag}>"
        yield from self._text(at, end, lines=True)

    def _within(self, start: int, end: int) -> Iterator[Mark]:
        for place in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            mark = self._names[place]
            if mark.start < mark.end <= end:
                yield mark

    def _text(self, start: int, end: int, *, lines: bool = False) -> Iterator[str]:
        """Yield the characters from start to end with their anchors; ``lines`` says to mark where each begins."""
        while start < end:
            yield from self._anchors(start + 1)
            stop = min(end, self._places[-1]) if self._places else end
            text = _IN_TEXT.sub(_held, self._content[start:stop])
            yield text.replace("\n", "\n<lb/>") if lines else text
            start = stop

    def _anchors(self, before: int) -> Iterator[str]:
        while self._places and self._places[-1] < before:
            yield f'<anchor xml:id="{self._prefix}char{self._places.pop()}"/>'


def _held(found: re.Match[str]) -> str:
    """Return a sign as XML can hold it: one that it cannot is said by its number, and its place is kept."""
    return _NAMED.get(found[0]) or f'<g type="not-in-xml" n="U+{ord(found[0]):04X}">\ufffd</g>'


def _merged(names: Iterable[Mark]) -> list[Mark]:
    """Return the marks in the order in which they open; one that points to several things for several alike."""
    alike: dict[tuple[int, int, str], dict[str, str]] = {}
    for mark in names:
        found = alike.setdefault((mark.start, mark.end, mark.tag), {})
        for key, value in mark.attributes:
            found[key] = " ".join(dict.fromkeys((*found.get(key, "").split(), value)))
    merged = (Mark(*key, tuple(found.items())) for key, found in alike.items())
    return sorted(merged, key=lambda it: (it.start, -it.end, it.tag not in _OF_CAST, it.tag))


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of whole lines: a paragraph or the like, or the white space between two (``blank``)."""

    start: int
    end: int
    blank: bool = False
    front: bool = False


def _blocks(content: str, start: int, stop: int) -> Iterator[_Block]:
    """Yield paragraphs and what stands between them; only white space of XML's own may stand between elements."""
    front = _FRONT.match(content) if start == 0 else None
    done = at = front.end() if front else start  # all up to done has been yielded
    if front:
        yield _Block(0, done, front=True)
    opened, last = -1, done  # where the paragraph at hand begins, and where its last line ends
    while at < stop:
        end = content.find("\n", at, stop)
        end = end if end >= 0 else stop
        if content[at:end].strip(" \t"):
            opened, last = (at if opened < 0 else opened), end
        elif opened >= 0:
            yield from _paragraph(done, opened, last)
            opened, done = -1, last
        at = end + 1
    if opened >= 0:
        yield from _paragraph(done, opened, last)
        done = last
    if done < stop:
        yield _Block(done, stop, blank=True)


def _paragraph(done: int, start: int, end: int) -> Iterator[_Block]:
    if done < start:
        yield _Block(done, start, blank=True)
    yield _Block(start, end)
