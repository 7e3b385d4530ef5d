"""Writes everything that a synthetic county's plate-reader programme leaves to a folder, and tells what was planted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import hashed
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.hit_counts import (
    HITS,
    HOTLIST_FIGURES,
    HitTruth,
    figure_rows,
    hit_rows,
    hit_truth,
)
from answerable.programmes.plates.simulate.hotlists import Alerts, Entries, Hits
from answerable.programmes.plates.simulate.log_counts import LogsTruth
from answerable.programmes.plates.simulate.mishaps import Mishaps
from answerable.programmes.plates.simulate.network import Network, SharingTruth
from answerable.programmes.plates.simulate.other_logs import (
    EVENTS,
    VIDEOS,
    EventTruth,
    VideoTruth,
    events,
    videos,
)
from answerable.programmes.plates.simulate.portals import PORTALS, Actual, PortalTruth, portals
from answerable.programmes.plates.simulate.producer_logs import ProducerLogs
from answerable.programmes.plates.simulate.read_counts import ReadCounts, ReadTruth
from answerable.programmes.plates.simulate.read_lines import RAW_READS, READS, VERIFIED_READS, ReadLines
from answerable.programmes.plates.simulate.readings import Reader
from answerable.programmes.plates.simulate.roads import Roads
from answerable.programmes.plates.simulate.tables import label, write_table
from answerable.programmes.plates.simulate.text import write_lines
from answerable.programmes.plates.simulate.traffic import Traffic

__all__ = ["ProgrammeTruth", "write_programme"]

_AT_ONCE = 200_000  # reads held in full at a time
_RECENT = 30 * 86_400
_VERIFIED = "verified-reads/verified-reads.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeTruth:
    """What a county's files hold.

    Attributes:
        county: What was asked for, rates among it.
        files: Rows written to each file, faults included, by its path below the folder and in the order of writing.
        rows: Rows written, in all.
        released: The moment at which the records were released, in seconds since 1970: no record is later.
        reads: The reads, what was misread and what was deleted.
        hits: The hits and the hotlists.
        searches: The searches and what each log holds of them.
        sharing: Sharing at two dates.
        portals: What the agencies publish.
        events: The system's events.
        videos: The video hub's log.
        faults: How many faults of each kind were planted, besides what is counted above: see `MISHAPS`.
    """

    county: County
    files: Mapping[str, int]
    rows: int
    released: int
    reads: ReadTruth
    hits: HitTruth
    searches: LogsTruth
    sharing: SharingTruth
    portals: PortalTruth
    events: EventTruth
    videos: VideoTruth
    faults: Mapping[str, int]


def write_programme(county: County, folder: Path) -> ProgrammeTruth:
    """Write everything that a county's programme leaves, and return what is in it.

    The same county always gives the same bytes. Some 70 bytes of memory are used for each read, most of them for the entries of hotlists.

    Args:
        county: The county.
        folder: Where the files go, in folders by kind; it is made if need be. Files of the same names are replaced.

    Raises:
        ValueError: The county's parts do not fit together, such as more cameras than there are roads for.
    """
    return _Writing(county, folder).whole()


class _Writing:
    """The writing of one county."""

    def __init__(self, county: County, folder: Path) -> None:
        self.county, self.folder = county, folder
        self.days = Days(county.start, county.days, county.timezone)
        self.roads = Roads(county)
        self.reader = Reader(county, self.roads, self.days, Traffic(county, self.roads, self.days))
        self.traffic, self.lines = self.reader.traffic, ReadLines(self.reader)
        self.mishaps = Mishaps(self.reader, self.lines)
        self.files: dict[str, int] = {}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The folder name of each operator."""
        return tuple(map(label, self.roads.operator_names))

    def whole(self) -> ProgrammeTruth:
        """Write everything."""
        county, days = self.county, self.days
        entries = Entries.made(county, days, self.traffic, self.reader.lettering)
        counts, alerts = ReadCounts(self.reader), Alerts(county, days, entries)
        recent_reads = self._reads(counts, alerts)
        hits = alerts.hits()
        self._table("hits/hits.csv", HITS, hit_rows(county, self.roads, hits))
        figures = figure_rows(days, self.roads, entries, hits)
        self._table("hotlist-figures/hotlist-figures.csv", HOTLIST_FIGURES, figures)
        logs, network = ProducerLogs(county, days, self.labels), Network(county)
        self.files |= logs.write(self.folder)
        sharing = self._sharing(network)
        actual = self._actual(recent_reads, hits, logs)
        portal_rows, portal_truth, portal_faults = portals(
            county, network, actual, logs.recent, days.published
        )
        self._table("portals/portals.csv", PORTALS, portal_rows)
        event_rows, event_truth = events(county, days, entries, network)
        self._table("events/system-events.csv", EVENTS, event_rows)
        video_rows, video_truth = videos(county, days, self.roads)
        self._table("videos/video-hub.csv", VIDEOS, video_rows)
        if county.faults:
            self.mishaps.elsewhere()
        return ProgrammeTruth(
            county=county,
            files=self.files,
            rows=sum(self.files.values()),
            released=days.end,
            reads=counts.truth(),
            hits=hit_truth(days, self.roads, entries, hits),
            searches=logs.truth,
            sharing=sharing,
            portals=portal_truth,
            events=event_truth,
            videos=video_truth,
            faults={**+self.mishaps.planted, **portal_faults},
        )

    # --- reads -----------------------------------------------------------------------------------------------

    def _open(self, stack: ExitStack, path: str, header: str) -> IO[bytes]:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        file: IO[bytes] = stack.enter_context((self.folder / path).open("wb"))
        file.write(header.encode())
        self.files[path] = 0
        return file

    def _verified_up_to(self) -> np.uint64:
        """Give what the chance of a read stays under if it is in the verified sample, whose size is certain."""
        wanted = round(self.county.reads * self.county.verified)
        if not wanted:
            return np.uint64(0)
        bits = np.empty(self.county.reads, np.uint64)
        for first in range(0, len(bits), _AT_ONCE):
            last = min(first + _AT_ONCE, len(bits))
            bits[first:last] = self._verified_bits(first, last)
        bits.partition(wanted - 1)
        return np.uint64(bits[wanted - 1]) + np.uint64(1)

    def _verified_bits(self, first: int, end: int) -> NDArray[np.uint64]:
        return hashed(self.county.seed, "verified", np.arange(first, end)) >> np.uint64(1)

    def _reads(self, counts: ReadCounts, alerts: Alerts) -> list[int]:
        """Write the reads, show them to those who count and give each operator's number of recent ones."""
        county, least = self.county, self._verified_up_to()
        whole = county.operators - county.raw
        recent = np.zeros(county.operators, np.int64)
        with ExitStack() as stack:
            verified = self._open(stack, _VERIFIED, VERIFIED_READS)
            raw_paths = [
                f"raw-reads/raw-reads-{self.labels[at]}.txt" for at in range(whole, county.operators)
            ]
            raw_files = [self._open(stack, path, RAW_READS) for path in raw_paths]
            months = self.days.months()
            for month, start, end in months:
                full_path = f"reads/reads-{month}.csv"
                full = self._open(stack, full_path, READS) if whole else None
                bounds = self.traffic.before(start), self.traffic.before(end)
                for first in range(bounds[0], max(bounds[1], bounds[0] + 1), _AT_ONCE):
                    last = min(first + _AT_ONCE, bounds[1])
                    reads = self.reader.draw(first, last)
                    raw, sampled = reads.operator >= whole, self._verified_bits(first, last) < least
                    counts.add(reads, month, raw, sampled)
                    alerts.add(reads)
                    late = self._recent(reads.when)
                    recent += np.bincount(reads.operator[late], minlength=len(recent))
                    if full:
                        self.files[full_path] += write_lines(full, self.lines.full(reads.only(~raw)))
                    self.files[_VERIFIED] += write_lines(verified, self.lines.verified(reads.only(sampled)))
                    for at, (path, file) in enumerate(zip(raw_paths, raw_files, strict=True), start=whole):
                        self.files[path] += write_lines(
                            file, self.lines.raw(reads.only(reads.operator == at))
                        )
                if full and county.faults and month == months[-1][0]:
                    self.files[full_path] += self.mishaps.in_full(full)
            if county.faults:
                for at, (path, file) in enumerate(zip(raw_paths, raw_files, strict=True), start=whole):
                    self.files[path] += self.mishaps.in_raw(file, at)
        return [int(each) for each in recent]

    # --- everything else -------------------------------------------------------------------------------------

    def _table(self, path: str, header: tuple[str, ...], rows: Iterable[Sequence[str]]) -> None:
        self.files[path] = write_table(self.folder / path, header, rows)

    def _sharing(self, network: Network) -> SharingTruth:
        paths = {
            f"{day:%Y-%m-%d}": f"sharing/{day:%Y-%m-%d}/edges.csv"
            for day in (self.county.start, self.county.end)
        }
        for edges, path in zip(network.edges, paths.values(), strict=True):
            rows = (
                (network.names[a], network.names[b], str(network.number_of(a)), str(network.number_of(b)))
                for a, b in sorted(edges)
            )
            self._table(path, ("src_agency", "external_agency", "src_agency_id", "external_agency_id"), rows)
        return network.truth(paths)

    def _recent(self, when: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which moments fall in the 30 x 24 h that portals give figures of."""
        return (when > self.days.published - _RECENT) & (when <= self.days.published)

    def _actual(self, recent_reads: list[int], hits: Hits, logs: ProducerLogs) -> list[Actual]:
        """Say what each operator did lately. With faults the first one has a camera that has read nothing."""
        late = hits.operator[self._recent(hits.alerted_at)]
        cameras = np.bincount(self.roads.operators, minlength=self.county.operators)
        cameras[0] += self.county.faults
        alerted = np.bincount(late, minlength=self.county.operators)
        return [
            Actual(
                cameras=int(cameras[at]),
                reads=recent_reads[at],
                hits=int(alerted[at]),
                searches=logs.recent[at],
            )
            for at in range(self.county.operators)
        ]
