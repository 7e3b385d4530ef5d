"""Measures how often the intervals of records that no list shows hold the truth; writes docs/method/recapture.md's tables.

Run by bench/coverage.py, or alone:

    .venv/bin/python bench/recapture_coverage.py
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

import marked
import numpy as np
from recapture_measured import TWO, Drawn, bounds_drawn, exactly, models_drawn, two_drawn
from recapture_tried import LEVEL
from recapture_truths import Truth, independent, kinds, paired
from tables import table

__all__ = ["main"]

_SIZES = (
    (50, 25, 25), (50, 40, 40), (50, 45, 48), (200, 20, 100), (200, 60, 60), (200, 160, 160), (200, 180, 190), (1_000, 100, 100),
    (1_000, 500, 500), (1_000, 900, 950), (1_000, 980, 980), (10_000, 500, 500), (10_000, 5_000, 9_000), (10_000, 9_800, 9_800),
)  # fmt: skip  # a table: what stands in one line belongs together
_PAIRS = ((20, 20), (20, 40), (50, 50), (30, 200), (100, 100), (100, 1_000), (300, 300))
_TOTALS = 400
_SELDOM_REFUSED = 0.975
_SLACK = 1e-7  # what is lost to rounding where probabilities are added

_TWO_DRAWS, _BOUND_DRAWS, _MODEL_DRAWS = 4_000, 1_000, 400

_TWO_TRUTHS = (
    independent(1_000, 0.5, 0.4, name="the assumptions hold"),
    paired(1_000, (0.5, 0.4), {(0, 1): 2}, "being on one list doubles the odds of the other"),
    paired(1_000, (0.5, 0.4), {(0, 1): 0.5}, "being on one list halves the odds of the other"),
    kinds(1_000, [(0.5, (0.7, 0.6)), (0.5, (0.3, 0.2))], "half the records are likelier on both lists"),
    kinds(1_000, [(0.5, (0.7, 0.4)), (0.5, (0.3, 0.4))], "half the records are likelier on one list"),
    independent(900, 0.5, 0.4, name="a tenth of the records can be on neither list", unlisted=100),
    kinds(
        1_000, [(0.9, (0.5, 0.4)), (0.1, (0.5, 0))], "a tenth of the records can be on the first list only"
    ),
    kinds(
        1_000,
        [(0.8, (0.5, 0.4)), (0.1, (0.5, 0)), (0.1, (0, 0.4))],
        "a tenth of the records can be on each list only",
    ),
    independent(1_000, 0.5, 0.4, name="one match in fifty is missed", split=0.02),
    independent(1_000, 0.5, 0.4, name="one record in fifty is matched falsely", merged=0.02),
)
_BOUND_TRUTHS = (
    independent(300, 0.2, 0.2, 0.2, name="3 equal lists"),
    independent(300, 0.5, 0.5, 0.5, name="3 equal lists"),
    independent(300, 0.9, 0.9, 0.9, name="3 equal lists, nearly complete"),
    independent(300, 0.4, 0.4, 0.4, 0.4, 0.4, name="5 equal lists"),
    independent(300, 0.9, 0.3, 0.1, name="3 unequal lists"),
    independent(2_000, 0.5, 0.2, 0.2, 0.05, name="4 unequal lists"),
    kinds(
        300, [(0.5, (0.6, 0.6, 0.6)), (0.5, (0.2, 0.2, 0.2))], "3 lists, half the records are likelier on all"
    ),
    kinds(
        2_000,
        [(0.5, (0.6, 0.4, 0.3)), (0.5, (0.2, 0.1, 0.1))],
        "3 lists, half the records are likelier on all",
    ),
    kinds(
        2_000, [(0.2, (0.7,) * 5), (0.8, (0.1,) * 5)], "5 lists, a fifth of the records are likelier on all"
    ),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1): 3}, "3 lists, two attract"),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1): 1 / 3}, "3 lists, two avoid each other"),
)
_MODEL_TRUTHS = (
    independent(300, 0.4, 0.4, 0.4, name="3 lists, independent"),
    independent(2_000, 0.4, 0.3, 0.3, name="3 lists, independent"),
    independent(20_000, 0.4, 0.3, 0.3, name="3 lists, independent"),
    independent(1_000, 0.9, 0.8, 0.9, name="3 lists, independent, nearly complete"),
    paired(300, (0.4, 0.4, 0.4), {(0, 1): 1.6}, "3 lists, one pair, odds × 1.6"),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1): 1.6}, "3 lists, one pair, odds × 1.6"),
    paired(300, (0.4, 0.4, 0.4), {(0, 1): 3}, "3 lists, one pair, odds × 3"),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1): 3}, "3 lists, one pair, odds × 3"),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1): 1 / 3}, "3 lists, one pair, odds × 1/3"),
    paired(300, (0.4, 0.4, 0.4), {(0, 1): 3, (1, 2): 3}, "3 lists, two pairs, odds × 3"),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1): 3, (1, 2): 3}, "3 lists, two pairs, odds × 3"),
    independent(1_000, 0.4, 0.3, 0.3, 0.2, name="4 lists, independent"),
    paired(1_000, (0.4, 0.3, 0.3, 0.2), {(0, 1): 3, (2, 3): 2}, "4 lists, two pairs, odds × 3 and × 2"),
    paired(2_000, (0.3, 0.3, 0.2, 0.2, 0.1), {(0, 1): 3, (2, 3): 2}, "5 lists, two pairs, odds × 3 and × 2"),
)
_BEYOND_TRUTHS = (
    kinds(
        300, [(0.5, (0.6, 0.6, 0.6)), (0.5, (0.2, 0.2, 0.2))], "3 lists, half the records are likelier on all"
    ),
    kinds(
        2_000,
        [(0.5, (0.6, 0.5, 0.5)), (0.5, (0.2, 0.1, 0.1))],
        "3 lists, half the records are likelier on all",
    ),
    kinds(
        20_000,
        [(0.5, (0.6, 0.5, 0.5)), (0.5, (0.2, 0.1, 0.1))],
        "3 lists, half the records are likelier on all",
    ),
    kinds(
        2_000,
        [(0.5, (0.6, 0.5, 0.5, 0.4)), (0.5, (0.2, 0.1, 0.1, 0.1))],
        "4 lists, half the records are likelier on all",
    ),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1, 2): 3}, "3 lists, all three depend on each other"),
    paired(2_000, (0.4, 0.3, 0.3), {(0, 1, 2): 1 / 3}, "3 lists, all three avoid each other"),
    independent(1_800, 0.4, 0.3, 0.3, name="3 lists, a tenth of the records can be on none", unlisted=200),
    independent(2_000, 0.4, 0.3, 0.3, name="3 lists, one match in fifty is missed", split=0.02),
)


def _down(share: float) -> str:
    """Give a per cent with one decimal, rounded down: no coverage is shown as more than it is."""
    return "–" if math.isnan(share) else f"{math.floor(share * 1_000 + 1e-6) / 10:.1f}"


def _with_error(drawn: Drawn, name: str) -> str:
    return "–" if name not in drawn.held else f"{_down(drawn.coverage(name))} ± {100 * drawn.error(name):.1f}"


def _number(value: float) -> str:
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def _two_exactly() -> Iterator[str]:
    yield from (
        "### Two lists whose sizes are known",
        "",
        f"At {100 * LEVEL:g} %, computed over every overlap that two independent lists can have. *Answered*: not refused. Coverage and",
        "mean width are those of the answered; the other four intervals are put to the same overlaps.",
        "",
    )
    head = ("records", "first list", "second", "overlap expected", "missed expected", "answered, %", *(f"{name}: {what}" for name in TWO for what in ("coverage, %", "width")))  # fmt: skip  # a table: what stands in one line belongs together
    rows = []
    for total, first, second in _SIZES:
        answered, held = exactly(total, first, second)
        rows.append(
            (
                f"{total:,}",
                f"{first:,}",
                f"{second:,}",
                _number(first * second / total),
                _number((total - first) * (total - second) / total),
                _down(answered),
                *(text for one in held.values() for text in (_down(one.coverage), _number(one.width))),
            )
        )
    yield from table(head, rows, right=True)


def _two_at_least() -> Iterator[str]:
    names = ("exact", "mid-p", "log-normal", "transformed logit")
    yield from (
        f"The same over up to {_TOTALS} evenly spaced totals for each pair of sizes, of those totals for which no more than one sample in 40 is",
        "refused. *A wrong interval at most*: the greatest share of all samples, over every total up to that for which 4 are",
        "expected in both lists, in which an interval is given and does not hold the truth. The bench stops where that is over",
        f"{100 - 100 * LEVEL:g} %.",
        "",
    )
    head = ("first list", "second", "exact: a wrong interval at most, %", *(f"{name}: {what}" for name in names for what in ("least, %", "mean, %")))  # fmt: skip  # a table: what stands in one line belongs together
    rows = []
    for first, second in _PAIRS:
        totals = np.unique(np.linspace(max(first, second) + 1, first * second / 4, _TOTALS).astype(int))
        found = [exactly(int(total), first, second, names) for total in totals]
        wrong = max(
            (answered * (1 - held["exact"].coverage) for answered, held in found if answered), default=0.0
        )
        if wrong > 1 - LEVEL + _SLACK:
            raise SystemExit(f"lists of {first} and {second}: {wrong} of the samples have a wrong interval")
        seldom = [held for answered, held in found if answered >= _SELDOM_REFUSED]
        figures = [
            _down(figure)
            for name in names
            for figure in (
                min(one[name].coverage for one in seldom),
                np.mean([one[name].coverage for one in seldom]),
            )
        ]
        rows.append((f"{first:,}", f"{second:,}", f"{math.ceil(1_000 * wrong - 1e-6) / 10:.1f}", *figures))
    yield from table(head, rows, right=True)


def _two_failing(measured: Sequence[Drawn]) -> Iterator[str]:
    yield from (
        "### Two lists, where an assumption fails",
        "",
        f"1,000 records, of which the lists hold about half and two fifths; {_TWO_DRAWS:,} drawn tables each. *Estimate*: the median of the",
        "estimated number missed, divided by the true one.",
        "",
    )
    head = ("", "missed, mean", "answered, %", "coverage, %", "estimate ÷ truth")
    yield from table(
        head, (_row(truth, one, "exact") for truth, one in zip(_TWO_TRUTHS, measured, strict=True))
    )


def _row(truth: Truth, one: Drawn, *names: str, records: bool = False) -> tuple[str, ...]:
    return (
        truth.name,
        *((f"{truth.total + truth.unlisted:,}",) if records else ()),
        _number(float(np.mean(one.missed))),
        _down(one.answered / one.draws),
        *(_with_error(one, name) for name in names),
        "–" if math.isnan(one.ratio) else f"{one.ratio:.2f}",
    )


def _bounds(measured: Sequence[Drawn]) -> Iterator[str]:
    yield from (
        "### Chao's lower bound",
        "",
        f"{_BOUND_DRAWS:,} drawn tables each. *Unequal*: with the numbers that each list alone holds; *equal*: without. *Low end*: how",
        "often the lower end of the interval lies at or below the number missed, which is what a bound promises. *As first given*: the",
        "log-normal interval of 1987 about the same estimate. *Estimate*: of the unequal form.",
        "",
    )
    names = ("unequal", "unequal, low end", "equal", "equal, low end", "log-normal")
    head = ("", "records", "missed, mean", "answered, %", "unequal: coverage, %", "low end, %", "equal: coverage, %", "low end, %", "as first given: coverage, %", "estimate ÷ truth")  # fmt: skip  # a table: what stands in one line belongs together
    rows = (
        _row(truth, one, *names, records=True) for truth, one in zip(_BOUND_TRUTHS, measured, strict=True)
    )
    yield from table(head, rows)


def _models(title: str, text: str, truths: Sequence[Truth], measured: Sequence[Drawn]) -> Iterator[str]:
    yield from (f"### {title}", "", text, "")
    names = ("near", "chosen", "BIC", "bound, low end")
    head = ("", "records", "missed, mean", "answered, %", "coverage, %", "of the chosen model alone, %", "of the choice by BIC, %", "low end of Chao's bound, %", "estimate ÷ truth", "width", "width, chosen alone")  # fmt: skip  # a table: what stands in one line belongs together
    rows = (
        (*_row(truth, one, *names, records=True), _number(one.width("near")), _number(one.width("chosen")))
        for truth, one in zip(truths, measured, strict=True)
    )
    yield from table(head, rows)


def _measure(job: tuple[Callable[[Truth, int], Drawn], Truth, int]) -> Drawn:
    measure, truth, draws = job
    return measure(truth, draws)


def main() -> None:
    """Compute, print and write the tables."""
    jobs = [
        *((models_drawn, truth, _MODEL_DRAWS) for truth in (*_MODEL_TRUTHS, *_BEYOND_TRUTHS)),
        *((two_drawn, truth, _TWO_DRAWS) for truth in _TWO_TRUTHS),
        *((bounds_drawn, truth, _BOUND_DRAWS) for truth in _BOUND_TRUTHS),
    ]
    with ProcessPoolExecutor() as pool:
        measured = list(pool.map(_measure, jobs))
    inside, beyond = measured[: len(_MODEL_TRUTHS)], measured[len(_MODEL_TRUTHS) :][: len(_BEYOND_TRUTHS)]
    two, bounds = (
        measured[-len(_TWO_TRUTHS) - len(_BOUND_TRUTHS) :][: len(_TWO_TRUTHS)],
        measured[-len(_BOUND_TRUTHS) :],
    )
    drawn = f"{_MODEL_DRAWS:,} drawn tables each."
    parts = (
        _two_exactly(),
        _two_at_least(),
        _two_failing(two),
        _bounds(bounds),
        _models(
            "Log-linear models, where one of them holds",
            f"{drawn} *Coverage*: of the interval that is given, over the models within 2 units of AICc of the best. *Low end*: also\n"
            "where there is no estimate and the bound alone is left. "
            "*Odds × 3*: for two lists, being on one multiplies the odds of being on the other by 3.",
            _MODEL_TRUTHS,
            inside,
        ),
        _models(
            "Log-linear models, where none of them holds",
            f"{drawn} Columns as above.",
            _BEYOND_TRUTHS,
            beyond,
        ),
    )
    marked.write(
        "method/recapture.md",
        "bench/recapture_coverage.py",
        "\n".join(line for part in parts for line in part),
    )


if __name__ == "__main__":
    main()
