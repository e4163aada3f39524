"""The linker's one door to the disk: texts, packed or not, line by line or whole, and answers kept for another run."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kg.errors import InputError, LimitError

LIMIT: Final = 512 * 1024 * 1024  # bytes of one text read whole; a packed file of a few kB may hold far more
_CHUNK: Final = 1 << 20


def text_of(path: Path, limit: int = LIMIT) -> str:
    """Return a file's text, unpacked where its ending says so.

    Raises InputError where it cannot be read as UTF-8, LimitError where it is larger than ``limit`` bytes.
    """
    pieces: list[bytes] = []
    size = 0
    with path_open(path) as raw, _unpacked(raw, path) as file:
        while piece := _piece(file, path):
            size += len(piece)
            if size > limit:
                raise LimitError(f"{path}: holds more than {limit // 1_048_576} MB; make a smaller part of it")
            pieces.append(piece)
    return _decoded(b"".join(pieces), path)


def lines_of(path: Path, longest: int = 64 * 1024 * 1024) -> Iterator[tuple[str, int]]:
    """Yield a large file's lines, each with how many bytes of the file as it lies on the disk were read so far.

    Holds one line at a time. Raises InputError for a damaged file, LimitError for a line longer than ``longest`` bytes.
    """
    with path_open(path) as raw, _unpacked(raw, path) as file:
        while line := _line(file, path, longest):
            yield _decoded(line, path), raw.tell()


def path_open(path: Path) -> IO[bytes]:
    """Return a file open for reading. Raises InputError where that cannot be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error


def replace(path: Path, text: str) -> None:
    """Write a text file whole: beside its place first, so that an interruption leaves the earlier one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


class Kept:
    """Answers kept in a folder by key, so that a run that was interrupted goes on where it stopped.

    What was kept before ``since`` (in seconds, as the clock of files has it) is not seen.
    """

    def __init__(self, folder: Path, since: float = 0.0) -> None:
        self._folder, self._since = folder, since

    def __contains__(self, key: str) -> bool:
        try:
            return self._path(key).stat().st_mtime >= self._since
        except OSError:
            return False

    def __getitem__(self, key: str) -> str:
        try:
            return self._path(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KeyError(key) from error

    def keep(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        replace(self._path(key), text)

    def drop(self, key: str) -> None:
        """Forget what is kept under a key."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _unpacked(raw: IO[bytes], path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]  # it reads as IO does
    if path.suffix == ".bz2":
        return bz2.BZ2File(raw)
    return raw


def _piece(file: IO[bytes], path: Path) -> bytes:
    try:
        return file.read(_CHUNK)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise InputError(str(path), f"cannot be unpacked: {error}") from error


def _line(file: IO[bytes], path: Path, longest: int) -> bytes:
    try:
        line = file.readline(longest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(str(path), f"cannot be unpacked: {error}") from error
    if len(line) > longest:
        raise LimitError(f"{path}: has a line of more than {longest // 1_048_576} MB")
    return line


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is no UTF-8 text (byte {error.start}); save it as UTF-8") from error
