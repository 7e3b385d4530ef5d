"""Titles of the charts of scores and candidates: sentences that state what a chart shows."""

from __future__ import annotations

from answerable import wording
from answerable.estimate import Estimate, Part
from answerable.programmes.section import BETWEEN

__all__ = ["TO", "apart", "groups_by_pair", "growing", "trade_off", "transferred", "wrong_leads"]

TO = " → "
"""What stands between where a threshold was chosen and where it is used."""

_LARGEST = "The largest group is "
_GROUPS = {"sex": "sex", "age_group": "age group", "region": "region", "skin_tone": "skin tone"}
_RATES = {"fnmr": "false non-match rate", "fmr": "false match rate within one group"}
_ON_ONE_LINE = BETWEEN.replace(" ", "\u00a0")
_HUNDRED = 100
_FEWEST = 0.1  # of 100 leads: less than this is not written as a number of them


def trade_off(drawn: tuple[Estimate, ...]) -> str:
    """Say what both rates are at the target, and where they are equal."""
    named = {each.measure.rpartition(".")[2]: each for each in drawn}
    said = []
    if target := named.get("fnmr_at_fmr"):
        said.append(target.sentence.rstrip("."))
    if equal := named.get("equal_error_rate"):
        said.append(f"the equal error rate is {wording.quantity(equal.value)}")
    return _sentence(said)


def groups_by_pair(drawn: tuple[Estimate, ...]) -> str:
    """Say the rate of all pairs together, and between which pairs it lies."""
    (estimate,) = drawn
    said = estimate.sentence.rstrip(".")
    parts = [part for part in estimate.breakdowns.get("pair of groups", ()) if part.value is not None]
    if len(parts) < 2:  # noqa: PLR2004 - a span is between two
        return said
    # Of several pairs without an error the one with the most comparisons says most.
    ordered = sorted(parts, key=lambda part: (part.value or 0.0, -(part.denominator or 0)))
    lowest, highest = ordered[0], ordered[-1]
    return f"{said}; by pair of groups from {_counted(lowest)} to {_counted(highest)}"


def _counted(part: Part) -> str:
    """Write a pair of groups with its counts, on one line."""
    label = part.label.replace(BETWEEN, _ON_ONE_LINE)
    return f"{wording.count(part.numerator or 0)} of {wording.count(part.denominator or 0)} ({label})"


def apart(drawn: tuple[Estimate, ...]) -> str:
    """Say how far the largest rates lie from the geometric mean, and whose intervals leave out 1."""
    group = _GROUPS.get(drawn[0].measure.rpartition("_by_")[2], "group")
    said, out, held = [], [], False
    for estimate in drawn:
        parts = estimate.breakdowns.get("ratio to the geometric mean", ())
        rate = _RATES["fnmr" if ".fnmr_" in estimate.measure else "fmr"]
        least = "at least " if any(part.value is None for part in parts) else ""
        said.append(f"the largest {rate} is {least}{wording.quantity(estimate.value)} times")
        held = held or any(part.interval for part in parts)
        out += [
            f"{part.label} ({rate})"
            for part in parts
            if part.interval and not part.interval.low <= 1 <= part.interval.high
        ]
    if out:
        doubt = f"the interval{'s' if len(out) > 1 else ''} of {wording.listing(out)} leave{'' if len(out) > 1 else 's'} out 1"
    else:
        doubt = "no group's interval leaves out 1" if held else "no interval can be given"
    return f"By {group}, {' and '.join(said)} the geometric mean of all; {doubt}"


def growing(drawn: tuple[Estimate, ...]) -> str:
    """Say how the largest gallery compares with each model, and whether the interval leaves out 1."""
    (estimate,) = drawn
    parts = estimate.breakdowns.get("observed divided by the model", ())
    last = [
        part
        for part in parts
        if parts and part.label.rpartition(", ")[0] == parts[-1].label.rpartition(", ")[0]
    ]
    if not last:
        return estimate.sentence.rstrip(".")
    said = []
    for part in last:
        held = part.interval
        doubt = (
            "without an interval"
            if held is None
            else wording.interval(held.low, held.high, held.level, "quantity")
        )
        said.append(
            f"{wording.quantity(part.value or 0.0)} times what the model of {part.label.rpartition(', ')[2]} gives ({doubt})"
        )
    size = last[0].label.rpartition(", ")[0]
    return f"In the gallery of {size}, the observed share is {' and '.join(said)}"


def transferred(drawn: tuple[Estimate, ...]) -> str:
    """Say what the threshold of the largest group does where it does worst, with its interval."""
    (estimate,) = drawn
    largest = next(
        (
            text.removeprefix(_LARGEST).partition(",")[0]
            for text in estimate.caveats
            if text.startswith(_LARGEST)
        ),
        "",
    )
    away = [
        part
        for part in estimate.breakdowns.get("times the target", ())
        if part.value is not None
        and part.label.split(TO)[0] == largest
        and part.label.split(TO)[1] != largest
    ]
    worst = max(away, key=lambda part: part.value or 0.0, default=None)
    if worst is None or worst.interval is None:
        return estimate.sentence.rstrip(".")
    low, high = (wording.quantity(bound) for bound in (worst.interval.low, worst.interval.high))
    target = wording.quantity(float(estimate.parameters["fmr"]))
    most = ", the most of any at that threshold" if len(away) > 1 else ""
    return (
        f"A threshold set on {largest}, the largest group, for a false match rate of {target} gives {wording.quantity(worst.value or 0.0)} times "
        f"that rate within {worst.label.split(TO)[1]} (95\u202f% interval {low} to {high}){most}"
    )


def wrong_leads(drawn: tuple[Estimate, ...]) -> str:
    """Say how many of 100 leads are wrong by the model, if few and if half of the searches are of people in the gallery."""
    (estimate,) = drawn
    values = {
        part.label: part.value
        for part in estimate.breakdowns.get("chance that a lead is wrong, by prevalence", ())
        if part.value is not None
    }
    few, half = values.get("0.01"), values.get("0.5")
    if few is None or half is None:
        return estimate.sentence.rstrip(".")
    return f"By a model: if 1 of 100 searches is of somebody in the gallery, {_of_leads(few)} of 100 leads are wrong; if 50 are, {_of_leads(half)} of 100"


def _of_leads(chance: float) -> str:
    """Write a chance as a number of 100 leads."""
    if 0 < chance * _HUNDRED < _FEWEST:
        return f"fewer than {_FEWEST:g}"
    return f"{_HUNDRED * chance:.0f}" if chance * _HUNDRED >= 10 else f"{_HUNDRED * chance:.2g}"  # noqa: PLR2004 - two digits


def _sentence(said: list[str]) -> str:
    text = "; ".join(said)
    return text[:1].upper() + text[1:]
