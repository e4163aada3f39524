"""A cast list: performers and their roles, whatever the damage to its brackets and commas.

>>> text = Clear.of("Ann Pell, Bo Lind (Guards), and Rex (himself)", 0, [])
>>> items = Cast(text, [], is_place).items("Cast", 0, len(text.text))
>>> [(item.performer.text, item.credited, item.qualifiers) for item in items]
[('Ann Pell', 'Guards', ('group',)), ('Bo Lind', 'Guards', ('group',)), ('Rex', 'himself', ())]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import CastItem, Span, Words
from kg.parse.clear import Clear, trimmed
from kg.parse.lexicon import PARTICLES, is_place
from kg.parse.notices import Notice
from kg.parse.people import people
from kg.parse.roles import TELLING, Role, ordered, parts

_PLAIN = re.compile(
    r"[,; \n]{0,4}([^,;:/&()\[\]+\s]+(?: [^,;:/&()\[\]+\s]+){0,5}) "
    r"\(([^,;/()\[\]“”\"?\s]+(?: [^,;/()\[\]“”\"?\s]+){0,9})\)"
)
_LINKED = re.compile(r" (?:and|with) |nknown|^(?:Other|Remaining|Additional)|[.–-]$")
_BRACKETS = re.compile(r"[()]")
_OPENERS = re.compile(
    r"(?:and |with |introducing |featuring |plus |also |starring |special |guest |appearance |by |star "
    r"|stars ){1,6}(?=\S)"
)
_OTHERS = re.compile(
    r"\b(?:others?|remaining|rest|additional|actors?|performers?|cast|extras|voices?|list)\b.{0,40}"
    r"\b(?:unknown|unlisted|uncredited|unidentified|unavailable|not (?:credited|known|listed|available|identified))\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:un|not )", re.IGNORECASE)
_NOBODY = frozenset(
    ("none", "none credited", "none listed", "nobody", "no one", "n/a", "no guest cast", "no guest stars")
)
_ASIDE = re.compile(r"(?:a\.?k\.?a\.?|aka|credited|as “|uncredited|not credited|billed|née|formerly)", re.IGNORECASE)
_NAME_LENGTH = 80  # no performer's name is longer: how far a missing bracket is looked for
_REPEATS = 3  # so many pairs of brackets may stand behind one performer
_CUT = ("[…]", "[...]", "[. . .]", "(…)", "[…", "…", "[")


class _Group(NamedTuple):
    """Performers and the brackets behind them; ``low`` to ``high`` is the role, ``plain`` parts the plainest form."""

    names: int
    opened: int
    low: int
    high: int
    end: int
    plain: re.Match[str] | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A reader of cast lists in one entry; what it notices goes to ``notices``."""

    text: Clear
    notices: list[Notice]
    places: Callable[[str], bool] = is_place

    def items(self, section: str, start: int, end: int) -> list[CastItem]:
        """Return the items of the list that stands from ``start`` to ``end``, in order."""
        start, end, cut = self._uncut(start, end)
        groups = self._groups(start, end)
        found: list[CastItem] = []
        repeats, manner, shift = 0, ordered(_section_manner(section)), self.text.shift(start, end)
        for index, group in enumerate(groups):
            if plain := group.plain and self._plain(group.plain, section, manner, shift):
                found.append(plain)
                repeats = 0
                continue
            follows = index > 0 and not self.text.text[groups[index - 1].end : group.opened].strip()
            repeats = repeats + 1 if follows else 0
            if not follows:
                found.extend(self._group(group, section))
            elif repeats < _REPEATS:
                self._again(found, groups[index - 1], group, section)
        rest = groups[-1].end if groups else start
        found.extend(self._roleless(rest, end, section, cut=cut))
        self._duplicates(found)
        return found

    def _uncut(self, start: int, end: int) -> tuple[int, int, bool]:
        start, end = trimmed(self.text.text, start, end)
        for sign in _CUT:
            if self.text.text[start:end].endswith(sign):
                self._notice("cut-short", end - 1, "the cast list stops here")
                return *trimmed(self.text.text, start, end - len(sign)), True
        return start, end, False

    def _groups(self, start: int, end: int) -> list[_Group]:
        text = self.text.text
        missing = text.count("(", start, end) - text.count(")", start, end)
        found: list[_Group] = []
        names, opened, depth, stop = start, start, 0, start
        while mark := (not depth and _PLAIN.match(text, stop, end)) or _BRACKETS.search(text, stop, end):
            at, stop = mark.span()
            if mark.re is _PLAIN:
                found.append(_Group(names, mark.start(2) - 1, *mark.span(2), stop, mark))
                names = stop
            elif mark.group() == ")":
                depth -= 1
                if depth < 0:
                    depth = 0
                    self._stray(found, names, at)
                elif depth == 0:
                    found.append(_Group(names, opened, opened + 1, at, at + 1))
                if depth == 0:
                    names = at + 1
            elif depth == 0:
                opened, depth = at, 1
            elif missing > 0 and (comma := self._unclosed(opened, at)):
                self._notice("bracket-closed", comma, "the brackets were never closed")
                found.append(_Group(names, opened, opened + 1, comma, comma))
                names, opened, depth, missing = comma, at, 1, missing - 1
            else:
                depth += 1
        if depth:
            self._notice("bracket-closed", end - 1, "the brackets were never closed")
            found.append(_Group(names, opened, opened + 1, end, end))
        return found

    def _unclosed(self, opened: int, at: int) -> int:
        """Return the comma at which a role must have ended when brackets open again at ``at``, 0 for nested ones."""
        comma = self.text.text.rfind(",", max(opened, at - _NAME_LENGTH), at)
        name = self.text.text[comma + 1 : at].strip() if comma > 0 else ""
        return comma if name and name[:1].isupper() and " " in name else 0

    def _stray(self, found: list[_Group], names: int, at: int) -> None:
        """Drop a closing bracket behind one just closed; any other ends an item without a role."""
        if self.text.text[names:at].strip(" ,;\n"):
            self._notice("bracket-stray", at, "a closing bracket without an opening one")
            found.append(_Group(names, at, at, at, at + 1))

    def _plain(self, found: re.Match[str], section: str, manner: tuple[str, ...], shift: int | None) -> CastItem | None:
        """Return the item of one performer in one plain role, as nearly all are; None for any other.

        ``shift`` is how far the whole list stands from here in the document, where nothing was cut out inside it.
        """
        name, role = found.groups()
        if not name[0].isupper() or TELLING.search(role) or _LINKED.search(name):
            return None
        low, high = found.span(1)
        if shift is None:
            names, roles = self.text.spans(low, high), self.text.spans(*found.span(2))
            span = self.text.span(low, found.end())
        else:
            names = (Span(low + shift, high + shift),)
            roles = (Span(found.start(2) + shift, found.end(2) + shift),)
            span = Span(low + shift, found.end() + shift)
        return CastItem(Words(name, names), (Words(role, roles),), role, manner, section, span)

    def _group(self, group: _Group, section: str) -> list[CastItem]:
        names = self._names(group.names, group.opened)
        role = self._role(group)
        qualifiers = set(role.qualifiers) | _section_manner(section)
        if len(names) > 1:
            qualifiers.add("group")
        credited = " ".join(self.text.text[group.low : group.high].split())
        end = self.text.raw(max(group.opened, group.end - 1)) + 1
        return [
            CastItem(
                name,
                role.characters,
                credited,
                ordered(qualifiers),
                section,
                Span(name.spans[0].start, end),
                role.voiced,
            )
            for name in names
        ]

    def _role(self, group: _Group) -> Role:
        if group.high <= group.low:
            return Role((), () if group.opened == group.low else ("unknown role",), ())
        role = parts(self.text, group.low, group.high, self.places)
        if "unknown role" in role.qualifiers:
            self._notice("role-unknown", group.low, "the role is not known")
        if "," in self.text.text[group.low : group.high]:
            self._notice("comma-in-role", group.low, f"read as {len(role.characters)} character(s)")
        return role

    def _names(self, start: int, end: int) -> tuple[Words, ...]:
        text = self.text.text
        start, end = trimmed(text, start, end)
        while start < end and text[start] in ",;.&/ \n":
            start += 1
        if hit := _OPENERS.match(text, start, end):
            start = hit.end()
        return tuple(name for name in people(self.text, start, end).names if not self._said_unknown(name))

    def _again(self, found: list[CastItem], before: _Group, group: _Group, section: str) -> None:
        """Read a second pair of brackets behind a performer: the role behind an alias, or one more role."""
        end = self.text.raw(max(before.opened, before.end - 1)) + 1
        same: list[CastItem] = []
        while found and found[-1].span.end == end:
            same.insert(0, found.pop())
        alias = _ASIDE.match(self.text.text, before.low, before.high)
        role, first = self._role(group), self._role(before)
        for item in same:
            characters = role.characters if alias else first.characters + role.characters
            said = set(role.qualifiers) | (set() if alias else set(first.qualifiers)) | _section_manner(section)
            low = group.low if alias else before.low
            credited = " ".join(self.text.text[low : group.high].split())
            qualifiers = ordered(said | ({"group"} if len(same) > 1 else set()))
            span = Span(item.span.start, self.text.raw(group.end - 1) + 1)
            found.append(CastItem(item.performer, characters, credited, qualifiers, section, span, role.voiced))

    def _roleless(self, start: int, end: int, section: str, *, cut: bool) -> list[CastItem]:
        text = self.text.text
        start, end = trimmed(text, start, end)
        while start < end and text[start] in ",;. \n":
            start += 1
        if not text[start:end].strip(" .,;"):
            return []
        if text[start:end].strip(" .").lower() in _NOBODY:
            self._notice("cast-empty", start, "the section says that there is nobody in it")
            return []
        if cut:
            return []
        manner = ordered(_section_manner(section))
        names = [name for name in self._names(start, end) if self._performer(name)]
        return [CastItem(name, (), "", manner, section, name.span) for name in names]

    def _performer(self, name: Words) -> bool:
        words = name.text.split()
        small = words[0][0].islower() and words[0] not in PARTICLES and words[0] != "the"
        if len(words) > 7 or small or words[-1][0].islower():
            self._notice(
                "cast-item-skipped", name.spans[0].start, f"“{name.text[:60]}” looks like no performer", raw=True
            )
            return False
        return True

    def _said_unknown(self, name: Words) -> bool:
        if not _DENIES.search(name.text):
            return False
        if name.text.lower() == "unknown" or _OTHERS.search(name.text):
            self._notice("cast-incomplete", name.spans[0].start, name.text[:60], raw=True)
            return True
        return False

    def _duplicates(self, found: list[CastItem]) -> None:
        seen: set[tuple[str, str]] = set()
        for item in found:
            key = (item.performer.text, item.credited)
            if key in seen and item.credited:
                self._notice("duplicate-item", item.span.start, f"{key[0]} ({key[1]})", raw=True)
            seen.add(key)

    def _notice(self, code: str, at: int, message: str, *, raw: bool = False) -> None:
        self.notices.append(Notice(code, at if raw else self.text.raw(max(0, at)), message))


def _section_manner(section: str) -> set[str]:
    """Return the manner that a section's heading gives to all of its items."""
    plain = section.lower()
    found = {"voice"} if "voice" in plain.split() or "voices" in plain.split() else set()
    return found | ({"archive"} if "footage" in plain else set())
