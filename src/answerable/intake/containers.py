"""Containers: from the paths a user names to the files inside folders, archives and compressed files.

Nothing is ever extracted to disk: members are read as streams, within limits on size and on ratio, so that a
small archive cannot fill a machine. A member's or link's name that leads outside is refused.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from answerable import wording
from answerable.engine.hadoop import RemoteFile
from answerable.errors import InputError
from answerable.intake.unfolding import DAMAGE, Limits, bounded, check_unfolded, damaged

__all__ = ["Item", "Limits", "expand", "inside", "no_table", "remote_items", "table_key"]

TEXT = (".csv", ".tsv", ".txt")
JSON = (".json", ".jsonl", ".ndjson")
BOOKS = (".xlsx",)
COLUMNAR = (".parquet",)
ARRAYS = (".npy",)
HDF5 = (".h5", ".hdf5")
MAPS = (".geojson",)
LAYERS = (".shp", ".gpkg")
_SIDES = (
    ".dbf",
    ".prj",
    ".shx",
    ".cpg",
    ".qix",
    ".sbn",
    ".sbx",
)  # what lies beside a shapefile and is part of it
_READ = TEXT + JSON + MAPS + BOOKS + ARRAYS
_WHOLE = COLUMNAR + HDF5 + LAYERS  # what is read from a file of this machine, not from within an archive
_ARCHIVES = (".zip", ".npz")


@dataclass(frozen=True, slots=True)
class Item:
    """One file of records, wherever it lies.

    Attributes:
        name: The name in the report: ``logs.zip!june.csv``.
        path: The file on disk that holds it.
        suffix: What it is: one of ``.csv .tsv .txt .json .jsonl .ndjson .geojson .xlsx .parquet .npy .h5 .hdf5 .shp .gpkg``.
        plain: True where the file on disk is the item itself, neither compressed nor in an archive.
        open: Opens it as a stream of bytes.
        remote: The file, where it is not on a disk of this machine; `path` is then its name alone.
        array: What the one column of an array is called: its name in an .npz, else ``value``.
    """

    name: str
    path: Path
    suffix: str
    plain: bool
    open: Callable[[], IO[bytes]]
    remote: RemoteFile | None = None
    array: str = "value"

    @property
    def size(self) -> int:
        """The size of the file that holds it, in bytes."""
        return self.remote.size if self.remote else self.path.stat().st_size


def _suffix(name: str) -> str:
    lower = name.lower()
    return ".gz" if lower.endswith(".gz") else PurePosixPath(lower).suffix


def _plain(path: Path, name: str) -> Item:
    return Item(name, path, _suffix(name), True, lambda: path.open("rb"))


def _gzipped(path: Path, name: str, limits: Limits) -> Item:
    inner = _suffix(name[:-3])
    size = path.stat().st_size

    def opener() -> IO[bytes]:
        return bounded(cast("IO[bytes]", gzip.open(path, "rb")), size, limits, name)

    return Item(name, path, inner, False, opener)


def _members(path: Path, name: str, limits: Limits, left_out: list[str]) -> Iterator[Item]:
    arrays = _suffix(path.name) == ".npz"  # a zip archive of .npy members, each called by its array's name
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise InputError(
            f"this is not {'an .npz file' if arrays else 'a zip archive'} ({type(error).__name__})",
            where=name,
            expected="a whole file, as numpy.savez writes it" if arrays else "a whole zip archive",
            do="Copy or request the file again.",
        ) from None
    with archive:
        members = sorted(
            (info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename
        )
    check_unfolded(sum(info.file_size for info in members), path.stat().st_size, limits, name)
    for info in members:
        array = info.filename.removesuffix(".npy") if arrays else "value"
        label = f"{name}!{array if arrays else info.filename}"
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            raise InputError(
                "the archive names a member outside itself",
                where=name,
                expected="members inside the archive",
                do="Do not open this archive with other tools; ask for a new one.",
            )
        if info.flag_bits & 1:
            raise InputError(
                "the member is encrypted",
                where=label,
                expected="a member that can be read",
                do="Unpack the archive with its password and give the files.",
            )
        suffix = _suffix(info.filename)
        if (
            suffix not in (ARRAYS if arrays else _READ)
            or parts.name.startswith(".")
            or "__MACOSX" in parts.parts
        ):
            left_out.append(label)
            continue

        def opener(info: zipfile.ZipInfo = info, label: str = label) -> IO[bytes]:
            try:
                with zipfile.ZipFile(path) as archive:  # the member holds the file open for itself
                    stream = archive.open(info)
            except DAMAGE as error:
                raise damaged(error, label) from None
            return bounded(stream, info.compress_size, limits, label)

        yield Item(label, path, suffix, False, opener, array=array)


def _walk(folder: Path) -> Iterator[Path]:
    home = folder.resolve()
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        if "key" in files and "versions" in folders and ("current" in folders or ".lock" in files):
            folders.clear()
            yield Path(parent)  # a case: what an audit made is not read as its source
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = sorted(name for name in files if not name.startswith("."))
        for name in (*folders, *shown):
            path = Path(parent, name)
            if not path.resolve().is_relative_to(home):
                raise InputError(
                    "the link leads outside the folder",
                    where=str(path),
                    expected="files inside the folder that was named",
                    do="Name the file or folder itself, or remove the link.",
                )
        yield from (Path(parent, name) for name in shown)


def inside(source: str) -> str:
    """Give the place within its archive, workbook or file of arrays that a source's name states, empty where it is a file."""
    found = re.search(r"\.(?:zip|xlsx|npz|h5|hdf5|gpkg)!(.*)", source, re.DOTALL | re.IGNORECASE)
    return found[1] if found else ""


def table_key(sha256: str, source: str, beside: str) -> str:
    """Give what tells a table from others: its file's hash, its place within the file, and the hashes of what lies beside and is part of it."""
    return " ".join(part for part in (sha256, inside(source), beside) if part)


def _refuse(error: OSError) -> None:
    raise InputError(
        f"the folder cannot be read ({error.strerror})",
        where=str(error.filename),
        do="Check the name and the permissions.",
    ) from None


def _text(path: Path) -> str:
    """Give a path as text; bytes that are not UTF-8 show as question marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def no_table(paths: Iterable[Path]) -> InputError:
    """Make the error for paths under which there is no table."""
    return InputError(
        "no table was found",
        where=wording.listing([str(path) for path in paths]),
        expected="at least one file of records",
        do="Name a folder or files that hold them.",
    )


def _known(path: Path) -> bool:
    suffix = _suffix(path.name)
    return suffix in (*_READ, *_WHOLE, *_ARCHIVES) or (
        suffix == ".gz" and _suffix(path.name[:-3]) in TEXT + JSON
    )


def _check_file(path: Path, name: str) -> None:
    """Refuse a path that cannot be a file of records."""
    if not _known(path):
        raise InputError(
            f"files of type {_suffix(path.name) or '(none)'} are not read",
            where=name,
            expected=f"{', '.join((*_READ, *_WHOLE))}, .npz, .csv.gz or .zip",
            do="Save it as one of these.",
        )
    if not path.is_file():
        raise InputError(
            "this is not a regular file",
            where=name,
            expected="a file on a disk",
            do="Save what it gives as a file.",
        )
    if _text(path.absolute()) != str(path.absolute()):
        raise InputError(
            "the name of the file, or of a folder above it, is not text",
            where=name,
            expected="a name in UTF-8",
            do="Rename it.",
        )
    if not os.access(path, os.R_OK):
        raise InputError(
            "there is no permission to read the file",
            where=name,
            expected="a file that can be read",
            do="Change its permissions or copy it.",
        )


def expand(paths: Iterable[Path], limits: Limits = Limits()) -> tuple[list[Item], list[str]]:
    """Give every file of records under some paths, and the names of files that are not tables.

    A path named by the user must be readable; inside a folder or archive, a file whose suffix is not one of
    a table's is left out and named.

    Raises:
        InputError: A path does not exist, cannot be read, is not a table, or unfolds beyond the limits.
    """
    items: list[Item] = []
    left_out: list[str] = []
    for given in paths:
        if not given.exists():
            raise InputError("there is no such file or folder", where=str(given), do="Check the name.")
        inside = given.is_dir()
        for path in _walk(given) if inside else [given]:
            name = _text(Path(given.name, path.relative_to(given)) if inside else Path(path.name))
            suffix = _suffix(path.name)
            if inside and suffix in _SIDES and path.with_suffix(".shp").is_file():
                continue
            if inside and not (path.is_file() and _known(path)):
                left_out.append(name)
                continue
            _check_file(path, name)
            if suffix in _ARCHIVES:
                items += _members(path, name, limits, left_out)
            elif suffix == ".gz":
                items.append(_gzipped(path, name, limits))
            else:
                items.append(_plain(path, name))
    return items, left_out


def remote_items(files: Iterable[RemoteFile], limits: Limits = Limits()) -> tuple[list[Item], list[str]]:
    """Give every file of records among files that Hadoop reads, and the names of those that are not tables.

    An archive is not read: what is in it stands at places that only a file on a disk has.
    """
    items: list[Item] = []
    left_out: list[str] = []
    for file in files:
        path, suffix = Path(file.name), _suffix(file.name)
        if suffix == ".gz" and _suffix(file.name[:-3]) in TEXT + JSON:
            items.append(Item(file.name, path, _suffix(file.name[:-3]), False, _unzipped(file, limits), file))
        elif suffix in (*_READ, *COLUMNAR):
            items.append(Item(file.name, path, suffix, True, file.stream, file))
        else:
            left_out.append(file.name)
    return items, left_out


def _unzipped(file: RemoteFile, limits: Limits) -> Callable[[], IO[bytes]]:
    def opener() -> IO[bytes]:
        unfolded = cast("IO[bytes]", gzip.GzipFile(fileobj=file.stream()))
        return bounded(unfolded, file.size, limits, file.name)

    return opener


def check_book(item: Item, limits: Limits = Limits()) -> None:
    """Refuse a workbook (a zip of XML), wherever it lies, that would unfold beyond the limits.

    Raises:
        InputError: It would, or it is no workbook.
    """
    try:
        with item.open() as stream, zipfile.ZipFile(io.BytesIO(stream.read())) as book:
            members = book.infolist()
            size = sum(info.compress_size for info in members)
            check_unfolded(sum(info.file_size for info in members), size, limits, item.name)
    except DAMAGE:
        raise InputError(
            "this is not an Excel workbook",
            where=item.name,
            expected="a whole .xlsx file",
            do="Save it again as .xlsx, or as .csv.",
        ) from None
