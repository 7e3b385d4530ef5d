"""Plants what goes wrong with reads: rows that no rate may count, besides the records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import IO

import numpy as np

from answerable.programmes.plates.simulate.read_lines import ReadLines
from answerable.programmes.plates.simulate.readings import Reader

__all__ = ["MISHAPS", "Mishaps"]

MISHAPS = (
    "read in the future", "impossible coordinates", "time in the repeated hour", "camera at two places",
    "camera silent for ten days", "camera without reads", "portal without reads", "retention of -Infinity days",
    "clock ahead",
)  # fmt: skip  # a list of words
"""What a county with faults may hold. The first three are rows, the others are of one camera, portal or log each."""

_FUTURE, _IMPOSSIBLE, _REPEATED = 3, 4, 6
_DAY, _AHEAD = 86_400, 400 * 86_400
_NOWHERE = (
    ("999.000000", "999.000000"),
    ("-999.000000", "999.000000"),
    ("181.000000", "34.000000"),
    ("-124.5", "91.0"),
)
"""Longitudes and latitudes that no place has."""


@dataclass
class Mishaps:
    """Writes the faults of one county's read files, and counts them.

    Attributes:
        reader: Draws the reads.
        lines: Writes them.
        planted: How many faults of each kind were planted.
    """

    reader: Reader
    lines: ReadLines
    planted: Counter[str] = field(default_factory=Counter)

    def in_full(self, file: IO[bytes]) -> int:
        """Write the rows that the full table ends in, and give their number."""
        county, days = self.reader.county, self.reader.days
        of_the_table = np.flatnonzero(self.reader.roads.operators < county.operators - county.raw)
        camera = of_the_table[np.arange(_FUTURE + _IMPOSSIBLE) % len(of_the_table)]
        when = np.full(len(camera), days.end - _DAY // 2, np.int64) + np.arange(len(camera))
        when[:_FUTURE] += _AHEAD
        texts = self.lines.full(self.reader.spare(when, camera, 0)).to_pylist()
        for place, (longitude, latitude) in enumerate(_NOWHERE, start=_FUTURE):
            cells = texts[place].split(",")
            cells[7:9] = longitude, latitude
            texts[place] = ",".join(cells)
        self.planted["read in the future"] += _FUTURE
        self.planted["impossible coordinates"] += _IMPOSSIBLE
        file.write("".join(texts).encode())
        return len(texts)

    def in_raw(self, file: IO[bytes], operator: int) -> int:
        """Write the rows that a raw file ends in, and give their number: times that the clock showed twice.

        There are none where no clock was set back on the county's days.
        """
        hour = self.reader.days.repeated_hour()
        if hour is None:
            return 0
        camera = np.flatnonzero(self.reader.roads.operators == operator)[np.zeros(_REPEATED, np.int64)]
        when = hour + 200 + 120 * np.arange(_REPEATED)
        texts = self.lines.raw(self.reader.spare(when, camera, 100 * (operator + 1))).to_pylist()
        self.planted["time in the repeated hour"] += len(texts)
        file.write("".join(texts).encode())
        return len(texts)

    def elsewhere(self) -> None:
        """Count the faults that are no rows: they follow from the county's parameters."""
        county = self.reader.county
        if county.cameras > county.operators:
            self.planted["camera at two places"] += 1
        self.planted["camera silent for ten days"] += self.reader.roads.silent is not None
        self.planted["camera without reads"] += 1
        self.planted["clock ahead"] += sum(log.shift != 0 for log in county.held_logs)
