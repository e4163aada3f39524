"""What a parser is fed, and what it says of it: input line by line, its complaints without what they repeat."""

from __future__ import annotations

import re


class Lines:
    """Bytes that are handed out line by line; ``line`` counts those that were begun."""

    def __init__(self, data: bytes) -> None:
        self._lines = iter(data.splitlines(keepends=True))
        self._rest = b""
        self.line = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next piece, which never goes beyond a line."""
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.line += bool(self._rest)
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


def problem(message: str) -> str:
    """Return what a parser complains of, without the place that it repeats."""
    if "LoadDocumentCallback" in message:
        return "it names a context that would have to be fetched; write the context into the file"
    return re.sub(r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): ", "", message)
