"""Duplicates: one record is counted once, by a rule that is named."""

import pytest

from exports import log_14, row_14

OLD = "Name,Org Name,Total Networks Searched,Total Devices Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type\n"
OLD_ROW = 'J. Doe,Springfield OR PD,1,2,,{plate},theft,,,"06/25/2025, 01:27:03 PM UTC",lookup\n'


def test_the_same_id_within_a_file_is_one_record(take):
    """A repeated ID is set aside, and where its cells differ that is counted."""
    taken = take(log_14(row_14(1), row_14(2), row_14(1), row_14(2, reason="another")))
    source = taken.source
    assert (source.rows_in, source.kept, source.duplicates, source.duplicates_differing) == (4, 2, 2, 1)
    assert source.duplicate_rule == "the record's own ID and minute"
    assert taken.rows("id, reason") == [("id-1", "burglary"), ("id-2", "burglary")]
    (listed,) = taken.folder.glob("set-aside/*.csv")
    assert [line.split(",")[1:] for line in listed.read_text().splitlines()[1:]] == [
        ["3", "1", "no"],
        ["4", "1", "yes"],
    ]


def test_a_row_without_an_id_hides_no_repeat(take):
    """Where a row has no ID, one that comes twice among the others is still set aside."""
    taken = take(log_14(row_14(1), row_14(2), row_14(1), row_14(4, id="", reason="theft")))
    assert (taken.source.kept, taken.source.duplicates) == (3, 1)


def test_rows_that_differ_in_a_wildcard_alone_are_two(take):
    """A plate with a wildcard has a pseudonym too, so that two such searches stay two."""
    taken = take(OLD + OLD_ROW.format(plate="AB*") + OLD_ROW.format(plate="AC*"))
    assert (taken.source.kept, taken.source.duplicates) == (2, 0)
    assert taken.rows("count(plate)") == [(2,)]


@pytest.mark.parametrize(("second", "kept"), [("01:27:40", 1), ("01:28:00", 2)])
def test_an_id_is_one_record_within_a_minute(take, second, kept):
    """The minute decides: exports that round seconds away give the same record, the next minute another."""
    times = (f"06/25/2025, {time} PM UTC" for time in ("01:27:03", second))
    assert take(log_14(*(row_14(1, time=time) for time in times))).source.kept == kept


def test_two_systems_that_both_number_from_one_lose_nothing(take):
    """The same ID at another minute is another search."""
    later = row_14(1, time="06/25/2025, 02:27:01 PM UTC")
    taken = take(log_14(row_14(1)), log_14(later))
    assert [(source.kept, source.duplicates) for source in taken.sources] == [(1, 0), (1, 0)]


def test_a_repeat_that_is_not_the_same_throughout_is_said(take):
    """A record set aside for its ID, with another reason, is named in a notice."""
    said = " ".join(take(log_14(row_14(1), row_14(1, reason="another"))).source.notices)
    assert "1 record set aside as repeated is not the same as the first in every column" in said


def test_neighbouring_months_that_overlap_are_counted_once(take):
    """Rows shared by two files are kept in the first and reported as an overlap."""
    taken = take(log_14(row_14(1), row_14(2)), log_14(row_14(2), row_14(3)))
    assert [(source.kept, source.duplicates) for source in taken.sources] == [(2, 0), (1, 1)]
    assert [(one.earlier, one.later, one.shared) for one in taken.overlaps] == [(1, 2, 1)]


def test_rows_without_an_id_are_one_when_every_cell_is_the_same(take):
    """Without an ID the whole row is its own mark, identifiers included."""
    taken = take(
        OLD
        + OLD_ROW.format(plate="ABC123") * 2
        + OLD_ROW.format(plate="ABC124")
        + OLD_ROW.format(plate="AB*")
    )
    assert (taken.source.kept, taken.source.duplicates) == (3, 1)
    assert taken.source.duplicate_rule == "every column that is read"
    assert "cannot be told apart" in " ".join(taken.source.notices)


def test_unreadable_rows_are_not_duplicates(take):
    """A header repeated twice is two quarantined rows, not a duplicate."""
    header = log_14(row_14(1)).splitlines()[0]
    source = take(log_14(row_14(1), header, header)).source
    assert (source.kept, source.duplicates, source.quarantined) == (1, 0, 2)


def test_the_same_file_given_twice_is_read_once(take):
    """A copy under another name is known by its SHA-256."""
    taken = take(log_14(), log_14())
    assert len(taken.sources) == 1
    assert taken.repeated == ["1-log.csv"]
