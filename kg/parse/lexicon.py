"""Closed lists of words by which the layout's ambiguous forms are told apart.

They hold ordinary words of English and no names of series, people or stories.
"""

from __future__ import annotations

import unicodedata

PARTICLES = frozenset(
    "van von der den de del della di da du des la le los las el al bin ibn ter ten zu y e af av".split()
)
SUFFIXES = frozenset("jr sr jnr snr ii iii iv esq md phd rn dds obe mbe cbe kbe qc kc dphil dsc usaf usn ret".split())
NO_COMMA_SUFFIXES = frozenset("inc ltd llc co corp limited incorporated".split())

# what an unnamed role is called; the last word of a role decides ("Second Guard", "Hotel Clerk")
JOBS = frozenset(
    """
    actor actress adjutant adviser advisor agent aide alien ambassador analyst anchor anchorman anchorwoman android
    announcer apprentice archaeologist archer assassin assistant astronaut astronomer attendant attorney auctioneer aunt
    baby bailiff baker banker barber barkeep barmaid barman bartender beggar bellboy bellhop biologist bishop boatman
    bodyguard bookseller boss botanist boy bride brother builder busboy businessman businesswoman butcher butler buyer
    cadet cameraman capcom captain captive caretaker cashier celebrant chairman chairwoman chancellor chaplain chauffeur
    chef chemist chief child citizen civilian cleaner clergyman clerk client clone coach coachman colonel colonist
    commandant commander commentator commissioner computer conductor constable controller convict cook
    coordinator copilot co-pilot coroner corporal cosmonaut councillor councilman councilor counsel counsellor counselor
    courier cousin cowboy creature crewman crewmember crewwoman critic croupier curator customer cyborg dancer daughter
    dealer dean delegate deliveryman dentist deputy designer detective dignitary diplomat director dispatcher
    diver docent
    doctor doorman dr drifter driver drone drunk editor elder elderly electrician emcee engineer ensign escort
    exec executive executioner expert explorer extra farmer father fighter fireman firefighter fisherman foreman friend
    gambler gamekeeper gangster gardener general gentleman geologist ghost girl gladiator goon governess governor
    grandfather grandmother grandson groom grocer guard guardsman guest guide gunman gunner handyman headmaster helmsman
    henchman herald hermit historian host hostage hostess hotelier housekeeper housewife hunter husband
    illusionist inmate innkeeper inspector instructor intern interpreter interviewer inventor investigator janitor
    jailer jailor jockey journalist judge juror keeper kid killer knight labourer laborer lady landlady landlord
    lawyer leader lecturer librarian lieutenant linguist lodger lord machine magician magistrate maid mailman major man
    manager marine marshal marshall master matron mayor mechanic medic medtech merchant messenger midwife miner minister
    minion missionary model monitor monk monster morgue mother mugger musician narrator navigator negotiator neighbor
    neighbour newscaster newsman newspaperman newsreader newsboy nun nurse officer official old-timer operative operator
    orderly owner painter paramedic passenger passerby patient patrolman patron pedestrian person pharmacist
    photographer physician physicist pianist pilot pirate player plumber policeman policewoman politician porter
    postman preacher president priest priestess prime princess prisoner private producer professor projectionist
    proprietor prosecutor psychiatrist psychologist publican radioman rancher ranger rebel receptionist recruit
    referee refugee repairman reporter representative rescuer researcher resident rider robot rookie runner sailor
    salesgirl saleslady salesman saleswoman scavenger scholar schoolboy schoolgirl schoolmaster scientist scout
    secretary security senator sentinel sentry sergeant servant serviceman settler sheriff shopkeeper shopper sister
    slave slaver sniper soldier son speaker spectator spokesman spokesperson spokeswoman spy squire stableboy
    steward stewardess stranger student superintendent supervisor surgeon surveyor survivor suspect tailor taxi teacher
    technician teenager telephonist teller tenant terrorist therapist thief thug tourist townsman trader traffic
    trainer tramp translator traveler traveller trooper truck trucker tutor twin undertaker usher valet vendor
    veteran veterinarian vicar victim villager visitor voice volunteer waiter waitress warden warder warrior
    watchman weatherman welder wife witch witness wizard woman worker workman writer yeoman youth zombie
    """.split()
)

TITLES = frozenset(
    """
    admiral archbishop archduke baron baroness bishop captain chairman chancellor chief colonel commander commissioner
    consul count countess crown dame dean director doctor duchess duke earl elder emperor empress first general goddess
    god governor grand head heir high keeper king knight lady leader lieutenant lord madam marquis master mayor
    minister mistress mother overlord pope premier president prime prince princess principal queen regent ruler sergeant
    servant sheriff sir sister son daughter sultan supreme tsar tsarina viceroy warden warlord wife husband brother
    father friend assistant aide minister secretary
    """.split()
)

# offices that one figure holds: behind a name and a comma they go on with that figure (“Brun, Chief Engineer”)
OFFICES = frozenset("chief emperor empress grand head high king lord mayor president prime queen supreme vice".split())

ADDRESSES = frozenset(
    """
    admiral capt captain chief cmdr col colonel commander commodore corporal count countess cpl cpt cdr dame det
    detective doctor dr duke ensign father first general gen governor inspector judge king lady lieutenant lord lt
    madam madame maj major marshal master miss mister mr mrs ms nurse officer pfc president prince princess private
    prof professor pvt queen rev reverend senator sergeant sgt sheriff sir sister the uncle aunt young old child
    special agent monsieur mademoiselle herr frau
    """.split()
)

PLACES = frozenset(
    """
    academy airfield airport alley arena army asylum avenue bank bar barracks base bay beach bridge bunker cabin cafe
    café camp canteen casino castle cathedral cave cell cemetery centre center chapel church city clinic club coast
    colony college command compound consulate control corridor council county court courthouse courtroom dam deck
    depot desert desk diner district dock docks docklands dome downtown embassy engineering estate factory farm field
    floor forest fort gallery gaol garage garden gate gym hall hangar harbor harbour headquarters heights hill
    hospital hotel
    house hq inn island jail junction kitchen lab laboratory lake lane library lighthouse lobby lodge mall mansion
    marina market mill mine ministry monastery moon morgue motel mountain museum navy observatory office orchard orbit
    outpost palace park patrol penitentiary pier plant platform plaza police port post precinct prison pub quarry
    quarters ranch range reception refinery reserve resort restaurant river road room school sector settlement ship
    shop shore site spaceport square stadium station store street studio subway surgery temple terminal theater
    theatre tower town tunnel university valley vault village ward warehouse well west east north south wharf woods yard
    zoo
    africa alaska algeria amsterdam argentina arizona arkansas asia athens atlanta australia austria baghdad baltimore
    bangkok barcelona beijing belfast belgium berlin birmingham bombay boston brazil bristol brussels budapest cairo
    calcutta california canada canberra cardiff chicago chile china cleveland colorado connecticut copenhagen
    cuba dallas
    delhi denmark denver detroit dover dublin edinburgh egypt england essex europe finland florida france geneva georgia
    germany glasgow greece greenland hamburg havana hawaii helsinki hollywood houston hungary iceland idaho illinois
    india indiana iowa iran iraq ireland israel istanbul italy jakarta jamaica japan jerusalem kansas kent
    kentucky kenya
    korea kyoto lagos leeds lisbon liverpool london louisiana madrid maine manchester manhattan maryland massachusetts
    melbourne memphis mexico miami michigan milan minnesota mississippi missouri montana montreal morocco moscow munich
    nairobi naples nebraska netherlands nevada norway ohio oklahoma ontario oregon osaka oslo oxford pakistan
    paris pennsylvania peru philadelphia phoenix poland portugal prague quebec rome russia sahara scotland seattle seoul
    shanghai siberia sicily singapore spain stockholm surrey sussex sweden switzerland sydney taiwan tehran
    tennessee texas
    tokyo toronto turin turkey ukraine usa utah vancouver venice vermont vienna vietnam virginia wales warsaw washington
    wisconsin wyoming yorkshire zurich
    earth mars venus mercury jupiter saturn uranus neptune pluto titan europa luna
    """.split()
)
PLACE_ENDINGS = ("base", "borough", "bridge", "burg", "bury", "field", "ford", "ham", "haven", "land", "mouth", "port",
                 "shire", "stadt", "stead", "gate", "point", "grad", "minster", "town", "ville", "worth")  # fmt: skip

PLACING = frozenset("in at aboard inside outside".split())

# words that a piece of prose glued behind a label may begin with, in small letters
GLUED_WORDS = frozenset(
    """
    adventure and as audio book by cast character characters crew creator during episode episodes era fans fan
    film films
    for franchise from guide had has homepage in is it its made movie movies novel of on online or original page
    pilot premiere
    producers production revival season seasons serial series set show spinoff star stars stories story team that the
    this timeline title to universe viewers voice was were when which who with writer writers young
    """.split()
)

# what may stand at the very start of a synopsis behind a label that ends in capitals or digits
OPENERS = frozenset(
    """
    A After Aboard All Alone Although An And Another Any Arriving As At Back Because Before Being Between Both But By
    Captain Commander Despite Doctor Dr During Each Earth Even Every Evidence Everyone Exploring Five For Four
    From Having
    He Her His How I If In Inside Into It Its Just Last Late Later Life Long Looking Many Meanwhile More Most Mr
    Mrs My Nearly New
    No Not Now Nobody Nothing Of Off On Once One Only Our Out Over People Police Professor Returning Scientists
    Searching
    Seven Several She Shortly Since Six Some Someone Something Soon Stardate Still Strange Ten That The Their
    Then There These They
    This Three Through Thousands To Today Trapped Traveling Travelling Two Under Unable Unknown Until Upon Using
    We What When
    Where While While Who With Within Without Years You Young
    """.split()
)


def folded(word: str) -> str:
    """Return a word in small letters, without full stops and apostrophes at its ends.

    >>> folded("Sgt."), folded("Guards’")
    ('sgt', 'guards')
    """
    return unicodedata.normalize("NFC", word).lower().strip(".,:;’'‘“”\"()#")


def is_job(words: str) -> bool:
    """Return whether a role is named by what its figure does: its last word that is no number is a job's.

    >>> is_job("Second Guard"), is_job("Astronaut 1"), is_job("Jeanne")
    (True, True, False)
    """
    for word in reversed(words.split()):
        plain = folded(word)
        if plain and not plain.isdigit() and not (len(plain) == 1 and plain.isalpha()):
            return plain in JOBS or (plain.endswith("s") and plain[:-1] in JOBS) or _plural(plain) in JOBS
    return False


def _plural(word: str) -> str:
    return word[:-3] + "man" if word.endswith("men") else word[:-3] + "y" if word.endswith("ies") else word


def is_place(words: str) -> bool:
    """Return whether words look like the name of a place: by a known place, a kind of place, or the ending.

    >>> is_place("Harbour"), is_place("Deck 5"), is_place("U.S.S. Kite"), is_place("Ork")
    (True, True, True, False)
    """
    first = words.split(" ")[0].replace(".", "")
    if first.isalpha() and first.isupper() and (len(first) > 2 or (" " not in words and len(words) > 1)):
        return True  # an abbreviation: “FBI”, or “U.S.S.” before a ship
    plain = [folded(word) for word in words.split()]
    return any(word in PLACES for word in plain) or any(
        len(word) > len(ending) + 2 and word.endswith(ending) for word in plain for ending in PLACE_ENDINGS
    )


def is_suffix(words: str) -> bool:
    """Return whether words only go on with the name before them: “Jr.”, “M.D.”.

    >>> is_suffix("Jr."), is_suffix("M.D."), is_suffix("Ork")
    (True, True, False)
    """
    return words.replace(".", "").strip().lower() in SUFFIXES
