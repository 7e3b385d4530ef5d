"""A released table in memory: each column as codes, with what its cells hold when they hold no value.

The records come from intake, already without identifiers: names, plates and case numbers are keyed numbers under a key
that is thrown away. Nothing here can give a cell back to a reader of the outputs; what is counted is whether cells agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from answerable.intake import CellState, Field, RecordKind, Role
from answerable.publish.times import NONE

__all__ = ["ABSENT", "STATES", "Cells", "Coded", "Part", "Table", "read_table"]

STATES = (CellState.PRESENT, CellState.BLANK, CellState.WITHHELD, CellState.NOT_EXPORTED, CellState.WILDCARD)
ABSENT = ("blank", "withheld", "not exported", "unreadable")
"""What a cell without a value is, in the order of the codes that follow those of the values."""

_PRESENT, _BLANK, _WITHHELD, _NOT_EXPORTED, _WILDCARD = range(len(STATES))
_UNREADABLE = len(ABSENT) - 1
_AS_ABSENT = np.array(
    [_UNREADABLE, 0, 1, 2, _UNREADABLE], np.int64
)  # a state's place in ABSENT where there is no value


@dataclass(frozen=True, slots=True)
class Part:
    """A staged source: its Parquet file, and the positions of rows in it that are not read."""

    path: Path
    gone: Sequence[int]


@dataclass(frozen=True, slots=True)
class Coded:
    """One stored column as codes: for each row the place of its value in ``distinct``, -1 where it has none."""

    index: NDArray[np.int32]
    distinct: pa.Array


@dataclass(frozen=True, slots=True)
class Cells:
    """One field's cells.

    Attributes:
        field: The field.
        parts: Its stored columns as codes: one, or the start and the end of a time range.
        states: For each row the state's place in `STATES`.
        instants: A TIME field's times in microseconds: in UTC where the zone is known; empty for other fields.
    """

    field: Field
    parts: tuple[Coded, ...]
    states: NDArray[np.uint8]
    instants: NDArray[np.int64] = attribute(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def shown(self) -> NDArray[np.bool_]:
        """Which cells show a value, or part of one."""
        return np.isin(self.states, (_PRESENT, _WILDCARD))

    @property
    def valued(self) -> NDArray[np.bool_]:
        """Which cells hold a value that could be read."""
        some: NDArray[np.bool_] = np.any([part.index >= 0 for part in self.parts], axis=0)
        return self.shown & some

    @property
    def withheld(self) -> NDArray[np.bool_]:
        """Which cells were withheld."""
        return np.equal(self.states, _WITHHELD)

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which cells are blank."""
        return np.equal(self.states, _BLANK)

    @property
    def absent(self) -> NDArray[np.int64]:
        """For each row the place in `ABSENT` that its cell has if it has no value."""
        return _AS_ABSENT[self.states]


@dataclass(frozen=True, slots=True)
class Table:
    """A released table.

    Attributes:
        label: How the outputs call it: its file's name.
        kind: What its rows are.
        rows: How many rows were read.
        cells: The exported fields' cells, in the order of the kind.
        clocks: The clocks of its times: ``utc``, ``local`` or ``unknown``.
    """

    label: str
    kind: RecordKind
    rows: int
    cells: Mapping[str, Cells]
    clocks: frozenset[str]


def read_table(label: str, kind: RecordKind, parts: Sequence[Part]) -> Table:
    """Read staged sources of one kind as one table.

    Args:
        label: How the outputs call the table.
        kind: The record kind.
        parts: The sources, in their order.
    """
    kept = [_kept(part) for part in parts]
    cells = {}
    for each in kind.fields:
        states = _states(parts, kept, each)
        if (states != _NOT_EXPORTED).any():
            cells[each.name] = _cells(parts, kept, each, states)
    clocks = frozenset(_column(parts, kept, "clock").unique().to_pylist())
    return Table(label, kind, sum(int(mask.sum()) for mask in kept), cells, clocks)


def _kept(part: Part) -> NDArray[np.bool_]:
    mask = np.ones(pq.read_metadata(part.path).num_rows, bool)
    mask[list(part.gone)] = False
    return mask


def _column(parts: Sequence[Part], kept: Sequence[NDArray[np.bool_]], name: str) -> pa.ChunkedArray:
    """Read one column of every source, without the rows that are not read."""
    columns = [
        pq.read_table(part.path, columns=[name]).column(0).filter(pa.array(mask))
        for part, mask in zip(parts, kept, strict=True)
    ]
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], columns[0].type)


def _states(parts: Sequence[Part], kept: Sequence[NDArray[np.bool_]], each: Field) -> NDArray[np.uint8]:
    values = pa.array([state.value for state in STATES])
    found = pc.index_in(_column(parts, kept, f"{each.name}_state").cast(pa.string()), values)
    return np.asarray(found.combine_chunks().to_numpy(zero_copy_only=False), np.uint8)


def _cells(
    parts: Sequence[Part], kept: Sequence[NDArray[np.bool_]], each: Field, states: NDArray[np.uint8]
) -> Cells:
    *names, _ = each.columns()
    columns = [_column(parts, kept, name) for name in names]
    instants = np.zeros(0, np.int64)
    if each.role is Role.TIME:
        written = pc.coalesce(columns[1], columns[0])
        instants = _microseconds(columns[0].combine_chunks())
        columns = [written]
    return Cells(each, tuple(_coded(column) for column in columns), states, instants)


def _coded(column: pa.ChunkedArray) -> Coded:
    whole = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
    array = whole.combine_chunks()
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    index = encoded.indices.fill_null(-1).cast(pa.int32()).to_numpy(zero_copy_only=False)
    return Coded(index, encoded.dictionary)


def _microseconds(array: pa.Array) -> NDArray[np.int64]:
    numbers = array.cast(pa.timestamp("us")).cast(pa.int64()).fill_null(int(NONE))
    return np.asarray(numbers.to_numpy(zero_copy_only=False), np.int64)
