"""Pairs by chance: the arithmetic by itself, and the whole estimate on logs whose chances are known."""

import math
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from answerable.engine import DuckDB
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.chance import Slides, by_chance, mean_count
from answerable.programmes.plates.matching import VIEWS, WRONG_CLOCKS
from answerable.programmes.plates.measures.completeness import MEASURES
from answerable.programmes.plates.records import SEARCH
from answerable.programmes.run import Runner
from planting import accounts, plant, table

(FALSE,) = (measure for measure in MEASURES if measure.name == "searches.logs.false_matches")
START = datetime.fromisoformat("2025-03-03T00:00")
SLIDES = {
    "matched": 900,
    "an_hour": 0,
    "ones": 100,
    "twos": 200,
    "tried": {"about a minute": [100] * 4},
    "found": {"about a minute": [2, 3, 4, 3]},
}


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("mean", [0.3, 3, 40])
def test_the_interval_of_a_mean_holds_it(mean, clustered):
    """Of 2,000 sets of 12 counts, Poisson or twice as spread, at least 93 % give an interval that holds the mean."""
    drawn = np.random.default_rng(4)
    # A negative binomial number with the variance twice its mean.
    counts = (
        drawn.negative_binomial(mean, 0.5, (2_000, 12)) if clustered else drawn.poisson(mean, (2_000, 12))
    )
    held = [low <= mean <= high for _, low, high in map(mean_count, counts.tolist())]
    assert np.mean(held) >= 0.93


def test_no_pair_at_twelve_wrong_clocks_leaves_little_doubt():
    """Twelve counts of nothing bound the mean by Garwood's upper bound for 0, which is 3.7 over 12."""
    mean, low, high = mean_count([0] * 12)
    assert (mean, low) == (0, 0)
    assert high == pytest.approx(-math.log(0.025) / 12)


@pytest.mark.parametrize("counts", [[], [3, -1]])
def test_counts_that_make_no_sense_are_refused(counts):
    """No count, or one below 0, is an error and no interval."""
    with pytest.raises(ValueError, match="at least one count"):
        mean_count(counts)


def test_the_number_by_chance_solves_its_equation():
    """F = c (A + F)(B + F), with c from the wrong clocks: 3 of 100 tried met one of 200."""
    number, around = by_chance(Slides(**SLIDES))
    chance = 3 / 100 / 200
    assert number == pytest.approx(chance * (100 + number) * (200 + number))
    assert 3 < number < 3.2
    assert around.low < number < around.high


def test_nothing_left_over_is_nothing_by_chance():
    """Where one log's searches are all found, none was there to be met by chance."""
    number, around = by_chance(Slides(**SLIDES | {"ones": 0}))
    assert (number, around.high) == (0, 0)


def test_no_more_than_all_pairs_are_by_chance():
    """Where the wrong clocks find as much as the right one, every pair may be by chance, and no more than that."""
    slides = Slides(
        **SLIDES | {"matched": 40, "ones": 900, "twos": 900, "found": {"about a minute": [600] * 4}}
    )
    assert by_chance(slides)[0] == 40


def test_pairs_an_hour_apart_have_a_chance_of_their_own():
    """What is paired by the second trial adds to the number by chance, among what was then left."""
    alone, _ = by_chance(Slides(**SLIDES))
    both, _ = by_chance(Slides(**SLIDES | {"an_hour": 50}))
    assert alone < both < 2 * alone


def test_without_a_wrong_clock_there_is_no_number():
    """Where no wrong clock could be tried, nothing is claimed."""
    assert by_chance(Slides(**SLIDES | {"tried": {}, "found": {}})) is None


def test_no_wrong_clock_is_a_right_one():
    """No wrong clock is within a minute of the right one, of one an hour off, or of another of them."""
    clocks = [moved for family in WRONG_CLOCKS.values() for moved in family]
    assert len(set(clocks)) == len(clocks)
    assert all(abs(moved) > 60 and abs(abs(moved) - 3_600) >= 60 for moved in clocks)


def _found(logs):
    """Run the measure on logs of seconds alone: no ID, one organisation."""
    rows = [
        {"source": source, "agency": "Town OR PD", "searched_at": START + timedelta(seconds=second)}
        for source, seconds in enumerate(logs, start=1)
        for second in seconds
    ]
    sources = accounts(*({"source": place, "log": f"{place:02}"} for place in range(1, len(logs) + 1)))
    with DuckDB() as engine:
        plant(engine, replace(PROGRAMME, views=VIEWS), {"searches": table(SEARCH, rows)}, sources)
        estimate = Runner(engine, PROGRAMME.kinds).run(FALSE)
    return {
        tuple(int(place) - 1 for place in part.label.split(" and ")): part
        for part in estimate.breakdowns["pair of logs"]
    }


def _thinned(searches, own, drawn, share):
    """Draw a log: a share of the common searches by number, and its own."""
    return {place for place in range(len(searches)) if drawn.random() < share}, own


def _held(logs, common, expected):
    """Count the pairs of logs whose interval holds what is expected of them, and add up what was expected and estimated."""
    parts = _found([[common[place] for place in held] + own for held, own in logs])
    held = wanted = estimated = 0
    for (one, other), part in parts.items():
        truth = expected(logs[one], logs[other])
        held += part.interval.low * part.denominator <= truth <= part.interval.high * part.denominator
        wanted, estimated = wanted + truth, estimated + part.numerator
    return held / len(parts), wanted, estimated


def test_a_planted_density_is_recovered():
    """Of 28 pairs of logs, at searches drawn evenly over the period, nearly all intervals hold the expected number by chance."""
    drawn, period = random.Random(6), 50_000  # noqa: S311 - planted data is drawn from a seed
    common = [drawn.randrange(1, period - 1) for _ in range(1_200)]
    logs = [
        _thinned(common, [*drawn.sample(range(1, period - 1), 500), 0, period - 1], drawn, 0.6)
        for _ in range(8)
    ]

    def expected(one, other):
        """Multiply what each log alone holds: two such searches fall on one second with a chance of 1 in the period."""
        return (len(one[0] - other[0]) + 500) * (len(other[0] - one[0]) + 500) / period

    held, wanted, estimated = _held(logs, common, expected)
    assert held >= 0.93
    assert estimated == pytest.approx(wanted, rel=0.1)
    assert wanted / 28 > 10


def test_bursts_are_within_the_interval():
    """Searches in sessions of several users meet by chance far more often than evenly spread ones; the interval holds that."""
    drawn = random.Random(6)  # noqa: S311 - planted data is drawn from a seed
    common = []
    for _ in range(40):
        begins = drawn.randrange(20 * 86_400)
        for _ in range(3):  # users at once
            second = begins
            for _ in range(30):
                second += drawn.randrange(5, 80)
                common.append(second)
    logs = [_thinned(common, [0, 20 * 86_400], drawn, 0.7) for _ in range(6)]

    def actual(one, other):
        """Count what the rule pairs beyond what is truly in both."""
        ones, others = (Counter(common[place] for place in log[0]) for log in (one, other))
        pairs = sum(min(number, others[second]) for second, number in ones.items())
        return pairs - len(one[0] & other[0])

    held, actually, estimated = _held(logs, common, actual)
    assert held >= 0.9
    assert actually < estimated < 3 * actually


def test_the_worked_example_is_right():
    """The page of method works out the number that the arithmetic gives."""
    number, _ = by_chance(Slides(**SLIDES))
    page = (Path(__file__).resolve().parents[2] / "docs" / "method" / "completeness.md").read_text("utf-8")
    assert f"gives *F* = {number:.2f}" in page
