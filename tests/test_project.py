"""What ``kg.toml`` says of services."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ProjectError
from kg.project import settings

HERE = "https://example.org/sparql"


def services(folder: Path, text: str) -> dict[str, str]:
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    return dict(settings(folder / "kg.toml").services)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'[services]\nwikidata = "{HERE}"', {"wikidata": HERE}),
        (f'[services]\nallow = ["{HERE}"]', {HERE: HERE}),
        (f'services = ["{HERE}"]', {HERE: HERE}),
        ("[services]\nallow = []", {}),
        ("", {}),
    ],
)
def test_services_are_allowed_by_name_or_by_address(text: str, expected: dict[str, str], tmp_path: Path) -> None:
    assert services(tmp_path, text) == expected


@pytest.mark.parametrize("said", ['"file:///etc/passwd"', "7", '"wikidata"', "[]", "{ at = 1 }"])
def test_what_is_no_address_is_refused_with_how_to_write_one(said: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"is no http\(s\) address; write NAME ="):
        services(tmp_path, f"[services]\nwikidata = {said}")
