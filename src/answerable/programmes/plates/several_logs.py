"""What the measures across logs have in common: a complete count, or the reason why nothing could be counted."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.estimate import Part
from answerable.programmes.measure import Computation, Refusal

__all__ = ["NO_GROUND", "Breakdowns", "counted"]

Breakdowns = Mapping[str, tuple[Part, ...]]

NO_GROUND = Refusal(
    "The logs have no search on common ground: no period that they cover in common, or no organisation that they both name.",
    "Ask for logs of one period that hold the same organisations' searches.",
)


def counted(
    headline: Part | None, breakdowns: Breakdowns, parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Take a complete count as it is; `answerable.programmes.measure.Finish` says what is given."""
    del parameters
    if headline is None or headline.value is None:
        return NO_GROUND
    return Computation(
        value=headline.value,
        numerator=headline.numerator,
        denominator=headline.denominator,
        breakdowns=breakdowns,
    )
