"""Where the sources of a case lie: where they were read from, or where the user says that they are now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from answerable.case import ORIGINS, CaseFolder
from answerable.engine.hadoop import is_url
from answerable.errors import InputError
from answerable.intake.accounting import Source
from answerable.intake.containers import inside
from answerable.intake.preflight import file_sha256

__all__ = ["SENT", "Origins"]

SENT = "sent: "
"""What stands before the name of a source that a browser sent: it was read from a file that is gone."""


class Origins:
    """Where the sources of a case lie: where they were read from, or where the user says that they are now."""

    def __init__(self, case: CaseFolder, given: Iterable[Path] = ()) -> None:
        try:
            self._origins = msgspec.json.decode((case.current / ORIGINS).read_bytes(), type=dict[str, str])
        except (OSError, ValueError):
            self._origins = {}
        self._given: dict[str, list[Path]] = {}
        self._hashes: dict[Path, str] = {}
        for path in given:
            if not path.exists():
                raise InputError(
                    "there is no such file or folder",
                    where=str(path),
                    expected="the sources of the case, or a folder that holds them",
                    do="Check the name.",
                )
            for found in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if found.is_file():
                    self._given.setdefault(found.name, []).append(found)

    def differs(self, source: Source) -> str:
        """Say in what a source is not the file that the case was made from; nothing where it is that file."""
        stated, origin, files = self._files(source)
        if not files and is_url(stated):
            return f"the source is at {stated}, which is not looked at from here; fetch it, and say where it is with --sources"
        if not files and stated.startswith(SENT):
            return ""  # it was never meant to stay: `answerable verify` says how many there are
        files = files or [origin]
        try:
            found = [self._hash(path) for path in files]
        except FileNotFoundError:
            return f"the source is no longer at {origin}; say where it is with --sources"
        except OSError as error:
            return f"the source at {error.filename or origin} cannot be read ({error.strerror})"
        if source.sha256 in found:
            return ""
        return f"the source has SHA-256 {found[0][:16]}…; the case was made from {source.sha256[:16]}…"

    def same_file(self, source: Source) -> Path | None:
        """Give the file that a source was read from, where it can be read and has the same SHA-256; else None."""
        stated, origin, files = self._files(source)
        if not files and (is_url(stated) or stated.startswith(SENT)):
            return None
        for path in files or [origin]:
            try:
                if self._hash(path) == source.sha256:
                    return path
            except OSError:
                continue
        return None

    def unseen(self, source: Source) -> bool:
        """Say whether a source was sent by a browser, and nobody says where its file lies now."""
        stated, _, files = self._files(source)
        return not files and stated.startswith(SENT)

    def _files(self, source: Source) -> tuple[str, Path, list[Path]]:
        """Give where a source was read from, as a text and as a path, and the files of its name that the user gave."""
        whole = source.name.removesuffix(f"!{inside(source.name)}")
        stated = self._origins.get(str(source.number), whole)
        origin = Path(stated.removeprefix(SENT))
        names = dict.fromkeys((origin.name, Path(whole).name))
        return stated, origin, [path for name in names for path in self._given.get(name, ())]

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = file_sha256(path)
        return self._hashes[path]
