"""Workbooks out of the browser and back."""

import io
import zipfile

import openpyxl
import pytest

from web_apps import OWN

FIRST = "/reviews/first"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def ann(client, desk):
    """A browser in which ann works at the review."""
    assert client.post(f"/reviews/{desk.name}/as", data={"reviewer": "ann"}).status_code == 303
    return client


def filled(data, row=2, **answers):
    """Fill in one row of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Items"]
    heads = [each.value for each in sheet[1]]
    for head, text in answers.items():
        at = next(place for place, each in enumerate(heads, 1) if head.casefold() in str(each).casefold())
        sheet.cell(row, at, text)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def brought(client, data, filename="ann.xlsx"):
    """Bring a workbook back."""
    return client.post(f"{FIRST}/import", files={"file": (filename, data, XLSX)})


def test_a_workbook_goes_out_and_comes_back(ann, desk):
    """The reviewer's items are downloaded; what is filled in is taken over, with the file that it came by."""
    answer = ann.get(f"{FIRST}/workbook")
    assert answer.headers["content-disposition"] == 'attachment; filename="first-ann.xlsx"'
    back = brought(
        ann, filled(answer.content, purpose="No purpose is stated", supports="Cannot tell", note="seen")
    )
    assert back.headers["location"] == FIRST
    assert "1 item taken over from the workbook" in ann.get(FIRST).text
    (entry,) = desk.journal.entries()
    assert (entry.who, entry.answers["purpose"], entry.note, entry.via) == (
        "ann",
        "none-stated",
        "seen",
        "sheet workbook.xlsx",
    )


def test_nothing_is_taken_over_where_anything_is_wrong(ann, desk):
    """A wrong answer is named by its cell, and nothing is saved."""
    back = brought(
        ann, filled(ann.get(f"{FIRST}/workbook").content, purpose="Perhaps", supports="Cannot tell")
    )
    assert back.status_code == 422
    assert "Perhaps" in back.text
    assert desk.journal.entries() == []


def test_the_name_of_a_file_is_used_for_nothing(served, ann, tmp_path):
    """A path as the file's name neither reads nor writes anything."""
    before = sorted(path.name for path in served.case.rglob("*"))
    data = ann.get(f"{FIRST}/workbook").content
    for name in ("../../key", str(tmp_path / "x.xlsx"), "a\x00b", "<script>.xlsx"):
        back = brought(ann, data, name)
        assert back.status_code in (303, 400)
    assert sorted(path.name for path in served.case.rglob("*") if path.name != "journal.jsonl") == before
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04", b"<html>"])
def test_what_is_no_workbook_is_said(ann, data):
    """A file that is none is refused with what would be right."""
    back = brought(ann, data)
    assert back.status_code == 422
    assert "no workbook that can be read" in back.text


def test_a_workbook_that_unfolds_without_end_is_refused(ann):
    """An archive of a gigabyte in a megabyte is refused before it is unfolded whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(300_000_000))
    back = brought(ann, made.getvalue())
    assert back.status_code == 422
    assert "unfolds to over" in back.text


def test_a_file_that_is_too_large_is_refused(ann):
    """More than ten megabytes are not read."""
    assert brought(ann, b"x" * 11_000_000).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"file=x", "application/x-www-form-urlencoded", 415),
        (b"", "multipart/form-data", 415),
        (b"--b\r\n", "multipart/form-data; boundary=b", 400),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 400),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
        (b"--b\r\n" + b"x" * 60_000, "multipart/form-data; boundary=b", 400),
        (
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 500,
            "multipart/form-data; boundary=b",
            400,
        ),
        (b"x", "multipart/form-data; boundary=" + "b" * 500, 400),
    ],
)
def test_a_broken_form_is_refused(ann, body, kind, status):
    """A body that is no form with a file is refused, and fails nothing."""
    answer = ann.post(f"{FIRST}/import", content=body, headers=OWN | {"content-type": kind})
    assert answer.status_code == status
