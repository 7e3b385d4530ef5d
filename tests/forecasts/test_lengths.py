"""Curves of what lists of every length caught: the forecast and simple counts, on the same periods."""

import pytest

from answerable.programmes.forecasts.judging import CURVE
from forecasts.judging import forecast_rows, measured, outcome_rows

DAYS = 20
FALLING = [[4.0] * DAYS, [3.0] * DAYS, [2.0] * DAYS, [1.0] * DAYS]
COUNTS = [[1] * DAYS, [0] * DAYS, [1] * DAYS, [2] * DAYS]
PEOPLE = [["area", "population"], *([f"A{place}", 10 * place] for place in range(4))]


@pytest.fixture
def curves(tmp_path):
    """Give a function that audits scores and counts, and gives the measure and its curves by their names."""

    def run(scores=FALLING, counts=COUNTS, **more):
        found = measured(tmp_path, forecasts=forecast_rows(scores), outcomes=outcome_rows(counts), **more)
        estimate = found["forecasts.auc"]
        return estimate, {
            name.removeprefix(f"{CURVE}: "): {part.label: part.value for part in parts}
            for name, parts in estimate.breakdowns.items()
            if name.startswith(CURVE)
        }

    return run


def test_the_curve_names_the_shares_that_there_are(curves):
    """Of four areas there are lists of a quarter, a half, three quarters and all, and no list of a hundredth."""
    assert curves()[1]["the forecast"] == {"0": 0, "0.25": 0.25, "0.5": 0.25, "0.75": 0.5, "1": 1}


def test_baselines_have_a_curve_at_the_same_shares(curves):
    """The busiest area first, the others after it; by lot the straight line; by population the order of the people."""
    _, found = curves(populations=PEOPLE)
    assert list(found) == [
        "the forecast",
        "the count of the last day",
        "the count of the last 365 days",
        "the count of all earlier days",
        "the population",
        "a list drawn by lot",
    ]
    assert {tuple(curve) for curve in found.values()} == {("0", "0.25", "0.5", "0.75", "1")}
    for name in list(found)[1:4]:  # two areas have one event a day each, and tie
        assert list(found[name].values()) == pytest.approx([0, 0.5, 0.75, 1, 1])
    assert list(found["the population"].values()) == pytest.approx([0, 0.5, 0.75, 0.75, 1])
    assert list(found["a list drawn by lot"].values()) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_all_curves_are_of_the_same_periods(curves):
    """The first day, before which nothing is known, is in no curve: every one is of nineteen days of four events."""
    estimate, _ = curves()
    for name, parts in estimate.breakdowns.items():
        if name.startswith(CURVE):
            assert {part.denominator for part in parts} == {4 * (DAYS - 1)}
    assert "1 day before which no outcome is known is in none of the curves." in estimate.caveats
    assert any(
        caveat.startswith("The curves are of 76 events in 4 areas and 19 days") for caveat in estimate.caveats
    )


def test_every_curve_has_its_intervals(curves):
    """Over twenty weeks each list that could vary has an interval; a list of all areas, or by lot, cannot vary."""
    days = 140
    busy = [[1 + number % 3 for number in range(days)], [number % 4 for number in range(days)]]
    estimate, found = curves([[2.0] * days, [1.0] * days], busy)
    for name in found:
        half, whole = estimate.breakdowns[f"{CURVE}: {name}"][1:]
        assert whole.value == 1
        assert whole.interval is None
        if name == "a list drawn by lot":
            assert half.interval is None
        else:
            assert half.interval.low < half.value < half.interval.high


def test_what_has_no_curve_is_said(curves):
    """Without populations, and before a single day, there is no curve of them and of no earlier count."""
    estimate, found = curves([[2.0], [1.0]], [[1], [0]])
    assert list(found) == ["the forecast", "a list drawn by lot"]
    assert any("no curve of a count of earlier outcomes is made" in caveat for caveat in estimate.caveats)
    assert any("The population of some area is not known" in caveat for caveat in estimate.caveats)
