"""Measures how often each interval holds the truth, and writes the tables into docs/method/.

The intervals of shares go into docs/method/intervals.md, those of records that no list shows into
docs/method/recapture.md, those of error rates into docs/method/error-rates.md, those of comparisons that share people into
docs/method/groups-and-subjects.md, and those of audit samples into docs/method/sampling.md.

Coverage is computed exactly over every sample that can be drawn, and beside that measured on drawn samples. The seed
is fixed, so that the page has the same bytes each time.

    .venv/bin/python bench/coverage.py
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import drawn
import marked
import recapture_coverage
import sampling_coverage
import scores_truth
import subjects_coverage
from covering import Coverage, binomial, hypergeometric
from intervals_tried import LEVEL, exact, finite, rule, score
from tables import table
from tracking_covered import SEEDS, held

from answerable.intervals import rule_of_three

_LEVELS = (0.8, 0.9, 0.95, 0.99)
_SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000)
_FINITE = ((50, 10), (200, 50), (2_000, 150), (10_000, 400), (10_000, 5_000), (1_000_000, 400), (1_000_000, 2_000))  # fmt: skip  # a table: what stands in one line belongs together
_EXPECTED = 5  # cases: fewer make the score interval uneven
_SLACK = 1e-7  # what is lost to rounding where probabilities of samples from a large log are added


def _per_cent(*shares: float) -> list[str]:
    """Give two decimals, rounded down: no coverage is shown as more than it is."""
    return [f"{math.floor(share * 10_000 + 1e-4) / 100:.2f}" for share in shares]


def _kept(coverage: Coverage, level: float, what: str) -> Coverage:
    """Give back the coverage of an interval that promises its level for every truth.

    Raises:
        SystemExit: It covers less.
    """
    if coverage.least < level - _SLACK:
        raise SystemExit(f"{what} covers {coverage.least} at its least, and promises {level}")
    return coverage


def _endless() -> Iterator[str]:
    yield from (
        "### Samples from a log without end",
        "",
        f"At {100 * LEVEL:g} %. *Enough*: at least {_EXPECTED} cases and {_EXPECTED} others are expected in the sample. *Rare*: fewer than {_EXPECTED} cases",
        "are expected. Least: over every share of the range. Mean: over 10,000 evenly spaced shares of it.",
        "",
    )
    head = ("sample", "Wilson: least, any share", "least, enough", "mean, any share", "mean, rare", "exact: least, any share", "mean, any share", "mean, rare")  # fmt: skip  # a table: what stands in one line belongs together
    rows = []
    for size in _SIZES:
        edge = _EXPECTED / size
        own = _kept(binomial(exact(size), size), LEVEL, f"the exact interval, sample {size}")
        any_share, rare = binomial(score(size), size), binomial(score(size), size, 0, edge)
        enough = _per_cent(binomial(score(size), size, edge, 1 - edge).least) if edge < 0.5 else ["–"]
        rows.append(
            (
                f"{size:,}",
                *_per_cent(any_share.least),
                *enough,
                *_per_cent(any_share.mean, rare.mean),
                *_per_cent(own.least, own.mean, binomial(exact(size), size, 0, edge).mean),
            )
        )
    yield from table(head, rows, right=True)


def _without_replacement() -> Iterator[str]:
    yield from (
        "### Samples from a log of known size",
        "",
        f"At {100 * LEVEL:g} %, drawn without replacement. Least: over every number of cases that the log can hold. Mean: over up to",
        "2,001 evenly spaced ones. The two other intervals are put to the same samples; they do not know that the log ends.",
        "",
    )
    head = ("records", "sample", "hypergeometric: least", "mean", "exact binomial: least", "mean", "Wilson: least", "mean")  # fmt: skip  # a table: what stands in one line belongs together
    rows = []
    for population, size in _FINITE:
        found = [
            hypergeometric(bounds, size, population)
            for bounds in (finite(size, population), exact(size), score(size))
        ]
        _kept(found[0], LEVEL, f"the hypergeometric interval, {size} of {population}")
        figures = [figure for one in found for figure in (one.least, one.mean)]
        rows.append((f"{population:,}", f"{size:,}", *_per_cent(*figures)))
    yield from table(head, rows, right=True)


def _no_case() -> Iterator[str]:
    yield from (
        "### The rule of three",
        "",
        f"At {100 * LEVEL:g} %. *By itself*: it is wrong only where a sample without a case gives a bound below the true share. *With the",
        "exact interval*: where that is given for every sample that holds a case.",
        "",
    )
    head = ("sample", "bound, %", "3/n, %", "by itself: least", "mean", "with the exact interval: least", "mean")  # fmt: skip  # a table: what stands in one line belongs together
    rows = []
    for size in _SIZES:
        alone = _kept(binomial(rule(size), size), LEVEL, f"the rule of three, sample {size}")
        beside = binomial(rule(size, others=exact), size)
        figures = (alone.least, alone.mean, beside.least, beside.mean)
        rows.append(
            (f"{size:,}", f"{100 * rule_of_three(size).high:#.4g}", f"{300 / size:.4g}", *_per_cent(*figures))
        )
    yield from table(head, rows, right=True)


def _other_levels() -> Iterator[str]:
    size, population = 100, drawn.POPULATION
    yield from (
        "### At other levels",
        "",
        f"Samples of {size}; the hypergeometric interval from {population:,} records.",
        "",
    )
    head = ("level, %", "Wilson: least", "mean", "exact binomial: least", "mean", "hypergeometric: least", "mean", "rule of three by itself: least")  # fmt: skip  # a table: what stands in one line belongs together
    rows = []
    for level in _LEVELS:
        found = [
            binomial(score(size, level), size),
            _kept(binomial(exact(size, level), size), level, "the exact interval"),
            _kept(
                hypergeometric(finite(size, population, level), size, population),
                level,
                "the hypergeometric interval",
            ),
        ]
        alone = _kept(binomial(rule(size, level), size), level, "the rule of three")
        figures = [figure for one in found for figure in (one.least, one.mean)]
        rows.append((f"{100 * level:g}", *_per_cent(*figures, alone.least)))
    yield from table(head, rows, right=True)


def _simulations() -> Iterator[str]:
    sizes = ", ".join(f"{size:,}" for size in drawn.SIZES)
    shares = ", ".join(f"{100 * share:g} %" for share in drawn.SHARES)
    yield from (
        "### By simulation",
        "",
        f"At {100 * LEVEL:g} %: {drawn.DRAWS:,} samples drawn for each of the {len(drawn.SIZES) * len(drawn.SHARES)} pairs of a size ({sizes}) and",
        f"a true share ({shares}), for the hypergeometric interval out of {drawn.POPULATION:,} records. Least and mean are over",
        "these pairs. The last column is the largest distance between drawn and computed coverage of a pair, in Monte Carlo",
        f"errors of that pair; the bench stops where it is over {drawn.MOST_ERRORS}.",
        "",
    )
    head = ("interval", "least: drawn", "computed", "mean: drawn", "computed", "Monte Carlo error of the mean", "of a pair, at most", "largest distance")  # fmt: skip  # a table: what stands in one line belongs together
    rows = [
        (
            one.name,
            *_per_cent(one.drawn[0], one.computed[0], one.drawn[1], one.computed[1]),
            f"± {100 * one.mean_error:.3f}",
            f"± {100 * one.most_error:.3f}",
            f"{one.distance:.1f}",
        )
        for one in drawn.compare()
    ]
    yield from table(head, rows, right=True)


def _tracking() -> Iterator[str]:
    found = list(held())
    yield from (
        "### Wilson's interval for tracking power from a sample",
        "",
        f"At {100 * LEVEL:g} %: the shipped query with {SEEDS} seeds, on records of which the mean over every choice of points is known.",
        "The sample is of vehicles, with one choice of points each. Where it holds a large part of the eligible vehicles the",
        f"interval is wider than need be, for it does not know that they end. Monte Carlo error of a coverage: ± {100 * found[0].error:.2f}.",
        "",
    )
    head = ("points", "true share, %", "eligible", "sample", "coverage")
    rows = [
        (
            str(one.points),
            f"{100 * one.truth:.2f}",
            f"{one.eligible:,}",
            f"{one.sample:,}",
            *_per_cent(one.share),
        )
        for one in found
    ]
    yield from table(head, rows, right=True)


def main() -> None:
    """Compute, print and write the tables."""
    parts = (_endless, _without_replacement, _no_case, _other_levels, _simulations, _tracking)
    marked.write(
        "method/intervals.md", "bench/coverage.py", "\n".join(line for part in parts for line in part())
    )
    recapture_coverage.main()
    sampling_coverage.main()
    scores_truth.main()
    subjects_coverage.main()


if __name__ == "__main__":
    main()
