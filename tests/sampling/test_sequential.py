"""Sequential plans: the error and the bounds after stopping, against every path and against simulation."""

import itertools

import numpy as np
import pytest
from scipy import stats

from answerable.intervals import clopper_pearson, hypergeometric
from answerable.sampling import conclude, sequential
from answerable.sampling.paths import Paths, walk


def outcomes(plan, truth):
    """Give the probability of each look and count at which a plan stops, path by path."""
    found, going, before = {}, {0: 1.0}, 0
    for at, size in enumerate(plan.looks):
        after = {}
        for count, chance in going.items():
            for new in range(size - before + 1):
                if plan.population is None:
                    step = stats.binom.pmf(new, size - before, truth)
                else:
                    step = stats.hypergeom.pmf(
                        new, plan.population - before, max(truth - count, 0), size - before
                    )
                if step > 0:
                    after[count + new] = after.get(count + new, 0.0) + chance * step
        going = {}
        for count, chance in after.items():
            stops = count <= plan.accept[at] or count >= plan.reject[at]
            (found if stops else going)[(at, count) if stops else count] = chance
        before = size
    assert not going
    return found


PLANS = {
    "no end": {"looks": (20, 40, 60), "tolerable": 0.1},
    "late": {"looks": (20, 40, 60), "tolerable": 0.1, "spending": "obrien-fleming", "confidence": 0.9},
    "a log of 150": {
        "looks": (15, 30, 45),
        "tolerable": 0.15,
        "population": 150,
        "hoped": 0.03,
        "confidence": 0.9,
    },
}


@pytest.mark.parametrize("given", PLANS.values(), ids=PLANS)
def test_the_error_is_that_of_every_path(given):
    """The error of ever accepting at the tolerable rate, added up over every path without a rejection line, is at most as allowed."""
    plan = sequential(**given)
    truth = plan.tolerable if plan.cases is None else plan.cases
    by_path = outcomes(plan.without_rejection(), truth)
    accepted = sum(chance for (at, count), chance in by_path.items() if count <= plan.accept[at])
    assert plan.error == pytest.approx(accepted, rel=1e-6)
    assert plan.error <= 1 - plan.confidence
    with_lines = outcomes(plan, truth)
    assert (
        sum(chance for (at, count), chance in with_lines.items() if count <= plan.accept[at])
        <= plan.error + 1e-9
    )


@pytest.mark.parametrize("given", PLANS.values(), ids=PLANS)
def test_bounds_after_stopping_hold_their_level(given):
    """Over every path, the bounds hold the truth in 95 per cent or more for every rate that was tried."""
    plan = sequential(**given)
    scale = plan.population or 1
    truths = np.linspace(0.002, 0.5, 12).tolist() if plan.population is None else range(0, plan.population, 9)
    bounds = {}
    for truth in truths:
        held = 0.0
        for (at, count), chance in outcomes(plan, truth).items():
            if chance > 1e-7:
                if (at, count) not in bounds:
                    bounds[at, count] = conclude(plan, plan.looks[at], count).interval
                held += chance * (bounds[at, count].low <= truth / scale <= bounds[at, count].high)
        assert held >= 0.95 - 1e-5


def test_the_interval_of_a_fixed_sample_does_not_hold_after_stopping():
    """Where a review may stop at each of many looks, Clopper and Pearson's interval covers less than 95 per cent for some rate."""
    plan = sequential((30, 60, 90, 120), 0.1, hoped=0.03)
    least = 1.0
    for truth in np.linspace(0.005, 0.2, 25):
        held = 0.0
        for (at, count), chance in outcomes(plan, truth).items():
            plain = clopper_pearson(count, plan.looks[at])
            held += chance * (plain.low <= truth <= plain.high)
        least = min(least, held)
    assert least < 0.94


def test_one_look_is_a_sample_of_fixed_size():
    """A plan with one look gives the plain test and interval: exact binomial, or hypergeometric."""
    plan = sequential((60,), 0.05)
    found, plain = conclude(plan, 60, 3), clopper_pearson(3, 60)
    assert (found.interval.low, found.interval.high) == pytest.approx((plain.low, plain.high), abs=1e-9)
    assert found.p_value == pytest.approx(stats.binom.cdf(3, 60, 0.05))
    finite = conclude(sequential((60,), 0.05, population=500), 60, 3)
    plain = hypergeometric(3, 60, 500)
    assert (finite.interval.low, finite.interval.high) == (plain.low, plain.high)
    assert (finite.low, finite.high) == (round(plain.low * 500), round(plain.high * 500))


@pytest.mark.parametrize("given", PLANS.values(), ids=PLANS)
def test_acceptance_and_p_value_agree(given):
    """Wherever the plan accepts, p-value and one-sided bound say so too; outcomes rise in order from look to look."""
    plan = sequential(**given)
    order = [(at, count) for at in range(len(plan.looks)) for count in range(plan.accept[at] + 1)]
    order = [(at, count) for at, count in order if not at or count > max(-1, *plan.accept[:at])]
    uppers = []
    for at, count in order:
        found = conclude(plan, plan.looks[at], count)
        assert found.accepted
        assert found.p_value <= 1 - plan.confidence
        assert found.upper < plan.tolerable
        assert found.interval.low <= found.middle <= found.interval.high
        uppers.append(found.interval.high)
    assert uppers == sorted(uppers)


def test_expected_size_and_acceptance_by_simulation():
    """4,000 samples drawn one by one agree with the computed chance of accepting and the expected size."""
    plan = sequential((30, 60, 90), 0.1, population=1000, hoped=0.02)
    [computed] = plan.characteristics([0.04])
    generator = np.random.default_rng(3)
    accepted, drawn = [], []
    for _ in range(4_000):
        cases = np.cumsum(generator.permutation(1000) < 40)
        for at, size in enumerate(plan.looks):
            count = int(cases[size - 1])
            if count <= plan.accept[at] or count >= plan.reject[at]:
                accepted.append(count <= plan.accept[at])
                drawn.append(size)
                break
    assert np.mean(accepted) == pytest.approx(computed.accepts, abs=4 * np.std(accepted) / 4_000**0.5)
    assert np.mean(drawn) == pytest.approx(computed.expected_size, abs=4 * np.std(drawn) / 4_000**0.5)
    assert sum(computed.stops) == pytest.approx(1)


def test_giving_up_saves_records_and_adds_no_error():
    """With a hoped rate fewer records are drawn at a bad rate; the acceptance numbers and the error stay."""
    looks = (100, 200, 300, 400)
    plain, early = sequential(looks, 0.05), sequential(looks, 0.05, hoped=0.02, give_up=0.2)
    assert plain.accept == early.accept
    assert plain.error == early.error
    [long], [short] = plain.characteristics([0.1]), early.characteristics([0.1])
    assert short.expected_size < long.expected_size
    assert all(one <= other for one, other in itertools.zip_longest(early.reject, plain.reject))


def test_a_larger_rate_makes_acceptance_rarer():
    """The chance of accepting falls with the true rate, so that the error holds for every rate over the tolerable."""
    plan = sequential((30, 60, 120), 0.1, population=800)
    accepts = [one.accepts for one in plan.characteristics(np.linspace(0, 0.4, 30))]
    assert all(later <= former + 1e-12 for former, later in itertools.pairwise(accepts))


def test_a_walk_loses_no_probability():
    """Accepted and rejected add up to 1 over the looks."""
    walked = walk(Paths((10, 20, 30), (-1, 1, 3), (4, 5, 4), 200), 17)
    assert walked.accepted.sum() + walked.rejected.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("given", "error", "match"),
    [
        ({"looks": (), "tolerable": 0.1}, ValueError, "larger than the one before"),
        ({"looks": (20, 20), "tolerable": 0.1}, ValueError, "larger than the one before"),
        ({"looks": (20.5,), "tolerable": 0.1}, TypeError, "whole numbers"),
        ({"looks": (20, 40), "tolerable": 0.1, "population": 30}, ValueError, "larger than the log"),
        ({"looks": (5, 10), "tolerable": 0.1}, ValueError, "no look"),
        ({"looks": (30, 60), "tolerable": 0.1, "hoped": 0.1}, ValueError, "hoped"),
        ({"looks": (30, 60), "tolerable": 0.1, "spending": "linear"}, ValueError, "spending"),
        ({"looks": (30, 60), "tolerable": 1.0}, ValueError, "between 0 and 1"),
    ],
)
def test_plans_that_cannot_be_are_refused(given, error, match):
    """Looks that do not increase or pass the log's end, and plans that could never accept, are said."""
    with pytest.raises(error, match=match):
        sequential(**given)


def test_conclusions_that_cannot_be_are_refused():
    """Another size than a look, a count where the plan goes on, and rates that are none are said."""
    plan = sequential((60, 120, 180), 0.05)
    with pytest.raises(ValueError, match="none of the plan's looks"):
        conclude(plan, 70, 0)
    with pytest.raises(ValueError, match="goes on"):
        conclude(plan, 60, plan.accept[0] + 1)
    with pytest.raises(ValueError, match="count lies"):
        conclude(plan, 60, 61)
    with pytest.raises(ValueError, match="level"):
        conclude(plan, 180, 0, level=0)
    with pytest.raises(ValueError, match="rates lie"):
        plan.characteristics([1.2])
