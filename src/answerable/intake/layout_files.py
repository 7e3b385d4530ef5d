"""Reading layout files: TOML in, `Layout` out, or an error that names the file and what would be right."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable import wording
from answerable.errors import LayoutError
from answerable.intake.kinds import RecordKind, Role
from answerable.intake.layouts import JOIN, Layout

__all__ = ["load_layout", "load_layouts"]

_TEXTS = ("name", "title", "description", "kind")
_LISTS = ("optional", "ignored")
_TABLES = ("columns", "times")
_FLAGS = ("others",)
_KEYS = (*_TEXTS, *_LISTS, *_TABLES, *_FLAGS)
_ORDERS = ("", "MDY", "DMY")
_ZONES = ("", "UTC")


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
    columns = {name: file.headers(kind, name, value) for name, value in file.table("columns").items()}
    if kind.time and kind.time not in columns:
        raise file.wrong(
            f"no column fills {kind.time!r}", f'a line such as {kind.time} = ["Search Time"] under [columns]'
        )
    optional = frozenset(file.texts("optional"))
    if stray := optional - set(columns):
        listed = wording.listing(sorted(map(repr, stray)))
        raise file.wrong(f"optional names {listed}", "only fields that stand under [columns]")
    others = file.raw.get("others", False)
    if not isinstance(others, bool):
        raise file.wrong(
            f"others is {others!r}", "true where further columns may stand in the header, else false"
        )
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
        others=others,
        path=path,
    )


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

    def table(self, key: str) -> dict[str, Any]:
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(f"{key} is {value!r}", f"lines under [{key}]")
        return value

    def headers(self, kind: RecordKind, name: str, value: object) -> tuple[str, ...]:
        """Read the header names that fill one field."""
        fields = {field.name: field for field in kind.fields}
        if name not in fields:
            close = difflib.get_close_matches(name, fields, 1)
            expected = f"{close[0]!r}?" if close else f"one of {', '.join(fields)}"
            raise self.wrong(f"there is no field {name!r}", expected)
        accepted = (value,) if isinstance(value, str) else self._names(f"columns.{name}", value)
        if not accepted or not all(each.strip() for each in accepted):
            expected = 'for instance ["Search Time"]'
            raise self.wrong(f"columns.{name} is not a header name or a list of them", expected)
        if not fields[name].paired and any(JOIN in each for each in accepted):
            raise self.wrong(
                f"columns.{name} joins two columns",
                "a join only for a time, a range of time, or a text and what it is held against",
            )
        if fields[name].role is Role.DIFFERENCE and not all(each.count(JOIN) == 1 for each in accepted):
            raise self.wrong(
                f"columns.{name} is one column", 'two, for instance ["Read Plate + Verified Plate"]'
            )
        return accepted
