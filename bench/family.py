"""Watches the memory of a process together with all that it starts: Spark's Java is a process of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["peak_of"]

_EVERY = 0.1  # seconds


def peak_of(command: Sequence[str | Path]) -> int:
    """Run a command to its end, and give the largest resident memory, in bytes, that it and its descendants held at once.

    It is looked at ten times a second, with `ps`, so that a shorter peak may be missed.

    Raises:
        SystemExit: It failed; its own words are on the terminal.
    """
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(_family(process.pid)))
            time.sleep(_EVERY)
    if process.returncode:
        raise SystemExit(f"{Path(command[0]).name} {command[1]} ended with {process.returncode}")
    return peak


def _family(root: int) -> Iterator[int]:
    """Give the resident memory of a process and of each of its descendants."""
    listed = subprocess.run(("ps", "-A", "-o", "pid=,ppid=,rss="), capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    inside = {root}
    grown = True
    while grown:
        found = {pid for pid, parent, _ in rows if parent in inside} - inside
        grown = bool(found)
        inside |= found
    return (rss * 1024 for pid, _, rss in rows if pid in inside)
