"""Cases to look at: a small town's logs, an audit of them, and what a case's files are."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from answerable import auditing

ZONE = "America/Los_Angeles"
OUTPUTS = ("report.html", "findings.json", "measures.csv", "findings.xlsx", "results.json")
TINY = "Reason,DateTime\nburglary,2025-06-0{0} 10:00:00\ntheft,2025-06-0{0} 11:00:00\n"


@pytest.fixture(scope="session")
def town(tmp_path_factory) -> Path:
    """The month files of a small synthetic town, faults included. Tests read them and leave them as they are."""
    folder = tmp_path_factory.mktemp("made") / "town"
    auditing.simulate(folder, rows=400, seed=7, faults=True)
    return folder


@pytest.fixture(scope="session")
def audited(tmp_path_factory, town) -> Path:
    """A case made from the first two months. Tests read it, or change a copy of it."""
    folder = tmp_path_factory.mktemp("audited") / "case"
    auditing.audit(months(town)[:2], folder, policy=["us-ca"], timezone=ZONE)
    return folder


@pytest.fixture
def a_case(tmp_path, audited) -> Path:
    """A case of one's own, to damage."""
    return copied(audited, tmp_path / "case")


def months(town: Path) -> list[Path]:
    """Give a town's month files in order."""
    return sorted(town.glob("*.csv"))


def tiny(path: Path, day: int = 1) -> Path:
    """Write a log of two searches."""
    path.write_text(TINY.format(day), encoding="utf-8")
    return path


def copied(case: Path, to: Path) -> Path:
    """Copy a case with its link, modes and all."""
    return shutil.copytree(case, to, symlinks=True)


def hashes(case: Path) -> dict[str, str]:
    """Give the SHA-256 of every file of the version that counts."""
    current = (case / "current").resolve()
    return {
        str(path.relative_to(current)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(current.rglob("*"))
        if path.is_file()
    }


def everything(case: Path) -> dict[str, tuple[int, bytes]]:
    """Give the mode and bytes of every file of a case, old versions and stray files included."""
    return {
        str(path.relative_to(case)): (path.stat().st_mode, path.read_bytes())
        for path in sorted(case.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def manifest(case: Path) -> dict:
    """Read a case's manifest."""
    return json.loads((case / "current" / "MANIFEST.json").read_bytes())


def flipped(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
