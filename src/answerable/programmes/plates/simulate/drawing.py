"""Draws a synthetic town's searches: pure functions of the seed and a search's number.

Nothing is drawn in sequence, so any search can be drawn at any time, alone or among millions, and always
comes out the same. Only whole numbers are used, so that it comes out the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.chance import below, classes, hashed, pick
from answerable.programmes.plates.simulate.organisations import ORGANISATIONS
from answerable.programmes.plates.simulate.schedule import Schedule
from answerable.programmes.plates.simulate.town import Town
from answerable.programmes.plates.simulate.vocabulary import (
    FILTERS,
    OFFENSES,
    PHRASES,
    PROMPTS,
    UNLISTED,
    WITHOUT_PLATE,
)

__all__ = ["Drawer", "Searches"]

Whole = NDArray[np.int64]
Hashed = NDArray[np.uint64]
Flag = NDArray[np.bool_]

_HOUR, _DAY = 3600, 86400
_FRAMES = np.array([_HOUR, _DAY, 3 * _DAY, 7 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY], np.int64)
# The first is one second beyond the boundary, the last of the others exactly on it.
_LONG_FRAMES = np.array([30 * _DAY + 1, 31 * _DAY, 45 * _DAY, 60 * _DAY, 90 * _DAY, 365 * _DAY], np.int64)
_FOLLOWED = 2**33  # plates from here on are followed ones; no other is drawn as large


@dataclass(frozen=True, slots=True, kw_only=True)
class Searches:
    """Some searches as they were drawn: one array element per search, codes in place of text.

    ``when`` is UTC in milliseconds, ``day`` the number of the local day in the log, ``frame`` the look-back in
    seconds, ``reason`` the number of the reason's class in `Drawer.classes`, ``phrase`` a phrase in it.
    """

    number: Whole
    when: Whole
    day: Whole
    off_hours: Flag
    organisation: Whole
    user: Whole
    networks: Whole
    devices: Whole
    wide: Flag
    frame: Whole
    plate: Whole
    no_plate: Flag
    wildcard: Flag
    reason: Whole
    phrase: Whole
    no_case: Flag
    case: Whole
    offense: Whole
    filters: Whole
    tool: Whole
    prompt: Whole
    moderation: Whole
    withheld: dict[str, Flag]


@dataclass(frozen=True)
class Drawer:
    """Draws the searches of one town."""

    town: Town

    @cached_property
    def schedule(self) -> Schedule:
        """When the searches are made."""
        return Schedule(self.town)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes of reasons, in the order of their numbers."""
        return (
            "no_reason", "vague", "number_only", "mash", "plate_in_reason", "name_in_reason", "phone_in_reason",
            *(topic for topic, _ in self.town.topics), "unlisted",
        )  # fmt: skip  # a table: what stands in one line belongs together

    @cached_property
    def tools(self) -> tuple[str, ...]:
        """The search types, in the order of their numbers."""
        return (*(tool for tool, _ in self.town.tools), "lookup")

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The answers of moderation, in the order of their numbers."""
        return (*(outcome for outcome, _ in self.town.moderation), "allow")

    @cached_property
    def pools(self) -> list[tuple[int, int]]:
        """The first and the end of the users of each kind of organisation."""
        parts = np.array([60, 25, 5, 5, 5])
        ends = np.maximum(np.cumsum(parts) * self.town.users // 100, np.arange(1, 6))
        return list(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True))

    @cached_property
    def _weights(self) -> list[Whole]:
        # The busiest account is some 10 to 20 times as busy as the median one, as in released logs.
        return [np.cumsum(10**9 // (np.arange(end - first) + 8)) for first, end in self.pools]

    @cached_property
    def _followed(self) -> tuple[Whole, Whole, Whole]:
        """The searches that followers make, by number, with their users and their plates."""
        found: dict[int, tuple[int, int]] = {}
        first, end = self.pools[0]
        for place, follower in enumerate(self.town.followers):
            user = first + ((end - first) // 2 + place) % (end - first)
            for number in self.schedule.spread(follower.searches, follower.days, place, found):
                found[number] = (user, _FOLLOWED + place)
        numbers = np.array(sorted(found), np.int64)
        pairs = np.array([found[number] for number in numbers.tolist()], np.int64).reshape(-1, 2)
        return numbers, pairs[:, 0], pairs[:, 1]

    def bits(self, stream: str, numbers: Whole) -> Hashed:
        """Give random bits for some searches."""
        return hashed(self.town.seed, stream, numbers)

    def duplicated(self, numbers: Whole) -> tuple[Flag, Flag]:
        """Say which searches are written twice, and which of those copies are changed."""
        twice = below(self.bits("duplicate", numbers), self.town.duplicate)
        return twice, twice & below(self.bits("differing", numbers), self.town.duplicate_differing)

    def _users(self, numbers: Whole, organisation: Whole) -> Whole:
        bits = self.bits("user", numbers) >> np.uint64(16)  # 48 bits: more than the weights sum to
        user = np.zeros(len(numbers), np.int64)
        for kind, ((first, _), weights) in enumerate(zip(self.pools, self._weights, strict=True)):
            chosen = organisation == kind
            drawn = bits[chosen] % np.uint64(weights[-1])
            user[chosen] = first + np.searchsorted(weights, drawn.astype(np.int64), side="right")
        return user

    def _plates(self, numbers: Whole) -> Whole:
        """Draw plates with a long tail: most are searched once or twice, some hundreds of times."""
        bits, more = self.bits("plate", numbers), self.bits("plate rank", numbers)
        size = 2 ** pick(
            bits, np.array(13)
        )  # 1, 2, 4 ... 4,096: each as likely, so rank and count are inverse
        popular = 1024 * size + pick(more, 1024 * size)
        return np.where(below(more, 0.3), popular, 2**23 + pick(bits, max(2 * self.town.rows, 2**20)))

    def draw(self, numbers: Whole) -> Searches:
        """Draw some searches by their numbers, in the order given."""
        town, bits = self.town, self.bits
        when, day, off_hours = self.schedule.times(numbers)
        organisation = classes(
            bits("organisation", numbers),
            [0.0, town.out_of_state, town.federal, town.inactive, town.no_state],
        )
        organisation = np.where(organisation == len(ORGANISATIONS), 0, organisation)
        tool = classes(bits("tool", numbers), [share for _, share in town.tools])
        user, plate = self._users(numbers, organisation), self._plates(numbers)
        wildcard = below(bits("wildcard", numbers), town.wildcard)
        followed, users, plates = self._followed
        at = np.flatnonzero(np.isin(numbers, followed))
        if len(at):
            place = np.searchsorted(followed, numbers[at])
            user[at], plate[at], organisation[at] = users[place], plates[place], 0
            tool[at], wildcard[at] = len(self.tools) - 1, False
        no_plate = np.isin(tool, [self.tools.index(one) for one in WITHOUT_PLATE if one in self.tools])
        wide = below(bits("wide", numbers), town.network_wide)
        some = ~below(bits("zero", numbers), town.zero_networks)
        reach = bits("networks", numbers)
        networks = np.where(wide, 5800 + pick(reach, 201), 1 + pick(reach, 100)) * some
        long = below(bits("long", numbers), town.lookback_beyond_30)
        frame = bits("frame", numbers)
        reason = classes(
            bits("reason", numbers),
            [town.no_reason, town.vague, town.number_only, town.mash, town.plate_in_reason, town.name_in_reason,
             town.phone_in_reason, *(share for _, share in town.topics)],
        )  # fmt: skip  # a table: what stands in one line belongs together
        offense = 1 + pick(bits("offense", numbers), len(OFFENSES))
        return Searches(
            number=numbers,
            when=when,
            day=day,
            off_hours=off_hours,
            organisation=organisation,
            user=user,
            networks=networks,
            devices=networks * 14,
            wide=wide & some,
            frame=np.where(
                long, _LONG_FRAMES[pick(frame, len(_LONG_FRAMES))], _FRAMES[pick(frame, len(_FRAMES))]
            ),
            plate=plate,
            no_plate=no_plate,
            wildcard=wildcard & ~no_plate,
            reason=reason,
            phrase=(bits("phrase", numbers) >> np.uint64(1)).astype(np.int64),
            no_case=below(bits("no case", numbers), town.no_case_number),
            case=pick(bits("case", numbers), max(town.rows, 10_000)),
            offense=np.where(below(bits("no offense", numbers), town.no_offense_type), 0, offense),
            filters=pick(bits("filters", numbers), len(FILTERS)),
            tool=tool,
            prompt=1 + pick(bits("prompt", numbers), len(PROMPTS)),
            moderation=classes(bits("moderation", numbers), [share for _, share in town.moderation]),
            withheld={
                field: below(bits(f"withheld {field}", numbers), share) for field, share in town.withheld
            },
        )

    def phrases(self, reason_class: str) -> tuple[str, ...]:
        """Give the phrases that a class of reasons is written with."""
        if reason_class in PHRASES:
            return PHRASES[reason_class]
        if reason_class in ("unlisted", "plate_in_reason", "name_in_reason", "phone_in_reason"):
            return UNLISTED
        raise ValueError(
            f"there are no phrases for the topic {reason_class!r}; there are for {', '.join(PHRASES)}"
        )
