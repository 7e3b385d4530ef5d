"""Whatever a file holds, intake gives an account of every row or one clear error, and shows no identifier."""

import csv
import datetime as dt
import gzip
import io
import json
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from answerable.engine import DuckDB
from answerable.errors import AnswerableError
from answerable.intake import load_layouts, open_all, staging, take_in
from answerable.intake.clocks import shape
from answerable.intake.inspect import inspect
from answerable.programmes import plates
from answerable.programmes.plates.records import KINDS
from exports import KEY, log_14, row_14

CANARIES = ("knry", "kanary")
SHIPPED = Path(plates.__path__[0], "layouts")
few = settings(max_examples=45, suppress_health_check=list(HealthCheck))
more = settings(few, max_examples=120)


@dataclass
class Outcome:
    """What an intake came to: an error, or accounts, records, and the files of what was set aside."""

    error: str = ""
    sources: tuple = ()
    records: tuple = ()
    aside: tuple = ()
    fast: bool = False

    def shown(self):
        """Give everything of it that a user sees or that stands in the case's state, in small letters."""
        return (self.error + msgspec.json.encode(self.sources).decode()).lower()


@cache
def shipped():
    """Give the shipped layouts."""
    return load_layouts(SHIPPED, KINDS)


@contextmanager
def written(name, data):
    """Give a file that is there for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path


def taken(path, *, careful=False, timezone=""):
    """Take a file in; anything but an account or an error that a user can act on is a failure of the test."""
    folder = path.parent / ("careful" if careful else "fast")
    folder.mkdir()
    fast, tried = staging._fast, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            staging, "_fast", lambda *given: tried.append(not careful and fast(*given)) or tried[-1]
        )
        try:
            opened, _, _ = open_all([path], shipped())
            with DuckDB([folder, path], scratch=folder / "scratch", threads=1) as engine:
                made = take_in(
                    engine, opened, KINDS, key=KEY, timezone=timezone, old=[], folder=folder / "case"
                )
                records = [
                    engine.rows(f"SELECT * FROM read_parquet('{file}')")
                    for file in sorted(folder.glob("case/records/*"))
                ]
        except AnswerableError as error:
            return Outcome(error=str(error))
    kept = sorted([*folder.glob("case/quarantine/*"), *folder.glob("case/set-aside/*")])
    return Outcome("", made.sources, tuple(records), tuple(file.read_bytes() for file in kept), any(tried))


def looked_at(path):
    """Inspect a file, and give all that is shown of it in small letters."""
    try:
        return msgspec.json.encode(inspect([path], shipped(), KINDS)).decode().lower()
    except AnswerableError as error:
        return str(error).lower()


def hold(outcome):
    """Hold the account of every source, and that no identifier is shown."""
    for source in outcome.sources:
        assert source.rows_in == source.kept + source.duplicates + source.quarantined
        assert source.quarantined == sum(source.reasons.values())
    assert not [one for one in CANARIES if one in outcome.shown()]


# --- any bytes ----------------------------------------------------------------------------------------------------


def _rows():
    # Canaries hold digits, as plates, accounts and case numbers do.
    return [
        row_14(at, plate=f"KNRY{at}7", case=f"KNRY-{at}").replace("J. Doe", f"Kanary User {at:04}")
        for at in range(1, 8)
    ]


@cache
def sound(suffix):
    """Give a sound file of a kind, with a canary in each identifier."""
    text = log_14(*_rows())
    table = list(csv.reader(io.StringIO(text)))
    objects = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    if suffix == ".json":
        return json.dumps({"data": objects}).encode()
    if suffix == ".jsonl":
        return "\n".join(map(json.dumps, objects)).encode()
    if suffix == ".csv.gz":
        return gzip.compress(text.encode(), mtime=0)
    packed = io.BytesIO()
    if suffix == ".zip":
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("a.csv", "b.jsonl"):
                archive.writestr(zipfile.ZipInfo(name), sound(Path(name).suffix))
    elif suffix == ".xlsx":
        with xlsxwriter.Workbook(packed) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(table):
                sheet.write_row(at, 0, row)
        unpacked, packed = zipfile.ZipFile(packed), io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:  # so that damage reaches the XML
            for name in unpacked.namelist():
                archive.writestr(zipfile.ZipInfo(name), unpacked.read(name))
    return packed.getvalue() or text.encode()


SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx", ".zip", ".csv.gz")
_PIECES = st.sampled_from(
    [b'"', b"\n", b"\r", b"\0", b",", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"9" * 5000, b"[" * 2000, b"\x1a", b"1e999",
     b"\\ud800", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\x85", b"null", b"{", b"}", b"<", b"0000", b" " * 99]
)  # fmt: skip  # a table: what stands in one line belongs together


@st.composite
def damaged(draw, suffixes=SUFFIXES):
    """Draw a sound file with some damage: bytes put in, taken out, changed, or cut off."""
    suffix = draw(st.sampled_from(suffixes))
    data = bytearray(sound(suffix))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(["put in", "take out", "change", "cut"]))
        if how == "put in":
            data[at:at] = draw(_PIECES)
        elif how == "take out":
            del data[at : at + draw(st.integers(1, 60))]
        elif how == "change" and at < len(data):
            data[at] = draw(st.integers(0, 255))
        elif how == "cut" and at:
            del data[at:]
    return suffix, bytes(data)


@more
@given(damaged())
@example((".json", b'[{"Reason": ' + b"9" * 5000 + b', "DateTime": "2025-06-18 00:02:04"}]'))
@example((".jsonl", b'{"Reason": ' + b"[" * 900 + b"]" * 900 + b', "DateTime": "2025-06-18 00:02:04"}'))
@example(
    (".json", b'[{"": 1, "Reason": "x", "DateTime": "2025-06-18 00:02:04"}, 7, {"Reason": {"": "\\ud800"}}]')
)
@example((".csv", b"Reason,DateTime\nx,0000-01-01 00:00:00\ny,2025-06-18 00:02:04\nz,9999-12-31 23:59:59\n"))
def test_no_damage_makes_a_crash_or_shows_an_identifier(file):
    """A damaged file of any kind ends in an account or in one clear error, and no cell of an identifier is seen."""
    suffix, data = file
    with written("log" + suffix, data) as path:
        hold(taken(path, timezone="America/Los_Angeles"))
        assert not [one for one in CANARIES if one in looked_at(path)]


@more
@given(st.sampled_from((*SUFFIXES, ".npy", ".npz", ".h5")), st.binary(max_size=300))
def test_no_bytes_make_a_crash(suffix, data):
    """Bytes that are no table at all are refused, or read, and never a traceback."""
    with written("log" + suffix, data) as path:
        hold(taken(path))
        looked_at(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_sound_files_are_read(suffix):
    """Undamaged, each kind of file gives seven records, and holds canaries to find."""
    with written("log" + suffix, sound(suffix)) as path:
        outcome = taken(path)
    assert [source.kept for source in outcome.sources] == ([7, 0] if suffix == ".zip" else [7])
    assert sum(source.duplicates for source in outcome.sources) == (7 if suffix == ".zip" else 0)
    data = sound(suffix)
    assert b"KNRY" in data or suffix in (".zip", ".csv.gz")


# --- tables -------------------------------------------------------------------------------------------------------

TABLES = {
    "search-audit-10": "ID,Name,Org Name,Total Networks Searched,License Plate,Reason,Case #,Filters,Search Time,Search Type",
    "portal-camera-count": "id,userId,searchDate,cameraCount,reason",
    "network-count-5": "ID,userID,networkCount,Search Time,Reason",
    "split-date": "Search Date,Search Time,Name,License Plate,Reason,Case #",
    "reason-and-time": "Reason,DateTime",
}
IDENTIFIERS = {"Name", "License Plate", "Case #", "userId", "userID"}
_ODD = st.sampled_from(
    ["", " ", "ü", "日本", "\u202e", "\u00a0", "\ufeff", "\t", ";", "|", ",", '"', '""', "\n", "\r\n", "\r", "\x1a", "\x0c",
     "\x85", "\u2028", "'", "#", "\\", "\\N", "NULL", "***", "*", "?", "x", "=1+1", "-", "0", "{", "é" * 50, "z" * 5000,
     "\x1c", "NaN", "1e5", "007", "Reason", "\U0001f697", "\u0301"]
)  # fmt: skip  # a table: what stands in one line belongs together
_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=6)
_WILD = st.lists(st.one_of(_ODD, _ANY), max_size=3).map("".join)


def _cell(name, table):
    """Give a strategy for the cells of a column: mostly such as are found in it, at times anything."""
    number = st.integers(1, 5000)
    if name in IDENTIFIERS:
        return st.one_of(number.map("KNRY{} Kanary".format), _WILD.map("KNRY1{}".format))
    dates, times = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)), st.times()
    when = st.builds(lambda day, at: f"{day} {at.replace(microsecond=0)}", dates, times)
    usual = {
        "Search Date": when.map(lambda one: one[:10]),
        "Search Time": when.map(lambda one: one[11:] if table == "split-date" else one),
        "searchDate": when,
        "DateTime": when,
        "ID": number.map(str),
        "id": number.map(str),
    }.get(name)
    if usual is None:
        counted = "Count" in name or "Total" in name
        usual = (
            number.map(str) if counted else st.sampled_from(["burglary", "theft of car", "investigation", ""])
        )
    return st.one_of(*[usual] * 8, st.just(""), _WILD)


@st.composite
def tables(draw, *, ragged):
    """Draw a table as a vendor's program writes it; a ragged one also has rows of other lengths, and some damage."""
    name = draw(st.sampled_from(sorted(TABLES)))
    header = TABLES[name].split(",")
    cells = st.tuples(*(_cell(column, name) for column in header)).map(list)
    size = draw(st.integers(0, 10))
    rows = draw(st.lists(cells, min_size=size, max_size=size))
    if ragged:
        for row in rows:
            row[draw(st.integers(0, len(row))) :] = draw(st.sampled_from([row[:0], row[-1:], ["", ""]]))
        rows.insert(draw(st.integers(0, len(rows))), list(header))
    out, end = io.StringIO(), draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    if quoting == csv.QUOTE_MINIMAL:  # the csv module of Python 3.11 leaves a lone carriage return unquoted
        rows = [[cell.replace("\r", "\n") for cell in row] for row in rows]
    writer = csv.writer(out, delimiter=draw(st.sampled_from(",\t;|")), lineterminator=end, quoting=quoting)
    writer.writerows([header, *(row for row in rows if row)])
    text = out.getvalue()
    if ragged:
        at = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from(["", '"', "\n", "\r", "\n\n", " ", '""', "\0", "x", ","]))
        text = text[:at] + piece + text[at + draw(st.integers(0, 3)) :]
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    return len(rows), text.encode(encoding)


def both_ways(data, timezone):
    """Take a table in through the engine's own reader where it may, and through the careful one."""
    with written("log.csv", data) as path:
        fast, careful = taken(path, timezone=timezone), taken(path, careful=True, timezone=timezone)
        assert not [one for one in CANARIES if one in looked_at(path)]
    hold(fast)
    hold(careful)
    assert not careful.fast
    return fast, careful


def same(fast, careful):
    """Hold that two outcomes are one, in every record, account and file."""
    assert fast.error == careful.error
    assert fast.records == careful.records
    assert fast.sources == careful.sources
    assert fast.aside == careful.aside


@few
@given(tables(ragged=False), st.sampled_from(["", "America/Los_Angeles"]))
def test_no_row_of_a_sound_table_is_lost(table, timezone):
    """However its cells are quoted, delimited and encoded, a table has the rows that were written, on either path."""
    rows, data = table
    fast, careful = both_ways(data, timezone)
    same(fast, careful)
    assert [source.rows_in for source in fast.sources] in ([rows], []), fast.error
    assert fast.sources or fast.error


@few
@given(tables(ragged=True), st.sampled_from(["", "America/Los_Angeles"]))
def test_both_paths_agree_on_a_ragged_table(table, timezone):
    """Rows of the wrong length, repeated headers and stray marks are judged alike, whichever reader meets them."""
    same(*both_ways(table[1], timezone))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_engines_reader_is_tried_at_all(end):
    """A regular table goes through the fast path, so that the agreement above is between two readers."""
    text = f'Reason,DateTime{end}"a ""b"", c",2025-06-18 00:02:04{end}"x\n",2025-06-18 00:02:05{end}'
    if end == "\r\n":
        text = text.replace("x\n", "x\r\n")
    fast, careful = both_ways(text.encode(), "")
    assert fast.fast
    same(fast, careful)


def test_a_row_that_is_lost_would_be_seen(monkeypatch):
    """Were a reader to drop a row, the two would differ: the comparison above can fail."""
    rows = staging.Opened.records
    monkeypatch.setattr(staging.Opened, "records", lambda opened: islice(rows(opened), 1, None))
    fast, careful = both_ways(b"Reason,DateTime\na,2025-06-18 00:02:04\nb,2025-06-18 00:02:05\n", "")
    with pytest.raises(AssertionError):
        same(fast, careful)


@given(st.text(max_size=60))
def test_the_shape_of_a_cell_shows_nothing_of_it(cell):
    """Every letter and digit of any script is masked where a message shows what cells look like."""
    assert not [one for one in shape(cell) if one.isalnum() and one not in "A9"]
    assert shape(cell).isascii()
