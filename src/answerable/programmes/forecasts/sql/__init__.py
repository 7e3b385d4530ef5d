"""The queries of the measures, one file each, and the function that reads them."""

from __future__ import annotations

from answerable.programmes.queries import queries

__all__ = ["query"]

query = queries(__name__)
"""Read a query by its file's name; see `queries`."""
