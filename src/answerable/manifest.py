"""The manifest: every file of a version with its size and SHA-256, written last and held against the disk."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from answerable import wording
from answerable.errors import CaseError
from answerable.intake.preflight import file_sha256

__all__ = ["MANIFEST", "Difference", "Manifest", "read_manifest", "sync", "write_manifest"]

MANIFEST = "MANIFEST.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a case differs from its manifest."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class _Entry(msgspec.Struct, frozen=True):
    sha256: str
    size: int


class _Format(msgspec.Struct, frozen=True):
    format: int


class Manifest(_Format, frozen=True):
    """What a version's files are."""

    files: dict[str, _Entry]

    def compare(self, folder: Path, among: Sequence[str] = ("",)) -> list[Difference]:
        """Hold a folder's files against the manifest.

        Args:
            folder: The version's folder.
            among: How the names begin that are looked at; by default every name.
        """
        there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not _is_folder(path)}
        found = {name for name in there - {MANIFEST} if name.startswith(tuple(among))}
        listed = {name: entry for name, entry in self.files.items() if name.startswith(tuple(among))}
        differences = [Difference(name, "is not in the manifest") for name in sorted(found - set(listed))]
        for name, entry in listed.items():
            what = _differs(folder / name, entry) if name in found else "is missing"
            differences += [Difference(name, what)] if what else []
        return differences


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _differs(path: Path, entry: _Entry) -> str:
    try:
        size = path.stat().st_size
        if size != entry.size:
            return f"has {wording.plural(size, 'byte')}; the manifest says {wording.count(entry.size)}"
        actual = file_sha256(path)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if actual != entry.sha256:
        return f"has SHA-256 {actual[:16]}…; the manifest says {entry.sha256[:16]}…"
    return ""


def read_manifest(folder: Path) -> Manifest:
    """Read a version's manifest.

    Raises:
        CaseError: It is missing or damaged, or was made by a later version of Answerable.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        made = msgspec.json.decode(data, type=_Format).format
        if made > FORMAT:
            raise CaseError(
                "the case was made by a later version of Answerable", where=str(path), do="Update Answerable."
            )
        return msgspec.json.decode(data, type=Manifest)
    except OSError as error:
        what = f"the case's manifest cannot be read ({error.strerror})"
    except (msgspec.MsgspecError, RecursionError) as error:
        what = f"the case's manifest is damaged ({type(error).__name__})"
    raise CaseError(
        what,
        where=str(path),
        expected="the list of the case's files that an audit wrote",
        do="Restore the case from a copy, or make it again from its sources in another folder.",
    )


def write_manifest(folder: Path) -> None:
    """Write the manifest over everything in a folder, and make sure that all of it is on the disk."""
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(folder))
            files[name] = {"sha256": file_sha256(path), "size": path.stat().st_size}
        sync(path)
    text = json.dumps({"format": FORMAT, "files": files}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    sync(folder / MANIFEST)
    sync(folder)


def sync(path: Path) -> None:
    """Make sure that a file's contents, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
