"""Who lived under the forecast: flags of areas beside those who live there, and what explains them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.hindsight import Exposure, concentration, exposure, per_resident, proxies
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.measures.worth import tabled
from answerable.programmes.measure import Computation, Measure, Refusal

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_Floats = NDArray[np.float64]
_Pick = Callable[[Exposure], tuple[float | None, Interval | None]]
_CENSUS = "U.S. Census Bureau, Understanding and Using American Community Survey Data (2020), chapter 7, for margins of error."
_FREEDMAN = "D. Freedman & D. Lane, J. Bus. Econ. Stat. 1 (1983) 292-298, for the exchange of residuals; docs/method/forecasts.md."
_LIVE = (
    "Residents are those whom the census counts: who passes through, works or is stopped there is not in it."
)
_NO_GROUPS = Refusal(
    reason="What groups live in the areas is not in the records, or not of enough areas.",
    ask_for="Add a file of the composition of each area's population, with its margins of error, and of the populations.",
)
_EVERYBODY = 0.999  # a share that a group has in every area where it holds everybody
_ROUNDED = 0.01  # over 1, which a share may be by rounding or by a census of another year
_FIFTHS = ("lowest fifth", "second fifth", "third fifth", "fourth fifth", "highest fifth")


def _groups(found: Judged) -> Mapping[str, tuple[_Floats, _Floats]]:
    """Give the groups whose share is known of some area, but those that hold everybody, such as a total."""
    if found.population is None:
        return {}
    return {
        name: (np.where((shares > 1) & (shares <= 1 + _ROUNDED), 1.0, shares), margins)
        for name, (shares, margins) in found.groups.items()
        if (shares < _EVERYBODY).any()
    }


def _largest(found: Judged, groups: Mapping[str, tuple[_Floats, _Floats]]) -> str:
    people = np.zeros(len(found.outcomes)) if found.population is None else found.population
    return max(groups, key=lambda name: float(np.nan_to_num(groups[name][0]) @ people))


def _exposed(
    found: Judged, shares: _Floats, margins: _Floats, seed: int, laid: _Floats | None = None
) -> tuple[Exposure, tuple[str, ...]]:
    """Set what was laid on the areas, flags unless something else is given, beside who lives there.

    Areas whose composition is not known are left out, and said to be.
    """
    known = ~np.isnan(shares)
    people = np.zeros(len(shares)) if found.population is None else found.population
    laid = found.times_flagged() if laid is None else laid
    stated = margins[known]
    missing, unknown = int(np.isnan(stated).sum()), int((~known).sum())
    notes = []
    if unknown:
        notes.append(
            f"The composition of {wording.plural(unknown, 'area')} with {wording.count(people[~known].sum())} residents is not known; they are left out."
        )
    if 0 < missing < len(stated):
        notes.append(
            f"The margin of error of {wording.plural(missing, 'area')} is not stated and is taken as 0: the interval is too narrow."
        )
    of_people = found.population_margin[known]
    none = int((np.isnan(of_people) & (people[known] > 0)).sum())
    if none and (missing < len(stated) or none < len(of_people)):
        notes.append(
            f"The margin of error of the population of {wording.plural(none, 'area')} of {wording.count(len(of_people))} is not stated and is taken as 0."
        )
    made = exposure(
        laid[known],
        people[known],
        shares[known],
        population_margin=None if np.isnan(of_people).all() else np.nan_to_num(of_people),
        shares_margin=None if missing == len(stated) else np.nan_to_num(stated),
        seed=seed,
    )
    return made, tuple(notes)


def _by_group(
    pick: _Pick, *, bars: bool = False, patrols: bool = False
) -> Callable[[Judged, _Parameters, int], Computation | Refusal]:
    """Make a function of a measure that sets people outside of the largest group beside those in it, and each group beside the rest."""

    def make(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
        del parameters
        groups = _groups(found)
        if not groups or found.population is None:
            return _NO_GROUPS
        if patrols and found.hours is None:
            return Refusal(
                reason="No patrol says in which area it was and for how long.",
                ask_for="Ask for the area, the start and the end of each patrol.",
            )
        laid = found.hours if patrols else None
        largest = _largest(found, groups)
        shares, margins = groups[largest]
        others, notes = _exposed(found, 1 - shares, margins, seed, laid)
        value, interval = pick(others)
        if value is None:
            return _NO_GROUPS
        parts = []
        for name in sorted(groups):
            each = pick(_exposed(found, *groups[name], seed, laid)[0])
            parts.append(Part(name, each[0], None, None, each[1]))
        breakdowns = {"group": tuple(parts)}
        if bars:
            breakdowns["flags per 1,000 residents, by fifths of areas"] = _fifths(found, 1 - shares)
        return Computation(
            value=value,
            interval=interval,
            method=interval.method
            if interval
            else "the census's figures are taken as they stand: no interval",
            breakdowns=breakdowns,
            caveats=(
                f"The largest group is {largest}; the headline is of everybody else.",
                *others.notes,
                *notes,
            ),
        )

    return make


def _fifths(found: Judged, shares: _Floats) -> tuple[Part, ...]:
    """Give flags per 1,000 residents, in fifths of the areas by the share of people outside of the largest group."""
    flags = found.times_flagged()
    population = np.zeros(len(flags)) if found.population is None else found.population
    order = np.argsort(shares, kind="stable")[: int((~np.isnan(shares)).sum())]
    parts = []
    for label, places in zip(_FIFTHS, np.array_split(order, len(_FIFTHS)), strict=True):
        if len(places) and population[places].sum() > 0:
            given, people = float(flags[places].sum()), population[places]
            interval = per_resident(1_000 * given, people, np.nan_to_num(found.population_margin[places]))
            parts.append(
                Part(
                    f"{label} ({_percent(shares[places].min())} to {_percent(shares[places].max())})",
                    1_000 * given / float(people.sum()),
                    None,
                    None,
                    interval,
                )
            )
    return tuple(parts)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"


def _concentration(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters, seed
    made = (
        concentration(flags=found.flags)
        if found.flags is not None
        else concentration(scores=found.scores, k=found.cells)
    )
    (ever, ever_most), (always, always_most) = made.ever, made.always
    parts = [
        Part("areas ever flagged", ever / made.areas, ever, made.areas),
        Part("areas flagged in every period", always / made.areas, always, made.areas),
    ]
    if ever_most > ever or always_most > always:
        parts += [
            Part("areas ever flagged, if ties fall for them", ever_most / made.areas, ever_most, made.areas),
            Part(
                "areas flagged in every period, if ties fall for them",
                always_most / made.areas,
                always_most,
                made.areas,
            ),
        ]
    parts.append(Part("Gini coefficient of flags over areas", made.gini, None, None))
    return Computation(
        value=made.top_share,
        numerator=made.top_share * made.flags,
        denominator=made.flags,
        breakdowns={"flags": tuple(parts)},
        caveats=(
            f"The tenth is {wording.plural(made.top_areas, 'area')} of {wording.count(made.areas)}, over {wording.plural(made.periods, found.unit)}.",
        ),
    )


def _added(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters
    groups = _groups(found)
    if not groups or found.population is None:
        return _NO_GROUPS
    largest = _largest(found, groups)
    history = found.past.history
    earlier = history is not None and history.shape[1] >= len(found.starts)
    past = history.sum(axis=1) if history is not None and earlier else found.outcomes.sum(axis=1)
    known = ~np.isnan(groups[largest][0])
    made = proxies(found.times_flagged()[known], past[known], 1 - groups[largest][0][known], seed=seed)
    parts = (
        Part("past counts", made.past, None, None),
        Part("demographics alone", made.demographics, None, None),
        Part("both", made.both, None, None),
        Part("what demographics add after past counts", made.added, None, None),
    )
    when = (
        f"Past counts are the {wording.count(past.sum())} events of the {wording.plural(history.shape[1], found.unit)} before the first forecast."
        if history is not None and earlier
        else f"Past counts are the {wording.count(past.sum())} events of the judged periods themselves: fewer earlier periods than these are in the records."
    )
    return Computation(
        value=made.p,
        method=f"permutation of what past counts leave unexplained (Freedman & Lane), {made.permutations:,} permutations",
        breakdowns={"share of the ranks of flags that is explained by": parts},
        caveats=(
            when,
            made.limit,
            f"Demographics are the share of people outside of the largest group, {largest}.",
        ),
    )


MEASURES: tuple[Measure, ...] = (
    tabled(
        "concentration",
        "Share of flags in the areas flagged most often",
        _concentration,
        kind="share",
        definition="Flags of the tenth of areas that were flagged most often, among all flags. The breakdown gives how many areas were ever, and always, flagged.",
        unit="share of flags",
        sentence="Of the flags, {figure} fell on the tenth of areas that were flagged most often.",
        source="C. Gini, Variabilità e mutabilità (1912), for the coefficient.",
        caveats=(),
    ),
    tabled(
        "exposure",
        "Flags that people outside of the largest group live under, beside those in it",
        _by_group(lambda one: (one.residence, one.residence_interval), bars=True),
        definition=(
            "How often the area of residence was flagged, on average over people outside of the largest group, divided by the same of people in "
            "it. The breakdown gives each group beside everybody else."
        ),
        unit="times",
        sentence="People outside of the largest group lived in areas flagged {value} times as often, on average, as those of people in it.",
        neutral="1",
        source=_CENSUS,
        caveats=(_LIVE,),
    ),
    tabled(
        "exposure_per_resident",
        "Flags for each resident, people outside of the largest group beside those in it",
        _by_group(lambda one: (one.per_capita, one.per_capita_interval)),
        definition="Each area's flags divided among its residents: flags for each person outside of the largest group, over those for each person in it.",
        unit="times",
        sentence="For each resident, flags fell {value} times as often on people outside of the largest group as on those in it.",
        neutral="1",
        source=_CENSUS,
        caveats=(
            _LIVE,
            "An area with few residents and many flags, such as a centre of shops, weighs much here.",
        ),
    ),
    tabled(
        "exposure_most_flagged",
        "Share of people outside of the largest group in the most flagged areas, beside all",
        _by_group(lambda one: (one.difference, one.difference_interval)),
        definition="The mean share of people outside of the largest group in the tenth of areas flagged most often, less their share of all residents.",
        unit="of 1",
        sentence="The mean share of people outside of the largest group in the tenth of areas flagged most often, less their share of all residents, is {value}.",
        neutral="0",
        source=_CENSUS,
        caveats=(_LIVE,),
    ),
    tabled(
        "exposure_correlation",
        "Rank correlation of flags for each resident with who lives there",
        _by_group(lambda one: (one.correlation, one.correlation_interval)),
        definition="Spearman's rank correlation over areas between flags for each resident and the share of people outside of the largest group.",
        unit="rank correlation",
        sentence="Over areas, flags for each resident and the share of people outside of the largest group have a rank correlation of {value}.",
        neutral="0",
        source="D. G. Bonett & T. A. Wright, Psychometrika 65 (2000) 23-28; " + _CENSUS,
        caveats=(_LIVE,),
    ),
    tabled(
        "patrols_exposure",
        "Hours of patrol that people outside of the largest group live under, beside those in it",
        _by_group(lambda one: (one.residence, one.residence_interval), patrols=True),
        definition=(
            "Hours of patrol in the area of residence, on average over people outside of the largest group, divided by the same of people in it. "
            "The breakdown gives each group beside everybody else."
        ),
        also=("outcomes", "patrols"),
        unit="times",
        sentence="People outside of the largest group lived in areas with {value} times as many hours of patrol, on average, as those of people in it.",
        neutral="1",
        source=_CENSUS,
        caveats=(_LIVE, "Patrols for other reasons than a forecast count as well."),
    ),
    tabled(
        "added_by_demographics",
        "Whether demographics add to past counts in explaining flags",
        _added,
        definition=(
            "The p-value of a permutation test that who lives in an area adds nothing to past counts in explaining how often it was flagged, on "
            "ranks. The breakdown gives how much each explains."
        ),
        unit="p-value",
        sentence="That demographics add nothing to past counts in explaining flags has a p-value of {value}.",
        source=_FREEDMAN,
        caveats=(
            "That they add nothing does not clear a forecast: past counts may follow where police were. That they add something does not show that they were used.",
        ),
    ),
)
"""The measures of exposure, in the order of the report."""
