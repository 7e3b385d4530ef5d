"""Titles of the charts of scores and candidates: sentences that state what a chart shows."""

from __future__ import annotations

from answerable import wording
from answerable.estimate import Estimate, Part

__all__ = ["apart", "groups_by_pair", "trade_off", "wrong_leads"]

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
    """Say which pair of groups has the highest rate and which the lowest, or that all have none."""
    (estimate,) = drawn
    parts = [part for part in estimate.breakdowns.get("pair of groups", ()) if part.value is not None]
    ordered = sorted(parts, key=lambda part: part.value or 0.0)
    if not ordered:
        return estimate.sentence.rstrip(".")
    lowest, highest = ordered[0], ordered[-1]
    if not highest.value:
        return f"No false match was counted in any of {wording.plural(len(parts), 'pair')} of groups"
    counted = f"{highest.label} has {_short(estimate, highest)}"
    if len(parts) == 1:
        return f"False match rates: {counted}"
    return f"False match rates of pairs of groups: {counted}, the highest; {lowest.label} has {_short(estimate, lowest)}, the lowest"


def _short(estimate: Estimate, part: Part) -> str:
    return estimate.part_figure(Part("", part.value, part.numerator, part.denominator))


def apart(drawn: tuple[Estimate, ...]) -> str:
    """Say how far the largest rate lies from the geometric mean, and whose interval leaves out 1."""
    said = []
    for estimate in drawn:
        parts = estimate.breakdowns.get("ratio to the geometric mean", ())
        held = [part for part in parts if part.interval]
        out = [
            part.label for part in held if part.interval and not part.interval.low <= 1 <= part.interval.high
        ]
        if out:
            doubt = (
                f"the intervals of {wording.listing(out)} leave out 1"
                if len(out) > 1
                else f"the interval of {out[0]} leaves out 1"
            )
        elif held:
            doubt = "no group's interval leaves out 1"
        else:
            doubt = "no interval can be given"
        said.append(f"{estimate.sentence.rstrip('.')}; {doubt}")
    return ". ".join(said)


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
