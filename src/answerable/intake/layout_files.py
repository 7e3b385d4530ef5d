"""Reading layout files: TOML in, `Layout` out, or an error that names the file and what would be right."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable import wording
from answerable.errors import LayoutError
from answerable.intake.kinds import CellState, Field, RecordKind, Role
from answerable.intake.layouts import JOIN, Layout, Wide
from answerable.intake.states import like_value, state_of

__all__ = ["load_layout", "load_layouts"]

_TEXTS = ("name", "title", "description", "kind", "delimiter")
_LISTS = ("optional", "ignored", "negated")
_TABLES = ("columns", "constants", "times", "wide")
_FLAGS = ("others", "header")
_NUMBERS = ("width",)
_KEYS = (*_TEXTS, *_LISTS, *_TABLES, *_FLAGS, *_NUMBERS)
_OF_HEADERS = ("optional", "ignored", "others")  # what says something of a header's names
_OF_PLACES = ("width", "delimiter")  # what is needed only where there is no header
_ORDERS = ("", "MDY", "DMY")
_ZONES = ("", "UTC")
_DELIMITERS = ("", "space")
_MOST_COLUMNS = 1_000


def load_layouts(folder: Path, kinds: Sequence[RecordKind]) -> tuple[Layout, ...]:
    """Read every layout of a folder, in the order of their names."""
    return tuple(load_layout(path, kinds) for path in sorted(folder.glob("*.toml")))


def load_layout(path: Path, kinds: Sequence[RecordKind]) -> Layout:
    """Read and check one layout file.

    Raises:
        LayoutError: The file is not TOML, or holds a key, kind or field that does not exist, or a value of the wrong
            type.
    """
    file = _File(path, _raw(path))
    kind = next((kind for kind in kinds if kind.name == file.text("kind")), None)
    if kind is None:
        raise file.wrong(
            f"kind is {file.text('kind')!r}", f"one of {', '.join(repr(kind.name) for kind in kinds)}"
        )
    header, width = file.flag("header", default=True), _width(file)
    columns = {name: file.headers(kind, name, value) for name, value in file.table("columns").items()}
    constants = {name: file.constant(kind, name, value) for name, value in file.table("constants").items()}
    wide = _wide(file, kind, columns, constants)
    _check_fields(file, kind, columns, constants, wide)
    if not header:
        _check_places(file, columns, width)
    optional = frozenset(file.texts("optional"))
    if stray := optional - set(columns):
        listed = wording.listing(sorted(map(repr, stray)))
        raise file.wrong(f"optional names {listed}", "only fields that stand under [columns]")
    times = file.table("times")
    if unknown := set(times) - {"order", "zone"}:
        raise file.wrong(f"unknown key {min(unknown)!r} under [times]", "only order and zone")
    order, zone = str(times.get("order", "")), str(times.get("zone", ""))
    if order not in _ORDERS:
        raise file.wrong(f"times.order is {order!r}", "MDY or DMY")
    if zone not in _ZONES:
        raise file.wrong(f"times.zone is {zone!r}", "UTC; a local zone is given with --timezone")
    return Layout(
        name=file.text("name") or path.stem,
        title=file.text("title") or path.stem,
        description=" ".join(file.text("description").split()),
        kind=kind.name,
        columns=columns,
        optional=optional,
        ignored=file.texts("ignored"),
        order=order,
        zone=zone,
        others=file.flag("others", default=False),
        path=path,
        constants=constants,
        negated=_negated(file, kind, columns),
        header=header,
        width=width,
        delimiter=file.text("delimiter"),
        wide=wide,
    )


def _check_fields(
    file: _File,
    kind: RecordKind,
    columns: Mapping[str, object],
    constants: Mapping[str, object],
    wide: Wide | None,
) -> None:
    """Refuse a layout that reads no column, fills a field twice, or does not fill the field of time."""
    if both := sorted(set(columns) & set(constants)):
        raise file.wrong(
            f"{wording.listing([repr(name) for name in both])} {'stands' if len(both) == 1 else 'stand'} under [columns] and under [constants]",
            "each field under one of them",
        )
    if kind.time and kind.time not in {*columns, *constants, wide.label if wide else ""}:
        raise file.wrong(
            f"no column fills {kind.time!r}", f'a line such as {kind.time} = ["Search Time"] under [columns]'
        )
    if not columns:
        raise file.wrong("no column is read", "at least one line under [columns]")


def _wide(
    file: _File, kind: RecordKind, columns: Mapping[str, object], constants: Mapping[str, object]
) -> Wide | None:
    """Read how a table is unfolded whose columns are called by dates; None where there is no such section."""
    if "wide" not in file.raw:
        return None
    raw = file.table("wide")
    if set(raw) != {"label", "value"} or not all(isinstance(each, str) for each in raw.values()):
        raise file.wrong(
            "[wide] does not hold exactly label and value",
            'label = "period" (what a column\'s name says) and value = "score" (what its cells hold)',
        )
    fields = {field.name: field for field in kind.fields}
    if stray := [name for name in raw.values() if name not in fields]:
        raise file.wrong(
            f"[wide] names {stray[0]!r}, and there is no such field", f"one of {', '.join(fields)}"
        )
    wide = Wide(raw["label"], raw["value"])
    if fields[wide.label].role is not Role.TIME:
        times = [name for name, field in fields.items() if field.role is Role.TIME]
        raise file.wrong(
            f"wide.label is {wide.label!r}, which holds no time",
            f"a time, for the columns are known by being called by dates: {wording.listing(times, joiner='or')}",
        )
    if both := sorted({wide.label, wide.value} & {*columns, *constants}) or [wide.label] * (
        wide.label == wide.value
    ):
        raise file.wrong(f"{both[0]!r} is filled twice", "each field under one of [wide] and the others")
    if stray := [key for key in ("header", "others") if key in file.raw]:
        raise file.wrong(
            f"{stray[0]} is given beside [wide]",
            "neither header nor others: the header's dates are read, and every other column is named or ignored",
        )
    return wide


def _width(file: _File) -> int:
    """Read how many columns an export without a header has; 0 where there is one."""
    if file.flag("header", default=True):
        if stray := next((key for key in _OF_PLACES if key in file.raw), ""):
            raise file.wrong(
                f"{stray} is given, and the export has a header",
                f"{stray} only beside header = false: a header is looked for, and says what separates its names",
            )
        return 0
    if stray := next((key for key in _OF_HEADERS if key in file.raw), ""):
        raise file.wrong(
            f"{stray} is given beside header = false",
            "none: without a header every column is there, and one that stands under no field is not read",
        )
    if file.text("delimiter") not in _DELIMITERS:
        raise file.wrong(
            f"delimiter is {file.text('delimiter')!r}",
            '"space" where runs of blanks separate the cells; commas, tabs, semicolons and pipes are found without it',
        )
    width = file.raw.get("width")
    if not isinstance(width, int) or isinstance(width, bool) or not 1 <= width <= _MOST_COLUMNS:
        raise file.wrong(
            f"width is {width!r}" if "width" in file.raw else "width is missing",
            f"the number of columns beside header = false, from 1 to {wording.count(_MOST_COLUMNS)}",
        )
    return width


def _check_places(file: _File, columns: Mapping[str, Sequence[str]], width: int) -> None:
    """Hold that every column of an export without a header is named by its place."""
    for field, names in columns.items():
        parts = [part for name in names for part in name.split(JOIN)]
        wrong = [part for part in parts if not re.fullmatch("[1-9][0-9]{0,3}", part) or int(part) > width]
        if len(names) > 1 or wrong:
            found = wrong[0] if wrong else wording.listing(list(names))
            raise file.wrong(
                f"columns.{field} names {found!r}, and the export has no header",
                f'one place from 1 to {width}, for instance ["{width}"]',
            )


def _negated(file: _File, kind: RecordKind, columns: Mapping[str, object]) -> frozenset[str]:
    """Read which numbers are stored with the sign turned."""
    negated = frozenset(file.texts("negated"))
    numbers = {field.name for field in kind.fields if field.role is Role.NUMBER}
    if stray := negated - (numbers & set(columns)):
        listed = wording.listing(sorted(map(repr, stray)))
        raise file.wrong(f"negated names {listed}", "only fields that hold numbers and stand under [columns]")
    return negated


def _wrong(path: Path, what: str, expected: str) -> LayoutError:
    do = "Correct the layout file; docs/how-to/new-layout.md shows one."
    return LayoutError(what, where=str(path), expected=expected, do=do)


def _raw(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(path, f"this is not a TOML file ({error})", "a layout in TOML, in UTF-8") from None
    except OSError as error:
        raise _wrong(path, f"the layout cannot be read ({error.strerror})", "a readable file") from None


@dataclass(frozen=True, slots=True)
class _File:
    """One file's raw values, each read with a check of its type."""

    path: Path
    raw: Mapping[str, Any]

    def __post_init__(self) -> None:
        if unknown := set(self.raw) - set(_KEYS):
            listed = wording.listing(sorted(map(repr, unknown)))
            raise self.wrong(f"unknown key {listed}", f"only {', '.join(sorted(_KEYS))}")

    def wrong(self, what: str, expected: str) -> LayoutError:
        return _wrong(self.path, what, expected)

    def text(self, key: str) -> str:
        value = self.raw.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(f"{key} is {value!r}", "a text in quotation marks")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return self._names(key, self.raw.get(key, []))

    def _names(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self.wrong(f"{key} is {value!r}", 'a list of texts, for instance ["Row"]')
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(
                f"{key} is {value!r}", f"true or false; it is {str(default).lower()} where it is left out"
            )
        return value

    def table(self, key: str) -> dict[str, Any]:
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(f"{key} is {value!r}", f"lines under [{key}]")
        return value

    def headers(self, kind: RecordKind, name: str, value: object) -> tuple[str, ...]:
        """Read the header names that fill one field."""
        field = self._field(kind, name)
        accepted = (value,) if isinstance(value, str) else self._names(f"columns.{name}", value)
        if not accepted or not all(each.strip() for each in accepted):
            expected = 'for instance ["Search Time"]'
            raise self.wrong(f"columns.{name} is not a header name or a list of them", expected)
        if not field.paired and any(JOIN in each for each in accepted):
            raise self.wrong(
                f"columns.{name} joins two columns",
                "a join only for a time, a range of time, or a text and what it is held against",
            )
        if field.role is Role.DIFFERENCE and not all(each.count(JOIN) == 1 for each in accepted):
            raise self.wrong(
                f"columns.{name} is one column", 'two, for instance ["Read Plate + Verified Plate"]'
            )
        return accepted

    def constant(self, kind: RecordKind, name: str, value: object) -> str:
        """Read the text that stands in every row for the cell of one field."""
        field = self._field(kind, name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(
                f"constants.{name} is {value!r}", 'a text in quotation marks, for instance "yes"'
            )
        if field.role in (Role.KEY, Role.DIFFERENCE):
            raise self.wrong(
                f"constants.{name} is the same in every row",
                "a column: this field is "
                + ("what tells records apart" if field.role is Role.KEY else "made of two"),
            )
        if state_of(value, field) is CellState.PRESENT and not like_value(value, field):
            raise self.wrong(
                f"constants.{name} is {value!r}", f"a value as a column of {field.label} holds it"
            )
        return value

    def _field(self, kind: RecordKind, name: str) -> Field:
        fields = {field.name: field for field in kind.fields}
        if name not in fields:
            close = difflib.get_close_matches(name, fields, 1)
            expected = f"{close[0]!r}?" if close else f"one of {', '.join(fields)}"
            raise self.wrong(f"there is no field {name!r}", expected)
        return fields[name]
