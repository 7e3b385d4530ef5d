"""The real file of Oakland: at 20 cells a day its numbers are those of an independent count, to the digits that it has."""

from pathlib import Path

import pytest

from answerable import audit

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "forecasts"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real files lie beside the checkout, and are not here"
)


@pytest.fixture(scope="module")
def oakland(tmp_path_factory):
    """Audit both tables, each under its layout."""
    case = tmp_path_factory.mktemp("oakland") / "case"
    audit([DATA / "oakland-2011-forecasts.csv"], case, layout=["forecast-matrix"])
    return audit([DATA / "oakland-2011-outcomes.csv"], case, layout=["outcome-matrix"]).measures


def test_its_worth_is_that_of_an_independent_count(oakland):
    """Events, hits, hit rate, PAI pooled and by day, area under the ROC, predicted over observed."""
    rate, pai = oakland["forecasts.hit_rate"], oakland["forecasts.pai"]
    assert (rate.numerator, rate.denominator) == (721, 2323)
    assert round(rate.value, 5) == 0.31037
    assert round(pai.value, 4) == 10.2579
    assert round(pai.breakdowns["reckoning"][1].value, 3) == 9.955
    assert round(oakland["forecasts.auc"].value, 5) == 0.86887
    assert round(oakland["forecasts.predicted_over_observed"].value, 4) == 1.0177


def test_its_flags_gather_in_few_cells(oakland):
    """Of 661 cells 52 were ever on the list and 5 always."""
    ever, always, *_ = oakland["forecasts.concentration"].breakdowns["flags"]
    assert (ever.numerator, ever.denominator, always.numerator) == (52, 661, 5)


def test_what_it_supports_is_said_both_ways(oakland):
    """It beats the count of the last day, and not detectably the count of the last year."""
    assert "it beats the count of the last day" in oakland["forecasts.against_last_period"].sentence
    year = oakland["forecasts.against_year"]
    assert "no detectable difference" in year.sentence
    assert year.interval.low < 0 < year.interval.high
    assert (
        oakland["forecasts.baselines_beaten"].numerator,
        oakland["forecasts.baselines_beaten"].denominator,
    ) == (2, 4)
