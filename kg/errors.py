"""Everything that can go wrong, as one tree.

    KgError
    ├── UsageError         an argument names nothing that exists (exit status 2)
    │   └── AmbiguousNameError... or names several things
    ├── InputError         something given to be read cannot be read (3)
    │   ├── EntryError     a guide entry
    │   ├── StatementError a statements file, its names or its quotes
    │   ├── QueryError     SPARQL text or the header of a saved query
    │   └── RdfError       RDF data, shapes or an ontology
    ├── ProjectError       a project's folder, settings or builds (4)
    ├── NetworkError       a service that does not answer as it should (5)
    └── LimitError         a limit of time, size or depth was reached (6)

A message says where, what is wrong and what to do, in one line; the facts are attributes. The core raises,
``kg.cli`` prints and turns the class into an exit status.
"""

from __future__ import annotations


class KgError(Exception):
    """Any failure that a user can be told about in one line."""

    exit_status = 1


class UsageError(KgError):
    """An argument is not one of those that exist."""

    exit_status = 2


class AmbiguousNameError(UsageError):
    """A name fits several entities; ``candidates`` are their IRIs with what tells them apart."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        shown = "; ".join(candidates[:10])
        super().__init__(f"“{name}” fits {len(candidates)} entities, give one of them: {shown}")
        self.name, self.candidates = name, candidates


class InputError(KgError):
    """Something given to be read cannot be read: ``source``, ``line`` and ``column`` say where (1-based)."""

    exit_status = 3

    def __init__(self, source: str, problem: str, *, line: int | None = None, column: int | None = None) -> None:
        place = ":".join(str(part) for part in (source, line, column) if part is not None)
        super().__init__(f"{place}: {problem}")
        self.source, self.problem, self.line, self.column = source, problem, line, column


class EntryError(InputError):
    """A file holds no guide entry that could be read."""


class StatementError(InputError):
    """A statements file says something that does not stand."""


class QueryError(InputError):
    """A query is not valid SPARQL, or its header does not fit it."""


class RdfError(InputError):
    """RDF data, shapes or an ontology cannot be read."""


class ProjectError(KgError):
    """A project's folder, settings or builds are not as they must be."""

    exit_status = 4


class NetworkError(KgError):
    """A remote service cannot be reached or answers out of turn."""

    exit_status = 5


class LimitError(KgError):
    """A limit was reached; the message says which one and how to raise it."""

    exit_status = 6
