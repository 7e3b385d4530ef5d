"""A synthetic county's reads, hits and faults are what its truth says, counted anew from the files."""

import hashlib
import json
import math
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from answerable import auditing
from answerable.programmes.plates.simulate import (
    CANARIES,
    EXPORTS,
    County,
    Log,
    Town,
    write_programme,
    write_town,
)
from answerable.programmes.plates.simulate.lettering import CONFUSED
from plates.recounting import distance, full_reads, header, local, plain, raw_reads, seconds, table, usable

COUNTY = County(
    reads=6_000, seed=3, misread=0.04, verified=1.0, raw_hashed=False, retention=20, searches=400, retrospective=0.8,
    videos=120, faults=True,
)  # fmt: skip  # a table: what stands in one line belongs together
HEADERS = {
    "reads": "ID,Read Time,Plate,Plate State,Camera,Address,ZIP,Longitude,Latitude,Agency,Confidence,Deleted At",
    "raw-reads": "zipcode|dt|location|address|device|plate_hash|lon|lat",
    "verified-reads": "ID,Read Time,Read Plate,Verified Plate,Plate State,Camera,Agency,Confidence",
    "hits": "ID,Alert Time,Read Time,Plate,Hotlist,Camera,Agency,Confirmed,Stop,Outcome",
    "hotlist-figures": "Hotlist,Agency,Period Start,Entries,Alerts,Confirmed",
    "sharing": "src_agency,external_agency,src_agency_id,external_agency_id",
    "portals": "id,agency,updated,accessed,url,data_retention_in_days,number_of_owned_cameras,"
    "external_organizations_with_access,hotlists_alerted_on,vehicles_detected_in_the_last_30_days,"
    "hotlist_hits_in_the_last_30_days,searches_in_the_last_30_days,public_search_audit",
    "events": "Timestamp,User,Event Type,Entity Type,Entity Details,Event Id",
    "videos": "user,user_organization,object_type,operation,client,object_name,object_organization,location_name,"
    "timestamp,updated_timestamp,duration,incident_id,notes,Latitude,Longitude",
}


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
def raw(made):
    """Its raw reads."""
    return raw_reads(made[0])


@pytest.fixture(scope="module")
def verified(made):
    """What was on the plates, for every read."""
    return table(made[0] / "verified-reads" / "verified-reads.csv")


def contents(folder):
    """Give every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# --- files --------------------------------------------------------------------------------------------------------


def test_the_same_county_gives_the_same_bytes(made, tmp_path):
    """Every file is the same when a county is written twice, and another seed gives other reads."""
    folder, truth = made
    assert write_programme(COUNTY, tmp_path / "again") == truth
    again = contents(tmp_path / "again")
    assert again == contents(folder)
    write_programme(replace(COUNTY, seed=4), tmp_path / "other")
    other = contents(tmp_path / "other")
    assert {name for name in again.keys() & other.keys() if again[name] == other[name]} == set()


def test_search_logs_of_a_town_are_as_they_were(tmp_path):
    """A town's search logs, in every layout, are to the byte those that were written before there were counties."""
    town = Town(
        rows=300, seed=5, months=2, faults=True, duplicate=0.05, overlap=5, withheld=(("reason", 0.05),)
    )
    written = hashlib.sha256()
    for layout in sorted(EXPORTS):
        write_town(town, tmp_path / layout, layout)
        for path in sorted((tmp_path / layout).iterdir()):
            written.update(path.read_bytes())
    assert written.hexdigest() == "a24ec5a432d0116fdad91dcc41859205d1864a84a5417ad386f7ab896a3a06d0"


def test_every_file_is_listed_with_its_rows(made):
    """The truth names every file and its number of rows, and the headers are the layouts' own."""
    folder, truth = made
    assert set(contents(folder)) == set(truth.files)
    for name, rows in truth.files.items():
        kind = name.split("/")[0]
        assert len(table(folder / name, "|" if kind == "raw-reads" else ",")) == rows, name
        if kind in HEADERS:
            assert header(folder / name) == HEADERS[kind]
    assert truth.rows == sum(truth.files.values())
    assert {name.split("/")[0] for name in truth.files} == {*HEADERS, "logs"}


def test_the_command_writes_a_whole_programme(tmp_path):
    """`simulate --whole` writes all kinds of files and gives a truth that JSON can hold."""
    truth = auditing.simulate(tmp_path, rows=300, seed=2, whole=True, faults=True)
    assert truth["reads"]["reads"] == 300
    assert set(contents(tmp_path)) == set(json.loads(json.dumps(truth))["files"])


# --- reads --------------------------------------------------------------------------------------------------------


def test_reads_are_as_many_as_asked_for(made, full, raw):
    """The county has its reads to the last one, by agency, camera and month."""
    _, truth = made
    reads = truth.reads
    assert (reads.reads, reads.full, reads.raw) == (COUNTY.reads, len(full), len(raw))
    assert len(full) + len(raw) == COUNTY.reads
    assert len({row["ID"] for row in full}) == len(full)
    cameras = Counter(row["Camera"] for row in full) + Counter(row["device"] for row in raw)
    assert cameras == plain(reads.camera)
    agencies = Counter(row["Agency"] for row in full)
    assert agencies == {name: reads.agency[name] for name in list(reads.agency)[:-1]}
    assert list(reads.agency.values())[-1] == len(raw)
    raw_months = Counter(f"{local(row['at']):%Y-%m}" for row in raw)
    assert raw_months == reads.raw_month
    assert raw_months + Counter(f"{local(row['at']):%Y-%m}" for row in full) == reads.month


def test_every_read_is_on_the_countys_days(full, raw, made):
    """No read but a planted fault falls outside the days, and a month's file holds that month alone."""
    folder, truth = made
    moments = [row["at"] for row in (*full, *raw)]
    assert local(min(moments)).date() >= COUNTY.start
    assert max(moments) < truth.released
    assert local(truth.released).date() == date(2024, 11, 18)
    october = [row for row in table(folder / "reads" / "reads-2024-10.csv") if usable(row)]
    assert {f"{local(seconds(row['Read Time'])):%Y-%m}" for row in october} == {"2024-10"}


def test_commuters_come_again_and_through_traffic_does_not(made, verified):
    """Those who live here are read on many days, at the hours of going to work; those who pass through, once."""
    _, truth = made
    times = Counter(row["Verified Plate"] for row in verified)
    assert len(times) == truth.reads.vehicles == truth.reads.residents + truth.reads.through
    assert {str(p): sum(count >= p for count in times.values()) for p in range(1, 11)} == truth.reads.seen
    once = sum(count == 1 for count in times.values())
    assert truth.reads.through <= once <= truth.reads.through + truth.reads.residents // 20
    days = {}
    for row in verified:
        if times[row["Verified Plate"]] > 1:
            days.setdefault(row["Verified Plate"], []).append(local(seconds(row["Read Time"])))
    spread = sorted(len({at.date() for at in read}) for read in days.values())
    assert spread[len(spread) // 2] >= 8
    weekdays = [at.hour for read in days.values() for at in read if at.weekday() < 5]
    rush = sum(hour in (6, 7, 8, 15, 16, 17, 18) for hour in weekdays)
    assert rush > 0.8 * len(weekdays)
    weekends = sum(at.weekday() >= 5 for read in days.values() for at in read)
    assert 0 < weekends / 2 < len(weekdays) / 5


def test_ways_lead_past_cameras_in_order(verified):
    """Nobody is at two cameras in the same second, and ways pass several cameras one after the other."""
    seen = {}
    for row in verified:
        seen.setdefault(row["Verified Plate"], []).append((seconds(row["Read Time"]), row["Camera"]))
    close = 0
    for reads in seen.values():
        reads.sort()
        for (first, _), (then, _) in pairwise(reads):
            assert then > first
            close += then - first < 600
    assert close > 1000


def test_different_texts_are_counted(made, full, raw):
    """Plates as they were read are counted by text, in the table and in the raw files apart."""
    _, truth = made
    times = Counter(row["Plate"] for row in full)
    assert truth.reads.texts == len(times) > 0
    assert truth.reads.texts_seen == {
        str(p): sum(count >= p for count in times.values()) for p in range(1, 11)
    }
    assert truth.reads.raw_texts == len({row["plate_hash"] for row in raw})


def test_the_records_are_plainly_invented(full, raw):
    """Plates begin as no real one does, ZIP codes were never given out, and the county lies in the sea."""
    assert all(row["Plate"].startswith("SY") and len(row["Plate"]) >= 8 for row in full)
    assert {row["ZIP"] for row in full} | {row["zipcode"] for row in raw} <= {
        f"0000{n}" for n in range(1, 10)
    }
    assert all(-125 < float(row["Longitude"]) < -124 and 33.9 < float(row["Latitude"]) < 34.1 for row in full)
    assert all(row["Camera"].startswith("Sample Camera ") for row in full)


def test_raw_reads_hold_a_hash_unless_asked_otherwise(made, tmp_path):
    """By default raw reads hold one hash for each text that was read, and the text itself nowhere."""
    folder, _ = made
    write_programme(replace(COUNTY, raw_hashed=True), tmp_path)
    (path,) = (tmp_path / "raw-reads").iterdir()
    hashes = [row["plate_hash"] for row in table(path, "|")]
    texts = [row["plate_hash"] for row in table(folder / "raw-reads" / path.name, "|")]
    assert not any("SY" in one for one in hashes)
    assert len(set(zip(hashes, texts, strict=True))) == len(set(hashes)) == len(set(texts))


# --- misreads -----------------------------------------------------------------------------------------------------


def test_misreads_are_the_planted_ones(made, verified):
    """Wrong reads and characters by issuer, hour, part of the day and camera are recounted by edit distance."""
    _, truth = made
    sums = {name: {} for name in truth.reads.misreads}
    for row in verified:
        hour = local(seconds(row["Read Time"])).hour
        wrong = distance(row["Read Plate"], row["Verified Plate"])
        keys = {
            "all": "all", "issuer": row["Plate State"], "band": "night" if hour >= 20 or hour < 6 else "day",
            "hour": f"{hour:02d}", "camera": row["Camera"],
        }  # fmt: skip  # a table: what stands in one line belongs together
        for name, key in keys.items():
            counts = sums[name].setdefault(key, [0, 0, 0, 0])
            for place, amount in enumerate((1, wrong > 0, len(row["Verified Plate"]), wrong)):
                counts[place] += amount
    planted = {
        name: {key: [each.reads, each.misread, each.characters, each.wrong] for key, each in among.items()}
        for name, among in truth.reads.misreads.items()
    }
    assert sums == planted
    assert truth.reads.verified == truth.reads.misreads


def deviation(count, among, share):
    """Give how many standard deviations a count lies from what a share would give."""
    return abs(count - among * share) / math.sqrt(among * share * (1 - share))


@pytest.mark.parametrize(
    ("issuer", "night", "camera", "times"),
    [("CA", False, False, 1), ("CA", True, False, 2), ("CA", False, True, 5), ("OR", False, False, 2)],
)
def test_misreads_come_at_the_planted_rate(verified, issuer, night, camera, times):
    """Of the easily confused characters the planted share is misread, more so by issuer, by night and at one camera."""
    easy = wrong = 0
    for row in verified:
        hour = local(seconds(row["Read Time"])).hour
        alike = len(row["Read Plate"]) == len(row["Verified Plate"])
        if (row["Plate State"], hour >= 20 or hour < 6, row["Camera"] == "Sample Camera 03", alike) == (
            issuer,
            night,
            camera,
            True,
        ):
            pairs = list(zip(row["Verified Plate"][2:], row["Read Plate"][2:], strict=True))
            easy += sum(plate in CONFUSED for plate, _ in pairs)
            wrong += sum(plate != read for plate, read in pairs)
            assert all(read == plate or read in CONFUSED[plate] for plate, read in pairs)
    assert easy > 100
    assert deviation(wrong, easy, 0.04 * times) < 3.5


def test_the_verified_sample_is_drawn_at_random(tmp_path):
    """The sample has the size asked for, its reads are reads of the files, and it misses no part of the days."""
    county = replace(COUNTY, verified=0.25, faults=False, raw=0)
    truth = write_programme(county, tmp_path)
    sample = table(tmp_path / "verified-reads" / "verified-reads.csv")
    everything = {row["ID"]: row for row in full_reads(tmp_path, truth.released)}
    assert len(sample) == 1_500
    for row in sample:
        read = everything[row["ID"]]
        assert (row["Read Plate"], row["Read Time"], row["Confidence"]) == (
            read["Plate"],
            read["Read Time"],
            read["Confidence"],
        )
    early = sum(row["at"] < truth.released - 21 * 86_400 for row in everything.values()) / len(everything)
    drawn = sum(everything[row["ID"]]["at"] < truth.released - 21 * 86_400 for row in sample)
    assert deviation(drawn, len(sample), early) < 3.5
    one, every = truth.reads.verified["all"]["all"], truth.reads.misreads["all"]["all"]
    assert one.reads == len(sample)
    assert deviation(one.misread, one.reads, every.misread / every.reads) < 3.5


def test_confidence_is_lower_where_a_read_is_wrong(verified):
    """A misread is, as a rule, one that the camera was less sure of, and no confidence is beyond 1."""
    sure = {True: [], False: []}
    for row in verified:
        sure[row["Read Plate"] == row["Verified Plate"]].append(float(row["Confidence"]))
    assert 0 < min(map(min, sure.values())) < max(map(max, sure.values())) <= 1
    assert sum(sure[False]) / len(sure[False]) + 0.1 < sum(sure[True]) / len(sure[True])


# --- retention ----------------------------------------------------------------------------------------------------


def test_deletions_are_the_planted_ones(made, full):
    """Deleted, late and overdue reads and the ages of those held are recounted to the last read."""
    _, truth = made
    kept, day, limit = truth.reads.retention, 86_400, 20 * 86_400
    deleted = [seconds(row["Deleted At"]) - row["at"] for row in full if row["Deleted At"]]
    ages = [truth.released - row["at"] for row in full if not row["Deleted At"]]
    assert (kept.days, kept.deleted, kept.held) == (20, len(deleted), len(ages))
    assert kept.late == sum(age > limit for age in deleted) > 0
    assert kept.overdue == sum(age > limit for age in ages) > 0
    assert kept.held_beyond == {
        str(days): sum(age > days * day for age in ages) for days in (7, 14, 30, 60, 90)
    }
    assert kept.oldest == max(ages)
    settled = [row for row in full if truth.released - row["at"] > limit + 20 * day]
    late = [seconds(row["Deleted At"]) - row["at"] > limit for row in settled]
    assert len(late) > 200
    assert deviation(sum(late), len(late), COUNTY.late) < 3.5
    assert min(age for age in deleted if age > limit) == limit + 1
    assert max(age for age in deleted if age <= limit) == limit


# --- parameters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"misread": 1.5}, "misread is a share"),
        ({"days": 0}, "days is at least 1"),
        ({"operators": 20}, "operators is at most"),
        ({"cameras": 5000}, "cameras is at most"),
        ({"across": 30, "down": 30}, "crossings"),
        ({"logs": (), "own": 0}, "1 to 4 logs"),
        ({"logs": (Log(),)}, "own is at most 1"),
        ({"sought": 0.9, "stale": 0.9}, "on a hotlist"),
        ({"issuers": (("CA", 1.2),)}, "issuers' shares"),
        ({"reads": 2**27, "through": 1.0}, "through traffic"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, says):
    """A county that cannot be is refused, with a sentence that says what is wrong."""
    with pytest.raises(ValueError, match=says):
        County(**wrong)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"loss": -0.1}, "loss is a share"),
        ({"shift": 100_000}, "at most a day"),
        ({"layout": "none"}, "no layout"),
    ],
)
def test_a_log_that_cannot_be_is_refused(wrong, says):
    """A log with a share that is none, a clock days away or an unknown layout is refused."""
    with pytest.raises(ValueError, match=says):
        Log(**wrong)


@pytest.mark.parametrize(
    ("impossible", "says"),
    [
        ({"cameras": 300}, "no road left for camera"),
        ({"captured": 0.0}, "hardly anybody"),
        ({"removed": 5000}, "wanted"),
    ],
)
def test_a_county_without_room_is_refused(tmp_path, impossible, says):
    """More cameras than roads, cameras that see nobody and edges that are not there are refused when they are met."""
    with pytest.raises(ValueError, match=says):
        write_programme(County(reads=100, **impossible), tmp_path)


@pytest.mark.parametrize(
    "kept",
    [{"reads": 0, "searches": 0}, {"reads": 1}, {"through": 1.0}, {"through": 0.0}, {"raw": 4}, {"raw": 0}],
)
def test_small_and_one_sided_counties_are_written(tmp_path, kept):
    """A county of no reads, of one, of through traffic or residents alone, and all raw or none, is written."""
    county = replace(County(reads=300, searches=50, faults=True), **kept)
    truth = write_programme(county, tmp_path)
    assert truth.reads.reads == county.reads
    assert (truth.reads.full == 0) == (county.raw == 4 or not county.reads)


def test_canaries_stand_in_every_identifier(tmp_path):
    """With canaries every plate, account and case number can be recognised wherever it comes out."""
    truth = write_programme(County(reads=400, searches=50, canaries=True, verified=0.2), tmp_path)
    assert all(row["Plate"].startswith(CANARIES[1]) for row in full_reads(tmp_path, truth.released))
    assert all(
        row["Verified Plate"].startswith("KNRY")
        for row in table(tmp_path / "verified-reads" / "verified-reads.csv")
    )
    events = table(tmp_path / "events" / "system-events.csv")
    assert all(row["User"].startswith(CANARIES[0]) for row in events)
    assert all("KNRY" in row["Entity Details"] for row in events if row["Entity Type"] == "hotlist entry")
    videos = table(tmp_path / "videos" / "video-hub.csv")
    assert all(row["user"].startswith("Kanary") for row in videos)
    assert {row["incident_id"][:4] for row in videos} == {"", "KNRY"}
