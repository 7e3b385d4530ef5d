"""Exports written by hand, and a short way to take them in."""

import csv
from pathlib import Path

import pytest

from answerable.engine import DuckDB
from answerable.intake import Source, load_layouts, open_all, take_in
from answerable.programmes import plates
from answerable.programmes.plates.records import KINDS

KEY = bytes(range(32))
HEADER_14 = (
    "ID,Name,Org Name,Total Networks Searched,Total Devices Searched,Time Frame,License Plate,Reason,Case #,"
    "Filters,Search Time,Search Type,Text Prompt,Moderation"
)
ROW_14 = (
    '{id},J. Doe,Springfield OR PD,12,340,"05/26/2025, 01:27:03 PM UTC\n06/25/2025, 01:27:03 PM UTC",{plate},{reason},'
    '{case},,"{time}",lookup,,allow'
)


def row_14(number: int, **cells: str) -> str:
    """Write one row of the 14-column layout."""
    values = {
        "id": f"id-{number}",
        "plate": f"ABC{number:03}",
        "reason": "burglary",
        "case": f"25-{number}",
        "time": f"06/25/2025, 01:27:{number % 60:02} PM UTC",
    }
    return ROW_14.format(**values | cells)


@pytest.fixture(scope="session")
def layouts():
    """Give the shipped layouts of search logs."""
    return load_layouts(Path(plates.__path__[0], "layouts"), KINDS)


class Intake:
    """What one intake gave, with its records to look at."""

    def __init__(self, sources: tuple[Source, ...], overlaps, repeated, folder: Path, engine: DuckDB) -> None:
        self.sources, self.overlaps, self.repeated = sources, overlaps, repeated
        self.folder, self.engine = folder, engine

    @property
    def source(self) -> Source:
        """Give the only source."""
        (only,) = self.sources
        return only

    def rows(self, columns: str, where: str = "TRUE") -> list[tuple]:
        """Read columns of the records, in their order."""
        files = str(self.folder / "records" / "*.parquet")
        return self.engine.rows(f"SELECT {columns} FROM read_parquet('{files}') WHERE {where}")

    def bad_cells(self, number: int = 1) -> list[dict[str, str]]:
        """Read the cells that were set aside, if there is a list of them."""
        path = self.folder / "quarantine" / f"{number:04}-cells.csv"
        return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []

    def quarantine(self, number: int = 1) -> str:
        """Read a quarantine file."""
        path = self.folder / "quarantine" / f"{number:04}.csv"
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def take(tmp_path, layouts):
    """Give a function that takes files in; a text or bytes is written to a file first."""

    def run(
        *contents: str | bytes | Path, name: str = "log.csv", timezone: str = "", own=layouts, kinds=KINDS
    ) -> Intake:
        paths = []
        for at, content in enumerate(contents):
            if isinstance(content, Path):
                paths.append(content)
                continue
            path = tmp_path / (name if len(contents) == 1 else f"{at}-{name}")
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            paths.append(path)
        folder = tmp_path / "taken"
        folder.mkdir()
        opened, repeated, _ = open_all(paths, own)
        engine = DuckDB(
            [folder, *{one.path for one in opened}], scratch=folder / "scratch", joins_as_written=True
        )
        taken = take_in(engine, opened, kinds, key=KEY, timezone=timezone, old=[], folder=folder / "case")
        return Intake(taken.sources, taken.overlaps, repeated, folder / "case", engine)

    return run


def log_14(*rows: str) -> str:
    """Write a whole file of the 14-column layout."""
    return "\n".join([HEADER_14, *(rows or [row_14(at) for at in range(1, 4)])]) + "\n"
