"""The axis of a rate on the scale of the normal distribution, on which scores that are normal give straight curves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

__all__ = ["HIGHER", "Axis", "decade", "rate_text"]

HIGHER = (0.5, 0.9, 0.99, 0.999)
"""Where an axis may end: at 50 %, or as far beyond as its curves go."""

_LEAST = 1e-9  # a rate below which no axis begins
_NORMAL = NormalDist()


def decade(rate: float) -> float:
    """Give the power of ten at or below a rate."""
    return float(f"1e{math.floor(math.log10(max(rate, _LEAST)) + 1e-9)}")


def rate_text(rate: float) -> str:
    """Write a round rate: ``0.001 %``, ``50 %``."""
    return f"{100 * rate:.8f}".rstrip("0").rstrip(".") + "\u202f%"


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of a rate: from ``low`` to ``high``, both rates between 0 and 1, over ``length`` px."""

    low: float
    high: float
    length: int

    def at(self, rate: float) -> float:
        """Give a rate's normal deviate; what lies beyond the axis lies at its end."""
        return round(_NORMAL.inv_cdf(min(max(rate, self.low), self.high)), 6)

    def px(self, deviate: float) -> float:
        """Give how far along the axis a normal deviate lies."""
        start, end = self.at(self.low), self.at(self.high)
        return self.length * (deviate - start) / (end - start)

    def channel(self, field: str) -> dict[str, Any]:
        """Give the encoding of normal deviates."""
        scale = {"domain": [self.at(self.low), self.at(self.high)], "nice": False, "zero": False}
        return {"type": "quantitative", "axis": None, "field": field, "scale": scale}

    @property
    def ticks(self) -> list[float]:
        """The powers of ten up to 10 %, then 50 % and what lies as far beyond."""
        powers = [float(f"1e{power}") for power in range(round(math.log10(self.low)), 0)]
        return [*powers, *(rate for rate in HIGHER if rate <= self.high)]
