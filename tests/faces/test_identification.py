"""Searches at a threshold: planted rates lie in their intervals, the threshold keeps its rate, and what cannot be judged is refused."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.programmes.faces.measures import MEASURES
from answerable.programmes.faces.operating import AS_MADE, thresholds
from answerable.programmes.faces.searches import searches
from answerable.programmes.faces.simulate.lists import Lists
from answerable.programmes.measure import Refusal

SEEDS = range(12)
DESIGN = Lists(sizes=(1_000,), mean=5e-4, deviation=1e-3)
HEAD = ["search_id", "rank", "score", "is_mate", "in_gallery", "gallery_size", "threshold", "algorithm"]
FINISH = {
    each.name.removeprefix("candidates."): each for each in MEASURES if each.name.startswith("candidates.")
}
IDEAL = optimize.brentq(lambda at: DESIGN.fpir(1_000, at) - 0.1, 3, 30)


def made(name, columns, **parameters):
    """Make a measure of columns that were drawn, as an audit does of those that its query gives."""
    given = {key: one.default for key, one in FINISH[name].parameters.items()} | parameters
    return FINISH[name].finish(columns, given, 0)


def measured(folder, rows):
    """Audit lists that a test wrote down."""
    with (folder / "candidates.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return audit([folder / "candidates.csv"], folder / "case").measures


def held(parts_and_truths):
    """Count intervals that hold their truth."""
    return sum(part.interval.low <= truth <= part.interval.high for part, truth in parts_and_truths)


def test_planted_rates_at_a_threshold_lie_in_their_intervals():
    """FPIR and FNIR at a stated threshold and FNIR at an FPIR are in at least 10 of 12 intervals of 95 % each."""
    drawn = [DESIGN.columns(seed, IDEAL) for seed in SEEDS]
    fpir = [(made("fpir", each, threshold=IDEAL), 0.1) for each in drawn]
    fnir = [(made("fnir", each, threshold=IDEAL, rank=50), DESIGN.fnir(IDEAL)) for each in drawn]
    joined = [(made("fnir_at_fpir", each, fpir=0.1), DESIGN.fnir(IDEAL)) for each in drawn]
    assert min(map(held, (fpir, fnir, joined))) >= 10


def test_planted_selectivity_lies_in_its_interval():
    """So does the mean number of candidates, which counts several of one search."""
    found = [
        (made("selectivity", DESIGN.columns(seed, 4.0), threshold=4.0), DESIGN.selectivity(1_000, 4.0))
        for seed in SEEDS
    ]
    assert held(found) >= 10
    assert all(
        each.value > made("fpir", DESIGN.columns(seed, 4.0), threshold=4.0).value
        for seed, (each, _) in enumerate(found)
    )


def test_the_breakdown_holds_every_target():
    """For each rate there are the threshold, the FPIR that it achieves, which is no more, and the FNIR, which rises as the rate falls."""
    found = made("fnir_at_fpir", DESIGN.columns(1))
    false = found.breakdowns["FPIR at the threshold of the target"]
    lost = found.breakdowns["target FPIR"]
    assert (
        [part.label for part in lost]
        == [part.label for part in false]
        == ["0.3", "0.1", "0.03", "0.01", "0.003"]
    )
    assert all(part.value <= float(part.label) for part in false)
    values = [part.value for part in lost]
    assert values == sorted(values)
    points = {(float(part.label), part.value) for part in found.breakdowns["DET curve"]}
    assert {
        (float(f"{one.value:.9g}"), other.value) for one, other in zip(false, lost, strict=True)
    } <= points


@given(
    st.lists(st.integers(0, 9) | st.none(), min_size=1, max_size=30),
    st.lists(st.integers(0, 9), min_size=1, max_size=10),
    st.none() | st.integers(0, 4),
    st.floats(0, 1),
)
def test_the_threshold_is_the_lowest_that_keeps_the_rate(top, mates, floor, rate):
    """At it the rate is kept, and at no lower score of either kind is it, from the lists' own threshold on; ties are cases like others."""
    top = [score if score is not None and score >= (floor or 0) else None for score in top]
    mates = [score for score in mates if score >= (floor or 0)]
    if not mates and not any(score is not None for score in top):
        return

    def some(scores):
        columns = dict.fromkeys(
            ("mate_rank", "mate_score", "top_score"),
            np.array([np.nan if one is None else one for one in scores], float),
        )
        columns |= dict.fromkeys(
            ("probe", "gallery_size", "candidates", "without_score", "not_judged"), np.ones(len(scores))
        )
        columns |= dict.fromkeys(("has_mate", "contradicts"), np.zeros(len(scores), bool))
        columns |= dict.fromkeys(
            ("system", "gallery", "sex", "age_group", "region", "skin_tone"), np.full(len(scores), "", object)
        )
        return searches(
            columns | {"threshold": np.full(len(scores), np.nan if floor is None else floor)}, mated=False
        )

    others = some(top)
    chosen = thresholds(others, some(mates)).lowest(rate)

    def share(threshold):
        return sum(score is not None and score >= threshold for score in top) / len(top)

    assert share(chosen) <= rate * (1 + 1e-9)
    lower = {score for score in (*top, *mates) if score is not None and score < chosen}
    assert all(share(score) > rate for score in lower)
    assert floor is None or chosen >= floor


def test_where_no_search_without_a_mate_returns_anybody_the_interval_has_no_end():
    """How high the threshold for a smaller rate lies is not shown by searches none of which reaches it."""
    found = made("fnir_at_fpir", DESIGN.columns(1), fpir=0.0)
    assert found.interval.high == 1.0
    assert any("of fewer than 30" in text for text in found.caveats)


def lists(threshold="", system="", score=5.0):
    """A search of each kind that returned one candidate, and one of each that returned none."""
    end = [100, threshold, system]
    return [
        ["1", 1, score, "no", "no", *end],
        ["2", "", "", "", "no", *end],
        ["3", 1, score, "yes", "yes", *end],
        ["4", "", "", "", "yes", *end],
    ]


def test_a_stated_threshold_counts_what_is_at_it_or_above():
    """A candidate at the threshold counts; one below it does not."""
    columns = DESIGN.columns(3)
    top = np.ma.filled(columns["top_score"], np.nan)[~columns["has_mate"].data]
    edge = float(np.nanmax(top))
    assert made("fpir", columns, threshold=edge).numerator == 1
    assert made("fpir", columns, threshold=float(np.nextafter(edge, 99))).numerator == 0


@pytest.mark.parametrize("name", ["fpir", "fnir", "selectivity", "growth"])
def test_a_threshold_below_the_lists_own_is_refused(name):
    """Lists that were made at 3.0 hold nothing of what lies between 2.5 and 3.0; at 3.0 they are as they were made."""
    columns = Lists(clusters=50, mean=5e-5).columns(1)
    refused = made(name, columns, threshold=2.5)
    assert isinstance(refused, Refusal)
    assert "lower than that of the lists" in refused.reason
    assert "3 or more" in refused.ask_for
    assert made(name, columns, threshold=3.0).value == made(name, columns, threshold=AS_MADE).value


def test_a_candidate_without_a_score_is_left_out_at_a_threshold(tmp_path):
    """A list that cannot be judged is in no rate at a threshold, and its number is said; by rank it counts."""
    rows = [*lists(), ["5", 1, "", "no", "no", 100, "", ""], ["6", 1, "", "yes", "yes", 100, "", ""]]
    found = measured(tmp_path, rows)
    assert found["candidates.fpir"].denominator == 3
    assert found["candidates.fnir"].numerator == 1
    at = found["candidates.fnir_at_fpir"]
    assert at.denominator == 2
    assert (
        "With a mate: 1 of 3 searches list a candidate without a score, cannot be judged at a threshold, and are left out."
        in at.caveats
    )


def test_several_systems_have_no_threshold_in_common(tmp_path):
    """Rates by rank are broken down by system; what rests on one threshold is refused, and says why."""
    both = [*lists(system="A"), *lists(system="B", score=700)]
    found = measured(tmp_path, both)
    assert [part.label for part in found["candidates.fnir"].breakdowns["system"]] == ["A", "B"]
    assert found["candidates.fnir"].denominator == 4  # search 3 by A and by B are two
    assert any("2 systems" in text for text in found["candidates.fpir"].caveats)
    for name in ("fnir_at_fpir", "wrong_lead", "growth"):
        refused = found[f"candidates.{name}"]
        assert isinstance(refused, NotMeasurable)
        assert "by 2 systems" in refused.reason


def test_lists_without_any_score_choose_no_threshold(tmp_path):
    """Where no candidate that decides has a score, none can be chosen."""
    found = measured(tmp_path, [*lists(score=""), *[["9", 1, 1.0, "", "", 100, "", ""]]])
    assert "No threshold can be chosen" in found["candidates.fnir_at_fpir"].reason


def test_lists_that_were_cut_say_so():
    """Where many lists are as long as the longest, the mean number of candidates is a lower bound, and says so."""
    columns = Lists(sizes=(1_000,), mean=5e-3).columns(1)
    assert not any("too low" in text for text in made("selectivity", columns).caveats)
    cut = {name: np.minimum(columns[name], 5) for name in ("candidates", "returned")}
    assert any("the most that any holds" in text for text in made("selectivity", columns | cut).caveats)
