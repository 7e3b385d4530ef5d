"""Sets the comparison of every template with every other beside a plain product of matrices in single precision.

    .venv/bin/python bench/templates.py
    .venv/bin/python bench/templates.py --small
    .venv/bin/python bench/templates.py --write    the figures into docs/method/error-rates.md too

`compare_all` computes each score and counts it by group and bin; the plain product `a @ b.T` computes every score, block by block, and
throws it away. Both run in one process, alternately, with the same library of linear algebra and the same threads, and the speed is in
operations a second: two for each dimension and score. The plain product computes the whole table; ours computes half of it, and what it
computes beside that is said. Its speed is given twice: by all scores that it computes, which is held against the target, and by the scores
that it counts. What the answer costs against the plain product of the whole table is printed beside.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import marked
import numpy as np
from machine import cores, load, stated
from numpy.typing import NDArray
from tables import table

from answerable.biometrics import templates

_SIZES, _SMALL = (10_000, 20_000), (2_000,)
_DIMENSIONS, _EACH, _GROUPS = 512, 4, 8
_BLOCK = 4_096
_AT_LEAST = 0.7  # of the plain product's speed
_SEED = 20_253

Templates = NDArray[np.float32]
Wholes = NDArray[np.int64]


def _made(number: int) -> tuple[Templates, Wholes, Wholes]:
    """Draw templates of length one, four for each person, in eight groups."""
    generator = np.random.default_rng(_SEED)
    drawn = generator.standard_normal((number, _DIMENSIONS), dtype=np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    people = np.arange(number) // _EACH
    return drawn, people, people % _GROUPS


def _plain(given: Templates) -> None:
    """Compute every score, block by block, into one block's memory."""
    room = np.empty((_BLOCK, _BLOCK), dtype=np.float32)
    for top in range(0, len(given), _BLOCK):
        rows = given[top : top + _BLOCK]
        for left in range(0, len(given), _BLOCK):
            columns = given[left : left + _BLOCK]
            np.matmul(rows, columns.T, out=room[: len(rows), : len(columns)])


def _computed(groups: Wholes) -> int:
    """Give the scores that `compare_all` computes, those beside the half of the table included."""
    blocks = templates._blocks(np.sort(groups), templates._BLOCK)  # noqa: SLF001 - what is computed in vain is no user's concern
    return sum((rows.stop - rows.start) * (columns.stop - columns.start) for rows, columns in blocks)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _measured(number: int, rounds: int) -> tuple[tuple[str, ...], float]:
    """Time both alternately; give a line of the table and our share of the plain product's speed.

    Raises:
        SystemExit: A comparison is missing from the counts.
    """
    given, people, groups = _made(number)
    pairs, computed = number * (number - 1) // 2, _computed(groups)
    found = templates.compare_all(given, people, groups)
    if int(found.mated.sum()) != number * (_EACH - 1) // 2 or int(found.non_mated.sum() + found.mated.sum()) != pairs:  # fmt: skip  # one condition
        raise SystemExit("a comparison is missing, or counted twice")
    _plain(given[: 2 * _BLOCK])
    ours, plain = [], []
    for _ in range(rounds):
        plain.append(_seconds(lambda: _plain(given)))
        ours.append(_seconds(lambda: templates.compare_all(given, people, groups)))
    took, whole = statistics.median(ours), statistics.median(plain)
    each = 2 * _DIMENSIONS / 1e9
    speed, useful, product = each * computed / took, each * pairs / took, each * number**2 / whole
    line = (
        f"{number:,}",
        f"{took:.2f} s ({min(ours):.2f} to {max(ours):.2f})",
        f"{whole:.2f} s ({min(plain):.2f} to {max(plain):.2f})",
        f"{product:,.0f}",
        f"{speed:,.0f} ({100 * speed / product:.0f} %)",
        f"{useful:,.0f} ({100 * useful / product:.0f} %)",
        f"{computed / pairs - 1:.1%}",
        f"{took / whole:.2f}",
    )
    return line, speed / product


def main(sizes: tuple[int, ...], rounds: int, *, write: bool) -> None:
    """Measure and print.

    Raises:
        SystemExit: At the largest full size ours has not the share of the plain product's speed that is asked for.
    """
    began_with = load()
    print(f"Load average: {began_with:.1f}. Above 0.5, other work disturbs the times.")
    measured = [_measured(number, rounds) for number in sizes]
    head = ("templates", "`compare_all`", "plain product", "its speed", "ours, scores computed", "ours, scores counted", "computed in vain", "time ÷ product")  # fmt: skip  # a table: what stands in one line belongs together
    lines = [
        stated(began_with),
        f"{_DIMENSIONS} dimensions, {_GROUPS} groups, {_EACH} templates of each person, 2,000 bins; {cores()} cores. Speeds in 10⁹ operations a second.",
        "",
        *table(head, [line for line, _ in measured]),
        f"Asked, of {_SIZES[-1]:,} templates: at least {100 * _AT_LEAST:.0f} % of the plain product's speed.",
    ]
    print("\n".join(lines))
    share = measured[-1][1]
    if sizes == _SIZES and share < _AT_LEAST:
        raise SystemExit(f"it was {100 * share:.0f} %")
    if write:
        marked.write("method/error-rates.md", "bench/templates.py", "\n".join(lines) + "\n", "speed")


if __name__ == "__main__":
    main(*((_SMALL, 2) if "--small" in sys.argv[1:] else (_SIZES, 5)), write="--write" in sys.argv[1:])
