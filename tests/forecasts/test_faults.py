"""Bad input of predictive deployment: each fault is counted, and its sentence says what was found."""

import pytest

from answerable.errors import InputError

AREAS = "area,size_km2,population\na,1,100\nb,0,0\n"
HEAD = "period,area,score,flag,issued_at\n"
LONG = HEAD + "".join(
    f"2025-03-0{day},{area},{score},no,2025-03-0{day - 1}\n"
    for day in (2, 3, 4)
    for area, score in (("a", 0.5), ("b", 0.25))
)


def square(west, south):
    """Give the closed ring of a square."""
    return [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]


@pytest.mark.parametrize(
    ("rows", "measure", "numerator", "denominator"),
    [
        ("2025-03-05,a,0.5,no,2025-03-05 08:00\n", "forecasts.issued_late", 1, 7),
        ("2025-03-05,a,-0.5,no,\n", "forecasts.negative_scores", 1, 7),
        ("2025-03-05,a,NaN,,\n", "forecasts.bad_cells", 1, 13),
        ("2025-03-05,a,NaN,,\n", "forecasts.without_score_or_flag", 1, 7),
        ("2025-03-05,,0.5,yes,\n", "forecasts.without_area", 1, 7),
        ("2025-03-05,,0.5,yes,\n", "forecasts.flags_without_area", 1, 1),
        ("2025-03-05,a,1,no,\n2025-03-05,b,1,no,\n", "forecasts.constant_scores", 1, 4),
        ("2025-03-05,a,1,no,\n2025-03-05,a,2,no,\n", "forecasts.contradicting", 1, 7),
        ("2025-03-07,a,1,no,\n", "forecasts.missing_periods", 2, 6),
        ("2025-03-05,a,0.5,no,\nnot a date,a,0.5,no,\n", "forecasts.quarantined", 1, 8),
    ],
)
def test_a_fault_of_forecasts_is_counted(measured, rows, measure, numerator, denominator):
    """Among three sound days, each fault is found as often as it was planted."""
    found = measured(forecasts=LONG + rows)[measure]
    assert (found.numerator, found.denominator) == (numerator, denominator), found.sentence


def test_periods_that_overlap_are_found(measured):
    """A period of thirty hours reaches into the next."""
    text = "period,period_end,area,score\n2025-03-01,2025-03-02 06:00,a,1\n2025-03-02,2025-03-03,a,2\n2025-03-03,2025-03-04,a,2\n"
    assert measured(forecasts=text)["forecasts.overlapping_periods"].numerator == 1


def test_flags_alone_are_read_as_flags(measured):
    """A list of flagged areas has no scores: what needs them is not measurable, and nothing is nought."""
    found = measured(flags="flagged_for,flagged_area\n2025-03-01,a\n2025-03-02,\n")
    assert (
        found["forecasts.flags_without_area"].numerator,
        found["forecasts.flags_without_area"].denominator,
    ) == (1, 2)
    assert found["forecasts.negative_scores"].ask_for


@pytest.mark.parametrize(
    ("text", "measure", "numerator", "denominator"),
    [
        ("occurred_at,area\n2025-03-02 10:00,a\n,a\n", "outcomes.without_time", 1, 2),
        ("occurred_at,area\n2025-03-02 10:00,a\n2025-03-02,\n", "outcomes.without_area", 1, 2),
        ("occurred_at,area\n2025-03-02 10:00,a\n2025-03-02,z\n", "outcomes.in_areas_without_forecast", 1, 2),
        ("occurred_at,area\n2025-03-02 10:00,a\n2025-04-02,a\n", "outcomes.in_no_period", 1, 2),
        ("occurred_at,area\n2025-03-02,a\n2025-03-02,a\n2025-03-02,b\n", "outcomes.alike", 1, 3),
        ("occurred_at,area,number\n2025-03-02,a,0\n2025-03-02,a,\n", "outcomes.without_number", 1, 2),
    ],
)
def test_a_fault_of_outcomes_is_counted(measured, text, measure, numerator, denominator):
    """Two equal outcomes are two; what has no time, area or number, or none that was forecast, is said."""
    found = measured(forecasts=LONG, outcomes=text)
    assert (found[measure].numerator, found[measure].denominator) == (numerator, denominator), found[
        measure
    ].sentence
    assert found["outcomes.records"].value == text.count("\n") - 1


def test_points_outside_and_areas_that_overlap_are_counted(measured, collection):
    """A point at 0, 0 is outside; one where two areas overlap is in several; neither is dropped in silence."""
    borders = collection(
        [("a", [square(10, 10)]), ("b", [square(10.5, 10.5)]), ("flat", [[[0, 5], [1, 5], [2, 5], [0, 5]]])]
    )
    points = "date,lat,lon\n2025-03-02,10.2,10.2\n2025-03-02,0,0\n2025-03-02,10.7,10.7\n"
    found = measured(forecasts=LONG, outcomes=points, borders=borders)
    counts = {
        name: (found[name].numerator, found[name].denominator)
        for name in found
        if hasattr(found[name], "numerator")
    }
    assert counts["outcomes.outside_areas"] == (1, 3)
    assert counts["outcomes.in_several_areas"] == (1, 2)
    assert counts["boundaries.overlapping"] == (2, 3)
    assert counts["boundaries.zero_size"] == (1, 3)


def test_points_without_borders_are_not_measurable(measured):
    """Where no borders are given, nothing is said of what lies outside them, and the borders are asked for."""
    found = measured(forecasts=LONG, outcomes="date,lat,lon\n2025-03-02,10.2,10.2\n")
    assert "boundary corners" in found["outcomes.outside_areas"].ask_for


def test_areas_of_no_size_and_nobody_are_counted(measured):
    """Neither can be under a rate."""
    found = measured(areas=AREAS + "a,2,100\n")
    counts = {
        name: (found[f"areas.{name}"].numerator, found[f"areas.{name}"].denominator)
        for name in ("zero_size", "nobody_lives", "contradicting")
    }
    assert counts == {"zero_size": (1, 3), "nobody_lives": (1, 3), "contradicting": (1, 2)}


def test_shares_over_the_whole_are_counted(measured):
    """More than 100 % and one point, whether shares or people are given; what rounding makes is let through."""
    text = "area,group,percent,moe\na,A,60,\na,B,55,3\nb,A,50.4,3\nb,B,50.4,3\n"
    found = measured(composition=text)
    assert (found["compositions.over_whole"].numerator, found["compositions.over_whole"].denominator) == (
        1,
        2,
    )
    assert (
        found["compositions.without_margin"].numerator,
        found["compositions.without_margin"].denominator,
    ) == (1, 4)


def test_a_type_that_vanishes_is_found(measured):
    """Forty thefts in the first half of a year, and none in the second; burglaries go on."""
    rows = [f"2025-{month:02}-{day:02},a,burglary\n" for month in range(1, 13) for day in (1, 9, 17)]
    rows += [f"2025-{month:02}-{day:02},a,theft\n" for month in range(1, 7) for day in range(2, 9)]
    found = measured(outcomes="date,area,type\n" + "".join(rows))["outcomes.recoded_types"]
    assert (found.numerator, found.denominator) == (1, 2)
    assert {part.label: part.numerator for part in found.breakdowns["how"]} == {
        "appear": 0,
        "vanish": 1,
        "appear and vanish": 0,
    }


def test_scores_that_are_words_are_refused(measured):
    """A column of scores that holds words is not read as blank scores."""
    with pytest.raises(InputError, match="does not hold numbers"):
        measured(forecasts="period,area,score\n2025-03-01,a,high\n2025-03-01,b,low\n")


def test_patrols_that_end_before_they_begin_are_counted(measured):
    """Their hours are not known, and not below zero."""
    text = (
        "started_at,ended_at,area\n2025-03-01 10:00,2025-03-01 08:00,a\n2025-03-01 10:00,2025-03-01 12:00,\n"
    )
    found = measured(patrols=text)
    assert found["patrols.end_before_start"].numerator == found["patrols.without_area"].numerator == 1
