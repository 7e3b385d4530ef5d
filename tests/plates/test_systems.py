"""System events and video: what was changed, by whom, and what was watched with which note."""

from datetime import datetime

from answerable.programmes.plates import PROGRAMME

NOON = datetime.fromisoformat("2025-03-03T12:00")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}


def shares(runner, *names):
    """Run measures and give their numerators and denominators."""
    found = (runner.run(MEASURES[name]) for name in names)
    return [(one.numerator, one.denominator) for one in found]


def event(what, entity, user=1):
    """Give one system event."""
    return {"happened_at": NOON, "event_type": what, "entity_type": entity, "user": user}


def test_changes_are_told_by_what_they_were_made_to(records):
    """Of five events one deletes, two are of hotlists, one of sharing, one of a user; one names no user."""
    runner = records(
        events=[
            event("Create", "Hotlist Entry"), event("DELETE", "hot list"), event("update", "Share"),
            event("create", "User", user=None), event("update", "Camera"),
        ]
    )  # fmt: skip  # a table: what stands in one line belongs together
    names = ("deletions", "hotlist_changes", "sharing_changes", "account_changes", "user_stated")
    assert shares(runner, *(f"events.{name}" for name in names)) == [(1, 5), (2, 5), (1, 5), (1, 5), (4, 5)]


def use(**cells):
    """Give one use of the video hub."""
    return {
        "used_at": NOON,
        "user": 1,
        "agency": "A OR PD",
        "object_agency": "A OR PD",
        "operation": "view",
    } | cells


def test_uses_of_video(records):
    """One use states nothing, one is of another organisation's camera, one is an export; the median lasts 24 seconds."""
    runner = records(
        videos=[
            use(notes="patrol", duration=24), use(incident=7, duration=3600, operation="Export clip"),
            use(duration=5, object_agency="B OR PD"), use(notes="x", incident=8, object_agency="a or pd "),
        ]
    )  # fmt: skip  # a table: what stands in one line belongs together
    names = ("no_purpose", "other_organisations", "exports")
    assert shares(runner, *(f"videos.{name}" for name in names)) == [(1, 4), (1, 4), (1, 4)]
    assert runner.run(MEASURES["videos.duration"]).value == 24
