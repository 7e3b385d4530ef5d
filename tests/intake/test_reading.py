"""Reading: whatever form a log is in, every row ends in one of three places."""

import gzip
import io
import json
import zipfile

import pytest
import xlsxwriter

from exports import HEADER_14, log_14, row_14


def accounted(source):
    """Hold rule 3 for one source."""
    assert source.rows_in == source.kept + source.duplicates + source.quarantined
    return source


def test_a_regular_file_is_kept_whole(take):
    """Three rows in, three kept, and the multi-line time frame is one cell."""
    taken = take(log_14())
    source = accounted(taken.source)
    assert (source.rows_in, source.kept, source.layout) == (3, 3, "search-audit-14")
    assert taken.rows("CAST(frame_start AS VARCHAR), networks, agency")[0] == (
        "2025-05-26 13:27:03",
        12,
        "Springfield OR PD",
    )


def test_the_engine_and_the_careful_reader_give_the_same_records(take, tmp_path, monkeypatch):
    """The fast path is an optimisation and nothing else."""
    rows = [
        row_14(1),
        row_14(2, reason="***", plate="AB*"),
        row_14(3, reason='"a ""quoted"" word, and a comma"'),
        row_14(4, case="", reason=""),
    ]
    fast = take(log_14(*rows)).rows("*")
    monkeypatch.setattr("answerable.intake.staging._fast", lambda *_: False)
    (tmp_path / "taken").rename(tmp_path / "first")
    assert take(log_14(*rows)).rows("*") == fast


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_each_encoding_gives_the_same_text(take, encoding):
    """An accented reason survives every encoding."""
    taken = take(log_14(row_14(1, reason="vérification")).encode(encoding))
    accounted(taken.source)
    assert taken.rows("reason") == [("vérification",)]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_each_delimiter_is_found(take, delimiter):
    """A file need not be separated by commas."""
    text = delimiter.join(["id", "userId", "searchDate", "cameraCount", "reason"]) + "\n"
    text += delimiter.join(["a", "u", "2025-06-18 00:02:04.789", "3", "theft, of a car"]) + "\n"
    assert take(text, name="log.txt").rows("reason, devices") == [("theft, of a car", 3)]


def test_windows_line_ends_leave_no_trace(take):
    """Carriage returns are not part of any cell, multi-line ones included."""
    taken = take(log_14().replace("\n", "\r\n"))
    assert accounted(taken.source).kept == 3
    assert taken.rows("CAST(frame_end AS VARCHAR), moderation")[0] == ("2025-06-25 13:27:03", "allow")


def test_a_gzipped_file_is_read(take):
    """A .csv.gz holds the same records as its .csv."""
    assert take(gzip.compress(log_14().encode()), name="log.csv.gz").source.kept == 3


def test_every_table_of_an_archive_is_a_source(take):
    """A zip of two files gives two sources, and other files in it are left out."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("june/a.csv", log_14(row_14(1)))
        archive.writestr("b.csv", log_14(row_14(2), row_14(3)))
        archive.writestr("letter.pdf", b"%PDF")
    taken = take(data.getvalue(), name="release.zip")
    assert [(source.name, source.kept) for source in taken.sources] == [
        ("release.zip!b.csv", 2),
        ("release.zip!june/a.csv", 1),
    ]


def test_a_workbook_is_read_with_its_dates(take, tmp_path):
    """Date cells of a workbook are times, and text cells stay text."""
    path = tmp_path / "log.xlsx"
    book = xlsxwriter.Workbook(
        path, {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_formulas": False}
    )
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Reason", "DateTime"])
    sheet.write_row(1, 0, ["=cmd()", "2025-06-18 00:02:04"])
    sheet.write_row(2, 0, ["theft", "2025-06-19 10:00:00"])
    book.close()
    taken = take(path)
    assert accounted(taken.source).kept == 2
    assert taken.rows("reason, CAST(searched_at AS VARCHAR)") == [
        ("=cmd()", "2025-06-18 00:02:04"),
        ("theft", "2025-06-19 10:00:00"),
    ]


@pytest.mark.parametrize("form", ["array", "nested", "lines"])
def test_json_in_each_form_is_read(take, form):
    """Portals publish arrays, arrays under a key, and one object a line."""
    rows = [
        {
            "id": str(at),
            "userId": "u",
            "searchDate": "2025-06-18T00:02:04.789Z",
            "networkCount": at,
            "reason": None,
        }
        for at in (1, 2)
    ]
    text = {
        "array": json.dumps(rows),
        "nested": json.dumps({"data": {"audit": rows}}),
        "lines": "\n".join(map(json.dumps, rows)),
    }[form]
    taken = take(text, name="audit.jsonl" if form == "lines" else "audit.json")
    assert taken.rows("networks, reason_state") == [(1, "blank"), (2, "blank")]


@pytest.mark.parametrize("name", ["audit.json", "audit.jsonl", "audit.xlsx"])
def test_a_row_set_aside_is_named_by_its_place(take, tmp_path, name):
    """In JSON the place is the object's number, in a file of lines its line, in a workbook its row."""
    rows = [
        {"Reason": "theft", "DateTime": time}
        for time in ("2025-06-18 00:02:04", "no time", "2025-06-19 10:00:00")
    ]
    if name.endswith("xlsx"):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            sheet = book.add_worksheet()
            for at, cells in enumerate([("Reason", "DateTime"), *(row.values() for row in rows)]):
                sheet.write_row(at, 0, cells)
        taken = take(tmp_path / name)
    else:
        taken = take("\n".join(map(json.dumps, rows)) if name.endswith("l") else json.dumps(rows), name=name)
    assert (taken.source.kept, taken.source.quarantined) == (2, 1)
    assert f"{name},{3 if name.endswith('xlsx') else 2}," in taken.quarantine()


def test_a_number_with_thousands_separated_is_a_number(take):
    """A count may be written as people write it."""
    text = 'id,userId,searchDate,cameraCount,reason\na,u,2025-06-18 00:02:04.789,"1,204",theft\n'
    assert take(text).rows("devices") == [(1204,)]


def test_titles_above_the_header_are_passed_over(take):
    """A title row is not a record, and the account says that it was there."""
    taken = take(
        "Search audit of the city,,,,\nid,userId,searchDate,cameraCount,reason\na,u,2025-06-18 00:02:04.789,3,x ray\n"
    )
    assert accounted(taken.source).rows_in == 1
    assert "above the header" in " ".join(taken.source.notices)


def test_ragged_rows_are_quarantined_with_their_lines(take):
    """A row with a cell too few or too many is set aside with its line, reason and raw text; the rest is kept."""
    text = log_14(row_14(1), "id-x,too,few", row_14(2), row_14(3) + ",one more")
    taken = take(text)
    source = accounted(taken.source)
    assert (source.kept, source.quarantined, source.rows_in) == (2, 2, 4)
    quarantine = taken.quarantine()
    assert 'log.csv,4,has 3 cells where the header has 14,"id-x,too,few"' in quarantine
    assert ",7,has 15 cells" in quarantine


def test_a_repeated_header_is_not_a_record(take):
    """Files glued together repeat their header; it is quarantined as such."""
    taken = take(log_14(row_14(1), HEADER_14, row_14(2)))
    assert accounted(taken.source).reasons == {"repeats the header": 1}
    assert taken.source.kept == 2


def test_a_nul_byte_costs_one_row(take):
    """A row with a NUL byte is set aside, and nothing else."""
    taken = take(log_14(row_14(1), row_14(2, reason="a\0b"), row_14(3)))
    assert accounted(taken.source).reasons == {"holds a NUL byte": 1}


def test_a_file_cut_in_mid_row_says_so(take):
    """The last, cut row is quarantined with a word about the cut."""
    taken = take(log_14()[:-40])
    assert accounted(taken.source).kept == 2
    assert "cut" in taken.quarantine()


def test_a_stray_quote_costs_one_row(take):
    """An unclosed quote does not swallow the rows after it."""
    taken = take(log_14(row_14(1), row_14(2, reason='"stolen'), *(row_14(at) for at in range(3, 9))))
    assert accounted(taken.source).kept == 7


def test_an_empty_row_is_set_aside(take):
    """A row of nothing but delimiters is a row, and not a record."""
    taken = take(log_14(row_14(1), "," * 13, row_14(2)))
    assert accounted(taken.source).reasons == {"holds nothing": 1}


def test_an_unreadable_time_is_quarantined_with_its_line(take):
    """A row whose time is not a time cannot be a record."""
    taken = take(log_14(row_14(1), row_14(2, time="yesterday, about noon"), row_14(3)))
    source = accounted(taken.source)
    assert (source.kept, source.quarantined) == (2, 1)
    assert "log.csv,4,its time cannot be read" in taken.quarantine()


def test_a_withheld_time_is_kept(take):
    """A search whose time was redacted is still a search."""
    taken = take(log_14(row_14(1), row_14(2, time="REDACTED"), row_14(3)))
    assert accounted(taken.source).kept == 3
    assert taken.source.states["searched_at"] == {"present": 2, "withheld": 1}


def test_a_count_that_is_no_number_is_named_and_left_out(take):
    """A cell that holds no number becomes no number, and the account says how many."""
    text = log_14(row_14(1), row_14(2).replace(",12,340,", ",-Infinity,340,"))
    taken = take(text)
    assert taken.rows("networks, networks_state") == [(12, "present"), (None, "present")]
    assert "1 cell of networks searched cannot be read" in " ".join(taken.source.notices)


def test_a_sheet_at_excels_limit_is_probably_cut(take, monkeypatch):
    """A table that just fills a worksheet is warned about."""
    monkeypatch.setattr("answerable.intake.opening.EXCEL_ROWS", 4)
    assert "probably cut" in " ".join(take(log_14()).source.notices)


def test_json_keys_without_a_name_do_not_shift_cells(take):
    """A value under an empty key makes its row too long, and is set aside rather than lost."""
    rows = [{"Reason": "a", "DateTime": "2025-06-18 00:02:04", "": each} for each in ("x", None)]
    source = accounted(take(json.dumps(rows), name="log.json").source)
    assert (source.kept, source.reasons) == (1, {"has too few or too many cells": 1})


def test_a_year_that_no_calendar_has_is_quarantined(take):
    """A time in the year 0 reads as a time and is none; the row is set aside and the others are kept."""
    text = "Reason,DateTime\na,0000-05-16 02:57:44\nb,2025-06-18 00:02:04\nc,2025-06-19 00:02:04\n"
    source = accounted(take(text).source)
    assert (source.kept, source.first) == (2, "2025-06-18 00:02:04")
    assert source.reasons == {"its time cannot be read in the form of its column": 1}


def test_a_long_number_before_a_slash_is_no_day(take):
    """Only one or two digits can be a day or a month, so a longer number does not decide their order."""
    text = (
        "Reason,DateTime\n"
        + "".join(f"a,06/{day}/2025 10:00:00\n" for day in (13, 14))
        + "b,"
        + "9" * 5000
        + "/1/x\n"
    )
    assert accounted(take(text).source).kept == 2


@pytest.mark.parametrize("careful", [False, True])
def test_half_an_empty_time_is_read_alike_on_both_paths(take, monkeypatch, careful):
    """Where the hour is blank the date stands alone, whichever reader meets it."""
    if careful:
        monkeypatch.setattr("answerable.intake.staging._fast", lambda *_: False)
    text = "Search Date,Search Time,Name,Reason\n2025-10-11,,J. Doe,a\n2025-10-12,10:00:00,J. Doe,b\n,,J. Doe,c\n"
    taken = take(text)
    assert accounted(taken.source).kept == 3
    assert taken.rows("CAST(searched_at AS VARCHAR), searched_at_state") == [
        ("2025-10-11 00:00:00", "present"),
        ("2025-10-12 10:00:00", "present"),
        (None, "blank"),
    ]
