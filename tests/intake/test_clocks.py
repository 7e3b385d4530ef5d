"""Clocks: a column of times is read in one way, or refused."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import ClockError, UsageError
from answerable.intake.clocks import FORMS, Clock
from answerable.intake.columns import check_timezone
from exports import log_14, row_14

PORTAL = "id,userId,searchDate,cameraCount,reason\n"


def portal(*times):
    """Write a portal audit with these times."""
    return PORTAL + "".join(f'{at},u{at},"{time}",3,theft\n' for at, time in enumerate(times))


@pytest.mark.parametrize(
    ("time", "read", "clock"),
    [
        ("2025-06-18 00:02:04.789", "2025-06-18 00:02:04.789", "unknown"),
        ("2025-06-18T00:02:04.789Z", "2025-06-18 00:02:04.789", "utc"),
        ("2025-06-18T00:02:04Z", "2025-06-18 00:02:04", "utc"),
        ("2025-06-18T00:02:04.5+00:00", "2025-06-18 00:02:04.5", "utc"),
        ("2025-06-18 00:02", "2025-06-18 00:02:00", "unknown"),
        ("06/18/2025, 12:02:04 AM UTC", "2025-06-18 00:02:04", "utc"),
        ("6/18/2025 0:02:04", "2025-06-18 00:02:04", "unknown"),
        ("06/18/2025 - 00:02:04", "2025-06-18 00:02:04", "unknown"),
        ("06/18/2025 12:02:04 AM", "2025-06-18 00:02:04", "unknown"),
    ],
)
def test_each_form_is_read(take, time, read, clock):
    """Every form of the facts gives its instant, and says whether its zone is known."""
    taken = take(portal(time, time.replace("18", "19")))
    assert taken.rows("CAST(searched_at AS VARCHAR), clock")[0] == (read, clock)


def test_a_named_zone_turns_local_times_into_instants(take):
    """With --timezone a zone-less time is local, and its instant is known."""
    taken = take(portal("2025-06-18 00:02:04", "2025-12-18 00:02:04"), timezone="America/Los_Angeles")
    assert taken.rows("CAST(searched_at AS VARCHAR), CAST(searched_at_local AS VARCHAR), clock") == [
        ("2025-06-18 07:02:04", "2025-06-18 00:02:04", "local"),
        ("2025-12-18 08:02:04", "2025-12-18 00:02:04", "local"),
    ]


def test_a_utc_form_is_shown_in_local_time(take):
    """A form that states UTC gets its local reading from the zone, and keeps its instant."""
    taken = take(log_14(row_14(1)), timezone="America/Los_Angeles")
    assert taken.rows("CAST(searched_at AS VARCHAR), CAST(searched_at_local AS VARCHAR)") == [
        ("2025-06-25 13:27:01", "2025-06-25 06:27:01")
    ]


def test_without_a_zone_local_time_is_not_known(take):
    """Nothing is assumed of a zone that nobody stated."""
    assert take(log_14(row_14(1))).rows("searched_at_local, clock") == [(None, "utc")]


def test_day_first_is_settled_by_the_whole_column(take):
    """One date that can only be day-first, late in the file, settles all of them."""
    taken = take(portal("03/04/2025 10:00:00", "05/04/2025 10:00:00", "25/04/2025 10:00:00"))
    assert taken.rows("CAST(searched_at AS VARCHAR)")[0] == ("2025-04-03 10:00:00",)


def test_an_ambiguous_column_is_refused(take):
    """A column in which every date could be read both ways is not guessed."""
    with pytest.raises(ClockError, match="day or the month first"):
        take(portal("03/04/2025 10:00:00", "05/04/2025 10:00:00"))


def test_a_column_of_both_orders_is_refused(take):
    """A column that mixes orders has no single reading."""
    with pytest.raises(ClockError, match="only the day"):
        take(portal("25/04/2025 10:00:00", "04/25/2025 10:00:00"))


def test_a_declared_order_that_the_column_contradicts_is_refused(take):
    """A layout that says month-first is held to it."""
    with pytest.raises(ClockError, match="the layout declares MDY"):
        take(log_14(row_14(1, time="25/06/2025, 01:27:03 PM UTC")))


def test_a_shifted_header_is_found_by_its_times(take):
    """A header that stands over the wrong columns is refused, and the cells are shown by their shape alone."""
    with pytest.raises(ClockError, match="does not hold times") as caught:
        take(PORTAL + "a,SECRETUSER,theft,2025-06-18 00:02:04,3\n" * 3)
    assert "SECRETUSER" not in str(caught.value)
    assert "theft" not in str(caught.value)


def test_a_range_in_one_line_is_split(take):
    """A time frame may be one line: start UTC to end UTC, dates unpadded."""
    text = "ID,Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type\n"
    text += '1,U,2,"5/6/2025, 1:00:00 PM UTC to 6/13/2025, 1:00:00 PM UTC",ABC,theft,,,"6/13/2025, 1:00:00 PM UTC",lookup\n'
    taken = take(text)
    assert taken.rows("CAST(frame_start AS VARCHAR), CAST(frame_end AS VARCHAR)") == [
        ("2025-05-06 13:00:00", "2025-06-13 13:00:00")
    ]


def test_a_date_and_a_time_apart_are_joined(take):
    """Search Date and Search Time in two columns are one time."""
    taken = take("Search Date,Search Time,Reason\n2025-06-18,00:02:04,theft\n")
    assert taken.rows("CAST(searched_at AS VARCHAR)") == [("2025-06-18 00:02:04",)]


def test_a_zone_that_does_not_exist_is_refused():
    """A typing error in --timezone is said at once."""
    with pytest.raises(UsageError, match="no time zone"):
        check_timezone("America/Los_Angles")


def test_the_month_of_a_record_is_its_local_month(take):
    """A search in the first hours of July, in UTC, was made in June where the zone is named."""
    text = log_14(
        row_14(1, time="07/01/2025, 05:00:00 AM UTC"), row_14(2, time="07/13/2025, 05:00:00 AM UTC")
    )
    assert take(text, timezone="America/Los_Angeles").rows("month") == [("2025-06",), ("2025-07",)]


def test_the_month_is_as_written_where_no_zone_is_known(take):
    """Without a zone the month is that of the time as it stands."""
    assert take(portal("2025-06-30 23:59:59", "2025-07-13 00:00:00")).rows("month") == [
        ("2025-06",),
        ("2025-07",),
    ]


@pytest.mark.parametrize("form", FORMS, ids=[form.format for form in FORMS])
def test_what_a_form_recognises_it_also_reads(form):
    """A cell written by a form's format is in its pattern, and the engine reads it to the second or as finely as written."""
    at = datetime(2025, 3, 14, 15, 9, 26, 500000, tzinfo=UTC)
    cell = at.strftime(form.ordered("MDY"))
    assert re.fullmatch(form.pattern, cell)
    with DuckDB() as engine:
        ((read,),) = engine.rows(f"SELECT {Clock((form,), 'MDY').parse_sql(literal(cell))}")
    assert read.strftime(form.ordered("MDY")) == cell


@pytest.mark.parametrize(
    "time", ["2025-06-18 00:02:04Z", "2025-06-18 00:02:04+00:00", "2025-06-18T00:02:04+0000"]
)
def test_every_way_of_stating_universal_time_is_read(take, time):
    """A zone may be Z, UTC or an offset of zero, with or without its colon."""
    assert take(portal(time)).source.clock == "utc"


def test_a_layout_can_declare_that_times_are_universal(take, layouts):
    """Times without a zone are then converted to local time, and not taken for it."""
    own = [
        replace(layout, zone="UTC") if layout.name == "portal-camera-count" else layout for layout in layouts
    ]
    taken = take(portal("2025-06-18 00:02:04.789"), timezone="America/Los_Angeles", own=own)
    assert taken.rows("CAST(searched_at_local AS VARCHAR)") == [("2025-06-17 17:02:04.789",)]
    assert not [notice for notice in taken.source.notices if "state no zone" in notice]


def test_a_zone_that_was_assumed_is_said(take):
    """Times without a zone that are read in the zone of --timezone come with a notice."""
    source = take(portal("2025-06-18 00:02:04.789"), timezone="America/Los_Angeles").source
    assert "state no zone and were read as America/Los_Angeles" in " ".join(source.notices)
