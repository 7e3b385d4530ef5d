"""Tables written by hand, and the same things counted with nothing but loops."""

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from answerable.intake import Role
from answerable.programmes.plates.records import SEARCH
from answerable.publish.table import STATES, Cells, Coded, Table
from answerable.publish.times import NONE

WITHHELD = "(withheld)"
_STATE = {None: "blank", WITHHELD: "withheld"}
_TYPES = {Role.COUNT: pa.int64(), Role.IDENTIFIER: pa.int64(), Role.TIME: pa.timestamp("us")}


def at(text):
    """Read a time of 2025: ``06-18 00:02:04``."""
    return datetime.fromisoformat(f"2025-{text}")


def table(label="file.csv", *, clock="utc", kind=SEARCH, **columns):
    """Make a table of searches: for each field its cells, None for a blank one and `WITHHELD` for a withheld one."""
    cells = {field.name: _cells(field, columns[field.name]) for field in kind.fields if field.name in columns}
    (rows,) = {len(each) for each in columns.values()}
    return Table(label, kind, rows, cells, frozenset({clock}))


def _cells(field, values):
    states = np.array([STATES.index(_state(value)) for value in values], np.uint8)
    shown = [None if value in (None, WITHHELD) else value for value in values]
    if field.role is Role.TIME_RANGE:
        ends = [[None if pair is None else pair[end] for pair in shown] for end in (0, 1)]
        return Cells(field, tuple(_coded(pa.array(end, pa.timestamp("us"))) for end in ends), states)
    array = pa.array(shown, _TYPES.get(field.role, pa.string()))
    instants = np.zeros(0, np.int64)
    if field.role is Role.TIME:
        instants = np.array([NONE if value is None else micros(value) for value in shown], np.int64)
    return Cells(field, (_coded(array),), states, instants)


def _state(value):
    return next(state for state in STATES if state.value == _STATE.get(value, "present"))


def _coded(array):
    encoded = array.dictionary_encode()
    return Coded(
        encoded.indices.fill_null(-1).cast(pa.int32()).to_numpy(zero_copy_only=False), encoded.dictionary
    )


def micros(time):
    """Give the microseconds since 1970."""
    return round(time.replace(tzinfo=UTC).timestamp() * 1_000_000)


def counted(rows, k):
    """Count, with nothing but a loop, the rows alone, the rows in groups under k, and those without any value."""
    held = [row for row in rows if any(cell not in (None, WITHHELD) for cell in row)]
    sizes = Counter(held)
    alone = sum(1 for row in held if sizes[row] == 1)
    return alone, sum(1 for row in held if sizes[row] < k), len(rows) - len(held)
