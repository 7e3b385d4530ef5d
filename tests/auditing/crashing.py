"""Audits that are killed at every step: run by test_killed.py in a process of its own, and prints JSON.

    python crashing.py light SOURCES SCRATCH    the step before every single change that Python makes to the disk
    python crashing.py whole SOURCES SCRATCH    after a delay, while a whole audit runs

Each audit runs in a fork that is killed with SIGKILL, once for a case that is not there yet and once for a case
that is added to. What the kill left, and what the next run makes of it, is told for each.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from answerable import auditing
from answerable.auditing import run
from answerable.errors import AnswerableError

CHANGES = {"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "fcntl.flock"}
DELAYS = (0.05, 0.2, 0.4, 0.7, 1.1)


def forked(work: Callable[[], None]) -> int:
    """Run something in a fork; give its process number. It leaves with 0, or 1 after an error."""
    child = os.fork()
    if child:
        return child
    code = 1
    with contextlib.suppress(BaseException):
        work()
        code = 0
    os._exit(code)


def changes(folder: Path, reached: Callable[[int], None]) -> None:
    """Call something before each change that is made to a folder, from now until this process ends."""
    so_far = 0

    def hook(event: str, values: tuple) -> None:
        nonlocal so_far
        writes = event == "open" and isinstance(values[2], int) and values[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in CHANGES:
            by_handle = (
                event in {"os.remove", "os.rmdir"} and values[1] != -1
            )  # inside a folder that is removed
            named = (
                event == "fcntl.flock"
                or by_handle
                or any(str(one).startswith(str(folder)) for one in values[:2])
            )
            so_far += named
            if named:
                reached(so_far)

    sys.addaudithook(hook)


def state(case: Path) -> dict:
    """Say what is there: no case, or one with its manifest's bytes, its sources and every difference."""
    if not (case / "current").is_symlink():
        return {"manifest": "", "sources": 0, "differences": []}
    return {
        "manifest": (case / "current" / "MANIFEST.json").read_text("utf-8"),
        "sources": len(auditing.open_case(case).sources),
        "differences": [str(one) for one in auditing.verify(case)],
    }


def left(case: Path) -> list[str]:
    """List what is in a case's folder and its versions beside the version that counts."""
    kept = (case / "current").readlink().name if (case / "current").is_symlink() else ""
    inside = {entry.name for entry in case.iterdir()} if case.is_dir() else set()
    versions = {entry.name for entry in (case / "versions").iterdir()} if "versions" in inside else set()
    return sorted((inside - {"key", ".lock", "current", "versions"}) | (versions - {kept}))


def killed_at(at: int, case: Path, audit: Callable[[], None]) -> int:
    """Fork an audit that kills itself before one of its changes; give how it ended."""

    def reached(count: int) -> None:
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        changes(case, reached)
        audit()

    return os.waitpid(forked(work), 0)[1]


def killed_after(delay: float, audit: Callable[[], None]) -> int:
    """Fork an audit and kill it after a while; give how it ended."""
    child = forked(audit)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def kills(mode: str, sources: list[Path], before: Path | None, case: Path) -> Iterator[tuple[str, int]]:
    """Kill an audit again and again, each time on a fresh copy of the case that was there before."""

    def audit() -> None:
        auditing.audit(sources, case)

    def fresh() -> None:
        shutil.rmtree(case, ignore_errors=True)
        if before:
            shutil.copytree(before, case, symlinks=True)

    for delay in DELAYS if mode == "whole" else ():
        fresh()
        yield f"after {delay} s", killed_after(delay, audit)
    for at in count(1) if mode == "light" else ():
        fresh()
        status = killed_at(at, case, audit)
        if status != signal.SIGKILL:  # an audit has fewer changes than that
            return
        yield f"before change {at}", status


def told(mode: str, sources: list[Path], before: Path | None, case: Path) -> list[dict]:
    """Kill, look, run again, look again."""
    found = []
    for at, status in kills(mode, sources, before, case):
        one = {"at": at, "killed": status == signal.SIGKILL, "after": state(case), "left": left(case)}
        one["begun"] = (case / ".lock").exists()
        try:
            again = auditing.audit(sources, case)
            one |= {"notices": again.notices, "next": state(case), "left next": left(case)}
        except AnswerableError as error:
            one |= {"notices": [str(error)], "next": {}, "left next": []}
        found.append(one)
    return found


def main(mode: str, sources: Path, scratch: Path) -> None:
    """Print what every kill left, for a new case and for one that is added to."""
    if mode == "light":
        run.answer = lambda draft, *_: (draft.folder / "report.html").write_text("made\n", encoding="utf-8")
    first, *_ = files = sorted(sources.iterdir())
    before = scratch / "before"
    auditing.audit(first, before)
    told_of = {
        "old": state(before),
        "new": told(mode, files, None, scratch / "new"),
        "adding": told(mode, files, before, scratch / "adding"),
    }
    sys.stdout.write(json.dumps(told_of))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
