"""The bibliography: what is read of a source, and what is said of one that cannot be read."""

from __future__ import annotations

import pytest

from kg.statements import bibliography

SOURCE = r"""
% a remark
@online{wade,
  author = {Wade, Mark and Ann Lee},
  title = {The {Petrel} Caf\'e},
  organization = {Hoo Press},
  url = {https://example.org/a_b%20c~d},
  date = {1998-05},
  license = {https://creativecommons.org/licenses/by/4.0/},
  note = {in extracts},
}
"""


def test_reads_a_source() -> None:
    (found,) = bibliography("sources.bib", SOURCE).sources
    assert (found.key, found.title, found.authors) == ("wade", "The Petrel Café", ("Mark Wade", "Ann Lee"))
    assert (found.publisher, found.url, found.date) == ("Hoo Press", "https://example.org/a_b%20c~d", "1998-05")
    assert (found.licence, found.note) == ("https://creativecommons.org/licenses/by/4.0/", "in extracts")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (SOURCE + SOURCE, "bad-source", 14),
        ("@online{a,\n title = {x},\n title = {y},\n}", "bad-source", 1),
        ("\n@online{a, title = {never closed", "bad-source", 2),
        ("@online{a, url = {https://example.org/}}", "no-title", 1),
        ("@online{a, title = {x}, url = {example.org}}", "bad-url", 1),
    ],
)
def test_tells_what_cannot_be_read(text: str, code: str, line: int) -> None:
    assert [(it.code, it.line) for it in bibliography("sources.bib", text).diagnostics] == [(code, line)]


@pytest.mark.parametrize("text", ["", "\0\0@", "@" * 1000, "@a{" * 200, "{" * 1000, "@a{b, title={" + "{" * 2000])
def test_never_raises(text: str) -> None:
    assert bibliography("sources.bib", text).sources == ()


def test_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    bibliography("sources.bib", "@online{a, title = {never closed")
    assert capfd.readouterr() == ("", "")
