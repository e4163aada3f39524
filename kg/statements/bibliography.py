r"""The outside sources that statements quote, read from BibTeX or BibLaTeX.

>>> library = bibliography("sources.bib", "@online{wade, author={Wade, Mark}, title={Caf\\'e}, url={http://x.org/a_b%20c}}")
>>> [(source.key, source.title, source.url) for source in library.sources]
[('wade', 'Café', 'http://x.org/a_b%20c')]
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from kg.model import Diagnostic, OutsideSource

_WEB = ("http://", "https://")
_QUIET = logging.NullHandler()


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The outside sources of a project, in the order of the file, and what is wrong in it."""

    sources: tuple[OutsideSource, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys that a quote may name: ``[@key]``."""
        return frozenset(source.key for source in self.sources)


def bibliography(source: str, text: str) -> Bibliography:
    """Return the outside sources in a BibTeX file; entries that cannot be read become diagnostics of severity error."""
    raw = _parsed(text)
    # TeX signs are decoded in words only: in an address, % begins no comment and ~ is no blank
    decoded = LatexDecodingMiddleware(allow_inplace_modification=False).transform(raw)
    plain = {entry.key: _fields(entry) for entry in raw.entries}
    sources = tuple(_source(entry, plain[entry.key]) for entry in decoded.entries)
    faults = [*_failed(raw), *_faults(raw)]
    return Bibliography(sources, tuple(sorted(faults, key=lambda fault: (fault.line, fault.code))))


_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "%&$#_"} | dict.fromkeys("{}\\~^", " "))


def bibtex(source: OutsideSource) -> str:
    """Return a source as an entry of BibTeX, which reads as the same source.

    >>> text = bibtex(OutsideSource("maze", "Maze & Co", url="https://example.org/a_b"))
    >>> [(it.title, it.url) for it in bibliography("sources.bib", text).sources]
    [('Maze & Co', 'https://example.org/a_b')]
    """
    fields = {
        "title": " ".join(source.title.translate(_SPECIAL).split()),
        "url": source.url,
        "license": source.licence,
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@online{{{source.key},\n{lines}}}\n"


def _parsed(text: str) -> Library:
    # what it would log comes back as failed blocks; with a handler of its own it is not printed besides
    logging.getLogger("bibtexparser").addHandler(_QUIET)
    return parse_string(text)


def _fields(entry: Entry) -> dict[str, str]:
    return {field.key.lower(): " ".join(str(field.value).split()) for field in entry.fields}


def _source(entry: Entry, raw: Mapping[str, str]) -> OutsideSource:
    fields = {key: value.replace("{", "").replace("}", "") for key, value in _fields(entry).items()}
    return OutsideSource(
        entry.key,
        title=fields.get("title", ""),
        authors=tuple(_name(name) for name in fields.get("author", "").split(" and ") if name.strip()),
        publisher=next((fields[key] for key in ("organization", "publisher", "journaltitle") if key in fields), ""),
        url=raw.get("url", ""),
        date=fields.get("date", fields.get("year", "")),
        licence=raw.get("license", raw.get("licence", "")),
        note=fields.get("note", ""),
    )


def _name(name: str) -> str:
    """Return a name in the order in which it is spoken: “Wade, Mark” is Mark Wade."""
    last, comma, first = name.strip().partition(",")
    return f"{first.strip()} {last.strip()}" if comma else last


def _failed(library: Library) -> Iterator[Diagnostic]:
    for block in library.failed_blocks:
        yield Diagnostic("bad-source", "error", _line(block), 1, _reason(block))


def _reason(block: Block) -> str:
    if isinstance(block, DuplicateBlockKeyBlock):
        return f"there are two sources with the key “{block.key}”; rename one"
    if isinstance(block, DuplicateFieldKeyBlock):
        return f"one source has the field “{', '.join(sorted(block.duplicate_keys))}” twice; delete one"
    detail = " ".join(str(block.error).split()) if isinstance(block, ParsingFailedBlock) and str(block.error) else ""
    return "this source cannot be read; check its braces and commas" + (f" ({detail})" if detail else "")


def _faults(library: Library) -> Iterator[Diagnostic]:
    for entry in library.entries:
        fields = _fields(entry)
        if not fields.get("title"):
            yield Diagnostic("no-title", "error", _line(entry), 1, f"the source “{entry.key}” has no title; add one")
        if fields.get("url") and not fields["url"].startswith(_WEB):
            problem = f"“{fields['url']}” is no address; write it with https://"
            yield Diagnostic("bad-url", "error", _line(entry), 1, problem)


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1
