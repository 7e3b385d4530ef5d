"""How false positives grow: both models beside what was observed, each where it holds, and what stands in the way of them."""

import numpy as np
import pytest

from answerable.estimate import Estimate
from answerable.programmes.faces.measures import growth
from answerable.programmes.faces.operating import AS_MADE
from answerable.programmes.faces.section import titles
from answerable.programmes.faces.simulate.lists import Lists
from answerable.programmes.measure import Refusal

(MEASURE,) = growth.MEASURES
ALIKE = Lists(clusters=500, mean=5e-5)
DIFFERING = Lists(clusters=500, mean=5e-5, deviation=1e-4, sizes=(1_000, 4_000, 10_000))
RATIOS = "observed divided by the model"


def an_estimate(**more):
    """One estimate of the measure."""
    fields = dict.fromkeys(("title", "unit", "rule", "sql"), "") | {"numerator": None, "denominator": None}
    return Estimate(
        measure="candidates.growth", kind="quantity", value=0.5, sentence="The sentence.", **(fields | more)
    )


def made(columns, threshold=AS_MADE):
    """Make the measure of columns that were drawn."""
    return MEASURE.finish(columns, {"threshold": threshold}, 0)


def ratios(computation, model):
    """Give the observed shares divided by those of a model, in the order of sizes."""
    return [part for part in computation.breakdowns[RATIOS] if part.label.endswith(model)]


def test_each_model_is_right_where_it_was_put_in():
    """Over a dozen seeds: where people differ the model that knows it holds 1, and that of independence leaves it out."""
    known = [made(DIFFERING.columns(seed)) for seed in range(12)]
    right = [ratios(each, "differing probes")[-1].interval for each in known]
    wrong = [ratios(each, "independence")[-1].interval for each in known]
    assert sum(each.low <= 1 <= each.high for each in right) >= 9
    assert sum(each.high < 1 for each in wrong) >= 9
    alike = [made(ALIKE.columns(seed)).interval for seed in range(12)]
    assert sum(each.low <= 1 <= each.high for each in alike) >= 10


def test_sizes_models_and_ratios_go_together():
    """Each ratio is what was observed at its size divided by the model's value there; models have no interval."""
    found = made(DIFFERING.columns(1))
    seen = found.breakdowns["observed, by gallery size"]
    for model in ("independence", "differing probes"):
        values = found.breakdowns[f"model of {model}, by gallery size"]
        assert all(part.interval is None for part in values)
        assert [part.label for part in ratios(found, model)] == [f"4,000, {model}", f"10,000, {model}"]
        for ratio, one, other in zip(ratios(found, model), seen[1:], values[1:], strict=True):
            assert ratio.value == pytest.approx(one.value / other.value)


def test_the_composition_is_said_not_to_be_recorded():
    """No model of it is made up: a caveat says what it would take."""
    assert any(
        "The composition of the gallery is not recorded" in text for text in made(ALIKE.columns(1)).caveats
    )


def cut(columns, longest):
    """Cut lists at a length."""
    return columns | {name: np.minimum(columns[name], longest) for name in ("candidates", "returned")}


def test_cut_lists_take_the_spread_from_the_growth_or_not_at_all():
    """With three sizes the spread is that at which the model meets both ends; with two there is none, and the reason is said."""
    found = made(cut(DIFFERING.columns(2), 1))
    assert ratios(found, "differing probes")[-1].value == pytest.approx(1)
    assert ratios(found, "differing probes")[0].value == pytest.approx(1, abs=0.15)
    assert any("it predicts neither" in text for text in found.caveats)
    two = made(cut(Lists(clusters=500, mean=5e-5, deviation=1e-4).columns(2), 1))
    assert not ratios(two, "differing probes")
    assert any("may be cut" in text for text in two.caveats)


def test_searches_that_are_alike_draw_one_model():
    """Where candidates fall as evenly as by chance, the model of differing probes is left out, and a caveat says why."""
    drawn = [made(ALIKE.columns(seed)) for seed in range(12)]
    even = [each for each in drawn if not ratios(each, "differing probes")]
    assert 3 <= len(even) < 12  # without a spread, chance shows one about every other time
    assert all(any("as evenly as chance" in text for text in each.caveats) for each in even)


def test_several_thresholds_hide_the_growth_unless_one_is_stated():
    """Lists of the larger gallery were made at a higher threshold: from that on both can be judged."""
    low, high = ALIKE.columns(1, 4.0), ALIKE.columns(1, 4.0)
    high["threshold"] = np.where(high["gallery_size"] == 10_000, 3.5, 3.0)
    refused = made(high)
    assert isinstance(refused, Refusal)
    assert "several thresholds" in refused.reason
    assert "3.5 or more" in refused.ask_for
    assert made(high, 4.0).value == made(low, 4.0).value


def test_the_title_says_what_the_chart_shows():
    """The largest gallery by each model, with its interval; without the parts, the sentence."""
    found = made(DIFFERING.columns(1))
    title = titles.growing((an_estimate(breakdowns=found.breakdowns),))
    assert title.startswith("In the gallery of 10,000, the observed share is ")
    assert " times what the model of independence gives (95 % interval " in title.replace(
        "\u202f", " "
    ).replace("\u00a0", " ")
    assert "the model of differing probes" in title
    assert titles.growing((an_estimate(),)) == "The sentence"
