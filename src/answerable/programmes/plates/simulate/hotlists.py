"""A synthetic county's hotlists, and the hits that they give.

A hit comes from what was read, not from what is on the plate, so that a misread can give one for nothing. An entry that
is run against the reads still held gives hits whose alerts are later than their reads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import below, classes, hashed, pick
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.lettering import Lettering, coded
from answerable.programmes.plates.simulate.readings import Readings
from answerable.programmes.plates.simulate.traffic import Traffic

__all__ = ["HOTLISTS", "OUTCOMES", "USEFUL", "Alerts", "Entries", "Hits"]

Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

HOTLISTS = ("Stolen Vehicle", "Wanted Person", "Amber Alert", "Custom")
"""The hotlists, in the order of their numbers. Every operator has its own custom one."""

OUTCOMES = ("", "No Action", "Released", "Arrest", "Vehicle Recovered", "Person Located")
"""What came of a stop, in the order of their numbers; the first is that of no stop."""

USEFUL = 3
"""The number of the first useful outcome; those after it are useful too."""

_SHARES = (0.45, 0.3, 0.05)
_CUSTOM = 3
_KINDS = ("sought", "lookalike", "other_issuer", "stale", "elsewhere")
_DAY, _HOUR = 86_400, 3600
_EARLIER = 45  # days before the first on which entries may have been made
_LISTED = np.array([1, 3, 7, 14, 30, 60, 90], np.int64)  # days that an entry stays
_NEVER = 2**40
_ELSEWHERE = 2**12  # the numbers of plates that are of no vehicle begin so far behind the last
_AT_ONCE = 1_000_000
_MISTAKEN = 0.05  # share of wrong hits after which somebody was stopped nonetheless


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The hotlists' entries, in the order of what they hold: one array element per entry.

    ``kind`` says why it is there (its place among the shares of a county), ``operator`` whose custom list it is on or
    -1, ``added`` and ``removed`` the moments between which it is in force, ``closed`` from when on it is no longer
    right, ``back`` whether it is run against the reads still held, and ``delay`` after how many seconds.
    """

    code: Whole
    text: Bytes
    issuer: Whole
    kind: Whole
    hotlist: Whole
    operator: Whole
    added: Whole
    removed: Whole
    closed: Whole
    back: Flag
    delay: Whole

    @classmethod
    def made(cls, county: County, days: Days, traffic: Traffic, lettering: Lettering) -> Entries:
        """Draw the entries of a county's hotlists."""
        shares = [getattr(county, kind) for kind in _KINDS[:-1]]
        chosen = []
        for first in range(0, traffic.vehicles, _AT_ONCE):
            numbers = np.arange(first, min(first + _AT_ONCE, traffic.vehicles))
            kinds = classes(hashed(county.seed, "listed", numbers), shares)
            listed = kinds < len(shares)
            chosen.append(np.stack([numbers[listed], kinds[listed]]))
        beyond = traffic.vehicles + _ELSEWHERE + np.arange(county.elsewhere)
        chosen.append(np.stack([beyond, np.full(len(beyond), len(shares))]))
        numbers, kind = np.concatenate(chosen, axis=1)
        return cls._of(county, days, lettering, numbers, kind)

    @classmethod
    def _of(cls, county: County, days: Days, lettering: Lettering, numbers: Whole, kind: Whole) -> Entries:
        def bits(stream: str) -> NDArray[np.uint64]:
            return hashed(county.seed, f"entry {stream}", numbers)

        issuer = lettering.issuers(numbers)
        text = lettering.issued(numbers, issuer)
        changed, some = lettering.alike(text, numbers)
        alike = kind == _KINDS.index("lookalike")
        text = np.where((alike & some)[:, None], changed, text)
        foreign = kind == _KINDS.index("other_issuer")
        issuer = np.where(foreign, (issuer + 1) % len(county.issuers), issuer)
        hotlist = classes(bits("list"), _SHARES)
        day = pick(bits("day"), county.days + _EARLIER) - _EARLIER
        added = days.first + day * _DAY + 8 * _HOUR + pick(bits("time"), 10 * _HOUR)
        length = _LISTED[pick(bits("length"), len(_LISTED))] * _DAY
        closed = np.where(kind == _KINDS.index("stale"), added + length // 3, _NEVER)
        drawn = cls(
            code=coded(text),
            text=text,
            issuer=issuer,
            kind=kind,
            hotlist=hotlist,
            operator=np.where(hotlist == _CUSTOM, pick(bits("operator"), county.operators), -1),
            added=added,
            removed=added + length,
            closed=closed,
            back=below(bits("back"), county.retrospective) & (day >= 0),
            delay=5 + pick(bits("delay"), 295),
        )
        # A vehicle whose plate has no character that is easily confused has no plate that is alike.
        kept = np.flatnonzero(~alike | some)
        order = kept[np.lexsort((numbers[kept], drawn.code[kept]))]
        return cls(**{name: getattr(drawn, name)[order] for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The hits, in the order of their alerts: one array element per hit.

    ``right`` says whether the entry was of that very plate and still in force in fact, ``checked`` whether that was recorded, ``stop``
    whether somebody was stopped, ``outcome`` its place in `OUTCOMES`, ``misread`` whether the read was wrong.
    """

    entry: Whole
    read: Whole
    alerted_at: Whole
    read_at: Whole
    camera: Whole
    operator: Whole
    hotlist: Whole
    text: Bytes
    right: Flag
    checked: Flag
    stop: Flag
    outcome: Whole
    misread: Flag


class Alerts:
    """Collects the hits of reads that are shown to it part by part."""

    def __init__(self, county: County, days: Days, entries: Entries) -> None:
        self._county, self._days, self.entries = county, days, entries
        self._found: list[dict[str, NDArray[np.generic]]] = []

    def add(self, reads: Readings) -> None:
        """Hold some reads against the hotlists."""
        entries = self.entries
        first = np.searchsorted(entries.code, reads.text_code, side="left")
        count = np.searchsorted(entries.code, reads.text_code, side="right") - first
        read = np.repeat(np.arange(len(count)), count)
        entry = first[read] + np.arange(len(read)) - np.repeat(np.cumsum(count) - count, count)
        when = reads.when[read]
        allowed = (entries.operator[entry] < 0) | (entries.operator[entry] == reads.operator[read])
        at_once = (when >= entries.added[entry]) & (when < entries.removed[entry])
        soon = 2 + pick(hashed(self._county.seed, "alert", reads.number[read]), 58)
        later = entries.added[entry] + entries.delay[entry]
        held = entries.back[entry] & (when < entries.added[entry]) & (reads.deleted_at[read] > later)
        alerted = np.where(at_once, when + soon, later)
        hit = np.flatnonzero(allowed & (at_once | held) & (alerted < self._days.end))
        read, entry = read[hit], entry[hit]
        right = (
            (reads.written_code[read] == entries.code[entry])
            & (reads.issuer[read] == entries.issuer[entry])
            & (alerted[hit] < entries.closed[entry])
        )
        self._found.append(
            {
                "entry": entry, "read": reads.number[read], "alerted_at": alerted[hit], "read_at": when[hit],
                "camera": reads.camera[read], "operator": reads.operator[read], "hotlist": entries.hotlist[entry],
                "text": reads.text[read], "right": right, "misread": reads.wrong[read] > 0,
            }
        )  # fmt: skip  # a table: what stands in one line belongs together

    def hits(self) -> Hits:
        """Give every hit, with what came of it."""
        county = self._county
        if not self._found:
            raise ValueError("no reads were shown")
        whole = {name: np.concatenate([part[name] for part in self._found]) for name in self._found[0]}
        order = np.lexsort((whole["entry"], whole["read"], whole["alerted_at"]))
        whole = {name: values[order] for name, values in whole.items()}
        numbers = np.arange(len(order))
        right = whole["right"]
        checked = below(hashed(county.seed, "checked", numbers), county.checked)
        bits = hashed(county.seed, "stop", numbers)
        stop = checked & np.where(right, below(bits, county.stopped), below(bits, _MISTAKEN))
        ending = pick(hashed(county.seed, "outcome", numbers), len(OUTCOMES) - 1) + 1
        outcome = np.where(stop, np.where(right, ending, OUTCOMES.index("Released")), 0)
        return Hits(checked=checked, stop=stop, outcome=outcome, **whole)
