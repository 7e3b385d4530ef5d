"""What is refused at the door: files that are damaged, out of bounds or made to harm."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

from answerable.errors import InputError
from exports import HEADER_14, log_14


def test_a_zip_bomb_is_refused(take):
    """An archive that unfolds out of proportion is not opened."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", HEADER_14 + "\n" + "\n" * (32 << 20))
    with pytest.raises(InputError, match="unfolds"):
        take(data.getvalue(), name="bomb.zip")


@pytest.mark.parametrize("packed", [False, True])
def test_a_workbook_that_unfolds_too_far_is_refused(take, packed):
    """A workbook is an archive too, also inside another."""
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\n" * (64 << 20))
    if not packed:
        with pytest.raises(InputError, match="unfolds"):
            take(book.getvalue(), name="bomb.xlsx")
        return
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("bomb.xlsx", book.getvalue())
    with pytest.raises(InputError, match="unfolds"):
        take(outer.getvalue(), name="outer.zip")


def test_a_gzip_bomb_is_refused(take):
    """So is a compressed file."""
    with pytest.raises(InputError, match="unfolds"):
        take(gzip.compress(b"\n" * (64 << 20)), name="bomb.csv.gz")


def test_a_member_outside_its_archive_is_refused(take):
    """A member's name may not climb out of the archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../../a.csv", log_14())
    with pytest.raises(InputError, match="outside itself"):
        take(data.getvalue(), name="slip.zip")


def test_an_endless_line_is_refused(take):
    """A line of many megabytes is not a record, and is an error rather than a full memory."""
    with pytest.raises(InputError, match="longer than 16 MiB"):
        take(HEADER_14.encode() + b"\n" + b"a" * (20 << 20))


def test_an_endless_line_of_json_is_refused(take):
    """So is one in a file that should hold an object a line."""
    with pytest.raises(InputError, match="line 2: the line is longer than 16 MiB"):
        take(
            b'{"Reason": "x", "DateTime": "2025-06-01 10:00:00"}\n{"Reason": "' + b"a" * (20 << 20),
            name="log.jsonl",
        )


def test_a_link_out_of_the_folder_is_refused(take, tmp_path):
    """A folder's link to a file elsewhere is not followed."""
    outside = tmp_path / "outside.csv"
    outside.write_text(log_14())
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "inside.csv").symlink_to(outside)
    with pytest.raises(InputError, match="outside the folder"):
        take(folder)


def test_a_linked_folder_outside_is_refused(take, tmp_path):
    """Nor is a link to a folder elsewhere passed over in silence."""
    outside, folder = tmp_path / "outside", tmp_path / "release"
    outside.mkdir()
    folder.mkdir()
    (folder / "inside.csv").write_text(log_14())
    (folder / "more").symlink_to(outside)
    with pytest.raises(InputError, match="outside the folder"):
        take(folder)


def test_a_damaged_gzip_is_an_input_error(take):
    """A compressed file cut in the middle is named, not a traceback."""
    with pytest.raises(InputError, match="damaged or cut"):
        take(gzip.compress(log_14().encode() * 50)[:-60], name="log.csv.gz")


def test_a_missing_file_is_an_input_error(take, tmp_path):
    """A path that does not exist is named."""
    with pytest.raises(InputError, match="no such file"):
        take(tmp_path / "nothing.csv")


@pytest.mark.parametrize("part", [b"a.csv", b"PK\x03\x04"])
def test_a_damaged_archive_is_an_input_error(take, part):
    """A member whose own header is damaged is named, in words that quote none of its bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.csv", log_14())
    spoilt = data.getvalue().replace(part, b"J. Doe"[: len(part)], 1)
    with pytest.raises(InputError, match=r"damaged or cut \(BadZipFile\)") as caught:
        take(spoilt, name="log.zip")
    assert "J. D" not in str(caught.value)


def test_a_damaged_sheet_is_an_input_error(take, tmp_path):
    """A workbook whose sheet is cut is refused when the sheet is read, and not with a traceback."""
    path = tmp_path / "sound.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["Reason", "DateTime"])
    data = io.BytesIO()
    with zipfile.ZipFile(path) as sound, zipfile.ZipFile(data, "w") as spoilt:
        for name in sound.namelist():
            spoilt.writestr(name, sound.read(name)[: 150 if "sheet1" in name else None])
    with pytest.raises(InputError, match="workbook cannot be read"):
        take(data.getvalue(), name="log.xlsx")


def test_a_number_without_end_is_an_input_error(take):
    """JSON may hold a number of any length; one that no program reads is an error with a line."""
    text = '[{"Reason": ' + "9" * 5000 + ', "DateTime": "2025-06-18 00:02:04"}]'
    with pytest.raises(InputError, match="not JSON"):
        take(text, name="log.json")
