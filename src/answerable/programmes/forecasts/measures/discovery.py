"""Whether discovery followed deployment: an event study around each area's first flag, or first patrol, by how outcomes came or by type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.hindsight import Followed, following
from answerable.programmes.forecasts.judging import RECORDED
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.measures.worth import PARAMETERS, tabled
from answerable.programmes.forecasts.presence import (
    BY_CLASS,
    CLASSES,
    DEPENDS,
    NOT_CLASSED,
    REPORTED,
    UNTYPED,
    VERSION,
)
from answerable.programmes.forecasts.typed import Type
from answerable.programmes.measure import Computation, Measure, Parameter, Refusal

__all__ = ["FLAG", "MEASURES", "PATROL", "by_type"]

_Parameters = Mapping[str, float]
_Counts = NDArray[np.int64]
_ANGRIST = (
    "J. D. Angrist & J.-S. Pischke, Mostly Harmless Econometrics (2009), chapter 5; docs/method/forecasts.md."
)
_LISTS = f"Word lists, version {VERSION}, after the crimes against society of the FBI's National Incident-Based Reporting System; "
_WINDOW = {
    "before": Parameter(8, "periods", "How many periods before the first one are compared.", 1, 366),
    "after": Parameter(8, "periods", "How many periods from the first one on.", 1, 366),
}
_LEAST = {
    "least": Parameter(50, "events", "How many events a type must have to be a part of its own.", 1, 1e9),
}
_SAID = {
    DEPENDS: "types that depend on police presence",
    REPORTED: "types that are mostly reported by others",
    NOT_CLASSED: "types that are not classed",
    UNTYPED: "no type stated",
}


@dataclass(frozen=True, slots=True)
class _Deed:
    """What was first done to an area: how it is called as a noun and a participle, and where it is in the records."""

    noun: str
    done: str
    of: Callable[[Judged], NDArray[np.bool_] | None]
    refusal: Refusal


FLAG = _Deed(
    "flag",
    "flagged",
    lambda found: found.flags,
    Refusal(
        reason="The forecasts are scores: when an area was first flagged is not in the records.",
        ask_for="Ask for the areas that were flagged, by period.",
    ),
)
"""The first flag of an area."""
PATROL = _Deed(
    "patrol",
    "patrolled",
    lambda found: found.patrolled,
    Refusal(
        reason="No patrol says in which of the areas it was and when it began.",
        ask_for="Ask for the area and the start of each patrol.",
    ),
)
"""The first patrol in an area."""


def _study(
    deed: _Deed, parameters: _Parameters, seed: int, done: NDArray[np.bool_], *counts: _Counts
) -> Followed:
    return following(
        done,
        *counts,
        before=int(parameters["before"]),
        after=int(parameters["after"]),
        seed=seed,
        deed=deed.done,
    )


def _made(deed: _Deed, made: Followed, breakdowns: Mapping[str, tuple[Part, ...]]) -> Computation:
    """Put a study together with its parts, the effect in each period about the first last."""
    parts = tuple(
        Part(
            f"{int(period)}",
            float(value),
            None,
            None,
            None if np.isnan(low) else Interval(float(low), float(high), 0.95, made.interval.method),
        )
        for period, value, low, high in zip(made.periods, made.by_period, made.low, made.high, strict=True)
        if made.interval is not None
    )
    return Computation(
        value=made.effect,
        interval=made.interval,
        method=made.interval.method if made.interval else "too few areas for an interval",
        breakdowns={**breakdowns, f"period about the first {deed.noun}": parts},
        caveats=(
            f"{made.flagged:,} areas are looked at, {made.left_out:,} others were {deed.done} too early or too late, {made.never:,} were never {deed.done}.",
            *made.limits,
        ),
    )


def _by_record(deed: _Deed) -> Callable[[Judged, _Parameters, int], Computation | Refusal]:
    """Make a study of what police are said to have found, beside what the public is said to have reported."""

    def make(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
        done = deed.of(found)
        if done is None:
            return deed.refusal
        if found.by_police is None:
            return Refusal(
                reason="How outcomes came to be recorded is not said: those that police find cannot be told from those that residents report.",
                ask_for="Ask how each outcome came to be recorded, by police on patrol or by a call.",
            )
        kinds = (found.by_police,) if found.by_public is None else (found.by_police, found.by_public)
        made = _study(deed, parameters, seed, done, *kinds)
        parts = [Part("found by police", made.dependent, None, None)]
        if made.independent is not None:
            parts.append(Part("reported by the public", made.independent, None, None))
        return _made(deed, made, {"change, by how it was recorded": tuple(parts)})

    return make


def by_type(deed: _Deed) -> Callable[[Judged, _Parameters, int], Computation | Refusal]:
    """Make a study of types that depend on police presence beside those that others report, each type a part of its own."""

    def make(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
        done = deed.of(found)
        if done is None:
            return deed.refusal
        types = found.types.types()
        groups = {name: tuple(one for one in types if one.group == name) for name in CLASSES}
        if not groups[DEPENDS]:
            return _nothing_depends(types, groups)
        kinds = [found.types.counts(groups[name]) for name in (DEPENDS, REPORTED) if groups[name]]
        made = _study(deed, parameters, seed, done, *kinds)
        shown = [name for name in CLASSES if groups[name]]
        every = sum(one.events for one in types)

        known: dict[tuple[Type, ...], Followed] = {}

        def part(label: str, some: tuple[Type, ...]) -> Part:
            if some not in known:  # a class of one type is studied once
                known[some] = _study(deed, parameters, seed, done, found.types.counts(some))
            return Part(label, known[some].effect, None, None, known[some].interval)

        held = {name: sum(one.events for one in groups[name]) for name in shown}
        return _made(
            deed,
            made,
            {
                BY_CLASS: tuple(part(_SAID[name], groups[name]) for name in shown),
                "change, by type": _parts(part, groups, int(parameters["least"])),
                "events, by what the word lists say of the type": tuple(
                    Part(_SAID[name], held[name] / every, held[name], every) for name in shown
                ),
            },
        )

    return make


def _parts(
    part: Callable[[str, tuple[Type, ...]], Part], groups: Mapping[str, tuple[Type, ...]], least: int
) -> tuple[Part, ...]:
    """Give each type with enough events, and the others of its class together."""
    parts = []
    for name, types in groups.items():
        if name == UNTYPED:
            continue
        parts += [
            part(f"{one.label} ({name}, {wording.count(one.events)} events)", (one,))
            for one in types
            if one.events >= least
        ]
        rest = tuple(one for one in types if one.events < least)
        if rest:
            events = wording.count(sum(one.events for one in rest))
            parts.append(
                part(f"{wording.plural(len(rest), 'rarer type')} together ({name}, {events} events)", rest)
            )
    return tuple(parts)


def _nothing_depends(types: tuple[Type, ...], groups: Mapping[str, tuple[Type, ...]]) -> Refusal:
    """Say that no type is on the list of those that depend on police presence, with what there is."""
    stated = sum(bool(one.label) for one in types)
    if not stated:
        return Refusal(
            reason="No outcome that falls in a judged area and period states a type.",
            ask_for="Ask for the type of each outcome, as it was recorded.",
        )
    reported, others = len(groups[REPORTED]), len(groups[NOT_CLASSED])
    return Refusal(
        reason=f"Of {wording.plural(stated, 'recorded type')} none is on the word list of types that depend on police presence; {wording.count(reported)} {_are(reported)} on the list of types that others report, and {wording.count(others)} {_are(others)} not classed.",
        ask_for="Ask for outcomes of all types, such as possession of drugs, with the type of each.",
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


_PATROLS = (
    "Patrols for other reasons than a forecast count as well, and an area that was patrolled before the first period is left out. A log of patrols that begins later shows no earlier one.",
)
_TYPES = (
    "Types are taken as they were recorded. A word list is a word list: it says what a type is called, and not how any one outcome came to be recorded.",
    "Each interval of a type or class is by itself: of twenty about one leaves out 0 where nothing changed.",
)
_WHY = "A change after the first {noun} is one in what was recorded, and does not say why it changed."


def _measure(name: str, deed: _Deed, *, types: bool) -> Measure:
    """Make the measure of one deed, by how outcomes were recorded or by their types."""
    among = (
        "Events of types that depend on police presence" if types else "Events of all types found by police"
    )
    second = (
        "events of types that are mostly reported by others" if types else "events that the public reports"
    )
    subject = "events of types that depend on police presence" if types else "what police find"
    patrols = deed is PATROL
    return tabled(
        name,
        f"Change in {subject} after an area's first {deed.noun}",
        by_type(deed) if types else _by_record(deed),
        definition=(
            f"{among} for each area and period from its first {deed.noun} on, less those before; less the same of areas not yet "
            f"{deed.done}; less the same of {second}."
        ),
        unit="events for each area and period",
        needs=("area", "period" if patrols else "flag"),
        also=("outcomes", "patrols") if patrols else ("outcomes",),
        sentence=(
            f"After an area's first {deed.noun}, events of types that depend on police presence changed by {{value}} for each area and period beyond the comparison."
            if types
            else f"After an area's first {deed.noun} police found {{value}} more events a period there than the comparison gives."
        ),
        neutral="0",
        source=(_LISTS if types else "") + _ANGRIST,
        parameters=PARAMETERS | _WINDOW | (_LEAST if types else {}),
        caveats=(
            RECORDED,
            *((_WHY.format(noun=deed.noun), *_TYPES) if types else ()),
            *(_PATROLS if patrols else ()),
        ),
    )


MEASURES: tuple[Measure, ...] = (
    _measure("discovery_after_flag", FLAG, types=False),
    _measure("discovery_after_flag_by_type", FLAG, types=True),
    _measure("discovery_after_patrol", PATROL, types=False),
    _measure("discovery_after_patrol_by_type", PATROL, types=True),
)
"""The studies, in the order of the report."""
