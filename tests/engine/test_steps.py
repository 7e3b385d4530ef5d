"""A step that a query reads more than once is kept, and any other stays as it is."""

import pytest

from answerable.engine import DuckDB
from answerable.engine.steps import shared_once, steps

TWICE = """WITH counted AS (SELECT n, count(*) AS c FROM numbers GROUP BY n),
wanted (place, label) AS (VALUES (1, 'one)'), (2, 'two')),
total AS (SELECT sum(c) AS total FROM counted)
SELECT n, c, (SELECT total FROM total) AS total, label FROM counted JOIN wanted ON place = n
UNION ALL SELECT 0, max(c), (SELECT max(total) FROM total), (SELECT min(label) FROM wanted) FROM counted
ORDER BY n"""


def test_a_query_is_split_into_its_steps():
    """Each step has its name, the names of its columns where it gives them, and its query."""
    found, rest = steps(TWICE)
    assert [(step.name, step.columns) for step in found] == [
        ("counted", ""),
        ("wanted", "(place, label)"),
        ("total", ""),
    ]
    assert found[1].body == "VALUES (1, 'one)'), (2, 'two')"
    assert rest.startswith("SELECT n, c")


@pytest.mark.parametrize("sql", ["SELECT 1", "SELECT with FROM t", ""])
def test_a_query_without_steps_stays(sql):
    """What begins with no step is not touched."""
    assert steps(sql) == ([], sql)
    assert shared_once(sql, lambda _: pytest.fail("nothing is read twice")) == sql


def test_what_is_read_twice_is_kept_once_and_gives_the_same_rows():
    """Steps read twice become relations of their own, in their order; lists of values and what is read once do not."""
    with DuckDB() as engine:
        engine.table("numbers", "SELECT range % 3 AS n FROM range(10)")
        kept = []

        def keep(query):
            kept.append(query)
            engine.table(f"kept_{len(kept)}", query)
            return f"kept_{len(kept)}"

        written = shared_once(TWICE, keep)
        assert engine.rows(written) == engine.rows(TWICE)
    assert len(kept) == 2
    assert kept[0] == "SELECT n, count(*) AS c FROM numbers GROUP BY n"
    assert kept[1].endswith("SELECT sum(c) AS total FROM counted")
    assert "SELECT * FROM kept_1" in kept[1]


def test_a_column_of_the_same_name_is_no_reading():
    """A name counts where it follows FROM or JOIN: a column or an alias of that name does not."""
    sql = "WITH total AS (SELECT 1 AS total) SELECT total, total.total FROM total"
    assert shared_once(sql, lambda _: pytest.fail("it is read once")).endswith("FROM total")


def test_steps_within_a_step_are_kept_too():
    """A step that begins with steps of its own is read as the query is, and may read what stands around it."""
    sql = """WITH numbers AS (SELECT range AS n FROM range(6)),
    even AS (
      WITH pairs AS (SELECT n FROM numbers WHERE n % 2 = 0)
      SELECT n, (SELECT max(n) FROM pairs) AS most FROM pairs
    )
    SELECT n, most FROM even UNION ALL SELECT n, -1 FROM numbers ORDER BY n, most"""
    with DuckDB() as engine:
        kept = []

        def keep(query):
            kept.append(query)
            engine.table(f"kept_{len(kept)}", query)
            return f"kept_{len(kept)}"

        assert engine.rows(shared_once(sql, keep)) == engine.rows(sql)
    assert len(kept) == 2
    assert kept[1].startswith("WITH numbers ")
