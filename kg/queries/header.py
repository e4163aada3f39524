"""The header of a saved query: ``#+ key: value`` lines that say what it answers, what it asks and what comes back.

The lines together are a YAML mapping, so that other tools read them too. Here they are read one by one, since a fault
is to be reported at its own line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.errors import QueryError, UsageError
from kg.queries.parameters import RESERVED, TYPES, Parameter, expanded
from kg.vocab import PREFIXES, Iri

COLUMN_TYPES = ("iri", "text", "integer", "number", "boolean", "date", "year", "language")
NUMERIC = ("integer", "number", "year")
PLOTS = ("timeline", "bars")

_LINE = re.compile(r"#\+ ?(?P<key>[^:]*?)\s*:(?:\s+(?P<value>.*?))?\s*$")
_SINGLE = ("summary", "description", "tags", "worlds", "plot")
_NAMED = ("param", "example", "default", "choices", "column", "limit", "service")
_PARAMETER = re.compile(
    r"(?P<type>\w+)(?: of (?P<of>[\w-]+(?::[\w-]+)?))?(?P<more>(?: (?:many|optional))*)(?:, *(?P<text>.+))?"
)
_COLUMN = re.compile(r"(?P<type>\w+)(?: in (?P<unit>[^,]+))?(?:, *(?P<text>.+))?")
_KEY = 4  # the column in which a key begins
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer, with the unit of its numbers."""

    name: str
    type: str = ""
    unit: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """The picture that says more than the table: a kind, the column drawn, and the column that groups it."""

    kind: str
    value: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """All that the header lines say; ``services`` are the endpoints that the query calls, by name."""

    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ("actual",)
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    plot: Plot | None = None
    rows: int | None = None
    seconds: float | None = None
    services: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Line:
    """One header line: where it stands, its key (two words for what is named), and its value."""

    source: str
    number: int
    column: int
    key: str
    value: str

    def fault(self, problem: str) -> QueryError:
        """Return the error to raise about this line."""
        return QueryError(self.source, problem, line=self.number, column=self.column)


def header(source: str, text: str) -> Header:
    """Return what the header lines of a query say. Raises QueryError with the line, the column and what to do."""
    lines = list(_lines(source, text))
    single = {line.key: line for line in lines if " " not in line.key}
    if "summary" not in single:
        raise QueryError(source, "the header has no summary: begin the file with “#+ summary: …”", line=1, column=1)
    return Header(
        summary=single["summary"].value,
        description=single["description"].value if "description" in single else "",
        tags=_listed(single["tags"]) if "tags" in single else (),
        worlds=_worlds(single["worlds"]) if "worlds" in single else ("actual",),
        parameters=_parameters(lines),
        columns=tuple(_column(line) for line in lines if line.key.startswith("column ")),
        plot=_plot(single["plot"]) if "plot" in single else None,
        rows=next((int(_number(line)) for line in lines if line.key == "limit rows"), None),
        seconds=next((_number(line) for line in lines if line.key == "limit seconds"), None),
        services=MappingProxyType(dict(_service(line) for line in lines if line.key.startswith("service "))),
    )


def _lines(source: str, text: str) -> Iterator[Line]:
    seen: set[str] = set()
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.startswith("#+"):
            continue
        match = _LINE.match(raw)
        if match is None:
            raise QueryError(source, "a header line reads “#+ key: value”", line=number, column=1)
        column = (match.start("value") if match["value"] else match.start("key")) + 1
        line = Line(source, number, column, " ".join(match["key"].split()), match["value"] or "")
        _refuse_unfit(line, seen)
        seen.add(line.key)
        yield line


def _refuse_unfit(line: Line, seen: set[str]) -> None:
    first, _, name = line.key.partition(" ")
    if not (line.key in _SINGLE or (first in _NAMED and name)):
        keys = ", ".join((*_SINGLE, *(f"{key} NAME" for key in _NAMED)))
        raise replace(line, column=_KEY).fault(f"unknown key “{line.key}”: the keys are {keys}")
    if line.key in seen:
        raise replace(line, column=_KEY).fault(f"“{line.key}” stands twice: keep one")
    if not line.value:
        raise line.fault(f"“{line.key}” says nothing: give a value or remove the line")
    if ": " in line.value or " #" in line.value:
        raise line.fault("a value holds no “: ” and no “ #” (the header is YAML): use a comma or a dash")
    if first == "limit" and name not in ("rows", "seconds"):
        raise line.fault("the limits are “limit rows” and “limit seconds”")


def _parameters(lines: Sequence[Line]) -> tuple[Parameter, ...]:
    declared = {line.key[6:]: _parameter(line) for line in lines if line.key.startswith("param ")}
    for line in lines:
        key, _, name = line.key.partition(" ")
        if key not in ("example", "default", "choices"):
            continue
        if name not in declared:
            raise line.fault(f"“{name}” is no parameter here: declare it above with “#+ param {name}: TYPE, …”")
        declared[name] = _completed(declared[name], key, line)
    _refuse_incomplete(lines, declared)
    return tuple(declared.values())


def _parameter(line: Line) -> Parameter:
    name, match = line.key[6:], _PARAMETER.fullmatch(line.value)
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise line.fault(
            f"“{name}” cannot name a parameter: use small letters, and none of {', '.join(sorted(RESERVED))}"
        )
    if match is None or match["type"] not in TYPES:
        raise line.fault(
            f"a parameter reads “TYPE [of CLASS] [many] [optional], description”; the types are {', '.join(TYPES)}"
        )
    more = match["more"].split()
    return Parameter(
        name,
        match["type"],
        match["text"] or "",
        of=_of(line, match["of"], match["type"]) if match["of"] else None,
        many="many" in more,
        required="optional" not in more,
    )


def _of(line: Line, words: str, type_: str) -> Iri:
    full = Iri(PREFIXES[words]) if type_ == "choice" and words in PREFIXES else expanded(words)
    if full is None or type_ not in ("entity", "choice"):
        raise line.fault(
            "“of” takes a class for an entity (entity of ph:Mission), a prefix for a choice (choice of verdict)"
        )
    return full


def _completed(parameter: Parameter, key: str, line: Line) -> Parameter:
    if key == "choices":
        choices = _listed(line)
        if len(set(choices)) < len(choices):
            raise line.fault("a choice stands twice: keep one of each")
        return replace(parameter, choices=choices)
    if key == "default":
        return replace(parameter, default=line.value, required=False)
    return replace(parameter, example=line.value)


def _refuse_incomplete(lines: Sequence[Line], declared: dict[str, Parameter]) -> None:
    for line in lines:
        if not line.key.startswith("param "):
            continue
        parameter = declared[line.key[6:]]
        if parameter.type == "choice" and not parameter.choices:
            raise line.fault(f"a choice needs its words: add “#+ choices {parameter.name}: [a, b]”")
        if parameter.type != "choice" and parameter.choices:
            raise line.fault(f"{parameter.name} has choices but is no choice: write “choice” for its type")
        if parameter.example is None:
            raise line.fault(f"{parameter.name} has no example: add “#+ example {parameter.name}: …”")
        for value in (parameter.example, parameter.default):
            _refuse_unfit_value(line, parameter, value)


def _refuse_unfit_value(line: Line, parameter: Parameter, value: str | None) -> None:
    if value is None or parameter.type in ("entity", "world"):  # their names are known to a graph only
        return
    try:
        for part in given(parameter, value):
            parameter.term(part)
    except UsageError as error:
        raise line.fault(f"example and default must be values of their type ({error})") from error


def given(parameter: Parameter, value: str) -> tuple[str, ...]:
    """Return the values that one header line gives: a list in square brackets holds several."""
    if parameter.many and value.startswith("[") and value.endswith("]"):
        return tuple(part.strip() for part in value[1:-1].split(",") if part.strip())
    return (value,)


def _column(line: Line) -> Column:
    match = _COLUMN.fullmatch(line.value)
    if match is None or match["type"] not in COLUMN_TYPES:
        raise line.fault(f"a column reads “TYPE [in UNIT], description”; the types are {', '.join(COLUMN_TYPES)}")
    return Column(line.key[7:], match["type"], match["unit"] or "", match["text"] or "")


def _plot(line: Line) -> Plot:
    match = re.fullmatch(r"(\w+) of (\w+)(?: by (\w+))?", line.value)
    if match is None or match[1] not in PLOTS:
        raise line.fault(f"a plot reads “KIND of COLUMN [by COLUMN]”; the kinds are {', '.join(PLOTS)}")
    return Plot(match[1], match[2], match[3] or "")


def _service(line: Line) -> tuple[str, str]:
    if not _ADDRESS.fullmatch(line.value):
        raise line.fault("a service reads “service NAME: https://…”, with the address that SERVICE names below")
    return line.key[8:], line.value


def _worlds(line: Line) -> tuple[str, ...]:
    worlds = _listed(line)
    if not worlds or not set(worlds) <= {"actual", "story"}:
        raise line.fault("worlds are a list of actual and story, such as [actual, story]")
    return worlds


def _listed(line: Line) -> tuple[str, ...]:
    if not (line.value.startswith("[") and line.value.endswith("]")):
        raise line.fault(f"“{line.key}” is a list: write [a, b]")
    return tuple(part.strip() for part in line.value[1:-1].split(",") if part.strip())


def _number(line: Line) -> float:
    try:
        number = float(line.value)
    except ValueError:
        number = 0.0
    if number <= 0 or number == float("inf"):
        raise line.fault(f"“{line.key}” is a number above nothing")
    return number
