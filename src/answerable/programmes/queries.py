"""Reading the queries of a programme's measures: one file each, in the programme's folder ``sql``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from string import Template

__all__ = ["queries"]


def queries(package: str) -> Callable[..., str]:
    """Give the function that reads the queries of a package.

    It takes the name of a file without its ending, and what stands in place of each ``$part`` of a query that several
    measures share. The comment at a query's head stays, and says in a line what the query does. It raises
    FileNotFoundError where no query has that name, and KeyError where the query has a part that is not given.
    """

    @cache
    def query(name: str, **parts: str) -> str:
        text = (resources.files(package) / f"{name}.sql").read_text(encoding="utf-8").strip()
        return Template(text).substitute(parts) if parts else text

    return query
