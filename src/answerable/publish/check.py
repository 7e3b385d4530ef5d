"""A release checked: what was found of one table, by itself and beside others."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.publish.coarsen import Coarsening
from answerable.publish.compare import Comparison
from answerable.publish.risk import Exposure

__all__ = ["ReleaseCheck"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCheck:
    """What a table would give away if it were published, in counts alone.

    Attributes:
        file: How the outputs call the table.
        layouts: The layouts that fit it.
        records: What its rows are, in the plural.
        rows: The rows that were read.
        repeated: Rows that repeat the ID of another, set aside: they hide nobody.
        unread: Rows that could not be read.
        k: The size from which a group is taken to hide a row.
        limit: The share of the rows that may be at risk.
        headline: How far the time to the second, the reason and the count of networks tell rows apart, of those exported.
        by_column: How far each column does by itself.
        together: How far all columns do together.
        coarsening: How to bring the rows at risk by the headline's columns under the limit.
        coarsening_together: The same for all columns together, those of `stable` left out.
        stable: Columns that hold one and the same value for one user, thing or record wherever it stands.
        comparisons: What each other table shows beside this one.
        notices: What a reader should know of how the file was read.
    """

    file: str
    layouts: tuple[str, ...]
    records: str
    rows: int
    repeated: int
    unread: int
    k: int
    limit: float
    headline: Exposure
    by_column: tuple[Exposure, ...]
    together: Exposure
    coarsening: Coarsening
    coarsening_together: Coarsening
    stable: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    notices: tuple[str, ...]

    @property
    def at_risk(self) -> int:
        """The rows at risk by the headline's columns, by any column alone, or beside another table: the most of these."""
        here = (each.at_risk for each in (self.headline, *self.by_column))
        return max(*here, *(each.rows_undone for each in self.comparisons), 0)

    @property
    def over_limit(self) -> bool:
        """Say whether more rows are at risk than the limit lets."""
        return self.at_risk > self.limit * self.rows

    def __str__(self) -> str:
        return str(self.headline.alone)
