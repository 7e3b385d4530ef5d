"""Measures how often intervals and tests of forecasts are right; writes the tables of docs/method/forecasts.md.

    .venv/bin/python bench/hindsight_coverage.py               every table, and the page
    .venv/bin/python bench/hindsight_coverage.py compared      one of them; its text is kept under build/bench/hindsight_coverage

The page is written as soon as every table is there. Seeds are fixed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import marked
import numpy as np
from hindsight_quotients import bins
from hindsight_quotients import quotients as worlds_of_quotients
from hindsight_quotients import tied as worlds_of_ties
from hindsight_towns import after_flags, census, ranked
from hindsight_tried import TRIED, bounds
from hindsight_truths import WORLDS, World, days
from tables import table

from answerable.hindsight import blocked

_KEPT = Path(__file__).resolve().parent.parent / "build" / "bench" / "hindsight_coverage"
_LEVEL, _DRAWS, _TRUTH, _REPLICATES, _WEEKS = 0.95, 1_000, 4_000, 1_000, (26, 52)


def _per_cent(share: float) -> str:
    """Give a per cent with one decimal, rounded down."""
    return f"{math.floor(share * 1_000 + 1e-6) / 10:.1f}"


def _error(share: float, draws: int) -> str:
    return f"± {100 * math.sqrt(max(share * (1 - share), 1 / draws) / draws):.1f}"


def _with_error(share: float, draws: int) -> str:
    return f"{_per_cent(share)} {_error(share, draws)}"


def _truth(world: World, weeks: int) -> float:
    """Give the expected sum; where neither list has skill it is 0 by construction."""
    if world.lists != "skill":
        return 0.0
    return float(
        np.mean([days(world, 1_000, weeks, 900 + part).sum(axis=1).mean() for part in range(_TRUTH // 1_000)])
    )


def compared() -> Iterator[str]:
    """Yield the table of the shipped interval and test."""
    yield from (
        "### Differences from a baseline",
        "",
        f"{_DRAWS:,} worlds each, 200 areas, 10 flags a day, {_REPLICATES:,} replicates. *Held*: how often the {100 * _LEVEL:g} % interval holds the expected difference.",
        "*p ≤ 5 %*: how often the test of signs says so; where no list has skill it is the rate of false alarms, otherwise the power. *Seen*: how often both",
        "interval and test say that the lists differ, which is what a verdict asks.",
        "",
    )
    rows = []
    for world in WORLDS:
        for weeks in _WEEKS:
            truth = _truth(world, weeks)
            found = blocked(days(world, _DRAWS, weeks, 11), level=_LEVEL, replicates=_REPLICATES)
            low, high = (np.array([getattr(one.interval, end) for one in found]) for end in ("low", "high"))
            p = np.array([one.p for one in found])
            held = float(((low <= truth) & (truth <= high)).mean())
            below = float((p <= 1 - _LEVEL).mean())
            seen = float(((p <= 1 - _LEVEL) & ((low > 0) | (high < 0))).mean())
            shares = (_with_error(share, _DRAWS) for share in (held, below, seen))
            rows.append((world.name, f"{weeks}", f"{truth:.1f}", *shares))
    yield from table(("", "weeks", "expected difference", "held, %", "p ≤ 5 %, %", "seen, %"), rows)


def tried() -> Iterator[str]:
    """Yield the table of every interval that was tried."""
    yield from (
        "### Every interval that was tried",
        "",
        f"How often each holds the expected difference, in per cent; the same worlds, Monte Carlo error at most {_error(0.5, _DRAWS)}. The last column is the median width over that",
        "of weeks widened.",
        "",
    )
    for weeks in _WEEKS:
        columns: dict[str, list[str]] = {name: [] for name in ("shipped", *TRIED)}
        widths: dict[str, list[float]] = {name: [] for name in columns}
        for world in WORLDS:
            truth, daily = _truth(world, weeks), days(world, _DRAWS, weeks, 11)
            for name, column in columns.items():
                if name == "shipped":
                    found = [one.interval for one in blocked(daily, level=_LEVEL, replicates=_REPLICATES)]
                    low, high = (np.array([getattr(one, end) for one in found]) for end in ("low", "high"))
                else:
                    low, high = bounds(name, daily, _LEVEL, _REPLICATES, 5)
                column.append(_per_cent(float(((low <= truth) & (truth <= high)).mean())))
                widths[name].append(float(np.median(high - low)))
        usual = np.array(widths["weeks, widened"])
        rows = [
            (name, *held, f"{np.median(np.array(widths[name]) / usual):.2f}")
            for name, held in columns.items()
        ]
        yield from (f"{weeks} weeks:", "")
        yield from table(("", *(world.name for world in WORLDS), "width"), rows)


def others() -> Iterator[str]:
    """Yield the tables of exposure, proxies and the event study."""
    yield from (
        "### Exposure",
        "",
        "Towns drawn anew, each seen with the census's error; how often the 95 % interval holds the truth.",
        "",
    )
    rows = [(name, f"{draws:,}", _with_error(held, draws)) for name, draws, held in census(draws=1_000)]
    yield from table(("", "towns", "held, %"), rows)
    yield from (
        "### Proxies",
        "",
        "Towns of 100 areas on a square in which demographics go with past counts and add nothing: how often p is at most 5 %. *Smooth*: what past counts leave",
        "unexplained and the demographics both vary slowly over the map.",
        "",
    )
    rows = [(name, f"{draws:,}", _with_error(alarms, draws)) for name, draws, alarms in ranked(draws=1_000)]
    yield from table(("", "towns", "p ≤ 5 %, %"), rows)
    yield from (
        "### Discovery after deployment",
        "",
        "Logs in which flags bring nothing: how often the 95 % interval leaves out 0, and the mean effect found.",
        "",
    )
    rows = [
        (name, f"{draws:,}", _with_error(alarms, draws), f"{mean:.2f}")
        for name, draws, alarms, mean in after_flags(draws=1_000)
    ]
    yield from table(("", "logs", "leaves out 0, %", "mean effect"), rows)


def quotients() -> Iterator[str]:
    """Yield the tables of the interval of a quotient."""
    yield from (
        "### Quotients of two sums",
        "",
        f"{_DRAWS:,} worlds each. *Truth*: the quotient of what is expected. *None*: no interval is given, there being nothing to divide by. Of the intervals given, *held*: how often the",
        f"{100 * _LEVEL:g} % interval holds the truth; *under* and *over*: how often all of it lies below and above it; *cut*: its lower bound is cut off at 0; *unbounded*: its upper bound",
        "is infinite. *Fieller*: how often Fieller's set on the same blocks, which is not what is given, holds the truth, and how often that set is unbounded.",
        "",
    )
    rows = []
    for one in worlds_of_quotients(_DRAWS, _WEEKS):
        print(one, flush=True)
        given = one.draws - one.none
        shares = (one.below, one.above, one.cut, one.unbounded)
        rows.append(
            (
                one.name,
                f"{one.weeks}",
                f"{one.truth:.3g}",
                _per_cent(one.none / one.draws),
                _with_error(one.held / given, given),
                *(_per_cent(share / given) for share in shares),
                _with_error(one.fieller / given, given),
                _per_cent(one.open / given),
            )
        )
    head = ("", "weeks", "truth", "none, %", "held, %", "under, %", "over, %", "cut, %", "unbounded, %", "Fieller, %", "unbounded, %")  # fmt: skip  # a table's head
    yield from table(head, rows)
    yield from (
        "The range that ties leave of a quotient of two hit rates, a fixed list over the count of the last day: how often it has no upper bound, since all events may lie in areas that",
        "lost a tie, and how often there is no quotient at all.",
        "",
    )
    rows = [
        (name, f"{weeks}", f"{draws:,}", _with_error(without, draws), _with_error(undefined, draws))
        for name, weeks, draws, without, undefined in worlds_of_ties(_DRAWS, _WEEKS)
    ]
    yield from table(("", "weeks", "worlds", "no upper bound, %", "not defined, %"), rows)
    yield from (
        "Events for each forecast in one bin of `rated`: how often the interval holds the planted rate, and how often nothing came.",
        "",
    )
    rows = [
        (name, f"{weeks}", f"{draws:,}", _with_error(held, draws), _with_error(nothing, draws))
        for name, weeks, draws, held, nothing in bins(_DRAWS, _WEEKS)
    ]
    yield from table(("", "weeks", "worlds", "held, %", "nothing came, %"), rows)


_TABLES: dict[str, Callable[[], Iterator[str]]] = {
    one.__name__: one for one in (compared, tried, quotients, others)
}


def main() -> None:
    """Measure what was asked for, or everything, and write the page once all is there."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or _TABLES:
        (_KEPT / f"{name}.md").write_text("\n".join(_TABLES[name]()), encoding="utf-8")
        print(f"Measured: {name}", flush=True)
    if all((_KEPT / f"{name}.md").exists() for name in _TABLES):
        text = "\n".join((_KEPT / f"{name}.md").read_text("utf-8") for name in _TABLES)
        marked.write("method/forecasts.md", "bench/hindsight_coverage.py", text)


if __name__ == "__main__":
    main()
