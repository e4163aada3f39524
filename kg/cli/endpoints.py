"""The SPARQL servers that a command asks: opened when they are first asked, by name or by address."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import UsageError
from kg.run import SECONDS

if TYPE_CHECKING:  # an HTTP client takes a while to load, and most commands ask nobody
    from kg.network import Network
    from kg.project import Project
    from kg.store.remote import Remote


class Endpoints:
    """SPARQL servers by their addresses; close it, or use it as a context."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds or SECONDS
        self._network: Network | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._network is not None:
            self._network.close()

    def __call__(self, url: str) -> Remote:
        """Return the server at an address, as a store. Raises UsageError for what is no http(s) address."""
        from kg.network import Network, Patience
        from kg.store.remote import Remote

        if self._network is None:
            self._network = Network(Patience(longest=self._seconds), seconds=self._seconds)
        return Remote(url, self._network)


def address(project: Project, said: str) -> str:
    """Return the address of an endpoint that is named in the settings, or given in full. Raises UsageError."""
    services = project.settings.services
    if said in services:
        return services[said]
    if "://" not in said:
        names = ", ".join(name for name in services if "://" not in name) or "none"
        raise UsageError(f"“{said}” is no address, and no service of this project (kg.toml, services): it has {names}")
    return said
