"""A table on a terminal: in columns where they fit, else row by row, one line for each value."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter
from statistics import median

import click

from kg.queries.header import NUMERIC
from kg.queries.results import Table, short
from kg.queries.widths import harmless, padded, width, wrapped

_WORD = 20  # a word up to this long is not broken, however narrow the terminal
_LEAST = 8  # cells for what is said beside a name, whatever the terminal
_GAP = 2
_TALL = 4  # lines that a row may have before it reads better as a list


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of a table: the heads of its columns, their sides, and the cells."""

    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    def columns(self) -> Iterator[tuple[str, ...]]:
        """Yield each column, its head first."""
        return zip(self.heads, *self.rows, strict=True)


def on_terminal(table: Table, names: Mapping[str, str]) -> None:
    """Print a table as wide as the terminal is, and its citation; addresses are left out where they do not fit."""
    room = shutil.get_terminal_size((100, 25)).columns
    everything = _shown(table, names, range(len(table.columns)))
    words = [index for index, column in enumerate(table.columns) if column.type != "iri"]
    whole = not words or sum(_widths(everything)) + _GAP * (len(everything.heads) - 1) <= room
    shown = everything if whole else _shown(table, names, words)
    widths = _narrowed(shown, room)
    for line in _columns(shown, widths) if _readable(shown, widths, room) else _records(shown, room):
        _print(line)
    if str(table.citation):
        for line in wrapped(harmless(str(table.citation)), room):
            _print(click.style(line, dim=True, italic=True))
    _note(table, left_out=len(table.columns) - len(shown.heads))


def grouped(entries: Sequence[tuple[str, str, str]]) -> None:
    """Print names with what they stand for, each group below its heading."""
    room = shutil.get_terminal_size((100, 25)).columns
    names = 2 * _GAP + max(width(name) for _, name, _ in entries)
    for group, members in groupby(entries, key=itemgetter(0)):
        _print(click.style(harmless(group), bold=True))
        for _, name, said in members:
            for index, line in enumerate(wrapped(harmless(said), max(room - names, _LEAST))):
                _print(padded(" " * _GAP + ("" if index else harmless(name)), names, right=False) + line)


def _print(line: str) -> None:
    click.echo(line, color=None if "NO_COLOR" not in os.environ else False)


def _note(table: Table, *, left_out: int) -> None:
    notes = [f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"]
    if left_out:
        notes.append("columns of addresses left out: --format csv shows them")
    sys.stdout.flush()
    click.echo("; ".join(notes), err=True)


def _shown(table: Table, names: Mapping[str, str], indexes: Sequence[int]) -> _Shown:
    columns = [table.columns[index] for index in indexes]
    return _Shown(
        tuple(column.name.replace("_", " ") for column in columns),
        tuple(column.type in NUMERIC for column in columns),
        tuple(tuple(" ".join(harmless(short(row[n], names)).split()) for n in indexes) for row in table.rows),
    )


def _widths(shown: _Shown) -> list[int]:
    return [max(map(width, column)) for column in shown.columns()]


def _least(shown: _Shown) -> list[int]:
    """Return how narrow each column may become: no shorter word is broken."""
    return [
        min(_WORD, max((width(word) for cell in column for word in cell.split()), default=1))
        for column in shown.columns()
    ]


def _narrowed(shown: _Shown, room: int) -> list[int]:
    """Return the widths of columns, the widest narrowed until all fit, or until none can be any narrower."""
    widths, least = _widths(shown), _least(shown)
    while sum(widths) + _GAP * (len(widths) - 1) > room:
        wide = [index for index, need in enumerate(least) if widths[index] > need]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def _readable(shown: _Shown, widths: Sequence[int], room: int) -> bool:
    """Return whether a table of these widths fits, and has no rows that are towers of single words."""
    if not shown.rows:
        return True
    heights = (max(-(-width(cell) // have) for cell, have in zip(row, widths, strict=True)) for row in shown.rows)
    return sum(widths) + _GAP * (len(widths) - 1) <= room and median(heights) <= _TALL


def _columns(shown: _Shown, widths: Sequence[int]) -> Iterator[str]:
    for number, row in enumerate((shown.heads, *shown.rows)):
        for line in _row(row, widths, shown.right):
            yield line if number else click.style(line, bold=True)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    lines = (list(wrapped(cell, room)) for cell, room in zip(cells, widths, strict=True))
    for pieces in zip_longest(*lines, fillvalue=""):
        filled = (padded(piece, room, right=side) for piece, room, side in zip(pieces, widths, right, strict=True))
        yield (" " * _GAP).join(filled).rstrip()


def _records(shown: _Shown, room: int) -> Iterator[str]:
    """Yield the lines of each row as a list of what it says, without what it leaves empty."""
    names = max(map(width, shown.heads))
    for number, row in enumerate(shown.rows, 1):
        yield click.style(f"{number}", dim=True)
        for head, cell in zip(shown.heads, row, strict=True):
            for index, line in enumerate(wrapped(cell, max(room - names - _GAP, _LEAST)) if cell else ()):
                name = padded("" if index else head, names, right=False)
                yield click.style(name, bold=True) + " " * _GAP + line
        yield ""
