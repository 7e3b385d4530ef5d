"""Kills a server in the middle of judgements, again and again, and says what was lost: nothing that was acknowledged may be."""

import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field

import httpx2

from answerable.auditing import review_of
from web_apps import OWN, running

__all__ = ["Killed", "kill_often"]

ANSWERS = ("does-not-fit", "none-stated", "cannot-tell")


@dataclass
class Killed:
    """What came of it.

    Attributes:
        kills: How often the server was killed.
        acknowledged: Judgements that the server said were saved.
        unanswered: Judgements that were sent and cut off: they may count or not.
        lost: Acknowledged judgements that the journal does not hold.
        unknown: Entries of the journal that nobody sent.
    """

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    lost: list = field(default_factory=list)
    unknown: int = 0


def kill_often(case, review, kills, seed=1):
    """Judge items of a review through a server that is killed with SIGKILL while it saves, and started again.

    Each judgement has a note of its own, by which it is known again in the journal.
    """
    chance = random.Random(seed)  # noqa: S311 - moments to kill at
    found, sent, saved = Killed(), set(), []
    numbers = [item.number for item in review_of(case, review).sample.items if "ann" in item.reviewers]
    for _ in range(kills):
        with (
            running(case) as (process, link, home),
            httpx2.Client(base_url=home, headers=OWN, timeout=30) as client,
        ):
            client.get(link)
            client.post(f"/reviews/{review}/as", data={"reviewer": "ann"})
            client.get(f"/reviews/{review}/items/{numbers[0]}")
            killer = threading.Timer(chance.uniform(0.02, 0.4), os.kill, (process.pid, signal.SIGKILL))
            killer.start()
            while True:
                note = f"judgement {len(sent)}"
                sent.add(note)
                given = {
                    "reviewer": "ann", "note": note, "q-purpose": chance.choice(ANSWERS), "q-support": "cannot-tell",
                }  # fmt: skip  # the fields of one form
                try:
                    answer = client.post(f"/reviews/{review}/items/{chance.choice(numbers)}", data=given)
                except httpx2.TransportError:
                    found.unanswered += 1
                    break
                assert answer.status_code == 303, answer.text
                saved.append(note)
            process.wait()
            found.kills += 1
        time.sleep(0.01)
    entries = review_of(case, review).journal.entries()  # raises where the chain is broken
    held = [entry.note for entry in entries]
    found.acknowledged = len(saved)
    found.lost = sorted(set(saved) - set(held))
    found.unknown = len(held) - len(set(held) & sent)
    return found
