"""What is audited: one folder per technology, and this list of them."""

from __future__ import annotations

from answerable.programmes.faces import PROGRAMME as FACES
from answerable.programmes.forecasts import PROGRAMME as FORECASTS
from answerable.programmes.plates import PROGRAMME as PLATES
from answerable.programmes.programme import Programme

__all__ = ["PROGRAMMES"]

PROGRAMMES: tuple[Programme, ...] = (PLATES, FACES, FORECASTS)
"""Every programme, in the order of the report."""
