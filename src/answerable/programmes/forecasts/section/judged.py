"""How forecasts beside their outcomes read in a report."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.estimate import Estimate, Part
from answerable.programmes.forecasts.judging import CURVE, FORECAST, NAMES, OFTEN
from answerable.programmes.forecasts.presence import BY_CLASS
from answerable.programmes.section import Chart, Reference, Section, sentence
from answerable.wording import quantity

__all__ = ["SECTIONS"]

_FINE = 0.1  # a share below which it has a decimal
_FIFTHS = "flags per 1,000 residents, by fifths of areas"


def _caught(drawn: tuple[Estimate, ...]) -> str:
    """Say what a short list and one of about a tenth of the areas caught, and what a count of earlier outcomes would have."""
    (estimate,) = drawn
    curves = [
        (name.removeprefix(f"{CURVE}: "), parts)
        for name, parts in estimate.breakdowns.items()
        if name.startswith(f"{CURVE}: ")
    ]
    own = [
        part for part in dict(curves).get(FORECAST, ()) if part.value is not None and float(part.label) > 0
    ]
    if not own:
        return sentence(drawn)
    places = dict.fromkeys(
        min((float(part.label) for part in own), key=lambda at: abs(at - share)) for share in (0.03, 0.1)
    )
    said = [f"lists of {_percent(at)} of the areas held {_held(own, at)}" for at in places]
    first = f"{said[0]} of the recorded events"
    counts = [(name, parts) for name, parts in curves if name.startswith("the count of")]
    beside = ""
    if counts:
        # The second is of a year; the first, of one period, is the weaker opponent.
        name, parts = counts[min(1, len(counts) - 1)]
        beside = f"; by {name} they would have held {' and '.join(_held(parts, at) for at in places)}"
    return f"{first[:1].upper()}{first[1:]}{''.join(f', {text}' for text in said[1:])}{beside}"


def _held(parts: Sequence[Part], at: float) -> str:
    """Write the share of events of the list of one length."""
    return next(_percent(part.value or 0.0) for part in parts if float(part.label) == at)


def _percent(share: float) -> str:
    return f"{100 * share:.2g}\u202f%" if share < _FINE else f"{100 * share:.0f}\u202f%"


def _beaten(drawn: tuple[Estimate, ...]) -> str:
    """Say which baselines the forecast beats, and by which it is beaten."""
    (estimate,) = drawn
    parts = estimate.breakdowns.get("p, by the exact test of signs", ())
    said = {
        verdict: [part.label.rpartition(": ")[0] for part in parts if part.label.endswith(verdict)]
        for verdict in ("the forecast caught more", "it caught more", "no detectable difference")
    }
    words = (
        ("the forecast caught more", "more than {}"),
        ("it caught more", "fewer than {}"),
        ("no detectable difference", "detectably neither more nor fewer than {}"),
    )
    listed = [text.format(_listed(said[verdict])) for verdict, text in words if said[verdict]]
    return f"With the same area the forecast caught {'; '.join(listed)}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _often(drawn: tuple[Estimate, ...]) -> str:
    """Say how many areas were never flagged, and how many always."""
    (estimate,) = drawn
    parts = estimate.breakdowns.get(OFTEN, ())
    always = f", {estimate.part_figure(parts[-1])} in every one" if parts else ""
    return f"{sentence(drawn)}{always}"


def _by_fifths(drawn: tuple[Estimate, ...]) -> str:
    """Say how flags for each resident lie in the first and in the last fifth of the areas."""
    (estimate,) = drawn
    parts = [part for part in estimate.breakdowns.get(_FIFTHS, ()) if part.value is not None]
    if len(parts) < 2:  # noqa: PLR2004 - the first is set beside the last
        return sentence(drawn)
    first, last = (quantity(part.value or 0.0) for part in (parts[0], parts[-1]))
    return (
        f"In the fifth of areas with the fewest people outside of the largest group there are {first} flags per 1,000 residents, in the "
        f"fifth with the most {last}"
    )


def _by_class(drawn: tuple[Estimate, ...]) -> str:
    """Say by how much each class of types changed, where there is more than one."""
    (estimate,) = drawn
    parts = [part for part in estimate.breakdowns.get(BY_CLASS, ()) if part.value is not None]
    if not parts:
        return sentence(drawn)
    deed = "patrol" if "patrol" in estimate.measure else "flag"
    said = [f"{part.label} {quantity(part.value or 0.0)}" for part in parts]
    return f"Change for each area and period after its first {deed}: {'; '.join(said)}"


def _fan(breakdown: str, axis: str) -> Chart:
    return Chart(
        form="curve",
        measures=("forecasts.feedback_simulated",),
        breakdown=breakdown,
        title=sentence if breakdown.startswith("share") else _corrected,
        axis=axis,
        across="period",
        marks=(1_000, 500, 100),
    )


def _corrected(drawn: tuple[Estimate, ...]) -> str:
    """Say what the correction makes of the simulation."""
    (estimate,) = drawn
    parts = estimate.breakdowns.get("the same with the correction of Ensign et al.", ())
    last = f"{parts[-1].value:.3g}" if parts and parts[-1].value is not None else "not known"
    return f"In the same simulation with the correction of Ensign et al. it has {last} of the counts"


SECTIONS: tuple[Section, ...] = (
    Section(
        id="worth",
        title="What the forecast was worth",
        question="How much of what was recorded lay where the forecast said?",
        answers=("forecasts.hit_rate",),
        measures=tuple(
            f"forecasts.{name}"
            for name in (
                "area_flagged",
                "hit_rate",
                "pai",
                "pei_star",
                "ser",
                "auc",
                "predicted_over_observed",
                "brier",
                "deviance_explained",
            )
        ),
        notes=(
            "Outcomes are what was recorded. A forecast that follows where police look agrees with records that police make.",
        ),
    ),
    Section(
        id="baselines",
        title="The forecast against simple counts",
        question="Does it catch more than a count that anybody can make?",
        answers=("forecasts.against_year", "forecasts.baselines_beaten"),
        measures=("forecasts.baselines_beaten", *(f"forecasts.against_{name}" for name in NAMES)),
        charts=(
            Chart(
                form="curves",
                measures=("forecasts.auc",),
                breakdown=CURVE,
                title=_caught,
                axis="share of recorded events caught",
                across="share of the areas on the list",
                marks=(0.03, 0.1, 0.5, 0.01),
                label="{at} of areas: {value}",
                even=NAMES["uniform"],
            ),
            Chart(
                form="dots",
                measures=("forecasts.baselines_beaten",),
                breakdown="events caught, over the baseline's",
                title=_beaten,
                axis="events that the forecast caught, divided by those that the baseline caught with the same area, with 95 % intervals",
                references=(Reference(1, "as many as the baseline"),),
            ),
        ),
        notes=(
            "Each baseline knows only what was recorded before the period, and flags as many areas as the forecast did.",
        ),
    ),
    Section(
        id="exposure",
        title="Who lived under the forecast",
        question="Where did the flags fall, and who lives there?",
        answers=("forecasts.exposure", "forecasts.concentration"),
        measures=tuple(
            f"forecasts.{name}"
            for name in (
                "never_flagged",
                "concentration",
                "exposure",
                "exposure_per_resident",
                "exposure_most_flagged",
                "exposure_correlation",
                "patrols_exposure",
                "added_by_demographics",
            )
        ),
        charts=(
            Chart(
                form="areas",
                measures=("forecasts.never_flagged",),
                breakdown=OFTEN,
                title=_often,
                axis="share of the judged periods in which an area was flagged",
                across="area",
            ),
            Chart(
                form="bars",
                measures=("forecasts.exposure",),
                breakdown=_FIFTHS,
                title=_by_fifths,
                axis="flags per 1,000 residents, in fifths of areas by the share of people outside of the largest group",
            ),
            Chart(
                form="dots",
                measures=("forecasts.exposure", "forecasts.exposure_per_resident"),
                breakdown="group",
                title=sentence,
                axis="flags that people of the group live under, divided by those of everybody else, with the census's error",
                references=(Reference(1, "as everybody else"),),
            ),
        ),
        notes=("Residents are those whom the census counts. An area's flags fall on whoever is there.",),
    ),
    Section(
        id="feedback",
        title="What the forecast did to its own data",
        question="Did discovery follow deployment?",
        measures=tuple(
            f"forecasts.{name}"
            for name in (
                "discovery_after_flag",
                "discovery_after_flag_by_type",
                "discovery_after_patrol",
                "discovery_after_patrol_by_type",
                "feedback_simulated",
            )
        ),
        charts=(
            *(
                Chart(
                    form="bars",
                    measures=(f"forecasts.discovery_after_{deed}_by_type",),
                    breakdown=BY_CLASS,
                    title=_by_class,
                    signed=True,
                    axis=f"change in recorded events for each area and period after its first {deed}, beside areas not yet {done}, with 95 % intervals",
                )
                for deed, done in (("flag", "flagged"), ("patrol", "patrolled"))
            ),
            _fan(
                "share of the counts, by period",
                "share of the counts of the busiest tenth of areas, simulated, with the band of 90 % of the runs",
            ),
            _fan("the same with the correction of Ensign et al.", "the same, with the correction"),
        ),
        notes=(
            "What is simulated is labelled so: it says what a rule does from these counts, and not what happened.",
        ),
    ),
)
"""The questions put to forecasts beside their outcomes."""
