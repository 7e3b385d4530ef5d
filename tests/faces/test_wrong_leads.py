"""What a lead is worth in a stated gallery: the lists of its size are taken, or a model goes on from a smaller one and says so."""

import csv
from collections import Counter

import numpy as np
import pytest
from scipy import integrate, stats

from answerable import audit
from answerable.biometrics.wrong_leads import SAME_RATES
from answerable.programmes.faces.measures import MEASURES
from answerable.programmes.faces.simulate import Gallery, write_searches
from answerable.programmes.faces.simulate.lists import Lists
from answerable.programmes.measure import Refusal

(WRONG,) = (each for each in MEASURES if each.name == "candidates.wrong_lead")
MADE_OF = "rates that it is made of"
MODELLED = "the same rates in the larger gallery, by the model of independence"
HEAD = ["search_id", "rank", "score", "is_mate", "in_gallery", "gallery_size", "threshold"]
DESIGN = Lists(clusters=200, mean=1e-4)


def made(columns, **parameters):
    """Make the measure of columns that were drawn."""
    given = {key: one.default for key, one in WRONG.parameters.items()} | parameters
    return WRONG.finish(columns, given, 0)


def measured(folder, rows):
    """Audit lists that a test wrote down."""
    with (folder / "candidates.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return audit([folder / "candidates.csv"], folder / "case").measures["candidates.wrong_lead"]


def drawn(size, number, seed, threshold=3.0, apart=3.6):
    """Draw searches of one gallery: others' scores are normal about 0, mates' about a mean at which many are outranked."""
    chance = np.random.default_rng(seed)
    top = stats.norm.isf(-np.expm1(np.log(chance.random(2 * number)) / size))
    mated = np.arange(2 * number) >= number
    mate = np.where(mated, chance.normal(apart, 1, 2 * number), -np.inf)
    others, listed = top >= threshold, mate >= threshold
    absent = np.ma.array(np.full(2 * number, "", dtype=object), mask=True)
    columns = {
        "probe": np.ma.array(np.arange(2 * number)),
        "gallery_size": np.full(2 * number, float(size)),
        "threshold": np.full(2 * number, threshold),
        "has_mate": np.ma.array(mated),
        "mate_rank": np.ma.masked_invalid(np.where(listed, 1.0 + (top > mate), np.nan)),
        "mate_score": np.ma.masked_invalid(np.where(listed, mate, np.nan)),
        "top_score": np.ma.masked_invalid(np.where(others | listed, np.maximum(top, mate), np.nan)),
        "candidates": 1.0 * others + listed,
    }
    columns |= dict.fromkeys(("without_score", "not_judged"), np.zeros(2 * number))
    columns |= {"contradicts": np.ma.array(np.zeros(2 * number, dtype=bool))}
    return columns | dict.fromkeys(("system", "gallery", "sex", "age_group", "region", "skin_tone"), absent)


def truth(size, threshold=3.0, apart=3.6):
    """Give FPIR, FNIR and the share of missed mates that somebody stands in for, of the same system in a gallery."""
    fpir = -np.expm1(size * np.log1p(-stats.norm.sf(threshold)))

    def first(score):
        return stats.norm.pdf(score, apart) * np.exp(size * np.log1p(-stats.norm.sf(score)))

    right = integrate.quad(first, threshold, 12, epsabs=1e-10)[0]
    nobody = stats.norm.cdf(threshold, apart) * (1 - fpir)
    return fpir, 1 - right, (1 - right - nobody) / (1 - right)


@pytest.mark.parametrize("size", [500, 2_000])
def test_rates_of_a_larger_gallery_are_what_the_model_says_where_it_holds(size):
    """From 20,000 searches of a gallery of 500 the rates of one of 2,000 follow, misses by being outranked among them."""
    found = made(drawn(500, 20_000, 1), gallery=size)
    parts = found.breakdowns[MADE_OF if size == 500 else MODELLED]
    assert [part.value for part in parts] == pytest.approx(truth(size), abs=0.015)
    fpir, fnir, instead = truth(size)
    wrong = 0.5 * fpir + 0.5 * fnir * instead
    assert found.value == pytest.approx(wrong / (wrong + 0.5 * (1 - fnir)), abs=0.015)
    assert (SAME_RATES in found.caveats) == (size == 500)


def test_a_larger_gallery_is_said_to_be_modelled():
    """The observed rates keep their intervals, the modelled ones have none, and the assumptions of the model are listed."""
    found = made(drawn(500, 2_000, 1), gallery=2_000)
    assert all(part.interval for part in found.breakdowns[MADE_OF])
    assert not any(part.interval for part in found.breakdowns[MODELLED])
    said = " ".join(found.caveats)
    assert "The observed rates are of searches of a gallery of 500." in said
    assert (
        "The rates in a gallery of 2,000 are not observed: they go on from the observed ones by the model of independence"
        in said
    )
    assert "Every probe has the same false match rate." in said
    assert "The stated probability is by the model" in said
    assert "of a gallery of 2,000" in found.sentence


def test_without_scores_the_misses_of_a_larger_gallery_are_held():
    """How often a mate is outranked does not follow then: the rate is that of the smaller gallery, and the caveat says which way it errs."""
    columns = drawn(500, 2_000, 1)
    columns["without_score"] = columns["candidates"]
    found = made(columns, gallery=2_000)
    observed, modelled = (
        {part.label: part.value for part in found.breakdowns[name]} for name in (MADE_OF, MODELLED)
    )
    assert modelled["FNIR, rank 1"] == pytest.approx(observed["FNIR, rank 1"])
    assert modelled["FPIR"] > observed["FPIR"]
    assert any("more wrong leads than this" in text for text in found.caveats)


def test_each_size_has_the_rates_of_its_own_searches():
    """Without a size it is the largest searched; with one it is that, and the caveats say which and which are not in it."""
    columns = DESIGN.columns(1)
    largest, stated, smallest = made(columns), made(columns, gallery=10_000), made(columns, gallery=1_000)
    assert largest.value == stated.value > smallest.value
    assert {part.denominator for part in smallest.breakdowns[MADE_OF][:2]} == {400}
    assert (
        "The observed rates are of searches of a gallery of 10,000, the largest that was searched for people of both kinds; those of 1,000 are not in them."
        in largest.caveats
    )
    assert (
        "The observed rates are of searches of a gallery of 1,000; those of 10,000 are not in them."
        in smallest.caveats
    )
    assert SAME_RATES in largest.caveats
    assert MODELLED not in largest.breakdowns


def test_the_nearest_smaller_gallery_is_gone_on_from():
    """Of 500 and 1,000, a gallery of 900 goes on from the first, and one of 1,200 from the second."""
    columns = drawn(500, 2_000, 1)
    both = {
        key: np.ma.concatenate([np.ma.asarray(each[key]) for each in (columns, drawn(1_000, 2_000, 2))])
        for key in columns
    }
    for size, base in ((900, 500), (1_200, 1_000)):
        found = made(both, gallery=size)
        assert any(
            text.startswith(f"The observed rates are of searches of a gallery of {base:,}")
            for text in found.caveats
        )
        assert dict(Counter(part.denominator for part in found.breakdowns[MADE_OF][:2])) == {2_000: 2}


def test_a_gallery_of_which_nothing_is_shown_is_refused(tmp_path):
    """One smaller than any searched, one where sizes are not stated, and one where no false positive was seen to go on from."""
    columns = DESIGN.columns(1)
    smaller = made(columns, gallery=999)
    assert isinstance(smaller, Refusal)
    assert "State a gallery of 1,000 or more" in smaller.ask_for
    unsized = columns | {"gallery_size": np.full(len(columns["candidates"]), np.nan)}
    assert "the size of the gallery" in made(unsized, gallery=1_000).ask_for
    assert any("No search states the size of its gallery" in text for text in made(unsized).caveats)
    none = [["1", 1, 5.0, "yes", "yes", 100, 3.0], ["2", "", "", "", "no", 100, 3.0]]
    assert measured(tmp_path, none).value == 0
    clean = drawn(500, 50, 1, threshold=9.0, apart=12.0)
    assert "implies no rate to go on from" in made(clean, gallery=1_000).reason


def test_sizes_of_one_kind_of_search_alone_are_not_mixed(tmp_path):
    """A size that was searched for people in the gallery alone gives no rates, and one without a stated size is left out."""
    rows = [
        *(
            [f"n{number}", *([1, 5.0, "no"] if number < 3 else ["", "", ""]), "no", 100, 3.0]
            for number in range(10)
        ),
        *([f"m{number}", 1, 6.0, "yes", "yes", 100, 3.0] for number in range(10)),
        ["large", 1, 6.0, "no", "yes", 900, 3.0],
        ["unsized", 1, 6.0, "no", "no", "", 3.0],
    ]
    found = measured(tmp_path, rows)
    assert [(part.numerator, part.denominator) for part in found.breakdowns[MADE_OF]] == [(3, 10), (0, 10)]
    assert (
        "Of 900 there are no searches of both kinds: of people who are in the gallery, and of people who are not."
        in found.caveats
    )
    assert "1 of 22 searches does not state the size of the gallery, and is left out." in found.caveats


def test_wrong_candidates_are_expected_as_they_were_listed(tmp_path):
    """Several candidates of one search count each; they grow with the gallery, and are not given where lists may be cut."""
    gallery = Gallery(searches=2_000, sizes=(1_000,), threshold=3.2, returned=60, seed=3)
    write_searches(gallery, tmp_path / "candidates.csv")
    found = audit([tmp_path / "candidates.csv"], tmp_path / "case").measures["candidates.wrong_lead"]
    expected = {part.label: part.value for part in found.breakdowns["of 1,000 searches"]}
    planted = 1_000 * stats.norm.sf(3.2) * (1_000 - 0.5)
    assert expected["expected wrong candidates"] == pytest.approx(planted, rel=0.08)
    of_each = found.breakdowns["wrong candidates of a search"]
    assert expected["expected wrong candidates"] == pytest.approx(500 * sum(part.value for part in of_each))
    columns = drawn(500, 2_000, 1)
    assert any("may be cut" in text for text in made(columns | {"candidates": np.full(4_000, 5.0)}).caveats)


def test_wrong_candidates_grow_with_the_gallery():
    """Twice as many people, twice as many wrong candidates: no independence is needed for that."""
    columns = drawn(500, 2_000, 1)
    columns["candidates"] = columns["candidates"] + 2 * (
        np.arange(4_000) == 0
    )  # one list is longer: none is cut
    one, two = (
        {
            part.label: part.value
            for part in made(columns, gallery=size, prevalence=0.0).breakdowns["of 1,000 searches"]
        }
        for size in (500, 1_000)
    )
    assert two["expected wrong candidates"] == pytest.approx(2 * one["expected wrong candidates"])


def test_several_thresholds_and_galleries_are_said():
    """Rates that pool lists of several thresholds, or several galleries of one size, say so."""
    columns = drawn(500, 2_000, 1)
    half = np.arange(4_000) % 2 == 0
    mixed = made(
        columns
        | {
            "threshold": np.where(half, 3.0, 2.9),
            "gallery": np.ma.array(np.where(half, "one", "other").astype(object)),
        }
    )
    assert "The lists were made with 2 thresholds, of which the rates are taken together." in mixed.caveats
    assert "The searches are of 2 galleries, of which the rates are taken together." in mixed.caveats


def test_no_lead_is_refused():
    """Where no search of the stated kind returns anybody, there is no lead that could be wrong."""
    columns = drawn(500, 50, 1, threshold=9.0, apart=12.0)
    assert made(columns, prevalence=0.5).value == 0
    assert "no lead is to be expected" in made(columns, prevalence=0.0).reason
