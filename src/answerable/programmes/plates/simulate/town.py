"""The parameters of a synthetic town: what is planted in its logs, and how often."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

__all__ = ["Follower", "Town"]

_RATES = (
    "no_reason", "vague", "number_only", "mash", "no_case_number", "no_offense_type", "federal", "inactive",
    "out_of_state", "no_state", "network_wide", "zero_networks", "lookback_beyond_30", "off_hours", "wildcard",
    "plate_in_reason", "name_in_reason", "phone_in_reason", "duplicate", "duplicate_differing",
)  # fmt: skip  # a list of words
_WHOLES = {"rows": 0, "users": 10, "agencies": 5, "months": 1, "gap_days": 0, "overlap": 0}


@dataclass(frozen=True, slots=True)
class Follower:
    """A user who searches one plate ``searches`` times, evenly spread over ``days`` days."""

    searches: int
    days: int

    def __post_init__(self) -> None:
        if self.searches <= 1 or self.days < 0:
            raise ValueError("a follower needs at least 2 searches and no fewer than 0 days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town whose search logs hold a planted, known truth. The same town always gives the same bytes.

    Shares are from 0 to 1 and of all searches unless said otherwise. They are drawn search by search, so
    what is planted lies near them; `Truth` has the exact counts.

    Attributes:
        rows: Distinct searches. Duplicates, overlaps and faults are written besides them.
        seed: Decides everything that is drawn.
        users: Accounts, of which a few make many searches and many make few.
        agencies: Organisations that the users belong to.
        start: The first day.
        months: Calendar months from the first day's, each one file unless ``one_file``.
        timezone: Where the town lies: its hours, its months, and the clock of layouts that write no zone.
        home: The town's own state, as it stands in an organisation's name.
        one_file: Write one file in place of one for each month.
        gap_days: Days in the middle of the period on which the log holds nothing.
        no_reason: Searches whose reason is blank or a placeholder.
        vague: Searches whose reason is one of the vague words.
        number_only: Searches whose reason is a number.
        mash: Searches whose reason is a run of keys.
        topics: Share of searches whose reason is of a topic, by the id of the lexicon's list. What is left over
            has a reason that belongs to no list.
        plate_in_reason: Searches whose reason holds a plate; the next two hold a name and a telephone number.
        name_in_reason: See above.
        phone_in_reason: See above.
        no_case_number: Searches whose case number is blank or a placeholder.
        no_offense_type: Searches whose offence type is blank.
        withheld: Share of cells that are redacted, by field.
        federal: Searches by organisations tagged ``[Federal]``, which name no state.
        inactive: Searches by organisations tagged ``[Inactive]``, which name the home state.
        out_of_state: Searches by organisations of another state.
        no_state: Searches by organisations, neither federal nor inactive, that name no state.
        network_wide: Searches of every network there is (thousands); the others are of at most 100.
        zero_networks: Searches that say 0 networks and 0 devices, which is a blank.
        lookback_beyond_30: Searches that look back over more than 30 x 24 h. Of the others some look back
            over exactly 30 x 24 h.
        off_hours: Searches from 22:30 to 24:00 and from 03:30 to 05:30 local time; all others fall between
            07:00 and 19:00. Nothing falls between, so the count holds for any usual definition.
        wildcard: Searches by plate whose plate has a star or question mark in it.
        tools: Share of searches by search type; what is left over is ``lookup``.
        moderation: Share of searches by the system's answer; what is left over is ``allow``.
        followers: Users who search one plate again and again. One that a short log has no room for is left out;
            what was planted is in `Truth`.
        duplicate: Rows written a second time in the same file.
        duplicate_differing: Of those, the share whose number of networks was changed in the second copy
            (only in layouts that have a search ID, by which alone they can be known as copies).
        overlap: Rows that each month's file repeats from the end of the month before.
        faults: Plant damaged rows, besides the searches: see `faults`.
        canaries: Write a recognisable token (`CANARIES`) into every identifier.
        untidy_header: Write a space before each column name but the first.
    """

    rows: int = 10_000
    seed: int = 1
    users: int = 150
    agencies: int = 40
    start: date = date(2024, 7, 1)
    months: int = 6
    timezone: str = "America/Los_Angeles"
    home: str = "CA"
    one_file: bool = False
    gap_days: int = 0
    no_reason: float = 0.01
    vague: float = 0.15
    number_only: float = 0.02
    mash: float = 0.002
    topics: tuple[tuple[str, float], ...] = (
        ("stolen_vehicle", 0.20),
        ("violent_crime", 0.12),
        ("missing_person", 0.05),
        ("warrants", 0.06),
        ("drugs", 0.05),
        ("traffic", 0.04),
        ("low_level", 0.04),
        ("training", 0.01),
        ("federal", 0.005),
        ("immigration", 0.008),
        ("protest", 0.002),
        ("reproductive", 0.001),
        ("press", 0.001),
        ("religion", 0.001),
        ("personal", 0.004),
    )
    plate_in_reason: float = 0.004
    name_in_reason: float = 0.003
    phone_in_reason: float = 0.001
    no_case_number: float = 0.35
    no_offense_type: float = 0.2
    withheld: tuple[tuple[str, float], ...] = ()
    federal: float = 0.01
    inactive: float = 0.005
    out_of_state: float = 0.08
    no_state: float = 0.03
    network_wide: float = 0.12
    zero_networks: float = 0.002
    lookback_beyond_30: float = 0.1
    off_hours: float = 0.2
    wildcard: float = 0.03
    tools: tuple[tuple[str, float], ...] = (
        ("search", 0.30),
        ("search - Mobile", 0.08),
        ("apiLookup", 0.03),
        ("multiGeo", 0.01),
        ("convoy", 0.01),
        ("visual", 0.02),
        ("freeform", 0.02),
    )
    moderation: tuple[tuple[str, float], ...] = (("warn", 0.01), ("block", 0.002))
    followers: tuple[Follower, ...] = (Follower(6, 40),)
    duplicate: float = 0.0
    duplicate_differing: float = 0.0
    overlap: int = 0
    faults: bool = False
    canaries: bool = False
    untidy_header: bool = False

    def __post_init__(self) -> None:
        shares = [(name, getattr(self, name)) for name in _RATES]
        for group in ("topics", "withheld", "tools", "moderation"):
            shares += [(f"{group}: {name}", share) for name, share in getattr(self, group)]
        for name, share in shares:
            if not 0 <= share <= 1:
                raise ValueError(f"{name} is a share, from 0 to 1; it is {share}")
        for name, least in _WHOLES.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} is at least {least}; it is {getattr(self, name)}")
        exclusive = {
            "the reasons' shares": [self.no_reason, self.vague, self.number_only, self.mash]
            + [share for _, share in self.topics],
            "the organisations' shares": [self.federal, self.inactive, self.out_of_state, self.no_state],
            "the tools' shares": [share for _, share in self.tools],
            "the moderation shares": [share for _, share in self.moderation],
        }
        for what, parts in exclusive.items():
            if math.fsum(parts) > 1 + 1e-9:
                raise ValueError(f"{what} come to more than 1: {math.fsum(parts):g}")
        ZoneInfo(self.timezone)
        if self.gap_days >= len(self.days()):
            raise ValueError("gap_days leaves no day on which the log holds anything")

    def month_starts(self) -> list[date]:
        """Give the first day of each month of the log, and the day after its end."""
        firsts = [self.start]
        for _ in range(self.months):
            last = firsts[-1]
            firsts.append((last.replace(day=1) + timedelta(days=32)).replace(day=1))
        return firsts

    def days(self) -> list[date]:
        """Give every day of the log, those of the gap included."""
        first, *_, end = self.month_starts()
        return [first + timedelta(days=number) for number in range((end - first).days)]
