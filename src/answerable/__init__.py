"""Answerable audits surveillance programmes from the records they leave behind.

    from answerable import audit

    case = audit(["logs"], case="november", policy=["us-ca"], timezone="America/Los_Angeles")
    case.findings                           # clauses set against what the records show
    case.measures["searches.no_reason"]     # an Estimate, or a NotMeasurable with the reason

Nothing here finds, tracks, identifies or ranks a person, a vehicle, a face or a place.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from answerable.auditing import Case, audit, inspect, open_case, rebuild, release_check
    from answerable.estimate import Estimate, Finding, Interval, NotMeasurable, Part, Status

__all__ = [
    "Case",
    "Estimate",
    "Finding",
    "Interval",
    "NotMeasurable",
    "Part",
    "Status",
    "audit",
    "inspect",
    "open_case",
    "rebuild",
    "release_check",
]

_HOMES = dict.fromkeys(
    ("Case", "audit", "inspect", "open_case", "rebuild", "release_check"), "answerable.auditing"
)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "answerable.estimate")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
