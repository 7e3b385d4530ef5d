"""What every measure across logs asks first: are there two logs, and do they have anything in common?"""

from __future__ import annotations

from collections.abc import Mapping

from answerable.estimate import Part
from answerable.programmes.measure import Computation, Refusal

__all__ = ["NO_GROUND", "ONE_LOG", "Breakdowns", "counted", "lacking", "shown"]

Breakdowns = Mapping[str, tuple[Part, ...]]

_LOGS = "logs"  # the breakdown in which each query says how many logs there are; it is not shown

ONE_LOG = Refusal(
    "The case holds one log.",
    "Ask another producer for its log of the same network and period, and give each log with --log NAME=PATH.",
)
NO_GROUND = Refusal(
    "The logs have no search on common ground: no period that they cover in common, or no organisation that they both name.",
    "Ask for logs of one period that hold the same organisations' searches.",
)


def lacking(breakdowns: Breakdowns) -> Refusal | None:
    """Say that there are not two logs; None where there are."""
    held = sum(part.value or 0 for part in breakdowns.get(_LOGS, ()))
    return ONE_LOG if held < 2 else None  # noqa: PLR2004 - two logs can be compared


def shown(breakdowns: Breakdowns) -> dict[str, tuple[Part, ...]]:
    """Give the breakdowns that are shown."""
    return {name: parts for name, parts in breakdowns.items() if name != _LOGS}


def counted(
    headline: Part | None, breakdowns: Breakdowns, parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Take a complete count as it is; `answerable.programmes.measure.Finish` says what is given."""
    del parameters
    refused = lacking(breakdowns)
    if refused:
        return refused
    if headline is None or headline.value is None:
        return NO_GROUND
    return Computation(
        value=headline.value,
        numerator=headline.numerator,
        denominator=headline.denominator,
        breakdowns=shown(breakdowns),
    )
