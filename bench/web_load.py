"""Measures how long the web app lets reviewers wait: 50 of them at once, for two minutes, on a case of a million searches.

    .venv/bin/python bench/web_load.py
    .venv/bin/python bench/web_load.py --rows 20000 --reviewers 10 --seconds 20

Each reviewer opens an item, thinks, and saves its answers; what is timed is each request by itself. The server runs in a
process of its own. At the end every judgement that was acknowledged is looked for in the journal.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from making import main as make_town

from answerable.auditing import audit, draw_review, review_of
from answerable.auditing.planning import sizes
from answerable.auditing.reviewing import frame_of
from answerable.case import CaseFolder
from answerable.review import Request

_CHOICES = ("does-not-fit", "none-stated", "cannot-tell")
_SEED = "51326143265412635412"
_PAGES = (
    "/",
    "/findings",
    "/measures",
    "/measures/searches.no_reason",
    "/sources",
    "/reviews",
    "/report.html",
)


@dataclass
class Waited:
    """What one reviewer saw: seconds by kind of request, faults, and the notes of what was acknowledged."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"open": [], "save": []})
    faults: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)


class Browser:
    """A browser with a cookie of its own, and one connection that it keeps."""

    def __init__(self, port: int, cookie: str) -> None:
        self._host, self._port, self._cookie = "127.0.0.1", port, f"answerable_{port}={cookie}"
        self._line = http.client.HTTPConnection(self._host, port, timeout=60)

    def ask(self, page: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Ask for a page, or send a form: the status, where it leads and the seconds that it took."""
        headers = {"Cookie": self._cookie, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
        body = urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self._line.request("GET" if form is None else "POST", page, body, headers)
        answer = self._line.getresponse()
        answer.read()
        return answer.status, answer.getheader("location", ""), time.perf_counter() - begun


def serve(case: Path, reviewers: int) -> None:
    """Serve a case as the command does, with a session for each of so many browsers; print the port and their cookies."""
    import socket  # noqa: PLC0415 - the server's part, in a process of its own

    import uvicorn  # noqa: PLC0415 - as above

    from answerable.web.app import make_app  # noqa: PLC0415 - as above
    from answerable.web.doors import Doors  # noqa: PLC0415 - as above
    from answerable.web.hall import Hall  # noqa: PLC0415 - as above

    bound = socket.create_server(("127.0.0.1", 0))
    port = bound.getsockname()[1]
    with Hall(CaseFolder(case)) as hall:
        doors = Doors.at("127.0.0.1", port)
        print(json.dumps([port, [doors.admit() for _ in range(reviewers)]]), flush=True)
        config = uvicorn.Config(
            make_app(hall, doors), http="h11", ws="none", lifespan="off", log_config=None, access_log=False
        )
        uvicorn.Server(config).run(sockets=[bound])


def review(browser: Browser, reviewer: str, until: float, think: float, waited: Waited) -> None:
    """Judge one item after the other until the time is over."""
    chance = random.Random(reviewer)  # noqa: S311 - a pace and answers to measure with
    browser.ask("/reviews/load/as", {"reviewer": reviewer})
    time.sleep(chance.uniform(0, think))
    while time.monotonic() < until:
        status, page, _ = browser.ask("/reviews/load/next")
        if status != 303 or "/items/" not in page:
            waited.faults.append(f"next: {status} {page}")
            return
        status, _, took = browser.ask(page)
        waited.seconds["open"].append(took)
        if status != 200:
            waited.faults.append(f"open: {status}")
        time.sleep(chance.uniform(0.5 * think, 1.5 * think))
        note = f"{reviewer} {len(waited.saved)}"
        form = {
            "reviewer": reviewer,
            "note": note,
            "q-purpose": chance.choice(_CHOICES),
            "q-support": "cannot-tell",
        }
        status, _, took = browser.ask(page, form)
        waited.seconds["save"].append(took)
        if status == 303:
            waited.saved.append(note)
        else:
            waited.faults.append(f"save: {status}")


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share of them lies, in milliseconds."""
    return 1_000 * sorted(values)[min(int(share * len(values)), len(values) - 1)]


def main() -> None:
    """Make the case, serve it, let reviewers work, and print how long they waited."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--reviewers", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument(
        "--think", type=float, default=2.0, help="seconds that an item takes to judge, on average"
    )
    asked.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.serve:
        serve(given.serve, given.reviewers)
        return
    with tempfile.TemporaryDirectory() as folder:
        town, case = Path(folder) / "town", Path(folder) / "case"
        make_town(given.rows, town)
        audit(town, case, policy=["us-ca", "good-practice"], timezone="America/Los_Angeles")
        frame = frame_of(case, "searches")
        names = tuple(f"reviewer {number}" for number in range(1, given.reviewers + 1))
        size = min(len(frame), round(given.reviewers * (given.seconds / given.think + 20)))
        draw_review(
            case, Request(name="load", seed=_SEED, sizes=sizes(frame, size), reviewers=names), frame=frame
        )
        command = [sys.executable, __file__, "--serve", str(case), "--reviewers", str(given.reviewers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                port, cookies = json.loads(server.stdout.readline())
                work([Browser(port, cookie) for cookie in cookies], names, given, case)
            finally:
                server.terminate()


def work(browsers: list[Browser], names: Sequence[str], given: argparse.Namespace, case: Path) -> None:
    """Let every reviewer work, and print what came of it."""
    first = browsers[0]
    first.ask("/reviews/load/as", {"reviewer": names[0]})
    page = first.ask("/reviews/load/next")[1]
    print(f"{given.rows:,} searches; the first item, which reads all: {first.ask(page)[2]:.1f} s")
    for page in _PAGES:
        first.ask(page)
        print(f"{page}: {percentile([first.ask(page)[2] for _ in range(9)], 0.5):.0f} ms (median of 9)")
    until = time.monotonic() + given.seconds
    waited = [Waited() for _ in names]
    threads = [
        threading.Thread(target=review, args=(browser, name, until, given.think, each))
        for browser, name, each in zip(browsers, names, waited, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kind in ("open", "save"):
        took = [value for each in waited for value in each.seconds[kind]]
        shown = ", ".join(f"p{share} {percentile(took, share / 100):.0f} ms" for share in (50, 95, 99))
        print(f"{kind}: {len(took):,} requests, {shown}, most {1_000 * max(took):.0f} ms")
    held = {entry.note for entry in review_of(case, "load").journal.entries()}
    saved = {note for each in waited for note in each.saved}
    faults = [fault for each in waited for fault in each.faults]
    print(
        f"{len(names)} reviewers for {given.seconds:g} s, {given.think:g} s an item: {len(saved):,} judgements acknowledged"
    )
    print(f"lost: {len(saved - held)}; faults: {len(faults)} {faults[:3]}")


if __name__ == "__main__":
    main()
