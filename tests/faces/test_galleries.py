"""Searches of a gallery: planted rates lie in their intervals, the model holds where it was put in, and leads are worth what they are."""

import csv

import pytest

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.programmes.faces.simulate import Gallery, write_searches

HEAD = ["search_id", "rank", "score", "is_mate", "in_gallery", "gallery_size"]


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    """Audit 3,000 searches of two galleries, and give what they are made of with the measures."""
    folder = tmp_path_factory.mktemp("gallery")
    gallery = Gallery(searches=3_000, seed=2)
    truth = write_searches(gallery, folder / "candidates.csv")
    return gallery, truth, audit([folder / "candidates.csv"], folder / "case").measures


def measured(folder, rows):
    """Audit lists that a test wrote down."""
    with (folder / "candidates.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return audit([folder / "candidates.csv"], folder / "case").measures


def test_planted_rates_lie_in_their_intervals(searched):
    """The share of searches without a mate that return somebody, by the size of the gallery."""
    gallery, truth, found = searched
    fpir, fnir = found["candidates.fpir"], found["candidates.fnir"]
    assert (fpir.denominator, fnir.denominator) == (truth.non_mated, truth.mated)
    for part in fpir.breakdowns["gallery size"]:
        planted = gallery.fpir(int(part.label.replace(",", "")), gallery.threshold)
        assert part.interval.low <= planted <= part.interval.high
    anywhere = {part.label: part for part in fnir.breakdowns["rank"]}["50"]
    assert anywhere.interval.low <= gallery.mate_below(gallery.threshold) <= anywhere.interval.high


def test_growth_is_what_the_model_gives_where_it_holds(searched):
    """Scores are independent here, so that the largest gallery gives about what the smallest implies."""
    growth = searched[2]["candidates.growth"]
    assert 0.6 < growth.value < 1.7
    modelled = growth.breakdowns["model of independence, by gallery size"]
    observed = growth.breakdowns["observed, by gallery size"]
    assert modelled[0].value == pytest.approx(observed[0].value)
    assert modelled[0].interval is None


def test_the_worth_of_a_lead_is_bayes(searched):
    """The chance that a lead is wrong falls with the share of searches whose person is in the gallery."""
    found = searched[2]
    fpir, fnir = found["candidates.fpir"].value, found["candidates.fnir"].value
    wrong = found["candidates.wrong_lead"]
    lost = 0.5 * fpir + 0.5 * fnir * fpir
    assert wrong.value == pytest.approx(lost / (lost + 0.5 * (1 - fnir)))
    curve = [part.value for part in wrong.breakdowns["chance that a lead is wrong, by prevalence"]]
    assert curve == sorted(curve, reverse=True)
    assert "a model" in wrong.method


def test_a_search_that_returned_nobody_counts(tmp_path):
    """It has one line without a rank, and is a search in both rates."""
    found = measured(
        tmp_path,
        [
            ["1", "", "", "", "no", 100],
            ["2", 1, 5.0, "no", "no", 100],
            ["3", "", "", "", "yes", 100],
            ["4", 1, 6.0, "no", "yes", 100],
            ["4", 2, 5.0, "yes", "yes", 100],
        ],
    )
    assert (found["candidates.fpir"].numerator, found["candidates.fpir"].denominator) == (1, 2)
    assert (found["candidates.fnir"].numerator, found["candidates.fnir"].denominator) == (2, 2)
    ranks = {part.label: part.numerator for part in found["candidates.fnir"].breakdowns["rank"]}
    assert ranks == {"1": 2, "2": 1, "5": 1, "10": 1, "20": 1, "50": 1}


def test_without_a_word_on_the_gallery_nothing_is_said(tmp_path):
    """Whether a person is in the gallery does not follow from a list that lacks them."""
    rows = [["1", 1, 5.0, "no", "", 100], ["2", 1, 6.0, "no", "", 100]]
    found = measured(tmp_path, rows)
    assert isinstance(found["candidates.fpir"], NotMeasurable)
    assert "not in the gallery" in found["candidates.fpir"].reason


def test_growth_needs_two_sizes(tmp_path):
    """Searches of one gallery show no growth."""
    found = measured(tmp_path, [["1", 1, 5.0, "no", "no", 100], ["2", "", "", "", "no", 100]])
    assert "fewer than two sizes" in found["candidates.growth"].reason
