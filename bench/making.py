"""Makes one synthetic town's log as a single CSV file, and prints what was planted of the five compared measures.

It runs in a process of its own: on Linux a child's peak memory is never less than what its parent held when it was
started, so the process that measures must stay small.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from answerable.programmes.plates.simulate import Town, write_town

COMPARED = (
    "searches.no_reason",
    "searches.no_case_number",
    "searches.top_users",
    "searches.lookback_beyond",
    "searches.weekend",
)
"""The measures that the pandas script also computes."""


def main(rows: int, folder: Path) -> None:
    """Write a town of so many rows to a folder, and print numerator and denominator of each compared measure."""
    town = Town(rows=rows, seed=11, users=20_000, agencies=3_000, months=6, one_file=True)
    truth = write_town(town, folder)
    print(json.dumps({name: [round(number) for number in truth.measures[name]] for name in COMPARED}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
