"""A word list's share corrected by what reviewers found."""

import numpy as np
import pytest
from scipy import stats

from answerable.intervals import hypergeometric
from answerable.sampling import correction, rogan_gladen, simple, stratified, two_phase


def test_two_phases_are_two_strata():
    """The rate and its interval are those of two strata; precision and omission those of a plain sample each."""
    found = two_phase((40, 60, 2_000), (1, 300, 18_000))
    assert found.rate == stratified([40, 1], [60, 300], [2_000, 18_000])
    assert found.rate.number == pytest.approx(2_000 * 40 / 60 + 18_000 / 300)
    assert found.precision.interval == hypergeometric(40, 60, 2_000)
    assert found.recall == pytest.approx((2_000 * 40 / 60) / found.rate.number)
    assert found.flagged == 2_000


def test_recall_follows_published_bounds_of_a_ratio():
    """Donner and Zou's formula for a ratio, written out, gives the odds at both bounds of recall."""
    found = two_phase((40, 60, 2_000), (6, 300, 18_000))
    a, b = found.precision, found.missed
    product = a.number * b.number
    low = (
        product - np.sqrt(product**2 - a.low * b.high * (2 * a.number - a.low) * (2 * b.number - b.high))
    ) / (b.high * (2 * b.number - b.high))
    high = (
        product + np.sqrt(product**2 - a.high * b.low * (2 * a.number - a.high) * (2 * b.number - b.low))
    ) / (b.low * (2 * b.number - b.low))
    odds = [bound / (1 - bound) for bound in (found.recall_interval.low, found.recall_interval.high)]
    assert odds == pytest.approx([low, high])


def test_recall_at_its_ends():
    """No case missed in the sample leaves recall up to 1; no case anywhere leaves it open; nothing flagged right gives 0."""
    none_missed = two_phase((30, 60, 2_000), (0, 300, 18_000))
    assert none_missed.recall == 1
    assert none_missed.recall_interval.high == 1
    assert 0.7 < none_missed.recall_interval.low < 1
    nothing = two_phase((0, 60, 2_000), (0, 300, 18_000))
    assert nothing.recall is None
    assert (nothing.recall_interval.low, nothing.recall_interval.high) == (0, 1)
    wrong = two_phase((0, 60, 2_000), (30, 300, 18_000))
    assert wrong.recall == 0
    assert wrong.recall_interval.low == 0
    whole = two_phase((3, 20, 20), (2, 50, 50))
    assert whole.recall_interval.low == whole.recall_interval.high == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("flagged", "unflagged", "cases"),
    [
        ((2_000, 60), (18_000, 60), (600, 90)),
        ((300, 60), (9_000, 200), (240, 60)),
        ((500, 100), (4_000, 100), (50, 400)),
    ],
)
def test_recall_holds_its_level(flagged, unflagged, cases):
    """Over every pair of samples, recall lies within its interval in 95 per cent or more, computed exactly."""
    truth = cases[0] / sum(cases)
    chances = [
        stats.hypergeom.pmf(np.arange(size + 1), records, number, size)
        for (records, size), number in zip((flagged, unflagged), cases, strict=True)
    ]
    bounds = [
        [hypergeometric(count, size, records) for count in range(size + 1)]
        for records, size in (flagged, unflagged)
    ]
    assert len(bounds[0]) == flagged[1] + 1
    held = 0.0
    for first in np.flatnonzero(chances[0] > 1e-5).tolist():
        for second in np.flatnonzero(chances[1] > 1e-5).tolist():
            from_list = two_phase_recall(
                (first, flagged[1], flagged[0]), (second, unflagged[1], unflagged[0])
            )
            held += chances[0][first] * chances[1][second] * (from_list[0] <= truth <= from_list[1])
    assert held >= 0.95


def two_phase_recall(flagged, unflagged):
    """Give recall's bounds alone: the stratified interval beside it takes longer."""
    one, other = simple(*flagged), simple(*unflagged)
    return correction._recall(one, other) if one.number + other.number else (0.0, 1.0)


def test_rogan_gladen_by_hand():
    """(0.2 + 0.95 - 1) / (0.8 + 0.95 - 1) is a fifth."""
    found = rogan_gladen((200, 1_000), (80, 100), (190, 200))
    assert found.value == pytest.approx(0.2)
    assert not found.truncated
    assert found.interval.low < 0.2 < found.interval.high


def test_known_sensitivity_and_specificity_leave_agresti_and_coull():
    """With an endless validation without an error the interval is Agresti and Coull's (1998), as Lang and Reiczigel say."""
    found = rogan_gladen((30, 200), (10**9, 10**9), (10**9, 10**9))
    square = stats.norm.ppf(0.975) ** 2
    size, share = 200 + square, (30 + square / 2) / (200 + square)
    reach = stats.norm.ppf(0.975) * np.sqrt(share * (1 - share) / size)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (share - reach, share + reach), abs=1e-6
    )


def test_what_is_cut_is_said():
    """A flagged share below the list's own error rate gives a rate below 0: cut, and said; and where nothing fits, that too."""
    below = rogan_gladen((4, 100), (45, 50), (93, 100))
    assert (below.value, below.truncated, below.interval_truncated, below.fits) == (0, True, True, True)
    assert below.raw < 0
    nothing = rogan_gladen((200, 10_000), (50, 100), (1900, 2000), complete=True)
    assert not nothing.fits
    assert nothing.value == nothing.interval.high == 0


def test_a_complete_count_narrows_the_interval():
    """A flagged share of the whole log has no sampling error of its own."""
    sample = rogan_gladen((200, 1_000), (80, 100), (190, 200)).interval
    whole = rogan_gladen((200, 1_000), (80, 100), (190, 200), complete=True).interval
    assert whole.high - whole.low < sample.high - sample.low


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5])
def test_rogan_gladen_holds_about_its_level(rate):
    """4,000 worlds of 500 records and a validation of 100 and 200: within two points of 95 per cent."""
    generator = np.random.default_rng(5)
    held = 0
    for _ in range(4_000):
        positive = generator.binomial(500, rate * 0.8 + (1 - rate) * 0.05)
        found = rogan_gladen(
            (positive, 500), (generator.binomial(100, 0.8), 100), (generator.binomial(200, 0.95), 200)
        )
        held += found.interval.low <= rate <= found.interval.high
    assert held / 4_000 >= 0.93


@pytest.mark.parametrize(
    ("given", "match"),
    [
        (((11, 10), (8, 10), (9, 10)), "count lies"),
        (((1, 10), (8, 0), (9, 10)), "count lies"),
        (((1, 10), (3, 10), (6, 10)), "separates|no more"),
    ],
)
def test_what_no_rate_follows_from_is_refused(given, match):
    """Counts that cannot be, and a list that flags cases no more often than others, are said."""
    with pytest.raises(ValueError, match=match):
        rogan_gladen(*given)
    with pytest.raises(ValueError, match="level"):
        rogan_gladen((1, 10), (8, 10), (9, 10), level=1)


def test_two_phases_are_the_correction_of_rogan_and_gladen():
    """Where both samples are the same share of their stratum, sensitivity and specificity are those drawn, and both formulas give one rate."""
    for cases, missed in ((40, 3), (12, 30), (60, 1), (5, 0)):
        rate = two_phase((cases, 60, 600), (missed, 300, 3_000)).rate.value
        found = rogan_gladen(
            (600, 3_600), (cases, cases + missed), (300 - missed, 360 - cases - missed), complete=True
        )
        assert found.fits
        assert found.raw == pytest.approx(rate)


def test_a_corrected_share_holds_its_level_where_the_truth_is_known():
    """400 samples of a log whose cases are known: the corrected share's interval holds them at its level, and the estimate is right on average."""
    generator = np.random.default_rng(8)
    counted, rest, drawn = (120, 150), (20, 850), 25
    truth = counted[0] + rest[0]
    found = [
        generator.hypergeometric(cases, size - cases, drawn, size=400) for cases, size in (counted, rest)
    ]
    seen, times = np.unique(np.transpose(found), axis=0, return_counts=True)
    rates = [
        two_phase((cases, drawn, counted[1]), (missed, drawn, rest[1])).rate
        for cases, missed in seen.tolist()
    ]
    held = np.array([one.low <= truth <= one.high for one in rates])
    assert times[held].sum() / 400 >= 0.95 - 2 * np.sqrt(0.95 * 0.05 / 400)
    # The mean of what is estimated is the truth, within 4 standard errors of it.
    numbers = np.repeat([one.number for one in rates], times)
    assert abs(numbers.mean() - truth) < 4 * numbers.std() / 20
