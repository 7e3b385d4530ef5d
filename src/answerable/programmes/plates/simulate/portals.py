"""The figures that a synthetic county's agencies publish about themselves on their portals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from answerable.programmes.plates.simulate.chance import below, hashed, pick
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.network import Network
from answerable.programmes.plates.simulate.tables import label, moment

__all__ = ["PORTALS", "Actual", "PortalFigure", "PortalTruth", "portals"]

PORTALS = (
    "id", "agency", "updated", "accessed", "url", "data_retention_in_days", "number_of_owned_cameras",
    "external_organizations_with_access", "hotlists_alerted_on", "vehicles_detected_in_the_last_30_days",
    "hotlist_hits_in_the_last_30_days", "searches_in_the_last_30_days", "public_search_audit",
)  # fmt: skip  # a table: what stands in one line belongs together

_HOTLISTS = "Stolen Vehicle, Wanted Person, Amber Alert"
_MISSING, _UNAVAILABLE, _BROKEN = "NA", "Data Unavailable", "-Infinity days"
_HOUR = 3600
_ABSENT, _HIDDEN = (
    0.08,
    0.1,
)  # shares of other agencies' cells that are missing, and of hits that are unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """What an agency did in the 30 x 24 h before its portal was updated, and the cameras that it has."""

    cameras: int
    reads: int
    hits: int
    searches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFigure:
    """What one portal says; a figure that it does not give is None.

    ``actual`` is known of the operators alone. Any other agency's searches are those that its users made; the rest of
    its figures is invented.
    """

    retention: int | None
    cameras: int | None
    reads: int | None
    hits: int | None
    searches: int | None
    public_audit: bool
    actual: Actual | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalTruth:
    """The portals' figures.

    Attributes:
        rows: Portals.
        updated: The moment at which all of them were updated, in seconds since 1970.
        figures: What each says, by agency.
        both: Portals that give reads and hits alike.
        reads_of_both: Their reads.
        hits_of_both: Their hits.
        unavailable: Portals that say of their hits that the data are unavailable.
    """

    rows: int
    updated: int
    figures: Mapping[str, PortalFigure]
    both: int
    reads_of_both: int
    hits_of_both: int
    unavailable: int


def _operator(county: County, actual: Actual, *, last: bool) -> PortalFigure:
    """Say what an operator publishes: what it did, but for the searches that the last one leaves out."""
    searches = actual.searches - round(actual.searches * county.portal_gap) if last else actual.searches
    return PortalFigure(
        retention=county.retention,
        cameras=actual.cameras,
        reads=actual.reads,
        hits=actual.hits,
        searches=searches,
        public_audit=True,
        actual=actual,
    )


def _other(county: County, agency: int, searches: int) -> tuple[PortalFigure, str]:
    """Draw what any other agency publishes, and how it says that it has no figure of hits."""

    def bits(stream: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return hashed(county.seed, f"portal {stream}", np.array([agency]))

    def figure(stream: str, most: int) -> int | None:
        absent = below(bits(f"no {stream}"), _ABSENT)[0]
        return None if absent else int(pick(bits(stream), most)[0])

    reads = figure("reads", 500_000)
    hits = figure("hits", 12)
    hidden = bool(below(bits("hidden"), _HIDDEN)[0])
    given = PortalFigure(
        retention=(None, 30, 30, 30, 30, 60, 365)[int(pick(bits("retention"), 7)[0])],
        cameras=figure("cameras", 60),
        reads=reads,
        hits=None if hits is None or hidden else (reads or 10_000) * hits // 1000,
        searches=None if below(bits("no searches"), _ABSENT)[0] else searches,
        public_audit=bool(bits("audit")[0] & np.uint64(1)),
        actual=None,
    )
    return given, _UNAVAILABLE if hidden else _MISSING


def portals(
    county: County, network: Network, actual: Sequence[Actual], searches: Mapping[int, int], end: int
) -> tuple[list[Sequence[str]], PortalTruth, dict[str, int]]:
    """Give the portals' rows, what they hold, and the faults in them.

    Args:
        county: The county.
        network: Its agencies, of which each of the home state has a portal.
        actual: What each operator did, in the order of their numbers.
        searches: How many searches each agency's users made in that time, by its place among the agencies.
        end: The moment up to which the figures go.
    """
    agencies = network.names[: max(1, county.agencies * 60 // 100)]
    rows: list[Sequence[str]] = []
    figures: dict[str, PortalFigure] = {}
    faults: dict[str, int] = {}
    unavailable = 0
    for number, agency in enumerate(agencies):
        if number < len(actual):
            given, absent = _operator(county, actual[number], last=number == len(actual) - 1), _MISSING
        else:
            given, absent = _other(county, number, searches.get(number, 0))
        retention = _MISSING if given.retention is None else f"{given.retention} days"
        if county.faults and number == len(actual):
            given = _changed(given, retention=None)
            retention = _BROKEN
            faults["retention of -Infinity days"] = 1
        if county.faults and number == len(actual) + 1:
            given = _changed(given, reads=0, hits=3)
            faults["portal without reads"] = 1
        figures[agency] = given
        unavailable += given.hits is None and absent == _UNAVAILABLE
        receivers = sorted(network.names[to] for giver, to in network.edges[1] if giver == number)
        rows.append(
            (
                str(network.number_of(number)), agency, moment(end), moment(end + 3 * _HOUR),
                f"https://transparency.example/{label(agency)}", retention, _shown(given.cameras),
                ", ".join(receivers) or _MISSING, _HOTLISTS, _shown(given.reads), _shown(given.hits, absent),
                _shown(given.searches), "1" if given.public_audit else "0",
            )
        )  # fmt: skip  # a table: what stands in one line belongs together
    both = [one for one in figures.values() if one.reads is not None and one.hits is not None]
    truth = PortalTruth(
        rows=len(rows),
        updated=end,
        figures=figures,
        both=len(both),
        reads_of_both=sum(one.reads or 0 for one in both),
        hits_of_both=sum(one.hits or 0 for one in both),
        unavailable=unavailable,
    )
    return rows, truth, faults


def _shown(figure: int | None, absent: str = _MISSING) -> str:
    return absent if figure is None else str(figure)


def _changed(given: PortalFigure, **changes: int | None) -> PortalFigure:
    values = {name: getattr(given, name) for name in PortalFigure.__slots__}
    return PortalFigure(**values | changes)
