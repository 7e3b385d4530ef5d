"""Sample sizes for a test against a tolerable rate: published tables, and what the smallest sample must be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from answerable.sampling import attribute, risk
from sampling.aicpa import EXPECTED, FIVE_PER_CENT_RISK, TEN_PER_CENT_RISK

# jfa 0.5.5, tests/testthat/test-statistical-tables.R: Poisson, 5 per cent risk; a column for each tolerable rate, a row
# for each quarter of a per cent that is expected.
POISSON = {
    1: (300, 524, 1154, 4487),
    2: (150, 195, 262, 374, 577, 1013, 2244),
    3: (100, 119, 143, 175, 220, 285, 385, 550, 850, 1496, 3329),
    5: (60, 67, 74, 83, 93, 105, 120, 139, 162, 192, 231, 284, 357, 464, 628, 898, 1393, 2460),
    10: (30, 32, 34, 35, 37, 39, 42, 44, 47, 50, 53, 56, 60, 65, 70, 75, 81, 88, 96, 105, 116, 128, 142, 159, 179, 203),
}  # fmt: skip  # a table: what stands in one line belongs together
# The same file: hypergeometric, a log of 100, 10 per cent risk.
OF_A_HUNDRED = {
    1: (91,),
    2: (69, 95, 95, 95, 95),
    3: (54, 81, 81, 81, 81, 97, 97, 97, 97),
    4: (44, 68, 68, 68, 68, 68, 86, 86, 86, 86, 98, 98, 98),
    5: (37, 58, 58, 58, 58, 58, 58, 75, 75, 75, 75, 89, 89, 89, 98, 98, 98),
}


@pytest.mark.parametrize(
    ("confidence", "table"), [(0.95, FIVE_PER_CENT_RISK), (0.9, TEN_PER_CENT_RISK)], ids=["A-1", "A-2"]
)
def test_sizes_are_those_of_the_audit_guide(confidence, table):
    """Every cell of tables A-1 and A-2 of the AICPA's Audit Guide: Audit Sampling (2017) that jfa's tests hold is met.

    Two cells of A-2 differ from jfa's, whose binary arithmetic takes 0.035 x 400 for a little over 14: there the guide's 1,300 for
    8 and 7 per cent is met, and 400 for 5 and 3.5 per cent, with 14 cases as the guide has it.
    """
    beside = {(5, 3.5): 400, (8, 7): 1300} if confidence == 0.9 else {}
    for tolerable, column in table.items():
        for expected, size in zip(EXPECTED, column, strict=False):
            found = attribute(tolerable / 100, expected_rate=expected / 100, confidence=confidence)
            assert found.size == beside.get((tolerable, expected), size), (tolerable, expected)
            assert found.accept == math.ceil(round(found.size * expected / 100, 9))


def test_poisson_sizes_are_those_of_jfa():
    """Jfa 0.5.5's table of Poisson sizes at 5 per cent risk, where the expected cases are not rounded."""
    for tolerable, column in POISSON.items():
        for at, size in enumerate(column):
            found = attribute(tolerable / 100, expected_rate=at / 400, likelihood="poisson")
            assert found.size == size, (tolerable, at)
            assert found.expected == pytest.approx(size * at / 400)


def test_hypergeometric_sizes_are_those_of_jfa():
    """Jfa 0.5.5's table for a log of 100 at 10 per cent risk, and the last size of each row is the last that there is."""
    for tolerable, column in OF_A_HUNDRED.items():
        for at, size in enumerate(column):
            found = attribute(tolerable / 100, expected_rate=at / 400, confidence=0.9, population=100)
            assert found.size == size, (tolerable, at)
        with pytest.raises(ValueError, match="no sample"):
            attribute(
                tolerable / 100, expected_rate=len(column) / 400 - 1e-9, confidence=0.9999, population=100
            )


@pytest.mark.parametrize(
    ("given", "size", "accept"),
    [
        ({"tolerable": 0.01, "likelihood": "poisson"}, 300, 0),
        ({"tolerable": 0.05, "likelihood": "poisson", "expected_cases": 2}, 126, 2),
        ({"tolerable": 0.01}, 299, 0),
        ({"tolerable": 0.03}, 99, 0),
        ({"tolerable": 0.05, "expected_rate": 0.025}, 234, 6),
        ({"tolerable": 0.05, "expected_cases": 2}, 124, 2),
        ({"tolerable": 0.01, "population": 1000}, 258, 0),
        ({"tolerable": 0.05, "population": 1000}, 57, 0),
        ({"tolerable": 0.05, "expected_rate": 0.025, "population": 1000}, 197, 5),
        ({"tolerable": 0.05, "expected_cases": 2, "population": 1000}, 119, 2),
        ({"tolerable": 0.05, "population": 10_000}, 59, 0),
    ],
)
def test_sizes_are_those_of_jfas_own_tests(given, size, accept):
    """jfa, tests/testthat/test-planning.R, f5-v0.1.0-t1 to t16 and f5-v0.5.2-t1, and vignette "Planning statistical audit samples"."""
    found = attribute(**given)
    assert (found.size, found.accept) == (size, accept)


@given(
    st.integers(20, 400),
    st.integers(2, 60).map(lambda number: number / 200),
    st.floats(0, 0.9),
    st.sampled_from([0.8, 0.9, 0.95, 0.99]),
)
def test_no_smaller_sample_will_do(population, tolerable, part, confidence):
    """The size is the first of all sizes, counted one by one, at which the expected cases are improbable enough."""
    expected = round(part * tolerable, 3)
    cases = math.ceil(round(tolerable * population, 9))
    passing = [
        size
        for size in range(1, population + 1)
        if stats.hypergeom.cdf(math.ceil(round(expected * size, 9)), population, cases, size)
        <= 1 - confidence
        and math.ceil(round(expected * size, 9)) < size
    ]
    if passing:
        found = attribute(tolerable, expected_rate=expected, confidence=confidence, population=population)
        assert found.size == passing[0]
        assert found.cases == cases
        assert found.risk <= 1 - confidence
    elif expected < tolerable:
        with pytest.raises(ValueError, match="no sample"):
            attribute(tolerable, expected_rate=expected, confidence=confidence, population=population)


def test_the_risk_is_the_p_value_of_what_was_found():
    """As few as were found, or fewer, at the tolerable rate: 5 per cent and 59 records without a case leave 4.8 per cent."""
    assert risk(0, 59, 0.05) == pytest.approx(0.95**59)
    assert risk(3, 60, 0.05, population=500) == pytest.approx(stats.hypergeom.cdf(3, 500, 25, 60))
    assert risk(3, 60, 0.05, likelihood="poisson") == pytest.approx(stats.poisson.cdf(3, 3))
    assert risk(60, 60, 0.05) == 1


def test_rates_are_read_as_decimals():
    """7 per cent of 100 records are 7, not the 8 that binary arithmetic rounds up to."""
    assert attribute(0.07, population=100).cases == 7


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"tolerable": 0}, "between 0 and 1"),
        ({"tolerable": 0.05, "confidence": 1}, "between 0 and 1"),
        ({"tolerable": 0.05, "expected_rate": 0.05}, "below the tolerable"),
        ({"tolerable": 0.05, "expected_rate": 0.01, "expected_cases": 1}, "not both"),
        ({"tolerable": 0.05, "expected_cases": -1}, "0 or more"),
        ({"tolerable": 0.05, "likelihood": "hypergeometric"}, "size of the log"),
        ({"tolerable": 0.05, "likelihood": "poisson", "population": 100}, "size of the log"),
        ({"tolerable": 0.05, "population": 0}, "at least one record"),
        ({"tolerable": 0.05, "population": 100, "expected_cases": 5}, "not fewer"),
        ({"tolerable": 0.05, "expected_rate": 0.0499}, "no sample"),
    ],
)
def test_plans_that_cannot_be_are_refused(given, match):
    """What is no share, is expected twice or over the tolerable, or asks for what the log does not hold, is said."""
    with pytest.raises(ValueError, match=match):
        attribute(**given)


def test_a_p_value_of_what_cannot_be_is_refused():
    """More cases than records, a sample over the log, and a likelihood that does not fit are said."""
    with pytest.raises(ValueError, match="count lies"):
        risk(5, 4, 0.05)
    with pytest.raises(ValueError, match="count lies"):
        risk(1, 40, 0.05, population=30)
    with pytest.raises(ValueError, match="size of the log"):
        risk(1, 40, 0.05, likelihood="hypergeometric")
