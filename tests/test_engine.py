"""The default engine: closed to the world, and able to spill."""

from pathlib import Path

import duckdb
import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import FUNCTIONS, identifier, literal


def test_a_query_that_outgrows_its_memory_spills_and_goes_on(tmp_path):
    """Sorting more than the memory holds works, and what is spilled cannot be read in the scratch folder."""
    scratch = tmp_path / "scratch"
    with DuckDB([tmp_path], scratch=scratch, memory="120MB") as engine:
        engine.execute(
            "CREATE TABLE sorted AS SELECT 'KNRY-' || md5(CAST(range AS VARCHAR)) AS word FROM range(4000000) ORDER BY word"
        )
        spilled = list(scratch.rglob("*"))
        assert spilled
        assert not [path for path in spilled if path.is_file() and b"KNRY-" in path.read_bytes()]
        assert engine.rows("SELECT count(*) FROM sorted") == [(4_000_000,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{outside}')",
        "COPY (SELECT 1) TO '{outside}.copy'",
        "ATTACH '{outside}.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM 'https://example.invalid/x.csv'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET allowed_directories = ['/']",
    ],
)
def test_nothing_outside_its_folders_is_reached(tmp_path, sql):
    """No file elsewhere, no network, no extension, and no setting that would allow one."""
    inside, outside = tmp_path / "case", tmp_path / "elsewhere.csv"
    inside.mkdir()
    outside.write_text("a,b\n1,2\n")
    with DuckDB([inside]) as engine, pytest.raises(duckdb.Error):
        engine.execute(sql.format(outside=outside))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "elsewhere.csv"]


def test_a_file_inside_is_reached(tmp_path):
    """The folders that it was given can be read: the test above would fail otherwise."""
    (tmp_path / "log.csv").write_text("a,b\n1,2\n")
    with DuckDB([tmp_path]) as engine:
        assert engine.rows(f"SELECT b FROM read_csv({literal(str(tmp_path / 'log.csv'))})") == [(2,)]


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("has_match('assist ice', '(^| )ice($| )')", True),
        ("replace_all('a-b-c', '-', '+')", "a+b+c"),
        ("iso_weekday(TIMESTAMP '2025-03-02 10:00:00')", 7),
        ("hour_of_day(TIMESTAMP '2025-03-02 23:59:59')", 23),
        ("seconds_between(TIMESTAMP '2025-03-02 10:00:00', TIMESTAMP '2025-03-02 10:00:59.999')", 59),
        ("seconds_between(TIMESTAMP '2025-03-02 10:00:01', TIMESTAMP '2025-03-02 10:00:00')", -1),
        ("year_month(TIMESTAMP '2025-03-02 10:00:00')", "2025-03"),
        ("iso_date(TIMESTAMP '2025-03-02 10:00:00')", "2025-03-02"),
        ("days_between(DATE '2025-02-27', DATE '2025-03-02')", 3),
        ("fingerprint('a')", int("0cc175b9c0f1b6a", 16)),
        ("fingerprint(NULL)", None),
    ],
)
def test_each_function_of_the_dialect_does_what_it_says(call, value):
    """The functions that differ between engines have one meaning."""
    assert call.split("(")[0] in {function.signature.split("(")[0] for function in FUNCTIONS}
    with DuckDB() as engine:
        assert engine.rows(f"SELECT {call}") == [(value,)]


def test_every_function_of_the_dialect_is_tried():
    """A function that is added has to be tried above."""
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [one.signature for one in FUNCTIONS if f'("{one.signature.split("(")[0]}(' not in tried] == []


@pytest.mark.parametrize("text", ["it's", "a''b", "", "x; DROP TABLE t; --", "\\"])
def test_text_is_quoted_as_it_stands(text):
    """No text can leave its quotes, as a value or as a name."""
    with DuckDB() as engine:
        assert engine.rows(f"SELECT {literal(text)}") == [(text,)]
        if text:
            assert list(engine.columns(f"SELECT 1 AS {identifier(text)}")) == [text]


def test_joins_as_written_keep_the_order_of_the_left_side(tmp_path):
    """A large left side stays in its order, though a small right side would be quicker to stream."""
    path = tmp_path / "log.csv"
    path.write_text("n\n" + "".join(f"{number}\n" for number in range(300_000)))
    with DuckDB([tmp_path], scratch=tmp_path / "scratch", joins_as_written=True) as engine:
        engine.table(
            "names", "SELECT CAST(range * 7 AS VARCHAR) AS cell, range AS pseudonym FROM range(1000)"
        )
        out = tmp_path / "out.parquet"
        engine.execute(
            f"COPY (SELECT n, pseudonym FROM read_csv({literal(str(path))}, all_varchar = true) AS cells "
            f"LEFT JOIN names ON names.cell = cells.n) TO {literal(str(out))} (FORMAT parquet)"
        )
        ordered = engine.rows(
            f"SELECT count(*) FROM read_parquet({literal(str(out))}, file_row_number = true) WHERE CAST(n AS BIGINT) <> file_row_number"
        )
        assert ordered == [(0,)]
