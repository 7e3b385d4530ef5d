"""How false positives grow with the gallery: what was observed, beside two models that go on from the smallest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import special

from answerable.biometrics import galleries, probe_spread
from answerable.biometrics.galleries import BETA
from answerable.estimate import Interval, Part
from answerable.programmes.faces.operating import AS_MADE, THRESHOLD, floor_of, is_cut, is_stated, judged
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.searches import (
    Numbers,
    Searches,
    left_out,
    none,
    of_systems,
    searches,
    share,
)
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Columns, Computation, Measure, Refusal, Tabled

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_Model = Callable[..., float]
_STEP = 1e-4  # of a mean, for the slope of a model in it
_SEVERAL = 3  # sizes from which on a spread taken from the growth leaves one to compare with
_INTERVAL = "delta method on the logarithm of the ratio, with the variance between people in both galleries (Cochran 1977, section 6.3)"
_COMPOSITION = (
    "The composition of the gallery is not recorded: how many of its people are of each sex, age group and region. Where it is known, with the false match "
    "rate of each pair of groups, `answerable.biometrics.galleries.composition` gives the model that takes account of it; `candidates.fpir` by gallery and by group shows what was observed."
)


def _growth(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    threshold = parameters["threshold"]
    found = _comparable(columns, threshold)
    if isinstance(found, Refusal):
        return found
    kept, said = found
    positive = kept.returned > 0
    sizes = kept.sizes
    observed = tuple(
        share(f"{size:.0f}", positive[kept.size == size], kept.cluster[kept.size == size]) for size in sizes
    )
    first = observed[0]
    if not first.numerator or first.numerator == first.denominator:
        return Refusal(
            reason="In the smallest gallery no search, or every search, returned somebody else: that implies no rate to go on from.",
            ask_for="Ask for more searches of the smallest gallery, or state a threshold at which some of them return somebody.",
        )
    implied = galleries.implied_fmr(first.value or 0.0, sizes[0])

    def independent(rate: float, size: float) -> float:
        return float(-np.expm1(size / sizes[0] * np.log1p(-rate)))

    alike = [_ratio(kept, positive, size, (positive.astype(float),), independent) for size in sizes[1:]]
    breakdowns: dict[str, tuple[Part, ...]] = {
        "observed, by gallery size": observed,
        "model of independence, by gallery size": tuple(
            Part(f"{size:.0f}", independent(first.value or 0.0, size), None, None) for size in sizes
        ),
    }
    spread, ratios, about = _differing(kept, positive, observed)
    if spread:
        breakdowns["model of differing probes, by gallery size"] = tuple(
            Part(f"{size:.0f}", spread.fpir(size), None, None) for size in sizes
        )
    breakdowns["observed divided by the model"] = tuple(
        Part(f"{size:,.0f}, {name}", ratio.value, None, None, ratio.interval)
        for place, size in enumerate(sizes[1:])
        for name, each in (("independence", alike), ("differing probes", ratios))
        if each
        for ratio in (each[place],)
    )
    model = galleries.independence(float(implied.value), sizes)
    return Computation(
        value=alike[-1].value or 0.0,
        interval=alike[-1].interval,
        method=f"{_INTERVAL}; the clusters are the people searched for",
        breakdowns=breakdowns,
        caveats=(
            f"The model of independence goes on from the smallest gallery, as if each of its comparisons were wrong with a chance of {float(implied.value):.3g}.",
            *model.assumptions,
            *about,
            _COMPOSITION,
            *left_out(columns),
            *said,
        ),
    )


def _comparable(columns: Columns, threshold: float) -> tuple[Searches, tuple[str, ...]] | Refusal:
    """Give the searches without a mate, at one threshold, of two sizes of gallery or more; or say why there are none."""
    every = searches(columns, mated=False)
    if not len(every):
        return none(columns, mated=False)
    if refusal := of_systems(every):
        return refusal
    every = every.only(~np.isnan(every.size))
    if len(every.sizes) < 2:  # noqa: PLR2004 - growth is from one size to another
        return Refusal(
            reason="The searches that have no mate are of fewer than two sizes of gallery.",
            ask_for="Ask for the same searches of galleries of several sizes.",
        )
    if not is_stated(threshold) and len(np.unique(every.threshold)) > 1:  # of several NaN one is kept
        return Refusal(
            reason="The lists were made with several thresholds: what grows with the gallery cannot be told from what changes with them.",
            ask_for=f"State a threshold of {floor_of(every):g} or more for this measure in a policy pack (parameters: threshold).",
        )
    return judged(every, threshold)


def _ratio(
    found: Searches, positive: NDArray[np.bool_], size: float, statistics: tuple[Numbers, ...], model: _Model
) -> Part:
    """Divide the observed share at a size by what a model gives for it from means over the smallest gallery.

    Args:
        found: The searches.
        positive: Which of them returned somebody.
        size: The size of the larger gallery.
        statistics: Of each search, the numbers whose means over the smallest gallery the model goes on from.
        model: Gives the share, from those means and the size.
    """
    named, member = np.unique(found.cluster, return_inverse=True)
    small, large = found.size == found.sizes[0], found.size == size

    def residual(numbers: Numbers, kept: NDArray[np.bool_]) -> Numbers:
        """Sum what the searches of each person add to a mean's deviation."""
        own = numbers[kept] - numbers[kept].mean()
        return np.asarray(np.bincount(member[kept], weights=own, minlength=len(named)) / kept.sum())

    means = [float(each[small].mean()) for each in statistics]
    modelled = model(*means, size)
    rate = float(positive[large].mean())
    if not rate or len(named) < 2:  # noqa: PLR2004 - one person shows no variance
        return Part("", rate / modelled, None, None)
    moved = residual(positive.astype(np.float64), large) / rate
    for place, each in enumerate(statistics):
        step = _STEP * means[place]
        if step:
            up, down = ([*means[:place], means[place] + move, *means[place + 1 :]] for move in (step, -step))
            slope = (model(*up, size) - model(*down, size)) / (2 * step)
            moved = moved - slope / modelled * residual(each, small)
    error = np.sqrt(len(named) / (len(named) - 1) * float((moved**2).sum()))
    factor = float(np.exp(special.stdtrit(len(named) - 1, 0.975) * error))
    value = rate / modelled
    return Part("", value, None, None, Interval(value / factor, value * factor, 0.95, _INTERVAL))


def _differing(
    found: Searches, positive: NDArray[np.bool_], observed: tuple[Part, ...]
) -> tuple[probe_spread.Spread | None, list[Part], tuple[str, ...]]:
    """Give the model of differing probes, the observed shares divided by it, and what has to be said of it."""
    sizes = found.sizes
    size = int(sizes[0])
    small = found.size == sizes[0]
    counts = found.returned
    if size > 1 and not is_cut(found, small):
        spread = probe_spread.from_counts(counts[small], size)
        if not spread.deviation:
            return (
                None,
                [],
                (
                    "In the smallest gallery the candidates fall on searches as evenly as chance would have them: no spread of the rate over probes shows, and the model of differing probes is not drawn.",
                ),
            )

        def differing(first: float, second: float, gallery: float) -> float:
            return probe_spread.from_moments(first, second, size).fpir(gallery)

        ratios = [
            _ratio(found, positive, each, (counts, counts * (counts - 1)), differing) for each in sizes[1:]
        ]
        return spread, ratios, (_stated(spread), BETA)
    cut = "Lists of the smallest gallery are as long as lists get, and may be cut: the spread of the rate over probes does not follow from them."
    if len(sizes) < _SEVERAL or not 0 < (observed[-1].value or 0.0) < 1:
        return None, [], (cut,)
    ends = [
        (at, float(part.value or 0.0)) for at, part in ((sizes[0], observed[0]), (sizes[-1], observed[-1]))
    ]
    grown = probe_spread.from_growth(ends[0], ends[1])
    if grown is None:
        return None, [], (cut, "Nor does it follow from the growth, which no spread over probes explains.")
    ratios = [
        Part("", (part.value or 0.0) / grown.fpir(at), None, None)
        for at, part in zip(sizes[1:], observed[1:], strict=True)
    ]
    return grown, ratios, (cut, _stated(grown), BETA)


def _stated(spread: probe_spread.Spread) -> str:
    return f"The model of differing probes has a mean rate of {spread.mean:.3g} and a standard deviation of {spread.deviation:.3g}. {spread.how}"


MEASURES: tuple[Measure, ...] = (
    Tabled(
        name="candidates.growth",
        title="False positives in the largest gallery beside a model from the smallest",
        definition=(
            "The observed false positive identification rate in the largest gallery, divided by what the model of independence gives for it from the "
            "rate in the smallest. The breakdowns give both for every size, and the model in which probes differ where their spread can be told."
        ),
        unit="times the model",
        kind="quantity",
        needs=("search", "in_gallery"),
        sentence="In the largest gallery, searches of people who are not in it return somebody {figure} times as often as the model of independence gives.",
        rule="a candidate counts at or above the stated threshold; where none is stated, if the list holds it",
        source="P. Grother & P. J. Phillips, Models of large population recognition performance, Proc. IEEE CVPR 2 (2004) 68-75; J. G. Skellam, J. R. Stat. Soc. B 10 (1948) 257-261.",
        neutral="1",
        parameters={"threshold": THRESHOLD},
        caveats=("The models are shown as models: where they fail, the observed rates stand.",),
        sql=query("returned_1n", groups=", ".join(GROUPS), as_made=f"{AS_MADE:.1f}"),
        finish=_growth,
    ),
)
"""The measure of growth."""
