"""JSON with places: every value knows where it stands, numbers keep their digits, and depth has a limit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # the standard library's own reader of strings
from typing import Final, TypeAlias

from kg.errors import InputError, LimitError
from kg.model import Place

DEEPEST: Final = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}

Data: TypeAlias = "Mapping[str, Value] | Sequence[Value] | str | Number | bool | None"


class Number(str):
    """The digits of a number as they stand."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value: what it is, its path from the root, and the stretch of text that says it, with its key if it has one."""

    data: Data
    path: str
    start: int
    end: int

    def get(self, key: str) -> Value | None:
        """Return the member of an object; None for what is absent, null, or no object."""
        found = self.data.get(key) if isinstance(self.data, Mapping) else None
        return found if found is not None and found.data is not None else None

    def items(self) -> Iterator[tuple[str, Value]]:
        """Yield the members of an object."""
        yield from self.data.items() if isinstance(self.data, Mapping) else ()

    def each(self) -> Iterator[Value]:
        """Yield the elements of an array, or the value itself."""
        if isinstance(self.data, Mapping | str | bool) or self.data is None:
            yield self
        else:
            yield from self.data

    def text(self) -> str:
        """Return a string, or the digits of a number; "" for all else."""
        return str(self.data) if isinstance(self.data, str) else ""


class Text:
    """A text with the places of its lines; JSON may be read from any stretch of it."""

    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = source, text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, at: int) -> Place:
        """Return line and column of an offset."""
        line = bisect_right(self._lines, at)
        return Place(line, at - self._lines[line - 1] + 1)

    def words(self, value: Value) -> str:
        """Return the text of a value as it stands, with its key."""
        return self.text[value.start : min(value.end, value.start + 1000)]

    def json(self, start: int = 0, end: int | None = None) -> Value:
        """Return the JSON in a stretch. Raises InputError or LimitError with line and column."""
        end = len(self.text) if end is None else end
        reader = _Reader(self, end)
        try:
            found, at = reader.value(start, "$", 0, start)
        except JSONDecodeError as error:
            raise self.fault(error.pos, f"is no JSON: {error.msg}") from error
        at = reader.space(at)
        if at < end:
            raise self.fault(at, "is no JSON: there is more after its end")
        return found

    def fault(self, at: int, problem: str) -> InputError:
        """Return an error with the place of an offset."""
        place = self.place(min(at, len(self.text)))
        return InputError(self.source, problem, line=place.line, column=place.column)


class _Reader:
    def __init__(self, text: Text, end: int) -> None:
        self._text, self._end = text, end

    def space(self, at: int) -> int:
        found = _SPACE.match(self._text.text, at, self._end)
        assert found is not None
        return found.end()

    def value(self, at: int, path: str, depth: int, start: int | None = None) -> tuple[Value, int]:
        """Return the value at an offset and where it ends; ``start`` is that of its key."""
        at = self.space(at)
        if depth > DEEPEST:
            place = self._text.place(at)
            raise LimitError(
                f"{self._text.source}:{place.line}:{place.column}: JSON is nested more than {DEEPEST} deep"
            )
        begun = at if start is None or path == "$" else start
        sign = self._text.text[at : at + 1] if at < self._end else ""
        data: Data
        if sign == "{":
            data, after = self._object(at + 1, path, depth)
        elif sign == "[":
            data, after = self._array(at + 1, path, depth)
        elif sign == '"':
            data, after = self._string(at)
        else:
            data, after = self._plain(at)
        return Value(data, path, begun, after), after

    def _string(self, at: int) -> tuple[str, int]:
        found, after = scanstring(self._text.text, at + 1, False)
        if after > self._end:
            raise self._text.fault(at, "is no JSON: a string that does not end")
        return found, after

    def _plain(self, at: int) -> tuple[Data, int]:
        for word, meant in _WORDS.items():
            if self._text.text.startswith(word, at):
                return meant, at + len(word)
        if number := _NUMBER.match(self._text.text, at, self._end):
            return Number(number.group()), number.end()
        raise self._text.fault(at, "is no JSON: a value is wanted here")

    def _object(self, at: int, path: str, depth: int) -> tuple[dict[str, Value], int]:
        found: dict[str, Value] = {}
        at = self.space(at)
        if self._is(at, "}"):
            return found, at + 1
        while True:
            begun = at = self.space(at)
            if not self._is(at, '"'):
                raise self._text.fault(at, "is no JSON: a name in quotation marks is wanted here")
            key, at = self._string(at)
            at = self._sign(at, ":")
            found[key], at = self.value(at, f"{path}.{key}", depth + 1, begun)
            at = self.space(at)
            if self._is(at, "}"):
                return found, at + 1
            at = self._sign(at, ",")

    def _array(self, at: int, path: str, depth: int) -> tuple[list[Value], int]:
        found: list[Value] = []
        at = self.space(at)
        if self._is(at, "]"):
            return found, at + 1
        while True:
            value, at = self.value(at, f"{path}[{len(found)}]", depth + 1)
            found.append(value)
            at = self.space(at)
            if self._is(at, "]"):
                return found, at + 1
            at = self._sign(at, ",")

    def _is(self, at: int, sign: str) -> bool:
        return at < self._end and self._text.text[at] == sign

    def _sign(self, at: int, sign: str) -> int:
        at = self.space(at)
        if not self._is(at, sign):
            raise self._text.fault(at, f"is no JSON: “{sign}” is wanted here")
        return at + 1
