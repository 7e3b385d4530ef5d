"""What a synthetic town's cells say: reasons, organisations, redactions and placeholders.

Every name in here is invented. The reasons follow the words that are found in released logs.
"""

from __future__ import annotations

__all__ = [
    "ANSWER_BLANKS",
    "BLANKS",
    "CANARIES",
    "DETAILS",
    "FILTERS",
    "NAMES",
    "OFFENSES",
    "OTHER_STATES",
    "PHRASES",
    "PROMPTS",
    "REASON_CANARY",
    "REDACTIONS",
    "TOWNS",
    "UNLISTED",
    "WITHOUT_PLATE",
    "spellings",
]

CANARIES = ("Kanary", "KNRY")
"""What every identifier of a town with canaries begins with; neither may be seen outside the sources."""

REASON_CANARY = "KNRZ"
"""What a plate within a reason begins with in such a town: it may stand in the case's records alone."""

PHRASES: dict[str, tuple[str, ...]] = {
    "vague": ("investigation", "inv", "invest", "investigations", "intel", "suspicious", "investigative"),
    "mash": ("asdf", "asdfgh", "qwerty", "sdfsdf", "jkljkl", "zzzz", "asdasd", "fghj"),
    "stolen_vehicle": (
        "stolen vehicle",
        "stolen veh",
        "stolen car",
        "auto theft",
        "vehicle theft",
        "gta",
    ),
    "violent_crime": ("homicide", "robbery", "armed robbery", "aggravated assault", "shooting", "murder"),
    "missing_person": ("missing person", "missing juvenile", "amber alert", "silver alert", "runaway"),
    "warrants": ("warrant", "arrest warrant", "felony warrant", "fugitive", "warrant service"),
    "drugs": ("narcotics", "drug investigation", "narcotics trafficking", "fentanyl", "drugs"),
    "traffic": ("hit and run", "dui", "reckless driving", "traffic stop", "traffic collision"),
    "low_level": ("shoplifting", "petty theft", "trespassing", "vandalism", "littering"),
    "training": ("training", "test", "system test", "camera test", "training exercise"),
    "federal": ("assist fbi", "assist dea", "fbi request", "atf assist", "assist us marshals"),
    "immigration": (
        "immigration",
        "ICE",
        "immigration enforcement",
        "assist ice",
        "ice detainer",
        "deportation",
    ),
    "protest": ("protest", "protesters", "demonstration", "protest march", "protest downtown"),
    "reproductive": ("abortion", "abortion clinic", "had an abortion"),
    "press": ("journalist", "reporter", "news reporter"),
    "religion": ("mosque", "synagogue", "church"),
    "personal": ("ex-girlfriend", "child custody", "custody dispute", "my wife", "ex-husband"),
}
"""Reasons by class, the topics by their ids: each phrase holds words of its own list of the lexicon and of no other."""

UNLISTED = (
    "person crime", "property crime", "welfare check", "witness interview", "bolo", "area canvass", "identify owner",
    "attempt to locate", "officer safety", "utl", "burglary", "fraud", "felony person crime",
)  # fmt: skip  # a list of words
"""Reasons that name a purpose but no category of the lexicon."""

DETAILS = (
    "alder", "anchor", "aspen", "basin", "beacon", "birch", "bluff", "bridge", "brook", "canal", "canyon",
    "cedar", "cliff", "clover", "coast", "copper", "cove", "creek", "crescent", "delta", "depot", "dune", "east",
    "elm", "fairway", "fern", "field", "fir", "ford", "forest", "garden", "glen", "granite", "grove", "harbour",
    "hazel", "heath", "hill", "hollow", "iron", "island", "ivy", "junction", "lagoon", "lake", "larch", "laurel",
    "ledge", "lower", "maple", "marsh", "meadow", "mesa", "mill", "moor", "north", "oak", "orchard", "outer",
    "park", "pine", "plain", "pond", "poplar", "prairie", "quarry", "ridge", "river", "rowan", "shore", "south",
    "spruce", "summit", "timber", "upper", "vale", "valley", "west", "willow", "yard",
)  # fmt: skip  # a list of words
"""Words of place that follow some reasons, three at a time, so that a log has many distinct reasons."""

NAMES = ("Mr. Sample", "Ms. Example", "Mrs. Placeholder", "Mr. Specimen", "Ms. Nobody", "Mr. Anyman")
"""Names within reasons: plainly nobody's."""

BLANKS = ("", "", "", "n/a", "none", "-", "--", "xxx", "x", ".", "null", "NA")
"""A blank cell as users write one; mostly it is empty."""

ANSWER_BLANKS = ("", "", "", "N/A", "None", "0")
"""A blank case number."""

REDACTIONS = ("***", "[REDACTED]", "REDACTED", "* * *", "###", "7923.600 GC", "██████")
"""Marks of redaction. One producer uses one mark, so a field has one mark in all of a town's files."""

FILTERS = ("", "", "", "", "make: Toyota", "color: white; body: pickup", 'make: Ford, color: "red"')
PROMPTS = ("white pickup with a ladder rack", "red sedan, roof box", "blue van with a broken lamp")
OFFENSES = (
    "Stolen Vehicle",
    "Burglary",
    "Assault",
    "Missing Person",
    "Other - Not Applicable",
    "Traffic Offense",
)
WITHOUT_PLATE = ("visual", "freeform", "multiGeo", "convoy")
"""Tools that search by something other than a plate: the plate is empty."""

TOWNS = (
    "Alderbrook", "Bellmere", "Cinderford", "Dunmoor", "Eastwick", "Fernhollow", "Greystone", "Hartwell",
    "Ironbridge", "Juniper", "Kestrel", "Larkspur", "Millbrook", "Northgate", "Oakhaven", "Pinecrest",
    "Quillfield", "Redmarsh", "Silverlake", "Thornbury", "Umberton", "Valemont", "Westerly", "Yarrow",
)  # fmt: skip  # a list of words
OTHER_STATES = ("OR", "WA", "NV", "TX", "FL", "OH", "GA", "IL")


def spellings(phrase: str) -> tuple[str, ...]:
    """Give a phrase as different users write it: lower case, capitals, and a plus for a space."""
    return (phrase, phrase, phrase.upper(), phrase.replace(" ", "+"))
