"""Sources on any path that Hadoop reads give the records that files of this machine give, byte for byte."""

import gzip
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from answerable import auditing
from answerable.auditing import run
from answerable.engine.reader import SparkReader
from answerable.errors import InputError, UsageError
from answerable.intake import staging
from cases import ZONE, hashes, tiny
from exports import HEADER_14, row_14

pytestmark = pytest.mark.spark

APART = {
    "origins.json",
    "MANIFEST.json",
}  # where sources were read from, and the list of what differs with it
READS = pa.table(
    {
        "Read ID": pa.array([1, 2, 3, 4], pa.int64()),
        "Plate": ["ABC123", "ab c-124", None, "***"],
        "Camera": ["North", "South", "Straße", "North"],
        "Latitude": [44.05, 999.0, 44.0, None],
        "Longitude": pa.array([-123.1, -123.2, -123.0, None], pa.float32()),
        "Confidence": [97.0, 12345678901234567.0, 88.5, None],
        "Read Time": pa.array(
            [1_750_000_000_123_456 + 86_400_000_000 * day for day in range(4)], pa.timestamp("us", "UTC")
        ),
    }
)


@pytest.fixture
def took(monkeypatch):
    """Leave out what comes after the reading, and note which files Spark's workers read."""
    noted = {}
    spread = staging.spread

    def noting(engine, spark, opened, *args, **options):
        noted[opened.name] = spread(engine, spark, opened, *args, **options)
        return noted[opened.name]

    monkeypatch.setattr(staging, "spread", noting)
    monkeypatch.setattr(run, "answer", lambda *_: None)
    return noted


def read_twice(folder, path, url, **options):
    """Take files in from this machine and from a URL, with one key, and give what differs between the two cases."""
    one, two = folder / "here" / "case", folder / "there" / "case"
    auditing.audit(path, one, timezone=ZONE, **options)
    two.mkdir(parents=True)
    shutil.copy2(one / "key", two / "key")
    auditing.audit([url], two, timezone=ZONE, engine="spark", **options)
    here, there = hashes(one), hashes(two)
    assert set(here) == set(there)
    return {name for name in here if here[name] != there[name]}


def test_workers_give_the_same_records(tmp_path, took):
    """Regular files in a folder are read by Spark's workers, line breaks within cells and all, with the same pseudonyms."""
    auditing.simulate(tmp_path / "town", rows=600, seed=5)
    assert read_twice(tmp_path, [tmp_path / "town"], f"file://{tmp_path}/town") == APART
    assert len(took) >= 6
    assert set(took.values()) == {True}


def test_irregular_files_are_read_with_care(tmp_path, took):
    """Files with faults give the same records, the same quarantine with its lines, and the same duplicates."""
    auditing.simulate(tmp_path / "town", rows=600, seed=5, faults=True)
    assert read_twice(tmp_path, [tmp_path / "town"], f"file://{tmp_path}/town/") == APART
    assert True not in took.values()
    assert list((tmp_path / "there" / "case" / "current" / "quarantine").glob("*.csv"))


def test_a_row_that_only_the_bytes_show_to_be_odd_is_read_with_care(tmp_path, took):
    """Where a worker meets a row of another width, the file is read anew with care, and the row has its line."""
    rows = [row_14(number) for number in range(40)]
    (tmp_path / "log.csv").write_text("\n".join([HEADER_14, *rows[:30], "a,b,c", *rows[30:]]) + "\n", "utf-8")
    assert read_twice(tmp_path, [tmp_path / "log.csv"], f"file://{tmp_path}/log.csv") == APART
    assert took == {"log.csv": False}
    quarantine = (tmp_path / "there" / "case" / "current" / "quarantine" / "0001.csv").read_text("utf-8")
    assert "log.csv,62,has 3 cells where the header has 14" in quarantine


@pytest.mark.parametrize("delimiter", [",", "|", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_other_text_is_read_alike(tmp_path, took, delimiter, newline):
    """Other delimiters, Windows's line ends, a mark of byte order, quotes and letters beyond ASCII change nothing."""
    head = ["id", "userId", "searchDate", "cameraCount", "reason"]
    rows = [
        ["1", "Grüße", "2025-06-18 00:02:04.789", "1,200", '"a ""b"" c"'],
        ["2", "u\u017fer", "2025-06-18 00:03:04.789", "", '"two\nlines"'],
        ["3", " u3 ", "2025-06-19 00:02:04.789", "——", "\u00a0none\u00a0"],
        ["4", "STRASSE", "2025-06-19 00:02:05.789", "12", "[REDACTED]"],
    ]
    counts = ["0,25", "1,5", "1,234,567", "1234,567", "1,234.5", " 1,234 "]
    rows += [
        [str(at), "u", f"2025-06-20 00:02:0{at}.789", cell, "theft"]
        for at, cell in enumerate(counts, start=5)
    ]
    for row in (rows[0], *rows[4:]):
        row[3] = f'"{row[3]}"'
    text = newline.join(delimiter.join(row).replace("\n", newline) for row in [head, *rows]) + newline
    (tmp_path / "log.csv").write_bytes(text.encode("utf-8-sig"))
    assert read_twice(tmp_path, [tmp_path / "log.csv"], f"file://{tmp_path}/log.csv") == APART
    assert took == {"log.csv": True}


def test_parquet_is_read_alike(tmp_path, took):
    """Columns of numbers, of instants and of text give the records that the file on disk gives."""
    (tmp_path / "reads").mkdir()
    pq.write_table(READS, tmp_path / "reads" / "part-00000.parquet")
    (tmp_path / "reads" / "_SUCCESS").touch()
    (tmp_path / "plain").mkdir()
    shutil.copy2(tmp_path / "reads" / "part-00000.parquet", tmp_path / "plain" / "part-00000.parquet")
    path = tmp_path / "plain" / "part-00000.parquet"
    assert read_twice(tmp_path, [path], f"file://{tmp_path}/reads/*.parquet") == APART
    assert took == {"part-00000.parquet": True}


def test_a_pattern_and_a_compressed_file(tmp_path, took):
    """A pattern names several files, in the order of their names; a compressed one is unfolded as it comes."""
    tiny(tmp_path / "b.csv", 2)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(tiny(tmp_path / "a.csv").read_bytes(), mtime=0))
    (tmp_path / "a.csv").unlink()
    (tmp_path / "notes.md").write_text("not a table")
    paths = [tmp_path / "a.csv.gz", tmp_path / "b.csv"]
    assert read_twice(tmp_path, paths, f"file://{tmp_path}/[ab].*") == APART
    assert took == {"b.csv": True}
    made = auditing.audit([f"file://{tmp_path}/*.*"], tmp_path / "more", timezone=ZONE, engine="spark")
    assert made.left_out == ("notes.md",)


def test_a_log_may_be_a_url(tmp_path, took):
    """What --log names may be a URL too."""
    tiny(tmp_path / "a.csv")
    logs = {"North": [f"file://{tmp_path}/a.csv"]}
    made = auditing.audit([], tmp_path / "case", logs=logs, timezone=ZONE, engine="spark")
    assert [(source.log, source.kept) for source in made.sources] == [("North", 2)]
    assert took == {"a.csv": True}


def test_verify_says_that_it_does_not_look_there(tmp_path, took):
    """A source at a URL is held against the manifest where a copy of it is named, and is said not to be otherwise."""
    log = tiny(tmp_path / "a.csv")
    auditing.audit([f"file://{log}"], tmp_path / "case", timezone=ZONE, engine="spark")
    (said,) = auditing.verify(tmp_path / "case")
    assert "is not looked at from here; fetch it" in str(said)
    assert auditing.verify(tmp_path / "case", [log]) == []
    assert took == {"a.csv": True}


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("file:///nowhere/at/all.csv", InputError, "there is no such file or folder"),
        (
            "nosuch://bucket/log.csv",
            InputError,
            r"Hadoop cannot read this \(UnsupportedFileSystemException\)",
        ),
        ("s3a://bucket/log.csv", InputError, r"spark\.jars\.packages"),
        ("hdfs://user:secret@host/log.csv", UsageError, "a URL holds a password"),
    ],
)
def test_a_url_that_cannot_be_read_is_said(tmp_path, url, kind, said):
    """Nothing there, a file system that Spark does not have, and a password in the address are each one message."""
    with pytest.raises(kind, match=said) as raised:
        auditing.audit([url], tmp_path / "case", engine="spark")
    assert "secret" not in str(raised.value)
    assert not (tmp_path / "case").exists()


def test_a_url_without_spark_is_a_usage_error(tmp_path):
    """Without --engine spark nothing reads a URL, and that is said before anything is made."""
    with pytest.raises(UsageError, match="a URL is read by Spark"):
        auditing.audit([f"file://{tiny(tmp_path / 'a.csv')}"], tmp_path / "case")
    assert not (tmp_path / "case").exists()


def test_no_plan_shows_the_key():
    """Neither the plan of a query that reads identifiers nor what Spark notes of it holds a byte of the key."""
    key = bytes(range(65, 97))
    staged = {"inner_pad": key * 2, "outer_pad": key[::-1] * 2}
    with SparkReader() as spark:
        spark._session.conf.set("spark.sql.maxPlanStringLength", "1000000")
        spark.one_row("pads", staged)
        frame = spark._session.sql(
            "SELECT sha2(concat(inner_pad, encode(CAST(id AS STRING), 'UTF-8')), 256) FROM range(5) CROSS JOIN pads"
        )
        assert len(frame.collect()) == 5
        plan = frame._jdf.queryExecution().toString()
        spark._session.conf.set("spark.sql.maxPlanStringLength", "0")
    assert "pad" in plan
    for written in (key[:4].decode(), key[:4].hex(), key[:4].hex().upper(), key[::-1][:4].hex()):
        assert written not in plan


def test_a_stream_is_read_whole_in_part_and_from_any_place(tmp_path):
    """Bytes come as they are; what is let go early leaves nothing behind, and a file may be read from its end."""
    content = bytes(range(256)) * 20_000
    (tmp_path / "bytes.csv").write_bytes(content)
    before = set(Path(tempfile.gettempdir()).glob("answerable-*"))
    with SparkReader() as spark:
        (file,) = spark.files(f"file://{tmp_path}/bytes.csv")
        assert (file.name, file.size) == ("bytes.csv", len(content))
        with file.stream() as stream:
            assert stream.read() == content
        with file.stream() as stream:
            assert stream.read(10) == content[:10]
        with file.seekable() as stream:
            assert stream.seek(-5, 2) == len(content) - 5
            assert stream.read() == content[-5:]
            stream.seek(1000)
            assert stream.read(7) == content[1000:1007]
    assert set(Path(tempfile.gettempdir()).glob("answerable-*")) == before


HEADLESS = 'kind = "read"\nheader = false\nwidth = 4\nnegated = ["longitude"]\n[columns]\nplate = ["1"]\nread_at = ["2"]\nlatitude = ["3"]\nlongitude = ["4"]\n[constants]\ncamera = "North"\n'
HEADLESS_ROWS = [
    ("ABC123", "2025-06-18T00:02:04Z", "45.25", "122.5"),
    ("ABC124", "2025-06-18T00:03:04Z", "7.125", "1,22.5"),
    ("ab c-123", "2025-06-19T00:02:04Z", "999", ""),
]


@pytest.mark.parametrize(("between", "by_workers"), [("|", True), ("  ", False)])
def test_a_file_without_a_header_is_read_alike(tmp_path, took, between, by_workers):
    """By place, with a constant and a turned sign; what runs of blanks separate goes through the careful reader."""
    rows = [row if between == "|" else tuple(cell or "-" for cell in row) for row in HEADLESS_ROWS]
    (tmp_path / "reads.txt").write_text("".join(between.join(row) + "\n" for row in rows), "utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        HEADLESS if by_workers else HEADLESS.replace("width", 'delimiter = "space"\nwidth'), "utf-8"
    )
    differ = read_twice(tmp_path, [tmp_path / "reads.txt"], f"file://{tmp_path}/reads.txt", layout=[own])
    assert differ == APART
    assert took.get("reads.txt", False) == by_workers


def test_an_array_is_read_through_the_pipe(tmp_path, took):
    """The bytes of a .npy file give the records of the file on disk; Spark's workers have no part in it."""
    array = np.array(
        [(7, 45.25, 122.5), (8, 999, 0.1)], [("Camera", "i4"), ("Latitude", "f8"), ("Longitude", "f4")]
    )
    np.save(tmp_path / "reads.npy", array)
    own = tmp_path / "own.toml"
    own.write_text(
        'kind = "read"\n[columns]\ncamera = ["Camera"]\nlatitude = ["Latitude"]\nlongitude = ["Longitude"]\n'
        '[constants]\nread_at = "2025-06-18T00:02:04Z"\n',
        "utf-8",
    )
    differ = read_twice(tmp_path, [tmp_path / "reads.npy"], f"file://{tmp_path}/reads.npy", layout=[own])
    assert differ == APART
    assert took == {}
