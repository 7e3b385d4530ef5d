"""What two releases show of what each of them hides: planted redactions are counted."""

from datetime import timedelta

import numpy as np
import pytest

from answerable.estimate import NotMeasurable
from answerable.publish import comparison
from publish.tables import WITHHELD, at, table

ROWS = 200
START = at("03-01 08:00:00")


def base(seed=1):
    """Give the columns of a log."""
    random = np.random.default_rng(seed)
    return {
        "searched_at": [
            START + timedelta(seconds=int(at)) for at in random.choice(90_000, ROWS, replace=False)
        ],
        "networks": random.integers(1, 90, ROWS).tolist(),
        "reason": [f"reason {number}" for number in random.integers(0, 40, ROWS)],
        "user_id": random.integers(0, 20, ROWS).tolist(),
    }


def hidden(values, places, what=WITHHELD):
    """Take values out at some places."""
    return [what if place in places else value for place, value in enumerate(values)]


def undone(columns):
    """Give what was counted by column and way of hiding."""
    return {(each.column, each.how): (each.cells, each.shown) for each in columns}


def test_planted_redactions_are_undone():
    """Of 60 withheld reasons the other release shows the 50 that it did not withhold itself, and a column left out."""
    columns = base()
    one = table("one.csv", **columns | {"reason": hidden(columns["reason"], range(60))})
    two = table(
        "two.csv", **columns | {"reason": hidden(columns["reason"], range(50, 70))}, agency=["A PD"] * ROWS
    )
    found = comparison(one, two)
    assert found.joined.numerator == ROWS
    assert undone(found.columns) == {
        ("reason", "withheld"): (60, 50),
        ("organisation", "left out"): (ROWS, ROWS),
    }
    assert undone(found.columns_there) == {("reason", "withheld"): (20, 10)}
    assert (found.undone.numerator, found.undone.denominator) == (50 + ROWS, 60 + ROWS)
    assert (found.undone_there.numerator, found.undone_there.denominator) == (10, 20)
    assert found.rows_undone == ROWS
    assert str(found.undone) == (
        "Together they undo 250 of 260 redactions (96.2\u202f%) of one.csv: two.csv shows what stood there."
    )


def test_rows_that_do_not_join_undo_nothing():
    """A withheld cell is undone only where its row joins: searches that the other log does not hold stay hidden."""
    columns = base()
    one = table("one.csv", **columns | {"reason": hidden(columns["reason"], range(60))})
    two = table("two.csv", **{name: values[40:] for name, values in columns.items()})
    found = comparison(one, two)
    assert found.joined.numerator == ROWS - 40
    assert undone(found.columns) == {("reason", "withheld"): (60, 20)}
    assert found.rows_undone == 20


def test_a_blank_cell_is_counted_apart():
    """A cell that one release leaves empty and the other shows is said, and added to no total."""
    columns = base()
    found = comparison(
        table(**columns | {"reason": hidden(columns["reason"], range(9), None)}), table(**columns)
    )
    assert undone(found.columns)["reason", "blank"] == (9, 9)
    assert found.undone is None
    assert found.rows_undone == 0


def test_a_coarser_time_is_undone_by_a_finer_one():
    """A release whose times were cut to the hour is undone by one of the same rows with its seconds."""
    columns = base() | {"networks": list(range(1, ROWS + 1))}
    cut = [time.replace(minute=0, second=0) for time in columns["searched_at"]]
    found = comparison(table("cut.csv", **columns | {"searched_at": cut}), table("whole.csv", **columns))
    assert undone(found.columns)["search time", "coarser"] == (ROWS, ROWS)
    assert undone(found.columns_there) == {}
    assert found.undone.numerator == ROWS


def test_values_that_differ_are_said():
    """Rows that join and show one value in one release and another in the other are counted, and are no redaction."""
    columns = base()
    ids = [f"id-{at}" for at in range(ROWS)]
    edited = ["Investigation", *columns["reason"][1:]]
    found = comparison(table(**columns, id=ids), table(**columns | {"reason": edited}, id=ids))
    assert found.joined.numerator == ROWS
    assert undone(found.columns) == {("reason", "different"): (ROWS, 1)}
    columns["networks"] = [number + 100 for number in columns["networks"]]
    found = comparison(table(**base()), table(**columns))
    assert undone(found.columns) == {("networks searched", "different"): (ROWS, ROWS)}
    assert found.undone is None


def test_pseudonyms_are_linked_through_rows_that_join():
    """19 of 20 pseudonyms stand beside one name in most of their rows, and one beside many: 19 could be linked."""
    columns = base()
    names = [None if user == 0 else user + 100 for user in columns["user_id"]]
    names = [name if name is not None else 500 + place for place, name in enumerate(names)]
    two = {name: values for name, values in columns.items() if name != "user_id"} | {"user_name": names}
    found = comparison(table("one.csv", **columns), table("two.csv", **two))
    (link,) = found.links
    assert (link.column, link.there) == ("user ID", "user name")
    assert (link.share.numerator, link.share.denominator) == (19, len(set(columns["user_id"])))
    assert "could be linked to a user name of two.csv" in str(link.share)


def test_pseudonyms_drawn_anew_are_linked_by_their_rows():
    """Two releases with pseudonyms of their own for one and the same users give the users away all the same."""
    columns = base()
    found = comparison(
        table(**columns), table(**columns | {"user_id": [user + 50 for user in columns["user_id"]]})
    )
    (link,) = found.links
    assert link.share.measure == "release.linked"
    assert link.share.value == 1


def test_a_pseudonym_that_stays_the_same_is_said():
    """Pseudonyms that both releases share need no row to join them."""
    columns = base()
    earlier = {name: values[:80] for name, values in base(2).items()} | {"user_id": [3, 4] * 40}
    found = comparison(table(**columns), table(**earlier))
    (link,) = found.links
    assert link.share.measure == "release.same_value"
    assert link.share.numerator == 2
    (link,) = comparison(table(**columns), table(**columns)).links  # the same value explains nothing
    assert (link.share.measure, link.share.value) == ("release.same_value", 1)


def test_nothing_is_made_of_chance():
    """Two logs of unlike searches whose rows join by chance undo nothing of each other."""
    random = np.random.default_rng(5)

    def log(label, **more):
        at_random = [START + timedelta(seconds=int(at)) for at in random.integers(0, 20_000, 3_000)]
        return table(label, searched_at=at_random, networks=random.integers(1, 4, 3_000).tolist(), **more)

    found = comparison(log("a.csv", reason=[WITHHELD] * 3_000), log("b.csv", reason=["theft"] * 3_000))
    assert found.joined.numerator > 0
    assert not found.beyond_chance
    assert (found.columns, found.undone, found.rows_undone, found.links) == ((), None, 0, ())


def test_without_times_and_ids_nothing_tells_rows_from_chance():
    """Rows that join by a count and a reason alone, with no clock to move, are counted, and nothing is made of them."""
    columns = base()
    other = {name: values for name, values in columns.items() if name != "user_id"} | {
        "agency": ["A PD"] * ROWS
    }
    found = comparison(table(**columns), table(clock="unknown", **other))
    assert found.joined.numerator > 0
    assert found.by_chance is None
    assert not found.beyond_chance
    assert (found.columns, found.rows_undone) == ((), 0)


def test_tables_without_a_column_in_common_cannot_be_compared():
    """Where there is nothing to join by, that is said, and it is not nought."""
    found = comparison(table(reason=["a"]), table(networks=[1]))
    assert isinstance(found.joined, NotMeasurable)
    assert found.undone is None


@pytest.mark.parametrize("label", ["{0}.csv", "{counted}", "a%sb"])
def test_a_file_may_be_called_anything(label):
    """Braces and percent signs in a file's name are letters."""
    assert label in str(comparison(table(label, **base()), table("b.csv", **base())).joined)
