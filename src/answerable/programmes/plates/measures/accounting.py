"""What each kind of record holds and what became of its rows.

Searches, which came first, have most of theirs in `quality`; the queries are the same.
"""

from __future__ import annotations

from answerable.programmes.accounting import (
    bad_cells_measure,
    records_measure,
    rows_measure,
    turned_clock_measure,
)
from answerable.programmes.measure import Measure
from answerable.programmes.plates.records import (
    EVENT,
    HIT,
    HOTLIST,
    PARTNER,
    PORTAL,
    READ,
    SEARCH,
    SHARE,
    VERIFICATION,
    VIDEO,
)

__all__ = ["MEASURES"]

_OTHERS = (READ, VERIFICATION, HIT, HOTLIST, SHARE, PARTNER, PORTAL, EVENT, VIDEO)

MEASURES: tuple[Measure, ...] = (
    *(records_measure(kind) for kind in _OTHERS),
    *(rows_measure(kind, name) for kind in (READ, HIT) for name in ("duplicates", "quarantined")),
    *(turned_clock_measure(kind) for kind in (SEARCH, READ, HIT)),
    *(bad_cells_measure(kind) for kind in (READ, HIT, PORTAL, VIDEO)),
)
"""The accounts of every kind."""
