"""What was asked of speed and memory, and whether the measurements meet it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measuring import AUDIT, BARE, COLD_ROWS, DUCKDB, FACE, FRONT, PANDAS, PANDAS_NEEDED, Size
from timing import Taken

__all__ = ["FULL", "Results", "Target", "judged"]

FULL = 10_000_000
"""The number of rows that the targets are about."""

_LINEAR = 1.2


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run of the bench measured."""

    date: str
    machine: str
    load: float
    rounds: int
    cold_rounds: int
    sizes: Sequence[Size]
    cold: Mapping[str, Taken]


@dataclass(frozen=True, slots=True)
class Target:
    """One target: what was asked, what was measured, and whether that is enough; None where it was not tried."""

    asked: str
    measured: str
    met: bool | None

    @property
    def outcome(self) -> str:
        """The outcome, in a word or two."""
        return {True: "met", False: "**missed**", None: "not judged"}[self.met]


def judged(results: Results) -> list[Target]:
    """Hold the results against every target; those about 10,000,000 rows are judged at that size alone."""
    large = results.sizes[-1]
    audit = large.taken[AUDIT]
    full = large.rows == FULL
    ratio = audit.seconds / large.taken[DUCKDB].seconds
    at = f"{large.rows:,} rows"
    return [
        Target(
            f"{FULL:,} rows: `audit` takes at most 3 times as long as plain DuckDB takes to read the file as text into a Parquet file",
            f"{ratio:.2f} times, at {at}",
            ratio <= 3 if full else None,
        ),
        Target(
            f"{FULL:,} rows: `audit` holds less than 3 GB of memory at its peak",
            f"{audit.peak / 1e9:.2f} GB, at {at}",
            audit.peak < 3e9 if full else None,
        ),
        _beside_pandas(large, full=full),
        _growth(results.sizes, full=full),
        *_starts(results.cold),
    ]


def _growth(sizes: Sequence[Size], *, full: bool) -> Target:
    """Compare what a further row costs among many rows with what it costs among fewer.

    The whole time divided by the rows would hide a growth that is worse than linear behind the part of the time that
    does not depend on the rows.
    """
    first, middle, last = sizes
    earlier, later = middle.further(AUDIT, first), last.further(AUDIT, middle)
    return Target(
        f"cost grows linearly: from {middle.rows:,} to {last.rows:,} rows a further row costs `audit` at most "
        f"{_LINEAR:g} times what it costs from {first.rows:,} to {middle.rows:,} (the bound is ours)",
        f"{later:.2f} s for each further million rows beside {earlier:.2f} s"
        + (f": {later / earlier:.2f} times" if earlier > 0 else ""),
        later <= _LINEAR * earlier if full else None,
    )


def _beside_pandas(large: Size, *, full: bool) -> Target:
    asked = f"{FULL:,} rows: a plain pandas script that computes five of the measures takes at least 3 times as long as the whole `audit`"
    parts, met = [], None
    for name in (PANDAS, PANDAS_NEEDED):
        if name in large.taken:
            ratio = large.taken[name].seconds / large.taken[AUDIT].seconds
            parts.append(f"{ratio:.2f} times ({name})")
            met = ratio >= 3 if full and met is None else met
    said = "; ".join(parts) or "no pandas script fits in this machine's memory"
    return Target(asked, f"{said}, at {large.rows:,} rows", met)


def _starts(cold: Mapping[str, Taken]) -> list[Target]:
    small, bare, front, face = (cold[name].seconds for name in (AUDIT, BARE, FRONT, FACE))
    return [
        Target(
            f"{COLD_ROWS:,} rows: `audit` in a new process takes less than 3 s", f"{small:.2f} s", small < 3
        ),
        Target(
            "`import answerable` takes less than 0.4 s more than the interpreter alone",
            f"{front - bare:.2f} s; {face - bare:.2f} s with all that `from answerable import audit` loads",
            front - bare < 0.4,
        ),
    ]
