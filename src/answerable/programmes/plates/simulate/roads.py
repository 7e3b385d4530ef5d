"""A synthetic county's roads: a grid with arterials, the quickest ways over it, and the cameras beside them.

The county lies in the sea, its ZIP codes are of the range that was never given out, and its streets and cameras are
named after what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.chance import hashed, pick
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.organisations import organisations
from answerable.programmes.plates.simulate.vocabulary import DETAILS

__all__ = ["Roads", "Site"]

Whole = NDArray[np.int64]

_SOUTH, _WEST = 34_000_000, -124_500_000  # millionths of a degree: some 400 km off the coast
_BLOCK = (6_600, 5_500)  # the same, eastward and northward
_ARTERIAL, _STREET = (40, 5), (70, 20)  # seconds for a block: at least, and how many more there may be
_EVERY = 3  # every third road is an arterial, the second one first
_TIES = 1024  # so many fractions of a second tell ways of the same length apart
_FAR = 2**40
_SILENCE, _ROOM = 10, 3  # days for which a camera is silent, and how many cameras there are at least


@dataclass(frozen=True, slots=True)
class Site:
    """One camera and where it stands; longitude and latitude are in millionths of a degree."""

    label: str
    place: str
    street: str
    zone: str
    longitude: int
    latitude: int
    operator: int


class Roads:
    """The crossings, roads and cameras of one county.

    Crossings are numbered from west to east and then from south to north.
    """

    def __init__(self, county: County) -> None:
        self.county = county
        self.nodes = county.across * county.down
        numbers = np.arange(self.nodes)
        x, y = numbers % county.across, numbers // county.across
        east, north = numbers[x < county.across - 1], numbers[y < county.down - 1]
        self.ends: Whole = np.concatenate(
            [np.stack([east, east + 1], 1), np.stack([north, north + county.across], 1)]
        )
        """The two crossings of each road between neighbours: an array (roads, 2)."""
        self._eastward = np.arange(len(self.ends)) < len(east)
        across = np.where(self._eastward, self.ends[:, 0] // county.across, self.ends[:, 0] % county.across)
        self.arterial: NDArray[np.bool_] = across % _EVERY == 1
        bits = hashed(county.seed, "road", np.arange(len(self.ends)))
        least = np.where(self.arterial, _ARTERIAL[0], _STREET[0])
        self.seconds: Whole = least + pick(bits, np.where(self.arterial, _ARTERIAL[1], _STREET[1]))
        self._costs = self.seconds * _TIES + (bits % np.uint64(_TIES)).astype(np.int64)

    @cached_property
    def _camera_roads(self) -> Whole:
        """The road of each camera: arterials first, the operators in turn, each within its part of the county."""
        county = self.county
        part = self.ends[:, 0] % county.across * county.operators // county.across
        bits = hashed(county.seed, "camera", np.arange(len(self.ends)))
        order = np.lexsort((bits, ~self.arterial))
        queues = [list(order[part[order] == operator]) for operator in range(county.operators)]
        chosen: list[int] = []
        for number in range(county.cameras):
            queue = queues[number % county.operators]
            if not queue:
                raise ValueError(
                    f"there is no road left for camera {number + 1}: give the county more crossings"
                )
            chosen.append(int(queue.pop(0)))
        return np.array(chosen, np.int64)

    def _streets(self, road: int) -> tuple[str, str, int]:
        """Give the names of a road and of the crossroad at its first end, and the number of the block."""
        x, y = int(self.ends[road, 0]) % self.county.across, int(self.ends[road, 0]) // self.county.across
        street = f"{DETAILS[y % len(DETAILS)].title()} Street"
        avenue = f"{DETAILS[-1 - x % len(DETAILS)].title()} Avenue"
        return (street, avenue, x) if self._eastward[road] else (avenue, street, y)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Every camera, in the order of their numbers. With faults one of them bears another's name."""
        county, sites = self.county, []
        last = (county.cameras - 1) // county.operators * county.operators  # the first operator's last camera
        for number, road in enumerate(self._camera_roads.tolist()):
            middle = [self.ends[road] % county.across, self.ends[road] // county.across]
            name, crossing, block = self._streets(road)
            zone = 1 + int(middle[0][0]) * 3 // county.across + int(middle[1][0]) * 3 // county.down * 3
            twice = county.faults and number == last > 0
            sites.append(
                Site(
                    f"Sample Camera {(number - county.operators if twice else number) + 1:02d}",
                    f"{name} at {crossing}",
                    f"{100 * (block + 1)} {name}",
                    f"{zone:05d}",
                    _WEST + int(middle[0].sum()) * _BLOCK[0] // 2,
                    _SOUTH + int(middle[1].sum()) * _BLOCK[1] // 2,
                    number % county.operators,
                )
            )
        return tuple(sites)

    @property
    def silent(self) -> tuple[int, range] | None:
        """The camera that reads nothing on some days, and those days; there is one in a county with faults and room for it."""
        county = self.county
        if not county.faults or county.cameras < _ROOM or county.days < 2 * _SILENCE:
            return None
        return county.operators % county.cameras, range(county.days // 3, county.days // 3 + _SILENCE)

    @cached_property
    def operator_names(self) -> tuple[str, ...]:
        """The names of the agencies that have cameras, in the order of their numbers."""
        names, _ = organisations(self.county.agencies, self.county.home)
        return tuple(names[: self.county.operators])

    @cached_property
    def operators(self) -> Whole:
        """The number of each camera's operator."""
        return np.array([site.operator for site in self.sites], np.int64)

    @cached_property
    def _next(self) -> Whole:
        """The neighbour towards each other crossing: Floyd and Warshall's shortest paths, in whole numbers."""
        cost = np.full((self.nodes, self.nodes), _FAR, np.int64)
        towards = np.tile(np.arange(self.nodes), (self.nodes, 1))
        a, b = self.ends.T
        cost[a, b] = cost[b, a] = self._costs
        np.fill_diagonal(cost, 0)
        for middle in range(self.nodes):
            through = cost[:, middle, None] + cost[None, middle, :]
            shorter = through < cost
            cost = np.where(shorter, through, cost)
            towards = np.where(shorter, towards[:, middle, None], towards)
        return towards

    @cached_property
    def passes(self) -> tuple[Whole, Whole, Whole]:
        """What each way passes: the number of cameras, which they are, and after how many seconds.

        A way is numbered as its first crossing times the number of crossings, plus its last. The arrays are
        (ways,), (ways, most cameras) and the same.
        """
        pairs = np.arange(self.nodes**2)
        at, goal = pairs // self.nodes, pairs % self.nodes
        a, b = self.ends.T
        road = np.zeros((self.nodes, self.nodes), np.int64)
        road[a, b] = road[b, a] = np.arange(len(self.ends))
        camera = np.full(len(self.ends), -1, np.int64)
        camera[self._camera_roads] = np.arange(len(self._camera_roads))
        counts, clock = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
        found: list[tuple[Whole, Whole, Whole, Whole]] = []
        while len(going := np.flatnonzero(at != goal)):
            on = road[at[going], self._next[at[going], goal[going]]]
            seen = camera[on] >= 0
            passing = going[seen]
            half = self.seconds[on[seen]] // 2
            found.append((passing, counts[passing], camera[on[seen]], clock[passing] + half))
            counts[passing] += 1
            clock[going] += self.seconds[on]
            at[going] = self._next[at[going], goal[going]]
        most = max(int(counts.max()), 1)
        cameras, offsets = np.zeros((len(pairs), most), np.int64), np.zeros((len(pairs), most), np.int64)
        for way, place, number, offset in found:
            cameras[way, place], offsets[way, place] = number, offset
        return counts, cameras, offsets

    @cached_property
    def commutes(self) -> Whole:
        """The ways that lead past a camera, which the people who live here take to work."""
        counts, _, _ = self.passes
        return np.flatnonzero(counts)
