"""Live deployments: two denominators, sums, published rates, and a number of faces that is counted in another way."""

import tracemalloc

import pytest

from answerable import audit
from answerable.estimate import Estimate
from answerable.programmes.faces.levels import change_of_level
from answerable.programmes.faces.simulate import Street, write_deployments


def measured(path, case, policy=()):
    """Audit a file, and give its measures."""
    return audit([path], case, policy=policy, as_of="2026-01-01").measures


@pytest.fixture(scope="module")
def met(shared_data, tmp_path_factory):
    """Audit the nine deployments that an agency published."""
    return measured(shared_data / "faces" / "met-live-2020-2022.csv", tmp_path_factory.mktemp("met") / "case")


def test_published_deployments_are_read_whole(met):
    """Nine rows, dates with two digits for the year, and one deployment at which the system failed."""
    assert met["deployments.records"].value == 9
    assert met["deployments.records"].breakdowns["month"][0].label == "2020-02"
    failed = met["deployments.without_figures"]
    assert (failed.numerator, failed.denominator) == (1, 9)


def test_false_alerts_have_two_denominators(met):
    """Ten of 28 alerts were false; of faces seen it is two in 121,506 since the number of faces changed its level."""
    alerts, faces = met["deployments.false_per_alert"], met["deployments.false_per_face"]
    assert (alerts.numerator, alerts.denominator) == (10, 28)
    assert (faces.numerator, faces.denominator) == (2, 34286 + 34360 + 36420 + 16440)
    before, after = faces.breakdowns["level of faces seen"]
    assert (before.numerator, before.denominator) == (8, 4600 + 8600 + 12120 + 10740)
    assert (after.numerator, after.denominator) == (faces.numerator, faces.denominator)
    assert "changes its level between 2022-03-10" in faces.caveats[0]


def test_published_rates_are_made_again(met):
    """Every rate that is a percentage is what the figures give, two of them by rounding alone."""
    rates = met["deployments.published_rates"]
    assert (rates.numerator, rates.denominator) == (8, 8)
    ways = {part.label: part.numerator for part in rates.breakdowns["way"]}
    assert ways == {"of faces seen, rounded or cut alike": 6, "of faces seen, rounded": 2}
    assert met["deployments.do_not_add_up"].numerator == 0


def test_pooling_across_a_change_has_to_be_asked_for(tmp_path):
    """A policy that sets pooled gets the number over all deployments, and the caveat says so."""
    write_deployments(Street(seed=4), tmp_path / "live.csv")
    (tmp_path / "pooled.yaml").write_text(
        "id: pooled\ntitle: Pooled\njurisdiction: Nobody\nas_of: 2026-01\nconfirmed: practice\nsummary: Pools.\n"
        "clauses:\n  - id: all\n    citation: none\n    asks: few false alerts\n    check:\n"
        "      measure: deployments.false_per_face\n      parameters: {pooled: 1}\n      comparator: at_most\n      threshold: 0.5\n"
    )
    made = audit([tmp_path / "live.csv"], tmp_path / "case", policy=[str(tmp_path / "pooled.yaml")])
    alone = made.measures["deployments.false_per_face"]
    (finding,) = made.findings
    assert finding.estimate.denominator > alone.denominator
    assert "pooled all the same" in finding.estimate.caveats[0]
    assert "They are not pooled" in alone.caveats[0]


def test_what_was_planted_is_counted(tmp_path):
    """False alerts among alerts, and totals that are not what their parts make."""
    truth = write_deployments(Street(deployments=20, wrong_sums=3, seed=9), tmp_path / "live.csv")
    found = measured(tmp_path / "live.csv", tmp_path / "case")
    for name, (numerator, denominator) in truth.items():
        assert isinstance(found[name], Estimate)
        assert (found[name].numerator, found[name].denominator) == (numerator, denominator)


@pytest.mark.parametrize(
    ("published", "way"),
    [
        ("0.01%", "of faces seen, rounded or cut alike"),
        ("0.012%", "of faces seen, cut"),
        ("0.0125%", "of faces seen, rounded or cut alike"),
        ("0.013%", "of faces seen, rounded"),
        ("25%", "of alerts"),
        ("0.02%", "not what the figures give"),
    ],
)
def test_a_published_rate_is_told_from_its_digits(tmp_path, published, way):
    """One false alert of 4 alerts and 8,000 faces is 0.0125 %: rounded, cut, of alerts, or none of these."""
    head = "location,date,total_alerts,false_alerts,true_alerts,faces_seen,false_alert_rate_pub\n"
    (tmp_path / "live.csv").write_text(f"{head}Square,14/02/25,4,1,3,8000,{published}\n")
    rates = measured(tmp_path / "live.csv", tmp_path / "case")["deployments.published_rates"]
    assert {part.label for part in rates.breakdowns["way"]} == {way}
    assert rates.numerator == (0 if way.startswith("not") else 1)


def test_a_change_of_level_is_found_where_it_is():
    """Four small and four large values in a row: 2 of 70 orders are as clear."""
    found = change_of_level([4600, 8600, 12120, 10740, 34286, 34360, 36420, 16440])
    assert (found.at, found.exact) == (4, True)
    assert found.p == pytest.approx(2 / 70)


def test_no_change_is_found_where_none_is():
    """Values in no order, values that are all the same and too few values."""
    assert change_of_level([5, 9, 4, 8, 6, 7]).p > 0.2
    assert change_of_level([5, 5, 5, 5, 5]) is None
    assert change_of_level([1, 2, 3]) is None


def test_a_long_series_is_tried_in_random_orders():
    """Of more than eight values orders are drawn, the same ones each time."""
    one, other = (change_of_level([1, 2, 3, 1, 2, 3, 9, 8, 9, 8]) for _ in range(2))
    assert one == other
    assert not one.exact
    assert one.p < 0.05


def test_ties_weigh_for_neither_side():
    """Found by counting pair by pair: later values that are larger, less those that are smaller."""
    series = [3, 1, 3, 2, 2, 5, 5, 1]
    counted = [
        abs(sum((late > early) - (late < early) for early in series[:at] for late in series[at:]))
        for at in range(1, len(series))
    ]
    assert change_of_level(series).at == 1 + counted.index(max(counted))


def test_a_long_series_takes_little_memory():
    """Two thousand deployments are tried within 200 MB: a table of all their pairs in each order would take a hundred times that."""
    tracemalloc.start()
    try:
        assert change_of_level(list(range(2000))).at == 1000
        assert tracemalloc.get_traced_memory()[1] < 200e6
    finally:
        tracemalloc.stop()


def test_a_deployment_that_contradicts_itself_is_listed(tmp_path):
    """More engagements after false alerts than false alerts: it is in no share, and is counted as left out."""
    head = "location,date,total_alerts,false_alerts,false_alert_engagements,true_alerts\n"
    (tmp_path / "live.csv").write_text(f"{head}Square,14/02/25,4,1,3,3\nStation,15/02/25,4,2,1,2\n")
    engaged = measured(tmp_path / "live.csv", tmp_path / "case")["deployments.engaged_after_false"]
    assert (engaged.numerator, engaged.denominator) == (1, 2)
    assert [part.numerator for part in engaged.breakdowns["left out"]] == [1]
