"""Writes small tables of a synthetic county as CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["label", "moment", "write_table"]


def moment(seconds: int, milliseconds: int | None = None) -> str:
    """Write a moment (seconds since 1970) as ``2024-10-07T15:03:12Z``, or with milliseconds."""
    part = "" if milliseconds is None else f".{milliseconds:03d}"
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}{part}Z"


def label(agency: str) -> str:
    """Give an organisation's name as that of a folder: small letters, and hyphens between them."""
    plain = "".join(character if character.isalnum() else " " for character in agency)
    return "-".join(plain.lower().split())


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table to a file, whose folder is made if need be, and give its number of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            written += 1
    return written
