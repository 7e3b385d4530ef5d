"""How many comparisons a rate needs: the rule of 3 and the rule of 30, as statements."""

from __future__ import annotations

import math
from dataclasses import dataclass

from answerable.wording import count, plural

__all__ = ["INDEPENDENT", "RuleOfThirty", "RuleOfThree", "rule_of_thirty", "rule_of_three"]

INDEPENDENT = (
    "Comparisons are taken as independent. Where several are of the same person they are not, and more are needed "
    "than the rule says."
)

_THREE, _THIRTY = 3, 30


@dataclass(frozen=True, slots=True)
class RuleOfThree:
    """What a test without an error shows: with 95 % confidence the rate is at most ``bound``."""

    comparisons: int
    bound: float

    def __str__(self) -> str:
        return (
            f"No error in {plural(self.comparisons, 'comparison')}: with 95 % confidence the rate is at most "
            f"{self.bound:.3g} (rule of 3). {INDEPENDENT}"
        )


@dataclass(frozen=True, slots=True)
class RuleOfThirty:
    """Whether a test saw enough errors to tell a rate to within 30 %.

    ``needed`` is how many comparisons would show 30 errors at the rate seen; None where no error was seen.
    """

    errors: int
    comparisons: int
    needed: int | None

    @property
    def met(self) -> bool:
        """Whether there were 30 errors."""
        return self.errors >= _THIRTY

    def __str__(self) -> str:
        seen = f"{plural(self.errors, 'error')} in {plural(self.comparisons, 'comparison')}"
        if self.met:
            said = f"{seen}: with about 90 % confidence the true rate is within 30 % of the rate seen (rule of 30)."
        elif self.needed is None:
            said = f"{seen}: no rate can be told to within 30 %; the rule of 30 asks for 30 errors."
        else:
            said = (
                f"{seen}: fewer than the 30 errors from which the true rate is, with about 90 % confidence, within "
                f"30 % of the rate seen (rule of 30); at that rate it would take {count(self.needed)} comparisons."
            )
        return f"{said} {INDEPENDENT}"


def _checked(errors: int, comparisons: int) -> None:
    if comparisons < 1 or not 0 <= errors <= comparisons:
        raise ValueError(
            f"errors are from 0 to the number of comparisons, which is at least 1; there are {errors:,} in {comparisons:,}"
        )


def rule_of_three(comparisons: int) -> RuleOfThree:
    """State what follows from no error in a number of independent comparisons: at 95 % the rate is at most 3/n.

    Below 3 comparisons nothing follows, and the bound is 1.

    Raises:
        ValueError: There is no comparison.

    Sources: ISO/IEC 19795-1; B. D. Jovanovic & P. S. Levy, A look at the rule of three, Am. Stat. 51 (1997) 137-139.
    """
    _checked(0, comparisons)
    return RuleOfThree(comparisons, min(1.0, _THREE / comparisons))


def rule_of_thirty(errors: int, comparisons: int) -> RuleOfThirty:
    """State whether there are the 30 errors from which a rate is told to within 30 % at about 90 % confidence.

    The rule rests on the normal distribution: where 30 errors are expected, 30 % about the rate seen holds the true
    rate in 87 % of samples.

    Raises:
        ValueError: There is no comparison, or there are more errors than comparisons.

    Sources: ISO/IEC 19795-1; G. R. Doddington, M. A. Przybocki, A. F. Martin & D. A. Reynolds, The NIST speaker recognition
    evaluation, Speech Commun. 31 (2000) 225-254.
    """
    _checked(errors, comparisons)
    return RuleOfThirty(errors, comparisons, math.ceil(_THIRTY * comparisons / errors) if errors else None)
