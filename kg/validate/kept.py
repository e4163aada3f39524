"""Findings that are kept while the data change, so that an edit costs what it touches and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.dataset import Store
from kg.validate.asked import Asked
from kg.validate.checks import Checks, Renewed
from kg.validate.findings import Finding
from kg.validate.known import Known
from kg.validate.looks import Look
from kg.vocab import Iri, Quad, Term


@dataclass(frozen=True, slots=True)
class Difference:
    """The findings that came with a change, and those that went."""

    new: tuple[Finding, ...] = ()
    lost: tuple[Finding, ...] = ()


class Kept:
    """The findings of checks on some graphs of a store; of ``world``, if given, those on what exists in it.

    ``nodes`` are those that may be wrong at all, where the caller knows them to be few.
    """

    def __init__(
        self,
        checks: Checks,
        store: Store,
        default: Sequence[Iri],
        world: Iri | None = None,
        nodes: Iterable[Term] | None = None,
    ) -> None:
        self._checks, self._store, self._default, self._world = checks, store, tuple(default), world
        self._by_focus: dict[Term, list[Finding]] = {}
        self._fit = not checks.unfit(store, default)
        self._elsewhere = any(isinstance(it, Look) and it.graph for check in checks.checks for it in check.touches)
        if self._fit and nodes is not None:
            self._hold(checks.within(nodes, store, default, world))
        else:
            self._hold(self._here((checks.found if self._fit else checks.run)(store, default)))

    def findings(self) -> Iterator[Finding]:
        """Yield all findings."""
        for found in self._by_focus.values():
            yield from found

    def finds(self, nodes: Iterable[Term]) -> bool:
        """Tell whether there is a finding on any of the nodes."""
        return any(node in self._by_focus for node in nodes)

    def update(self, changed: Iterable[Quad]) -> Difference:
        """Bring the findings up to date after quads came and went; the store holds the data as they are now."""
        if self._fit and not any(Asked(self._store, self._default).nameless(self._checks.checks)):
            return self.take(self.renewed(changed))
        before, self._by_focus = tuple(self.findings()), {}
        self._hold(self._here(self._checks.run(self._store, self._default)))
        return _difference(before, self.findings())

    def renewed(self, changed: Iterable[Quad]) -> tuple[Renewed, ...]:
        """Return what quads that came and went can affect, and what is found there now."""
        known = (it for it in changed if self._elsewhere or it.graph in self._default)
        return tuple(self._checks.renewed(known, self._store, self._default, self._world))

    def take(self, renewed: Iterable[Renewed]) -> Difference:
        """Replace findings by what was found of the same nodes in these data, or in others that are alike there."""
        renewed = tuple(renewed)
        touched = [node for it in renewed for node in self._told(it)]
        touched += [finding.focus for it in renewed for finding in it.findings]
        before = [finding for node in dict.fromkeys(touched) for finding in self._by_focus.get(node, ())]
        for it in renewed:
            self._drop(it)
            self._hold(it.findings)
        return _difference(before, (it for node in dict.fromkeys(touched) for it in self._by_focus.get(node, ())))

    def _told(self, renewed: Renewed) -> Iterable[Term]:
        """Return the nodes with findings that are asked about again."""
        scope = renewed.scope
        return list(self._by_focus) if scope.whole else self._by_focus.keys() & scope.foci()

    def _drop(self, renewed: Renewed) -> None:
        for node in self._told(renewed):
            kept = [
                it
                for it in self._by_focus[node]
                if it.check not in renewed.checks or not renewed.scope.covers(it.focus, it.value)
            ]
            if kept:
                self._by_focus[node] = kept
            else:
                del self._by_focus[node]

    def _hold(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._by_focus.setdefault(finding.focus, []).append(finding)

    def _here(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        found = tuple(findings)
        known = Known({it.focus for it in found}, (), self._store, self._default, self._world)
        return (it for it in found if known.at_home(it.focus))


def _difference(before: Iterable[Finding], after: Iterable[Finding]) -> Difference:
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    return Difference(tuple(it for it in new if it not in old), tuple(it for it in old if it not in new))
