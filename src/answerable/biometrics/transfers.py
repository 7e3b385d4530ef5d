"""A threshold chosen on one set of comparisons, and what it does on another."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.biometrics.bounds import Bounds
from answerable.biometrics.rates import OperatingPoint, Rates, rates_at, threshold_for
from answerable.biometrics.tallies import Tally
from answerable.wording import count, plural

__all__ = ["Transfer", "transfer"]

_ERRORS_WANTED = 30  # of the rule of 30


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transfer:
    """What the threshold for a false match rate on one set does on another.

    Attributes:
        chosen: The threshold, and the rates on the set that it was chosen on.
        there: The rates on the other set at that threshold.
        notes: What a careful reader has to know, one sentence each.
    """

    chosen: OperatingPoint
    there: Rates
    notes: tuple[str, ...]

    @property
    def ratio(self) -> Bounds:
        """The false match rate on the other set divided by the target: over 1 where the target is exceeded there."""
        rate, target = self.there.fmr, self.chosen.asked
        return Bounds(float(rate.low) / target, float(rate.high) / target)


def transfer(chosen_on: Tally, put_to: Tally, fmr: float) -> Transfer:
    """Choose the threshold for a false match rate on one set of comparisons, and count the errors on another.

    The threshold is chosen as in `threshold_for`: the target is never exceeded on the first set. A system that is set up on
    one population and used on another, or at another quality of pictures, meets the second number.

    Args:
        chosen_on: The scores that the threshold is chosen on.
        put_to: The scores that it is put to, on the same scale.
        fmr: The false match rate asked for, the target, more than 0 and at most 1.

    Raises:
        ValueError: The target is 0 or out of range, there are no non-mated scores on one side, or no edge of a bin
            keeps the target.
    """
    if not fmr:
        raise ValueError(
            "a false match rate is compared with the target as a ratio: the target is more than 0"
        )
    if not put_to.non_mated.total:
        raise ValueError(
            "no non-mated comparison of the other set has a score: the threshold cannot be put to it"
        )
    point = threshold_for(chosen_on, fmr)
    there = rates_at(put_to, point.threshold)
    notes = []
    expected = fmr * put_to.non_mated.total
    if expected < _ERRORS_WANTED:
        notes.append(
            f"At the target {expected:.3g} of the {count(put_to.non_mated.total)} non-mated comparisons of the other "
            f"set would match: fewer than {plural(_ERRORS_WANTED, 'error')}, from which a rate is told to within 30 "
            "% at about 90 % confidence (rule of 30)."
        )
    return Transfer(chosen=point, there=there, notes=(*point.notes, *notes))
