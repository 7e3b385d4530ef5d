"""What was planted in a synthetic town's files, counted as it is planted and never by a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.drawing import Drawer, Searches
from answerable.programmes.plates.simulate.exports import Export
from answerable.programmes.plates.simulate.organisations import ORGANISATIONS
from answerable.programmes.plates.simulate.vocabulary import FILTERS

__all__ = ["Figure", "Tally", "Truth"]

Flag = NDArray[np.bool_]
Figure = tuple[float, float]

_DAY = 86400
_STATES = ("present", "blank", "withheld", "wildcard")
_BEYOND, _REPEATS, _APART, _TOP = 30 * _DAY, 3, 14 * _DAY, 10  # the measures' default parameters
_NO_USE = -1
_MEASURE_OF = {
    "vague": "vague_reason",
    "number_only": "number_only_reason",
    "mash": "keyboard_mash",
    "plate_in_reason": "plate_in_reason",
    "name_in_reason": "name_in_reason",
    "phone_in_reason": "phone_in_reason",
}
_PURPOSES = ("reason", "case_number", "offense_type")
_TRACES = ("plate_in_reason", "name_in_reason", "phone_in_reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a town's files hold.

    Attributes:
        layout: The layout that they were written in.
        fields: The fields that it carries.
        files: Rows written to each file, by its name and in order: searches, copies and damaged rows.
        rows: Distinct searches.
        written: Rows written: distinct searches, copies and damaged rows.
        duplicates_within: Copies in the same file as the first.
        duplicates_differing: Of those, the changed ones.
        duplicates_across: Copies in the next month's file.
        overlaps: Files (by their places, from 1) that share rows, and how many: (earlier, later, rows).
        faults: Damaged rows by kind; they are besides the distinct searches. A row with a NUL byte can be read
            by a reader that drops the byte.
        states: Cells by field and state, over the distinct searches.
        measures: (numerator, denominator) or, for a quantity, (value, number that it is over), by the name of
            the measure, with its default parameters. Hours and days are local, as they are to an audit that is told
            the zone. What the layout does not carry is not in here.
    """

    layout: str
    fields: tuple[str, ...]
    files: Mapping[str, int]
    rows: int
    written: int
    duplicates_within: int
    duplicates_differing: int
    duplicates_across: int
    overlaps: tuple[tuple[int, int, int], ...]
    faults: Mapping[str, int]
    states: Mapping[str, Mapping[str, int]]
    measures: Mapping[str, Figure]

    def __getitem__(self, measure: str) -> Figure:
        """Give what was planted for a measure: its numerator and denominator.

        Raises:
            KeyError: The layout does not carry what the measure needs, or nothing is planted for it.
        """
        if measure not in self.measures:
            raise KeyError(
                f"{measure}: the layout {self.layout} does not carry it, or nothing is planted for it"
            )
        return self.measures[measure]


class Tally:
    """Counts what is planted in distinct searches, chunk by chunk.

    Besides counts it holds 16 bytes per search by plate, until `measures` looks for repeated plates.
    """

    def __init__(self, drawer: Drawer, export: Export) -> None:
        self._drawer, self._fields, self._export = drawer, export.fields, export
        self._figures: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        self._states = {name: Counter(dict.fromkeys(_STATES, 0)) for name in sorted(export.fields)}
        self._per_user = np.zeros(drawer.town.users, np.int64)
        self._per_size = {"networks": np.zeros(6001, np.int64), "devices": np.zeros(6001 * 14, np.int64)}
        self._minutes: Counter[int] = Counter()
        self._days: set[int] = set()
        self._months: Counter[tuple[int, bool]] = Counter()
        self._pairs: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        self._user = "user_name" if "user_name" in export.fields else "user_id"

    @staticmethod
    def _shown(searches: Searches, name: str) -> Flag:
        """Say for which searches a field's cell is not withheld."""
        if name in searches.withheld:
            return np.logical_not(searches.withheld[name])
        return np.ones(len(searches.number), np.bool_)

    def _count(self, measure: str, counts: Flag, among: Flag) -> None:
        self._figures[f"searches.{measure}"] += int((counts & among).sum())
        self._totals[f"searches.{measure}"] += int(among.sum())

    def _blank(self, searches: Searches, name: str) -> Flag:
        tools = self._drawer.tools
        freeform = tools.index("freeform") if "freeform" in tools else _NO_USE
        empty = np.array([text == "" for text in FILTERS])
        blanks = {
            "networks": searches.networks == 0,
            "devices": searches.devices == 0,
            "plate": searches.no_plate,
            "reason": searches.reason == 0,
            "case_number": searches.no_case,
            "offense_type": searches.offense == 0,
            "filters": empty[searches.filters],
            "text_prompt": searches.tool != freeform,
        }
        return blanks[name] if name in blanks else np.zeros(len(searches.number), np.bool_)

    def add(self, searches: Searches) -> None:
        """Count some distinct searches."""
        states: dict[str, dict[str, Flag]] = {}
        for name, counter in self._states.items():
            shown, blank = self._shown(searches, name), self._blank(searches, name)
            wild = searches.wildcard & shown if name == "plate" else np.zeros(len(shown), np.bool_)
            states[name] = {
                "present": shown & ~blank & ~wild,
                "blank": shown & blank,
                "withheld": ~shown,
                "wildcard": wild,
            }
            for state, flag in states[name].items():
                counter[state] += int(flag.sum())
        self._add_times(searches)
        if "reason" in self._fields:
            self._add_reasons(searches, states)
        if "agency" in self._fields:
            self._add_organisations(searches)
        if self._fields & {"networks", "devices"}:
            self._add_reach(searches, states)
        if "frame" in self._fields:
            shown = self._shown(searches, "frame")
            self._count("lookback_beyond", searches.frame > _BEYOND, shown)
            self._minutes.update((searches.frame[shown] // 60).tolist())
        self._add_tools(searches)
        if self._user in self._fields:
            self._add_users(searches, states)

    def _add_times(self, searches: Searches) -> None:
        every = np.ones(len(searches.number), np.bool_)
        self._count("off_hours", searches.off_hours, every)
        self._count("weekend", self._drawer.schedule.weekend[searches.day], every)
        self._days.update(np.unique(searches.day).tolist())

    def _add_reasons(self, searches: Searches, states: dict[str, dict[str, Flag]]) -> None:
        shown = ~states["reason"]["withheld"]
        given = states["reason"]["present"]
        classes = self._drawer.classes
        self._count("no_reason", states["reason"]["blank"], shown)
        for number, name in enumerate(classes):
            if name not in ("no_reason", "unlisted"):
                self._count(_MEASURE_OF.get(name, f"topic.{name}"), searches.reason == number, given)
        traced = np.isin(searches.reason, [classes.index(name) for name in _TRACES])
        self._count("identifying_reason", traced, given)
        untold = ("no_reason", *(name for name, _ in self._drawer.town.topics))
        self._count("topic.none", ~np.isin(searches.reason, [classes.index(name) for name in untold]), given)
        purposes = [name for name in _PURPOSES if name in states]
        all_blank = np.all([states[name]["blank"] for name in purposes], axis=0)
        any_given = np.any([states[name]["present"] for name in purposes], axis=0)
        # A field that was not exported may have held the purpose.
        told = any_given | (all_blank if len(purposes) == len(_PURPOSES) else False)
        self._count("no_purpose", all_blank & told, told)
        if "case_number" in states:
            self._count("no_case_number", states["case_number"]["blank"], ~states["case_number"]["withheld"])

    def _add_organisations(self, searches: Searches) -> None:
        shown = self._shown(searches, "agency")
        kind = {name: searches.organisation == number for number, name in enumerate(ORGANISATIONS)}
        self._count("federal", kind["federal"], shown)
        self._count("inactive", kind["inactive"], shown)
        self._count("out_of_state", kind["out_of_state"], shown & ~kind["federal"] & ~kind["no_state"])

    def _add_reach(self, searches: Searches, states: dict[str, dict[str, Flag]]) -> None:
        seen = [states[name]["present"] for name in ("networks", "devices") if name in states]
        some = np.any(seen, axis=0)
        self._count("network_wide", searches.wide, some)
        months = searches.when.astype("datetime64[ms]").astype("datetime64[M]").astype(np.int64)
        for shown, wide in zip(seen, [searches.wide & flag for flag in seen], strict=True):
            self._months.update((month, False) for month in np.unique(months[shown]).tolist())
            self._months.update((month, True) for month in np.unique(months[wide]).tolist())
        for name, sizes in self._per_size.items():
            if name in states:
                shown = getattr(searches, name)[states[name]["present"]]
                self._per_size[name] = sizes + np.bincount(shown, minlength=len(sizes))

    def _add_tools(self, searches: Searches) -> None:
        tools, outcomes = self._drawer.tools, self._drawer.outcomes
        if "search_type" in self._fields:
            shown = self._shown(searches, "search_type")
            for name in ("convoy", "freeform", "visual"):
                self._count(name, searches.tool == (tools.index(name) if name in tools else _NO_USE), shown)
        if "moderation" in self._fields:
            shown = self._shown(searches, "moderation")
            for name, outcome in (("moderation_warned", "warn"), ("moderation_blocked", "block")):
                place = outcomes.index(outcome) if outcome in outcomes else _NO_USE
                self._count(name, searches.moderation == place, shown)
            self._count("moderated", searches.moderation != outcomes.index("allow"), shown)

    def _add_users(self, searches: Searches, states: dict[str, dict[str, Flag]]) -> None:
        shown = states[self._user]["present"]
        if "user_name" in states:
            named = states["user_name"]
            self._count("user_stated", named["present"], named["present"] | named["blank"])
        self._per_user += np.bincount(searches.user[shown], minlength=len(self._per_user))
        if "plate" in states:
            whole = shown & states["plate"]["present"]
            # A plate's code is under 2^34, so that both fit in one number.
            pair = searches.user[whole] << 34 | searches.plate[whole]
            self._pairs.append((pair, searches.when[whole] // 1000))
            self._totals["searches.repeated_plate"] += int(whole.sum())

    def states(self) -> dict[str, dict[str, int]]:
        """Give the cells by field and state."""
        return {name: dict(counter) for name, counter in self._states.items()}

    def measures(self) -> dict[str, Figure]:
        """Give what was planted, by measure."""
        rows = self._drawer.town.rows
        figures: dict[str, Figure] = {
            name: (self._figures[name], total) for name, total in self._totals.items()
        }
        figures["searches.records"] = (rows, rows)
        for state, name in (("withheld", "searches.redacted"), ("blank", "searches.blank_cells")):
            figures[name] = (
                sum(counter[state] for counter in self._states.values()),
                rows * len(self._states),
            )
        if self._days:
            span = max(self._days) - min(self._days) + 1
            figures["searches.days_covered"] = (span, span)
            figures["searches.gap_days"] = (span - len(self._days), span)
        # In a month without a wide search the largest of the others counts as wide: nothing is planted there.
        if {month for month, wide in self._months if not wide} != {
            month for month, wide in self._months if wide
        }:
            figures.pop("searches.network_wide", None)
        for name, sizes in self._per_size.items():
            if name in self._fields and sizes.any():
                figures[f"searches.{name}_per_search"] = (_middle(sizes), int(sizes.sum()))
        if self._minutes:
            table = np.zeros(max(self._minutes) + 1, np.int64)
            table[list(self._minutes)] = list(self._minutes.values())
            figures["searches.lookback"] = (round(_middle(table) / 1440, 2), int(table.sum()))
        if self._per_user.any():
            figures |= self._user_figures()
        if self._pairs:
            figures["searches.repeated_plate"] = (self._repeated(), self._totals["searches.repeated_plate"])
        return figures

    def _user_figures(self) -> dict[str, Figure]:
        counts = np.sort(self._per_user[self._per_user > 0])
        users, total = len(counts), int(counts.sum())
        weights = 2 * np.arange(1, users + 1) - users - 1
        return {
            "searches.users": (users, users),
            "searches.top_users": (int(counts[-_TOP:].sum()), total),
            "searches.gini": (round(int((weights * counts).sum()) / (users * total), 6), users),
            "searches.per_user": (int(counts[(users + 1) // 2 - 1]), users),
        }

    def _repeated(self) -> int:
        pairs = np.concatenate([pair for pair, _ in self._pairs])
        times = np.concatenate([when for _, when in self._pairs])
        self._pairs = []
        order = np.argsort(pairs, kind="stable")  # searches were added in the order of time
        pairs, times = pairs[order], times[order]
        firsts = np.flatnonzero(np.diff(pairs, prepend=_NO_USE))
        if not len(firsts):
            return 0
        sizes = np.diff(firsts, append=len(pairs))
        apart = times[firsts + sizes - 1] - times[firsts]
        return int(sizes[(sizes >= _REPEATS) & (apart >= _APART)].sum())


def _middle(sizes: NDArray[np.int64]) -> int:
    """Give the smallest size that at least half do not exceed, from the number of each size."""
    return int(np.searchsorted(np.cumsum(sizes), sizes.sum() / 2))
