"""A case on disk: sources, records, key, findings and outputs, always whole.

    CASE/
      key                    the case's key, mode 0600; made once
      current -> versions/2  the one link that says which version counts
      versions/2/
        MANIFEST.json        every file of the version with its size and SHA-256
        case.json            sources with their accounts, and the settings of the audit
        records/             one Parquet file per source
        shared/              records that a source of another log holds too, one Parquet file per source
        quarantine/          rows that could not be read, with their raw text; never leaves the case
        set-aside/           which records repeat another
        policies/            policy packs of the user's own, as they were
        conclusions/         what reviews came to
        report.html ...      the outputs
      reviews/NAME/          a sample and the journal of its judgements; no version changes them
      people.json            who may work on the case in a browser, with their passwords' hashes, mode 0600
      acts.jsonl             what was done through the web app, by whom and when
      incoming/              files that a browser sent and nobody has decided on; swept when serving begins and ends

A new version is built beside the old one and takes its place by renaming one link, which is atomic: killed at
any moment, a case is the old one or the new one. Records that do not change are linked, not copied, once they
have been held against the old manifest: damage is never carried into a new one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import msgspec

from answerable import wording
from answerable.errors import CaseError, StorageError
from answerable.intake.accounting import Overlap, Source
from answerable.intake.pseudonyms import load_key, make_key
from answerable.manifest import MANIFEST, Difference, read_manifest, sync, write_manifest

__all__ = [
    "INCOMING",
    "LEFT_BEHIND",
    "ORIGINS",
    "POLICIES",
    "STATE",
    "CaseFolder",
    "Difference",
    "Draft",
    "Settings",
    "State",
    "record_files",
]

ORIGINS = "origins.json"
"""The file that remembers where sources were read from."""

STATE = "case.json"
"""The file of what a case knows beside its records."""

POLICIES = "policies"
"""The folder of the policy packs of the user's own."""

INCOMING = "incoming"
"""The folder of files that a browser sent, for as long as nobody has decided on them."""

_RECORDS = ("records", "shared", "quarantine", "set-aside", "conclusions")
_CARRIED = (*(f"{name}/" for name in (*_RECORDS, POLICIES)), STATE, ORIGINS)
LEFT_BEHIND = frozenset({INCOMING, "people.json", "people.new", "acts.jsonl", ".serving"})
"""What serving a case may leave in its folder, beside its versions."""

_OURS = frozenset({"key", "key.new", "current", "current.new", "versions", "reviews", ".lock"}) | LEFT_BEHIND


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


def record_files(version: Path, source: Source) -> list[Path]:
    """Give a source's record files in a version: its own first, then that of the records that another log holds too."""
    folders = ("records", "shared") if source.shared else ("records",)
    return [version / folder / f"{source.number:04}.parquet" for folder in folders]


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

    @property
    def lock_path(self) -> Path:
        """The file that a run holds while it changes the case."""
        return self.path / ".lock"

    def exists(self) -> bool:
        """Say whether there is a case here, whole or damaged."""
        return self.current.is_symlink() or (self.current / MANIFEST).is_file()

    def check(self) -> None:
        """Say whether there is a case here whose manifest can be read.

        Raises:
            CaseError: There is none.
        """
        if not self.exists():
            raise CaseError(
                "there is no case here",
                where=str(self.path),
                expected="a folder that `answerable audit` made",
                do="Check the name, or make the case with `answerable audit PATHS --case FOLDER`.",
            )
        read_manifest(self.current)

    def open(self) -> State:
        """Read the case's state.

        Raises:
            CaseError: There is no case here, or it cannot be read.
        """
        self.check()
        try:
            return msgspec.json.decode((self.current / STATE).read_bytes(), type=State)
        except (OSError, ValueError, RecursionError) as error:
            raise CaseError(
                f"the case's own file is damaged ({type(error).__name__})",
                where=str(self.current / STATE),
                do="Run `answerable verify` to see which files differ, and restore them from a copy.",
            ) from None

    def records(self, state: State) -> list[tuple[Source, list[Path]]]:
        """Give each source's record files: its own, and that of the records which another log holds too."""
        return [(source, record_files(self.current, source)) for source in state.sources]

    @contextmanager
    def change(self) -> Iterator[Draft]:
        """Build a new version; it takes effect when the block ends well, and leaves no trace when it does not.

        Raises:
            CaseError: Another run is changing the case, it is damaged, or the folder holds something else.
            StorageError: The disk is full, or the folder cannot be written.
        """
        try:
            made = self._prepare()
            lock, cut_off = self._lock()
        except OSError as error:
            raise StorageError.of(error, self.path) from None
        with lock:
            yield from self._draft(made, cut_off=cut_off)

    def _prepare(self) -> list[Path]:
        """Make the folder, refuse one that holds anything else, and give the folders made, innermost first."""
        made = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise CaseError(
                "this is not a folder",
                where=str(self.path),
                expected="an empty folder, a new one, or a case",
                do="Choose another name for the case.",
            ) from None
        if not self.exists():
            # Without a lock file no run has been here: not even a folder called `versions` is ours.
            ours = _OURS - {"current"} if self.lock_path.exists() else LEFT_BEHIND | {"key"}
            if foreign := sorted({entry.name for entry in self.path.iterdir()} - ours):
                raise CaseError(
                    f"the folder holds other files ({wording.listing(foreign, most=3)})",
                    where=str(self.path),
                    expected="an empty folder, a new one, or a case",
                    do="Choose another folder for the case.",
                )
        return made

    def _lock(self) -> tuple[IO[str], bool]:
        """Lock the case, and say whether a run was cut off before it ever was one."""
        while True:
            cut_off = self.lock_path.exists() and not self.exists()
            lock = self.lock_path.open("w")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
                raise CaseError(
                    "another run is using this case",
                    where=str(self.path),
                    do="Wait for it to end, then run the command again.",
                ) from None
            # A run that fails removes the file that it had locked: a lock on a removed file locks nobody out.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), self.lock_path.stat()):
                    return lock, cut_off
            lock.close()
            self.path.mkdir(parents=True, exist_ok=True)

    def _draft(self, made: list[Path], *, cut_off: bool) -> Iterator[Draft]:
        before = self._version() if self.exists() else 0
        fresh_key = not before and not self.key_path.exists()
        folder = self.path / "versions" / str(before + 1)
        try:
            notices = self._sweep(before, cut_off=cut_off)
            if fresh_key:
                make_key(self.key_path)
            key = load_key(self.key_path)
            folder.mkdir(parents=True)
            yield Draft(self, folder, key, notices)
            write_manifest(folder)
            link = self.path / "current.new"
            link.symlink_to(Path("versions", folder.name))
            link.replace(self.current)
            sync(self.path)
        except BaseException as error:
            if self.exists() and self._version() > before:
                raise  # the new version counts already: it stays
            shutil.rmtree(folder, ignore_errors=True)
            if not before:
                self._vanish(made, [self.key_path] if fresh_key else [])
            if isinstance(error, OSError):
                raise StorageError.of(error, self.path) from None
            raise
        if before:
            shutil.rmtree(self.path / "versions" / str(before), ignore_errors=True)

    def _version(self) -> int:
        """Give the number of the version that counts."""
        try:
            return int(self.current.readlink().name)
        except (OSError, ValueError):
            raise CaseError(
                "`current` is not a link to a version, as it is where a case was copied without its links",
                where=str(self.path),
                do="In the case's folder, remove `current` and run: ln -s versions/N current, with N the number there.",
            ) from None

    def _vanish(self, made: list[Path], key: list[Path]) -> None:
        """Leave nothing that this run made of a case that never came to be."""
        for path in (self.path / "current.new", self.path / "key.new", *key, self.lock_path):
            path.unlink(missing_ok=True)
        for folder in (self.path / "versions", *made):
            with suppress(OSError):
                folder.rmdir()

    def _sweep(self, kept: int, *, cut_off: bool) -> tuple[str, ...]:
        """Remove what a run that was cut off left behind, and say so."""
        (self.path / "current.new").unlink(missing_ok=True)
        versions = self.path / "versions"
        stray = (
            [each for each in versions.iterdir() if each.name.isdecimal() and each.name != str(kept)]
            if versions.is_dir()
            else []
        )
        for entry in stray:
            shutil.rmtree(entry)
        if not kept:
            ended = "before the case was made; what it left unfinished was removed" if cut_off else ""
        elif any(entry.name == str(kept + 1) for entry in stray):
            ended = "and the case is as it was before that run; what it left unfinished was removed"
        else:
            ended = "when its work was done and in place; the version before it was removed" if stray else ""
        return (f"An earlier run was cut off {ended}.",) if ended else ()

    def verify(self) -> list[Difference]:
        """Hold every file of the case against its manifest.

        Raises:
            CaseError: There is no case, or its manifest cannot be read.
        """
        self.check()
        differences = read_manifest(self.current).compare(self.current)
        for path, look in ((self.key_path, lambda: load_key(self.key_path)), (self.current, self._version)):
            try:
                look()
            except CaseError as error:
                differences.append(Difference(path.name, error.what))
        return differences


@dataclass(frozen=True, slots=True)
class Draft:
    """A version under construction: a folder to write to, the case's key, and what to tell the user first."""

    case: CaseFolder
    folder: Path
    key: bytes
    notices: tuple[str, ...]

    def keep_records(self) -> None:
        """Take over the records of the version that counts, by link.

        Raises:
            CaseError: One of them, or what the case knows of them, is not as the manifest says.
        """
        if not self.case.exists():
            return
        current = self.case.current
        if damaged := read_manifest(current).compare(current, _CARRIED):
            raise CaseError(
                "; ".join(str(one) for one in damaged),
                where=str(self.case.path),
                expected="records as they were read from their sources",
                do="Restore the files from a copy, or make the case again from its sources in another folder.",
            )
        for name in _RECORDS:
            for path in sorted((current / name).glob("*")):
                target = self.folder / name / path.name
                target.parent.mkdir(exist_ok=True)
                try:
                    target.hardlink_to(path)
                except OSError:  # some file systems have no links of this kind
                    shutil.copy2(path, target)

    def write_state(self, state: State) -> None:
        """Write the case's state."""
        data = msgspec.json.format(msgspec.json.encode(state), indent=1)
        (self.folder / STATE).write_bytes(data + b"\n")
