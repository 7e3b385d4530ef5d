"""What a record is made of: kinds of record, their fields, and the part that each field plays.

A programme declares its record kinds with these types; intake turns exports into Parquet files of exactly
the columns that `RecordKind.columns` lists, and knows nothing else about the programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["CellState", "Field", "RecordKind", "Role"]


class CellState(StrEnum):
    """What a cell of an export holds. Absent is not zero, and there is more than one way to be absent."""

    PRESENT = "present"
    BLANK = "blank"
    WITHHELD = "withheld"
    WILDCARD = "wildcard"
    NOT_EXPORTED = "not exported"


class Role(StrEnum):
    """The part a field plays, which decides how it is stored.

    KEY: the export's own row identifier, stored as text.
    IDENTIFIER: names a person, account, vehicle or case file; only a keyed pseudonym (BIGINT) is stored.
    ORGANISATION: names a public body, stored as text.
    FREE_TEXT: typed by a user; stored as text, stays inside the case.
    CATEGORY: one of a short list, stored as text.
    COUNT: a whole number; 0 and other blanks are stored as NULL.
    NUMBER: a number that may have decimals and a unit; what is out of its bounds is stored as NULL.
    DURATION: hours, minutes and seconds; stored as whole seconds.
    PLACE: names a camera, a street or an area, stored as text.
    TIME: an instant; stored in UTC where the zone is known, and in local time where that is known.
    TIME_RANGE: two instants in one cell; stored as NAME_start and NAME_end.
    DIFFERENCE: two columns, what was read and what was verified; only how long the second is and in how many
        characters the first differs are stored, as NAME_length and NAME_wrong, and neither text.
    """

    KEY = "key"
    IDENTIFIER = "identifier"
    ORGANISATION = "organisation"
    FREE_TEXT = "free text"
    CATEGORY = "category"
    COUNT = "count"
    NUMBER = "number"
    DURATION = "duration"
    PLACE = "place"
    TIME = "time"
    TIME_RANGE = "time range"
    DIFFERENCE = "difference"


_SQL_TYPES = {
    Role.IDENTIFIER: "BIGINT",
    Role.COUNT: "BIGINT",
    Role.NUMBER: "DOUBLE",
    Role.DURATION: "BIGINT",
    Role.TIME: "TIMESTAMP",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record kind.

    Attributes:
        name: The column's name.
        role: The part it plays.
        meaning: What it holds, in one sentence.
        label: How the report names it: ``reason``, ``user name``.
        wildcards: True where a star or question mark inside a value is a wildcard, not a redaction.
        test_is_blank: False where the word "test" is an answer rather than a placeholder.
        recurs: True where a log holds the same few thousand values again and again, as it does accounts.
        zero_is_blank: False where 0 is a figure (no hit in a month) rather than a placeholder.
        also_blank: Further placeholders of this field, in lower case.
        unit: What may stand behind a number: ``days``, ``%``.
        low: The least that a number can be as it is stored, and ``high`` the most; what is beyond them is no value.
        of: What an identifier is an identifier of, where several fields name the same things (both people of a comparison):
            equal values then have equal pseudonyms whichever of the fields they stand in. Without it, only within the field.
    """

    name: str
    role: Role
    meaning: str
    label: str
    wildcards: bool = False
    test_is_blank: bool = True
    recurs: bool = False
    zero_is_blank: bool = True
    also_blank: tuple[str, ...] = ()
    unit: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    of: str = ""

    def columns(self) -> dict[str, str]:
        """Give the stored columns with their SQL types; the last is always the cell's state."""
        state = {f"{self.name}_state": "VARCHAR"}
        if self.role is Role.TIME_RANGE:
            return {f"{self.name}_start": "TIMESTAMP", f"{self.name}_end": "TIMESTAMP"} | state
        if self.role is Role.DIFFERENCE:
            return {f"{self.name}_length": "BIGINT", f"{self.name}_wrong": "BIGINT"} | state
        value = {self.name: _SQL_TYPES.get(self.role, "VARCHAR")}
        if self.role is Role.TIME:
            value[f"{self.name}_local"] = "TIMESTAMP"
        return value | state

    @property
    def paired(self) -> bool:
        """Say whether two columns may together fill the field."""
        return self.role in (Role.TIME, Role.TIME_RANGE, Role.DIFFERENCE)

    @property
    def parsed(self) -> str:
        """Name the column that is NULL where a cell holds something that cannot be read; empty where any text can."""
        endings = {Role.TIME_RANGE: "_start", Role.DIFFERENCE: "_length"}
        if self.role in (*_SQL_TYPES, *endings) and self.role is not Role.IDENTIFIER:
            return self.name + endings.get(self.role, "")
        return ""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record that a programme leaves behind.

    Attributes:
        name: The kind, in the singular: ``search``.
        plural: The name of the view that measures read, and of the group of its measures: ``searches``.
        meaning: What one record is.
        fields: Its fields, in the order in which they are stored.
        time: The TIME field without which a row cannot be a record, and by which rows are dated; empty for a kind
            whose records have no time.
        sealed: True where a row holds the plates of people of whom nobody asked: the quarantine then keeps the shape of
            a row that could not be read, not its text.
        words: The plural in sentences, where it is not ``plural``.
        named_by: The fields that together tell a record from all others where it has no ID of its own, in the order in
            which they stand: a comparison is known by its two samples. Duplicates are then sought by these fields alone,
            among rows that hold a value in each. Where a row lacks one, nothing tells it from another, and it is no
            duplicate: two comparisons may well have one score. Of a kind without such fields, rows without an ID are
            one record where every column that is read is the same.

    Raises:
        ValueError: ``named_by`` names what is no field of the kind.
    """

    name: str
    plural: str
    meaning: str
    fields: tuple[Field, ...]
    time: str = ""
    sealed: bool = False
    words: str = ""
    named_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if strange := set(self.named_by) - {field.name for field in self.fields}:
            raise ValueError(f"{self.name}.named_by holds {min(strange)!r}, which is no field of it")

    @property
    def things(self) -> str:
        """Give the plural as sentences say it."""
        return self.words or self.plural

    def field(self, name: str) -> Field:
        """Find a field by name.

        Raises:
            KeyError: No field has that name.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def columns(self) -> dict[str, str]:
        """Give every stored column with its SQL type.

        ``source`` is the source's number in the case, ``month`` the calendar month of the record's time (local where
        that is known, else as written; it is stored because nearly every measure is broken down by it), and ``clock`` is ``utc`` (instants known, local time
        not), ``local`` (both known) or ``unknown`` (times as written, in a zone that nobody has stated).
        Records stand in the order of their source.
        """
        columns = {"source": "INTEGER", "clock": "VARCHAR", "month": "VARCHAR"}
        for field in self.fields:
            columns |= field.columns()
        return columns
