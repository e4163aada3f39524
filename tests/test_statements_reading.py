"""Reading a statements file: every kind of line, every kind of value, and what is said of each fault."""

from __future__ import annotations

import pytest

from kg.model import Document, Span, Statements, When
from kg.statements import read

TEXT = "Ann flew the Comet in 1961. The “wing” – they say – broke off. Ann wept, and Ann left."
ENTRY = Document("comet.txt", TEXT)


def story(lines: str, quote: str = "Ann flew the Comet") -> Statements:
    return read("comet.claims.md", f"# Story\n> {quote}\n{lines}", ENTRY)


def codes(found: Statements) -> list[tuple[str, int]]:
    return [(it.code, it.line) for it in found.diagnostics]


def test_reads_the_head() -> None:
    found = read("x", "entry: comet.txt\nby: Bo\nworld: Comet\nlanguage: en\n", ENTRY)
    assert (found.entry, found.by, found.world, found.language) == ("comet.txt", "Bo", "Comet", "en")


def test_reads_a_statement_with_its_quote_and_places() -> None:
    said = story("- Comet | commander | Ann").statements[0]
    assert (said.section, said.subject, said.property, said.value.text) == ("story", "Comet", "commander", "Ann")
    assert said.quote is not None
    assert [span.of(TEXT) for span in said.quote.spans] == ["Ann flew the Comet"]
    assert (said.place.line, said.place.column, said.value_place and said.value_place.column) == (3, 3, 23)


@pytest.mark.parametrize(
    ("written", "kind", "text", "more"),
    [
        ("Ann  Lee", "name", "Ann Lee", ""),
        ('"a text"', "text", "a text", ""),
        ('"un texte"@fr', "text", "un texte", "fr"),
        ("“smart”", "text", "smart", ""),
        (r'"says \"no\" \\ \n"', "text", 'says "no" \\ \n', ""),
        ("1961", "date", "1961", ""),
        ("2027~", "date", "2027~", ""),
        ("1961-04-12/1961-05", "date", "1961-04-12/1961-05", ""),
        ("3 weeks", "quantity", "3", "weeks"),
        ("40 m/s", "quantity", "40", "m/s"),
        ("-3.5 km", "quantity", "-3.5", "km"),
        ("18", "quantity", "18", ""),
        ("yes", "flag", "yes", ""),
    ],
)
def test_reads_values(written: str, kind: str, text: str, more: str) -> None:
    value = story(f"- Comet | p | {written}").statements[0].value
    assert (value.kind, value.text, value.language or value.unit) == (kind, text, more)


@pytest.mark.parametrize(
    "written",
    ['"open', 'closed"', '""', '"a" b', '"a"@', '"in"side"', r'"\x"', "1961-13-01", "1961.04.12", "a ^ b", "a [b]", ""],
)
def test_refuses_values(written: str) -> None:
    found = story(f"- Comet | p | {written}")
    assert found.statements == ()
    assert [line for _, line in codes(found)] == [3]


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("1961", When("at", date="1961")),
        ("since launch of Comet", When("since", event="launch of Comet")),
        ("10 days after this passage", When("after", event="this passage", amount="10", unit="days")),
        ("before ^x", When("before", event="^x")),
    ],
)
def test_reads_times(written: str, time: When) -> None:
    assert story(f"- Comet | p | Ann ^x\n  when: {written}").statements[0].when == time


@pytest.mark.parametrize("written", ["soon", "since 1961", "3 fortnights after launch of Comet", "1961-02-30", ""])
def test_refuses_times(written: str) -> None:
    assert codes(story(f"- Comet | p | Ann\n  when: {written}")) == [("bad-when", 4)]


def test_reads_what_is_said_of_a_statement() -> None:
    lines = (
        "- Comet | p | Ann\n  told by: Bo\n  shown: in dialogue\n  hedge: flew\n  complete: crew member, pilot\n"
        "  rank: preferred\n  note: as far as known\n  until: 1962"
    )
    said = story(lines).statements[0]
    assert (said.told_by, said.shown, said.hedge, said.rank) == ("Bo", "in dialogue", "flew", "preferred")
    assert said.hedge_span == Span(4, 8)
    assert (said.complete, said.note, said.until) == (
        ("crew member", "pilot"),
        "as far as known",
        When("at", date="1962"),
    )


def test_a_prefix_overrides_the_heading() -> None:
    said = story("- history: Comet | not p | Ann").statements[0]
    assert (said.section, said.heading, said.negated) == ("history", "story", True)


def test_an_outside_quote_has_a_source_and_no_place() -> None:
    found = read("x", "# History\n> It flew. [@wade p. 3]\n- Comet | p | Ann\n", None)
    quote = found.statements[0].quote
    assert quote is not None
    assert (quote.pieces, quote.source, quote.locator, quote.spans) == (("It flew.",), "wade", "p. 3", ())


def test_several_quote_lines_are_one_quote() -> None:
    found = read("x", "# Story\n> Ann flew\n> the Comet\n- Comet | p | Ann\n", ENTRY)
    assert found.diagnostics == ()
    assert found.statements[0].quote is not None


def test_what_is_left_out_makes_two_spans() -> None:
    quote = story("- Comet | p | Ann", "Ann flew […] broke off").statements[0].quote
    assert quote is not None
    assert [span.of(TEXT) for span in quote.spans] == ["Ann flew", "broke off"]


def test_a_proposal_is_read_as_one() -> None:
    said = story("//? - making: Ann | depicts | Ann\n//?   note: same name").statements[0]
    assert (said.proposed, said.section, said.note) == (True, "making", "same name")


def test_a_deleted_proposal_is_remembered() -> None:
    found = read("x", "# Story\n// offered: Ann | depicts | Ann\n", ENTRY)
    assert [offer.subject for offer in found.rejected] == ["Ann"]
    kept = read("x", "# Story\n> Ann flew\n- making: Ann | depicts | Ann\n// offered: Ann | depicts | Ann\n", ENTRY)
    assert kept.rejected == ()


def test_line_ends_and_byte_order_mark_do_not_matter() -> None:
    text = "# Story\n> Ann flew\n- Comet | p | Ann\n"
    plain, dos = read("x", text, ENTRY), read("x", "\ufeff" + text.replace("\n", "\r\n"), ENTRY)
    assert plain == dos


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ("words without a sign", "unknown-line", 3),
        ("- Comet | p", "missing-bar", 3),
        ("- Comet, p, Ann", "missing-bar", 3),
        ("- Comet || Ann", "empty-field", 3),
        ("# Stroy", "unknown-heading", 3),
        ("  when: 1961", "stray-key", 3),
        ("- Comet | p | Ann\nwhen: 1961", "not-indented", 4),
        ("- Comet | p | Ann\n  wen: 1961", "unknown-key", 4),
        ("- Comet | p | Ann\n  when: 1961\n  when: 1962", "repeated-key", 5),
        ("- Comet | p | Ann\n  verdict: acurate", "bad-verdict", 4),
        ("- Comet | p | Ann\n  verdict: accurate", "bad-verdict", 4),
        ("- Comet | p | Ann\n  against: ^x", "unknown-label", 4),
        ("- Comet | p | Ann\n  against: x", "bad-against", 4),
        ("- Comet | p | Ann ^x\n- Comet | q | Ann ^x", "repeated-label", 4),
        ("- Comet | p | Ann ^x", "unused-label", 3),
        ("- Comet | p | Ann\n- Comet | p | Ann", "repeated-statement", 4),
        ("- Comet | p | Ann\n  hedge: perhaps", "bad-hedge", 4),
        ("// - Comet | p | Ann", "statement-in-remark", 3),
    ],
)
def test_tells_faults_at_their_place(lines: str, code: str, line: int) -> None:
    assert (code, line) in codes(story(lines))


def test_keys_of_a_broken_statement_go_to_no_other() -> None:
    found = story("- Comet | p | Ann\n- Comet | q\n  rank: preferred")
    assert [said.rank for said in found.statements] == [""]


def test_a_statement_needs_words_and_a_heading() -> None:
    assert codes(read("x", "- Comet | p | Ann\n- Comet | q | Ann\n", ENTRY)) == [("no-heading", 1)]
    assert codes(read("x", "# Story\n- Comet | p | Ann\n", ENTRY)) == [("no-quote", 2)]


def test_belongs_to_the_entry_that_it_names() -> None:
    assert codes(read("x", "entry: other.txt\n", ENTRY)) == [("other-entry", 1)]
