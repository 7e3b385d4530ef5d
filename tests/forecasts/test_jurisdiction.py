"""The synthetic jurisdiction: the measures give what was planted, and skill, bias and feedback are in the draws."""

import numpy as np
import pytest

from answerable import audit
from answerable.programmes.forecasts.simulate import Jurisdiction, draw, simulate, write_jurisdiction


def test_the_measures_give_what_was_planted(tmp_path):
    """Every count of the truth is the measure's, with faults."""
    truth = simulate(tmp_path / "town", rows=3_000, seed=5, layout="forecasts-long", faults=True, whole=True)
    measures = audit([tmp_path / "town"], tmp_path / "case").measures
    assert len(truth["measures"]) == 9
    for name, counts in truth["measures"].items():
        assert (measures[name].numerator, measures[name].denominator) == tuple(counts), name
    assert measures["outcomes.records"].value == truth["reported"] + truth["found"]


@pytest.mark.parametrize(
    "layout", ["forecast-matrix", "outcome-matrix", "flags-list", "outcomes-long", "patrols"]
)
def test_each_layout_can_be_written_alone(tmp_path, layout):
    """What is written in a layout is read in it, whole."""
    truth = simulate(tmp_path / "town", rows=2_000, seed=1, layout=layout, faults=False, whole=False)
    (source,) = audit([tmp_path / "town"], tmp_path / "case", layout=[layout]).sources
    assert (source.layout, source.quarantined, source.duplicates) == (layout, 0, 0)
    assert truth["files"] == [f"{layout}.csv"]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    """And another seed gives others."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_jurisdiction(Jurisdiction(side=6, days=15, seed=seed), tmp_path / name)
    one, again, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "again", "other")
    )
    assert one == again != other


def test_skill_is_planted_from_none_to_all():
    """Without skill flags hold the share of incidents that their area has; the more skill, the more."""
    held = []
    for skill in (0.0, 0.5, 1.0):
        drawn = draw(Jurisdiction(side=12, days=200, skill=skill, seed=3))
        held.append(drawn.happened[drawn.flags].sum() / drawn.happened.sum())
    assert held[0] == pytest.approx(5 / 144, abs=0.012)
    assert held[0] < held[1] < held[2]


def test_what_is_recorded_is_biased_and_fed_back_as_planted():
    """Reports follow the share of group B, and police find where they are sent."""
    drawn = draw(
        Jurisdiction(side=12, days=300, bias=0.5, reported=0.5, feedback=0.8, elsewhere=0.01, seed=4)
    )
    more = drawn.of_group > 0.5
    rates = [drawn.reported[:, half].sum() / drawn.happened[:, half].sum() for half in (~more, more)]
    shares = [0.5 * (1 + 0.5 * (2 * drawn.of_group[half] - 1)).mean() for half in (~more, more)]
    assert rates == pytest.approx(shares, abs=0.06)
    assert drawn.found[drawn.flags].mean() == pytest.approx(0.8, abs=0.1)
    assert drawn.found[~drawn.flags].mean() == pytest.approx(0.01, abs=0.003)


def test_incidents_follow_each_other_and_the_week():
    """With repeats the day after an incident has more in its square than its rate; weekends have more than weekdays."""
    drawn = draw(Jurisdiction(side=10, days=700, spread=0.0, repeats=0.5, weekly=0.4, seed=6))
    before, after = drawn.happened[:-1].ravel(), drawn.happened[1:].ravel()
    assert np.corrcoef(before, after)[0, 1] > 0.02
    by_day = drawn.happened.sum(axis=1).reshape(-1, 7).mean(axis=0)
    assert by_day[5:].mean() > 1.2 * by_day[:5].mean()
    flat = draw(Jurisdiction(side=10, days=700, spread=0.0, repeats=0.0, weekly=0.0, seed=6)).happened
    assert abs(np.corrcoef(flat[:-1].ravel(), flat[1:].ravel())[0, 1]) < 0.02
