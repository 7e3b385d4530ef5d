"""Rows of two tables that are each other's only match, and how many would be by chance."""

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.publish.joining import join
from answerable.publish.pairing import joint
from publish.tables import WITHHELD, at, table

START = at("03-01 08:00:00")


def seconds(numbers):
    """Give times some seconds after the start."""
    return [None if number is None else START + timedelta(seconds=int(number)) for number in numbers]


def matches(mine, theirs):
    """Find, with nothing but a loop, the pairs of rows whose time and text come once in each table."""
    here, there = Counter(mine), Counter(theirs)
    return [
        (at_here, theirs.index(row))
        for at_here, row in enumerate(mine)
        if row[0] is not None and here[row] == there[row] == 1
    ]


ROWS = st.lists(
    st.tuples(st.sampled_from([None, 1, 2, 3, 4]), st.sampled_from(["a", "b", None])), min_size=1, max_size=12
)


@given(ROWS, ROWS)
def test_rows_join_where_a_loop_says(mine, theirs):
    """On time and text, the rows that join are the pairs that come once in each table; no others."""
    tables = [
        table(searched_at=seconds(time for time, _ in rows), reason=[text for _, text in rows])
        for rows in (mine, theirs)
    ]
    found = join(*tables)
    pairs = list(zip(found.here.tolist(), found.there.tolist(), strict=True))
    by = {"search time to the second": 0, "reason": 1}
    key = [by[label] for label in found.key]
    if 0 in key:
        assert pairs == matches(
            [tuple(row[place] for place in key) for row in mine],
            [tuple(row[place] for place in key) for row in theirs],
        )


def logs(rows=400, seed=1, **changes):
    """Give two logs of the same searches, the second in another order; ``changes`` are columns of the second."""
    random = np.random.default_rng(seed)
    columns = {
        "searched_at": seconds(random.choice(90_000, rows, replace=False)),
        "reason": [f"reason {number}" for number in random.integers(0, 40, rows)],
        "networks": random.integers(1, 90, rows).tolist(),
        "user_id": random.integers(0, 20, rows).tolist(),
    }
    order = random.permutation(rows)
    other = {name: [values[place] for place in order] for name, values in (columns | changes).items()}
    return table("one.csv", **columns), table("two.csv", **other), order


def test_the_same_searches_join_to_their_own():
    """Every search of one log joins itself in the other, whatever the order, and none does by chance."""
    one, two, order = logs()
    found = join(one, two)
    assert found.key == ("search time to the second", "user ID", "networks searched", "reason")
    assert found.here.tolist() == list(range(400))
    assert order[found.there].tolist() == found.here.tolist()
    assert found.by_chance == 0
    assert found.beyond_chance
    assert not found.in_order


def test_a_withheld_column_is_no_key():
    """A column of which either table withholds a cell is not joined by, and the reason is said."""
    one, two, _ = logs(reason=[WITHHELD, *["x"] * 399])
    found = join(one, two)
    assert "reason" not in found.key
    assert "reason: withheld in one of the two" in found.aside
    assert found.here.size == 400


@pytest.mark.parametrize(
    ("field", "label", "values"),
    [
        ("reason", "reason", ["reason 3"] * 400),  # every reason overwritten with one that also stands there
        ("networks", "networks searched", [number // 10 * 10 or 1 for number in range(400)]),  # made coarser
        (
            "user_id",
            "user ID",
            [number % 20 + 7 for number in range(400)],
        ),  # other pseudonyms, some of them the same
    ],
)
def test_a_column_that_was_rewritten_hides_no_row(field, label, values):
    """Where a column agrees in few of the rows that the time joins, rows are joined by the rest, and it is said."""
    one, two, _ = logs(**{field: values})
    found = join(one, two)
    assert found.here.size == 400
    assert label not in found.key
    assert f"{label}: differs in most rows that the time joins" in found.aside


def test_other_pseudonyms_are_no_key():
    """Columns without any value in common cannot be joined by."""
    one, two, _ = logs(user_id=list(range(1_000, 1_400)))
    found = join(one, two)
    assert "user ID: no value in common" in found.aside
    assert found.here.size == 400


def test_what_joins_by_chance_is_counted():
    """Two logs of unlike searches join by chance, as often when the clock is moved; nothing is made of that."""
    random = np.random.default_rng(3)
    one, two = (
        table(
            searched_at=seconds(random.integers(0, 200_000, 20_000)),
            networks=random.integers(1, 4, 20_000).tolist(),
        )
        for _ in range(2)
    )
    found = join(one, two)
    assert found.here.size > 100
    assert found.by_chance == pytest.approx(found.here.size, rel=0.15)
    assert not found.beyond_chance


def test_true_rows_stand_out_from_chance():
    """Where half of the searches are the same, the rows that join are more than chance by that half."""
    random = np.random.default_rng(4)
    times, nets = random.integers(0, 400_000, 4_000), random.integers(1, 4, 4_000)
    later, later_nets = random.integers(0, 400_000, 2_000), random.integers(1, 4, 2_000)
    one = table(searched_at=seconds(times), networks=nets.tolist())
    two = table(
        searched_at=seconds([*times[:2_000], *later]), networks=[*nets[:2_000].tolist(), *later_nets.tolist()]
    )
    found = join(one, two)
    assert found.here.size - found.by_chance == pytest.approx(2_000, rel=0.03)
    assert found.beyond_chance


def test_times_are_joined_to_the_coarser_grain():
    """A table of days joins one of seconds by the day, where the rest of the key says which row it is."""
    days = [at(f"03-{day:02}") for day in range(1, 29)]
    one = table(searched_at=days, reason=[f"r{day}" for day in range(28)])
    two = table(
        searched_at=[day + timedelta(hours=3, seconds=day.day) for day in days],
        reason=[f"r{day}" for day in range(28)],
    )
    found = join(one, two)
    assert found.key == ("search time to the day", "reason")
    assert found.grains == ("day", "second")
    assert found.here.size == 28


def test_two_clocks_are_not_set_beside_each_other():
    """Times in UTC and times of no stated zone are not compared; an ID joins the rows all the same."""
    ids = [f"id-{number}" for number in range(30)]
    one = table(searched_at=seconds(range(30)), id=ids)
    two = table(clock="unknown", searched_at=seconds(range(30)), id=ids[::-1])
    found = join(one, two)
    assert found.key == ("search ID",)
    assert found.there.tolist() == list(range(30))[::-1]
    assert found.by_chance is None
    assert any("--timezone" in reason for reason in found.aside)
    nothing = join(table(searched_at=seconds([1])), table(clock="unknown", searched_at=seconds([1])))
    assert (nothing.key, nothing.here.size) == ((), 0)


def test_an_id_joins_whatever_the_clocks_say():
    """Where one log's times were shifted by days, the ID that both hold joins every row, since the reasons bear it out."""
    ids = [f"{number:08x}" for number in range(400)]
    one, two, order = logs()
    shifted = [
        time + timedelta(days=int(day))
        for time, day in zip(times_of(two), np.arange(400) % 5 + 1, strict=True)
    ]
    rest = {"reason": texts_of(two), "searched_at": shifted, "id": [ids[place] for place in order]}
    found = join(table(searched_at=times_of(one), reason=texts_of(one), id=ids), table(**rest))
    assert found.key == ("search ID",)
    assert found.by_id
    assert order[found.there].tolist() == list(range(400))
    assert "reason: not needed where the ID joins" in found.aside


def times_of(made):
    """Give a table's times."""
    part = made.cells["searched_at"].parts[0]
    return part.distinct.take(part.index).to_pylist()


def texts_of(made):
    """Give a table's reasons."""
    part = made.cells["reason"].parts[0]
    return part.distinct.take(part.index).to_pylist()


def test_two_systems_that_number_from_one_share_no_searches():
    """IDs that two systems gave to unlike searches are not believed: no other column bears them out."""
    numbers = [str(number) for number in range(400)]
    one, _, _ = logs()
    other, _, _ = logs(seed=9)
    found = join(
        table(searched_at=times_of(one), reason=texts_of(one), id=numbers),
        table(
            searched_at=[time + timedelta(days=400) for time in times_of(other)],
            reason=texts_of(other),
            id=numbers,
        ),
    )
    assert not found.by_id
    assert not found.beyond_chance


def test_the_same_order_of_times_is_seen():
    """Two tables with the same times in the same order can be laid side by side; in another order they cannot."""
    times = seconds([1, 1, 2, 3, None])
    one = table(searched_at=times, networks=[1, 2, 3, 4, 5])
    assert join(one, table(searched_at=times, networks=[9, 8, 7, 6, 5])).in_order
    assert not join(one, table(searched_at=times[::-1], networks=[9, 8, 7, 6, 5])).in_order


def test_an_order_of_days_is_borne_out_or_not_seen():
    """Rows sorted by their day are in no order within it, unless another column shows that they are."""
    days = sorted(at(f"03-{day:02}") for day in range(1, 11) for _ in range(9))
    kinds = [f"kind {number * 7 % 11}" for number in range(90)]
    one = table(searched_at=days, agency=kinds)
    assert join(one, table(searched_at=days, agency=kinds)).in_order
    mixed = [kind for at_day in range(0, 90, 9) for kind in kinds[at_day : at_day + 9][::-1]]
    assert not join(one, table(searched_at=days, agency=mixed)).in_order
    assert not join(table(searched_at=days), table(searched_at=days)).in_order


def test_codes_across_tables_agree_with_the_cells():
    """Two cells of two tables have one code exactly where they hold the same, time frames with both their ends."""
    frames = [
        (at("06-01"), at("07-01")),
        (at("06-01"), at("07-02")),
        None,
        WITHHELD,
        (at("06-02"), at("07-01")),
    ]
    one, two = table(frame=frames), table(frame=frames[::-1])
    here, there = joint(one.cells["frame"], two.cells["frame"])
    assert here.tolist() == there.tolist()[::-1]
    assert len(set(here.tolist())) == 5
