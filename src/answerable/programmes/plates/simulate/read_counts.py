"""Counts a synthetic county's reads as they are written: who was seen how often, what was misread, what is deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.readings import BANDS, Reader, Readings

__all__ = ["Misreads", "ReadCounts", "ReadTruth", "RetentionTruth"]

Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]

_DAY = 86_400
_MOST_POINTS = 10
_AGES = (7, 14, 30, 60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misreads:
    """Reads and the characters on their plates, and of both those that came out wrong.

    ``wrong`` is the sum of edit distances between plate and read.
    """

    reads: int
    misread: int
    characters: int
    wrong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionTruth:
    """What was deleted, over the reads of the full table. Ages are at the end of the days.

    Attributes:
        days: Days after which a read was to be deleted.
        deleted: Reads that say when they were deleted.
        late: Of those, the ones deleted more than ``days`` x 24 h after they were made.
        held: Reads that were not deleted.
        overdue: Of those, the ones older than ``days`` x 24 h.
        held_beyond: Reads held, by the days x 24 h that they are older than.
        oldest: The age of the oldest read held, in seconds.
    """

    days: int
    deleted: int
    late: int
    held: int
    overdue: int
    held_beyond: Mapping[str, int]
    oldest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTruth:
    """The reads, faults aside.

    Attributes:
        reads: Reads in all.
        full: Reads in the full table.
        raw: Reads in the raw files, which name neither agency nor issuer.
        vehicles: Vehicles that were read at least once.
        residents: Of those, the ones that live here.
        through: And the ones that passed through, each of which was read once.
        texts: Different plates as they were read, in the full table.
        texts_seen: Those by the number of reads that they have at least.
        raw_texts: The same in the raw files.
        seen: Vehicles by the number of reads that they have at least.
        agency: Reads by agency.
        camera: Reads by the name of the camera.
        month: Reads by local month.
        raw_month: Those of them in the raw files.
        misreads: Misreads among all reads, by ``all``, ``issuer``, ``band``, ``hour`` (local) and ``camera``.
        verified: The same among the reads of the verified sample.
        retention: What was deleted.
    """

    reads: int
    full: int
    raw: int
    vehicles: int
    residents: int
    through: int
    texts: int
    texts_seen: Mapping[str, int]
    raw_texts: int
    seen: Mapping[str, int]
    agency: Mapping[str, int]
    camera: Mapping[str, int]
    month: Mapping[str, int]
    raw_month: Mapping[str, int]
    misreads: Mapping[str, Mapping[str, Misreads]]
    verified: Mapping[str, Mapping[str, Misreads]]
    retention: RetentionTruth


class _Misread:
    """Counts misreads by everything that they may differ by."""

    def __init__(self, reader: Reader) -> None:
        labels = [site.label for site in reader.roads.sites]
        self._labels = {
            "all": ["all"],
            "issuer": [issuer for issuer, _ in reader.county.issuers],
            "band": list(BANDS),
            "hour": [f"{hour:02d}" for hour in range(24)],
            "camera": labels,
        }
        self._counts = {name: np.zeros((4, len(among)), np.int64) for name, among in self._labels.items()}

    def add(self, reads: Readings) -> None:
        """Count some reads."""
        length = (reads.written != 0).sum(axis=1)
        weights = (np.ones(len(length), np.int64), reads.wrong > 0, length, reads.wrong)
        codes = {
            "all": np.zeros(len(length), np.int64), "issuer": reads.issuer, "band": reads.band, "hour": reads.hour,
            "camera": reads.camera,
        }  # fmt: skip  # a table: what stands in one line belongs together
        for name, code in codes.items():
            size = len(self._labels[name])
            for place, weight in enumerate(weights):
                self._counts[name][place] += np.bincount(code, weight, minlength=size).astype(np.int64)

    def truth(self) -> dict[str, dict[str, Misreads]]:
        """Give the counts, those of cameras of one name together."""
        found: dict[str, dict[str, Misreads]] = {}
        for name, among in self._labels.items():
            sums: dict[str, Whole] = {}
            for place, label in enumerate(among):
                sums[label] = sums.get(label, np.zeros(4, np.int64)) + self._counts[name][:, place]
            found[name] = {
                label: Misreads(reads=reads, misread=misread, characters=characters, wrong=wrong)
                for label, (reads, misread, characters, wrong) in (
                    (one, each.tolist()) for one, each in sums.items()
                )
                if reads
            }
        return found


class ReadCounts:
    """Counts part by part. Besides counts it holds 8 bytes per read, what was read as one number, and as much per vehicle."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._all, self._verified = _Misread(reader), _Misread(reader)
        self._texts: tuple[list[Whole], list[Whole]] = ([], [])
        self._camera = np.zeros(reader.county.cameras, np.int64)
        self._times = np.zeros(reader.traffic.vehicles, np.int64)
        self._month: Counter[str] = Counter()
        self._raw_month: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._oldest = 0

    def add(self, reads: Readings, month: str, raw: Flag, verified: Flag) -> None:
        """Count some reads of one month.

        Args:
            reads: The reads.
            month: Their local month, ``YYYY-MM``.
            raw: Which of them stand in a raw file.
            verified: Which of them are in the verified sample.
        """
        self._all.add(reads)
        self._verified.add(reads.only(verified))
        self._camera += np.bincount(reads.camera, minlength=len(self._camera))
        np.add.at(self._times, reads.vehicle, 1)
        self._month[month] += len(raw)
        self._raw_month[month] += int(raw.sum())
        for texts, chosen in zip(self._texts, (~raw, raw), strict=True):
            texts.append(reads.text_code[chosen])
        self._add_retention(reads.only(~raw))

    def _add_retention(self, reads: Readings) -> None:
        end, limit = self._reader.days.end, self._reader.county.retention * _DAY
        deleted, age = reads.deleted_at <= end, end - reads.when
        self._kept["deleted"] += int(deleted.sum())
        self._kept["late"] += int((deleted & (reads.deleted_at - reads.when > limit)).sum())
        self._kept["overdue"] += int((~deleted & (age > limit)).sum())
        for days in _AGES:
            self._kept[str(days)] += int((~deleted & (age > days * _DAY)).sum())
        self._oldest = max(self._oldest, int(age[~deleted].max(initial=0)))

    def truth(self) -> ReadTruth:
        """Give the counts of all reads that were added."""
        reader, traffic = self._reader, self._reader.traffic
        agency: Counter[str] = Counter()
        camera: Counter[str] = Counter()
        for site, reads in zip(reader.roads.sites, self._camera.tolist(), strict=True):
            agency[reader.roads.operator_names[site.operator]] += reads
            camera[site.label] += reads
        texts, raw_texts = (
            np.unique(np.concatenate([*part, np.zeros(0, np.int64)]), return_counts=True)[1]
            for part in self._texts
        )
        times = self._times
        reads, raw = sum(self._month.values()), sum(self._raw_month.values())
        full = reads - raw
        return ReadTruth(
            reads=reads,
            full=full,
            raw=raw,
            vehicles=int((times > 0).sum()),
            residents=int((times[: traffic.residents] > 0).sum()),
            through=traffic.through,
            texts=len(texts),
            texts_seen=_at_least(texts),
            raw_texts=len(raw_texts),
            seen=_at_least(times),
            agency=dict(agency),
            camera=dict(camera),
            month=dict(self._month),
            raw_month=dict(self._raw_month),
            misreads=self._all.truth(),
            verified=self._verified.truth(),
            retention=RetentionTruth(
                days=reader.county.retention,
                deleted=self._kept["deleted"],
                late=self._kept["late"],
                held=full - self._kept["deleted"],
                overdue=self._kept["overdue"],
                held_beyond={str(days): self._kept[str(days)] for days in _AGES},
                oldest=self._oldest,
            ),
        )


def _at_least(times: Whole) -> dict[str, int]:
    """Give how many were seen at least once, twice and so on."""
    return {str(least): int((times >= least).sum()) for least in range(1, _MOST_POINTS + 1)}
