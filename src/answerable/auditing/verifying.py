"""Verifying: a case's files held against its manifest, and its sources against their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from answerable.case import ORIGINS, STATE, CaseFolder, Difference
from answerable.engine.hadoop import is_url
from answerable.errors import CaseError, InputError
from answerable.intake.accounting import Source
from answerable.intake.containers import inside
from answerable.intake.preflight import file_sha256

__all__ = ["verify"]


def verify(case: Path, sources: Iterable[Path] = ()) -> list[Difference]:
    """Say every way in which a case and its sources differ from what its manifest says.

    Args:
        case: The case's folder. Whatever is wrong with it is said, as long as its manifest can be read.
        sources: Where the sources lie now, if not where they were read from.

    Raises:
        CaseError: There is no case, or its manifest cannot be read.
        InputError: There is nothing where the sources should lie now.
    """
    folder = CaseFolder(case)
    places = _Places(folder.current / ORIGINS, sources)
    differences = folder.verify()
    try:
        read = folder.open().sources
    except CaseError:
        return [*differences, Difference(STATE, "cannot be read, so no source was held against it")]
    found = ((source.name, places.differs(source)) for source in read)
    return [*differences, *(Difference(name, what) for name, what in found if what)]


class _Places:
    """Where the sources of a case lie: where they were read from, or where the user says that they are now."""

    def __init__(self, origins: Path, given: Iterable[Path]) -> None:
        try:
            self._origins = msgspec.json.decode(origins.read_bytes(), type=dict[str, str])
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
        whole = source.name.removesuffix(f"!{inside(source.name)}")
        stated = self._origins.get(str(source.number), whole)
        origin = Path(stated)
        names = dict.fromkeys((origin.name, Path(whole).name))
        files = [path for name in names for path in self._given.get(name, ())]
        if not files and is_url(stated):
            return f"the source is at {stated}, which is not looked at from here; fetch it, and say where it is with --sources"
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

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = file_sha256(path)
        return self._hashes[path]
