"""Writes docs/performance.md from the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from measuring import AUDIT, BARE, COLD_ROWS, DUCKDB, FACE, FRONT, PANDAS, PANDAS_NEEDED, Size
from tables import table
from targets import FULL, Results, judged
from timing import Taken

__all__ = ["page"]

_PEERS = (DUCKDB, AUDIT, PANDAS, PANDAS_NEEDED)
_LEFT_OUT = "left out: more memory than the machine has"


def _time(taken: Taken) -> str:
    digits = 1 if taken.seconds >= 10 else 2
    low, high = taken.spread
    return f"{taken.seconds:.{digits}f} s ({low:.{digits}f} to {high:.{digits}f})"


def _beside_duckdb(sizes: Sequence[Size]) -> Iterator[str]:
    yield from ("## Beside plain DuckDB, and as the log grows", "")
    head = ("rows", "file", DUCKDB, f"`{AUDIT}`", "audit ÷ DuckDB", "DuckDB, s per million", "audit, s per million", "audit, s for each further million")  # fmt: skip  # a table: what stands in one line belongs together
    rows = [
        (
            f"{size.rows:,}",
            f"{size.bytes / 1e6:,.0f} MB",
            _time(size.taken[DUCKDB]),
            _time(size.taken[AUDIT]),
            f"**{size.taken[AUDIT].seconds / size.taken[DUCKDB].seconds:.2f}**",
            f"{size.per_million(DUCKDB):.2f}",
            f"{size.per_million(AUDIT):.2f}",
            f"{size.further(AUDIT, before):.2f}" if before else "",
        )
        for before, size in zip((None, *sizes), sizes, strict=False)
    ]
    yield from table(head, rows)
    yield from (
        "DuckDB only copies: it neither reads a time nor replaces a name. The audit reads, takes in, measures, sets two",
        "packs against the measures and writes the report, the workbook and the JSON. A part of its time does not depend",
        "on the number of rows, so that the seconds per million rows fall as the log grows; the last column shows what",
        "the rows that a log has more than the one above it cost.",
        "",
    )


def _beside_pandas(sizes: Sequence[Size]) -> Iterator[str]:
    yield from ("## Beside pandas", "")

    def against(size: Size, name: str) -> tuple[str, str]:
        if name not in size.taken:
            return _LEFT_OUT, ""
        return _time(size.taken[name]), f"**{size.taken[name].seconds / size.taken[AUDIT].seconds:.2f}**"

    rows = [
        (
            f"{size.rows:,}",
            _time(size.taken[AUDIT]),
            *against(size, PANDAS),
            *against(size, PANDAS_NEEDED),
        )
        for size in sizes
    ]
    yield from table(("rows", f"`{AUDIT}`", PANDAS, "÷ audit", PANDAS_NEEDED, "÷ audit"), rows)
    yield from (
        "The script computes five of the audit's measures, as a reader of pandas' own guide would: searches with no",
        "reason, with no case number, by the 10 busiest accounts, with a look-back of more than 30 × 24 h, and at the",
        "weekend by local time. The target is about the first form; the second, which reads only the columns that the",
        "five measures need, is shown because a careful writer would use it. The bench stops unless the audit, both forms",
        "and what was planted in the town give the same numerators and denominators.",
        "",
    )


def _memory(sizes: Sequence[Size]) -> Iterator[str]:
    yield from ("## Memory", "", "The largest resident memory of each process, over all its rounds.", "")
    rows = [
        (
            f"{size.rows:,}",
            *(
                f"{size.taken[name].peak / 1e9:.2f} GB" if name in size.taken else _LEFT_OUT
                for name in _PEERS
            ),
        )
        for size in sizes
    ]
    yield from table(("rows", *_PEERS), rows)


def _start(results: Results) -> Iterator[str]:
    cold = results.cold
    bare = cold[BARE].seconds
    yield from (
        "## A small log, and the start",
        "",
        f"Each in a new process, {results.cold_rounds} times, the files in the system's cache. `import answerable` loads",
        "a part of the package only when it is asked for; the line below it asks for the audit.",
        "",
    )
    rows = [
        (
            f"`{name}`" + (f", {COLD_ROWS:,} rows, two packs" if name == AUDIT else ""),
            _time(cold[name]),
            f"{cold[name].seconds - bare:.2f} s" if name != BARE else "",
        )
        for name in (BARE, FRONT, FACE, AUDIT)
    ]
    yield from table(("", "median (shortest to longest)", "more than the interpreter alone"), rows)


def page(results: Results) -> str:
    """Write the page."""
    large = results.sizes[-1]
    trial = (
        [
            f"**This was a trial with {large.rows:,} rows at most.** The targets about {FULL:,} rows are not judged by it.",
            "",
        ]
        if large.rows != FULL
        else []
    )
    lines = [
        "# Speed and memory",
        "",
        "<!-- Written by bench/run.py. Do not edit: run `make bench`. -->",
        "",
        f"- Measured on {results.date}.",
        f"- Machine: {results.machine}.",
        f"- Load average when the bench began: {results.load:.1f}. An idle machine has 0; above 0.5, other work disturbed the times.",
        "",
        *trial,
        "## Targets",
        "",
        *table(("target", "measured", ""), [(one.asked, one.measured, one.outcome) for one in judged(results)]),
        *_beside_duckdb(results.sizes),
        *_beside_pandas(results.sizes),
        *_memory(results.sizes),
        *_start(results),
        "## How it was measured",
        "",
        "The logs are synthetic, in layout `search-audit-14`: one CSV file with 20,000 accounts, 3,000 organisations and",
        f"six months. Every contender runs in a process of its own, from start to end, {results.rounds} times, and they take turns.",
        "Before each run the file is read once, so that all find it in the cache alike. Times are medians, with the shortest",
        "and the longest in brackets; a ratio is the quotient of two medians of this same run. Seconds depend on the",
        "machine; ratios do so less. 1 GB is 1,000,000,000 bytes.",
        "",
        "To run it again, with nothing else running:",
        "",
        "```sh",
        "make bench",
        "```",
        "",
        "It takes half an hour to an hour and 10 GB of disk under `build/bench`, which it removes. To try it on a smaller log:",
        "",
        "```sh",
        ".venv/bin/python bench/run.py --rows 200000",
        "```",
        "",
        "What else is measured has a bench of its own, and its figures where it is explained: a hundred million reads and the peers of",
        "[tracking power](method/tracking-power.md#speed-and-memory) (`bench/reads.py`, `bench/unicity.py`), two logs of ten million searches",
        "[matched](method/completeness.md#speed) (`bench/completeness.py`), [Spark beside DuckDB](how-to/use-spark.md) (`bench/spark.py`),",
        "and [scores](method/error-rates.md#speed) and the [people](method/groups-and-subjects.md) behind them (`bench/scores.py`,",
        "`bench/group_rates.py`, `bench/scores_streamed.py`, `bench/templates.py` and `bench/subjects.py`; each with `--write` puts its figures there).",
    ]  # fmt: skip  # a table: what stands in one line belongs together
    return "\n".join(lines) + "\n"
