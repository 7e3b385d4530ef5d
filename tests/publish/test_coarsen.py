"""The smallest change that brings the rows at risk under a limit, held against trying everything."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.intake import Role
from answerable.programmes.plates.records import SEARCH
from answerable.publish import coarsen, coarsening, column
from answerable.publish.ladders import LEFT_OUT
from publish.tables import at, counted, table

TIMES = [at(f"{month}-{day} {hour}:{minute}:00") for month in ("06", "07") for day in ("02", "03", "17") for hour in ("09", "10") for minute in ("00", "30")]  # fmt: skip  # one list
ROWS = st.lists(
    st.tuples(st.sampled_from(TIMES), st.sampled_from(["a", "b", "c"]), st.sampled_from([1, 12, 15, 190])),
    min_size=2,
    max_size=40,
)
FIELDS = ("searched_at", "reason", "networks")


def columns_of(rows, k):
    """Make the columns of a table."""
    cells = table(**dict(zip(FIELDS, map(list, zip(*rows, strict=True)), strict=True))).cells
    return [column(each, k) for each in cells.values()]


def at_risk(columns, rungs, k):
    """Count the rows at risk after a change, with a loop over the rows' codes."""
    kept = [(each, rung) for each, rung in zip(columns, rungs, strict=True) if each.ladder[rung].values]
    if not kept:
        return 0
    codes = [each.codes(rung).tolist() for each, rung in kept]
    rows = [
        tuple(
            None if code >= each.ladder[rung].values else code
            for (each, rung), code in zip(kept, row, strict=True)
        )
        for row in zip(*codes, strict=True)
    ]
    return counted(rows, k)[1]


def rungs_of(columns, option):
    """Give the rung that an option sets each column on."""
    after = {change.column: change.after for change in option.changes}
    return [
        next(
            place for place, rung in enumerate(each.ladder) if rung.label == after.get(each.label, rung.label)
        )
        for each in columns
    ]


def loss(columns, rungs):
    """Add up what a change gives up."""
    return sum(each.ladder[rung].loss for each, rung in zip(columns, rungs, strict=True))


@given(ROWS, st.integers(2, 5), st.sampled_from([0.0, 0.1, 0.3]))
def test_no_smaller_change_is_enough(rows, k, limit):
    """Recounted, the change keeps the limit; of all changes that do, none gives up less."""
    columns = columns_of(rows, k)
    found = coarsening(SEARCH, columns, k, limit)
    assert found.every
    for option in (found.least, *found.looser):
        rungs = rungs_of(columns, option)
        assert option.loss == pytest.approx(loss(columns, rungs))
        assert (
            at_risk(columns, rungs, k)
            == option.after.at_risk
            <= option.allowed
            == int(option.limit * len(rows))
        )
        enough = [
            loss(columns, tried)
            for tried in product(*(range(len(each.ladder)) for each in columns))
            if at_risk(columns, tried, k) <= option.allowed
        ]
        assert option.loss == pytest.approx(min(enough))


@given(ROWS, st.integers(2, 5), st.sampled_from([0.0, 0.1, 0.3]))
def test_coming_from_above_no_column_could_be_finer(rows, k, limit):
    """Where there is too much to try, the change keeps the limit, and any one column a rung finer would not."""
    columns = columns_of(rows, k)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coarsen, "_TRIED", 0)
        found = coarsening(SEARCH, columns, k, limit)
    assert not found.every
    rungs = rungs_of(columns, found.least)
    allowed = found.least.allowed
    assert at_risk(columns, rungs, k) == found.least.after.at_risk <= allowed
    # The week is no part of a month, so a step up to the month may part rows: only nested ladders promise this.
    if all(rung.label != "to the week" for each in columns for rung in each.ladder):
        for place, rung in enumerate(rungs):
            if rung:
                finer = [*rungs[:place], rung - 1, *rungs[place + 1 :]]
                assert at_risk(columns, finer, k) > allowed


@given(ROWS, st.integers(2, 5))
def test_each_rung_alone_is_counted(rows, k):
    """What a single column made coarser would do is what a recount says."""
    columns = columns_of(rows, k)
    found = coarsening(SEARCH, columns, k, 0.001)
    steps = [(place, rung) for place, each in enumerate(columns) for rung in range(1, len(each.ladder))]
    assert len(found.single) == len(steps)
    for one, (place, rung) in zip(found.single, steps, strict=True):
        assert one.change.after == columns[place].ladder[rung].label
        assert one.at_risk == at_risk(columns, [rung if at == place else 0 for at in range(len(columns))], k)


def test_of_two_changes_that_cost_the_same_the_one_that_leaves_more_is_taken():
    """Either text may go for one and the same price; the one whose going leaves more different rows does."""
    cells = table(agency=list("aabbccdd"), reason=list("xyxyxyxy")).cells
    found = coarsening(SEARCH, [column(each, 2) for each in cells.values()], 2, 0)
    assert [(change.column, change.after) for change in found.least.changes] == [("reason", LEFT_OUT)]
    assert found.least.after.values == 4


def test_nothing_is_changed_where_nothing_is_at_risk():
    """A table whose rows hide each other is left as it stands."""
    cells = table(reason=["a"] * 5 + ["b"] * 5).cells
    found = coarsening(SEARCH, [column(each, 5) for each in cells.values()], 5, 0)
    assert (found.least.changes, found.least.loss, found.before.at_risk) == ((), 0, 0)


def test_what_stands_for_somebody_is_left_out_where_asked():
    """Columns of a role that is named are left out even where they would not have to be."""
    cells = table(user_id=[1] * 9, reason=["a"] * 9).cells
    found = coarsening(SEARCH, [column(each, 5) for each in cells.values()], 5, 0, out=(Role.IDENTIFIER,))
    assert [(change.column, change.after) for change in found.least.changes] == [("user ID", LEFT_OUT)]


def test_a_large_table_is_searched_and_recounted():
    """With 300,000 rows and eleven columns the search ends, and what it reports is a recount."""
    rows, random = 300_000, np.random.default_rng(7)
    seconds = random.integers(0, 180 * 86_400, rows)
    times = (np.datetime64("2025-01-01T00:00:00") + seconds).astype("datetime64[us]").tolist()
    texts = [f"reason {number}" for number in random.zipf(1.3, rows) % 5_000]
    numbers = {field: random.integers(1, 900, rows).tolist() for field in ("networks", "devices")}
    others = {field: [f"{field} {number}" for number in random.integers(0, 9, rows)] for field in ("agency", "filters", "search_type", "text_prompt", "moderation", "offense_type")}  # fmt: skip  # one dictionary
    made = table(searched_at=times, reason=texts, **numbers, **others)
    columns = [column(each, 5) for each in made.cells.values()]
    found = coarsening(SEARCH, columns, 5, 0.001, brief=True)
    assert not found.every
    assert found.before.at_risk == rows
    rungs = rungs_of(columns, found.least)
    assert at_risk(columns, rungs, 5) == found.least.after.at_risk <= 300
