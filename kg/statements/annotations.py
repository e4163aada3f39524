"""The indented lines that say something about the statement above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.model import Statement
from kg.statements.folding import plain
from kg.statements.lines import RANKS, SHOWN, VERDICTS, Line
from kg.statements.nearest import hint
from kg.statements.quotes import Quotes
from kg.statements.values import name, when


def annotate(statement: Statement, found: Line, quotes: Quotes) -> Statement:
    """Return the statement with what the line says of it. Raises ValueError where the words do not fit the key."""
    if not found.text:
        raise ValueError(f"write something after “{found.key}:”")
    statement = replace(statement, key_places=(*statement.key_places, (found.key, found.place)))
    if found.key == "hedge":
        return _hedged(statement, found.text, quotes)
    actions: dict[str, Callable[[Statement, str], Statement]] = {
        "when": lambda said, words: replace(said, when=when(words)),
        "until": lambda said, words: replace(said, until=when(words)),
        "told by": lambda said, words: replace(said, told_by=name(words)),
        "shown": lambda said, words: replace(said, shown=_of(SHOWN, words)),
        "verdict": lambda said, words: replace(said, verdict=_of(VERDICTS, words)),
        "against": lambda said, words: replace(said, against=_reference(words)),
        "judged by": lambda said, words: replace(said, judged_by=words if words.startswith("@") else name(words)),
        "complete": lambda said, words: replace(said, complete=tuple(name(part.strip()) for part in words.split(","))),
        "rank": lambda said, words: replace(said, rank=_of(RANKS, words)),
        "note": lambda said, words: replace(said, note=_note(words)),
    }
    return actions[found.key](statement, found.text)


def _hedged(statement: Statement, words: str, quotes: Quotes) -> Statement:
    """Return the statement with its hedge, which must stand in its quote."""
    quote = statement.quote
    if quote is None:
        raise ValueError("a hedge stands in quoted words, and none are quoted above")
    spans = quotes.within(quote, words)
    if not spans and plain(words) not in plain(" ".join(quote.pieces)):
        raise ValueError(f"“{words}” does not stand in the quote above; write the hedge as the quote has it")
    return replace(statement, hedge=words, hedge_span=spans[0] if spans else None)


def _of(known: tuple[str, ...], words: str) -> str:
    if words not in known:
        raise ValueError(f"“{words}” is none of {', '.join(known)}{hint(words, known)}")
    return words


def _note(words: str) -> str:
    if words.count("|") >= 2:
        raise ValueError("this note holds a statement; begin a new line for it")
    return words


def _reference(words: str) -> str:
    if not words.startswith("^") or " " in words or len(words) < 2:
        raise ValueError("write the sign of a statement here, as in “against: ^wing”")
    return words.removeprefix("^")
