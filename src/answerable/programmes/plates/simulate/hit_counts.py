"""Writes a synthetic county's hits and the figures of its hotlists, and counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import hashed
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.hotlists import HOTLISTS, OUTCOMES, USEFUL, Entries, Hits
from answerable.programmes.plates.simulate.roads import Roads
from answerable.programmes.plates.simulate.tables import moment

__all__ = ["HITS", "HOTLIST_FIGURES", "HitCount", "HitTruth", "figure_rows", "hit_rows", "hit_truth"]

Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]

HITS = (
    "ID",
    "Alert Time",
    "Read Time",
    "Plate",
    "Hotlist",
    "Camera",
    "Agency",
    "Confirmed",
    "Stop",
    "Outcome",
)
HOTLIST_FIGURES = ("Hotlist", "Agency", "Period Start", "Entries", "Alerts", "Confirmed")

_DAY, _YEAR = 86_400, 365


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCount:
    """Some hits, those of which it was recorded that they were right or wrong, stops, and stops with a useful outcome."""

    hits: int
    confirmed: int
    refuted: int
    stops: int
    useful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitTruth:
    """The hits and the hotlists.

    Attributes:
        entries: Entries of all hotlists, those before the first day included.
        all: Every hit. Whether the others than the confirmed and the refuted were right was not recorded.
        right: Hits that were right in fact, recorded or not.
        misread: Hits whose read was wrong.
        afterwards: Hits of entries that were run against the reads still held.
        agency: Hits by agency.
        hotlist: Hits by hotlist.
        camera: Hits by the name of the camera.
        month: Hits by the local month of the alert.
        older: Hits whose read was more than 1, 2 ... 365 x 24 h old at the alert.
        older_confirmed: The confirmed ones of them.
        figures: Rows of the hotlists' figures.
    """

    entries: int
    all: HitCount
    right: int
    misread: int
    afterwards: int
    agency: Mapping[str, HitCount]
    hotlist: Mapping[str, HitCount]
    camera: Mapping[str, HitCount]
    month: Mapping[str, HitCount]
    older: tuple[int, ...]
    older_confirmed: tuple[int, ...]
    figures: int


def _said(right: bool, checked: bool) -> str:
    if not checked:
        return ""
    return "Yes" if right else "No"


def hit_rows(county: County, roads: Roads, hits: Hits) -> Iterator[Sequence[str]]:
    """Give the hits' rows, in the order of `HITS`."""
    numbers = hashed(county.seed, "hit id", np.arange(len(hits.read)))
    for place, number in enumerate(numbers.tolist()):
        site = roads.sites[int(hits.camera[place])]
        checked = bool(hits.checked[place])
        yield (
            f"H{number:016x}",
            moment(int(hits.alerted_at[place])),
            moment(int(hits.read_at[place])),
            hits.text[place].tobytes().replace(b"\0", b"").decode(),
            HOTLISTS[int(hits.hotlist[place])],
            site.label,
            roads.operator_names[site.operator],
            _said(bool(hits.right[place]), checked),
            _said(bool(hits.stop[place]), checked),
            OUTCOMES[int(hits.outcome[place])],
        )


def figure_rows(days: Days, roads: Roads, entries: Entries, hits: Hits) -> Iterator[Sequence[str]]:
    """Give the figures of each hotlist, agency and month, in the order of `HOTLIST_FIGURES`.

    An entry counts in each month in which it was in force. A custom list's entries count for its own agency alone.
    """
    for month, start, end in days.months():
        standing = (entries.added < end) & (entries.removed > start)
        alerted = (hits.alerted_at >= start) & (hits.alerted_at < end)
        for hotlist, title in enumerate(HOTLISTS):
            for operator, agency in enumerate(roads.operator_names):
                own = (entries.operator < 0) | (entries.operator == operator)
                of = alerted & (hits.hotlist == hotlist) & (hits.operator == operator)
                listed = int((standing & own & (entries.hotlist == hotlist)).sum())
                confirmed = int((of & hits.right & hits.checked).sum())
                yield title, agency, f"{month}-01", str(listed), str(int(of.sum())), str(confirmed)


def _count(hits: Hits, of: Flag) -> HitCount:
    return HitCount(
        hits=int(of.sum()),
        confirmed=int((of & hits.checked & hits.right).sum()),
        refuted=int((of & hits.checked & ~hits.right).sum()),
        stops=int((of & hits.stop).sum()),
        useful=int((of & (hits.outcome >= USEFUL)).sum()),
    )


def _by(hits: Hits, labels: Iterable[str], codes: Whole) -> dict[str, HitCount]:
    """Count hits by label; codes of one label are counted together."""
    named = list(labels)
    found = {}
    for label in dict.fromkeys(named):
        of = np.isin(codes, [place for place, other in enumerate(named) if other == label])
        if of.any():
            found[label] = _count(hits, of)
    return found


def hit_truth(days: Days, roads: Roads, entries: Entries, hits: Hits) -> HitTruth:
    """Count what the hits' and the figures' files hold."""
    months = days.months()
    month = np.searchsorted(np.array([start for _, start, _ in months]), hits.alerted_at, side="right") - 1
    # The first boundary that an age does not exceed: a hit is older than all the days below it.
    age = hits.alerted_at - hits.read_at
    beyond = np.minimum((age - 1) // _DAY, _YEAR)
    at_least = [
        np.bincount(np.maximum(beyond[of], 0), minlength=_YEAR + 1)[::-1].cumsum()[::-1][1:].tolist()
        for of in (np.ones(len(age), np.bool_), hits.checked & hits.right)
    ]
    return HitTruth(
        entries=len(entries.code),
        all=_count(hits, np.ones(len(age), np.bool_)),
        right=int(hits.right.sum()),
        misread=int(hits.misread.sum()),
        afterwards=int((hits.read_at < entries.added[hits.entry]).sum()),
        agency=_by(hits, roads.operator_names, hits.operator),
        hotlist=_by(hits, HOTLISTS, hits.hotlist),
        camera=_by(hits, (site.label for site in roads.sites), hits.camera),
        month=_by(hits, (name for name, _, _ in months), month),
        older=tuple(at_least[0]),
        older_confirmed=tuple(at_least[1]),
        figures=len(months) * len(HOTLISTS) * len(roads.operator_names),
    )
