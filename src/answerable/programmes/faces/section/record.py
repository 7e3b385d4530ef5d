"""How the account of the rows reads in a report."""

from __future__ import annotations

from answerable.programmes.faces.records import KINDS
from answerable.programmes.section import Section

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="face-records",
        title="The records of faces",
        question="What became of the rows that were given?",
        measures=tuple(
            f"{kind.plural}.{name}" for kind in KINDS for name in ("duplicates", "quarantined", "bad_cells")
        ),
        notes=(
            "What is counted here is in no rate: it was set aside, or it is named so that a rate can be read with care.",
        ),
    ),
)
"""The account of the rows."""
