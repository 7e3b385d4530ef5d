"""Groups of rows that are the same are counted exactly."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answerable.publish.groups import combined, group

CODES = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=60)


@given(CODES, st.integers(2, 6))
def test_groups_are_those_that_a_loop_counts(rows, k):
    """The sizes of groups, and the rows in those under k, are what a Counter over the rows says."""
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    groups = group(combined([(column, 4) for column in columns], len(rows)))
    sizes = Counter(rows)
    assert sorted(groups.sizes) == sorted(sizes.values())
    assert groups.under(k) == sum(size for size in sizes.values() if size < k)
    assert groups.alone == sum(size == 1 for size in sizes.values())
    assert sum(rows for _, rows in groups.bands()) == groups.rows == len(rows)


@given(CODES)
def test_columns_of_many_values_do_not_run_over(rows):
    """Codes whose product is beyond 64 bits are told apart all the same."""
    columns = [np.array(column) * (1 << 40) for column in zip(*rows, strict=True)]
    codes = combined([(column, 1 << 42) for column in columns], len(rows))
    assert len(set(codes.tolist())) == len(set(rows))
    for one, other in zip(range(len(rows)), reversed(range(len(rows))), strict=True):
        assert (codes[one] == codes[other]) == (rows[one] == rows[other])


def test_rows_without_a_value_are_in_no_group():
    """Rows that hold nothing are counted apart, and a table of nothing else has no group."""
    groups = group(np.array([1, 1, 2, 9]), np.array([True, True, True, False]))
    assert (groups.rows, groups.alone, groups.apart) == (3, 1, 1)
    nothing = group(np.array([1, 1]), np.array([False, False]))
    assert (nothing.rows, nothing.under(5), nothing.apart, nothing.sizes.size) == (0, 0, 2, 0)


def test_bands_name_their_sizes():
    """Each band is named by the sizes that it holds."""
    groups = group(np.repeat(np.arange(5), [1, 2, 4, 9, 100]))
    assert groups.bands() == (
        ("1", 1), ("2", 2), ("3 to 4", 4), ("5 to 9", 9), ("10 to 99", 0), ("100 or more", 100),
    )  # fmt: skip  # a table: what stands in one line belongs together
