"""Whether a forecast caught more than rules of thumb did with the same area: paired differences with interval and exact test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.hindsight import arrays, edges
from answerable.hindsight.arrays import Floats
from answerable.hindsight.baselines import Baseline, Past
from answerable.hindsight.blocks import Blocked, blocked
from answerable.hindsight.caught import Caught, Range
from answerable.wording import count, plural, quantity

__all__ = ["Compared", "Spread", "compare"]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far random orders of tied areas move a comparison.

    Attributes:
        draws: How many orders were drawn.
        difference: The least and the greatest difference among them.
        interval: The lowest and the highest bound of their intervals; None where there is no interval.
        p: The least and the greatest p-value.
        extremes: The difference if every tie fell against the forecast, and if every tie fell for it.
    """

    draws: int
    difference: tuple[float, float]
    interval: tuple[float, float] | None
    p: tuple[float, float]
    extremes: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A forecast and one baseline, judged on the same periods with the same area.

    Attributes:
        baseline: The baseline's name, with its window.
        forecast: Events that the forecast caught.
        caught: Events that the baseline caught.
        events: All events of the periods that were compared.
        periods: How many periods were compared.
        set_apart: How many were not, for want of any earlier outcome.
        short: In how many of the compared periods fewer earlier periods are known than the baseline's window has.
        tied: In how many periods the baseline's areas tied at the edge of its list.
        difference: Forecast less baseline, ties taken at their expected number, with its doubt.
        ties: How far the order of tied areas moves it; None where there is no tie.
        verdict: ``forecast``, ``baseline`` or ``none``: which of them caught detectably more.
        sentence: The comparison in words.
        counts: What the forecast and the baseline caught in each compared period, ties at their expected number.
    """

    baseline: str
    forecast: Range
    caught: Range
    events: int
    periods: int
    set_apart: int
    short: int
    tied: int
    difference: Blocked
    ties: Spread | None
    verdict: str
    sentence: str
    counts: tuple[Floats, Floats] = field(compare=False)


def compare(
    forecast: Caught,
    outcomes: ArrayLike,
    baselines: Sequence[Baseline],
    *,
    history: ArrayLike | None = None,
    only: ArrayLike | None = None,
    sizes: ArrayLike | None = None,
    periods: ArrayLike | None = None,
    block: int = 7,
    level: float = 0.95,
    replicates: int = 1_000,
    draws: int = 100,
    seed: int = 0,
) -> list[Compared]:
    """Compare what a forecast caught with what baselines would have caught on the same periods.

    Each baseline flags as many areas as the forecast did in the period; where areas differ in size, it fills the same area in the
    order of its counts for each unit of size, the last area in part. All baselines are judged on the same periods: those before
    which some outcome is known, if any of them is made of outcomes.

    Args:
        forecast: From `by_scores` or `by_flags`, with the same outcomes.
        outcomes: Events, of shape (areas, periods), periods in order.
        baselines: At least one.
        history: Outcomes of the periods right before the first, of shape (areas, periods before).
        only: Which periods are compared, of shape (periods,); all where left out. What happened in the others is known to the baselines.
        sizes: The areas' sizes, as they were given for the forecast.
        periods: Labels of the periods (dates or whole numbers), which are then checked to be in order and without gaps.
        block: Periods in a block: a week of days, or more where clusters last longer.
        level: Of the intervals and, with it, of the test.
        replicates: Of the bootstrap.
        draws: How many random orders of tied areas are looked at.
        seed: Of the replicates and orders.

    Returns:
        One comparison for each baseline, in the same order.

    Raises:
        ValueError: The forecast is of other outcomes or sizes, no period is to be compared, periods are out of order, there is no baseline, a baseline's numbers
            are of other areas, or fewer than two blocks are left.
    """
    events = arrays.counted(outcomes)
    areas, number = events.shape
    arrays.in_order(periods, number)
    size = arrays.sized(sizes, areas)
    _check(forecast, events, size, baselines)
    past = Past(events, None if history is None else _history(history, areas))
    known = past.known(number)
    needed = any(one.kind != "fixed" for one in baselines)
    wanted = _wanted(only, number)
    kept = wanted[known[wanted] > 0] if needed else wanted
    own = _own(forecast, kept, draws)

    def doubt(values: Floats) -> list[Blocked]:
        return blocked(values, length=block, level=level, replicates=replicates, seed=seed)

    held = [
        _held(past, one, events, kept, forecast=forecast, size=size, draws=draws, seed=seed)
        for one in baselines
    ]
    differences = doubt(np.array([own.expected - one.expected for one in held]))
    made = []
    for one, theirs, difference in zip(baselines, held, differences, strict=True):
        tied = bool(theirs.tied.any() or own.tied.any())
        whole = Compared(
            baseline=one.label,
            forecast=own.total,
            caught=theirs.total,
            events=int(forecast.events[kept].sum()),
            periods=len(kept),
            set_apart=len(wanted) - len(kept),
            short=int((known[kept] < one.window).sum()) if one.window else 0,
            tied=int(theirs.tied.sum()),
            difference=difference,
            ties=_spread(own, theirs, doubt(own.drawn - theirs.drawn)) if tied and draws else None,
            verdict=_verdict(difference, level),
            sentence="",
            counts=(own.expected, theirs.expected),
        )
        made.append(replace(whole, sentence=_sentence(whole, level, one.window or 0)))
    return made


def _check(forecast: Caught, events: NDArray[np.int32], size: Floats, baselines: Sequence[Baseline]) -> None:
    if forecast.areas != len(events) or not np.array_equal(forecast.events, events.sum(axis=0)):
        raise ValueError("the forecast was counted on other outcomes than these")
    if not np.isclose(forecast.study, size.sum()) or forecast.equal != bool((size == size[0]).all()):
        raise ValueError("the forecast was counted with other sizes of areas than these")
    if not baselines:
        raise ValueError("a forecast is compared with at least one baseline")
    for one in baselines:
        if one.values is not None and one.values.shape != size.shape:
            raise ValueError(f"{one.label}: each of {plural(len(events), 'area')} has one number")


def _wanted(only: ArrayLike | None, periods: int) -> NDArray[np.int64]:
    """Give the places of the periods that are to be compared."""
    if only is None:
        return np.arange(periods)
    given = np.asarray(only, dtype=bool)
    if given.shape != (periods,) or not given.any():
        raise ValueError(
            f"which of {plural(periods, 'period')} are compared is true or false for each, and true for one at least"
        )
    return np.flatnonzero(given)


def _history(history: ArrayLike, areas: int) -> NDArray[np.int32]:
    given = arrays.counted(history, "earlier outcomes")
    if len(given) != areas:
        raise ValueError(
            f"earlier outcomes are of the same {plural(areas, 'area')}; these are of {len(given)}"
        )
    return given


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """What one side caught in the periods that are compared; arrays as in `edges.Held`."""

    least: Floats
    expected: Floats
    most: Floats
    tied: NDArray[np.bool_]
    drawn: Floats

    @property
    def total(self) -> Range:
        return Range(float(self.least.sum()), float(self.expected.sum()), float(self.most.sum()))


def _own(forecast: Caught, kept: NDArray[np.int64], draws: int) -> _Side:
    least, expected, most = (part[kept] for part in (forecast.least, forecast.expected, forecast.most))
    # With fewer orders drawn than are wanted they are used again; with none, the expected number stands.
    given = forecast.drawn[:, kept] if len(forecast.drawn) else expected[None]
    return _Side(least, expected, most, least < most, given[np.arange(draws) % len(given)])


def _held(
    past: Past,
    baseline: Baseline,
    events: NDArray[np.int32],
    kept: NDArray[np.int64],
    *,
    forecast: Caught,
    size: Floats,
    draws: int,
    seed: int,
) -> _Side:
    """Count what a baseline caught, some periods at a time."""
    generator = np.random.default_rng(seed)
    parts = []
    for some in arrays.chunks(len(events), len(kept)):
        at = kept[some]
        scores, held = past.scores(baseline, at), np.ascontiguousarray(events[:, at].T)
        if forecast.equal:
            part = edges.of_highest(scores, held, forecast.cells[at], size, draws=draws, generator=generator)
            parts.append(_Side(part.least, part.expected, part.most, part.tied, part.drawn))
        else:
            least, expected, most = edges.fill(scores / size, held, size, forecast.area[at])
            still = np.broadcast_to(expected, (draws, len(at)))
            parts.append(_Side(least, expected, most, least < most, still))
    return _Side(
        np.concatenate([part.least for part in parts]),
        np.concatenate([part.expected for part in parts]),
        np.concatenate([part.most for part in parts]),
        np.concatenate([part.tied for part in parts]),
        np.concatenate([part.drawn for part in parts], axis=1),
    )


def _spread(own: _Side, theirs: _Side, found: list[Blocked]) -> Spread:
    totals, values = [one.total for one in found], [one.p for one in found]
    bounds = [(one.interval.low, one.interval.high) for one in found if one.interval is not None]
    return Spread(
        len(found),
        (min(totals), max(totals)),
        (min(low for low, _ in bounds), max(high for _, high in bounds)) if bounds else None,
        (min(values), max(values)),
        (own.total.least - theirs.total.most, own.total.most - theirs.total.least),
    )


def _verdict(found: Blocked, level: float) -> str:
    """Say which caught detectably more: the interval and the test must both say so."""
    if found.interval is None or found.p > 1 - level or found.interval.low <= 0 <= found.interval.high:
        return "none"
    return "forecast" if found.total > 0 else "baseline"


def _sentence(made: Compared, level: float, window: int) -> str:
    held, found, spread = _number(made.forecast.expected), made.difference, made.ties
    first = f"The forecast caught {held} of {plural(made.events, 'event')}, {made.baseline} {_number(made.caught.expected)}"
    doubt = f"difference {_signed(found.total)}"
    if found.interval is not None:
        low, high = (_signed(bound) for bound in (found.interval.low, found.interval.high))
        doubt += f", {100 * found.interval.level:g}\u202f% interval {low} to {high}"
    doubt += f", p = {found.p:.2g}"
    said = {
        "baseline": f"{first}: {made.baseline} beats it ({doubt}).",
        "forecast": f"{first}: it beats {made.baseline} ({doubt}).",
        "none": f"{first}: no detectable difference ({doubt}).",
    }[made.verdict]
    if found.interval is None:
        said += f" {plural(found.blocks, 'block')} of {plural(found.length, 'period')} are too few for an interval."
    elif made.verdict == "none" and found.detectable is not None:
        said += f" A difference of {_number(found.detectable)} events would have been found in about 80 of 100 such records."
    if spread is not None and spread.difference[0] != spread.difference[1]:
        low, high = (_signed(bound) for bound in spread.difference)
        said += (
            f" Areas tied for the last places: over {count(spread.draws)} random orders of them the difference lay from {low} to "
            f"{high}, and p from {spread.p[0]:.2g} to {spread.p[1]:.2g}."
        )
        if spread.p[0] <= 1 - level < spread.p[1]:
            said += " Whether there is a detectable difference depends on that order."
    elif spread is not None and spread.extremes[0] != spread.extremes[1]:
        low, high = (_signed(bound) for bound in spread.extremes)
        said += f" Areas tied for the last places: the difference is {low} if every tie falls against it, and {high} if every tie falls for it."
    if made.short:
        said += f" In {count(made.short)} of {plural(made.periods, 'period')} fewer than {count(window)} earlier periods are known."
    return said


def _number(value: float) -> str:
    return quantity(round(value, 1), 1)


def _signed(value: float) -> str:
    text = _number(abs(value))
    return text if value >= 0 or text == "0" else f"\N{MINUS SIGN}{text}"
