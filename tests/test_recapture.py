"""Records that no list shows: the estimates agree with published values and with brute force, and say when they fail."""

import math
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from answerable.estimate import Interval
from answerable.recapture import NotEstimable, Recapture, chao, chapman

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])


@st.composite
def two_lists(draw, most=2_000):
    """Draw the sizes of two lists and of their overlap, from which an estimate can be made."""
    both = draw(st.integers(7, most))
    return both + draw(st.integers(1, most)), both + draw(st.integers(1, most)), both


@st.composite
def frequencies(draw):
    """Draw for each of two to six lists how many records it alone holds, and how many are on 2 ... t lists."""
    lists = draw(st.integers(2, 6))
    alone = draw(st.lists(st.integers(0, 500), min_size=lists, max_size=lists))
    more = draw(st.lists(st.integers(0, 500), min_size=lists - 1, max_size=lists - 1))
    assume(sum(more) >= 7)
    return [sum(alone), *more], alone


def chance(total, first, second, both) -> Fraction:
    """The exact probability of an overlap of two independent lists of given sizes."""
    return Fraction(comb(first, both) * comb(total - first, second - both), comb(total, second))


def test_chapman_gives_a_value_computed_by_hand():
    """Seber (1982, p. 107) has lists of 948 and 421 animals that share 167: 949 x 422 / 168 - 1 = 2,382.8."""
    made = chapman(948, 421, 167)
    assert made.total == pytest.approx(2382.797619, abs=1e-6)
    assert (made.seen, made.missed) == (1202, pytest.approx(781 * 254 / 168))
    # The likelihood's estimate, which is not bias-corrected, is published as 2,389.9 with a standard error of 130.4.
    assert made.total_interval.low == pytest.approx(2389.9 - 1.96 * 130.4, abs=30)
    assert made.total_interval.high == pytest.approx(2389.9 + 1.96 * 130.4, abs=60)


@given(two_lists())
def test_chapman_is_the_published_formula(lists):
    """The total is (n1 + 1)(n2 + 1)/(m + 1) - 1."""
    first, second, both = lists
    assert chapman(*lists).total == pytest.approx(float(Fraction((first + 1) * (second + 1), both + 1) - 1))


def test_chapman_is_unbiased_where_the_lists_hold_more_than_there_is():
    """Two lists of 30 and 35 out of 40 records: over every overlap, the estimates' mean is 40 exactly."""
    total, first, second = 40, 30, 35
    mean = (
        chance(total, first, second, 30) * 35
    )  # every record of the first is in the second: none is estimated missed
    for both in range(25, 30):
        mean += chance(total, first, second, both) * Fraction(
            chapman(first, second, both).total
        ).limit_denominator(10**6)
    assert mean == total


@given(two_lists(most=12), st.sampled_from([0.8, 0.95]))
@settings(max_examples=60)
def test_chapmans_interval_agrees_with_brute_force(lists, level):
    """The bounds are those found by trying every total in turn, with sums of exact fractions."""
    first, second, both = lists
    seen, tail = first + second - both, Fraction(1 - level) / 2 * (1 - Fraction(1, 10**9))
    kept, total = [], seen
    while True:
        overlaps = range(max(0, first + second - total), min(first, second) + 1)
        many = sum(chance(total, first, second, one) for one in overlaps if one >= both)
        few = sum(chance(total, first, second, one) for one in overlaps if one <= both)
        if many <= tail:
            break
        if few > tail:
            kept.append(total)
        total += 1
    made = chapman(*lists, level).total_interval
    assert (made.low, made.high) == (min(kept), max(kept))


@pytest.mark.parametrize(("first", "second"), [(15, 20), (20, 60), (60, 50)])
def test_chapmans_interval_is_seldom_wrong(first, second):
    """For every total, no more than 5 % of the overlaps that can be, refused ones included, give a wrong interval."""
    made = {
        both: one.total_interval
        for both in range(min(first, second) + 1)
        if isinstance(one := chapman(first, second, both), Recapture)
    }
    for total in range(max(first, second) + 1, first * second // 4):
        wrong = sum(
            stats.hypergeom.pmf(both, total, first, second)
            for both, interval in made.items()
            if not interval.low <= total <= interval.high
        )
        assert wrong <= 0.05 + 1e-9


def test_chapmans_interval_covers_lists_that_miss_few():
    """Two lists of 980 out of 1,000 records miss 0.4 together; the interval holds the truth in over 99 % of the samples."""
    draws = np.random.default_rng(20240701).hypergeometric(980, 20, 980, 4_000)
    intervals = {both: chapman(980, 980, int(both)).total_interval for both in np.unique(draws)}
    covered = np.mean([intervals[both].low <= 1_000 <= intervals[both].high for both in draws])
    error = math.sqrt(covered * (1 - covered) / len(draws))
    assert covered + 3 * error >= 0.99
    assert max(one.high - one.low for one in intervals.values()) < 12


def test_chapman_counts_millions():
    """Two lists of millions are computed at once, and the interval nears the normal one."""
    made = chapman(5_000_000, 4_000_000, 3_000_000)
    missed = 2_000_000 * 1_000_000 / 3_000_000
    deviation = math.sqrt(5e6 * 4e6 * 2e6 * 1e6 / 3e6**3)
    assert made.missed == pytest.approx(missed, abs=1)
    assert made.missed_interval.low == pytest.approx(missed - 1.96 * deviation, abs=20)
    assert made.missed_interval.high == pytest.approx(missed + 1.96 * deviation, abs=20)


@given(two_lists(), LEVELS)
def test_chapman_does_not_mind_the_order_of_the_lists(lists, level):
    """Exchanging the lists changes nothing."""
    first, second, both = lists
    assert chapman(first, second, both, level) == chapman(second, first, both, level)


@given(two_lists(most=300))
def test_a_higher_level_is_wider(lists):
    """A 99 % interval holds the 95 % one."""
    narrow, wide = chapman(*lists).total_interval, chapman(*lists, 0.99).total_interval
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def consistent(made: Recapture, level: float) -> bool:
    """Tell whether the parts of an estimate agree with each other."""
    missed, total = made.missed_interval, made.total_interval
    share = made.completeness_interval
    return (
        made.total == made.seen + made.missed
        and 0 <= missed.low <= made.missed <= missed.high
        and made.seen <= total.low <= made.total <= total.high
        and (total.low, total.high) == (made.seen + missed.low, made.seen + missed.high)
        and 0 < share.low <= made.completeness <= share.high <= 1
        and {missed.level, total.level, share.level} == {level}
        and missed.method == total.method == share.method
    )


@given(two_lists(), LEVELS)
def test_chapmans_parts_agree(lists, level):
    """The total holds what was seen, each interval holds its estimate, and the intervals tell the same."""
    assert consistent(chapman(*lists, level), level)


@given(frequencies(), LEVELS, st.booleans())
def test_chaos_parts_agree(counts, level, given_alone):
    """The total holds what was seen, each interval holds its estimate, and the intervals tell the same."""
    every, alone = counts
    made = chao(every, alone if given_alone else None, level)
    assert consistent(made, level)
    assert made.lower_bound


@pytest.mark.parametrize(
    ("lists", "reason"),
    [
        ((0, 10, 0), "holds no record"),
        ((10, 0, 0), "holds no record"),
        ((100, 100, 0), "share 0"),
        ((1_000, 2_000, 6), "share 6"),
        ((50, 10, 10), "The first list holds every record"),
        ((10, 50, 10), "The second list holds every record"),
    ],
)
def test_two_lists_that_show_nothing_are_refused(lists, reason):
    """An empty list, a small overlap and a list that holds the other give a reason and something to ask for."""
    refused = chapman(*lists)
    assert isinstance(refused, NotEstimable)
    assert reason in refused.reason
    assert refused.ask_for.startswith("Ask for ")
    assert str(refused) == f"Not estimable: {refused.reason} {refused.ask_for}"


def test_seven_records_in_both_lists_are_enough():
    """The least overlap is 7, after Robson and Regier."""
    assert isinstance(chapman(40, 50, 7), Recapture)


@pytest.mark.parametrize("wrong", [(-1, 10, 0), (10, 10, 11), (10, 10, -1)])
def test_impossible_lists_are_errors(wrong):
    """A negative count, or an overlap larger than a list, is an error and no refusal."""
    with pytest.raises(ValueError, match=r"at least 0|cannot be in both"):
        chapman(*wrong)


@pytest.mark.parametrize("level", [0, 1, float("nan")])
def test_impossible_levels_are_errors(level):
    """The level lies between 0 and 1."""
    for make in (lambda: chapman(40, 50, 20, level), lambda: chao([20, 20], level=level)):
        with pytest.raises(ValueError, match="the level lies"):
            make()


def test_fractional_counts_are_errors():
    """A count is a whole number, of Python or of NumPy."""
    with pytest.raises(TypeError, match="whole number"):
        chapman(40.5, 50, 20)
    with pytest.raises(TypeError, match="whole number"):
        chao([20.0, 20])
    assert chapman(*np.array([40, 50, 20])) == chapman(40, 50, 20)


def test_an_estimate_states_its_assumptions_and_sources():
    """Each names its method's year, says what has to hold, and in which direction a failure moves it."""
    two, bound = chapman(40, 50, 20), chao([20, 20, 3])
    assert "Chapman 1951" in two.method
    assert "Chao 1987" in bound.method
    assert "Chao 1989" in chao([20, 20, 3], [5, 5, 10]).method
    assert isinstance(two.total_interval, Interval)
    for made in (two, bound):
        assert len(made.assumptions) >= 5
        assert all("too high" in one or "too low" in one or "the truth" in one for one in made.assumptions)
        assert all(one.endswith(".") for one in (*made.assumptions, *made.notes))
    assert any("cannot test" in one for one in two.assumptions)
    assert any("lower bound" in one for one in bound.notes)


def test_dependence_moves_chapman_as_it_says():
    """Where being on one list doubles the odds of the other, twice as many are missed as estimated; halved, half as many."""
    for factor in (2, 0.5):
        one, other, both = 200_000, 300_000, 600_000
        truth = factor * one * other / both
        assert truth / chapman(one + both, other + both, both).missed == pytest.approx(factor, rel=1e-4)


def test_matching_errors_move_chapman_as_it_says():
    """A match that was missed raises the estimate, a false one lowers it."""
    right = chapman(500, 400, 200)
    assert chapman(500, 400, 190).total > right.total
    assert chapman(500, 400, 210).total < right.total


def test_sets_that_differ_move_chapman_as_it_says():
    """Where each list holds records that the other could not, the estimate is too high; where one does, it may stand."""
    both, only = 800_000, 100_000
    first, second, shared = (both + only) // 2, (both + only) * 2 // 5, both // 5
    assert chapman(first, second, shared).total > 1.01 * (both + 2 * only)
    assert chapman(first, both * 2 // 5, shared).total == pytest.approx(both + only, rel=1e-4)


def test_chao_gives_a_published_value():
    """68 snowshoe hares on six days (Cormack 1989): 25 were seen once, 22 twice; the bound is published as 79.8."""
    made = chao([25, 22, 13, 5, 1, 2])
    assert made.total == pytest.approx(68 + 5 / 6 * 25 * 24 / (2 * 23))
    # The published figure is that of the form without bias correction; here the two differ by the 1 added to 22.
    uncorrected = 68 + 5 / 6 * 25**2 / (2 * 22)
    assert uncorrected == pytest.approx(79.8, abs=0.05)
    assert made.total == pytest.approx(79.8, abs=1)
    assert made.total_interval.low < 79.8 < made.total_interval.high


def test_chao_stays_below_a_known_truth_of_unequal_records():
    """76 cottontail rabbits on 18 nights out of 135 (Edwards & Eberhardt 1967): the bound lies below, its interval about it."""
    made = chao([43, 16, 8, 6, 0, 2, 1, *[0] * 11])
    assert made.missed == pytest.approx(17 / 18 * 43 * 42 / (2 * 17))
    assert made.total_interval.low < made.total < 135 < made.total_interval.high


@given(two_lists())
def test_chao_of_two_lists_is_chapman(lists):
    """With the numbers that each list alone holds, the bound of two lists is Chapman's estimate."""
    first, second, both = lists
    made = chao([first + second - 2 * both, both], [first - both, second - both])
    assert made.total == pytest.approx(chapman(*lists).total)


def expected(total, kinds):
    """The expected frequencies, the records alone on each list and those missed, of kinds of records on some lists."""
    lists = len(kinds[0][1])
    every, alone = np.zeros(lists + 1), np.zeros(lists)
    for cell in range(2**lists):
        marks = [cell >> one & 1 for one in range(lists)]
        number = sum(
            total
            * weight
            * math.prod(share if mark else 1 - share for mark, share in zip(marks, shares, strict=True))
            for weight, shares in kinds
        )
        every[sum(marks)] += number
        if sum(marks) == 1:
            alone[marks.index(1)] += number
    singles = [round(one) for one in alone]
    return [sum(singles), *(round(one) for one in every[2:])], singles, every[0]


@given(
    st.lists(st.floats(0.05, 0.9), min_size=2, max_size=5),
    st.floats(0.1, 0.9),
    st.floats(1, 20),
)
@settings(max_examples=50)
def test_chao_is_a_lower_bound_for_unequal_records(shares, weight, odds):
    """Where a part of the records is likelier to be on every list, by any odds, the bound lies at or below the truth."""

    def likelier(share):
        return share * odds / (1 - share + share * odds)

    kinds = [(weight, shares), (1 - weight, [likelier(share) for share in shares])]
    every, alone, missed = expected(10**9, kinds)
    assume(sum(every[1:]) >= 10**4)
    made = chao(every, alone)
    assert made.missed <= missed * (1 + 1e-3) + 1


def test_chao_is_the_truth_for_equal_records():
    """Where all records are alike, the bound with unequal lists, and that of equal ones without, are the truth."""
    every, alone, missed = expected(10**8, [(1, (0.9, 0.3, 0.1))])
    assert chao(every, alone).missed == pytest.approx(missed, rel=1e-4)
    every, alone, missed = expected(10**8, [(1, (0.3, 0.3, 0.3, 0.3))])
    assert chao(every).missed == pytest.approx(missed, rel=1e-4)


def test_unequal_lists_raise_the_bound_that_takes_them_for_equal():
    """Without the numbers that each list alone holds, lists of 90, 30 and 10 % put the bound over the truth, as it says."""
    every, alone, missed = expected(10**6, [(1, (0.9, 0.3, 0.1))])
    made = chao(every)
    assert made.missed > 1.5 * missed
    assert any("shares differ" in one for one in made.assumptions)
    assert not any("shares differ" in one for one in chao(every, alone).assumptions)


@given(frequencies(), st.randoms())
@settings(max_examples=50)
def test_chao_does_not_mind_the_order_of_the_lists(counts, order):
    """Shuffling the lists changes nothing but the last digit."""
    every, alone = counts
    shuffled = list(alone)
    order.shuffle(shuffled)
    one, other = chao(every, alone), chao(every, shuffled)
    assert one.missed == other.missed
    assert (one.missed_interval.low, one.missed_interval.high) == pytest.approx(
        (other.missed_interval.low, other.missed_interval.high), abs=1
    )


def test_chaos_interval_is_made_of_quantiles_of_a_mixture():
    """The bounds are quantiles of Poisson numbers drawn about log-normal rates."""
    every, alone = [60, 25, 4], [30, 20, 10]
    singles = np.array(alone) + 1 / 3
    pairs = (singles.sum() ** 2 - (singles**2).sum()) / 2
    variance = (singles * (singles.sum() - singles) ** 2).sum() / pairs**2 + 1 / 25.5
    generator = np.random.default_rng(1)
    rates = pairs / 25.5 * np.exp(math.sqrt(variance) * generator.standard_normal(400_000))
    drawn = generator.poisson(rates)
    made = chao(every, alone).missed_interval
    assert made.low == pytest.approx(np.quantile(drawn, 0.025), abs=1)
    assert made.high == pytest.approx(np.quantile(drawn, 0.975), abs=2)


@pytest.mark.parametrize(
    ("total", "shares", "narrowest"),
    [(300, (0.9, 0.3, 0.1), 0.93), (300, (0.9, 0.9, 0.9), 0.93), (200, (0.4,) * 4, 0.93)],
)
def test_chaos_interval_covers_equal_records(total, shares, narrowest):
    """Where the bound is the truth, the interval holds it as often as it says, also where next to none is missed."""
    generator, held = np.random.default_rng(20240701), []
    for _ in range(500):
        marks = generator.random((total, len(shares))) < shares
        times = marks.sum(axis=1)
        every = [int((times == number).sum()) for number in range(1, len(shares) + 1)]
        alone = [int(one) for one in marks[times == 1].sum(axis=0)]
        made = chao(every, alone).missed_interval
        held.append(made.low <= (times == 0).sum() <= made.high)
    covered = np.mean(held)
    assert covered + 3 * math.sqrt(covered * (1 - covered) / len(held)) >= narrowest


def test_chaos_interval_exists_where_no_record_is_on_one_list_only():
    """Where every record is on several lists, none is estimated missed, and the upper end says how sure that is."""
    few, many = chao([0, 5, 5]), chao([0, 500, 500])
    assert few.missed == few.missed_interval.low == many.missed == 0
    assert 0 <= many.missed_interval.high <= few.missed_interval.high < 10


@pytest.mark.parametrize(
    ("every", "reason"),
    [([], "two lists"), ([100], "two lists"), ([100, 6], "6 are on two"), ([100, 2, 4], "6 are on two")],
)
def test_a_bound_without_overlap_is_refused(every, reason):
    """One list, and fewer than 7 records on several, give a reason and something to ask for."""
    refused = chao(every)
    assert isinstance(refused, NotEstimable)
    assert reason in refused.reason
    assert refused.ask_for.startswith("Ask for ")


@pytest.mark.parametrize("alone", [[10, 5], [10, 5, 4], [10, 10, -1]])
def test_records_alone_have_to_add_up(alone):
    """The records that each list alone holds are those on one list, list by list."""
    with pytest.raises(ValueError, match=r"add up|at least 0"):
        chao([20, 20, 20], alone)
