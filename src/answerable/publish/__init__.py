"""Disclosure control: what a table would give away if it left the house."""

from answerable.publish.check import ReleaseCheck
from answerable.publish.coarsen import coarsening
from answerable.publish.compare import comparison
from answerable.publish.ladders import Column, column
from answerable.publish.risk import exposure
from answerable.publish.table import Part, Table, read_table
from answerable.publish.telling import told

__all__ = [
    "Column",
    "Part",
    "ReleaseCheck",
    "Table",
    "coarsening",
    "column",
    "comparison",
    "exposure",
    "read_table",
    "told",
]
