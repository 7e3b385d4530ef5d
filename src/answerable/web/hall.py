"""What a server holds of the one case that it serves: the case as it stands, its reviews, and the lock of its one writer."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

from answerable.auditing import Case, review_of, shown_items
from answerable.case import CaseFolder
from answerable.errors import CaseError
from answerable.report.outputs import OUTPUTS
from answerable.review import ACTS, Conclusion, Desk, names, read_conclusions, trail_of
from answerable.review.desk import now
from answerable.review.journal import Entry
from answerable.review.sheets_written import Shown
from answerable.web.arriving import Arrivals
from answerable.web.work import Work

__all__ = ["Hall"]

_LOCK = ".serving"
_KEEP = 10.0  # seconds for which lines of a journal that were read are not read again
T = TypeVar("T")
_TRIES = 3  # a version may be replaced while it is read


class Hall:
    """The case that is served. Every method may be called from several threads at once.

    Args:
        folder: The case.
    """

    def __init__(self, folder: CaseFolder) -> None:
        self.folder = folder
        self.work = Work()
        self.arrivals = Arrivals(folder.path)
        self.trail = trail_of(folder)
        self.trail.keep = _KEEP
        self._guard = threading.Lock()
        self._lock: IO[str] | None = None
        self._case: tuple[str, Case] | None = None
        self._desks: dict[str, Desk] = {}
        self._shown: dict[tuple[str, str], Mapping[int, Shown]] = {}
        self._reading: dict[tuple[str, str], threading.Lock] = {}

    def __enter__(self) -> Self:
        self.may_write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            if self._lock:
                self.arrivals.sweep()
                if not self.folder.exists():  # a case that never came to be leaves nothing
                    for path in (self.folder.path / ACTS, self.folder.path / _LOCK):
                        path.unlink(missing_ok=True)
                    with suppress(OSError):
                        self.folder.path.rmdir()
                self._lock.close()
                self._lock = None

    def note(self, who: str, what: str, about: str = "") -> None:
        """Write into the case's trail that something was done; what a server that only reads is asked is not in it.

        Raises:
            CaseError: The trail was changed.
            StorageError: It could not be written.
        """
        if self.may_write():
            self.trail.append(Entry(n=0, at=now(), who=who, what=what, note=about, via="browser"))

    @property
    def title(self) -> str:
        """The case's name: its folder's, not its path."""
        return self.folder.path.resolve().name

    @property
    def path(self) -> Path:
        """The case's folder."""
        return self.folder.path

    def may_write(self) -> bool:
        """Say whether this server is the case's one writer; it becomes so where no other is."""
        with self._guard:
            if self._lock:
                return True
            try:
                held = (self.folder.path / _LOCK).open("w")
            except OSError:
                return False  # a case on a disk that cannot be written is read
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                held.close()
                return False
            self._lock = held
            self.arrivals.sweep()
            return True

    def is_new(self) -> bool:
        """Say whether there is no case here yet: the first files make it."""
        return not self.folder.exists()

    def steady(self, do: Callable[[], T]) -> T:
        """Do what reads the case, again where a new version took the place of the one that was being read.

        Args:
            do: What reads the case.
        """
        for _ in range(_TRIES):
            version = self._version()
            try:
                return do()
            except Exception:
                if self._version() == version:
                    raise
        return do()

    def case(self) -> Case:
        """Give the case as it stands now; it is read again once a new version counts.

        Raises:
            CaseError: It is damaged.
        """
        return self.steady(self._read)

    def _read(self) -> Case:
        version = self._version()
        with self._guard:
            if self._case is None or self._case[0] != version:
                self._case = version, Case(self.folder.path)
            return self._case[1]

    def conclusions(self) -> tuple[Conclusion, ...]:
        """Give what reviews came to, as the case holds it.

        Raises:
            CaseError: One is damaged.
        """
        return self.steady(lambda: read_conclusions(self.folder.current))

    def output(self, output: str) -> bytes:
        """Give the bytes of one of the four outputs.

        Raises:
            KeyError: It is none of them.
            CaseError: It cannot be read.
        """
        if output not in OUTPUTS:
            raise KeyError(output)
        try:
            return self.steady((self.folder.current / output).read_bytes)
        except OSError:
            raise CaseError(
                f"{output} cannot be read",
                expected="a case with its outputs",
                do="Run `answerable verify` on it.",
            ) from None

    def reviews(self) -> list[str]:
        """Give the names of the case's reviews."""
        return names(self.folder)

    def desk(self, review: str) -> Desk:
        """Give a review's desk; its sample never changes, and of its journal each request reads what was added.

        Raises:
            UsageError: There is no such review.
            CaseError: Its sample is damaged.
        """
        with self._guard:
            held = self._desks.get(review)
        if held is None:
            held = review_of(self.folder.path, review)
            held.journal.keep = _KEEP
            with self._guard:
                self._desks[review] = held
        return held

    def shown(self, desk: Desk) -> Mapping[int, Shown]:
        """Give every item of a review as it is shown, by its number; read once for each version of the case."""
        key = desk.sample.sha256, self._version()
        with self._guard:
            reading = self._reading.setdefault(key, threading.Lock())
        with reading:
            held = self._shown.get(key)
            if held is None:
                held = self.steady(
                    lambda: {one.item.number: one for one in shown_items(self.folder.path, desk)}
                )
                self._shown[key] = held
        return held

    def _version(self) -> str:
        self.folder.check()
        try:
            return self.folder.current.readlink().name
        except OSError:
            return ""
