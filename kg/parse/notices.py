"""What the readers notice, before it is known which line of the file it stands on; and what each code means.

>>> explain("role-unknown").startswith("The brackets")
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.errors import UsageError
from kg.model import Severity


@dataclass(frozen=True, slots=True)
class Notice:
    """A repair or a doubt: its code, where in the document it stands, and what there is to say about it."""

    code: str
    at: int
    message: str


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of notice: how grave it is and what it means."""

    severity: Severity
    meaning: str


CODES: Mapping[str, Code] = MappingProxyType(
    {
        "missing-title": Code(
            "warning",
            "The text does not tell the episode's title: copies lose headings. Give it in front matter (title: …) "
            "before the text; the episode is then named and numbered everywhere.",
        ),
        "missing-number": Code(
            "warning",
            "The text does not tell the episode's number; guides rarely do. Give it in front matter (number: …). "
            "Without it the episode is named after its file.",
        ),
        "missing-series": Code(
            "warning",
            "Neither category, picture label nor address tells the series. Give it in front matter (series: …).",
        ),
        "label-removed": Code(
            "info",
            "The alternative text of a picture stood glued to the next word and was taken out. The stretches of the "
            "values around it leave it out too.",
        ),
        "label-guessed": Code(
            "info",
            "The picture's label is known only from the place where a capital follows a small letter, a digit or a "
            "sign without a space. If the first words of the synopsis look wrong, set a space there.",
        ),
        "labels-differ": Code(
            "info", "Two different picture labels were met in one entry; the first is kept as its label."
        ),
        "shop-removed": Code("info", "The text of a shop's link stood glued to a credit and was taken off."),
        "verb-corrected": Code(
            "info", "A credit's phrase was misspelt; the right one is used, the span keeps the raw words."
        ),
        "surname-shared": Code("info", "Two people share a surname that is written once; it was written out for both."),
        "credit-joined": Code("info", "A credit went on in a second line and was read as one."),
        "credit-glued": Code(
            "info", "A credit and the heading of the cast stood in one line without a break; they were parted."
        ),
        "credit-unknown": Code(
            "info", "A line among the credits opens with words for no job that is known here; it was left out."
        ),
        "no-names": Code(
            "info", "The page says that nobody is credited for this job: a statement, kept as a credit without names."
        ),
        "bracket-closed": Code(
            "info", "The brackets of a cast item were never closed; they were closed where the item ends."
        ),
        "bracket-stray": Code(
            "warning", "A closing bracket stands where none was opened; what stood before it has no role."
        ),
        "role-unknown": Code("info", "The brackets of a cast item hold no name, only that the role is unknown."),
        "cast-incomplete": Code("info", "The list itself says that other performers are not known."),
        "cast-empty": Code("info", "The section of the cast says that there is nobody in it."),
        "cast-item-skipped": Code(
            "warning", "Words in a cast list look like no performer and stand before no brackets; they were left out."
        ),
        "comma-in-role": Code(
            "info",
            "A comma stands in a role: read as two characters, or as one where the words behind it are a place, a "
            "title or a suffix. Write / between two characters to be sure.",
        ),
        "duplicate-item": Code(
            "info", "The same performer with the same role stands in the list twice; both are kept."
        ),
        "cut-short": Code("info", "The copy stops in the middle ([…]); what stood there is left out."),
        "leftover-skipped": Code(
            "info", "Words around the entry that do not belong to it (adverts, links) were left out."
        ),
        "page-skipped": Code("info", "A part of the page is no episode entry and was left out."),
        "season-conflict": Code("warning", "Front matter and categories tell different seasons; front matter wins."),
        "prose-unheaded": Code("info", "A paragraph behind the cast has no heading; it was read as a note."),
        "date-unclear": Code("info", "A date could not be told for certain, such as a run over the turn of the year."),
        "name-slip": Code("info", "A known name stands with a slip of letters; it was recognised all the same."),
        "depiction-proposed": Code(
            "info",
            "A character bears the name of a known historical figure. That it depicts this figure is proposed, and "
            "counts for nothing until an editor confirms it in the statements file.",
        ),
    }
)


def explain(code: str) -> str:
    """Return what a diagnostic's code means. Raises UsageError, naming the codes, for one that does not exist."""
    if code not in CODES:
        raise UsageError(f"no diagnostic has the code {code!r}; there are {', '.join(sorted(CODES))}")
    return CODES[code].meaning
