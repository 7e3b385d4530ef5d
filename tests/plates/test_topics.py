"""The word lists: whole words, exceptions, and what may be printed word for word."""

import re

import pytest

from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.plates.measures.topics import MEASURES
from answerable.programmes.plates.simulate.vocabulary import PHRASES, UNLISTED, spellings

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}
TOPICS = [topic.id for topic in LEXICON.topics]


@pytest.fixture
def lists(searches):
    """Give a function that says in which lists each of some reasons is."""

    def read(*reasons):
        runner = searches([{"reason": reason} for reason in reasons])
        runner.make([BY_NAME["topic.none"]])
        rows = runner._engine.rows(
            f"SELECT reason, {', '.join(f'topic_{one}' for one in TOPICS)} FROM reasons"
        )
        return {
            reason: {topic for topic, inside in zip(TOPICS, flags, strict=True) if inside}
            for reason, *flags in rows
        }

    return read


def test_each_planted_phrase_is_in_its_own_list_alone(lists):
    """A synthetic town's reasons are each in one list, or in none."""
    for topic in TOPICS:
        phrases = [spelt for phrase in PHRASES[topic] for spelt in spellings(phrase)]
        assert set(map(frozenset, lists(*phrases).values())) == {frozenset({topic})}, topic
    plain = [spelt for phrase in UNLISTED for spelt in spellings(phrase)]
    assert set(map(frozenset, lists(*plain).values())) == {frozenset()}


@pytest.mark.parametrize(
    "reason",
    [
        "office",
        "police",
        "notice",
        "service",
        "justice",
        "suspicious vehicle",
        "slice",
        "iced tea",
        "Office of the DA",
    ],
)
def test_ice_is_a_word_and_not_three_letters(lists, reason):
    """Words that hold the letters are not the word."""
    assert lists(reason)[reason] == set()


@pytest.mark.parametrize(
    "reason",
    ["ICE", "ice hold", "assist ICE", "per I.C.E.", "ICE/ERO", "(ice)", "ice+detainer", "ICE_detainer"],
)
def test_ice_is_found_wherever_it_stands_alone(lists, reason):
    """Between spaces, signs, plus signs, underscores and the ends of the text."""
    assert "immigration" in lists(reason)[reason]


@pytest.mark.parametrize(
    ("reason", "not_in"),
    [
        ("ice cream truck theft", "immigration"),
        ("slid on black ice", "immigration"),
        ("march 15 burglary", "protest"),
        ("theft in march", "protest"),
        ("training demonstration", "protest"),
        ("court reporter", "press"),
        ("burglary on church st", "religion"),
        ("personal injury accident", "personal"),
        ("in custody", "personal"),
        ("dui test", "training"),
        ("narcotics trafficking", "traffic"),
        ("stolen bike", "stolen_vehicle"),
        ("missing plate", "missing_person"),
        ("car battery theft", "violent_crime"),
        ("drug store robbery", "drugs"),
        ("fedex theft", "federal"),
        ("federal way pd assist", "federal"),
    ],
)
def test_an_exception_is_taken_out_first(lists, reason, not_in):
    """A phrase that only looks like a list's word is not one."""
    assert not_in not in lists(reason)[reason]


@pytest.mark.parametrize(
    ("reason", "topics"),
    [
        ("carjacking", {"stolen_vehicle", "violent_crime"}),
        ("fugitive, homicide warrant", {"warrants", "violent_crime"}),
        ("ice cream theft, then ICE", {"immigration"}),
        ("black lives matter march", {"protest"}),
        ("Immigration (civil/administrative)", {"immigration"}),
        ("assist FBI with missing juvenile", {"federal", "missing_person"}),
        ("US Marshals task force", {"federal"}),
        ("my ex-wife's car", {"personal"}),
        ("uuv", {"stolen_vehicle"}),
        ("hit & run", {"traffic"}),
    ],
)
def test_reasons_of_real_logs(lists, reason, topics):
    """A reason may be in several lists."""
    assert lists(reason)[reason] == topics


def test_a_topic_is_counted_among_stated_reasons(searches):
    """One of two; the blank is on neither side."""
    estimate = searches([{"reason": text} for text in ("ICE", "burglary", None)]).run(
        BY_NAME["topic.immigration"]
    )
    assert (estimate.numerator, estimate.denominator) == (1, 2)


def test_a_reason_in_no_list(searches):
    """What is in no list is counted as such."""
    estimate = searches([{"reason": text} for text in ("ICE", "burglary", None)]).run(BY_NAME["topic.none"])
    assert (estimate.numerator, estimate.denominator) == (1, 2)


def printed(searches, *reasons):
    """Give the reasons that the measure prints."""
    estimate = searches([{"reason": reason} for reason in reasons]).run(BY_NAME["shared_reasons"])
    return [part.label for part in estimate.breakdowns.get("shared reason", ())], estimate


def test_a_reason_is_printed_where_ten_searches_share_it(searches):
    """Spelt alike but for case and spaces; nine are not enough."""
    ten = ["stolen vehicle"] * 6 + ["Stolen+Vehicle"] * 3 + ["STOLEN  VEHICLE"]
    labels, estimate = printed(searches, *ten, *["burglary"] * 9)
    assert labels == ["stolen vehicle"]
    assert (estimate.numerator, estimate.denominator) == (10, 19)


@pytest.mark.parametrize(
    "reason",
    ["taylor", "john doe", "john doe warrant", "J. Doe", "theft 25-104", "unit 7", "ABC123 stolen", "Müller", "stolen by kowalski",
     "случай", "5551234567", "investigation smith", "stolen vehicle from o'brien"],
)  # fmt: skip  # a list of words
def test_a_reason_that_could_name_somebody_is_never_printed(searches, reason):
    """However many searches share it."""
    labels, estimate = printed(searches, *[reason] * 40)
    assert labels == []
    assert (estimate.numerator, estimate.denominator) == (0, 40)
    assert reason.lower() not in str(estimate).lower()


def test_the_threshold_cannot_be_lowered():
    """No policy can ask for reasons that fewer than ten searches share."""
    with pytest.raises(ValueError, match="from 10"):
        BY_NAME["shared_reasons"].parameters["least"].check(9)


def test_the_plain_words_are_words():
    """The list of what may be printed holds small letters alone, and no common first name."""
    words = set(re.fullmatch(r"\(\?i\)\\b\((.*)\)\\b", LEXICON.plain)[1].split("|"))
    assert all(re.fullmatch("[a-z]+", word) for word in words)
    names = {"james", "mary", "john", "robert", "rob", "mark", "will", "bill", "grant", "drew", "amber", "crystal", "april", "june", "angel",
             "jose", "juan", "maria", "smith", "taylor", "cook", "baker", "hunter", "mason", "jordan", "morgan", "faith", "hope", "joy"}  # fmt: skip  # a list of words
    assert words & names == set()


def test_every_list_compiles_and_says_what_it_is():
    """Each topic has an id that is a name, a title and words; none is empty, which would match everything."""
    assert len(TOPICS) == len(set(TOPICS)) == 15
    for topic in LEXICON.topics:
        assert topic.id.isidentifier()
        assert topic.title
        assert not re.search(topic.words, "")
        assert not topic.unless or not re.search(topic.unless, "")
    assert re.fullmatch(r"\d{4}-\d{2}", LEXICON.version)
    assert re.fullmatch("[0-9a-f]{64}", LEXICON.sha256)
