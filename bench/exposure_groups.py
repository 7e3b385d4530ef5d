"""Sets flags by group of residents beside fairlearn and aequitas, on one table of residents: the same numbers, and how fast.

    .venv/bin/python bench/exposure_groups.py
    .venv/bin/python bench/exposure_groups.py --small
    .venv/bin/python bench/exposure_groups.py --write    the figures into docs/method/forecasts.md too

Each row of the table is a resident: the area, the group, and whether the area is flagged. Everybody gives the selection rate of each
group (the share of its residents whose area is flagged) and its ratio to the largest group's. The peers live in environments of their
own, which the first run makes; aequitas has to be 0.42.0, with a pandas of its time. The times are processor time
within each process, which other work disturbs less, from arrays or a frame in memory to rates and ratios, alternately; the run stops
where a number differs.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

import marked
from machine import load, stated
from peers import FOLDER, environment
from tables import table
from timing import Contender, alternate, run

_HERE = Path(__file__).resolve().parent
_PYTHON = Path(sys.executable)
_ROWS, _SMALL, _AREAS, _GROUPS = 1_000_000, 50_000, 661, 6
_CLOSE = 1e-9
_OURS, _DOUBT = "`exposure`", "`exposure` with the census's error, 1,000 draws"
_FAIRLEARN, _AEQUITAS = "fairlearn 0.14.0, MetricFrame", "aequitas 0.42.0, Group and Bias"


def _farthest(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> float:
    """Give the largest difference between two lists of rates or of ratios."""
    return max(
        abs(one - other)
        for kind in ("rates", "ratios")
        for one, other in zip(ours[kind], theirs[kind], strict=True)
    )


def main(rows: int, rounds: int, *, write: bool) -> None:
    """Make the residents, time everybody, hold their numbers against each other and print.

    Raises:
        SystemExit: A rate or a ratio differs.
    """
    began_with = load()
    print(f"Load average: {began_with:.1f}. Above 0.5, other work disturbs the times.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, script = FOLDER / f"exposure-groups-{rows}.npz", _HERE / "exposure_groups_script.py"
    run((_PYTHON, script, "make", path, *map(str, (rows, _AREAS, _GROUPS))))
    peers = ((_FAIRLEARN, "subjects", "fairlearn"), (_AEQUITAS, "aequitas", "aequitas"))
    contenders = [
        Contender(_OURS, (_PYTHON, script, "rates", path)),
        Contender(_DOUBT, (_PYTHON, script, "doubt", path)),
        *(
            Contender(name, (environment(where), "-W", "ignore", _HERE / f"exposure_groups_{which}.py", path))
            for name, where, which in peers
        ),
    ]
    taken = alternate(contenders, rounds, path)
    said = {name: json.loads(one.runs[0].printed) for name, one in taken.items()}
    apart = max(_farthest(said[_OURS], said[name]) for name, _, _ in peers)
    times = {
        name: sorted(float(json.loads(each.printed)["seconds"]) for each in one.runs)
        for name, one in taken.items()
    }
    ours = statistics.median(times[_OURS])
    lines = [
        f"{stated(began_with)} Other work ran beside it; what can be compared is what was measured alternately.",
        f"{rows:,} residents of {_GROUPS} groups in {_AREAS} areas, a tenth of them flagged. The largest difference of a selection rate, or of a",
        f"ratio to that of the largest group, is {apart:.2g}.",
        "",
        *table(
            ("", "processor time", "÷ ours", "whole process", "peak memory", "÷ ours"),
            [
                (
                    name,
                    f"{statistics.median(inner):.4f} s ({inner[0]:.4f} to {inner[-1]:.4f})",
                    f"{statistics.median(inner) / ours:,.1f}",
                    f"{taken[name].seconds:.2f} s",
                    f"{taken[name].peak / 1e6:,.0f} MB",
                    f"{taken[name].peak / taken[_OURS].peak:.1f}",
                )
                for name, inner in times.items()
            ],
        ),
        *table(
            ("group", "selection rate", "÷ largest group's", "95 % interval by the census's error"),
            [
                (
                    f"{at + 1}",
                    f"{rate:.12f}",
                    f"{ratio:.12f}",
                    "" if bounds is None else f"{bounds[0]:.3f} to {bounds[1]:.3f}",
                )
                for at, (rate, ratio, bounds) in enumerate(
                    zip(said[_OURS]["rates"], said[_OURS]["ratios"], said[_DOUBT]["intervals"], strict=True)
                )
            ],
        ),
        "The digits are those of all three. Neither peer has areas, or gives an interval for the census's error.",
    ]
    print("\n".join(lines))
    if apart > _CLOSE:
        raise SystemExit("the numbers should be the same")
    if write:
        marked.write("method/forecasts.md", "bench/exposure_groups.py", "\n".join(lines) + "\n", "groups")


if __name__ == "__main__":
    small = "--small" in sys.argv[1:]
    main(_SMALL if small else _ROWS, 1 if small else 5, write="--write" in sys.argv[1:])
