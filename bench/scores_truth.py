"""Puts error rates to systems whose rates are known; writes the tables of docs/method/error-rates.md.

Run by bench/coverage.py, or alone:

    .venv/bin/python bench/scores_truth.py
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import marked
import numpy as np
from numpy.typing import NDArray
from scipy import special, stats
from tables import table

from answerable.biometrics import Costs, auc, equal_error, min_cllr, min_dcf, tally, threshold_for
from answerable.intervals import clopper_pearson_bounds

_SEED = 20_240_901
_DRAWS = 4_000
_FEWER = 1_000
_LEVEL = 0.95
_CHOSEN = ((200, 0.05), (200, 0.005), (1_000, 0.01), (1_000, 0.001), (1_000, 0.0005), (10_000, 0.001))
_SIZES = ((50, 50), (200, 2_000), (2_000, 20_000))
_APART = 2.5
_COSTS = Costs(0.01)
_EXPECTED = (10, 20, 30, 50, 100)
Numbers = NDArray[np.float64]


def _mean(values: Numbers, form: str) -> str:
    """Write a mean with its Monte Carlo error."""
    error = values.std(ddof=1) / math.sqrt(len(values))
    return f"{values.mean():{form}} ± {error:{form}}"


def _share(values: Numbers) -> str:
    """Write a share in per cent with its Monte Carlo error; one of 0 or 100 % has one too."""
    smooth = (values.sum() + 0.5) / (len(values) + 1)
    return f"{100 * values.mean():.1f} ± {100 * math.sqrt(smooth * (1 - smooth) / len(values)):.1f}"


def _draw(generator: np.random.Generator, mated: int, non_mated: int) -> tuple[Numbers, Numbers]:
    return generator.normal(_APART, 1, mated), generator.normal(0, 1, non_mated)


def _thresholds() -> Iterator[str]:
    yield "### The threshold for a false match rate, on further comparisons"
    yield ""
    yield f"Mated scores are normal about {_APART}, non-mated ones about 0; 100 mated ones, {_DRAWS:,} draws. *True FMR*: that of the"
    yield "system at the threshold chosen, divided by the rate asked for. *Interval*: the exact binomial one on the counts at that"
    yield f"threshold, at {100 * _LEVEL:.0f} %, as if it had not been chosen on the same comparisons."
    yield ""
    rows = []
    for total, asked in _CHOSEN:
        generator = np.random.default_rng([_SEED, total, round(1 / asked)])
        true, errors = np.empty(_DRAWS), np.empty(_DRAWS, dtype=np.int64)
        for draw in range(_DRAWS):
            point = threshold_for(tally(*_draw(generator, 100, total)), asked)
            true[draw], errors[draw] = special.ndtr(-point.threshold), int(point.rates.fmr.errors)
            if errors[draw] > asked * total:
                raise SystemExit("the target was exceeded on the scores that the threshold was chosen on")
        low, high = clopper_pearson_bounds(errors, total, _LEVEL)
        rows.append(
            (
                f"{total:,}",
                f"{asked:g}",
                f"{errors.mean():.1f}",
                _mean(true / asked, ".2f"),
                _share((true > asked).astype(np.float64)),
                _share(((low <= true) & (true <= high)).astype(np.float64)),
            )
        )
    head = (
        "non-mated",
        "FMR asked for",
        "matches",
        "true FMR ÷ asked",
        "true FMR over it, %",
        "in the interval, %",
    )
    yield from table(head, rows, right=True)


@dataclass(frozen=True)
class _Found:
    """What was found on each of many draws."""

    fvc2000: Numbers
    closest: Numbers
    rocch: Numbers
    area: Numbers
    least_cost: Numbers
    least_ratio: Numbers


def _found(mated: int, non_mated: int) -> _Found:
    generator = np.random.default_rng([_SEED, mated, non_mated])
    made = []
    for _ in range(_FEWER):
        scores = tally(*_draw(generator, mated, non_mated))
        equal = equal_error(scores)
        made.append(
            (
                equal.fvc2000.value,
                equal.closest.value,
                equal.rocch.value,
                auc(scores).value,
                min_dcf(scores, _COSTS).cost.value,
                min_cllr(scores).value,
            )
        )
    return _Found(*np.array(made).T)


def _true_ratio_cost() -> float:
    """Compute the cost of the true log-likelihood ratios by adding over a fine grid of scores."""
    at = np.linspace(-10, 10 + _APART, 200_001)
    ratios = _APART * at - _APART**2 / 2
    mated = stats.norm.pdf(at - _APART) @ np.logaddexp(0, -ratios)
    other = stats.norm.pdf(at) @ np.logaddexp(0, ratios)
    return float((mated + other) * (at[1] - at[0]) / (2 * math.log(2)))


def _hindsight() -> Iterator[str]:
    missed, matched = _COSTS.weights
    at = np.linspace(-10, 15, 250_001)
    least = float((missed * special.ndtr(at - _APART) + matched * special.ndtr(-at)).min()) / _COSTS.blind
    truths = {
        "fvc2000": ("equal error rate, FVC2000", float(special.ndtr(-_APART / 2))),
        "closest": ("equal error rate, least difference", float(special.ndtr(-_APART / 2))),
        "rocch": ("equal error rate, convex hull", float(special.ndtr(-_APART / 2))),
        "area": ("area under the ROC", float(special.ndtr(_APART / math.sqrt(2)))),
        "least_cost": (f"least detection cost, prior {_COSTS.prior:g}", least),
        "least_ratio": ("least cost of log-likelihood ratios", _true_ratio_cost()),
    }
    yield "### Values against the truth"
    yield ""
    yield f"The same system; {_FEWER:,} draws of each size. What is chosen in hindsight on the same scores (the hull, the least costs) is"
    yield "too low on few scores."
    yield ""
    found = [_found(*sizes) for sizes in _SIZES]
    head = ("", "truth", *(f"{mated:,} mated, {non_mated:,} non-mated" for mated, non_mated in _SIZES))
    rows = [
        (words, f"{true:.4f}", *(_mean(getattr(one, key), ".4f") for one in found))
        for key, (words, true) in truths.items()
    ]
    yield from table(head, rows, right=True)


def _thirty() -> Iterator[str]:
    yield "### The rule of 30"
    yield ""
    yield "How often 30 % about the rate seen holds the true rate, computed for a Poisson number of errors."
    yield ""
    errors = np.arange(1, 1_000)
    rows = [
        (
            f"{expected}",
            f"{100 * stats.poisson.pmf(errors, expected)[np.abs(expected - errors) <= 0.3 * errors].sum():.1f}",
        )
        for expected in _EXPECTED
    ]
    yield from table(("errors expected", "holds it, %"), rows, right=True)


def main() -> None:
    """Compute, print and write the tables."""
    parts = (_thresholds, _hindsight, _thirty)
    marked.write(
        "method/error-rates.md", "bench/scores_truth.py", "\n".join(line for part in parts for line in part())
    )


if __name__ == "__main__":
    main()
