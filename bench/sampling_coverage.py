"""Measures how often the intervals of audit samples hold the truth; writes docs/method/sampling.md's tables.

Run by bench/coverage.py, or alone:

    .venv/bin/python bench/sampling_coverage.py            every table, and the page
    .venv/bin/python bench/sampling_coverage.py strata     one of them; its text is kept under build/bench/sampling_coverage

The page is written as soon as every table is there. Seeds are fixed. It stops where an interval that promises its level falls
below it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import marked
from sampling_strata import FEW, LEVEL, NAMES, SMALL, every_split, one_split
from sampling_worlds import (
    Kinds,
    Population,
    agreed,
    both_held,
    error,
    plan_held,
    recall_held,
    rogan_gladen_held,
    users_held,
)
from tables import table

from answerable.sampling import sequential

__all__ = ["main"]

_KEPT = Path(__file__).resolve().parent.parent / "build" / "bench" / "sampling_coverage"
_SLACK = 1e-7  # what is lost to rounding where probabilities are added
_DRAWS = 4_000

_KINDS = (
    Kinds("half and half", (0.5, 0.5), ((0.9, 0.1), (0.1, 0.9))),
    Kinds("one in ten", (0.9, 0.1), ((0.95, 0.05), (0.2, 0.8))),
    Kinds("three in a hundred", (0.97, 0.03), ((0.99, 0.01), (0.1, 0.9))),
)
_PLANS = {
    "30, 60, 90, 120 for 10 %": sequential((30, 60, 90, 120), 0.1),
    "20, 40 ... 200 for 10 %, given up early": sequential(range(20, 201, 20), 0.1, hoped=0.03, give_up=0.2),
    "60, 120, 180, 240 for 5 %, late": sequential((60, 120, 180, 240), 0.05, spending="obrien-fleming"),
    "30, 60, 90 of 300 for 10 %": sequential((30, 60, 90), 0.1, population=300, hoped=0.03),
    "60, 120, 180 of 2,000 for 5 %": sequential((60, 120, 180), 0.05, population=2_000, hoped=0.01),
}


def _per_cent(share: float) -> str:
    """Give a per cent with one decimal, rounded down: no coverage is shown as more than it is."""
    return f"{math.floor(share * 1_000 + 1e-6) / 10:.1f}"


def _kept(share: float, what: str) -> str:
    """Give the coverage of an interval that promises its level.

    Raises:
        SystemExit: It covers less.
    """
    if share < LEVEL - _SLACK:
        raise SystemExit(f"{what} covers {share} at its least, and promises {LEVEL}")
    return _per_cent(share)


def strata() -> Iterator[str]:
    """Yield the tables of the stratified interval and of two others."""
    yield from (
        "### By strata: every split",
        "",
        f"At {100 * LEVEL:g} %, computed: the least and the mean coverage over every split of every number of cases.",
        "",
    )
    rows = []
    for samples, sizes in SMALL:
        least, mean = every_split(samples, sizes)
        name = ", ".join(f"{sample} of {size}" for sample, size in zip(samples, sizes, strict=True))
        rows.append(
            (
                name,
                _kept(least["exact"], name),
                _per_cent(mean["exact"]),
                *tuple(_per_cent(part[other]) for other in NAMES[1:] for part in (least, mean)),
            )
        )
    head = (
        "drawn",
        "exact: least",
        "mean",
        "Korn and Graubard: least",
        "mean",
        "simultaneous: least",
        "mean",
    )
    yield from table(head, rows)
    yield from (
        "### By strata: few cases",
        "",
        "Computed, and rounded against the interval: samples that together have less than 0.5 % of the probability count as not held. Width: "
        "the mean, in points.",
        "",
    )
    rows = []
    for split in FEW:
        found = one_split(split)
        name = "; ".join(
            f"{sample} of {size:,} with {cases}"
            for sample, size, cases in zip(split.samples, split.sizes, split.cases, strict=True)
        )
        rows.append(
            (
                split.name,
                name,
                *tuple(
                    text
                    for one in NAMES
                    for text in (_per_cent(found.held[one]), f"{100 * found.width[one]:.1f}")
                ),
            )
        )
    head = ("", "drawn", "exact", "width", "Korn and Graubard", "width", "simultaneous", "width")
    yield from table(head, rows)


def clusters() -> Iterator[str]:
    """Yield the table of the interval for whole clusters."""
    yield from (
        "### Samples of whole clusters",
        "",
        f"At {100 * LEVEL:g} %; {_DRAWS:,} samples each, of {_DRAWS // 25:,} logs. *Spread*: the standard deviation of the logarithm of the clusters' sizes (0: all of 20). "
        "*Alike*: the correlation of two records of a cluster. *Wilson's*: `intervals.clustered` with the linearised variance.",
        "",
    )
    rows = []
    for spread in (0.0, 1.0, 1.5):
        for number, drawn in ((60, 12), (200, 30), (1_000, 60)):
            for rate, alike in ((0.02, 0.1), (0.1, 0.05), (0.1, 0.3), (0.4, 0.3)):
                held, width, beside = users_held(Population(number, drawn, spread, rate, alike), _DRAWS)
                rows.append(
                    (
                        f"{spread:g}",
                        f"{drawn} of {number:,}",
                        f"{100 * rate:g}",
                        f"{alike:g}",
                        f"{_per_cent(held)} ± {100 * error(held, _DRAWS):.1f}",
                        f"{100 * width:.1f}",
                        _per_cent(beside),
                    )
                )
    head = ("spread", "clusters", "rate, %", "alike", "coverage", "width, points", "Wilson's")
    yield from table(head, rows, right=True)


def doubt() -> Iterator[str]:
    """Yield the table of unclear records."""
    yield from (
        "### Unclear records",
        "",
        f"At {100 * LEVEL:g} %, computed over every sample of 60 from 2,000. *Both*: best and worst truth are within the interval at once. "
        "*Left out*: how often the interval of the judged records alone holds the truth where every unclear record is a case.",
        "",
    )
    rows = []
    for cases, unclear in ((0, 40), (20, 0), (20, 100), (20, 400), (200, 100), (1_000, 400)):
        held, beside = both_held(cases, unclear, 60, 2_000)
        rows.append(
            (f"{cases:,}", f"{unclear:,}", _kept(held, "the interval of unclear records"), _per_cent(beside))
        )
    yield from table(("cases", "unclear", "both", "left out"), rows, right=True)


def lists() -> Iterator[str]:
    """Yield the tables of word lists: recall by two phases, and Rogan and Gladen's correction."""
    yield from (
        "### Recall by two phases",
        "",
        f"At {100 * LEVEL:g} %, computed over every pair of samples. *Wilson's*: the same with Wilson's bounds of the two numbers. *Rectangle*: from the two exact "
        "intervals at the square root of the level.",
        "",
    )
    rows, least = [], 1.0
    for flagged, unflagged in ((2_000, 18_000), (300, 100_000)):
        for precision in (0.3, 0.8, 0.97):
            for missed in (0.0005, 0.005, 0.03):
                for drawn in ((60, 60), (100, 300)):
                    truth = (round(precision * flagged), round(missed * unflagged))
                    held = recall_held((truth[0], drawn[0], flagged), (truth[1], drawn[1], unflagged))
                    least = min(least, held[0])
                    rows.append(
                        (
                            f"{flagged:,} of {flagged + unflagged:,}",
                            f"{100 * precision:g}",
                            f"{100 * truth[0] / sum(truth):.1f}",
                            f"{drawn[0]} and {drawn[1]}",
                            *(_per_cent(one) for one in held),
                        )
                    )
    head = ("flagged", "precision, %", "recall, %", "drawn", "exact parts", "Wilson's", "rectangle")
    yield from table(head, rows, right=True)
    yield from (
        "### Rogan and Gladen's correction",
        "",
        f"At {100 * LEVEL:g} %; {5 * _DRAWS:,} worlds each; Monte Carlo error at most ± {100 * error(0.9, 5 * _DRAWS):.1f}. *Plain*: the corrected rate with its variance and the normal quantile.",
        "",
    )
    rows = []
    for sizes, complete in (((500, 100, 200), False), ((500, 30, 30), False), ((20_000, 60, 300), True)):
        for quality in ((0.8, 0.95), (0.5, 0.99)):
            for rate in (0.01, 0.05, 0.2, 0.5):
                held, plain = rogan_gladen_held(rate, quality, sizes, 5 * _DRAWS, complete=complete)
                share = f"{sizes[0]:,}{' (all)' if complete else ''}"
                rows.append(
                    (
                        share,
                        f"{sizes[1]} and {sizes[2]}",
                        f"{100 * quality[0]:g} and {100 * quality[1]:g}",
                        f"{100 * rate:g}",
                        _per_cent(held),
                        _per_cent(plain),
                    )
                )
    head = (
        "records",
        "validated",
        "sensitivity and specificity, %",
        "rate, %",
        "Lang and Reiczigel",
        "plain",
    )
    yield from table(head, rows, right=True)


def agreement() -> Iterator[str]:
    """Yield the table of agreement among raters."""
    yield from (
        "### Agreement",
        "",
        f"At {100 * LEVEL:g} %; {_DRAWS // 2:,} studies each, of two kinds of items; Monte Carlo error at most ± {100 * error(0.5, _DRAWS // 2):.1f}. Beside each: Gwet's own interval, the value and "
        "Student's quantile times the error. *Undefined*: studies in which every rating is of one category, counted as not held. Cohen's: of two raters, its large-sample interval.",
        "",
    )
    rows = []
    for kinds in _KINDS:
        for items in (20, 60, 150):
            for raters, missing in ((2, 0.0), (3, 0.0), (3, 0.2)):
                found = agreed(kinds, items, raters, _DRAWS // 2, missing)
                cohen = _per_cent(found["Cohen"][0]) if raters == 2 else "–"
                rows.append(
                    (
                        kinds.name,
                        f"{items}",
                        f"{raters}{', a fifth missing' if missing else ''}",
                        *tuple(
                            _per_cent(part)
                            for name in ("percent", "AC1", "Fleiss")
                            for part in found[name][:2]
                        ),
                        cohen,
                        _per_cent(found["Fleiss"][2]),
                    )
                )
    head = ("rare kind", "items", "raters", "percent", "t", "AC1", "t", "Fleiss", "t", "Cohen", "undefined")
    yield from table(head, rows)


def stopped() -> Iterator[str]:
    """Yield the table of bounds after a sequential plan."""
    yield from (
        "### After a sequential plan",
        "",
        f"At {100 * LEVEL:g} %, computed over every outcome, for 300 true rates up to a third. *Fixed*: the exact interval for a sample of that size, as if it had been fixed.",
        "",
    )
    rows = []
    for name, plan in _PLANS.items():
        own, fixed, mean, mean_fixed = plan_held(plan, 300)
        rows.append(
            (
                name,
                f"{100 * plan.error:.2f}",
                _kept(own, name),
                _per_cent(mean),
                _per_cent(fixed),
                _per_cent(mean_fixed),
            )
        )
    head = ("looks", "error, %", "stage-wise: least", "mean", "fixed: least", "mean")
    yield from table(head, rows)


_TABLES: dict[str, Callable[[], Iterator[str]]] = {
    one.__name__: one for one in (strata, clusters, doubt, lists, agreement, stopped)
}


def main() -> None:
    """Measure what was asked for, or everything, and write the page once all is there."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] if __name__ == "__main__" and sys.argv[1:] else _TABLES:
        (_KEPT / f"{name}.md").write_text("\n".join(_TABLES[name]()), encoding="utf-8")
        print(f"Measured: {name}", flush=True)
    if all((_KEPT / f"{name}.md").exists() for name in _TABLES):
        text = "\n".join((_KEPT / f"{name}.md").read_text("utf-8") for name in _TABLES)
        marked.write("method/sampling.md", "bench/sampling_coverage.py", text)


if __name__ == "__main__":
    main()
