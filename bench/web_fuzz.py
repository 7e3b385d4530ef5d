"""Sends a running server whatever requests could be, for two minutes, and counts the answers by status: no 500 may be among them.

    .venv/bin/python bench/web_fuzz.py
    .venv/bin/python bench/web_fuzz.py --seconds 20 --seed 3

A request is made from its number and the seed; the number of one that fails is printed. At the end the case is verified.
"""

from __future__ import annotations

import argparse
import http.client
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(
    0, str(Path(__file__).resolve().parent.parent / "tests")
)  # the same requests as the test's, for longer

from answerable.auditing import audit, simulate, verify
from review.conftest import drawn
from web_apps import OWN, running
from web_fuzzed import Sent, request


def main() -> None:
    """Make a small case with a review, serve it, and send."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        town, case = Path(folder) / "town", Path(folder) / "case"
        simulate(town, rows=1_000, seed=7)
        audit(town, case, policy=["us-ca"], timezone="America/Los_Angeles")
        drawn(case, size=12, twice=4)
        with running(case) as (process, link, home):
            found, faults, number = _send(link, home.partition("//")[2], given.seed, given.seconds)
            alive = process.poll() is None
        differences = verify(case)
    print(f"requests sent in {given.seconds:.0f} s: {number}")
    for status, many in sorted(found.items(), key=str):
        print(f"  {status}: {many}")
    print(f"answers of 500 or more: {len(faults)}{' ' + str(faults[:10]) if faults else ''}")
    print(f"the server ran to the end: {alive}; differences that verify finds: {len(differences)}")


def _send(link: str, host: str, seed: int, seconds: float) -> tuple[Counter[int | str], list[int], int]:
    found: Counter[int | str] = Counter()
    faults: list[int] = []
    status, cookie = _ask(host, Sent("GET", "/login" + link.partition("/login")[2]), "")
    if status != http.HTTPStatus.SEE_OTHER:
        raise SystemExit("the server let nobody in")
    number = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number += 1
        try:
            status, _ = _ask(host, request(seed, number), cookie)
        except (http.client.HTTPException, OSError) as error:
            status = type(error).__name__  # what the protocol itself refuses, such as a body cut short
        found[status] += 1
        if isinstance(status, int) and status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            faults.append(number)
        if number % 20 == 0:
            _ask(host, Sent("POST", "/add/leave"), cookie)
    return found, faults, number


def _ask(host: str, sent: Sent, cookie: str) -> tuple[int | str, str]:
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request(
            sent.method, sent.target, sent.body or None, OWN | sent.headers | {"cookie": cookie}
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, (answer.getheader("set-cookie") or "").partition(";")[0]
    finally:
        connection.close()


if __name__ == "__main__":
    main()
