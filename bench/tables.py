"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["table"]


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: bool = False) -> Iterator[str]:
    """Give the lines of a table and an empty one after it; figures alone are set to the right."""
    yield f"| {' | '.join(head)} |"
    yield f"|{('---:|' if right else '---|') * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
