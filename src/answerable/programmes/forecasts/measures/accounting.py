"""What each kind of record holds and what became of its rows."""

from __future__ import annotations

from answerable.programmes.accounting import bad_cells_measure, records_measure, rows_measure
from answerable.programmes.forecasts.records import KINDS
from answerable.programmes.measure import Measure

__all__ = ["MEASURES"]

MEASURES: tuple[Measure, ...] = (
    *(records_measure(kind) for kind in KINDS),
    *(rows_measure(kind, name) for kind in KINDS for name in ("duplicates", "quarantined")),
    *(bad_cells_measure(kind) for kind in KINDS),
)
"""The accounts of every kind."""
