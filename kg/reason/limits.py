"""How much a closure may take before it stops with a clear error."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.errors import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """The most facts that may be inferred, the most rule applications, and the most seconds (None: no end)."""

    inferred: int = 10_000_000
    steps: int = 200_000_000
    seconds: float | None = None
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    def meter(self) -> Meter:
        """Return a meter that starts now."""
        deadline = None if self.seconds is None else self.clock() + self.seconds
        return Meter(self, deadline)


@dataclass(slots=True)
class Meter:
    """What one run has used so far."""

    limits: Limits
    deadline: float | None
    inferred: int = 0
    steps: int = 0

    def expect(self, rows: int) -> None:
        """Raise LimitError if rows that are about to be made would pass a limit."""
        self.steps += rows
        if rows > 4 * self.limits.inferred:
            self.inferred += rows
        self.check()

    def check(self) -> None:
        """Raise LimitError where a limit is passed; called once for each batch of work."""
        limits = self.limits
        if self.inferred > limits.inferred:
            raise _reached(f"more than {limits.inferred:,} triples follow", "inferred", limits.inferred)
        if self.steps > limits.steps:
            raise _reached(f"rules were applied more than {limits.steps:,} times", "steps", limits.steps)
        if self.deadline is not None and limits.clock() > self.deadline:
            raise _reached(f"it takes longer than {limits.seconds:g} seconds", "seconds", limits.seconds or 0)


def _reached(what: str, name: str, value: float) -> LimitError:
    option = "--timeout" if name == "seconds" else f"--max-{name}"
    return LimitError(
        f"reasoning was stopped: {what}; look for long chains of owl:sameAs, or raise the limit with "
        f"{option} {value * 10:.0f} (Limits({name}=…))"
    )
