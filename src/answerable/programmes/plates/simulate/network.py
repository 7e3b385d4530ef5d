"""Which agencies of a synthetic county share their cameras with which, at two dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.chance import below, hashed
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.organisations import ORGANISATIONS, organisations

__all__ = ["Edge", "Network", "SharingTruth", "Snapshot"]

Edge = tuple[int, int]
Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]

_FIRST_ID, _STEP = 101, 7
_MOST = 100_000  # there are fewer agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What one list of sharing holds. Only home agencies' lists were released, so they alone are givers.

    Attributes:
        path: The file.
        edges: Pairs of a giver and a receiver.
        givers: Agencies that share with anybody.
        receivers: Agencies that anybody shares with.
        mutual: Pairs of agencies of which each shares with the other.
        one_way: Edges between two givers that only one of them shares along.
        out_of_state: Edges to an agency of another state.
        federal: Edges to an agency tagged ``[Federal]``.
        two_steps: By giver, the other agencies that are reached in at most two steps.
    """

    path: str
    edges: int
    givers: int
    receivers: int
    mutual: int
    one_way: int
    out_of_state: int
    federal: int
    two_steps: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingTruth:
    """Sharing at two dates, and between them the edges that are new, gone and kept."""

    dates: tuple[str, str]
    snapshots: tuple[Snapshot, Snapshot]
    added: int
    removed: int
    kept: int


class Network:
    """The agencies of one county, by number, and the edges between them at two dates.

    Raises:
        ValueError: There are fewer edges than are to be removed, or fewer pairs left than are to be added.
    """

    def __init__(self, county: County) -> None:
        self._county = county
        self.names, parts = organisations(county.agencies, county.home)
        kinds = dict(zip(ORGANISATIONS, (range(*part) for part in parts), strict=True))
        self._home, self._abroad, self._federal = kinds["home"], kinds["out_of_state"], kinds["federal"]
        others = np.array([*self._home, *self._abroad, *self._federal], np.int64)
        giver, receiver = np.repeat(np.array(self._home), len(others)), np.tile(others, len(self._home))
        giver, receiver = giver[giver != receiver], receiver[giver != receiver]
        shared = self._shared(giver, receiver)
        first = _edges(giver[shared], receiver[shared])
        leaving = self._drawn("sharing removed", sorted(first), county.removed)
        joining = self._drawn(
            "sharing added", sorted(_edges(giver[~shared], receiver[~shared])), county.added
        )
        self.edges: tuple[set[Edge], set[Edge]] = (first, first - leaving | joining)
        """The edges at the first date and at the second."""
        self.leaving, self.joining = leaving, joining

    def number_of(self, agency: int) -> int:
        """Give an agency's number in the system."""
        return _FIRST_ID + _STEP * agency

    def _chance(self, stream: str, first: Whole, second: Whole) -> NDArray[np.uint64]:
        return hashed(self._county.seed, stream, first * _MOST + second)

    def _shared(self, giver: Whole, receiver: Whole) -> Flag:
        """Say along which edges the first agency shares with the second at the first date."""
        county = self._county
        low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
        one_way = below(self._chance("one way", low, high), county.one_way)
        this_way = (self._chance("which way", low, high) & np.uint64(1) == 1) == (giver == low)
        at_home = below(self._chance("shared", low, high), county.sharing) & (~one_way | this_way)
        abroad = below(self._chance("shared abroad", giver, receiver), county.out_of_state)
        federal = below(self._chance("shared federal", giver, receiver), county.federal)
        kinds = [np.isin(receiver, kind) for kind in (self._abroad, self._federal)]
        return np.select(kinds, [abroad, federal], at_home)

    def _drawn(self, stream: str, edges: list[Edge], wanted: int) -> set[Edge]:
        if wanted > len(edges):
            raise ValueError(f"{stream}: {wanted} edges are wanted, and there are {len(edges)}")
        pairs = np.array(edges, np.int64).reshape(-1, 2)
        order = np.argsort(self._chance(stream, pairs[:, 0], pairs[:, 1]))
        return {edges[place] for place in order[:wanted].tolist()}

    def _snapshot(self, edges: set[Edge], path: str) -> Snapshot:
        receivers: dict[int, set[int]] = {}
        for giver, receiver in edges:
            receivers.setdefault(giver, set()).add(receiver)
        mutual = sum((receiver, giver) in edges for giver, receiver in edges)
        between = sum(receiver in receivers for _, receiver in edges)
        reached = {
            giver: near.union(*(receivers.get(one, set()) for one in near)) - {giver}
            for giver, near in receivers.items()
        }
        return Snapshot(
            path=path,
            edges=len(edges),
            givers=len(receivers),
            receivers=len({receiver for _, receiver in edges}),
            mutual=mutual // 2,
            one_way=between - mutual,
            out_of_state=sum(receiver in self._abroad for _, receiver in edges),
            federal=sum(receiver in self._federal for _, receiver in edges),
            two_steps={self.names[giver]: len(reached[giver]) for giver in sorted(reached)},
        )

    def truth(self, paths: Mapping[str, str]) -> SharingTruth:
        """Give what the lists hold.

        Args:
            paths: The two dates, and the file of each.
        """
        (first, second), (then, now) = self.edges, paths
        return SharingTruth(
            dates=(then, now),
            snapshots=(self._snapshot(first, paths[then]), self._snapshot(second, paths[now])),
            added=len(second - first),
            removed=len(first - second),
            kept=len(first & second),
        )


def _edges(giver: Whole, receiver: Whole) -> set[Edge]:
    return set(zip(giver.tolist(), receiver.tolist(), strict=True))
