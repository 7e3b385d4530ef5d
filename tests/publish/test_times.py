"""Times are made coarser as a calendar does it, and a coarse column is known as one."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.publish.times import GRAINS, NONE, coarser, grain
from publish.tables import micros

TIMES = st.datetimes(datetime.fromisoformat("1960-01-01"), datetime.fromisoformat("2100-01-01"))


def floored(time, unit):
    """Give the beginning of a unit of time with the standard library."""
    day = time.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "second": time.replace(microsecond=0),
        "minute": time.replace(second=0, microsecond=0),
        "hour": time.replace(minute=0, second=0, microsecond=0),
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
    }[unit]


@given(st.lists(TIMES, min_size=1, max_size=20), st.sampled_from(GRAINS))
def test_a_time_is_floored_as_a_calendar_does_it(times, unit):
    """Seconds to months begin where the standard library says, before 1970 too; no time stays none."""
    found = coarser(np.array([NONE, *map(micros, times)]), unit)
    assert found.tolist() == [NONE, *(micros(floored(time, unit)) for time in times)]


@pytest.mark.parametrize("unit", GRAINS)
def test_a_rounded_column_is_known(unit):
    """A column whose every time begins a unit has that grain; one more second makes it finer."""
    times = [micros(floored(datetime.fromisoformat("2025-01-15T13:07:09") + timedelta(days=41 * at, hours=at, minutes=at, seconds=at), unit)) for at in range(8)]  # fmt: skip  # one list
    assert grain(np.array([*times, NONE])) == unit
    assert grain(np.array([*times, times[0] + 1_000_000])) == "second"


def test_a_few_round_times_prove_nothing():
    """Two searches on the hour are times to the second, as are times finer than that."""
    hours = [micros(datetime.fromisoformat(f"2025-01-01T0{hour}:00")) for hour in (3, 4)]
    assert grain(np.array(hours)) == "second"
    assert grain(np.array([1, 2, 3, 4, 5, 6])) == "second"
    assert grain(np.array([NONE])) == "second"
