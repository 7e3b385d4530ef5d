"""The queries of the measures, one file each, and the function that reads them."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["query"]


@cache
def query(name: str) -> str:
    """Read ``NAME.sql``; the comment at its head stays, and says in a line what the query does.

    Raises:
        FileNotFoundError: No query has that name.
    """
    return (resources.files(__name__) / f"{name}.sql").read_text(encoding="utf-8").strip()
