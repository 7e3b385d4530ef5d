"""What a list of flagged areas was worth: hit rate, PAI, PEI* and the measures beside them, pooled and period by period.

Several names in use have several definitions. Here each definition has a name of its own, and the bare names are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from answerable.hindsight.arrays import Floats
from answerable.hindsight.caught import Caught, Obtainable, Range
from answerable.wording import count, plural

__all__ = [
    "Measured",
    "hit_rate",
    "named",
    "pai",
    "pei_general",
    "pei_star",
    "predicted_over_observed",
    "rri_hit_rate_ratio",
    "rri_levine",
    "rri_pai_equal_cells",
    "rri_predicted_over_observed",
    "rri_share_recaptured",
    "ser",
]

_PEI = "pei_star (the optimum over the same area) and pei_general (the optimum over an area of its own)"
_RRI = (
    "rri_predicted_over_observed, rri_hit_rate_ratio (over a baseline's hit rate), rri_pai_equal_cells, rri_levine and "
    "rri_share_recaptured"
)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One measure of a list, pooled and by period.

    Attributes:
        title: The measure's name, which has one definition.
        definition: The formula, with n the events in the flagged areas, N all events, a the flagged and A the whole area.
        pooled: Of the sums over all periods; None where it is not defined.
        mean: The mean over the periods in which it is defined; it differs from the pooled one. None where there is none.
        by_period: Its value in each period, expected over ties, of shape (periods,); nan where it is not defined.
        undefined: In how many periods it is not defined.
        notes: What a careful reader has to know, one sentence each.
    """

    title: str
    definition: str
    pooled: Range | None
    mean: Range | None
    by_period: Floats
    undefined: int
    notes: tuple[str, ...] = ()


def _measured(
    name: str, definition: str, caught: Caught, over: Floats, whole: float, *notes: str, why: str = "no event"
) -> Measured:
    """Divide the events that were caught, in each period and in all together."""
    bounds = (caught.least, caught.expected, caught.most)
    defined = over > 0
    undefined = int((~defined).sum())
    ratios = [np.divide(part, over, out=np.full(len(over), np.nan), where=defined) for part in bounds]
    said = list(notes)
    if undefined:
        said.append(
            f"In {count(undefined)} of {plural(len(over), 'period')} it is not defined ({why}); the mean is over the others."
        )
    if caught.tied:
        said.append(
            f"In {count(caught.tied)} of {plural(len(over), 'period')} areas tied for the last places of the list: the least, the "
            "expected and the most are given."
        )
    return Measured(
        name,
        definition,
        Range(*(float(part.sum() / whole) for part in bounds)) if whole > 0 else None,
        Range(*(float(ratio[defined].mean()) for ratio in ratios)) if defined.any() else None,
        ratios[1],
        undefined,
        tuple(said),
    )


def hit_rate(caught: Caught) -> Measured:
    """Give the share of the events that fell in the flagged areas, n/N.

    Source: K. J. Bowers, S. D. Johnson & K. Pease, Prospective hot-spotting: the future of crime mapping?, Br. J. Criminol. 44
    (2004) 641-658.
    """
    return _measured("hit rate", "n/N", caught, caught.events.astype(np.float64), float(caught.events.sum()))


def pai(caught: Caught) -> Measured:
    """Give the predictive accuracy index, (n/N)/(a/A): 1 where the flagged areas held no more than their part of the area.

    The pooled index divides the pooled hit rate by the mean flagged share of the area. The mean of the periods weighs a period
    with one event as much as one with thirty.

    Source: S. Chainey, L. Tompson & S. Uhlig, The utility of hotspot mapping for predicting spatial patterns of crime, Secur. J.
    21 (2008) 4-28.
    """
    share = caught.area / caught.study
    return _measured(
        "PAI",
        "(n/N)/(a/A)",
        caught,
        caught.events * share,
        float(caught.events.sum() * share.mean()),
        why="no event, or no flag",
    )


def pei_star(caught: Caught) -> Measured:
    """Give PEI*, n/n*: of the events that a list over the same area could have held, the share that it did.

    Where no period has more areas with an event than flags, a perfect list would have held all events: PEI* is then the hit
    rate, and a note says so.

    Source: the efficiency index of J. M. Hunt, Do crime hot spots move? (dissertation, American University, 2016), with the
    optimum over the same area as the forecasting challenge of the National Institute of Justice (2016) defines PEI*.
    """
    notes = []
    if (caught.event_cells <= caught.cells).all() and caught.equal:
        notes.append("No period has more areas with an event than flags, so that PEI* equals the hit rate.")
    if not caught.equal:
        notes.append(
            "Areas differ in size: the optimum fills the same area, its last area in part, and is an upper bound."
        )
    return _measured(
        "PEI*", "n/n*, n* over the same area", caught, caught.best, float(caught.best.sum()), *notes,
        why="nothing could be caught",
    )  # fmt: skip  # the definition stands in one line


def pei_general(caught: Caught, optimum: Obtainable) -> Measured:
    """Give the general PEI, (n/a_p)/(n*/a_r): where the optimum's area a_r may differ from the flagged area a_p.

    Args:
        caught: What the list held.
        optimum: What a list of the other size could have held, from `obtainable`.

    Raises:
        ValueError: The two are not of the same periods.
    """
    if optimum.events.shape != caught.events.shape:
        raise ValueError("the optimum is of the same periods as the list")
    ratio = np.divide(
        optimum.events * caught.area, optimum.area, out=np.zeros(caught.periods), where=optimum.area > 0
    )
    whole = optimum.events.sum() / optimum.area.sum() * caught.area.sum() if optimum.area.any() else 0.0
    return _measured(
        "PEI, general",
        "(n/a_p)/(n*/a_r)",
        caught,
        ratio,
        float(whole),
        why="nothing could be caught, or no flag",
    )


def ser(caught: Caught) -> Measured:
    """Give the search efficiency rate, n/a: events for each unit of flagged area, in the unit of the sizes.

    It depends on how many events there are, and is compared only at the same N.

    Source: Bowers, Johnson & Pease (2004), as above.
    """
    return _measured("SER", "n/a", caught, caught.area, float(caught.area.sum()), why="no flag")


def predicted_over_observed(caught: Caught) -> Measured:
    """Give the sum of all predicted counts over all events: 1 where as many events were predicted as came.

    Raises:
        ValueError: The list has no scores.
    """
    predicted = _scores(caught, caught.predicted)
    return _quotient(
        "predicted/observed", "sum of predictions / N", predicted, *[caught.events.astype(float)] * 3
    )


def rri_predicted_over_observed(caught: Caught) -> Measured:
    """Give the predicted counts of the flagged areas over their events: under one, less was predicted there than came.

    Raises:
        ValueError: The list has no scores.

    Source: the recovery rate index of the R package ptools.
    """
    predicted = _scores(caught, caught.predicted_caught)
    return _quotient(
        "RRI, predicted/observed in the flagged areas",
        "sum of predictions in the flagged areas / n",
        predicted, caught.most, caught.expected, caught.least,
    )  # fmt: skip  # arguments in the order of the bounds


def rri_pai_equal_cells(caught: Caught) -> Measured:
    """Give n/((k/cells) N), which is the PAI of cells of the same size, under the name RRI.

    Raises:
        ValueError: Areas differ in size.
    """
    if not caught.equal:
        raise ValueError(
            "areas differ in size: n/((k/cells) N) is defined for cells of the same size; use pai"
        )
    share = caught.cells / caught.areas
    return _measured(
        "RRI, n/((k/cells) N)", "n/((k/cells) N)", caught, caught.events * share,
        float(caught.events.sum() * share.mean()), "For cells of the same size it is the PAI.", why="no event, or no flag",
    )  # fmt: skip  # arguments in the order of `_measured`


def rri_hit_rate_ratio(caught: Caught, baseline: Caught) -> Measured:
    """Give the hit rate over the hit rate of a baseline's list in the same periods; 1 where they held as much.

    Raises:
        ValueError: The two are not of the same periods and events.
    """
    _of_same_length(caught, baseline)
    if (caught.events != baseline.events).any():
        raise ValueError("a list and its baseline are judged on the same events")
    return _quotient(
        "RRI, hit rate over the baseline's", "(n/N) / (n_b/N)", caught.expected,
        baseline.most, baseline.expected, baseline.least, above=(caught.least, caught.most),
        why="the baseline caught nothing",
    )  # fmt: skip  # arguments in the order of the bounds


def rri_levine(caught: Caught, earlier: Caught) -> Measured:
    """Give (n/N)/(n_1/N_1): how the flagged areas' share of the events changed from an earlier period.

    The definition is as it is told in the literature; it was not checked against its first publication (N. Levine, The "hottest"
    part of a hotspot, Secur. J. 21 (2008) 295-302).

    Args:
        caught: What the flagged areas held.
        earlier: What the same areas held earlier: the same flags or scores, with earlier outcomes in the place of each period's.

    Raises:
        ValueError: The two are not of the same length.
    """
    _of_same_length(caught, earlier)
    growth = np.divide(caught.events, earlier.events, out=np.zeros(caught.periods), where=earlier.events > 0)
    whole = caught.events.sum() / max(earlier.events.sum(), 1)
    return _quotient(
        "RRI, after Levine", "(n/N)/(n_1/N_1)", caught.expected,
        *(part * growth for part in (earlier.most, earlier.expected, earlier.least)),
        above=(caught.least, caught.most), wholes=[float(part.sum() * whole) for part in (earlier.most, earlier.expected, earlier.least)],
        why="no event now, or none earlier in the flagged areas",
    )  # fmt: skip  # arguments in the order of the bounds


def rri_share_recaptured(caught: Caught, earlier: Caught) -> Measured:
    """Give n/n_1: the events of the flagged areas over those that the same areas had earlier.

    Arguments and errors are as in `rri_levine`.
    """
    _of_same_length(caught, earlier)
    return _quotient(
        "RRI, share recaptured", "n/n_1", caught.expected, earlier.most, earlier.expected, earlier.least,
        above=(caught.least, caught.most), why="no event earlier in the flagged areas",
    )  # fmt: skip  # arguments in the order of the bounds


def named(measure: str) -> Callable[..., Measured]:
    """Give a measure by the name of its function; a name that several definitions share is refused.

    Raises:
        ValueError: The name has several definitions, or none.
    """
    plain = measure.strip().lower().replace("-", "_").replace("*", "_star")
    if plain in {"pei", "rri"}:
        raise ValueError(
            f"{plain.upper()} has several definitions: name one of {_PEI if plain == 'pei' else _RRI}"
        )
    if plain not in _NAMED:
        raise ValueError(f"no measure is named {measure!r}; there are {', '.join(_NAMED)}")
    return _NAMED[plain]


_NAMED: dict[str, Callable[..., Measured]] = {
    one.__name__: one
    for one in (
        hit_rate, pai, pei_star, pei_general, ser, predicted_over_observed, rri_predicted_over_observed,
        rri_hit_rate_ratio, rri_pai_equal_cells, rri_levine, rri_share_recaptured,
    )
}  # fmt: skip  # a table of the measures


def _scores(caught: Caught, sums: Floats | None) -> Floats:
    if sums is None or caught.predicted is None:
        raise ValueError("predicted over observed needs predicted counts; a list of flags has none")
    return sums


def _of_same_length(caught: Caught, other: Caught) -> None:
    if caught.periods != other.periods:
        raise ValueError(f"both are of the same periods; these are of {caught.periods} and {other.periods}")


def _quotient(
    name: str,
    definition: str,
    over: Floats,
    *under: Floats,
    above: tuple[Floats, Floats] | None = None,
    wholes: list[float] | None = None,
    why: str = "no event in question",
) -> Measured:
    """Divide numbers by periods, bounded where ties move either; ``under`` gives the largest, the expected and the least divisor.

    The expected divisor decides whether the quotient is defined. Where ties may make the divisor 0 there is no upper bound: it is infinite.
    """
    tops = (over, over, over) if above is None else (above[0], over, above[1])
    sums = [float(part.sum()) for part in under] if wholes is None else wholes
    defined = under[1] > 0
    ratios = [
        np.where(defined, np.divide(top, low, out=np.full(len(low), np.inf), where=low > 0), np.nan)
        for top, low in zip(tops, under, strict=True)
    ]
    undefined = int((~defined).sum())
    notes = (
        (f"In {count(undefined)} of {plural(len(over), 'period')} it is not defined ({why}).",)
        if undefined
        else ()
    )
    pooled = (
        Range(*(float(top.sum() / low) if low > 0 else np.inf for top, low in zip(tops, sums, strict=True)))
        if sums[1] > 0
        else None
    )
    mean = Range(*(float(ratio[defined].mean()) for ratio in ratios)) if defined.any() else None
    return Measured(name, definition, pooled, mean, ratios[1], undefined, notes)
