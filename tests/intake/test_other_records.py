"""Reads, hits, figures and edges: numbers with their bounds, differences without their texts, cells set aside by line."""

import csv
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from answerable.errors import InputError, LayoutError
from answerable.intake.inspect import inspect
from answerable.programmes.plates.records import KINDS

READS = "ID,Read Time,Plate,Camera,ZIP,Longitude,Latitude,Confidence,Deleted At\n"
READ = "{id},{time},{plate},North bridge,{zip},{lon},{lat},{confidence},{deleted}\n"
PORTALS = (
    "id,agency,updated,accessed,url,data_retention_in_days,number_of_owned_cameras,external_organizations_with_access,"
    "hotlists_alerted_on,vehicles_detected_in_the_last_30_days,hotlist_hits_in_the_last_30_days,"
    "searches_in_the_last_30_days,public_search_audit\n"
)
VIDEO = (
    "user,user_organization,object_type,operation,client,object_name,object_organization,location_name,timestamp,"
    "updated_timestamp,duration,incident_id,notes,Latitude,Longitude\n"
)
RAW = "zipcode|dt|location|address|device|plate_hash|lon|lat|direction|lane\n"


def reads(*rows):
    """Write reads; what a row does not say is sound."""
    sound = {
        "time": "2025-03-03T07:30:00Z",
        "plate": "KNRY042",
        "zip": "00001",
        "lon": "-122.5",
        "lat": "45.25",
    }
    filled = (
        sound | {"id": f"r{place}", "confidence": "97.5%", "deleted": ""} | row
        for place, row in enumerate(rows)
    )
    return READS + "".join(READ.format(**row) for row in filled)


def bad_cells(taken):
    """Read the cells that were set aside, if there is a list of them."""
    path = taken.folder / "quarantine" / "0001-cells.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("97.5%", 97.5),
        ("97.5 %", 97.5),
        ("0", 0.0),
        ("100", 100.0),
        ("101", None),
        ("-1", None),
        ("nan", None),
    ],
)
def test_a_number_keeps_to_its_bounds(take, cell, value):
    """A confidence is read with or without its sign, and what is beyond 0 to 100 is no value."""
    taken = take(reads({"confidence": cell}, {}, {}))
    assert taken.rows("confidence") == [(value,), (97.5,), (97.5,)]
    assert [one["line"] for one in bad_cells(taken)] == ([] if value is not None else ["2"])


GROUPED = [
    ("1,234", 1234.0), ("+12,345.5", 12345.5), ("-1,234,567", -1234567.0), (" 1,234 ", 1234.0), ("1234.0", 1234.0),
    ("0,25", None), ("1,5", None), ("12,50", None), ("0,250", None), ("1234,567", None), ("1,234,56", None),
    ("1.234,5", None), ("1,,234", None), (",5", None), ("1,234.", None), ("1,234,", None), ("٣,٣٣٣", None),
]  # fmt: skip  # a table: what stands in one line belongs together


@pytest.mark.parametrize("careful", [False, True])
def test_a_comma_is_taken_off_between_thousands_alone(take, careful):
    """A decimal comma makes another number of a cell: it is listed, its row is kept, and both readers say so."""
    row = '{n},Town {n} OR PD,2024-04-26T14:11:25Z,2024-04-26T17:25:31Z,u,"{cell} days",6,NA,NCIC,"{cell}",0,NA,0\n'
    text = PORTALS + "".join(row.format(n=n, cell=cell) for n, (cell, _) in enumerate(GROUPED, start=1))
    taken = take(text + ("one cell\n" if careful else ""))
    assert (taken.source.kept, taken.source.quarantined) == (len(GROUPED), int(careful))
    low = [None if value is not None and value < 0 else value for _, value in GROUPED]
    found = taken.rows("retention, reads")
    assert [one for one, _ in found] == low
    whole = [None if "." in cell and "," in cell else value for cell, value in GROUPED]
    assert [two for _, two in found] == [value if value is None else round(value) for value in whole]
    bad = {(one["line"], one["field"]) for one in bad_cells(taken)}
    assert {line for line, field in bad if field == "reads in 30 days"} == {
        str(at) for at, value in enumerate(whole, start=2) if value is None
    }


def test_inspect_says_that_decimal_commas_are_not_read(tmp_path, layouts):
    """Where most cells of a column hold such commas, it is said before anything is taken in."""
    (tmp_path / "reads.csv").write_text(reads({"confidence": '"97,5"'}, {"confidence": '"8,25%"'}, {}))
    (view,) = inspect([tmp_path / "reads.csv"], layouts, KINDS)
    notes = {column.field: column.note for column in view.columns}
    assert notes["confidence"] == "cannot be read: commas stand elsewhere than between thousands"
    assert notes["latitude"] == ""


@pytest.mark.parametrize(
    ("lat", "lon", "bad"), [("999", "-122.5", "latitude"), ("45", "-180.01", "longitude")]
)
def test_an_impossible_coordinate_is_set_aside_and_its_row_kept(take, lat, lon, bad):
    """The cell's line is listed, by its shape and not its text; the source counts it, and the read stays."""
    taken = take(reads({}, {"lat": lat, "lon": lon}))
    assert (taken.source.kept, taken.source.quarantined, taken.source.bad_cells) == (2, 0, {bad: 1})
    (cell,) = bad_cells(taken)
    assert (cell["line"], cell["field"]) == ("3", bad)
    assert "99" in cell["raw text"]
    assert any(f"1 cell of {bad} cannot be read" in notice for notice in taken.source.notices)


def test_a_second_time_may_be_empty_in_all_rows_that_are_looked_at(take):
    """A deletion that first comes after thousands of reads is read all the same."""
    rows = [{"plate": f"P{number}"} for number in range(2500)]
    taken = take(reads(*rows, {"deleted": "2025-04-02T07:30:00Z"}))
    (found,) = taken.rows("CAST(max(deleted_at) AS VARCHAR)")
    assert found == ("2025-04-02 07:30:00",)
    assert taken.source.bad_cells == {}


def test_infinity_days_are_no_retention(take):
    """Real collections hold "-Infinity days": a value set aside, never a number, and 0 hits stay a figure."""
    row = "{0},Town {0} OR PD,2024-04-26T14:11:25Z,2024-04-26T17:25:31Z,u,{1},6,NA,NCIC,{2},{3},NA,0\n"
    text = (
        PORTALS + row.format(1, "30 days", 1000, 0) + row.format(2, "-Infinity days", 0, "Data Unavailable")
    )
    taken = take(text)
    columns = "retention, retention_state, reads, hits, hits_state, searches_state"
    assert taken.rows(columns) == [
        (30.0, "present", 1000, 0, "present", "blank"),
        (None, "present", 0, None, "blank", "blank"),
    ]
    assert [(one["line"], one["raw text"]) for one in bad_cells(taken)] == [("3", "-Infinity days")]


@pytest.mark.parametrize(
    ("cell", "seconds"), [("0:00:24", 24), ("1:02:03", 3723), ("02:03", 123), ("7", 7), ("a while", None)]
)
def test_a_duration_is_whole_seconds(take, cell, seconds):
    """0:00:24 is 24 seconds, and what is no duration is set aside."""
    row = "u1,Town OR PD,camera,view,web,c,Town OR PD,Main St,1/13/2025 7:31:00,,{0},,,45.1,-122.5\n"
    taken = take(VIDEO + row.format(cell) + row.format("0:00:24") * 2)
    assert taken.rows("duration")[0] == (seconds,)
    assert taken.source.bad_cells == ({} if seconds is not None else {"duration": 1})


@pytest.mark.parametrize(
    ("read", "true", "length", "wrong"),
    [
        ("ABC123", "ABC123", 6, 0),
        ("abc 123", "ABC-123", 6, 0),
        ("A8C123", "ABC123", 6, 1),
        ("ABC12", "ABC123", 6, 1),
        ("ABC1234", "ABC123", 6, 1),
        ("ABC123", "", None, None),
        ("***", "ABC123", None, None),
    ],
)
def test_of_two_texts_only_their_difference_is_kept(take, read, true, length, wrong):
    """The edit distance and the length are stored, and neither plate is anywhere in what was written."""
    head = "ID,Read Time,Read Plate,Verified Plate,Camera\n"
    taken = take(head + f"1,2025-03-03T07:30:00Z,{read},{true},North bridge\n")
    assert taken.rows("comparison_length, comparison_wrong") == [(length, wrong)]
    written = b"".join(path.read_bytes() for path in taken.folder.rglob("*") if path.is_file())
    assert b"ABC123" not in written


def test_a_row_of_reads_that_cannot_be_read_leaves_its_shape_and_not_its_plate(take):
    """The quarantine of reads says line and reason, and holds no plate."""
    text = reads({}) + "r9,not a time,KNRY042,North bridge,00001,1,2,3%,\n" + "r10,KNRY042\n"
    taken = take(text)
    listed = (taken.folder / "quarantine" / "0001.csv").read_text(encoding="utf-8")
    assert taken.source.quarantined == 2
    assert "KNRY042" not in listed
    assert "AAAA999" in listed


def test_further_columns_may_stand_behind_raw_reads(take):
    """Layout 15 ends in columns that are not read; its time is read with the month first."""
    taken = take(RAW + "00007|10/01/2021 - 00:02:08|x|1 Main St|cam 7|9f86d081|-90.2|38.6|N|2\n")
    columns = "CAST(read_at AS VARCHAR), zip, camera, longitude, latitude"
    assert taken.rows(columns) == [("2021-10-01 00:02:08", "00007", "cam 7", -90.2, 38.6)]
    assert taken.source.layout == "raw-reads"


def test_a_column_that_a_layout_does_not_know_is_refused_where_none_may_follow(take):
    """Only a layout that says so lets further columns stand."""
    with pytest.raises(LayoutError, match="Colour"):
        take(reads({}).replace("Deleted At", "Deleted At,Colour").replace(",\n", ",,red\n"))


def test_edges_have_no_time_and_are_kept_once(take):
    """A list without times is taken in whole; the same edge twice is one."""
    head = "src_agency,external_agency,src_agency_id,external_agency_id\n"
    taken = take(head + "A OR PD,B CA PD,1,2\nA OR PD,B CA PD,1,2\nB CA PD,A OR PD,2,1\n,,,\n")
    source = taken.source
    assert (source.rows_in, source.kept, source.duplicates, source.quarantined) == (4, 2, 1, 1)
    assert (source.first, source.clock, source.reasons) == ("", "unknown", {"holds nothing": 1})
    assert taken.rows("giver, receiver, month") == [
        ("A OR PD", "B CA PD", None),
        ("B CA PD", "A OR PD", None),
    ]


def test_a_parquet_file_gives_the_records_of_its_text(take, tmp_path):
    """Typed columns are read as the text that the layouts are written for: the same records come of both."""
    text = reads({"zip": ""}, {"confidence": "12.5%", "lat": "999"}, {"deleted": "2025-04-02T07:30:00Z"})
    from_text = take(text).rows("* EXCLUDE (source)")
    rows = list(csv.DictReader(text.splitlines()))
    times = pa.array([row["Read Time"] for row in rows]).cast(pa.timestamp("us", "UTC"))
    columns = {name: pa.array([row[name] or None for row in rows]) for name in rows[0]}
    columns |= {"Read Time": times, "Latitude": columns["Latitude"].cast(pa.float64())}
    pq.write_table(pa.table(columns), tmp_path / "reads.parquet")
    (tmp_path / "taken").rename(tmp_path / "first")
    taken = take((tmp_path / "reads.parquet").read_bytes(), name="reads.parquet")
    assert taken.rows("* EXCLUDE (source)") == from_text
    assert [(one["line"], one["field"]) for one in bad_cells(taken)] == [("2", "latitude")]


def test_a_broken_parquet_file_is_refused(take):
    """What is no Parquet is said to be none, with its name."""
    with pytest.raises(InputError, match="Parquet file cannot be read") as refused:
        take(b"PAR1" + os.urandom(200), name="reads.parquet")
    assert "reads.parquet" in str(refused.value)


def test_words_in_a_column_of_numbers_are_refused(take):
    """A header that does not stand over its own columns would put names where numbers are expected."""
    with pytest.raises(InputError, match="does not hold numbers"):
        take(reads(*({"confidence": "North bridge"} for _ in range(5))))


def test_the_hour_that_came_twice_is_counted(take):
    """Local times in the hour of the change are counted: which of the two it was is not written."""
    times = ("2025-11-02 00:30:00", "2025-11-02 01:30:00", "2025-11-02 02:30:00", "2025-03-09 02:30:00")
    taken = take(reads(*({"time": time} for time in times)), timezone="America/Los_Angeles")
    assert (taken.source.folded, taken.source.skipped) == (1, 1)
    assert sum("clocks were set" in notice for notice in taken.source.notices) == 2


def test_instants_in_utc_come_once(take):
    """A time that states UTC is never in doubt."""
    times = ("2025-11-02T08:30:00Z", "2025-11-02T09:30:00Z", "2025-03-09T10:30:00Z")
    taken = take(reads(*({"time": time} for time in times)), timezone="America/Los_Angeles")
    assert (taken.source.folded, taken.source.skipped) == (0, 0)
