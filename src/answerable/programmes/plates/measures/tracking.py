"""How identifying the records are: how often a few points of a vehicle's own reads fit no other vehicle.

The definition is unicity: Y.-A. de Montjoye, C. A. Hidalgo, M. Verleysen & V. D. Blondel, Unique in the Crowd: The
privacy bounds of human mobility, Scientific Reports 3, 1376 (2013). Counts alone leave the queries: no vehicle, no
place and no time, and no vehicle can be asked about. Method and measured figures are in docs/method/tracking-power.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.intervals import WILSON, wilson
from answerable.programmes.measure import Computation, Computed, Measure, Parameter, Refusal
from answerable.programmes.plates.points import GRAINS, Grain
from answerable.programmes.plates.sql import query

__all__ = ["DAYS", "MEASURES", "WIDEST", "finish_points", "finish_retention"]

DAYS: tuple[int, ...] = (1, 3, 7, 14, 21, 30, 60, 90, 150, 180, 365)
"""The lengths of retention that are tried, as far as the records reach."""

WIDEST = "500"
"""How many of the vehicles that are spread widest are compared first. No number depends on it, only the time taken."""

_SOURCE = (
    "Unicity, as defined in Y.-A. de Montjoye, C. A. Hidalgo, M. Verleysen & V. D. Blondel, Unique in the Crowd, "
    "Scientific Reports 3, 1376 (2013)."
)
_EVERY = "mean over every choice of points of every vehicle: no sampling interval"
_Parts = Mapping[str, tuple[Part, ...]]
_Parameters = Mapping[str, float]

_CAVEATS = (
    "It is said of the period and the cameras of these records: more of either make records more identifying.",
    "A plate that was misread looks like a vehicle of its own: misreads make the number higher than it should be.",
    "A vehicle is told by its plate, so a changed plate makes two of one, and equal characters of two issuers one of two.",
    "It counts vehicles, not people: who used a vehicle is not in the records.",
    "The points are drawn at random. What somebody knows of another is seldom drawn at random.",
    "A clock hour that is repeated when clocks go back is one hour.",
)


def finish_points(headline: Part | None, parts: _Parts, parameters: _Parameters) -> Computation | Refusal:
    """Put the unicity of one grain together: exact where every choice of points was compared, else from the sample.

    Args:
        headline: How many were told from all others by as many points as the parameter says, among how many.
        parts: By number of points: ``every choice`` where that was compared, else ``points`` from the sample; and
            how many are eligible.
        parameters: ``points``, the number of points of the headline.

    Returns:
        The share, with Wilson's interval where it comes from a sample. The interval takes vehicles and their points
        as drawn anew each time, so where most of the eligible vehicles are in the sample it is wider than need be.
    """
    number = int(parameters["points"])
    if headline is None or not headline.denominator:
        return Refusal(
            reason=f"No vehicle of these records has {wording.plural(number, 'distinct point')}.",
            ask_for="Ask for reads of a longer time, or of more cameras.",
        )
    exact, sampled = (_by_number(parts, name) for name in ("every choice", "points"))
    eligible = _by_number(parts, "eligible vehicles")
    is_exact = str(number) in {part.label for part in exact}
    chosen = headline if is_exact else _with_interval(headline)
    among = next(part.numerator or 0 for part in eligible if part.label == str(number))
    every = [*exact, *map(_with_interval, sampled)]
    return Computation(
        value=chosen.value or 0.0,
        numerator=chosen.numerator,
        denominator=chosen.denominator,
        interval=chosen.interval,
        method=_EVERY
        if is_exact
        else (
            f"{wording.count(headline.denominator)} of {wording.count(among)} eligible vehicles, and their points, drawn "
            f"by md5 of the seed; {WILSON}"
        ),
        breakdowns={
            "points": tuple(sorted(every, key=lambda part: int(part.label))),
            "eligible vehicles": eligible,
        },
        caveats=(_said_of_sample([part.label for part in exact], [part.label for part in sampled]),),
    )


def finish_retention(headline: Part | None, parts: _Parts, parameters: _Parameters) -> Computation | Refusal:
    """Put the curve over retention together; each of its points is a sample with Wilson's interval.

    Args:
        headline: How many of the sample of all days were told from all others.
        parts: By number of days: ``days`` from the samples, and how many were seen.
        parameters: ``points``, how many points are drawn from each trace.
    """
    if headline is None or not headline.denominator:
        return Refusal(
            reason="No read of these records has a plate, a camera and a time.",
            ask_for="Ask for reads with all three.",
        )
    whole = _with_interval(headline)
    seen = {part.label: part for part in parts.get("vehicles seen", ())}
    return Computation(
        value=whole.value or 0.0,
        numerator=whole.numerator,
        denominator=whole.denominator,
        interval=whole.interval,
        method=f"{wording.count(headline.denominator)} vehicles and their points, drawn by md5 of the seed; {WILSON}",
        breakdowns={
            "days": tuple(_of_all(part, seen[part.label]) for part in _by_number(parts, "days")),
            "vehicles seen": _by_number(parts, "vehicles seen"),
        },
        caveats=(
            f"A vehicle with fewer than {wording.plural(parameters['points'], 'point')} in the days counted stays in the "
            "denominator, as one that is not told from all others.",
        ),
    )


def _with_interval(part: Part) -> Part:
    """Give a part the interval of the sample that it counts."""
    return replace(part, interval=_wilson(part.numerator, part.denominator))


def _of_all(part: Part, seen: Part) -> Part:
    """Give a share of the vehicles seen in the days kept as a share of all vehicles of the records, which are counted whole."""
    sampled = _with_interval(part)
    kept = (seen.numerator or 0) / (seen.denominator or 1)
    value, interval = (sampled.value or 0) * kept, sampled.interval
    if interval is not None:
        interval = replace(interval, low=interval.low * kept, high=interval.high * kept)
    return Part(part.label, value, value * (seen.denominator or 0), seen.denominator, interval)


def _wilson(count: float | None, sample: float | None) -> Interval | None:
    return wilson(int(count or 0), int(sample)) if sample else None


def _by_number(parts: _Parts, breakdown: str) -> tuple[Part, ...]:
    return tuple(sorted(parts.get(breakdown, ()), key=lambda part: int(part.label)))


def _said_of_sample(exact: list[str], sampled: list[str]) -> str:
    """Say for which numbers of points every choice was compared, and what that means for a count of vehicles."""
    if not exact:
        return (
            "Every number of points is estimated from a sample of vehicles, with one choice of points each."
        )
    mean = "is a mean over every choice, so that its count of vehicles is the one to be expected"
    if not sampled:
        return f"The share {mean}."
    return (
        f"For {wording.listing(exact, joiner='or')} points the share {mean}; for {wording.listing(sampled, joiner='or')} "
        "it is estimated from a sample of vehicles, with one choice of points each."
    )


_SAMPLE = Parameter(10_000, "vehicles", "How many are drawn at most.", 1, 1e6)
_POINTS = Parameter(4, "points", "How many points are drawn from each trace.", 1, 6)
_CHOICES = Parameter(
    1_000_000,
    "choices of points",
    "Up to how many choices of points each is compared, in place of drawing a sample.",
    0,
    1e8,
)


def _unicity(grain: Grain) -> Computed:
    """Make the measure of one grain."""
    return Computed(
        name=f"reads.unicity.{grain.id}",
        title=f"How identifying the records are, by {grain.title}",
        definition=(
            f"A point is {grain.point} with a read of the vehicle. Among vehicles with at least {{points}} distinct points: "
            "those of which no other vehicle shares all of {points} points, drawn at random without replacement from "
            "the vehicle's own. Where up to {choices} choices of points need comparing, all are, and the number is the "
            "mean over them; else it is estimated from a sample. The breakdown gives 1 to 6 points, and how many "
            "vehicles have so many."
        ),
        unit="share of vehicles",
        needs=grain.needs,
        sentence=(
            "{points} points drawn at random from a vehicle's own reads, each "
            f"{grain.point}, fit no other vehicle for {{counted}} with at least {{points}} points."
        ),
        rule="no other vehicle has a read in every one of the {points} cells of place and time",
        source=_SOURCE,
        neutral="0",
        parameters={"points": _POINTS, "sample": _SAMPLE, "choices": _CHOICES},
        caveats=_CAVEATS,
        sql=query(
            "unicity",
            sampled=query("unicity_sampled", points=grain.view, widest=WIDEST),
            exact=query("unicity_exact", points=grain.view),
        ),
        finish=finish_points,
    )


_RETENTION = Computed(
    name="reads.tracking_by_retention",
    title="How identifying the records would be, by days kept",
    definition=(
        "Of all vehicles of the records, those with at least {points} distinct points (a camera and a clock hour) of which no "
        "other vehicle shares all of {points} points drawn at random from them. The number is for all days of the records; the "
        "breakdown gives it as if reads older than so many days had been deleted, among the same vehicles: one that is not seen in "
        "the days kept is one that is not told from the others. Each is estimated from a sample of the vehicles seen in those days."
    ),
    unit="share of vehicles",
    needs=("plate", "camera", "read_at"),
    sentence=(
        "With all days of these records kept, {points} points drawn at random from a vehicle's own reads, each a camera "
        "and a clock hour, fit no other vehicle for {counted} seen in them."
    ),
    rule="calendar days by the clock of the records, the last day with a read counted as the first day kept",
    source=f"{_SOURCE} The denominator is ours: all vehicles of the records, for a shorter retention leaves fewer vehicles, and fewer with enough points.",
    neutral="0",
    parameters={"points": _POINTS, "sample": _SAMPLE},
    caveats=(*_CAVEATS, "Another period of as many days would give another number."),
    sql=query(
        "tracking_by_retention",
        points="points_camera_hour",
        widest=WIDEST,
        days=", ".join(f"({days})" for days in (0, *DAYS)),
        ages=" ".join(f"WHEN age < {days} THEN {days}" for days in DAYS),
    ),
    finish=finish_retention,
)

MEASURES: tuple[Measure, ...] = (*map(_unicity, GRAINS), _RETENTION)
"""The measures of tracking power, in the order of the report."""
