"""Models of one-to-many search give what their formulas and simulation give, and say that they are models."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from answerable.biometrics import galleries, leads, wrong_candidates
from answerable.biometrics.wrong_leads import Leads

SHARES = st.floats(0, 1)


def test_the_published_rates_are_linear_in_the_gallery():
    """A rate of 1 in 6,000 with 10,000 candidates is 1 in 60,000 with 1,000: the independence model is linear there."""
    fmr = galleries.implied_fmr(1 / 6000, 10_000)
    assert fmr.value == pytest.approx(1 / 6000 / 10_000, rel=1e-4)
    assert galleries.independence(fmr.value, 10_000).value == pytest.approx(1 / 6000, rel=1e-14)
    assert galleries.independence(fmr.value, 1_000).value == pytest.approx(1 / 60_000, rel=1e-4)


def test_independence_by_hand():
    """Two candidates at a rate of one half: three searches in four return one."""
    made = galleries.independence([0.5, 0, 1], [2, 5, 3])
    assert made.value.tolist() == [0.75, 0, 1]
    assert galleries.independence(1.0, 0).value == 0


def test_small_rates_keep_their_digits():
    """At a rate of 1e-18, which 1 - rate does not hold, a gallery of 1,000 gives 1e-15."""
    assert galleries.independence(1e-18, 1_000).value == pytest.approx(1e-15, rel=1e-12)
    assert galleries.implied_fmr(1e-15, 1_000).value == pytest.approx(1e-18, rel=1e-12)
    assert galleries.composition([[1e-18, 1e-18]], [400, 600]).value[0] == pytest.approx(1e-15, rel=1e-12)


@given(SHARES, st.integers(1, 10**9))
def test_the_implied_rate_gives_the_stated_one_back(rate, gallery):
    """The rate of single comparisons that a stated rate implies gives it back."""
    fmr = galleries.implied_fmr(rate, gallery).value
    assert galleries.independence(fmr, gallery).value == pytest.approx(rate, rel=1e-6, abs=1e-9)


@given(st.lists(SHARES, min_size=1, max_size=10), st.integers(0, 10**6), st.randoms())
def test_differing_probes_give_no_more_than_alike_ones(rates, gallery, random):
    """By Jensen's inequality the mean over probes is at most what the mean rate gives, however the probes are weighted."""
    weights = [random.random() + 0.01 for _ in rates]
    made = galleries.probes(rates, gallery, weights)
    expected = np.average(1 - (1 - np.array(rates)) ** gallery, weights=weights)
    assert made.value == pytest.approx(expected, abs=1e-9)
    assert made.value <= made.independence + 1e-12


def test_probes_of_one_rate_are_the_independence_model():
    """Where all probes are alike the two models agree."""
    made = galleries.probes([1e-4] * 7, 5_000)
    assert made.value == pytest.approx(made.independence)


@pytest.mark.parametrize("gallery", [0, 1, 10, 1_000, 1_001, 5_000, 200_000])
@pytest.mark.parametrize(
    ("mean", "deviation"), [(1e-4, 1e-3), (1e-6, 1e-7), (1e-9, 2e-7), (0.01, 0.05), (0.3, 0.45)]
)
def test_the_beta_model_is_the_sum_of_its_terms(mean, deviation, gallery):
    """Adding every term gives what adding a thousand and integrating the rest gives, to ten digits."""
    both = mean * (1 - mean) / deviation**2 - 1
    exact = -np.expm1(np.log1p(-mean * both / (both + np.arange(gallery, dtype=np.longdouble))).sum())
    made = galleries.beta_probes(mean, deviation, gallery)
    assert float(made.value) == pytest.approx(float(exact), rel=1e-10)
    assert made.value <= made.independence * (1 + 1e-12)


def test_the_beta_model_agrees_with_its_formula_and_with_drawn_probes():
    """It is 1 - B(a, b + N)/B(a, b), and the mean over probes drawn from the distribution."""
    mean, deviation, gallery = 0.01, 0.03, 300
    both = mean * (1 - mean) / deviation**2 - 1
    a, b = mean * both, (1 - mean) * both
    made = float(galleries.beta_probes(mean, deviation, gallery).value)
    assert made == pytest.approx(1 - special.beta(a, b + gallery) / special.beta(a, b))
    drawn = np.random.default_rng(0).beta(a, b, 200_000)
    sampled = galleries.probes(drawn, gallery)
    assert float(sampled.value) == pytest.approx(made, abs=0.004)
    assert made < 0.5 * float(galleries.independence(mean, gallery).value)


def test_the_composition_of_the_gallery_moves_the_rate():
    """A probe meets more wrong candidates in a gallery of people like it, as drawing galleries shows."""
    fmrs, sizes = np.array([[1e-2, 1e-3], [1e-3, 5e-3]]), np.array([90, 10])
    made = galleries.composition(fmrs, sizes)
    generator = np.random.default_rng(1)
    for group in range(2):
        hits = generator.binomial(sizes, fmrs[group], (100_000, 2)).sum(axis=1) > 0
        assert made.value[group] == pytest.approx(hits.mean(), abs=0.008)
    assert made.value[0] > 3 * made.value[1]
    assert (made.independence <= made.value + 1e-15).all()
    assert galleries.composition(fmrs[0], sizes).value == pytest.approx(made.value[0])
    alike = galleries.composition([1e-3, 1e-3], [40, 60])
    assert alike.value == pytest.approx(alike.independence)


def test_leads_by_hand_and_by_drawing():
    """Of 1,000 searches of which a fifth are mated, wrong and right leads are as counted in drawn searches."""
    made = leads(1_000, 0.2, 0.1, 0.3)
    assert made.wrong == pytest.approx(1_000 * (0.8 * 0.1 + 0.2 * 0.3 * 0.1))
    assert made.right == pytest.approx(1_000 * 0.2 * 0.7)
    generator = np.random.default_rng(2)
    number = 400_000
    mated = generator.random(number) < 0.2
    found = mated & (generator.random(number) > 0.3)
    wrong = ~found & (generator.random(number) < 0.1)
    assert made.chance_wrong.value == pytest.approx(wrong.sum() / (wrong.sum() + found.sum()), abs=0.005)


def test_without_a_threshold_every_search_yields_a_lead():
    """With FPIR and w at 1 there are as many leads as searches, and the wrong ones are all that are not right."""
    made = leads(500, [0, 0.5, 1], 1, 0.1)
    assert (made.wrong + made.right).tolist() == pytest.approx([500] * 3)
    assert made.chance_wrong.value.tolist() == pytest.approx([1, 0.55, 0.1])


@given(SHARES, SHARES, SHARES, SHARES)
def test_a_lead_is_wrong_more_often_the_fewer_searches_are_mated(prevalence, less, fpir, fnir):
    """The chance that a lead is wrong does not fall when fewer searches are mated."""
    more, fewer = max(prevalence, less), min(prevalence, less)
    some, others = leads(1, more, fpir, fnir), leads(1, fewer, fpir, fnir)
    if some.wrong + some.right > 0 and others.wrong + others.right > 0:
        assert others.chance_wrong.value >= some.chance_wrong.value - 1e-9


def test_a_stated_chance_of_a_wrong_lead_where_the_mate_is_missed():
    """Where it is stated what a missed mate leads to, that is used and said."""
    made = leads(100, 1, 0.1, 0.3, wrong_when_missed=0.5)
    assert made.wrong == pytest.approx(100 * 0.3 * 0.5)
    assert any("stated probability" in each for each in made.assumptions)
    assert not any("stated probability" in each for each in leads(100, 1, 0.1, 0.3).assumptions)


def test_no_lead_cannot_be_wrong():
    """Where no lead is expected its chance of being wrong is refused, not 0."""
    with pytest.raises(ValueError, match="no lead is expected"):
        _ = leads(0, 0.5, 0.1, 0.1).chance_wrong


def test_wrong_candidates_are_counted_over_comparisons():
    """Each search meets all candidates but its mate."""
    assert wrong_candidates(200, 0.25, 1e-3, 1_000).value == pytest.approx(
        200 * 1e-3 * (0.75 * 1_000 + 0.25 * 999)
    )


def test_models_say_that_they_are_models():
    """Each carries at least three assumptions as sentences, and is written as a model and not as a measurement."""
    for made in (
        galleries.independence(1e-4, 100),
        galleries.implied_fmr(1e-4, 100),
        galleries.probes([1e-4], 100),
        galleries.beta_probes(1e-4, 1e-4, 100),
        galleries.composition([1e-4], [100]),
        leads(1, 0.5, 0.1, 0.1).chance_wrong,
        wrong_candidates(1, 0.5, 0.1, 10),
    ):
        assert len(made.assumptions) >= 3
        assert all(each.endswith(".") for each in made.assumptions)
        assert "by a model" in str(made)
        assert "not measured" in str(made)
    assert isinstance(leads(1, 0.5, 0.1, 0.1), Leads)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: galleries.independence(1.1, 5), "rates lie from 0 to 1"),
        (lambda: galleries.independence(np.nan, 5), "rates lie from 0 to 1"),
        (lambda: galleries.independence(0.1, -5), "numbers of candidates"),
        (lambda: galleries.implied_fmr(0.1, 0), "empty gallery"),
        (lambda: galleries.probes([], 5), "array of one dimension"),
        (lambda: galleries.probes([0.1, 0.2], 5, [1]), "one weight each"),
        (lambda: galleries.probes([0.1], 5, [0]), "one is more than 0"),
        (lambda: galleries.probes([0.1], 5, [-1]), "at least 0"),
        (lambda: galleries.beta_probes(0, 0.1, 5), "the mean of the rates"),
        (lambda: galleries.beta_probes(0.5, 0.5, 5), "standard deviation between"),
        (lambda: galleries.composition([[0.1]], [5, 5]), "a rate for each group"),
        (lambda: galleries.composition([0.1], [0]), "the gallery is empty"),
        (lambda: leads(-1, 0.5, 0.1, 0.1), "number of searches"),
        (lambda: leads(1, 1.5, 0.1, 0.1), "prevalence lies from 0 to 1"),
        (lambda: leads(1, 0.5, 0.1, np.nan), "FNIR lies from 0 to 1"),
        (lambda: wrong_candidates(1, 0.5, 0.1, 0), "at least one candidate"),
    ],
)
def test_what_is_out_of_range_is_refused(call, said):
    """Rates, shares, weights and numbers of candidates outside their range are refused."""
    with pytest.raises(ValueError, match=said):
        call()


def test_a_gallery_of_parts_of_candidates_is_refused():
    """The beta model adds a term for each candidate."""
    with pytest.raises(TypeError, match="whole number of candidates"):
        galleries.beta_probes(0.1, 0.1, 1.5)
