"""Writes what several producers' logs of one network hold of the same searches, with what each log dropped or changed."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import below
from answerable.programmes.plates.simulate.county import County, Log
from answerable.programmes.plates.simulate.drawing import Drawer, Searches
from answerable.programmes.plates.simulate.exports import export
from answerable.programmes.plates.simulate.log_counts import LogCounts, Logged, LogsTruth
from answerable.programmes.plates.simulate.rendering import Renderer
from answerable.programmes.plates.simulate.schedule import Schedule
from answerable.programmes.plates.simulate.text import write_lines
from answerable.programmes.plates.simulate.town import Town

__all__ = ["ProducerLogs"]

Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]

_AT_ONCE = 200_000
_OVERWRITTEN = "Investigation"
_KEPT_REASONS = ("no_reason", "vague")  # what is overwritten differs for certain, however texts are compared
_RECENT = 30 * 86_400_000  # milliseconds


class ProducerLogs:
    """Draws the searches of one county, writes them and counts what the logs hold.

    Args:
        county: The county.
        days: Its days.
        labels: The folder name of each operator, in the order of their numbers.

    Raises:
        ValueError: A log's layout has no search ID, and there are more searches than seconds to tell them apart.
    """

    def __init__(self, county: County, days: Days, labels: tuple[str, ...]) -> None:
        self._county, self._days, self._labels = county, days, labels
        self._logs: tuple[Log, ...] = county.held_logs
        self._drawer = Drawer(self._town())
        self._renderers = [Renderer(self._drawer, export(log.layout)) for log in self._logs]
        self.names = self._renderers[0].agencies[0]
        if self._drawer.schedule.crowded and not all("id" in one.export.fields for one in self._renderers):
            raise ValueError(
                "a layout has no search ID and the county more searches than seconds: make fewer"
            )
        self._counts = LogCounts(self._logs, county.own)
        self.recent: Counter[int] = Counter()
        """Searches of each organisation's own users in the 30 x 24 h of the portals' figures, by its place: made, not logged."""

    def _town(self) -> Town:
        """Give the town whose first searches are the county's: those on its days."""
        county = self._county
        months = (county.end.year - county.start.year) * 12 + county.end.month - county.start.month + 1
        rows, short = county.searches, 0
        while True:
            rows += short
            town = Town(
                rows=rows, seed=county.seed, start=county.start, months=months, timezone=county.timezone, home=county.home,
                agencies=county.agencies, canaries=county.canaries,
            )  # fmt: skip  # a list of what both have
            short = county.searches - int(Schedule(town).firsts[county.days])
            if short <= 0:
                return town

    # --- what is drawn ---------------------------------------------------------------------------------------

    def _drawn(self, numbers: Whole) -> Logged:
        searches = self._drawer.draw(numbers)
        places = self._renderers[0].places(searches)
        bits = self._drawer.bits
        together = below(bits("log together", numbers), self._county.dependence)
        touched, held, changes = [], [], []
        for at, log in enumerate(self._logs):
            reached = below(bits(f"touched {at}", numbers), self._county.touched)
            touched.append(reached | searches.wide | (places == at))
            draw = np.where(together, bits("log loss", numbers), bits(f"log loss {at}", numbers))
            held.append(touched[-1] & ~below(draw, log.loss))
            changes.append(self._changed(at, log, searches))
        own = [
            (places == at) & ~below(bits(f"own loss {at}", numbers), self._county.own_loss)
            for at in range(self._county.own)
        ]
        least = np.sum(touched, axis=0)
        networks = np.where(searches.networks > 0, np.maximum(searches.networks, least), 0)
        searches = replace(searches, networks=networks, devices=networks * 14)
        return Logged(searches, places, touched, held, changes, own)

    def _changed(self, at: int, log: Log, searches: Searches) -> dict[str, Flag]:
        """Say which searches a log changed, and how, as far as its layout can show it."""
        fields, bits, numbers = self._renderers[at].export.fields, self._drawer.bits, searches.number
        kept = [self._drawer.classes.index(name) for name in _KEPT_REASONS]
        redacted = below(bits(f"log redacted {at}", numbers), log.redacted) & ("reason" in fields)
        plain = ~redacted & ~np.isin(searches.reason, kept) & ("reason" in fields)
        counted = (searches.networks > 0) & bool(fields & {"networks", "devices"})
        return {
            "redacted": redacted,
            "overwritten": plain & below(bits(f"log overwritten {at}", numbers), log.overwritten),
            "miscounted": counted & below(bits(f"log miscounted {at}", numbers), log.miscounted),
        }

    # --- what is written -------------------------------------------------------------------------------------

    def write(self, folder: Path) -> dict[str, int]:
        """Write the logs below a folder, and give the rows of each file by its path."""
        files: dict[str, int] = {}
        with ExitStack() as open_files:
            network = [
                self._open(open_files, folder, at, "network-audit", files) for at in range(len(self._logs))
            ]
            own = [
                self._open(open_files, folder, at, "organisation-audit", files)
                for at in range(self._county.own)
            ]
            for first in range(0, self._county.searches, _AT_ONCE):
                part = self._drawn(np.arange(first, min(first + _AT_ONCE, self._county.searches)))
                self._counts.add(part)
                until = self._days.published * 1000
                late = (part.searches.when > until - _RECENT) & (part.searches.when <= until)
                self.recent.update(part.places[late].tolist())
                for at, (file, path) in enumerate(network):
                    files[path] += self._write_network(file, at, part)
                for at, (file, path) in enumerate(own):
                    chosen = part.own[at]
                    files[path] += write_lines(file, self._renderers[at].lines(_only(part.searches, chosen)))
        return files

    def _path(self, at: int, kind: str) -> str:
        return f"logs/{self._labels[at]}/{kind}.csv"

    def _open(
        self, stack: ExitStack, folder: Path, at: int, kind: str, files: dict[str, int]
    ) -> tuple[IO[bytes], str]:
        path = self._path(at, kind)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        file = stack.enter_context((folder / path).open("wb"))
        file.write(self._renderers[at].header().encode())
        files[path] = 0
        return file, path

    def _write_network(self, file: IO[bytes], at: int, part: Logged) -> int:
        held, log = part.held[at], self._logs[at]
        changes = {name: flag[held] for name, flag in part.changes[at].items()}
        searches = _only(part.searches, held)
        shown = replace(
            searches, when=searches.when + log.shift * 1000, withheld={"reason": changes["redacted"]}
        )
        lines = self._renderers[at].lines(
            shown, changes["miscounted"], {"reason": (changes["overwritten"], _OVERWRITTEN)}
        )
        return write_lines(file, lines)

    @property
    def truth(self) -> LogsTruth:
        """What the logs hold, once they are written."""
        own = [self._path(at, "organisation-audit") for at in range(self._county.own)]
        network = [self._path(at, "network-audit") for at in range(len(self._logs))]
        return self._counts.truth(self._labels[: len(self._logs)], network, own)


def _only(searches: Searches, chosen: Flag) -> Searches:
    """Give some of the searches."""
    columns = {name: getattr(searches, name) for name in Searches.__slots__ if name != "withheld"}
    return Searches(**{name: values[chosen] for name, values in columns.items()}, withheld={})
