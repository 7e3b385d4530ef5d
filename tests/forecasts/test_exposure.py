"""Who lived under the flags, and what they did to discovery: by hand, and as it was planted."""

import pytest

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.programmes.forecasts.simulate import Jurisdiction, write_jurisdiction
from answerable.programmes.forecasts.simulate.writing import WHOLE
from forecasts.judging import forecast_rows, measured, outcome_rows


def _by_hand(folder, margin="", **more):
    """Four areas of which the first is flagged every day: it has 100 people, 80 of them of the smaller group."""
    days, people, smaller = 16, (100, 200, 300, 400), (80, 40, 60, 20)
    scores = [[9.0] * days] + [[1.0] * days] * 3
    return measured(
        folder,
        forecasts=forecast_rows(scores),
        outcomes=outcome_rows([[1] * days, [1] * days, [0] * days, [0] * days]),
        areas=[["area", "size_km2", "population"], *([f"A{n}", 1, count] for n, count in enumerate(people))],
        composition=[
            ["area", "group", "share", "margin", "margin_of"],
            *([f"A{n}", "small", part / people[n], margin, "share"] for n, part in enumerate(smaller)),
            *([f"A{n}", "large", 1 - part / people[n], margin, "share"] for n, part in enumerate(smaller)),
        ],
        **more,
    )


@pytest.fixture
def town_by_hand(tmp_path):
    """The same four areas, with one patrol of two hours in the first."""
    return _by_hand(
        tmp_path,
        patrols=[["area", "started_at", "ended_at"], ["A0", "2025-01-06 08:00:00", "2025-01-06 10:00:00"]],
    )


def test_exposure_is_what_its_definition_gives(tmp_path):
    """Of 200 people of the smaller group 80 live under 16 flags, of 800 others 20: 6.4 against 0.4 each."""
    found = _by_hand(tmp_path)
    estimate = found["forecasts.exposure"]
    assert estimate.value == pytest.approx((80 * 16 / 200) / (20 * 16 / 800))
    assert estimate.interval is None
    assert any(caveat.startswith("The largest group is large") for caveat in estimate.caveats)
    parts = {part.label: part.value for part in estimate.breakdowns["group"]}
    assert parts["large"] == pytest.approx(1 / parts["small"])
    most = found["forecasts.exposure_most_flagged"]
    assert most.value == pytest.approx(0.8 - 0.2)


def test_margins_of_error_widen_it(tmp_path):
    """With margins of ten points the census's error is in the interval, and the number stays."""
    found = _by_hand(tmp_path, margin=0.1)["forecasts.exposure"]
    assert found.interval.low < found.value < found.interval.high


def test_hours_of_patrol_are_set_beside_residents(town_by_hand):
    """Two hours in the first area alone: 80 of 200 people of the smaller group live there, and 20 of 800 others."""
    estimate = town_by_hand["forecasts.patrols_exposure"]
    assert estimate.value == pytest.approx((80 / 200) / (20 / 800))


def _town(folder, people=(100, 200, 300, 400), smaller=(80, 40, 60, 20), margins=("", "", "", ""), more=()):
    """The four areas with other people in them."""
    days = 16
    return measured(
        folder,
        forecasts=forecast_rows([[9.0] * days] + [[1.0] * days] * 3),
        outcomes=outcome_rows([[1] * days, [1] * days, [0] * days, [0] * days]),
        areas=[["area", "size_km2", "population"], *([f"A{n}", 1, count] for n, count in enumerate(people))],
        composition=[
            ["area", "group", "share", "margin", "margin_of"],
            *([f"A{n}", "small", part, margins[n], "share"] for n, part in enumerate(smaller) if part != ""),
            *(
                [f"A{n}", "large", 1 - part, margins[n], "share"]
                for n, part in enumerate(smaller)
                if part != ""
            ),
            *more,
        ],
    )["forecasts.exposure"]


def test_an_area_without_residents_is_left_out_and_named_so(tmp_path):
    """A park with nobody in it does not make the rest unmeasurable."""
    found = _town(tmp_path, people=(100, 200, 0, 400), smaller=(0.8, 0.2, 0.5, 0.05))
    assert found.value > 1
    assert any("1 area without residents" in caveat for caveat in found.caveats)


def test_an_area_of_unknown_composition_is_not_called_empty(tmp_path):
    """Its residents are counted in the caveat, and it is in no number."""
    found = _town(tmp_path, smaller=(0.8, 0.2, "", 0.05))
    assert any(
        "The composition of 1 area with 300 residents is not known" in caveat for caveat in found.caveats
    )
    assert not any("without residents" in caveat for caveat in found.caveats)


def test_a_missing_margin_is_said(tmp_path):
    """Three margins of four make an interval, which is said to be too narrow."""
    found = _town(tmp_path, smaller=(0.8, 0.2, 0.2, 0.05), margins=(0.1, 0.1, "", 0.1))
    assert found.interval.low < found.value < found.interval.high
    assert any("The margin of error of 1 area is not stated" in caveat for caveat in found.caveats)


def test_a_share_over_1_by_rounding_and_a_total_are_understood(tmp_path):
    """A share of 1.004 is 1, and a row of everybody is no group."""
    everybody = [[f"A{n}", "Total", 1.0, "", "share"] for n in range(4)]
    found = _town(tmp_path, smaller=(0.8, 0.2, 0.2, -0.004), more=everybody)
    assert [part.label for part in found.breakdowns["group"]] == ["large", "small"]


def test_without_a_census_it_is_not_measurable(tmp_path):
    """Flags alone say nothing of who lives there."""
    found = measured(
        tmp_path,
        forecasts=forecast_rows([[2.0] * 16, [1.0] * 16]),
        outcomes=outcome_rows([[1] * 16, [0] * 16]),
    )
    assert isinstance(found["forecasts.exposure"], NotMeasurable)
    assert "composition" in found["forecasts.exposure"].ask_for


@pytest.mark.parametrize("seed", [7, 8])
def test_discovery_that_follows_flags_is_found(tmp_path, seed):
    """What patrols find rises after a first flag where they find much, and not where they find nothing."""
    effects = []
    for feedback in (2.0, 0.0):
        folder = tmp_path / str(feedback)
        planted = Jurisdiction(
            side=12, days=126, flagged=6, skill=0.3, feedback=feedback, elsewhere=0.005, seed=seed
        )
        write_jurisdiction(planted, folder / "records", WHOLE)
        effects.append(
            audit([folder / "records"], folder / "case").measures["forecasts.discovery_after_flag"]
        )
    found, none = effects
    assert found.interval.low > 0
    assert none.interval.low <= 0 <= none.interval.high


def test_a_simulation_says_that_it_is_one(tmp_path):
    """The label is in the sentence and the caveats; the plain urn runs away from its rates, and the corrected one stays."""
    days = 200
    counts = [[3] * days] + [[int(number % 4 == place) for number in range(days)] for place in range(4)]
    found = measured(
        tmp_path, forecasts=forecast_rows([[2.0] * days] + [[1.0] * days] * 4), outcomes=outcome_rows(counts)
    )["forecasts.feedback_simulated"]
    assert "simulation" in found.sentence
    assert any(caveat.startswith("A simulation") for caveat in found.caveats)
    fans = found.breakdowns
    plain = fans["share of the counts, by period"][-1]
    corrected = fans["the same with the correction of Ensign et al."][-1]
    assert plain.value > 0.9
    assert corrected.value == pytest.approx(0.75, abs=0.05)  # three of four events are of the busiest area
    assert plain.interval.low > corrected.interval.high
