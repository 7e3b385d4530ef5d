"""What the reading of sources says in DuckDB's words means the same when it is written out for Spark."""

import datetime as dt
import random

import pyarrow as pa
import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import READING, literal
from answerable.engine.macros import expand
from answerable.engine.reader import SparkReader
from answerable.engine.reading import READING_MACROS
from answerable.engine.spark import quoted
from answerable.intake.clocks import FORMS, Clock
from planting import name_table

pytestmark = pytest.mark.spark

NUMBERS = [
    "12", " 12 ", "+12", "-12", "1.5", "2.5", "-2.5", "1e3", "1E3", "0x1F", "0b11", "1_000", "", "  ", "12a", ".5", "5.", "9223372036854775807",
    "9223372036854775808", "99999999999999999999", "1e30", "1.49999", "0.49999999999", "1.5e1", "15e-1", "--1", "\u0661", "1 2", "\t12", "12\n", "NaN",
    "inf", "-Infinity", "true", "00012", "-0", "1.2.3", "1e", "e5", "+.5", "1__0", "_1", "1_", "1_0.5", "1,000", "1d", "1f", "1L", "1e400", "1e-400",
]  # fmt: skip  # a list of words
TIMES = [
    "6/5/2025, 1:2:3 PM UTC", "06/05/2025, 13:02:03 PM UTC", "06/05/2025, 12:02:03 AM UTC", "06/05/2025,  1:02:03 PM UTC", "06/05/25, 1:02:03 PM UTC",
    "006/05/2025, 1:02:03 PM UTC", "06/05/2025, 00:02:03 AM UTC", "06/05/2025, 1:02:03 pm UTC", "06/05/2025, 1:02:60 PM UTC", "06/05/2025, 1:02:03PM UTC",
    " 06/05/2025, 1:02:03 PM UTC ", "06/05/20255, 1:02:03 PM UTC", "06/05/2025, 1:02:03 PM UTC x", "2025-06-18 00:02:04.7", "2025-06-18 00:02:04.7891234",
    "2025-06-18 00:02:04.", "2025-6-8 0:2:4.789", "2025-02-30 00:00:00.0", "25-06-18 00:02:04.5", "2025-06-18 24:00:00.0", "2025-06-18 00:60:00.0",
    "2025-06-18T00:02:04", "20255-06-18 00:00:00", "-2025-06-18 00:00:00", "2025-06-18 00:02:61", "2025-06-18 ", "2/29/2024", "2/29/2025", "0/1/2025", "13/1/2025", "", "2/3/68", "2/3/69", "2/3/5",
]  # fmt: skip  # a list of words
ZONES = [
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "Europe/London",
    "Asia/Kolkata",
    "America/Phoenix",
    "Africa/Casablanca",
    "UTC",
]


START = dt.datetime(2025, 1, 1)  # noqa: DTZ001 - a time by a clock on a wall, which is what is read


@pytest.fixture(scope="module")
def both():
    """Give a function that runs a query of the reading on a planted column, on each engine."""
    with DuckDB() as here, SparkReader() as there:

        def run(sql, values, kind=None):
            given = pa.table({"n": range(len(values)), "v": pa.array(values, kind)})
            for engine in (here, there):
                name_table(engine, "given", given)
            sql = f"SELECT v, {sql} FROM given ORDER BY n"
            spark = there._session.sql(quoted(expand(sql, READING_MACROS))).collect()
            return here.rows(sql), [tuple(row) for row in spark]

        yield run


def different(both_rows):
    """List the rows in which two engines differ."""
    return [pair for pair in zip(*both_rows, strict=True) if pair[0] != pair[1]]


def test_numbers_are_read_alike(both):
    """A text is the same whole number, the same number with decimals, or none, on both engines."""
    finite = "CASE WHEN isfinite(TRY_CAST(v AS DOUBLE)) THEN TRY_CAST(v AS DOUBLE) END"
    found = both(f"TRY_CAST(v AS BIGINT), {finite}", NUMBERS)
    assert different(found) == []
    assert sum(row[1] is not None for row in found[0]) > 20


@pytest.mark.parametrize("order", ["MDY", "DMY"])
def test_times_are_read_alike(both, order):
    """Each form alone, and all together, give the same times from whole cells and from cells that are nearly so."""
    chance = random.Random(7)  # noqa: S311 - a draw for a test, not for a secret
    forms = [form for form in FORMS if not form.slashed or order]
    written = []
    for form in forms:
        for _ in range(3):
            when = START + dt.timedelta(seconds=chance.randrange(10**8), microseconds=chance.randrange(10**6))
            layout = form.ordered(order)
            text = when.strftime(layout)
            at = chance.randrange(len(text))
            written += [text, text[:at] + text[at + 1 :], text[:at] + chance.choice("0 9:/x") + text[at:]]
    cells = [*TIMES, *written]
    columns = [Clock((form,), order).parse_sql("trim(v)") for form in forms]
    columns += [
        Clock(tuple(form for form in forms if form.utc is utc), order).parse_sql("trim(v)")
        for utc in (True, False)
    ]
    found = both(", ".join(columns), cells)
    assert different(found) == []
    assert sum(any(row[1:]) for row in found[0]) > len(forms)


@pytest.mark.parametrize("zone", ZONES)
def test_clocks_are_turned_alike(both, zone):
    """Local time and UTC are told from each other alike, in hours that came twice and in hours that never were."""
    days = [
        (2025, 3, 9),
        (2025, 11, 2),
        (2025, 4, 6),
        (2025, 10, 5),
        (2025, 3, 30),
        (2025, 10, 26),
        (1942, 2, 9),
        (1970, 1, 1),
    ]
    times = [
        START.replace(*day) + dt.timedelta(minutes=15 * quarter, microseconds=7)
        for day in days
        for quarter in range(24)
    ]
    found = both(
        f"utc_to_local(v, {literal(zone)}), local_to_utc(v, {literal(zone)})", times, pa.timestamp("us")
    )
    assert different(found) == []
    assert {function.name for function in READING} == {"utc_to_local", "local_to_utc"}


def test_other_functions_are_alike(both):
    """Parts of a text from its end, distances between texts, and whole matches."""
    texts = [
        *NUMBERS,
        "0:00:24",
        "1:2",
        "ABC123",
        "abc",
        "a*c",
        "***",
        "[REDACTED]",
        "7923.600 gc",
        "Straße",
        "€uro",
    ]
    found = both(
        "split_part(trim(v), ':', -1), split_part(v, ':', -3), length(v), contains(v, '*'), levenshtein(upper(v), 'ABC'), "
        "regexp_full_match(v, '[0-9]+|[a-z]{2,}'), regexp_replace(v, '(?i)[ ]*gc$', ''), v < '1', v >= '{'",
        [text for text in texts if text.isascii()] + ["Straße"],
    )
    assert different(found) == []


@pytest.mark.parametrize("sql", ["TRY_CAST(v AS DATE)", "regexp_full_match(v, v)"])
def test_what_is_not_known_is_refused(both, sql):
    """Another type, and a pattern that is no literal, are not written out wrongly but refused."""
    with pytest.raises(ValueError, match=r"known|literal"):
        both(sql, ["1"])
