"""A forecast beside simple counts: skill is found where it is planted, and not where there is none."""

import pytest

from answerable import audit
from answerable.estimate import Estimate, NotMeasurable
from answerable.programmes.forecasts.simulate import Jurisdiction, write_jurisdiction
from forecasts.judging import day, forecast_rows, measured, outcome_rows

_FILES = ("forecasts-long", "outcomes-points", "areas", "boundaries")


def _against(folder, **planted):
    write_jurisdiction(
        Jurisdiction(side=8, days=112, reported=1.0, bias=0.0, feedback=0.0, elsewhere=0.0, **planted),
        folder / "records",
        _FILES,
    )
    return audit([folder / "records"], folder / "case").measures


@pytest.mark.parametrize("seed", range(3))
def test_planted_skill_beats_every_baseline(tmp_path, seed):
    """A score that knows the rate of every square and day catches detectably more than counts of the past do."""
    found = _against(tmp_path, skill=1.0, spread=1.0, repeats=0.4, incidents=10, seed=seed)
    for name in ("against_last_period", "against_uniform", "against_population"):
        estimate = found[f"forecasts.{name}"]
        assert estimate.interval.low > 0
        assert "it beats" in estimate.sentence


def test_without_skill_nothing_is_found(tmp_path):
    """A score that has nothing to do with what happens beats no count of past events, in none of six towns."""
    for seed in range(6):
        found = _against(tmp_path / str(seed), skill=0.0, seed=20 + seed)
        for name in ("against_year", "against_long_run"):
            estimate = found[f"forecasts.{name}"]
            assert estimate.interval.low <= 0
            assert "it beats" not in estimate.sentence


def test_a_flat_town_gives_no_detectable_difference(tmp_path):
    """Where every square is alike, a score without skill and a list drawn by lot catch the same, but for chance."""
    found = [
        _against(tmp_path / str(seed), skill=0.0, spread=0.0, repeats=0.0, weekly=0.0, seed=40 + seed)[
            "forecasts.against_uniform"
        ]
        for seed in range(6)
    ]
    assert sum("no detectable difference" in estimate.sentence for estimate in found) >= 4


def test_the_baseline_knows_only_the_past(tmp_path):
    """The count of the last day catches what came back the day after; the first day is set apart."""
    days = 85
    counts = [[number % 2 for number in range(days)], [(number + 1) % 2 for number in range(days)]]
    found = measured(
        tmp_path, forecasts=forecast_rows([[2.0] * days, [1.0] * days]), outcomes=outcome_rows(counts)
    )["forecasts.against_last_period"]
    # Events change places every day: what yesterday's count flags never holds today's.
    caught = {part.label: part.value for part in found.breakdowns["events caught"]}
    assert caught == {"forecast": 42, "baseline": 0}
    assert found.denominator == days - 1
    assert any("1 period before which no outcome is known is set apart" in caveat for caveat in found.caveats)


def test_outcomes_before_the_first_forecast_are_known_to_baselines(tmp_path):
    """A fortnight of earlier outcomes counts in the long run, and no day is set apart."""
    days, earlier = 84, 14
    counts = [[1] * (days + earlier), [0] * (days + earlier)]
    rows = forecast_rows([[1.0] * (days + earlier), [2.0] * (days + earlier)])
    late = [row for row in rows[1:] if row[1] >= rows[1 + earlier][1]]
    found = measured(tmp_path, forecasts=[rows[0], *late], outcomes=outcome_rows(counts))[
        "forecasts.against_long_run"
    ]
    caught = {part.label: part.value for part in found.breakdowns["events caught"]}
    assert caught == {"forecast": 0, "baseline": days}
    assert "beats it" in found.sentence


def _moving(days, every):
    """Give events that stay in one of two areas for so many days, and then change to the other."""
    return [[(number // every + place + 1) % 2 for number in range(days)] for place in range(2)]


def test_what_happened_on_a_day_set_apart_is_known_the_day_after(tmp_path):
    """Every second day has a late forecast: the count of the last day is still of the day before, and not of two days before."""
    days = 112
    issued = [[day(number + (number % 2)) for number in range(days)]] * 2
    rows = forecast_rows([[2.0] * days, [1.0] * days], issued_at=issued)
    found = measured(tmp_path, forecasts=rows, outcomes=outcome_rows(_moving(days, 2)))
    estimate = found["forecasts.against_last_period"]
    caught = {part.label: part.value for part in estimate.breakdowns["events caught"]}
    # Days 0, 2, 4 ... begin a stay in the other area: the day before points to the wrong one each time.
    assert estimate.denominator == days // 2 - 1
    assert caught["baseline"] == 0
    assert any("came late are set apart" in caveat for caveat in estimate.caveats)


def test_a_missing_day_is_known_to_baselines(tmp_path):
    """Without forecasts on weekends, Monday's count of the last day is Sunday's, and no outcome of a weekend is judged."""
    days = 112
    counts = [
        [int(number % 7 == 6 or number % 7 == 0) for number in range(days)],
        [int(number % 7 == 4) for number in range(days)],
    ]
    rows = forecast_rows([[1.0] * days, [2.0] * days])
    weekdays = {day(number) for number in range(days) if number % 7 < 5}
    kept = [rows[0], *(row for row in rows[1:] if row[1] in weekdays)]
    found = measured(tmp_path, forecasts=kept, outcomes=outcome_rows(counts))
    assert found["forecasts.hit_rate"].denominator == 2 * days // 7
    estimate = found["forecasts.against_last_period"]
    caught = {part.label: part.value for part in estimate.breakdowns["events caught"]}
    # Mondays but the first follow a Sunday with an event in the same area; Fridays follow a quiet Thursday.
    assert caught["baseline"] == days // 7 - 1 + (days // 7) / 2


def test_earlier_events_of_other_types_are_not_known(tmp_path):
    """Robberies before the first forecast of burglaries tell its baselines nothing."""
    days, earlier = 84, 60
    rows = forecast_rows(
        [[1.0] * (days + earlier), [2.0] * (days + earlier)], type=[["burglary"] * (days + earlier)] * 2
    )
    kept = [rows[0], *(row for row in rows[1:] if row[1] >= day(earlier))]
    burglary = outcome_rows([[0] * earlier + [1] * days, [0] * (days + earlier)])
    robbery = outcome_rows([[0] * (days + earlier), [1] * earlier + [0] * days], "robbery")
    found = measured(tmp_path, forecasts=kept, outcomes=[*burglary, *robbery[1:]])
    caught = {
        part.label: part.value for part in found["forecasts.against_long_run"].breakdowns["events caught"]
    }
    assert caught["baseline"] == days - 1


def test_few_days_have_no_interval(tmp_path):
    """Four days make no two blocks of a week: the comparison is refused with a sentence."""
    found = measured(
        tmp_path, forecasts=forecast_rows([[2.0] * 4, [1.0] * 4]), outcomes=outcome_rows([[1] * 4, [0] * 4])
    )
    refused = found["forecasts.against_long_run"]
    assert isinstance(refused, NotMeasurable)
    assert "blocks" in refused.reason
    assert isinstance(found["forecasts.hit_rate"], Estimate)


def test_a_month_breaches_no_clause(tmp_path):
    """Four weeks show no difference beyond chance, whichever way it lies: the clause on last year's count is not shown."""
    days = 28
    folder = tmp_path / "town"
    measured(
        folder,
        forecasts=forecast_rows([[1.0] * days, [2.0] * days]),
        outcomes=outcome_rows([[1] * days, [0] * days]),
    )
    case = audit(
        [folder / "forecasts.csv", folder / "outcomes.csv"], tmp_path / "case", policy=["forecast-evaluation"]
    )
    status = {finding.clause: finding.status.value for finding in case.findings}
    assert case.measures["forecasts.against_year"].value == -27
    assert status["beats-the-year"] == "not shown"
