"""Cameras and clocks: what must not end in a rate is counted, and is in none."""

from datetime import datetime, timedelta

from answerable.programmes.plates import PROGRAMME
from planting import accounts

FIRST = datetime.fromisoformat("2025-03-03T07:30")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}


def read(day, camera, **cells):
    """Give one read of a camera on a day of March."""
    return {"read_at": FIRST + timedelta(days=day), "camera": camera, "plate": 1} | cells


def run(runner, name, **parameters):
    """Run a measure and give its numerator and denominator."""
    found = runner.run(MEASURES[name], **parameters)
    return found.numerator, found.denominator


def test_a_camera_at_two_places_is_counted(records):
    """Coordinates, addresses and ZIP codes are each held against the camera's other reads; 0, 0 is no place."""
    runner = records(
        reads=[
            read(0, "a", latitude=45.1, longitude=-122.1), read(1, "a", latitude=45.2, longitude=-122.1),
            read(0, "b", latitude=45.1, longitude=-122.1), read(1, "b", latitude=0.0, longitude=0.0),
            read(2, "b", longitude=-122.1),
            read(0, "c", zip="00001"), read(1, "c", zip="00002"), read(0, "d", address="1 Main St"), read(0, "e"),
        ]
    )  # fmt: skip  # a table: what stands in one line belongs together
    assert run(runner, "reads.camera_places") == (2, 4)


def test_a_camera_without_reads_is_counted(records):
    """One camera is read daily, one falls silent, one stands in the hits alone, one comes late."""
    daily = [read(day, "daily") for day in range(11)]
    runner = records(
        reads=[*daily, read(0, "fades"), read(3, "fades"), read(8, "late")],
        hits=[{"alerted_at": FIRST, "camera": "ghost"}],
    )
    found = runner.run(MEASURES["reads.silent_cameras"])
    assert (found.numerator, found.denominator) == (3, 4)
    assert [(part.label, part.numerator) for part in found.breakdowns["how long"]] == [
        ("no read at all", 1),
        ("no read for 7 days or more", 2),
    ]
    assert run(runner, "reads.silent_cameras", days=9) == (1, 4)


def test_a_read_after_the_audit_is_counted_and_left_out(records):
    """Of three reads one is dated after the audit."""
    runner = records(as_of="2025-03-04", reads=[read(0, "a"), read(1, "a"), read(2, "a")])
    assert run(runner, "reads.future") == (1, 3)
    assert run(runner, "reads.older_than") == (0, 2)


def test_an_impossible_coordinate_is_counted(records):
    """A cell that holds something, and no value, is counted among cells that hold something."""
    sound = read(0, "a", latitude=45.1, longitude=-122.1)
    bad = read(0, "a", longitude=-122.1) | {"latitude_state": "present"}
    assert run(records(reads=[sound, bad]), "reads.bad_cells") == (1, 4)


def test_turned_clocks_are_counted_from_the_accounts(records):
    """Intake counts them, source by source; the measure adds them up for its kind alone."""
    sources = accounts(
        {"kind": "read", "kept": 10, "folded": 2, "skipped": 1},
        {"source": 2, "kind": "search", "kept": 5, "folded": 4},
    )
    runner = records(sources=sources, reads=[read(0, "a")])
    assert run(runner, "reads.turned_clock") == (3, 10)
