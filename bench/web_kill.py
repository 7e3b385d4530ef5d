"""Kills a server in the middle of judgements, 200 times, and says what was lost of what it had acknowledged.

.venv/bin/python bench/web_kill.py
.venv/bin/python bench/web_kill.py --kills 20
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(
    0, str(Path(__file__).resolve().parent.parent / "tests")
)  # the same loop as the test's, for longer

from answerable.auditing import audit, simulate, verify
from review.conftest import drawn
from web_kills import kill_often


def main() -> None:
    """Make a small case, draw a review, and kill."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        town, case = Path(folder) / "town", Path(folder) / "case"
        simulate(town, rows=1_000, seed=7)
        audit(town, case, timezone="America/Los_Angeles")
        drawn(case, size=60, reviewers=("ann",))
        found = kill_often(case, "first", given.kills, given.seed)
        differences = verify(case)
    print(f"kills -9: {found.kills}")
    print(f"judgements acknowledged: {found.acknowledged}")
    print(f"of these lost: {len(found.lost)}")
    print(f"judgements cut off: {found.unanswered}; entries that nobody sent: {found.unknown}")
    print(f"differences that verify finds: {len(differences)}")
    sys.exit(bool(found.lost or found.unknown or differences))


if __name__ == "__main__":
    main()
