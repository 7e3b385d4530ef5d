"""Counts a synthetic county's files anew, with nothing but the csv module and the time zone."""

import csv
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")


def table(path, delimiter=","):
    """Read a file's rows, each as a dictionary."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def header(path):
    """Read a file's first line."""
    with path.open(encoding="utf-8") as file:
        return file.readline().rstrip("\n")


def seconds(text):
    """Read a moment such as 2024-10-07T15:03:12Z."""
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())


def local(moment):
    """Give what the county's clock showed at a moment."""
    return datetime.fromtimestamp(moment, ZONE)


def distance(one, other):
    """Give the edit distance of two texts (Levenshtein 1966), by its definition."""
    before = list(range(len(other) + 1))
    for place, character in enumerate(one, start=1):
        now = [place]
        for at, against in enumerate(other, start=1):
            now.append(min(before[at] + 1, now[-1] + 1, before[at - 1] + (character != against)))
        before = now
    return before[-1]


def usable(row):
    """Say whether a read of the full table is at a place that there is."""
    return abs(float(row["Longitude"])) <= 180 and abs(float(row["Latitude"])) <= 90


def full_reads(folder, released):
    """Give the reads of the full table, faults left out, with their moments."""
    rows = [row for path in sorted((folder / "reads").iterdir()) for row in table(path)]
    timed = [row | {"at": seconds(row["Read Time"])} for row in rows]
    return [row for row in timed if usable(row) and row["at"] < released]


def raw_reads(folder):
    """Give the raw reads, those of the repeated hour left out, with their moments."""
    found = []
    for path in sorted((folder / "raw-reads").iterdir()):
        for row in table(path, "|"):
            at = datetime.strptime(row["dt"], "%m/%d/%Y - %H:%M:%S").replace(tzinfo=ZONE)
            if at.hour != 1:
                found.append(row | {"at": int(at.timestamp())})
    return found


def plain(mapping):
    """Give counts with those that are zero left out."""
    return {name: count for name, count in dict(mapping).items() if count}
