"""The queries of the measures, one file each, and the function that reads them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Template

__all__ = ["query"]


@cache
def query(name: str, **parts: str) -> str:
    """Read ``NAME.sql``; the comment at its head stays, and says in a line what the query does.

    Args:
        name: The file's name, without its ending.
        parts: What stands in place of each ``$part`` of a query that several measures share.

    Raises:
        FileNotFoundError: No query has that name.
        KeyError: The query has a part that is not given.
    """
    text = (resources.files(__name__) / f"{name}.sql").read_text(encoding="utf-8").strip()
    return Template(text).substitute(parts) if parts else text
