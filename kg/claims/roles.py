"""Which roles have no name of their own: “News Reporter”, “Astronaut 1”, “Ivo’s assistant”."""

from __future__ import annotations

# What people are called in cast lists when the story does not name them. The last word of a role decides.
_OCCUPATIONS = frozenset(
    """
    actor actress agent aide anchor announcer assistant astronaut attendant bartender bodyguard boy boyfriend
    broadcaster brother butler captain child clerk colonel commander commentator cop cosmonaut crewman crewmember
    crewwoman customer dancer daughter dealer deputy detective diplomat director doctor driver drone engineer
    ensign extra fan farmer father fisherman general ghost girl girlfriend guard guest helmsman host hostess
    husband inspector interviewer janitor journalist judge kid king lady lawyer leader lieutenant maid man manager
    marine mechanic medic messenger minister mother narrator neighbor neighbour newscaster newsreader nun nurse
    officer official operator orderly owner paramedic passenger passer-by patient patrolman photographer physician
    pilot policeman policewoman postman presenter president priest prisoner prof professor prostitute psychiatrist
    psychologist queen receptionist reporter robot sailor salesman scientist secretary security senator sentry
    sergeant servant shopkeeper singer sister soldier son speaker spectator spy steward stewardess student
    supervisor tailor teacher technician teenager terrorist thief thug tourist trooper vendor victim villager
    visitor voice waiter waitress wife witness woman worker workman youth
    """.split()
)
_ARTICLES = frozenset({"a", "an", "the", "another", "first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th"})


def unnamed(role: str) -> bool:
    """Return whether a role is a description and no name, so that it belongs to its episode alone.

    >>> [unnamed(role) for role in ("News Reporter", "Astronaut 1", "Ivo’s assistant", "Guard #2", "Guards")]
    [True, True, True, True, True]
    >>> [unnamed(role) for role in ("Ivo", "Doctor Who", "Captain Ardan", "77X2031")]
    [False, False, False, False]
    """
    words = [word.strip("()“”\"'’.,").lower() for word in role.split()]
    if len(words) > 1 and (words[-1].lstrip("#").isdigit() or words[0] in _ARTICLES):
        return True
    if any(word.endswith(("’s", "'s")) for word in role.lower().split()[:-1]):
        return True
    last = words[-1] if words else ""
    return last in _OCCUPATIONS or last.removesuffix("s") in _OCCUPATIONS or last == "himself" or last == "herself"
