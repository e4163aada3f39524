"""A picture of a result, where it says more than the table: a timeline, or bars by kind."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.queries.header import NUMERIC, Plot
from kg.queries.results import Table, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS = ("svg", "png")


def drawn(table: Table, plot: Plot | None, format: str, *, title: str = "") -> bytes:  # noqa: A002
    """Return the picture of a table as SVG or PNG, the same bytes for the same table.

    Raises UsageError for a query that has no picture, another format, no rows, or a machine without matplotlib.
    """
    if plot is None:
        raise UsageError("this query has no picture: its header says no “plot”")
    if format not in FORMATS:
        raise UsageError(f"a picture's file ends in .{' or .'.join(FORMATS)}")
    if not table.rows:
        raise UsageError("there are no rows to draw")
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("pictures need matplotlib: pip install 'porthole-kg[plot]'") from error
    rows = _rows(table, plot)
    # a fixed salt and no date: two runs give the same file; text as text, so that it can be read and found
    with matplotlib.rc_context({"svg.hashsalt": "porthole", "svg.fonttype": "none"}):
        figure = Figure(figsize=(10, max(2.5, 0.32 * len(rows) + 1.4)), layout="constrained")
        axes = figure.subplots()
        (_timeline if plot.kind == "timeline" else _bars)(axes, rows, plot.value)
        axes.set_title(title, loc="left", wrap=True)
        figure.supxlabel(str(table.citation), x=0.01, ha="left", fontsize=6, color="gray")
        out = io.BytesIO()
        about = {"Date": None} if format == "svg" else {"Software": None}
        figure.savefig(out, format=format, metadata=about | {"Description": str(table.citation)})
    return out.getvalue()


def _rows(table: Table, plot: Plot) -> list[tuple[str, float, str]]:
    """Return label, number and group of each row."""
    names = [column.name for column in table.columns]
    value, group = names.index(plot.value), names.index(plot.group) if plot.group else None
    drawn = [row for row in table.rows if row[value] is not None]
    words = [n for n, it in enumerate(table.columns) if it.type not in ("iri", *NUMERIC) and n not in (value, group)]
    labels = _labels([[plain(row[n]) for n in words] for row in drawn])
    return [
        (label, float(plain(row[value])), plain(row[group]) if group is not None else "")
        for label, row in zip(labels, drawn, strict=True)
    ]


def _labels(words: list[list[str]]) -> list[str]:
    """Return a label for each row: its first words, and more of them where those are not its own."""
    found = [row[0] for row in words]
    for n in range(1, len(words[0]) if words else 0):
        often = Counter(found)
        found = [f"{it}, {row[n]}" if often[it] > 1 and row[n] else it for it, row in zip(found, words, strict=True)]
    return found


def _timeline(axes: Axes, rows: Sequence[tuple[str, float, str]], value: str) -> None:
    from matplotlib.ticker import MaxNLocator

    for number, (marker, group) in enumerate(zip("osD^v", dict.fromkeys(row[2] for row in rows), strict=False)):
        points = [(year, place) for place, (_, year, kind) in enumerate(rows) if kind == group]
        years, places = zip(*points, strict=True)
        axes.scatter(years, places, marker=marker, color=f"C{number}", label=group, zorder=3)
    _labelled(axes, rows, value)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=True, axis="x", alpha=0.4)


def _bars(axes: Axes, rows: Sequence[tuple[str, float, str]], value: str) -> None:
    from matplotlib.ticker import MaxNLocator

    for number, group in enumerate(dict.fromkeys(row[2] for row in rows)):
        places = [place for place, row in enumerate(rows) if row[2] == group]
        axes.barh(places, [rows[place][1] for place in places], color=f"C{number % 10}", label=group)
    _labelled(axes, rows, value)
    if all(number.is_integer() for _, number, _ in rows):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _labelled(axes: Axes, rows: Sequence[tuple[str, float, str]], value: str) -> None:
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.invert_yaxis()
    axes.set_xlabel(value)
    if any(row[2] for row in rows):
        axes.legend()
