"""What validation finds, as records, and how grave it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.validate.paths import Path
from kg.vocab import SH, Iri, Literal, Node, Term

GRAVITY: dict[Iri, int] = {SH.Info: 0, SH.Warning: 1, SH.Violation: 2}
LEVELS = {"info": SH.Info, "warning": SH.Warning, "violation": SH.Violation}


@dataclass(frozen=True, slots=True)
class Finding:
    """One validation result: at which node, along which path, with which value, and which shape says so.

    ``path`` and ``value`` are None where the result has none; ``constraint`` is the SPARQL constraint behind it.
    ``check`` is the number of the compiled check, for `Checks.update`.
    """

    focus: Term
    path: Path | None
    value: Term | None
    component: Iri
    severity: Iri
    shape: Node
    messages: tuple[Literal, ...] = ()
    constraint: Node | None = None
    check: int = field(default=-1, compare=False)

    @property
    def text(self) -> str:
        """The message to show: the English one where there are several languages."""
        for wanted in ("en", ""):
            for message in self.messages:
                if message.language.split("-")[0] == wanted:
                    return message.value
        return self.messages[0].value if self.messages else "it does not conform"


def gravity(severity: Iri) -> int:
    """Return 0 for an information, 1 for a warning, 2 for a violation; a severity of the author's own counts as 2."""
    return GRAVITY.get(severity, 2)


def at_least(findings: Iterable[Finding], level: str) -> bool:
    """Tell whether any finding is as grave as ``info``, ``warning`` or ``violation``, or graver."""
    least = gravity(LEVELS[level])
    return any(gravity(finding.severity) >= least for finding in findings)


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many violations, warnings and informations there are."""
    counted = Counter(gravity(finding.severity) for finding in findings)
    return {"violations": counted[2], "warnings": counted[1], "infos": counted[0]}
