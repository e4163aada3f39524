r"""A file turned into text: decoded, its front matter read, its line ends made one; HTML pages become text.

>>> document("a.txt", b"---\nseries: Comet Patrol\n---\nA rock falls.\n").front["series"]
'Comet Patrol'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from kg.errors import EntryError
from kg.model import Document

KEYS = (
    "series", "season", "number", "title", "title_language", "original_title", "first_broadcast", "url", "licence",
    "language",
)  # fmt: skip
_LONGEST_FRONT = 16_384
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_NUMBERS = ("season", "number")


def document(name: str, data: bytes) -> Document:
    """Return a file as text. Raises EntryError where it is empty, binary, wrongly encoded or badly fronted."""
    if not data.strip():
        raise EntryError(name, "the file is empty")
    text = _decoded(name, data)
    if _is_page(name, text):
        from kg.parse.page import page  # lxml is loaded for pages alone

        return page(name, text)
    front, body = _front(name, text)
    return Document(name, text, front, body)


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EntryError(name, "this is UTF-16 text; save it as UTF-8", line=1, column=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        what = "a binary file" if b"\x00" in data[:8192] else "not UTF-8 text; save it as UTF-8"
        raise EntryError(name, f"this is {what}", line=line, column=column) from error
    text = _LINE_ENDS.sub("\n", text)
    if found := _BINARY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise EntryError(name, "this is a binary file, not text", line=line)
    if not text.strip("\ufeff\u200b \n\t\u00a0"):
        raise EntryError(name, "the file is empty")
    return text


def _is_page(name: str, text: str) -> bool:
    head = text[:1024].lstrip().lower()
    return name.lower().endswith((".html", ".htm", ".xhtml")) or head.startswith(("<!doctype html", "<html", "<?xml"))


def _front(name: str, text: str) -> tuple[Mapping[str, str], int]:
    """Return the front matter and where the text behind it begins."""
    if not re.match(r"---[ \t]*\n", text):
        return MappingProxyType({}), 0
    fence = _FENCE.search(text, 4)
    if fence is None or fence.start() > _LONGEST_FRONT:
        raise EntryError(name, "the front matter is not closed: a line --- is missing behind it", line=1)
    opened = text.index("\n") + 1
    try:
        front = dict(_pairs(name, text[opened : fence.start()]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise EntryError(name, f"the front matter cannot be read: {problem}", line=line) from error
    return MappingProxyType(front), min(len(text), fence.end() + 1)


def _pairs(name: str, block: str) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of a flat mapping of texts: nothing nested, no alias, no key twice, no tag."""
    frame = (StreamStartEvent, StreamEndEvent, DocumentStartEvent, DocumentEndEvent, MappingStartEvent, MappingEndEvent)
    seen: set[str] = set()
    key: str | None = None
    depth = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        depth += isinstance(event, MappingStartEvent)
        if not isinstance(event, ScalarEvent):
            if not isinstance(event, frame) or depth > 1:
                raise _refused(name, event, "front matter is a plain list of “key: value”")
        elif event.tag is not None or depth == 0:
            raise _refused(name, event, "front matter is a plain list of “key: value”")
        elif key is None:
            key = _key(name, event, seen)
        else:
            yield key, _value(name, event, key)
            key = None


def _key(name: str, event: ScalarEvent, seen: set[str]) -> str:
    key = event.value.strip().lower()
    key = "licence" if key == "license" else key
    if key not in KEYS:
        raise _refused(name, event, f"front matter has no key “{key[:40]}”; there are {', '.join(KEYS)}")
    if key in seen:
        raise _refused(name, event, f"“{key}” stands twice in the front matter")
    seen.add(key)
    return key


def _value(name: str, event: ScalarEvent, key: str) -> str:
    value: str = event.value.strip()
    if key in _NUMBERS and value and not (value.isascii() and value.isdigit() and len(value) < 6):
        raise _refused(name, event, f"“{key}” must be a whole number, not “{value[:40]}”")
    return value


def _refused(name: str, event: Event, problem: str) -> EntryError:
    mark = event.start_mark
    place = (mark.line + 2, mark.column + 1) if mark else (1, 1)
    return EntryError(name, problem, line=place[0], column=place[1])
