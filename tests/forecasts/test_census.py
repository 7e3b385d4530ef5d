"""Margins of error of populations, from the file to the interval."""

import numpy as np
import pytest

from answerable.estimate import NotMeasurable
from forecasts.judging import forecast_rows, measured, outcome_rows
from hindsight.test_census import NORMAL, by_hand

DAYS, PEOPLE, SMALLER, MARGINS = 16, (1_000, 2_000, 1_500, 800), (0.8, 0.3, 0.1, 0.5), (80, 150, 120, 60)


def _town(folder, margins=MARGINS, *, layout="areas", people=None):
    """Audit four areas of which the first is flagged every day."""
    head = ["area", *(["size_km2"] if layout == "areas" else []), "population", "moe"]
    sizes = [1] if layout == "areas" else []
    stated = [
        [
            f"A{n}",
            "small",
            people[n] if people else part,
            20 if people else "",
            "people" if people else "share",
        ]
        for n, part in enumerate(SMALLER)
    ]
    return measured(
        folder,
        forecasts=forecast_rows([[9.0] * DAYS] + [[1.0] * DAYS] * 3),
        outcomes=outcome_rows([[1] * DAYS, [1] * DAYS, [0] * DAYS, [0] * DAYS]),
        areas=[head, *([f"A{n}", *sizes, count, margins[n]] for n, count in enumerate(PEOPLE))],
        composition=[
            ["area", "group", "people" if people else "share", "margin", "margin_of"],
            *stated,
            *(
                [f"A{n}", "large", PEOPLE[n] - people[n] if people else 1 - part, 20 if people else "", "people" if people else "share"]
                for n, part in enumerate(SMALLER)
            ),
        ],
    )  # fmt: skip  # a table: what stands in one line belongs together


@pytest.mark.parametrize("layout", ["areas", "populations"])
def test_margins_of_populations_reach_flags_per_resident(tmp_path, layout):
    """With shares that are exact, the interval is that of the populations' margins, as worked out by hand."""
    found = _town(tmp_path, layout=layout)["forecasts.exposure_per_resident"]
    wanted = found.value * np.exp(np.array([-1, 1]) * NORMAL * by_hand(PEOPLE, SMALLER, MARGINS))
    assert (found.interval.low, found.interval.high) == pytest.approx(tuple(wanted), rel=0.03)


def test_a_fifth_of_areas_has_the_interval_of_its_population(tmp_path):
    """16 flags in an area of 1,000 ± 80 residents are 16 for each 1,000, and between 14.6 and 17.7."""
    bars = _town(tmp_path)["forecasts.exposure"].breakdowns["flags per 1,000 residents, by fifths of areas"]
    (highest,) = (part for part in bars if part.value)
    half = NORMAL * 80 / 1.645
    assert highest.value == pytest.approx(16)
    assert highest.interval.low == pytest.approx(16_000 / (1_000 + half))
    assert highest.interval.high == pytest.approx(16_000 / (1_000 - half))


def test_a_missing_margin_of_a_population_is_said(tmp_path):
    """One area of four without a margin is counted in a caveat, and in the measure of the records."""
    found = _town(tmp_path, margins=(80, "", 120, 60))
    text = "The margin of error of the population of 1 area of 4 is not stated and is taken as 0."
    assert text in found["forecasts.exposure_per_resident"].caveats
    missing = found["areas.without_margin"]
    assert (missing.numerator, missing.denominator) == (1, 4)


def test_without_any_margin_there_is_no_interval(tmp_path):
    """Figures of a census that states no error are taken as they stand, and it is said."""
    found = _town(tmp_path, margins=("",) * 4)["forecasts.exposure_per_resident"]
    assert found.interval is None
    assert any("No margin of error was given" in caveat for caveat in found.caveats)


def test_the_margin_of_a_share_of_people_is_the_census_s(planted):
    """300 ± 50 of 1,000 ± 100 people: √(50² − 0.3² · 100²)/1,000 = 0.04; 900 ± 50 of them takes the sum: 0.103."""
    rows = [
        {"area": "a", "population_group": name, "people": people, "margin": 50.0, "margin_of": "people"}
        for name, people in (("small", 300), ("large", 900))
    ]
    areas = [{"area": "a", "population": 1_000, "population_margin": 100.0}]
    engine = planted({"share of a population": rows, "area": areas})
    found = dict(engine.rows("SELECT population_group, share_margin FROM base_compositions"))
    assert found["small"] == pytest.approx(0.04)
    assert found["large"] == pytest.approx(np.sqrt(50**2 + (0.9 * 100) ** 2) / 1_000)


def test_without_a_column_of_margins_it_is_not_measurable(tmp_path):
    """That populations state no margin is not the same as that none was exported."""
    found = measured(tmp_path, areas=[["area", "size_km2", "population"], ["A0", 1, 10]])
    assert isinstance(found["areas.without_margin"], NotMeasurable)
