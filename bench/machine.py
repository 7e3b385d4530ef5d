"""Says in words what the machine is: its size and its versions, never its name or its folders."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import PackageNotFoundError, version

__all__ = ["cores", "described", "load", "memory", "stated"]

_PACKAGES = ("answerable", "duckdb", "numpy", "pandas", "pyarrow")


def cores() -> int:
    """Give the number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> int:
    """Give the machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def load() -> float:
    """Give how many processes wanted to run over the last minute, on average."""
    return os.getloadavg()[0]


def _installed(name: str) -> bool:
    """Tell whether a package is there; not every bench needs each."""
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def described() -> str:
    """Describe the machine and the versions in one sentence."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES if _installed(name))
    system = {"Darwin": "macOS"}.get(platform.system(), platform.system())
    return (
        f"{cores()} processor cores ({platform.machine()}), {memory() / 1e9:.0f} GB of memory, {system}; "
        f"{platform.python_implementation()} {platform.python_version()}, {versions}"
    )


def stated(began_with: float) -> str:
    """State the day, the machine and the load average with which a bench began, for a page that its figures stand on."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return f"Measured on {today}: {described()}. Load average when the bench began: {began_with:.1f}."
