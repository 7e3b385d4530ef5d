"""The parameters of a synthetic county: what is planted in everything that its plate-reader programme leaves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from answerable.programmes.plates.simulate.exports import export

__all__ = ["MOST_READ", "County", "Log"]

MOST_READ = 2**26
"""There are fewer vehicles than this: a vehicle's number, a second and a camera share 64 bits."""

_MOST_CAMERAS, _MOST_NODES, _MOST_DAYS = 1024, 400, 1500
_SHARES = (
    "through", "captured", "misread", "dropped", "verified", "sought", "lookalike", "other_issuer", "stale",
    "retrospective", "checked", "stopped", "late", "own_loss", "dependence", "touched", "sharing", "one_way",
    "out_of_state", "federal", "portal_gap",
)  # fmt: skip  # a list of words
_LEAST = {
    "reads": 0, "days": 1, "across": 3, "down": 3, "cameras": 1, "agencies": 20, "operators": 1, "raw": 0,
    "elsewhere": 0, "retention": 1, "searches": 0, "own": 0, "added": 0, "removed": 0, "videos": 0,
}  # fmt: skip  # a list of words
_SKEW = 37  # seconds; what a county with faults shifts its second log by


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One producer's network audit log, and what is amiss with it. Shares are of the searches that it holds.

    Attributes:
        loss: Share of the searches that touched the producer's network and that the log dropped.
        layout: The name of the layout that it is written in; one without a search ID can be matched by rule only.
        redacted: Searches whose reason is redacted.
        overwritten: Searches whose reason, neither blank nor vague nor redacted, was replaced by "Investigation".
        miscounted: Searches that are said to have covered one network more than they did.
        shift: Seconds by which the log's clock is ahead; every time in it is written so.
    """

    loss: float = 0.05
    layout: str = "search-audit-14"
    redacted: float = 0.0
    overwritten: float = 0.0
    miscounted: float = 0.0
    shift: int = 0

    def __post_init__(self) -> None:
        for name in ("loss", "redacted", "overwritten", "miscounted"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share, from 0 to 1; it is {getattr(self, name)}")
        if abs(self.shift) > 86_400:  # noqa: PLR2004 - the seconds of a day
            raise ValueError(f"a clock is shifted by at most a day; it is {self.shift} seconds")
        export(self.layout)


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county whose plate-reader programme leaves records with a planted, known truth.

    The same county always gives the same bytes. Shares are from 0 to 1. They are drawn case by case, so what is
    planted lies near them; the truth has the exact counts. What is said to be "times" multiplies the share of misreads.

    Attributes:
        reads: Reads, to the last one. Faults are written besides them.
        seed: Decides everything that is drawn.
        start: The first day; its clocks change between 01:00 and 03:00, if at all, when nobody drives.
        days: Days from the first; the records were released at midnight after the last.
        timezone: Where the county lies.
        home: Its state, as it stands in an organisation's name.
        across: Crossings of the grid of roads from west to east; every third road is an arterial.
        down: Crossings from north to south.
        cameras: Cameras, each on a road between two crossings.
        agencies: Organisations of the network, about; 60 % of them are of the home state.
        operators: Home agencies that have cameras. They are the first ones, and each has a part of the county.
        raw: How many of the operators, from the last, release raw reads instead of the full table.
        raw_hashed: Those reads hold a hash of what was read instead of the text.
        through: Share of the reads that are of through traffic, each vehicle of which is seen once.
        captured: Passes of a camera that give a read.
        issuers: States that issue plates and the share of vehicles with one; the last takes what is left over.
        misread: Share of easily confused characters (0 and O, 8 and B ...) that are read as another, by day.
        misread_issuers: Times by issuer.
        misread_night: Times from 20:00 to 06:00.
        misread_cameras: Times by the number of the camera, from 1.
        dropped: Reads, otherwise right, that lack the last character.
        verified: Share of the reads that somebody looked at and wrote down anew, drawn at random.
        sought: Vehicles whose plate is on a hotlist, rightly.
        lookalike: Vehicles whose plate is one easy confusion away from a plate on a hotlist.
        other_issuer: Vehicles whose plate is on a hotlist with the same characters, but of another issuer.
        stale: Vehicles whose plate stays on a hotlist after the case was closed.
        elsewhere: Plates on hotlists that are of no vehicle here.
        retrospective: Entries that are also run against the reads still held on the day when they are made.
        checked: Hits of which it was recorded whether they were right.
        stopped: Confirmed hits after which the vehicle was stopped.
        retention: Days after which a read is to be deleted.
        late: Reads that are deleted later than that, by a second to twenty days.
        searches: Searches that were made, in all.
        logs: The producers' network audit logs; the producers are the first operators.
        own: How many of the producers also release their organisation audit.
        own_loss: Share of a producer's own searches that its organisation audit dropped.
        dependence: Share of the searches at which one draw decides for all network logs, so that they fail together.
            Each log drops the planted share nonetheless.
        touched: Share of narrow searches that touched a producer's network. A search of every network touched it, and so did
            a producer's own.
        sharing: Pairs of home agencies of which at least one shares with the other.
        one_way: Of those pairs, the ones of which only one does.
        out_of_state: Pairs of a home agency and one of another state that it shares with.
        federal: The same for federal receivers.
        added: Edges that are new in the second list of sharing.
        removed: Edges that are gone from it.
        portal_gap: Share of the searches that the last operator's portal leaves out of its figure.
        videos: Rows of the video hub's log.
        faults: Plant faults, besides the records: see `mishaps`.
        canaries: Write a recognisable token into every identifier.
    """

    reads: int = 20_000
    seed: int = 1
    start: date = date(2024, 10, 7)
    days: int = 42
    timezone: str = "America/Los_Angeles"
    home: str = "CA"
    across: int = 10
    down: int = 8
    cameras: int = 24
    agencies: int = 40
    operators: int = 4
    raw: int = 1
    raw_hashed: bool = True
    through: float = 0.3
    captured: float = 0.95
    issuers: tuple[tuple[str, float], ...] = (("CA", 0.85), ("OR", 0.06), ("NV", 0.05), ("AZ", 0.04))
    misread: float = 0.01
    misread_issuers: tuple[tuple[str, float], ...] = (("OR", 2.0), ("NV", 0.5))
    misread_night: float = 2.0
    misread_cameras: tuple[tuple[int, float], ...] = ((3, 5.0),)
    dropped: float = 0.001
    verified: float = 0.05
    sought: float = 0.04
    lookalike: float = 0.06
    other_issuer: float = 0.005
    stale: float = 0.01
    elsewhere: int = 300
    retrospective: float = 0.4
    checked: float = 0.9
    stopped: float = 0.4
    retention: int = 30
    late: float = 0.05
    searches: int = 2_000
    logs: tuple[Log, ...] = (
        Log(loss=0.05),
        Log(loss=0.15, layout="search-audit-13", redacted=0.03, miscounted=0.01),
        Log(loss=0.3, layout="search-audit-10", overwritten=0.02),
    )
    own: int = 2
    own_loss: float = 0.03
    dependence: float = 0.0
    touched: float = 1.0
    sharing: float = 0.4
    one_way: float = 0.3
    out_of_state: float = 0.1
    federal: float = 0.2
    added: int = 15
    removed: int = 10
    portal_gap: float = 0.2
    videos: int = 300
    faults: bool = False
    canaries: bool = False

    def __post_init__(self) -> None:
        for name in _SHARES:
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share, from 0 to 1; it is {getattr(self, name)}")
        for name, least in _LEAST.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} is at least {least}; it is {getattr(self, name)}")
        exclusive = {
            "the issuers' shares": [share for _, share in self.issuers],
            "the shares of what is on a hotlist": [
                self.sought,
                self.lookalike,
                self.other_issuer,
                self.stale,
            ],
        }
        for what, parts in exclusive.items():
            if min(parts) < 0 or math.fsum(parts) > 1 + 1e-9:
                raise ValueError(f"{what} are from 0 to 1 and come to at most 1; they are {parts}")
        self._check_sizes()
        ZoneInfo(self.timezone)

    def _check_sizes(self) -> None:
        """Refuse what does not fit together."""
        home = max(1, self.agencies * 60 // 100)
        bounds = {
            "cameras": _MOST_CAMERAS, "days": _MOST_DAYS, "operators": min(self.across - 1, home, self.cameras),
            "raw": self.operators, "own": len(self.logs),
        }  # fmt: skip  # a table: what stands in one line belongs together
        for name, most in bounds.items():
            if getattr(self, name) > most:
                raise ValueError(f"{name} is at most {most} here; it is {getattr(self, name)}")
        if self.across * self.down > _MOST_NODES:
            raise ValueError(
                f"there are at most {_MOST_NODES} crossings; there are {self.across * self.down}"
            )
        if not 1 <= len(self.logs) <= self.operators:
            raise ValueError(f"there are 1 to {self.operators} logs, one for each operator at most")
        if self.reads * self.through > MOST_READ // 2:
            raise ValueError(f"through traffic is of at most {MOST_READ // 2} vehicles")

    @property
    def end(self) -> date:
        """The day on which the records were released: the one after the last."""
        return self.start + timedelta(days=self.days)

    @property
    def held_logs(self) -> tuple[Log, ...]:
        """The network logs as they are written: with faults the second one's clock is wrong."""
        if not self.faults or any(log.shift for log in self.logs):
            return self.logs
        wrong = min(1, len(self.logs) - 1)
        return tuple(replace(log, shift=_SKEW) if at == wrong else log for at, log in enumerate(self.logs))
