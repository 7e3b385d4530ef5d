"""Counts what several producers' logs hold of the same searches, as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.county import Log
from answerable.programmes.plates.simulate.drawing import Searches
from answerable.programmes.plates.simulate.exports import export

__all__ = ["LogCounts", "Logged", "LogsTruth", "NetworkLogTruth", "OwnLogTruth", "PairTruth"]

Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]

_CHANGES = ("redacted", "overwritten", "miscounted")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLogTruth:
    """What one network audit log holds: of the searches that ``touched`` the network it ``held`` some and ``lost`` the others."""

    path: str
    layout: str
    touched: int
    held: int
    lost: int
    redacted: int
    overwritten: int
    miscounted: int
    shift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLogTruth:
    """What one organisation audit holds of the searches that the producer's own users made, beside its network audit."""

    path: str
    made: int
    both: int
    only_own: int
    only_network: int
    neither: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTruth:
    """Two network logs, by their producers: the searches in both, in one only, and those in both that differ.

    ``contradicting`` are the searches whose reason or number of networks differs, clocks aside; the next three say how
    often which change makes the difference, and ``shift`` by how many seconds the second clock is ahead of the first.
    """

    first: str
    second: str
    both: int
    only_first: int
    only_second: int
    contradicting: int
    redacted: int
    overwritten: int
    miscounted: int
    shift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogsTruth:
    """The searches that were made, and what the logs hold of them.

    Attributes:
        made: Searches made, in all.
        untouched: Of those, the ones that touched no producer's network.
        logs: Each network audit log, by its producer.
        own: Each organisation audit, by its producer.
        pairs: Every two network logs.
        histories: Searches that touched all of the networks, by the logs that hold them: ``101`` is in the first and the third.
        partial: The other searches that touched any, in the same way; a log cannot hold one that did not touch its network.
        unseen: Searches that touched at least one network and are in no network log.
        in_no_log: Searches that are in no log at all, organisation audits among them, though they touched a network.
    """

    made: int
    untouched: int
    logs: Mapping[str, NetworkLogTruth]
    own: Mapping[str, OwnLogTruth]
    pairs: tuple[PairTruth, ...]
    histories: Mapping[str, int]
    partial: Mapping[str, int]
    unseen: int
    in_no_log: int


@dataclass(frozen=True)
class Logged:
    """Some searches with their organisations' places, and by log which touched its network, which it holds and changed.

    The lists have one item per network log, ``own`` one per organisation audit; each holds one element per search.
    """

    searches: Searches
    places: Whole
    touched: list[Flag]
    held: list[Flag]
    changes: list[dict[str, Flag]]
    own: list[Flag]


class LogCounts:
    """Counts part by part.

    Args:
        logs: The network logs.
        own: How many organisation audits there are.
    """

    def __init__(self, logs: Sequence[Log], own: int) -> None:
        self._logs = logs
        self._fields = [export(log.layout).fields for log in logs]
        self._counts = [Counter[str]() for _ in logs]
        self._own = [Counter[str]() for _ in range(own)]
        self._pairs = {pair: Counter[str]() for pair in combinations(range(len(logs)), 2)}
        none = {"".join(history): 0 for history in product("01", repeat=len(logs))}
        self._histories, self._partial = Counter(none), Counter(none)
        self._all: Counter[str] = Counter()

    def add(self, part: Logged) -> None:
        """Count some searches."""
        held, touched = np.array(part.held), np.array(part.touched)
        every, some = np.asarray(touched.all(axis=0)), np.asarray(touched.any(axis=0))
        codes = (held * 2 ** np.arange(len(held))[::-1, None]).sum(axis=0)
        for histories, among in ((self._histories, every), (self._partial, some & ~every)):
            for code, number in zip(*np.unique(codes[among], return_counts=True), strict=True):
                histories[f"{int(code):0{len(held)}b}"] += int(number)
        logged: Flag = np.asarray(held.any(axis=0))
        in_own = np.any(part.own, axis=0) if part.own else np.zeros(len(logged), np.bool_)
        self._all["made"] += len(logged)
        self._all["untouched"] += int((~some).sum())
        self._all["unseen"] += int((some & ~logged).sum())
        self._all["in no log"] += int((some & ~logged & ~in_own).sum())
        for at, counter in enumerate(self._counts):
            counter["touched"] += int(touched[at].sum())
            counter["held"] += int(held[at].sum())
            for name, flag in part.changes[at].items():
                counter[name] += int((flag & held[at]).sum())
        for (a, b), counter in self._pairs.items():
            self._add_pair(part, a, b, counter)
        for at, counter in enumerate(self._own):
            made, own = part.places == at, part.own[at]
            counter["made"] += int(made.sum())
            counter["both"] += int((own & held[at]).sum())
            counter["only own"] += int((own & ~held[at]).sum())
            counter["only network"] += int((made & ~own & held[at]).sum())

    def _add_pair(self, part: Logged, a: int, b: int, counter: Counter[str]) -> None:
        both = part.held[a] & part.held[b]
        counter["both"] += int(both.sum())
        counter["only first"] += int((part.held[a] & ~part.held[b]).sum())
        counter["only second"] += int((part.held[b] & ~part.held[a]).sum())
        shared = self._fields[a] & self._fields[b]
        carried = dict.fromkeys(_CHANGES, "reason" in shared)
        carried["miscounted"] = bool(shared & {"networks", "devices"})
        differ = {
            name: both & (part.changes[a][name] != part.changes[b][name]) & carried[name] for name in _CHANGES
        }
        # What is redacted on one side cannot be seen to be overwritten on the other.
        differ["overwritten"] &= ~differ["redacted"]
        for name, flag in differ.items():
            counter[name] += int(flag.sum())
        counter["contradicting"] += int(np.any(list(differ.values()), axis=0).sum())

    def truth(self, labels: Sequence[str], paths: Sequence[str], own_paths: Sequence[str]) -> LogsTruth:
        """Give what the logs hold.

        Args:
            labels: The producers, in the order of the logs.
            paths: The files of their network audit logs.
            own_paths: The files of the organisation audits, of the first producers.
        """
        return LogsTruth(
            made=self._all["made"],
            untouched=self._all["untouched"],
            logs={
                label: NetworkLogTruth(
                    path=path,
                    layout=log.layout,
                    touched=counter["touched"],
                    held=counter["held"],
                    lost=counter["touched"] - counter["held"],
                    redacted=counter["redacted"],
                    overwritten=counter["overwritten"],
                    miscounted=counter["miscounted"],
                    shift=log.shift,
                )
                for label, path, log, counter in zip(labels, paths, self._logs, self._counts, strict=True)
            },
            own={
                label: OwnLogTruth(
                    path=path,
                    made=counter["made"],
                    both=counter["both"],
                    only_own=counter["only own"],
                    only_network=counter["only network"],
                    neither=counter["made"] - counter["both"] - counter["only own"] - counter["only network"],
                )
                for label, path, counter in zip(labels, own_paths, self._own, strict=False)
            },
            pairs=tuple(
                PairTruth(
                    first=labels[a],
                    second=labels[b],
                    both=counter["both"],
                    only_first=counter["only first"],
                    only_second=counter["only second"],
                    contradicting=counter["contradicting"],
                    redacted=counter["redacted"],
                    overwritten=counter["overwritten"],
                    miscounted=counter["miscounted"],
                    shift=self._logs[b].shift - self._logs[a].shift,
                )
                for (a, b), counter in self._pairs.items()
            ),
            histories=dict(sorted(self._histories.items())),
            partial=dict(sorted(self._partial.items())),
            unseen=self._all["unseen"],
            in_no_log=self._all["in no log"],
        )
