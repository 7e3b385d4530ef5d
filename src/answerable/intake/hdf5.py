"""HDF5 files: each dataset is a table, read in slices by h5py, which is an extra.

A dataset may keep its numbers in other files, or unfold far beyond its file. Neither is followed: what is read is what
stands in the file that was named, within the limits of any compressed file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from answerable import wording
from answerable.errors import InputError, UsageError
from answerable.intake.arrays import ArrayTable, make_table
from answerable.intake.unfolding import Limits, check_unfolded

__all__ = ["tables"]

_LARGEST_CHUNK = 256 << 20  # bytes that one slice may take, since a chunk is unpacked whole


def tables(path: Path, name: str, limits: Limits = Limits()) -> Iterator[ArrayTable]:
    """Give every dataset of a file, in the order of their names.

    Args:
        path: The file.
        name: What errors and sources call it.
        limits: How far it may unfold.

    Raises:
        UsageError: h5py is not installed.
        InputError: The file is no HDF5 file, or a dataset is no table of numbers.
    """
    found: dict[str, tuple[np.dtype[Any], tuple[int, ...], int]] = {}
    with _opened(path, name) as file:

        def see(place: str, each: Any) -> None:  # noqa: ANN401 - h5py states no types
            if hasattr(each, "shape"):
                found[place] = _seen(each, f"{name}!{place}")

        file.visititems(see)
    # What is not compressed counts too: a dataset may be declared long and never written.
    size = sum(_size(dtype, shape) for dtype, shape, _ in found.values())
    check_unfolded(size, path.stat().st_size, limits, name)
    for place, (dtype, shape, chunk) in found.items():
        label = f"{name}!{place}"
        yield make_table(label, PurePosixPath(place).name, dtype, shape, _Slices(path, label, place, chunk))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Any]:
    """Open a file for reading, and turn what h5py raises into one error; its own words may quote what is in it."""
    try:
        import h5py  # noqa: PLC0415 - an extra, imported where it is asked for
    except ImportError:
        raise UsageError(
            "an HDF5 file is read with h5py, which is not installed",
            where=name,
            do="Run: python -m pip install 'answerable[hdf5]', or save its datasets as .npy.",
        ) from None
    try:
        with h5py.File(path, "r") as file:
            yield file
    except (OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise InputError(
            f"the HDF5 file cannot be read ({type(error).__name__})",
            where=name,
            expected="a whole HDF5 file, compressed in a usual way",
            do="Copy or request the file again.",
        ) from None


def _seen(dataset: Any, label: str) -> tuple[np.dtype[Any], tuple[int, ...], int]:  # noqa: ANN401 - as above
    """Give a dataset's type, its shape and the number of rows that are unpacked together.

    Raises:
        InputError: Its numbers stand in other files, or too many are packed together.
    """
    if dataset.is_virtual or dataset.external:
        raise InputError(
            "the dataset keeps its numbers in other files",
            where=label,
            expected="a dataset that stands in the file itself",
            do="Copy it into one file, for instance with h5repack, and give that.",
        )
    dtype, shape = dataset.dtype, tuple(map(int, dataset.shape or ()))
    chunk = int(dataset.chunks[0]) if dataset.chunks and shape else 1
    row = _size(dtype, shape[1:])
    if chunk * row > _LARGEST_CHUNK:
        raise InputError(
            f"the dataset is stored in chunks of {wording.count(chunk)} rows, {wording.count(chunk * row)} bytes that have to be unpacked at once",
            where=label,
            expected=f"at most {wording.count(_LARGEST_CHUNK)} bytes",
            do="Store it in smaller chunks, for instance with h5repack.",
        )
    return dtype, shape, chunk


def _size(dtype: np.dtype[Any], shape: tuple[int, ...]) -> int:
    """Give the bytes that so many elements take."""
    return math.prod((dtype.itemsize, *shape))


class _Slices:
    """Gives a dataset's rows in slices that begin where its chunks do, so that each chunk is unpacked once."""

    def __init__(self, path: Path, label: str, place: str, chunk: int) -> None:
        self._path, self._label, self._place, self._chunk = path, label, place, chunk

    def __call__(self, step: int) -> Iterator[np.ndarray]:
        step = max(step // self._chunk, 1) * self._chunk
        with _opened(self._path, self._label) as file:
            dataset = file[self._place]
            for at in range(0, dataset.shape[0], step):
                yield dataset[at : at + step]
