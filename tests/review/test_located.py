"""Where a drawn record stands in the file that it came from."""

import csv
import io

import duckdb
import pytest

from answerable.auditing import audit, shown_items
from cases import ZONE, months
from review.conftest import drawn


def text_of(path):
    """Give a file's text with its line breaks as they are."""
    return io.StringIO(path.read_bytes().decode("utf-8"), newline="")


def test_every_item_names_the_row_of_its_record(a_case, town):
    """The row that is told, opened in the source, is the record that was drawn: past duplicates, bad rows and cells of two lines."""
    desk = drawn(a_case, size=120)
    rows = {path.name: list(csv.reader(text_of(path))) for path in months(town)[:2]}
    shown = shown_items(a_case, desk)
    assert len(shown) == 120
    for each in shown:
        source = a_case / "current" / "records" / f"{each.item.source:04}.parquet"
        (stored,) = duckdb.execute(
            "SELECT id FROM read_parquet(?, file_row_number = true) WHERE file_row_number = ?",
            [str(source), each.item.place],
        ).fetchone()
        name = each.file.rsplit("/", 1)[-1]
        assert rows[name][each.place.row - 1][0] == stored


def test_a_line_is_told_as_an_editor_numbers_them(a_case, town):
    """The line is the one that the record begins on."""
    desk = drawn(a_case, size=20)
    for each in shown_items(a_case, desk):
        lines = (
            next(path for path in months(town) if path.name == each.file.rsplit("/", 1)[-1])
            .read_text("utf-8")
            .splitlines()
        )
        assert lines[each.place.line - 1].count("-") >= 4  # the record's own ID stands first


def test_a_source_that_is_gone_or_changed_tells_no_row(tmp_path, town):
    """Where the file is not the one that was read, nothing is told of it, and it can be shown where it lies now."""
    folder = tmp_path / "logs"
    folder.mkdir()
    path = folder / "june.csv"
    path.write_bytes(months(town)[0].read_bytes())
    audit([path], tmp_path / "case", timezone=ZONE)
    desk = drawn(tmp_path / "case", size=10)
    moved = tmp_path / "moved"
    folder.rename(moved)
    assert all(each.place is None for each in shown_items(tmp_path / "case", desk))
    assert all(each.place for each in shown_items(tmp_path / "case", desk, sources=[moved]))
    (moved / "june.csv").write_bytes(path.name.encode() + b"\n" + (moved / "june.csv").read_bytes())
    assert all(each.place is None for each in shown_items(tmp_path / "case", desk, sources=[moved]))


def test_no_item_shows_who_searched_for_what(a_case, town):
    """No account, plate or case number of the source is in what a reviewer sees."""
    desk = drawn(a_case, size=130)
    seen = " ".join(cell.text for each in shown_items(a_case, desk) for cell in each.cells)
    secret = set()
    for path in months(town)[:2]:
        for row in csv.DictReader(text_of(path)):
            secret |= {row.get("Name") or "", row.get("License Plate") or "", row.get("Case #") or ""}
    for word in secret - {""}:
        assert len(word) < 4 or word not in seen, word


@pytest.mark.parametrize("reviewer", ["eve", "Ann"])
def test_an_unknown_reviewer_is_named(a_case, desk, reviewer):
    """A name that was not drawn with is refused, with those that were."""
    with pytest.raises(Exception, match="is no reviewer of first"):
        shown_items(a_case, desk, reviewer)
