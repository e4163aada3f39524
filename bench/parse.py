"""How fast guide entries are read, and that hostile input takes time in proportion: ``python bench/parse.py``.

Speed is processor time of one core for entries of the real entry's size: the layout alone, and with names and dates in
prose against 1,800 known names. Growth is the time for n signs against that for n/4 (4 is proportional).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.errors import EntryError
from kg.model import KnownName
from kg.parse import Gazetteer, document, entries, layouts

GIVEN = "Ann Bo Cy Di Ed Fay Gil Hal Ivy Jon Kim Lou Mara Nils Orla Pia Quin Rolf Sam Ted Uma Vic Wyn Zoë".split()
FAMILY = (
    "Pell Lind Orr Ek Fox Gill Hale Imrie Jolley Kern Loft Voss Nagy Oake Pratt Quist Rusk Stoll Thorn Urey".split()
)
WORDS = (
    "the crew of ship finds a door under ice and waits for storm to pass while commander orders them back but nobody "
    "listens because signal from surface grows stronger every hour until engine fails above dark side"
).split()
ROUNDS = 5


def people(chance: random.Random) -> str:
    """Return a made-up name."""
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"


def sentence(chance: random.Random, names: list[str]) -> str:
    """Return a sentence that names somebody, now and then with a year."""
    said = " ".join(chance.choices(WORDS, k=18))
    year = f" in {chance.randint(1950, 2090)}" if chance.random() < 0.3 else ""
    return f"{chance.choice(names)} sees that {said}{year}."


def page(seed: int) -> str:
    """Return an entry about as long as the real one (4,400 signs, 15 items in the cast)."""
    chance = random.Random(seed)
    cast = [people(chance) for _ in range(15)]
    prose = ["".join(sentence(chance, cast) + " " for _ in range(count)).strip() for count in (4, 9, 8, 6)]
    items = ", ".join(f"{people(chance)} ({name})" for name in cast)
    return (
        f"Categories Comet Patrol Season {seed % 9 + 1}\n\nStorm {seed}\n\nComet Patrol{prose[0]}\n\n{prose[1]}\n\n"
        f"Order the DVDwritten by {people(chance)}\ndirected by {people(chance)} & {people(chance)}\n"
        f"music by {people(chance)}\n\n"
        f"Comet PatrolCast: {items}\n\nComet PatrolNotes: {prose[2]}\n\n{prose[3]}\n\n"
        f"LogBook entry by {people(chance)}\n\n"
    )


def known(count: int) -> Iterator[KnownName]:
    """Yield made-up known names: persons, missions and series."""
    chance = random.Random(7)
    for number in range(count):
        kind = ("person", "mission", "work")[number % 3]
        name = {
            "person": f"{people(chance)}ov {number}",
            "mission": f"Vostok {number}",
            "work": f"Night {people(chance)}",
        }
        yield KnownName(name[kind], kind, f"Q{number}", (), 1900 + number % 100)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the fastest of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def speed(entries_wanted: int = 200) -> None:
    """Print entries a second."""
    text = document("bench.txt", "".join(map(page, range(entries_wanted))).encode())
    gazetteer = Gazetteer(known(1800))
    print(f"{len(text.text) / entries_wanted:.0f} signs an entry, {entries_wanted} entries")
    for name, work in (
        ("layout", lambda: sum(1 for _ in layouts(text))),
        ("with names and dates", lambda: sum(1 for _ in entries(text, gazetteer))),
    ):
        print(f"{name:<24}{entries_wanted / seconds(work):8.0f} entries a second")


HOSTILE: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda n: "Cast: Ann Pell " + "(" * n,
    "closing brackets": lambda n: "Cast: Ann Pell " + ")" * n,
    "pairs of brackets": lambda n: "Cast: Ann Pell " + "()" * (n // 2),
    "brackets, unclosed names": lambda n: "Cast: " + "Ann (Ivo, " * (n // 10),
    "commas": lambda n: "Cast: Ann Pell (Ivo" + "," * n + ")",
    "slashes": lambda n: "Cast: Ann Pell (" + "Zed/" * (n // 4) + ")",
    "codes with slashes": lambda n: "Cast: Ann Pell (" + "1/" * (n // 2) + ")",
    "surnames like phrases": lambda n: "written by Ann " + "Story by Ann from the Dome " * (n // 27),
    "performers": lambda n: "Cast: " + "Ann Pell, " * (n // 10) + "Bo Lind (Guards)",
    "first names": lambda n: "written by " + "Ann & " * (n // 6) + "Bo Pell",
    "labels": lambda n: "Comet PatrolA door.\n\nwritten by Ann\n\nComet PatrolCast: " + "Comet Patrol" * (n // 12),
    "labels glued to words": lambda n: (
        "Comet PatrolA door opens. " + "Comet PatrolDome " * (n // 17) + "\n\nwritten by Ann"
    ),
    "one line": lambda n: "A door opens. " * (n // 14) + "\n\nwritten by Ann Pell",
    "spaces": lambda n: "Cast: Ann" + " " * n + "Pell (Ivo)",
    "line ends": lambda n: "A door opens. It closes." + "\n" * n + "Cast: Ann Pell (Ivo)",
    "short lines": lambda n: "a\n" * (n // 2) + "Cast: Ann Pell (Ivo)",
    "verbs": lambda n: "written by " * (n // 11),
    "bare by": lambda n: "music by Ann" + " by" * (n // 3),
    "quotation marks": lambda n: "based on “" * (n // 10) + " by Ann Pell\nCast: Ann (Ivo)",
    "digits": lambda n: "In " + "1" * n + " it rains. It stops.\n\nCast: Ann Pell (Ivo)",
    "years": lambda n: "In " + "1967 " * (n // 5) + "it rains. It stops.\n\nCast: Ann Pell (Ivo)",
    "capitals": lambda n: "Vostok " * (n // 7) + "\n\nCast: Ann Pell (Ivo)",
    "lives": lambda n: "Ann " * (n // 20) + "Ada Brandt (1815-1852) " * (n // 40) + "\n\nCast: Ann Pell (Ivo)",
    "heads": lambda n: "Cast: Ann (Ivo) " * (n // 16),
    "closings": lambda n: "written by Ann\nLogBook entry by Ann Pell\n" * (n // 41),
    "cuts": lambda n: "A door opens. […]\n\nIce\n\n" * (n // 24) + "Cast: Ann (Ivo)",
    "shops": lambda n: "Order the DVD" * (n // 13) + "written by Ann Pell",
    "one word": lambda n: "a" * n + "\n\nCast: Ann Pell (Ivo)",
    "apostrophes": lambda n: "O’" * (n // 2) + "\n\nCast: Ann Pell (Ivo)",
    "dots": lambda n: "A." * (n // 2) + "\n\nCast: Ann Pell (Ivo)",
    "tags": lambda n: "<html>" + "<p>A door opens.<br>" * (n // 20) + "</html>",
}


def growth(signs: int) -> None:
    """Print how the time grows from a quarter of the signs to all of them."""
    gazetteer = Gazetteer(known(1800))
    for name, made in HOSTILE.items():
        times = []
        for count in (signs // 4, signs):
            data = made(count).encode()
            begun = time.process_time()
            try:
                for _ in entries(document("hostile.txt", data), gazetteer):
                    pass
            except EntryError:
                pass
            times.append(time.process_time() - begun)
        print(f"{name:<26}{times[1]:8.2f} s{times[1] / max(times[0], 1e-9):8.1f} x", flush=True)


if __name__ == "__main__":
    speed()
    growth(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
