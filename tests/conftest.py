"""What many tests share: the entry of the real guide where it is there, and golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden files."""
    parser.addoption("--update-golden", action="store_true", help="write what is found as the golden files")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material; skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the shared material does not lie beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    """Return the real entry."""
    return shared / "seed" / "missions-s1e01.txt"


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a build of the bundled guide."""
    from kg.build.pipeline import build
    from kg.project import Project

    folder = tmp_path_factory.mktemp("bundled")
    report = build(Project.bundled(), output=folder)
    assert report.folder is not None, report.findings
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache of this test run's own, so that no test sees what another run left behind."""
    return tmp_path_factory.mktemp("cache")
