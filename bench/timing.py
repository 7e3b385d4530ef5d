"""Runs contenders alternately, each in a process of its own, and keeps the time and the peak memory of every run.

This module and those that import it load nothing but the standard library: on Linux a child's peak memory is never
less than what its parent held when it was started.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Contender", "Run", "Taken", "alternate", "run", "touch"]

_BLOCK = 1 << 24
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # macOS gives bytes, Linux kibibytes


@dataclass(frozen=True, slots=True)
class Run:
    """One process: the seconds from its start to its end, its peak resident memory in bytes, and what it printed."""

    seconds: float
    peak: int
    printed: str


@dataclass(frozen=True, slots=True)
class Contender:
    """What is timed: a name, a command, and what the command makes, which is removed before each run."""

    name: str
    command: Sequence[str | Path]
    makes: Path | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """All runs of one contender."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median of the times."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The shortest and the longest time."""
        times = [run.seconds for run in self.runs]
        return min(times), max(times)

    @property
    def peak(self) -> int:
        """The largest of the peaks of memory."""
        return max(run.peak for run in self.runs)


def run(command: Sequence[str | Path]) -> Run:
    """Run a command to its end.

    Raises:
        SystemExit: It failed; its own words are on the terminal.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(
            status
        )  # wait4 took the status that Popen would wait for
    if process.returncode:
        raise SystemExit(f"{Path(command[0]).name} {command[1]} ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss * _RSS_UNIT, printed)


def touch(path: Path) -> None:
    """Read a file to its end, so that whoever comes next finds it in the cache as far as the cache holds it."""
    with path.open("rb", buffering=0) as file:
        while file.read(_BLOCK):
            pass


def alternate(contenders: Iterable[Contender], rounds: int, read: Path | None = None) -> dict[str, Taken]:
    """Run every contender once, then every one again, and so on.

    Before each run what it made earlier is removed, what is still to be written to the disk is written, and the file
    that all of them read is read.

    Args:
        contenders: In the order to run them.
        rounds: How often.
        read: The file that all of them read.

    Returns:
        The runs, by the contender's name.
    """
    everyone = list(contenders)
    taken: dict[str, list[Run]] = {contender.name: [] for contender in everyone}
    for number in range(1, rounds + 1):
        for contender in everyone:
            if contender.makes is not None:
                _remove(contender.makes)
            os.sync()
            if read is not None:
                touch(read)
            done = run(contender.command)
            taken[contender.name].append(done)
            print(
                f"  round {number} of {rounds}: {contender.name}, {done.seconds:.2f} s, {done.peak / 1e6:,.0f} MB",
                flush=True,
            )
    return {name: Taken(tuple(runs)) for name, runs in taken.items()}


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
