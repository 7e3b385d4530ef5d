"""A case on disk: sources, records, key, findings and outputs, always whole.

    CASE/
      key                    the case's key, mode 0600; made once
      current -> versions/2  the one link that says which version counts
      versions/2/
        MANIFEST.json        every file of the version with its size and SHA-256
        case.json            sources with their accounts, and the settings of the audit
        records/             one Parquet file per source
        quarantine/          rows that could not be read, with their raw text; never leaves the case
        set-aside/           which records repeat another
        report.html ...      the outputs

A new version is built beside the old one and takes its place by renaming one link, which is atomic: killed at
any moment, a case is the old one or the new one. Records that do not change are linked, not copied.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from answerable import wording
from answerable.errors import CaseError
from answerable.intake.accounting import Overlap, Source
from answerable.intake.preflight import file_sha256
from answerable.intake.pseudonyms import load_key, make_key

__all__ = ["CaseFolder", "Difference", "Settings", "State"]

FORMAT = 1
_RECORDS = ("records", "quarantine", "set-aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an audit was asked to do; it is kept, so that the report can be made again."""

    policies: tuple[str, ...] = ()
    secondary: bool = False
    as_of: str = ""
    timezone: str = ""
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a case knows beside its records."""

    settings: Settings = field(default_factory=Settings)
    sources: tuple[Source, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    repeated: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a case's files differ from its manifest."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class CaseFolder:
    """A case's folder. Nothing is read or written until a method is called."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def key_path(self) -> Path:
        """The key's file."""
        return self.path / "key"

    @property
    def current(self) -> Path:
        """The folder of the version that counts."""
        return self.path / "current"

    def exists(self) -> bool:
        """Say whether there is a case here."""
        return (self.current / "MANIFEST.json").is_file()

    def open(self) -> State:
        """Read the case's state.

        Raises:
            CaseError: There is no case here, or it cannot be read.
        """
        if not self.exists():
            raise CaseError(
                "there is no case here",
                where=str(self.path),
                expected="a folder that `answerable audit` made",
                do="Check the name, or make the case with `answerable audit PATHS --case FOLDER`.",
            )
        try:
            manifest = json.loads((self.current / "MANIFEST.json").read_bytes())
            if manifest["format"] > FORMAT:
                raise CaseError(
                    "the case was made by a later version of Answerable",
                    where=str(self.path),
                    do="Update Answerable.",
                )
            return msgspec.json.decode((self.current / "case.json").read_bytes(), type=State)
        except (OSError, ValueError, KeyError, msgspec.MsgspecError) as error:
            raise CaseError(
                f"the case's own files are damaged ({type(error).__name__})",
                where=str(self.path),
                do="Run `answerable verify` to see which files differ, and restore them from a copy.",
            ) from None

    def records(self, state: State) -> dict[int, Path]:
        """Give each source's records file."""
        return {
            source.number: self.current / "records" / f"{source.number:04}.parquet"
            for source in state.sources
        }

    @contextmanager
    def change(self) -> Iterator[Draft]:
        """Build a new version; it takes effect when the block ends well, and leaves no trace when it does not.

        Raises:
            CaseError: Another run is changing the case, or the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            foreign = [
                entry.name
                for entry in self.path.iterdir()
                if entry.name not in ("key", "key.new", "current", "versions", ".lock", "current.new")
            ]
        except OSError as error:
            raise CaseError(
                f"the case folder cannot be used ({error.strerror})",
                where=str(self.path),
                do="Choose a folder that you can write to.",
            ) from None
        if foreign and not self.exists():
            raise CaseError(
                f"the folder holds other files ({wording.listing(sorted(foreign), most=3)})",
                where=str(self.path),
                expected="an empty folder, a new one, or a case",
                do="Choose another folder for the case.",
            )
        lock = (self.path / ".lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise CaseError(
                "another run is using this case",
                where=str(self.path),
                do="Wait for it to end, then run the command again.",
            ) from None
        with lock:
            yield from self._draft()

    def _draft(self) -> Iterator[Draft]:
        notices = self._sweep()
        if not self.key_path.exists():
            if self.exists():
                load_key(self.key_path)  # says what to do about a missing key
            make_key(self.key_path)
        before = int(self.current.readlink().name) if self.exists() else 0
        folder = self.path / "versions" / str(before + 1)
        folder.mkdir(parents=True)
        draft = Draft(self, folder, load_key(self.key_path), tuple(notices))
        try:
            yield draft
            draft.seal()
            link = self.path / "current.new"
            link.symlink_to(Path("versions", folder.name))
            link.replace(self.current)
            _sync(self.path)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            if not self.exists():
                self._vanish()
            raise
        if before:
            shutil.rmtree(self.path / "versions" / str(before), ignore_errors=True)

    def _vanish(self) -> None:
        """Leave nothing of a case that never came to be."""
        for name in ("key", "key.new", "current.new", ".lock"):
            (self.path / name).unlink(missing_ok=True)
        for folder in (self.path / "versions", self.path):
            try:
                folder.rmdir()
            except OSError:
                return

    def _sweep(self) -> list[str]:
        """Remove what a run that was cut off left behind, and say so."""
        (self.path / "current.new").unlink(missing_ok=True)
        kept = self.current.readlink().name if self.exists() else ""
        versions = self.path / "versions"
        stray = [entry for entry in versions.iterdir() if entry.name != kept] if versions.is_dir() else []
        for entry in stray:
            shutil.rmtree(entry)
        if stray:
            state = "as it was before" if kept else "not there yet"
            return [
                f"An earlier run was cut off. The case is {state}; what that run left unfinished was removed."
            ]
        return []

    def verify(self) -> list[Difference]:
        """Hold every file of the case against its manifest.

        Raises:
            CaseError: There is no case, or its manifest cannot be read.
        """
        self.open()
        files: Mapping[str, Any] = json.loads((self.current / "MANIFEST.json").read_bytes())["files"]
        found = {
            str(path.relative_to(self.current)) for path in self.current.rglob("*") if path.is_file()
        } - {"MANIFEST.json"}
        differences = [Difference(name, "is not in the manifest") for name in sorted(found - set(files))]
        for name, entry in files.items():
            if name not in found:
                differences.append(Difference(name, "is missing"))
                continue
            size = (self.current / name).stat().st_size
            if size != entry["size"]:
                differences.append(
                    Difference(
                        name,
                        f"has {wording.count(size)} bytes; the manifest says {wording.count(entry['size'])}",
                    )
                )
            elif (actual := file_sha256(self.current / name)) != entry["sha256"]:
                differences.append(
                    Difference(name, f"has SHA-256 {actual[:16]}…; the manifest says {entry['sha256'][:16]}…")
                )
        try:
            load_key(self.key_path)
        except CaseError as error:
            differences.append(Difference("key", error.what))
        return differences


@dataclass(frozen=True, slots=True)
class Draft:
    """A version under construction: a folder to write to, the case's key, and what to tell the user first."""

    case: CaseFolder
    folder: Path
    key: bytes
    notices: tuple[str, ...]

    def keep_records(self) -> None:
        """Take over the records of the version that counts, by link."""
        if not self.case.exists():
            return
        for name in _RECORDS:
            for path in sorted((self.case.current / name).glob("*")):
                target = self.folder / name / path.name
                target.parent.mkdir(exist_ok=True)
                target.hardlink_to(path)

    def write_state(self, state: State) -> None:
        """Write the case's state."""
        data = msgspec.json.format(msgspec.json.encode(state), indent=1)
        (self.folder / "case.json").write_bytes(data + b"\n")

    def seal(self) -> None:
        """Write the manifest over everything in the folder, and make sure that it is on the disk."""
        files = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                files[str(path.relative_to(self.folder))] = {
                    "sha256": file_sha256(path),
                    "size": path.stat().st_size,
                }
                with path.open("rb") as file:
                    os.fsync(file.fileno())
        manifest = {"format": FORMAT, "files": files}
        (self.folder / "MANIFEST.json").write_text(
            json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        _sync(self.folder / "MANIFEST.json")
        _sync(self.folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
