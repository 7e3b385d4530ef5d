"""Log-linear models of lists: they agree with published fits and with brute force, and say when they show nothing."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats

from answerable.recapture import LogLinear, NotEstimable, Recapture, chao, log_linear
from answerable.recapture.fitting import design, exists, fit, profile
from answerable.recapture.selection import _fitted, bounded, candidates
from answerable.recapture.tables import table


def histories(*counts):
    """Name counts that are given from the records on all lists down to those on the last list only."""
    lists = (len(counts) + 1).bit_length() - 1
    return {
        format(cell, f"0{lists}b"): number
        for cell, number in zip(range(len(counts), 0, -1), counts, strict=True)
    }


# Darroch, Fienberg, Glonek & Junker (1993): a census and two lists of one stratum.
CENSUS = histories(72, 155, 7, 71, 13, 53, 43)
# Bruno et al. (1994): 2,069 people with diabetes in Casale Monferrato, in four registers.
DIABETES = histories(58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10)
# Cormack, Chang & Smith (2000): deaths at work in four registers, and in three of them.
DEATHS = histories(72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2)
DEATHS_OF_THREE = histories(72, 5, 29, 54, 24, 3, 14)
# Chao et al. (2001): 271 of some 545 people with hepatitis in a college.
HEPATITIS = histories(28, 21, 17, 69, 18, 55, 63)


def model(counts, *pairs):
    """Fit one model, its pairs given by the lists' numbers from 1 on."""
    lists = table(counts)
    return lists, _fitted([(one - 1, other - 1) for one, other in pairs], lists)


@pytest.mark.parametrize(
    ("counts", "pairs", "total", "deviance", "freedom"),
    [
        (CENSUS, [(1, 2), (1, 3), (2, 3)], 1240, 0.0, 0),
        (CENSUS, [(1, 2), (2, 3)], 850, 3.8, 1),
        (DIABETES, [(1, 2), (1, 3), (2, 3), (2, 4), (3, 4)], 2771, 7.6, 5),
        (DIABETES, [(1, 3), (2, 4), (3, 4)], 2472, 22.0, 7),
        (DEATHS, [], 215, 87.1, 10),
        (DEATHS_OF_THREE, [], 209, 75.1, 3),
        (DEATHS_OF_THREE, [(1, 3), (2, 3)], 233, 0.8, 1),
    ],
)
def test_a_model_gives_the_published_fit(counts, pairs, total, deviance, freedom):
    """Totals, deviances and degrees of freedom are those that Rivest (2011) and Cormack, Chang & Smith (2000) print."""
    lists, fitted = model(counts, *pairs)
    assert round(lists.seen + fitted.missed) == total
    assert fitted.deviance == pytest.approx(deviance, abs=0.06)
    assert fitted.freedom == freedom


@pytest.mark.parametrize("pairs", [list(combinations(range(1, 5), 2)), [(1, 2), (1, 3), (1, 4), (3, 4)]])
def test_a_model_whose_estimate_is_published_as_endless_does_not_exist(pairs):
    """The models for which Cormack, Chang & Smith (2000) find no finite total have no estimates."""
    assert model(DEATHS, *pairs)[1] is None


@pytest.mark.parametrize(("pairs", "low", "high"), [([], 203, 217), ([(2, 3)], 210, 237)])
def test_the_interval_of_a_model_is_the_published_one(pairs, low, high):
    """Cormack, Chang & Smith (2000, table 3b) print these profile-likelihood intervals."""
    lists, fitted = model(DEATHS_OF_THREE, *pairs)
    interval = bounded(fitted, lists, 0.95).interval
    assert (lists.seen + interval.low, lists.seen + interval.high) == (low, high)


def test_two_independent_lists_are_the_published_model():
    """Seber's (1982, p. 107) lists have 2,389.9 records by the likelihood, and an AIC of 28.831 in Rcapture's output."""
    lists, fitted = model({"11": 167, "10": 781, "01": 254})
    assert lists.seen + fitted.missed == pytest.approx(948 * 421 / 167)
    assert fitted.aic == pytest.approx(28.831, abs=5e-4)


def test_the_saturated_model_of_three_lists_has_a_closed_form():
    """With every pair, the number missed is the product of the odd cells over that of the even ones."""
    made = log_linear(CENSUS, ["census", "survey", "register"])
    assert made.missed == pytest.approx(72 * 71 * 53 * 43 / (155 * 7 * 13))
    assert made.chosen.fit is None
    assert any("cannot be tested" in note for note in made.notes)
    assert ("census", "register") in made.chosen.interactions
    assert made.chosen.name == "census × survey, census × register and survey × register"


def test_a_model_that_cannot_be_tested_supports_no_estimate_alone():
    """Where of three lists' models that with every pair is left, its 1,313 are not given: testing everybody found 545."""
    assert round(271 + model(HEPATITIS, (1, 2), (1, 3), (2, 3))[1].missed) == 1313
    refused = log_linear(HEPATITIS)
    assert isinstance(refused, NotEstimable)
    assert "Of 8 models none is shown to fit" in refused.reason
    assert refused.bound.total == pytest.approx(271 + (69 * 55 + 69 * 63 + 55 * 63) / 57)
    assert refused.bound.total_interval.low < 545


def pieces(counts, *pairs):
    """The observed counts and the design of a model, as the fit takes them."""
    lists = table(counts)
    return lists.counts[1:].astype(float), design(
        len(lists.names), [(one - 1, other - 1) for one, other in pairs]
    )


@pytest.mark.parametrize(
    ("counts", "pairs"),
    [(HEPATITIS, []), (CENSUS, [(1, 3)]), (DIABETES, [(1, 2), (2, 4)]), (DEATHS, [(3, 4)])],
)
def test_a_fit_is_the_maximum_of_the_likelihood(counts, pairs):
    """A general optimiser of the Poisson likelihood finds the same deviance and the same number missed."""
    observed, matrix = pieces(counts, *pairs)

    def loss(beta):
        return float((np.exp(matrix[1:] @ beta) - observed * (matrix[1:] @ beta)).sum())

    start = np.zeros(matrix.shape[1])
    start[0] = math.log(observed.mean())
    found = optimize.minimize(loss, start, method="BFGS", options={"gtol": 1e-7, "maxiter": 5_000})
    expected = np.exp(matrix[1:] @ found.x)
    deviance = 2 * float(
        (special.xlogy(observed, observed) - special.xlogy(observed, expected) - observed + expected).sum()
    )
    beta, ours = fit(observed, matrix[1:])
    assert ours == pytest.approx(deviance, abs=1e-4)
    assert math.exp(beta[0]) == pytest.approx(math.exp(found.x[0]), rel=1e-3)


def test_akaikes_criterion_is_that_of_the_poisson_likelihood():
    """AIC is twice the coefficients less twice the logarithm of the Poisson probability of the table."""
    observed, matrix = pieces(CENSUS, (1, 2))
    beta, _ = fit(observed, matrix[1:])
    log_likelihood = stats.poisson.logpmf(observed, np.exp(matrix[1:] @ beta)).sum()
    fitted = model(CENSUS, (1, 2))[1]
    assert fitted.aic == pytest.approx(2 * 5 - 2 * log_likelihood)
    assert fitted.aicc == pytest.approx(fitted.aic + 2 * 5 * 6 / (sum(CENSUS.values()) - 6))


@given(
    st.lists(st.integers(0, 3), min_size=7, max_size=7), st.sets(st.sampled_from([(0, 1), (0, 2), (1, 2)]))
)
def test_estimates_exist_where_no_direction_raises_the_likelihood_for_ever(counts, pairs):
    """Existence, found from a table with the same margins, agrees with a search for a direction that leads to infinity."""
    observed, matrix = np.array(counts, dtype=float), design(3, sorted(pairs))[1:]
    # A direction is one that leaves the expected counts of filled cells, and lowers that of an empty one but raises none.
    empty = observed == 0
    limits = [(None, None)] * matrix.shape[1]
    solved = optimize.linprog(
        matrix[empty].sum(axis=0),
        A_eq=matrix[~empty] if (~empty).any() else None,
        b_eq=np.zeros((~empty).sum()) if (~empty).any() else None,
        A_ub=np.vstack([matrix[empty], -matrix[empty]]) if empty.any() else None,
        b_ub=np.concatenate([np.zeros(empty.sum()), np.ones(empty.sum())]) if empty.any() else None,
        bounds=limits,
    )
    assert exists(observed, matrix) == (solved.fun > -1e-6)


@pytest.mark.parametrize("lists", [(948, 421, 167), (60, 80, 20), (50, 60, 45)])
def test_a_profile_agrees_with_that_of_two_lists_in_closed_form(lists):
    """For two independent lists of n1 and n2 the likelihood of N is greatest at shares of n1/N and n2/N."""
    first, second, both = lists
    seen = first + second - both

    def likelihood(missed):
        total = seen + missed
        shares = sum(
            special.xlogy(size, size / total) + special.xlogy(total - size, 1 - size / total)
            for size in (first, second)
        )
        return special.gammaln(total + 1) - special.gammaln(missed + 1) + shares

    found = optimize.minimize_scalar(
        lambda missed: -likelihood(missed), bounds=(0, 5 * seen), method="bounded"
    )

    def above(missed):
        return likelihood(missed) + found.fun + stats.chi2.ppf(0.95, 1) / 2

    low = 0 if above(0) >= 0 else optimize.brentq(above, 0, found.x)
    high = optimize.brentq(above, found.x, 50 * seen)
    counts, matrix = np.array([first - both, second - both, both], dtype=float), design(2, [])
    ours = profile(counts, matrix, (first - both) * (second - both) / both, 0.95)
    assert ours == (math.floor(low), math.ceil(high))


def test_the_best_model_is_chosen_and_its_rivals_are_shown():
    """The chosen model has the least AICc of those that fit; those within 2 units stand beside it, best first."""
    made = log_linear(DEATHS_OF_THREE)
    lists = table(DEATHS_OF_THREE)
    fitting = [one for one in candidates(lists).values() if one and (one.fit is None or one.fit >= 0.01)]
    least = min(one.aicc for one in fitting)
    assert [one.aicc for one in made.near] == sorted(one.aicc for one in fitting if one.aicc <= least + 2)
    assert made.chosen == made.near[0]
    assert made.tried == 8
    assert made.chosen.interactions == (("list 2", "list 3"),)
    assert made.range == (made.seen + made.near[0].missed, made.seen + made.near[2].missed)
    assert any("3 models" in note for note in made.notes)


def test_the_interval_spans_those_of_the_rivals():
    """Doubt about the model is in the interval: it reaches from the lowest end to the highest of the models near the best."""
    made = log_linear(DEATHS)
    assert len(made.near) > 1
    assert made.missed_interval.low == min(one.interval.low for one in made.near)
    assert made.missed_interval.high == max(one.interval.high for one in made.near)
    assert made.missed_interval.high > made.chosen.interval.high
    assert "4 models" in made.missed_interval.method


def test_the_bound_stands_beside_the_estimate():
    """Chao's lower bound for unequal lists comes with the models."""
    made = log_linear(CENSUS)
    assert made.bound.lower_bound
    assert made.bound.seen == made.seen == sum(CENSUS.values())
    assert made.bound.missed == pytest.approx((71 * 53 + 71 * 43 + 53 * 43) / (155 + 7 + 13 + 1))


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_the_order_of_the_lists_does_not_matter(order):
    """Exchanging the lists changes neither the estimate nor the interval, and renames the chosen pairs."""
    names = ("a", "b", "c", "d")
    moved = {"".join(history[one] for one in order): number for history, number in DIABETES.items()}
    one, other = log_linear(DIABETES, names), log_linear(moved, [names[place] for place in order])
    assert other.missed == pytest.approx(one.missed)
    assert (other.missed_interval.low, other.missed_interval.high) == pytest.approx(
        (one.missed_interval.low, one.missed_interval.high), abs=1
    )
    assert {frozenset(pair) for pair in other.chosen.interactions} == {
        frozenset(pair) for pair in one.chosen.interactions
    }


def test_histories_without_records_may_be_left_out():
    """A history that no record has is the same as one that is not named."""
    shown = {history: number for history, number in DEATHS.items() if number}
    assert log_linear(shown) == log_linear(DEATHS)


def drawn(total, shares, seed, odds=None):
    """Draw lists of these shares, of which some pairs depend on each other by these odds, and the number missed."""
    lists = len(shares)
    marks = np.arange(2**lists)[:, None] >> np.arange(lists) & 1
    logs = marks @ np.log(np.array(shares) / (1 - np.array(shares)))
    for some, factor in (odds or {}).items():
        logs = logs + math.log(factor) * marks[:, list(some)].all(axis=1)
    chances = np.exp(logs) / np.exp(logs).sum()
    counts = np.random.default_rng(seed).multinomial(total, chances)
    named = {
        "".join(map(str, mark)): int(number) for mark, number in zip(marks, counts, strict=True) if number
    }
    return named, named.pop("0" * lists, 0)


@pytest.mark.parametrize("odds", [{}, {(0, 1): 3}])
def test_the_interval_covers_a_known_truth(odds):
    """Over drawn tables the interval holds the number missed, whether the lists are independent or two of them attract."""
    held = []
    for seed in range(120):
        counts, missed = drawn(1_000, (0.4, 0.3, 0.3), [20240701, seed], odds)
        made = log_linear(counts)
        if isinstance(made, LogLinear):
            held.append(made.missed_interval.low <= missed <= made.missed_interval.high)
    assert len(held) >= 115  # a model that holds is taken not to fit once in a hundred times
    covered = np.mean(held)
    assert covered + 3 * math.sqrt(max(covered * (1 - covered), 0.01) / len(held)) >= 0.95


@given(
    st.lists(st.floats(0.05, 0.9), min_size=4, max_size=4),
    st.lists(st.floats(1, 30), min_size=6, max_size=6),
    st.lists(st.floats(0.05, 20), min_size=4, max_size=4),
)
@settings(max_examples=50)
def test_the_bound_holds_for_lists_that_do_not_avoid_each_other(shares, attractions, threes):
    """Whatever pairs attract each other, and however lists depend in threes, the bound lies at or below the truth."""
    marks = np.arange(16)[:, None] >> np.arange(4) & 1
    logs = marks @ np.log(np.array(shares) / (1 - np.array(shares)))
    for some, factor in zip(
        [*combinations(range(4), 2), *combinations(range(4), 3)], [*attractions, *threes], strict=True
    ):
        logs = logs + math.log(factor) * marks[:, list(some)].all(axis=1)
    counts = 10**9 * np.exp(logs) / np.exp(logs).sum()
    times = marks.sum(axis=1)
    alone = [round(counts[1 << one]) for one in range(4)]
    made = chao([sum(alone), *(round(counts[times == number].sum()) for number in (2, 3, 4))], alone)
    assert made.missed <= counts[0] * (1 + 1e-4) + 1


def test_a_planted_pair_is_found_among_five_lists():
    """With five lists, models are searched pair by pair; the planted pair is found, and the number missed recovered."""
    counts, missed = drawn(20_000, (0.4, 0.3, 0.3, 0.2, 0.2), 7, {(1, 3): 4})
    made = log_linear(counts, "abcde")
    assert ("b", "d") in made.chosen.interactions
    assert made.missed_interval.low <= missed <= made.missed_interval.high
    assert 11 <= made.tried < 1024


def test_records_that_are_likelier_on_all_lists_make_the_estimate_too_low():
    """The direction that the assumption names is the one in which its failure moves the estimate."""
    generator = np.random.default_rng(3)
    chances = np.repeat([[0.6], [0.15]], 10_000, axis=0)
    marks = generator.random((20_000, 4)) < chances
    names, numbers = np.unique(marks.astype(int), axis=0, return_counts=True)
    counts = {"".join(map(str, name)): int(number) for name, number in zip(names, numbers, strict=True)}
    missed = counts.pop("0000")
    made = log_linear(counts)
    bound = made.bound
    if isinstance(made, LogLinear):
        assert made.missed < missed
        assert any("too low" in one and "likelier" in one for one in made.assumptions)
    assert bound.missed_interval.low < missed


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"11": 20, "10": 30, "01": 30}, "need three lists, and 2"),
        ({"1" * 7: 20, "0" * 6 + "1": 30}, "7 lists were given"),
        ({"110": 20, "100": 30, "010": 30}, "no record: list 3"),
        ({"111": 20, "110": 30, "101": 30, "100": 9}, "every record of the others: list 1"),
        ({"110": 20, "100": 30, "010": 30, "001": 40}, "shares no record with another: list 3"),
        ({"110": 2, "101": 2, "011": 2, "100": 50, "010": 50, "001": 50}, "6 are on two lists"),
    ],
)
def test_lists_that_show_nothing_are_refused(counts, reason):
    """Too few or too many lists, and lists that show nothing, give a reason and something to ask for."""
    refused = log_linear(counts)
    assert isinstance(refused, NotEstimable)
    assert reason in refused.reason
    assert refused.ask_for.endswith(".")


def test_lists_that_no_model_fits_are_refused_and_the_bound_stands():
    """Where four lists depend on each other in more than pairs, there is no estimate, and Chao's bound is left."""
    counts, missed = drawn(200_000, (0.4, 0.4, 0.3, 0.3), 1, {(0, 1, 2): 4, (1, 2, 3): 0.25, (0, 1, 2, 3): 3})
    refused = log_linear(counts)
    assert isinstance(refused, NotEstimable)
    assert "Of 64 models none is shown to fit" in refused.reason
    assert isinstance(refused.bound, Recapture)
    assert missed > 0


def test_fewer_records_than_terms_are_refused():
    """Seven records on six lists leave nothing to tell a model by."""
    refused = log_linear({"110000": 2, "011000": 1, "001100": 1, "000110": 1, "000011": 1, "100001": 1})
    assert isinstance(refused, NotEstimable)
    assert "7 records are too few for 6 lists" in refused.reason
    assert refused.bound.missed == 0


def test_lists_that_set_no_upper_limit_are_refused(monkeypatch):
    """Where a model near the best excludes no number, the interval would have no end, and there is no estimate."""
    monkeypatch.setattr("answerable.recapture.fitting._FARTHEST", 1)
    refused = log_linear(CENSUS)
    assert isinstance(refused, NotEstimable)
    assert "no upper limit" in refused.reason
    assert refused.bound.seen == sum(CENSUS.values())


@given(st.lists(st.integers(0, 60), min_size=7, max_size=7))
@settings(max_examples=60)
def test_any_three_lists_give_an_estimate_or_a_reason(counts):
    """Whatever three lists hold, the result is whole: the total holds what was seen, the interval holds the estimate."""
    made = log_linear(histories(*counts))
    if isinstance(made, NotEstimable):
        assert made.reason.endswith(".")
        assert made.bound is None or made.bound.seen == sum(counts)
    else:
        low, high = made.missed_interval.low, made.missed_interval.high
        assert 0 <= low <= made.missed <= high < math.inf
        assert made.total == made.seen + made.missed
        assert made.seen == sum(counts)
        assert all(one.interval.low <= one.missed <= one.interval.high for one in made.near)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({}, ValueError),
        ({"": 3}, ValueError),
        ({"110": 3, "11": 4}, ValueError),
        ({"11x": 3}, ValueError),
        ({"000": 3, "110": 4}, ValueError),
        ({"110": -3}, ValueError),
        ({"110": 3.5}, TypeError),
    ],
)
def test_impossible_histories_are_errors(wrong, error):
    """Histories of unequal length or other marks, records on no list and counts that are no counts are errors."""
    with pytest.raises(error):
        log_linear(wrong)


@pytest.mark.parametrize("names", [("a", "b"), ("a", "b", "b")])
def test_each_list_has_a_name_of_its_own(names):
    """Names that do not fit the lists are errors."""
    with pytest.raises(ValueError, match="a name of its own"):
        log_linear(HEPATITIS, names)


def test_the_level_of_models_lies_between_0_and_1():
    """A level outside 0 to 1 is an error."""
    with pytest.raises(ValueError, match="the level lies"):
        log_linear(HEPATITIS, level=1)
