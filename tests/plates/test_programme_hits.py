"""A synthetic county's hits, hotlists and faults are what its truth says, counted anew from the files."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from answerable.programmes.plates.simulate import MISHAPS, County, write_programme
from plates.recounting import full_reads, local, plain, seconds, table, usable

COUNTY = County(
    reads=6_000, seed=3, misread=0.04, verified=1.0, raw_hashed=False, retention=20, searches=400, retrospective=0.8,
    videos=120, faults=True,
)  # fmt: skip  # a table: what stands in one line belongs together


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A county with faults, every read of which was looked at anew, and its truth."""
    folder = tmp_path_factory.mktemp("programme")
    return folder, write_programme(COUNTY, folder)


@pytest.fixture(scope="module")
def full(made):
    """Its reads of the full table."""
    folder, truth = made
    return full_reads(folder, truth.released)


@pytest.fixture(scope="module")
def verified(made):
    """What was on the plates, for every read."""
    return table(made[0] / "verified-reads" / "verified-reads.csv")


@pytest.fixture(scope="module")
def hits(made):
    """Its hits, with their moments."""
    rows = table(made[0] / "hits" / "hits.csv")
    return [row | {"alerted": seconds(row["Alert Time"]), "at": seconds(row["Read Time"])} for row in rows]


# --- hits ---------------------------------------------------------------------------------------------------------


def test_hits_are_the_planted_ones(made, hits):
    """Hits, confirmed and refuted ones, stops and useful outcomes are recounted by agency, hotlist, camera and month."""
    _, truth = made

    def count(rows):
        confirmed = Counter(row["Confirmed"] for row in rows)
        useful = {"Arrest", "Vehicle Recovered", "Person Located"}
        return (
            len(rows),
            confirmed["Yes"],
            confirmed["No"],
            sum(row["Stop"] == "Yes" for row in rows),
            sum(row["Outcome"] in useful for row in rows),
        )

    def by(key):
        groups = {}
        for row in hits:
            groups.setdefault(key(row), []).append(row)
        return {name: count(rows) for name, rows in groups.items()}

    def figures(one):
        return one.hits, one.confirmed, one.refuted, one.stops, one.useful

    assert figures(truth.hits.all) == count(hits)
    assert min(count(hits)) > 0
    for name, key in {
        "agency": lambda row: row["Agency"],
        "hotlist": lambda row: row["Hotlist"],
        "camera": lambda row: row["Camera"],
        "month": lambda row: f"{local(row['alerted']):%Y-%m}",
    }.items():
        assert {label: figures(one) for label, one in getattr(truth.hits, name).items()} == by(key)
    assert all((row["Stop"] == "") == (row["Confirmed"] == "") for row in hits)
    assert all((row["Outcome"] != "") == (row["Stop"] == "Yes") for row in hits)
    assert len({row["ID"] for row in hits}) == len(hits)


def test_hits_come_from_what_was_read(made, hits, verified):
    """Every hit is of a read with that text, and of those that were confirmed the plate was read rightly."""
    _, truth = made
    reads = {(row["Read Time"], row["Camera"], row["Read Plate"]): row["Verified Plate"] for row in verified}
    plates = [reads[row["Read Time"], row["Camera"], row["Plate"]] for row in hits]
    misread = [plate != row["Plate"] for plate, row in zip(plates, hits, strict=True)]
    assert truth.hits.misread == sum(misread) > 0
    assert not any(wrong and row["Confirmed"] == "Yes" for wrong, row in zip(misread, hits, strict=True))
    assert truth.hits.all.confirmed <= truth.hits.right <= truth.hits.all.hits - truth.hits.all.refuted


@pytest.mark.parametrize(
    ("why", "confirmed", "refuted"),
    [
        ("sought", True, False),
        ("lookalike", False, True),
        ("other_issuer", False, True),
        ("stale", True, True),
    ],
)
def test_hits_are_right_or_wrong_for_the_planted_reason(tmp_path, why, confirmed, refuted):
    """What is sought is confirmed; a look-alike and a plate of another issuer never are; a stale entry is until it is closed."""
    only = {"sought": 0.0, "lookalike": 0.0, "other_issuer": 0.0, "stale": 0.0, "elsewhere": 0, why: 0.3}
    county = replace(COUNTY, **only, checked=1.0, misread_night=1.0, faults=False, misread=0.02)
    truth = write_programme(county, tmp_path).hits
    rows = table(tmp_path / "hits" / "hits.csv")
    assert (truth.all.confirmed > 0, truth.all.refuted > 0) == (confirmed, refuted)
    assert truth.all.confirmed + truth.all.refuted == truth.all.hits == len(rows) > 5
    assert (truth.misread == truth.all.hits) == (why == "lookalike")
    if why == "stale":
        first_wrong, last_right = {}, {}
        for row in rows:
            if row["Confirmed"] == "No":
                first_wrong.setdefault(row["Plate"], row["Alert Time"])
            else:
                last_right[row["Plate"]] = row["Alert Time"]
        both = first_wrong.keys() & last_right.keys()
        assert both
        assert all(last_right[plate] < first_wrong[plate] for plate in both)


def test_older_data_are_used_as_planted(made, hits, full):
    """Hits by the age of their read at the alert are recounted, and none used a read that had been deleted."""
    _, truth = made
    for days in range(1, 366):
        older = [row for row in hits if row["alerted"] - row["at"] > days * 86_400]
        assert truth.hits.older[days - 1] == len(older)
        assert truth.hits.older_confirmed[days - 1] == sum(row["Confirmed"] == "Yes" for row in older)
    assert truth.hits.afterwards == sum(row["alerted"] - row["at"] >= 60 for row in hits) > 20
    assert truth.hits.older[6] > 0
    assert all(row["at"] < row["alerted"] < truth.released for row in hits)
    deleted = {(row["Read Time"], row["Camera"], row["Plate"]): row["Deleted At"] for row in full}
    ends = [(row, deleted.get((row["Read Time"], row["Camera"], row["Plate"]), "")) for row in hits]
    assert all(not end or seconds(end) > row["alerted"] for row, end in ends)


def test_hotlist_figures_add_up_to_the_hits(made, hits):
    """Alerts and confirmed ones by hotlist, agency and month are those of the hits, and every entry is counted somewhere."""
    folder, truth = made
    rows = table(folder / "hotlist-figures" / "hotlist-figures.csv")
    assert (
        len(rows)
        == truth.hits.figures
        == len({(row["Hotlist"], row["Agency"], row["Period Start"]) for row in rows})
    )
    alerts = Counter((row["Hotlist"], row["Agency"], f"{local(row['alerted']):%Y-%m}-01") for row in hits)
    confirmed = Counter(
        (row["Hotlist"], row["Agency"], f"{local(row['alerted']):%Y-%m}-01")
        for row in hits
        if row["Confirmed"] == "Yes"
    )
    for name, counted in (("Alerts", alerts), ("Confirmed", confirmed)):
        assert plain({(r["Hotlist"], r["Agency"], r["Period Start"]): int(r[name]) for r in rows}) == counted
    shared = {
        int(row["Entries"])
        for row in rows
        if row["Hotlist"] == "Stolen Vehicle" and "-10-" in row["Period Start"]
    }
    assert len(shared) == 1
    assert 0 < shared.pop() < truth.hits.entries


# --- faults -------------------------------------------------------------------------------------------------------


def test_faults_are_counted_and_stand_beside_the_records(made):
    """Each kind of fault is in the files as often as the truth says."""
    folder, truth = made
    rows = [row for path in (folder / "reads").iterdir() for row in table(path)]
    (path,) = (folder / "raw-reads").iterdir()
    repeated = [row for row in table(path, "|") if row["dt"].startswith("11/03/2024 - 01:")]
    places = {}
    for row in filter(usable, rows):
        places.setdefault(row["Camera"], set()).add((row["Longitude"], row["Latitude"]))
    moments = {}
    for row in full_reads(folder, truth.released):
        moments.setdefault(row["Camera"], []).append(row["at"])
    gaps = [max(then - first for first, then in pairwise(each)) for each in moments.values()]
    portals = table(folder / "portals" / "portals.csv")
    cameras = {}
    for row in filter(usable, rows):
        cameras.setdefault(row["Agency"], set()).add((row["Longitude"], row["Latitude"]))
    idle = sum(
        int(row["number_of_owned_cameras"]) - len(cameras[row["agency"]])
        for row in portals
        if row["agency"] in cameras
    )
    assert truth.faults == {
        "read in the future": sum(seconds(row["Read Time"]) >= truth.released for row in rows),
        "impossible coordinates": sum(not usable(row) for row in rows),
        "time in the repeated hour": len(repeated),
        "camera at two places": sum(len(each) > 1 for each in places.values()),
        "camera silent for ten days": sum(gap > 9.5 * 86_400 for gap in gaps),
        "camera without reads": idle,
        "portal without reads": sum(row["vehicles_detected_in_the_last_30_days"] == "0" for row in portals),
        "retention of -Infinity days": sum(
            row["data_retention_in_days"] == "-Infinity days" for row in portals
        ),
        "clock ahead": sum(log.shift != 0 for log in truth.searches.logs.values()),
    }
    assert set(truth.faults) == set(MISHAPS)
    assert all(truth.faults.values())


def test_a_county_without_faults_has_none(tmp_path):
    """Without faults every row is one of the counted ones."""
    county = replace(COUNTY, faults=False)
    truth = write_programme(county, tmp_path)
    assert truth.faults == {}
    assert len(full_reads(tmp_path, truth.released)) == truth.reads.full
    reads = sum(rows for name, rows in truth.files.items() if name.split("/")[0] in ("reads", "raw-reads"))
    assert reads == county.reads
    assert not any(log.shift for log in truth.searches.logs.values())
