"""The default engine: closed to the world, and able to spill; and what it shares with the other."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import FUNCTIONS, STANDARD, identifier, literal
from engines import ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    """Open each engine, with nothing in it."""
    with request.param() as opened:
        yield opened


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
        ("has_match('ice\n', 'ice$')", False),
        ("replace_all('a-b-c', '-', '+')", "a+b+c"),
        ("replace_all('a', 'a', '$1')", "$1"),
        ("iso_weekday(TIMESTAMP '2025-03-02 10:00:00')", 7),
        ("hour_of_day(TIMESTAMP '2025-03-02 23:59:59')", 23),
        ("seconds_between(TIMESTAMP '2025-03-02 10:00:00', TIMESTAMP '2025-03-02 10:00:59.999')", 59),
        ("seconds_between(TIMESTAMP '2025-03-02 10:00:01', TIMESTAMP '2025-03-02 10:00:00')", -1),
        ("seconds_between(TIMESTAMP '2025-03-02 10:00:01.5', TIMESTAMP '2025-03-02 10:00:01')", 0),
        ("year_month(TIMESTAMP '2025-03-02 10:00:00')", "2025-03"),
        ("year_month(TIMESTAMP '0987-03-02 10:00:00')", "0987-03"),
        ("iso_date(TIMESTAMP '2025-03-02 10:00:00')", "2025-03-02"),
        ("iso_date(DATE '2025-03-02' - INTERVAL '1' DAY)", "2025-03-01"),
        ("days_between(DATE '2025-02-27', DATE '2025-03-02')", 3),
        ("fingerprint('a')", int("0cc175b9c0f1b6a", 16)),
        ("fingerprint(NULL)", None),
        ("lower('İstanbul ΟΔΟΣ')", "istanbul οδοσ"),
        ("upper('Straße ŉ ᾳ')", "STRAẞE ŉ ᾼ"),
        ("trim('\u00a0 a b\u3000 ')", "a b"),
        ("regexp_extract('Ashland OR PD', '^([A-Z][a-z]+) (OR|CA)', 2)", "OR"),
        ("regexp_extract('Ashland', '(OR|CA)', 1)", ""),
        ("round(2.5e0)", 3.0),
        ("round(-2.5e0)", -3.0),
        ("round(0.575e0, 2)", 0.57),  # 57.49999999999999 hundredths
        ("round(1.005e0, 2)", 1.0),
        ("round(7e0 / 3e0, 6)", 2.333333),
        ("levenshtein('7ABC123', '7A8C12')", 2),
        ("levenshtein('Ä', 'A')", 2),
    ],
)
def test_each_function_of_the_dialect_does_what_it_says(engine, call, value):
    """The functions that differ between engines have one meaning."""
    assert call.split("(")[0] in {function.name for function in (*FUNCTIONS, *STANDARD)}
    assert engine.rows(f"SELECT {call}") == [(value,)]


def test_every_function_of_the_dialect_is_tried():
    """A function that is added has to be tried above."""
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [one.signature for one in (*FUNCTIONS, *STANDARD) if f'("{one.name}(' not in tried] == []


@pytest.mark.parametrize(
    "text", ["it's", "a''b", "", "x; DROP TABLE t; --", "\\", "\\'", "${x}", "a\nb", "%_", '"']
)
def test_text_is_quoted_as_it_stands(engine, text):
    """No text can leave its quotes, as a value or as a name."""
    assert engine.rows(f"SELECT {literal(text)}") == [(text,)]
    if text:
        assert list(engine.columns(f"SELECT 1 AS {identifier(text)}")) == [text]


def test_nulls_stand_where_the_query_says(engine):
    """With NULLS FIRST or NULLS LAST each engine gives the same order."""
    given = "(VALUES (2), (NULL), (1)) AS given (n)"
    assert engine.rows(f"SELECT n FROM {given} ORDER BY n NULLS FIRST") == [(None,), (1,), (2,)]
    assert engine.rows(f"SELECT n FROM {given} ORDER BY n DESC NULLS LAST") == [(2,), (1,), (None,)]


def test_columns_are_arrays_with_nulls_hidden(engine):
    """A query's columns come as arrays of their own types, masked where there is nothing."""
    given = "(VALUES (1, 'a', 0.5e0), (NULL, NULL, NULL)) AS given (n, t, x)"
    columns = engine.columns(f"SELECT * FROM {given} ORDER BY n NULLS LAST")
    assert {name: np.ma.asarray(column).tolist() for name, column in columns.items()} == {
        "n": [1, None],
        "t": ["a", None],
        "x": [0.5, None],
    }
    assert columns["n"].dtype.kind == "i"
    assert columns["x"].dtype.kind == "f"
    none = engine.columns(f"SELECT n, t FROM {given} WHERE FALSE")
    assert [len(column) for column in none.values()] == [0, 0]


def test_a_table_is_made_once_and_a_view_is_read_anew(engine):
    """A table keeps the rows of the query as it was; it can be made again from itself."""
    engine.table("kept", "SELECT * FROM (VALUES (1), (2)) AS given (n)")
    engine.view("seen", "SELECT n FROM kept WHERE n > 1")
    assert engine.rows("SELECT n FROM seen") == [(2,)]
    engine.table("kept", "SELECT n + 10 AS n FROM kept")
    assert engine.rows("SELECT n FROM kept ORDER BY n") == [(11,), (12,)]


def test_parquet_files_are_read_as_one(engine, tmp_path):
    """Files are read together by the names of their columns, whatever characters stand in their paths."""
    if engine.name == "duckdb":
        engine = DuckDB([tmp_path])
    folder = tmp_path / "a [case] {of} *ours*, 100% ?#"
    folder.mkdir()
    pq.write_table(pa.table({"n": [1], "t": ["a"]}), folder / "0001.parquet")
    pq.write_table(pa.table({"t": ["b"], "n": [2], "more": [0.5]}), folder / "0002.parquet")
    engine.parquet("all_files", [folder / "0001.parquet", folder / "0002.parquet"])
    assert engine.rows("SELECT n, t, more FROM all_files ORDER BY n") == [(1, "a", None), (2, "b", 0.5)]


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
