"""A table of names as questions to the matcher, and its answers as lines, one for each line asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.errors import InputError
from kg.link.items import year_of
from kg.link.match import Answer, Question
from kg.link.wikidata import KINDS

COLUMNS: Final = ("label", "qid", "score", "evidence")
_LAYOUT = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_COLUMNS_ASKED: Final = ("label", "kind", "year")
_SYNONYMS: Final = MappingProxyType(
    {
        "human": "person", "people": "person", "figure": "person", "fictional character": "character",
        "flight": "mission", "space mission": "mission", "spacecraft": "craft", "ship": "craft", "vehicle": "craft",
        "series": "work", "film": "work", "episode": "work", "show": "work", "book": "work", "country": "place",
        "city": "place", "planet": "place", "organization": "organisation", "company": "organisation",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a table in order, and whether a line of headings stood before them."""

    asked: tuple[Question, ...]
    headed: bool = False


def read(text: str, source: str) -> Questions:
    """Return the questions of tab-separated lines ``label kind year``; kind and year may lack.

    A first line that names its columns sets their order. Raises InputError, with the line, for an unknown kind or a
    year that is none.
    """
    lines = _lines(text.removeprefix("\ufeff"))
    heads = [cell.strip().lower() for cell in lines[0].split("\t")] if lines else []
    headed = bool({"label", "name"} & set(heads))
    columns = ["label" if head == "name" else head for head in heads] if headed else list(_COLUMNS_ASKED)
    numbered = list(enumerate(lines, start=1))[int(headed) :]
    return Questions(tuple(_question(line, columns, source, number) for number, line in numbered), headed)


def tsv(answers: Iterable[Answer], *, headed: bool) -> Iterator[str]:
    """Yield answers as tab-separated lines, in order, with a line of headings where the questions had one.

    A label is given back as it was asked, but for signs that would break the line.
    """
    if headed:
        yield "\t".join(COLUMNS) + "\n"
    for answer in answers:
        evidence = " ".join(answer.evidence.split())
        yield "\t".join((_LAYOUT.sub(" ", answer.question.label), answer.text, f"{answer.score:.2f}", evidence)) + "\n"


def _lines(text: str) -> list[str]:
    """Return lines as editors count them; other signs that may end one are parts of a name."""
    lines = re.split(r"\r\n|\n|\r", text)
    return lines[:-1] if lines[-1] == "" else lines


def json_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield answers as a JSON array, every candidate with its evidence."""
    yield json.dumps([_answer(answer) for answer in answers], ensure_ascii=False, indent=1) + "\n"


def _answer(answer: Answer) -> dict[str, object]:
    return {
        "label": answer.question.label,
        "kind": answer.question.kind or None,
        "year": answer.question.year,
        "answer": answer.text,
        "score": answer.score,
        "candidates": [
            {"qid": found.item.qid, "label": found.item.label, "score": found.score, "evidence": list(found.evidence)}
            for found in answer.candidates
        ],
    }


def _question(line: str, columns: list[str], source: str, number: int) -> Question:
    row = dict(zip(columns, line.split("\t"), strict=False))
    kind = row.get("kind", "").strip().lower()
    kind = _SYNONYMS.get(kind, kind)
    if kind and kind not in KINDS:
        known = ", ".join(KINDS)
        raise InputError(source, f"“{kind}” is no kind of thing; known are {known}", line=number)
    said = row.get("year", "").strip()
    year = year_of(said) if said not in ("", "-", "?") else None
    if year is None and said not in ("", "-", "?"):
        raise InputError(source, f"“{said}” is no year", line=number)
    return Question(row.get("label", ""), kind, year)
