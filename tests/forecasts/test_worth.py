"""What a list was worth: what was planted is counted, and its intervals hold what is true."""

import math

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import Estimate, NotMeasurable
from answerable.programmes.forecasts.judging import ratio
from answerable.programmes.forecasts.simulate import Jurisdiction, write_jurisdiction
from answerable.programmes.forecasts.simulate.writing import WHOLE
from forecasts.judging import forecast_rows, measured, outcome_rows


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Audit a town of 100 squares and 120 days with skill, with what is true of it."""
    folder = tmp_path_factory.mktemp("town")
    truth = write_jurisdiction(Jurisdiction(days=120, seed=5), folder / "records", WHOLE)
    return truth, audit([folder / "records"], folder / "case").measures


def test_what_flagged_areas_held_is_counted(town):
    """The hit rate, the flagged area and PAI are those of the drawn incidents."""
    truth, found = town
    caught, every = truth.reported_in_flagged + truth.found_in_flagged, truth.reported + truth.found
    rate, area = found["forecasts.hit_rate"], found["forecasts.area_flagged"]
    assert (rate.numerator, rate.denominator) == (caught, every)
    assert area.value == pytest.approx(truth.flags / (truth.areas * truth.days))
    assert found["forecasts.pai"].value == pytest.approx(rate.value / area.value)


def test_the_chance_of_being_caught_lies_in_the_interval(tmp_path):
    """Where everything is recorded and nothing feeds back, the planted hit rate lies in most 95 % intervals."""
    held = 0
    for seed in range(12):
        folder = tmp_path / str(seed)
        planted = Jurisdiction(
            side=8, days=84, incidents=8, reported=1.0, bias=0.0, feedback=0.0, elsewhere=0.0, seed=seed
        )
        truth = write_jurisdiction(planted, folder / "records", WHOLE)
        rate = audit([folder / "records"], folder / "case").measures["forecasts.hit_rate"]
        held += rate.interval.low <= truth.expected_in_flagged <= rate.interval.high
    assert (
        held >= 9
    )  # of 12 intervals at 95 % fewer than 9 hold the truth in 1 of 500 runs, if they keep their level


def test_a_vector_worked_by_hand(tmp_path):
    """Three areas of one size with 6, 3 and 0 events: one flagged area each day, the first, holds two thirds."""
    days = 20
    scores = [[3.0] * days, [2.0] * days, [1.0] * days]
    counts = [[6] * days, [3] * days, [0] * days]
    found = measured(tmp_path, forecasts=forecast_rows(scores), outcomes=outcome_rows(counts))
    assert found["forecasts.hit_rate"].value == pytest.approx(2 / 3)
    assert found["forecasts.pai"].value == pytest.approx(2)
    assert found["forecasts.pei_star"].value == 1
    assert found["forecasts.predicted_over_observed"].value == pytest.approx(6 / 9)
    inside = found["forecasts.predicted_over_observed"].breakdowns["where"][1]
    assert inside.value == pytest.approx(0.5)
    assert found["forecasts.concentration"].breakdowns["flags"][1].numerator == 1


def test_late_forecasts_and_uncovered_days_are_set_apart(tmp_path):
    """A day with a forecast that came after it began is in no number, and the caveat counts it."""
    days = 30
    issued = [["2025-01-06" if number else "2025-01-07" for number in range(days)]] * 3
    rows = forecast_rows([[3.0] * days, [2.0] * days, [1.0] * days], issued_at=issued)
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows([[1] * days, [0] * days, [1] * days]))
    rate = found["forecasts.hit_rate"]
    assert (rate.numerator, rate.denominator) == (days - 1, 2 * (days - 1))
    assert any("1 period with a forecast that came late is set apart" in caveat for caveat in rate.caveats)


def test_several_models_are_not_pooled(tmp_path):
    """Forecasts of two models are refused, with what to do."""
    rows = forecast_rows([[1.0, 2.0], [2.0, 1.0]], model=[["one", "one"], ["two", "two"]])
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows([[1, 1], [0, 1]]))
    assert isinstance(found["forecasts.hit_rate"], NotMeasurable)
    assert "several models" in found["forecasts.hit_rate"].reason


@pytest.mark.parametrize(
    ("scores", "says"),
    [([[-1.0] * 16, [1.0] * 16], "negative"), ([[2.0] * 16, [2.0] * 16], "tell no area from another")],
)
def test_scores_that_cannot_be_judged_are_refused(tmp_path, scores, says):
    """Negative scores and equal ones give no number, and the reason says which they are."""
    found = measured(
        tmp_path, forecasts=forecast_rows(scores), outcomes=outcome_rows([[1, 0] * 8, [0, 1] * 8])
    )["forecasts.hit_rate"]
    assert isinstance(found, NotMeasurable)
    assert says in found.reason


def test_outcomes_in_other_areas_are_in_no_number(tmp_path):
    """An event where nothing was forecast is left out, and the number of such areas is said."""
    days = 16
    counts = [[1] * days, [1] * days, [5] * days]
    found = measured(
        tmp_path, forecasts=forecast_rows([[2.0] * days, [1.0] * days]), outcomes=outcome_rows(counts)
    )["forecasts.hit_rate"]
    assert isinstance(found, Estimate)
    assert found.denominator == 2 * days
    assert any("Outcomes of 1 area without a forecast" in caveat for caveat in found.caveats)


def test_the_interval_of_a_quotient_holds_what_is_true():
    """Over 300 draws of 26 weeks with a shock of each week, the quotient's interval holds the true one about as often as it says."""
    chance = np.random.default_rng(8)
    draws, held = 300, 0
    for number in range(draws):
        shock = np.repeat(chance.gamma(4, 0.25, 26), 7)
        under = chance.poisson(8 * shock).astype(float)
        over = chance.binomial(
            under.astype(int), 0.3 * np.minimum(np.repeat(chance.gamma(20, 0.05, 26), 7), 3)
        )
        interval = ratio(over.astype(float), under, 7, number)
        held += interval.low <= 0.3 <= interval.high
    error = math.sqrt(0.95 * 0.05 / draws)
    assert held / draws >= 0.95 - 3 * error


def test_scores_of_flagged_areas_alone_are_a_list(tmp_path):
    """Where every forecast is a flag, the areas that nobody flagged are still part of the town."""
    days = 16
    rows = forecast_rows([[5.0] * days], flag=[["yes"] * days])
    areas = [["area", "size_km2", "population"], ["A0", 1, 10], ["A1", 1, 10]]
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows([[1] * days, [3] * days]), areas=areas)
    assert found["forecasts.hit_rate"].value == pytest.approx(0.25)
    assert found["forecasts.area_flagged"].value == pytest.approx(0.5)


def test_a_list_without_a_file_of_areas_says_so(tmp_path):
    """Areas that no record names are in no number: the share that is flagged is of the others."""
    days = 16
    rows = forecast_rows([[5.0] * days], flag=[["yes"] * days])
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows([[1] * days, [3] * days]))
    assert any("No file names all areas" in caveat for caveat in found["forecasts.area_flagged"].caveats)


def test_a_blank_type_is_of_the_type_that_the_others_name(tmp_path):
    """One forecast without a type does not take in outcomes of every type."""
    days = 16
    rows = forecast_rows(
        [[2.0] * days, [1.0] * days], type=[["burglary"] * days, ["", *["burglary"] * (days - 1)]]
    )
    robbery = outcome_rows([[0] * days, [9] * days], "robbery")
    found = measured(
        tmp_path, forecasts=rows, outcomes=[*outcome_rows([[1] * days, [0] * days]), *robbery[1:]]
    )["forecasts.hit_rate"]
    assert (found.numerator, found.denominator) == (days, days)


def test_a_type_that_no_outcome_has_is_refused(tmp_path):
    """Types that are written differently make no zero of what was recorded."""
    days = 16
    rows = forecast_rows([[2.0] * days, [1.0] * days], type=[["burglary residential"] * days] * 2)
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows([[1] * days, [0] * days]))
    assert isinstance(found["forecasts.hit_rate"], NotMeasurable)
    assert "as both are written" in found["forecasts.hit_rate"].reason


def test_scored_measures_say_which_periods_they_leave_out(tmp_path):
    """Flags are judged on every day, scores on the days on which every area has one."""
    days = 20
    scores = [[2.0] * days, [1.0 if number % 2 else "" for number in range(days)]]
    rows = forecast_rows(scores, flag=[["yes"] * days, ["no"] * days])
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows([[1] * days, [1] * days]))
    assert found["forecasts.hit_rate"].denominator == 2 * days
    assert found["forecasts.predicted_over_observed"].value == pytest.approx(1.5)
    assert any("10 periods of 20" in caveat for caveat in found["forecasts.predicted_over_observed"].caveats)
