"""From files to records: layouts, cell states, clocks, pseudonyms, duplicates and quarantine."""

from answerable.intake.accounting import Overlap, Source
from answerable.intake.kinds import CellState, Field, RecordKind, Role
from answerable.intake.layout_files import load_layout, load_layouts
from answerable.intake.layouts import Layout
from answerable.intake.take import Taken, open_all, take_in

__all__ = [
    "CellState",
    "Field",
    "Layout",
    "Overlap",
    "RecordKind",
    "Role",
    "Source",
    "Taken",
    "load_layout",
    "load_layouts",
    "open_all",
    "take_in",
]
