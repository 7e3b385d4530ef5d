"""Measures how often each interval holds the truth, and writes the tables into docs/method/intervals.md.

Coverage is computed exactly over every sample that can be drawn, and beside that simulated from drawn samples, as a
check of the computation by other means; the seed is fixed, so that the page has the same bytes each time.

    .venv/bin/python bench/coverage.py
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import covering
import numpy as np
from covering import Bounds, Coverage
from numpy.typing import NDArray

from answerable.intervals import clopper_pearson_bounds, hypergeometric_bounds, rule_of_three, wilson_bounds

_ROOT = Path(__file__).resolve().parent.parent
_PAGE = _ROOT / "docs" / "method" / "intervals.md"
_BEGIN, _END = "<!-- coverage: begin (bench/coverage.py writes this part) -->", "<!-- coverage: end -->"

_LEVEL = 0.95
_LEVELS = (0.8, 0.9, 0.95, 0.99)
_SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000)
_FINITE = (
    (50, 10),
    (200, 50),
    (2_000, 150),
    (10_000, 400),
    (10_000, 5_000),
    (1_000_000, 400),
    (1_000_000, 2_000),
)
_EXPECTED = 5  # cases, and others: fewer make the score interval uneven

_SEED, _DRAWS = 20_240_701, 100_000
_DRAWN_SIZES, _DRAWN_SHARES, _POPULATION = (30, 100, 300, 1_000), (0.002, 0.01, 0.05, 0.2, 0.5), 2_000
_MOST_ERRORS = 5  # how far a simulated coverage may lie from the computed one, in Monte Carlo errors
_SLACK = 1e-7  # what is lost to rounding where probabilities of samples from a large log are added

_Make = Callable[[int], Bounds]


def _wilson(size: int, level: float = _LEVEL) -> Bounds:
    return wilson_bounds(np.arange(size + 1), size, level)


def _exact(size: int, level: float = _LEVEL) -> Bounds:
    return clopper_pearson_bounds(np.arange(size + 1), size, level)


def _finite(size: int, population: int, level: float = _LEVEL) -> Bounds:
    return hypergeometric_bounds(np.arange(size + 1), size, population, level)


def _rule(size: int, level: float = _LEVEL, others: _Make | None = None) -> Bounds:
    """Give the rule's bound for no case; for any other count all there is, or another interval."""
    low, high = others(size) if others else (np.zeros(size + 1), np.ones(size + 1))
    return low, np.concatenate([[rule_of_three(size, level).high], high[1:]])


def _per_cent(share: float | None) -> str:
    """Give two decimals, rounded down: no coverage is shown as more than it is."""
    return "–" if share is None else f"{math.floor(share * 10_000 + 1e-4) / 100:.2f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---:|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _endless() -> Iterator[str]:
    yield from (
        "### Samples from a log without end",
        "",
        f"At {100 * _LEVEL:g} %. *Enough* are the shares of which at least {_EXPECTED} cases and {_EXPECTED} others are expected in the sample;",
        f"*rare* are those of which fewer than {_EXPECTED} cases are expected.",
        "",
    )
    head = ("sample", "Wilson: least, any share", "least, enough", "mean, any share", "mean, rare", "exact: least, any share", "mean, any share", "mean, rare")  # fmt: skip
    rows = []
    for size in _SIZES:
        edge = _EXPECTED / size
        score, exact = (covering.binomial(make(size), size) for make in (_wilson, _exact))
        _hold(exact, _LEVEL, f"the exact interval, sample {size}")
        figures = (score.least(), score.least(edge, 1 - edge), score.mean(), score.mean(0, edge), exact.least(), exact.mean(), exact.mean(0, edge))  # fmt: skip
        rows.append((f"{size:,}", *map(_per_cent, figures)))
    yield from _table(head, rows)


def _without_replacement() -> Iterator[str]:
    yield from (
        "### Samples from a log of known size",
        "",
        f"At {100 * _LEVEL:g} %, drawn without replacement, over the numbers of cases that the log can hold. The two other",
        "intervals are put to the same samples: they do not know that the log ends.",
        "",
    )
    head = ("records", "sample", "hypergeometric: least", "mean", "exact binomial: least", "mean", "Wilson: least", "mean")  # fmt: skip
    rows = []
    for population, size in _FINITE:
        own, exact, score = (
            covering.hypergeometric(bounds, size, population)
            for bounds in (_finite(size, population), _exact(size), _wilson(size))
        )
        _hold(own, _LEVEL, f"the hypergeometric interval, {size} of {population}")
        figures = [figure for one in (own, exact, score) for figure in (one.least(), one.mean())]
        rows.append((f"{population:,}", f"{size:,}", *map(_per_cent, figures)))
    yield from _table(head, rows)


def _no_case() -> Iterator[str]:
    yield from (
        "### The rule of three",
        "",
        f"At {100 * _LEVEL:g} %. *By itself*: the rule says nothing of a sample with a case, and is wrong only where a sample",
        "without one gives a bound below the true share. *With the exact interval*: where that is given for every sample",
        "with a case.",
        "",
    )
    head = ("sample", "bound", "3/n", "by itself: least", "mean", "with the exact interval: least", "mean")
    rows = []
    for size in _SIZES:
        alone, beside = (
            covering.binomial(bounds, size) for bounds in (_rule(size), _rule(size, others=_exact))
        )
        _hold(alone, _LEVEL, f"the rule of three, sample {size}")
        figures = (alone.least(), alone.mean(), beside.least(), beside.mean())
        rows.append(
            (
                f"{size:,}",
                f"{100 * rule_of_three(size).high:.3g} %",
                f"{300 / size:.3g} %",
                *map(_per_cent, figures),
            )
        )
    yield from _table(head, rows)


def _other_levels() -> Iterator[str]:
    size = 100
    yield from (
        "### At other levels",
        "",
        f"Samples of {size}; the hypergeometric interval from {_POPULATION:,} records.",
        "",
    )
    head = ("level, %", "Wilson: least", "mean", "exact binomial: least", "mean", "hypergeometric: least", "mean", "rule of three by itself: least")  # fmt: skip
    rows = []
    for level in _LEVELS:
        score, exact, rule = (covering.binomial(make(size, level), size) for make in (_wilson, _exact, _rule))
        own = covering.hypergeometric(_finite(size, _POPULATION, level), size, _POPULATION)
        for one, what in ((exact, "the exact interval"), (own, "the hypergeometric interval"), (rule, "the rule of three")):  # fmt: skip
            _hold(one, level, f"{what} at {level}")
        figures = [figure for one in (score, exact, own) for figure in (one.least(), one.mean())]
        rows.append((f"{100 * level:g}", *map(_per_cent, [*figures, rule.least()])))
    yield from _table(head, rows)


def _hold(coverage: Coverage, level: float, what: str) -> None:
    """Stop where an interval that promises its level for every truth covers less.

    Raises:
        SystemExit: It does.
    """
    least = coverage.least()
    if least is None or least < level - _SLACK:
        raise SystemExit(f"{what} covers {least} at its least, and promises {level}")


def _simulations() -> Iterator[str]:
    yield from (
        "### By simulation",
        "",
        f"{_DRAWS:,} samples drawn for each of {len(_DRAWN_SIZES) * len(_DRAWN_SHARES)} pairs of a size ({', '.join(f'{size:,}' for size in _DRAWN_SIZES)}) and a true share ({', '.join(f'{100 * share:g} %' for share in _DRAWN_SHARES)}),",
        f"at {100 * _LEVEL:g} %; for the hypergeometric interval out of {_POPULATION:,} records. The last column is the largest distance between the",
        "two in any pair, in Monte Carlo errors of that pair; the bench stops where it is over "
        f"{_MOST_ERRORS}.",
        "",
    )
    head = ("interval", "least, drawn", "least, computed", "mean, drawn", "mean, computed", "Monte Carlo error of the mean", "of a pair, at most", "largest distance")  # fmt: skip
    generator = np.random.default_rng(_SEED)
    makes: dict[str, tuple[_Make, int | None]] = {
        "Wilson": (_wilson, None),
        "exact binomial": (_exact, None),
        "hypergeometric": (lambda size: _finite(size, _POPULATION), _POPULATION),
        "rule of three by itself": (_rule, None),
    }
    rows = [
        (name, *_simulate(make, population, generator, name)) for name, (make, population) in makes.items()
    ]
    yield from _table(head, rows)


def _simulate(
    make: _Make, population: int | None, generator: np.random.Generator, name: str
) -> tuple[str, ...]:
    """Set drawn coverage beside computed coverage, over all pairs of a size and a share.

    Raises:
        SystemExit: The two are farther apart than chance puts them.
    """
    drawn, computed = [], []
    for size in _DRAWN_SIZES:
        bounds = make(size)
        for share in _DRAWN_SHARES:
            drawn.append(covering.simulated(bounds, _draw(generator, size, share, population), share, _DRAWS))
            computed.append(covering.at(bounds, size, share, population))
    shares, truths = np.array(drawn), np.array(computed)
    # The error is that of the computed coverage: a drawn one of 100 % would have none.
    errors = np.sqrt(truths * (1 - truths) / _DRAWS)
    apart = np.abs(shares - truths)
    distance = float(np.divide(apart, errors, out=np.zeros_like(apart), where=errors > 1e-9).max())
    if distance > _MOST_ERRORS:
        raise SystemExit(
            f"{name}: a drawn coverage lies {distance:.1f} Monte Carlo errors from the computed one"
        )
    mean_error = float(np.sqrt((errors**2).sum())) / len(errors)
    return (
        *map(_per_cent, (shares.min(), truths.min(), shares.mean(), truths.mean())),
        f"± {100 * mean_error:.3f}",
        f"± {100 * errors.max():.3f}",
        f"{distance:.1f}",
    )


def _draw(
    generator: np.random.Generator, size: int, share: float, population: int | None
) -> Callable[[int], NDArray[np.int64]]:
    """Give the function that draws numbers of cases in so many samples."""
    if population is None:
        return partial(generator.binomial, size, share)
    cases = round(share * population)
    return partial(generator.hypergeometric, cases, population - cases, size)


def tables() -> str:
    """Compute every table."""
    parts = (_endless, _without_replacement, _no_case, _other_levels, _simulations)
    lines = ["Coverage in per cent, rounded down.", ""]
    return "\n".join([*lines, *(line for part in parts for line in part())])


def main() -> None:
    """Compute, print and write the tables."""
    text = tables()
    page = _PAGE.read_text("utf-8")
    before, rest = page.split(_BEGIN)
    after = rest.split(_END)[1]
    _PAGE.write_text(f"{before}{_BEGIN}\n\n{text}\n{_END}{after}", encoding="utf-8")
    print(f"{text}\nWritten: {_PAGE.relative_to(_ROOT)}")


if __name__ == "__main__":
    main()
