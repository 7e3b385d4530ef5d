"""Whether a forecast caught more than rules of thumb did with the same area: paired differences with interval and exact test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def compare(
    forecast: Caught,
    outcomes: ArrayLike,
    baselines: Sequence[Baseline],
    *,
    history: ArrayLike | None = None,
    sizes: ArrayLike | None = None,
    periods: ArrayLike | None = None,
    block: int = 7,
    level: float = 0.95,
    replicates: int = 1_000,
    draws: int = 100,
    seed: int = 0,
    name: str = "The forecast",
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
        sizes: The areas' sizes, as they were given for the forecast.
        periods: Labels of the periods (dates or whole numbers), which are then checked to be in order and without gaps.
        block: Periods in a block: a week of days, or more where clusters last longer.
        level: Of the intervals and, with it, of the test.
        replicates: Of the bootstrap.
        draws: How many random orders of tied areas are looked at.
        seed: Of the replicates and orders.
        name: What the forecast is called in the sentence.

    Raises:
        ValueError: The forecast is of other outcomes or sizes, periods are out of order, there is no baseline, a baseline's numbers
            are of other areas, or fewer than two blocks are left.
    """
    events = arrays.counted(outcomes)
    areas, number = events.shape
    arrays.in_order(periods, number)
    size = arrays.sized(sizes, areas)
    if forecast.areas != areas or not np.array_equal(forecast.events, events.sum(axis=0)):
        raise ValueError("the forecast was counted on other outcomes than these")
    if not np.isclose(forecast.study, size.sum()):
        raise ValueError("the forecast was counted with other sizes of areas than these")
    past = Past(events, None if history is None else _history(history, areas))
    if not baselines:
        raise ValueError("a forecast is compared with at least one baseline")
    for one in baselines:
        if one.values is not None and one.values.shape != (areas,):
            raise ValueError(f"{one.name}: each of {plural(areas, 'area')} has one number")
    needed = any(one.kind != "fixed" for one in baselines)
    known = past.known(number)
    kept = np.flatnonzero(known > 0) if needed else np.arange(number)
    own = _Own(forecast, kept, draws)
    found = []
    for place, one in enumerate(baselines):
        generator = np.random.default_rng([seed, place])
        held = _held(past, one, events, kept, forecast, size, draws, generator)
        short = int((known[kept] < one.window).sum()) if one.window else 0
        found.append((one, held, short))
    chance = {"length": block, "level": level, "replicates": replicates, "seed": seed}
    main = blocked(np.array([own.expected - held.expected for _, held, _ in found]), **chance)  # type: ignore[arg-type]  # one dict of several types
    made = []
    for (one, held, short), difference in zip(found, main, strict=True):
        tied = bool(held.tied.any()) or not np.array_equal(own.least, own.most)
        spread = _spread(own, held, draws, chance) if tied and draws else None
        total = Range(float(held.least.sum()), float(held.expected.sum()), float(held.most.sum()))
        verdict = _verdict(difference, level)
        made.append(
            Compared(
                baseline=one.name,
                forecast=own.total,
                caught=total,
                events=own.events,
                periods=len(kept),
                set_apart=number - len(kept),
                short=short,
                tied=int(held.tied.sum()),
                difference=difference,
                ties=spread,
                verdict=verdict,
                sentence=_sentence(name, one, own, total, difference, spread, verdict, short, len(kept)),
            )
        )
    return made


class _Own:
    """What the forecast caught in the periods that are compared."""

    def __init__(self, forecast: Caught, kept: NDArray[np.int64], draws: int) -> None:
        self.least, self.expected, self.most = (
            part[kept] for part in (forecast.least, forecast.expected, forecast.most)
        )
        self.events = int(forecast.events[kept].sum())
        self.total = Range(float(self.least.sum()), float(self.expected.sum()), float(self.most.sum()))
        # With fewer orders drawn than are wanted they are used again; with none, the expected number stands.
        given = forecast.drawn[:, kept] if len(forecast.drawn) else self.expected[None]
        self.drawn = given[np.arange(draws) % len(given)]


def _history(history: ArrayLike, areas: int) -> NDArray[np.int32]:
    given = arrays.counted(history, "earlier outcomes")
    if len(given) != areas:
        raise ValueError(f"earlier outcomes are of the same {plural(areas, 'area')}; these are of {len(given)}")
    return given


def _held(
    past: Past,
    baseline: Baseline,
    events: NDArray[np.int32],
    kept: NDArray[np.int64],
    forecast: Caught,
    size: Floats,
    draws: int,
    generator: np.random.Generator,
) -> edges.Held:
    parts = []
    for some in arrays.chunks(len(events), len(kept)):
        at = kept[some]
        scores, held = past.scores(baseline, at), np.ascontiguousarray(events[:, at[0] : at[-1] + 1].T)
        if forecast.equal:
            parts.append(edges.first_by_score(scores, held, forecast.cells[at], size, draws, generator))
            continue
        least, expected, most = edges.fill(scores / size, held, size, forecast.area[at])
        nothing = np.broadcast_to(expected, (draws, len(at)))
        parts.append(
            edges.Held(least, expected, most, forecast.area[at], np.zeros(len(at)), least < most, nothing)
        )
    return edges.Held(
        *(np.concatenate([getattr(part, field) for part in parts]) for field in ("least", "expected", "most")),
        *(np.concatenate([getattr(part, field) for part in parts]) for field in ("area", "score", "tied")),
        np.concatenate([part.drawn for part in parts], axis=1),
    )


def _spread(own: _Own, held: edges.Held, draws: int, chance: dict[str, float]) -> Spread:
    found = blocked(own.drawn - held.drawn, **chance)  # type: ignore[arg-type]  # one dict of several types
    totals, values = [one.total for one in found], [one.p for one in found]
    bounds = [(one.interval.low, one.interval.high) for one in found if one.interval is not None]
    return Spread(
        draws,
        (min(totals), max(totals)),
        (min(low for low, _ in bounds), max(high for _, high in bounds)) if bounds else None,
        (min(values), max(values)),
        (float((own.least - held.most).sum()), float((own.most - held.least).sum())),
    )


def _verdict(found: Blocked, level: float) -> str:
    """Say which caught detectably more: the interval and the test must both say so."""
    if found.interval is None or found.p > 1 - level or found.interval.low <= 0 <= found.interval.high:
        return "none"
    return "forecast" if found.total > 0 else "baseline"


def _sentence(
    name: str,
    baseline: Baseline,
    own: _Own,
    caught: Range,
    found: Blocked,
    spread: Spread | None,
    verdict: str,
    short: int,
    periods: int,
) -> str:
    held = _number(own.total.expected)
    first = f"{name} caught {held} of {plural(own.events, 'event')}, {baseline.name} {_number(caught.expected)}"
    doubt = f"difference {_signed(found.total)}"
    if found.interval is not None:
        low, high = (_signed(bound) for bound in (found.interval.low, found.interval.high))
        doubt += f", {100 * found.interval.level:g}\u202f% interval {low} to {high}"
    doubt += f", p = {found.p:.2g}"
    said = {
        "baseline": f"{first}: {baseline.name} beats it ({doubt}).",
        "forecast": f"{first}: it beats {baseline.name} ({doubt}).",
        "none": f"{first}: no detectable difference ({doubt}).",
    }[verdict]
    if found.interval is None:
        said += f" {plural(found.blocks, 'block')} of {plural(found.length, 'period')} are too few for an interval."
    elif verdict == "none" and found.detectable is not None:
        said += (
            f" A difference of {_number(found.detectable)} events would have been found in about 80 of 100 such records."
        )
    if spread is not None and spread.difference[0] != spread.difference[1]:
        low, high = (_signed(bound) for bound in spread.difference)
        said += (
            f" Areas tied for the last places: over {count(spread.draws)} random orders of them the difference lay from {low} to "
            f"{high}, and p from {spread.p[0]:.2g} to {spread.p[1]:.2g}."
        )
    if short:
        said += f" In {count(short)} of {plural(periods, 'period')} fewer than {count(baseline.window or 0)} earlier periods are known."
    return said


def _number(value: float) -> str:
    return quantity(round(value, 1), 1)


def _signed(value: float) -> str:
    text = _number(abs(value))
    return text if value >= 0 or text == "0" else f"\N{MINUS SIGN}{text}"
