"""Where results go: standard output, or a file that appears whole or not at all, compressed by its ending."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from kg.errors import InputError, UsageError

Command = TypeVar("Command", bound=Callable[..., Any])  # click's own decorators type commands so


def output_option(command: Command) -> Command:
    """Add ``-o FILE``, passed on as ``output``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write FILE, compressed where it ends in .gz or .zst; - is standard output, as is leaving this out.",
    )(command)


def written(pieces: Iterable[str], output: Path | None) -> int:
    """Write pieces of text to a file, or to standard output where none is named (or it is ``-``); return 0."""
    if output is None or str(output) == "-":
        _to_standard_output(pieces)
    else:
        to_file(pieces, output)
    return 0


def to_file(pieces: Iterable[str], output: Path) -> None:
    """Write a file beside its place and move it there when it is whole: the same bytes for the same pieces."""
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with _opened(part, output.suffix) as file:
            for piece in pieces:  # the compressor of zstandard knows no writelines
                file.write(piece.encode())
        part.replace(output)
    except OSError as error:
        raise InputError(str(output), f"cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replaced(output: Path, mark: str) -> Iterator[Path]:
    """Give a new folder to fill, and put it in its place when that is done: whole, or not at all.

    A folder that is there already is replaced where it is empty or holds a file called ``mark``, by which it is known
    as one of ours. Raises UsageError for any other, InputError where nothing can be written.
    """
    output = output.absolute()
    if output.is_dir() and any(output.iterdir()) and not (output / mark).is_file():
        raise UsageError(f"{output}: is there already and holds other things: name another folder with -o")
    new, old = (output.with_name(f".{output.name}.{os.getpid()}.{it}") for it in ("part", "old"))
    try:
        new.mkdir(parents=True)
        yield new
        if output.exists():
            output.rename(old)
        new.rename(output)
    except OSError as error:
        raise InputError(str(output), f"cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if old.exists() and not output.exists():
            old.rename(output)
        shutil.rmtree(old, ignore_errors=True)


def _to_standard_output(pieces: Iterable[str]) -> None:
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


@contextmanager
def _opened(path: Path, suffix: str) -> Iterator[IO[bytes]]:
    with path.open("wb") as raw:
        if suffix == ".gz":  # neither name nor time of writing, so that the same data is the same file
            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
                yield packed  # type: ignore[misc]
        elif suffix == ".zst":
            with _zstandard(raw) as packed:
                yield packed
        else:
            yield raw


def _zstandard(raw: IO[bytes]) -> IO[bytes]:
    try:
        import zstandard  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise UsageError("to write .zst: pip install 'porthole-kg[zstd]'; or end the name in .gz") from None
    found: IO[bytes] = zstandard.ZstdCompressor(level=10).stream_writer(raw, closefd=False)
    return found
