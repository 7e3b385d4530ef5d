"""A synthetic county's other logs: what was changed in the system, and who looked at which camera's video."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import below, hashed, pick
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.hotlists import HOTLISTS, Entries
from answerable.programmes.plates.simulate.network import Network
from answerable.programmes.plates.simulate.roads import Roads
from answerable.programmes.plates.simulate.tables import moment

__all__ = ["EVENTS", "VIDEOS", "EventTruth", "VideoTruth", "events", "videos"]

EVENTS = ("Timestamp", "User", "Event Type", "Entity Type", "Entity Details", "Event Id")
VIDEOS = (
    "user", "user_organization", "object_type", "operation", "client", "object_name", "object_organization",
    "location_name", "timestamp", "updated_timestamp", "duration", "incident_id", "notes", "Latitude", "Longitude",
)  # fmt: skip  # a table: what stands in one line belongs together

_ACCOUNTS = 60
_USERS_MADE, _ROLES_CHANGED = 12, 5
_WATCHED = ("Live View", "Playback", "Export")
_CLIENTS = ("Web", "Mobile", "Desktop")
_NOTES = ("", "", "", "hit and run", "welfare check", "follow-up, second clip")
_MILLION, _HOUR = 1_000_000, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTruth:
    """The system's events: how many, and how many of each kind, such as ``create hotlist entry``."""

    rows: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTruth:
    """The video hub's log: rows, the seconds that were watched, rows without an incident number, and rows by operation."""

    rows: int
    seconds: int
    without_incident: int
    operations: Mapping[str, int]


def _account(county: County, number: int) -> str:
    return f"{'Kanary User' if county.canaries else 'Sample User'} {number:04d}"


def _times(county: County, days: Days, stream: str, count: int) -> NDArray[np.int64]:
    """Draw moments of the working day."""
    numbers = np.arange(count)
    day = pick(hashed(county.seed, f"{stream} day", numbers), county.days)
    second = 8 * _HOUR + pick(hashed(county.seed, f"{stream} time", numbers), 10 * _HOUR)
    return days.utc(day, second)


def events(
    county: County, days: Days, entries: Entries, network: Network
) -> tuple[list[Sequence[str]], EventTruth]:
    """Give the rows of the system's events, in the order of time, and what they hold."""
    found: list[tuple[int, str, str, str]] = []
    for place, (added, removed) in enumerate(
        zip(entries.added.tolist(), entries.removed.tolist(), strict=True)
    ):
        text = entries.text[place].tobytes().replace(b"\0", b"").decode()
        details = f"{text} on {HOTLISTS[int(entries.hotlist[place])]}"
        for at, what in ((added, "create"), (removed, "delete")):
            if days.first <= at < days.end:
                found.append((at, what, "hotlist entry", details))
    for what, edges in (("create", network.joining), ("delete", network.leaving)):
        times = _times(county, days, f"share {what}", len(edges)).tolist()
        for at, (giver, receiver) in zip(times, sorted(edges), strict=True):
            found.append((at, what, "share", f"{network.names[giver]} to {network.names[receiver]}"))
    for what, kind, count in (("create", "user", _USERS_MADE), ("update", "role", _ROLES_CHANGED)):
        for number, at in enumerate(_times(county, days, f"{kind} {what}", count).tolist()):
            found.append((at, what, kind, _account(county, _ACCOUNTS + number)))
    found.sort()
    bits = hashed(county.seed, "event", np.arange(len(found)))
    users, thousandths = pick(bits, _ACCOUNTS).tolist(), (bits % np.uint64(1000)).tolist()
    numbers = hashed(county.seed, "event id", np.arange(len(found))).tolist()
    rows: list[Sequence[str]] = [
        (
            moment(at, thousandths[place]),
            _account(county, users[place]),
            what,
            kind,
            details,
            f"E{numbers[place]:016x}",
        )
        for place, (at, what, kind, details) in enumerate(found)
    ]
    kinds = Counter(f"{what} {kind}" for _, what, kind, _ in found)
    return rows, EventTruth(rows=len(rows), kinds=dict(sorted(kinds.items())))


def videos(county: County, days: Days, roads: Roads) -> tuple[list[Sequence[str]], VideoTruth]:
    """Give the rows of the video hub's log, on the local clock and in its order, and what they hold."""
    times = np.sort(days.local(_times(county, days, "video", county.videos)))
    numbers = np.arange(len(times))
    bits = {
        stream: hashed(county.seed, f"video {stream}", numbers)
        for stream in ("user", "camera", "operation", "client", "length", "case", "no case", "notes")
    }
    users, cameras = pick(bits["user"], _ACCOUNTS), pick(bits["camera"], county.cameras)
    operations = [_WATCHED[code] for code in pick(bits["operation"], len(_WATCHED))]
    clients, notes = pick(bits["client"], len(_CLIENTS)), pick(bits["notes"], len(_NOTES))
    lengths, without = 4 + pick(bits["length"], 5400), below(bits["no case"], 0.3)
    cases = pick(bits["case"], 10**8)
    start = "KNRY-CASE" if county.canaries else "SYN-24"
    rows: list[Sequence[str]] = []
    for place, at in enumerate(times.tolist()):
        site = roads.sites[int(cameras[place])]
        user, agency = int(users[place]), roads.operator_names[int(users[place]) % county.operators]
        length = int(lengths[place])
        rows.append(
            (
                _account(county, user), agency, "camera", operations[place], _CLIENTS[int(clients[place])], site.label,
                roads.operator_names[site.operator], site.place, _clock(at), _clock(at + length), _length(length),
                "" if without[place] else f"{start}-{int(cases[place]):08d}", _NOTES[int(notes[place])],
                f"{site.latitude / _MILLION:.6f}", f"{site.longitude / _MILLION:.6f}",
            )
        )  # fmt: skip  # a table: what stands in one line belongs together
    truth = VideoTruth(
        rows=len(rows),
        seconds=int(lengths.sum()),
        without_incident=int(without.sum()),
        operations=dict(sorted(Counter(operations).items())),
    )
    return rows, truth


def _clock(seconds: int) -> str:
    """Write a local time as ``1/1/2025 7:31:00``, without padding."""
    at = datetime.fromtimestamp(seconds, UTC)
    return f"{at.month}/{at.day}/{at.year} {at.hour}:{at:%M:%S}"


def _length(seconds: int) -> str:
    """Write a length as ``0:00:24``."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
