"""RDF that a command is given: files of any syntax, packed or not, and standard input."""

from __future__ import annotations

import gzip
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import InputError, LimitError
from kg.vocab import Blank, Iri, Quad

Command = TypeVar("Command", bound=Callable[..., Any])  # click's own decorators type commands so

SYNTAXES = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")
MANY = ("--data", "--shapes", "--ontology")
FILE = click.Path(allow_dash=True, path_type=Path)
_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<[!?]?[\w:.-]+[\s>]")
_LARGEST = 4_000_000_000  # bytes that a packed file may unpack to


class ManyFiles(click.Command):
    """A command whose options for files take several: ``--data a.ttl b.ttl`` is ``--data a.ttl --data b.ttl``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, each further file with its option before it."""
        return super().parse_args(ctx, list(_spread(args)))


def _spread(args: Iterable[str]) -> Iterator[str]:
    option, taken = "", 0
    for arg in args:
        if arg.startswith("-") and arg != "-":
            option, taken = (arg if arg in MANY else ""), 0
        elif option:
            taken += 1
            if taken > 1:
                yield option
        yield arg


def reading_options(command: Command) -> Command:
    """Add ``--syntax`` and ``--base``, passed on under these names: how the files given are read."""
    command = click.option(
        "--base",
        metavar="IRI",
        help="What relative IRIs in the files are read against.  [default: each file's own address]",
    )(command)
    return click.option(
        "--syntax",
        type=click.Choice(SYNTAXES),
        help="How standard input is written, and files whose endings do not tell.  [default: turtle]",
    )(command)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was given: its name, its bytes unpacked, its syntax, its base IRI, and what it says."""

    name: str
    data: bytes
    syntax: str
    base: str
    quads: tuple[Quad, ...]

    @property
    def text(self) -> str:
        """The document as text, for findings to show its lines."""
        return self.data.decode("utf-8", "replace")


@dataclass(slots=True)
class Reader:
    """Reads sources; nodes without a name are numbered in their order, so that every reading gives the same names."""

    syntax: str | None = None
    base: str | None = None
    _names: dict[Blank, Blank] = field(default_factory=dict)

    def sources(self, paths: Sequence[Path], graph: Iri = Iri("")) -> list[Source]:  # noqa: B008 - an Iri is immutable
        """Return what stands in files, ``-`` for standard input. Raises RdfError with line and column."""
        return [self._source(path, graph) for path in paths]

    def _source(self, path: Path, graph: Iri) -> Source:
        from kg.store.embedded import read_rdf

        data = unpacked(path)
        syntax = self._syntax(path, data)
        name = "standard input" if str(path) == "-" else str(path)
        base = self.base or (path.absolute() if str(path) != "-" else Path.cwd() / "stdin").as_uri()
        quads = tuple(map(self._named, read_rdf(data, syntax, name, graph, base)))
        return Source(name, data, syntax, base, quads)

    def _syntax(self, path: Path, data: bytes) -> str:
        from kg.store.embedded import syntax_of

        if str(path) == "-":
            return self.syntax or "turtle"
        told = syntax_of(path, self.syntax)
        # what ontology editors save as .owl is often no XML
        return "turtle" if told == "rdfxml" and not _XML.match(data) else told

    def _named(self, quad: Quad) -> Quad:
        subject, predicate, obj, graph = quad
        if not isinstance(subject, Blank) and not isinstance(obj, Blank):
            return quad
        subject = self._blank(subject) if isinstance(subject, Blank) else subject
        return Quad(subject, predicate, self._blank(obj) if isinstance(obj, Blank) else obj, graph)

    def _blank(self, node: Blank) -> Blank:
        return self._names.setdefault(node, Blank(f"_:b{len(self._names)}"))


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file or of standard input, unpacked where gzip packed them. Raises InputError."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        if not data.startswith(b"\x1f\x8b"):
            return data
        with gzip.open(io.BytesIO(data)) as packed:
            found = packed.read(_LARGEST + 1)
    except (OSError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(str(path), f"cannot be read: {reason}") from error
    if len(found) > _LARGEST:
        raise LimitError(f"{path}: unpacks into more than {_LARGEST // 1_000_000_000} GB; give it in parts")
    return found
