"""Measures how often intervals and tests of comparisons that share people are right; writes docs/method/groups-and-subjects.md's tables.

Run by bench/coverage.py, or alone:

    .venv/bin/python bench/subjects_coverage.py            every table, and the page
    .venv/bin/python bench/subjects_coverage.py tried      one of them; its text is kept under build/bench/subjects_coverage

The page is written as soon as every table is there. Seeds are fixed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import marked
from subjects_measured import OURS, Covered, Groups, Rejected, beside, chosen, family, gaps, permuted, powers
from subjects_tried import LEVEL, REPLICATES, TRIED
from subjects_truths import EFFECTS, Design, Effect
from tables import table

from answerable.biometrics import for_ratio

_KEPT = Path(__file__).resolve().parent.parent / "build" / "bench" / "subjects_coverage"
_PEOPLE, _RATES = (20, 30, 40, 100), (0.1, 0.01, 0.001)
_EACH, _EACH_OF_MANY = 10, 1
_DRAWS, _DRAWS_OF_MANY, _DRAWS_TRIED, _DRAWS_FAMILY = 2_000, 300, 1_000, 400
_ONE_SIDED = tuple(one for one in EFFECTS if not one.pair and not one.loose)
_BEYOND = (
    Effect("logit-normal, 1.5", "logit", 1.5),
    Effect("logit-normal, 2", "logit", 2.0),
    EFFECTS[-1],
)


def _per_cent(share: float) -> str:
    """Give a per cent with one decimal, rounded down: no coverage is shown as more than it is."""
    return f"{math.floor(share * 1_000 + 1e-6) / 10:.1f}"


def _error(most: float) -> str:
    return f"± {100 * most:.1f}"


def _with_error(found: Rejected, name: str) -> str:
    return f"{_per_cent(found.shares[name])} {_error(found.error(name))}"


def _grid(
    people: int, rates: tuple[float, ...], effects: tuple[Effect, ...], draws: int, *, mated: bool
) -> Iterator[tuple[str, ...]]:
    each = _EACH_OF_MANY if people >= max(_PEOPLE) and not mated else _EACH
    for rate in rates:
        found = [chosen(Design(effect, rate, people, each, mated), draws) for effect in effects]
        pairs = people if mated else people * (people - 1) / 2
        yield (
            f"{people}",
            f"{100 * rate:g}",
            f"{rate * pairs * each:,.0f}",
            *(_per_cent(one.held) for one in found),
            _error(max(one.error for one in found)),
        )


def non_mated() -> Iterator[str]:
    """Yield the table of the shipped interval for non-mated comparisons."""
    yield from (
        "### The shipped interval, non-mated",
        "",
        f"At {100 * LEVEL:g} %; {_DRAWS:,} files each ({_DRAWS_OF_MANY:,} of 400 people), every pair compared {_EACH} times (of 100 and 400 people, once).",
        "Columns as above. The last is the largest Monte Carlo error of the row.",
        "",
    )
    head = ("people", "rate, %", "errors expected", *(one.name for one in EFFECTS), "error")
    rows = [row for people in _PEOPLE for row in _grid(people, _RATES, EFFECTS, _DRAWS, mated=False)]
    rows += _grid(400, (0.01,), EFFECTS, _DRAWS_OF_MANY, mated=False)
    yield from table(head, rows, right=True)


def mated() -> Iterator[str]:
    """Yield the table of the shipped interval for mated comparisons."""
    yield from (
        "### The shipped interval, mated",
        "",
        f"As above, every person compared {_EACH} times with itself.",
        "",
    )
    head = ("people", "rate, %", "errors expected", *(one.name for one in _ONE_SIDED), "error")
    rows = [
        row for people in (*_PEOPLE, 400) for row in _grid(people, _RATES, _ONE_SIDED, _DRAWS, mated=True)
    ]
    yield from table(head, rows, right=True)


def tried() -> Iterator[str]:
    """Yield the tables of every interval that was tried."""
    yield from (
        "### Every interval that was tried",
        "",
        f"Non-mated, rate 1 %, every pair compared {_EACH} times; {_DRAWS_TRIED:,} files each, bootstraps of {REPLICATES} replicates. *Width*: the median of",
        "upper limit ÷ lower limit, where people differ strongly (logit-normal, 1) and where they do not differ. The columns are how people differ.",
        "",
    )
    shown = [EFFECTS[at] for at in (0, 1, 2, 3, 4, 7)]
    for people in (20, 40, 100):
        found = [
            beside(Design(effect, 0.01, people, _EACH), _DRAWS_TRIED if people < 100 else 400)
            for effect in shown
        ]
        worst = max(one[name].error for one in found for name in (OURS,))
        yield from (
            f"{people} people; Monte Carlo error of the shipped interval's coverage at most {_error(worst)}.",
            "",
        )
        head = ("", *(one.name for one in shown), "width, strong", "width, none")
        yield from table(head, (_tried_row(name, found) for name in (OURS, *TRIED)))


def _tried_row(name: str, found: list[dict[str, Covered]]) -> tuple[str, ...]:
    return (
        name,
        *(_per_cent(one[name].held) for one in found),
        f"{found[2][name].width:.1f}",
        f"{found[0][name].width:.2f}",
    )


def few() -> Iterator[str]:
    """Yield the table of few errors, and of what lies beyond the conditions."""
    yield from (
        "### Few errors",
        "",
        f"Non-mated, every pair compared once; {_DRAWS:,} files each. Files without an error are in it: their interval goes from 0 to its bound.",
        "",
    )
    shown = [EFFECTS[at] for at in (0, 1, 2, 3, 7)]
    rows = []
    for people in (20, 40, 100):
        for expected in (0.5, 2, 5, 10, 20):
            rate = expected / (people * (people - 1) / 2)
            found = [chosen(Design(effect, rate, people, 1), _DRAWS) for effect in shown]
            rows.append(
                (
                    f"{people}",
                    f"{expected:g}",
                    *(_per_cent(one.held) for one in found),
                    _error(max(one.error for one in found)),
                )
            )
    yield from table(("people", "errors expected", *(one.name for one in shown), "error"), rows, right=True)
    yield from (
        "### Where people differ more than that",
        "",
        f"Non-mated, every pair compared {_EACH} times; {_DRAWS:,} files each ({_DRAWS_OF_MANY:,} of 100 people). *Above*: files in which the truth lies over the upper limit.",
        "",
    )
    rows = []
    for people in (20, 40, 100):
        for rate in (0.1, 0.01):
            found = [
                chosen(Design(effect, rate, people, _EACH), _DRAWS if people < 100 else _DRAWS_OF_MANY)
                for effect in _BEYOND
            ]
            figures = [text for one in found for text in (_per_cent(one.held), f"{100 * one.above:.1f}")]
            rows.append((f"{people}", f"{100 * rate:g}", *figures, _error(max(one.error for one in found))))
    head = ("people", "rate, %", *(text for one in _BEYOND for text in (one.name, "above")), "error")
    yield from table(head, rows, right=True)


_FAMILIES = (
    ("6 groups of 40, strong", Groups(1.0, 0.01, (40,) * 6, 10)),
    ("6 groups of 40, weak", Groups(0.3, 0.01, (40,) * 6, 10)),
    ("6 groups of 20, strong", Groups(1.0, 0.01, (20,) * 6, 10)),
    ("6 groups of 40, strong, few errors", Groups(1.0, 0.001, (40,) * 6, 5)),
    ("groups of 100, 60, 40, 20, strong", Groups(1.0, 0.01, (100, 60, 40, 20), 10)),
    ("12 groups of 40, strong", Groups(1.0, 0.01, (40,) * 12, 10)),
    ("6 groups of 40, mated, strong", Groups(1.0, 0.05, (40,) * 6, 10, mated=True)),
)


def to_mean() -> Iterator[str]:
    """Yield the table of ratios to the geometric mean of groups that do not differ."""
    yield from (
        "### Groups that do not differ, compared with their geometric mean",
        "",
        f"{_DRAWS_FAMILY:,} files each, 500 replicates, comparisons within groups. *One ratio*: how often an interval by itself leaves out 1; *some*: how often at least one",
        f"of the simultaneous intervals does, or a test by Holm's step-down; each should be at most {100 - 100 * LEVEL:g}. *Level of each*: 1 less the level",
        "that each simultaneous interval has by itself.",
        "",
    )
    yield from _families(None)


def to_reference() -> Iterator[str]:
    """Yield the table of ratios to a reference group."""
    yield from ("### Groups that do not differ, compared with the first", "", "As above.", "")
    yield from _families(0)


def _families(reference: int | None) -> Iterator[str]:
    rows = []
    for name, some in _FAMILIES:
        found = family(some, reference, _DRAWS_FAMILY)
        shares = (_with_error(found, one) for one in ("single", "simultaneous", "Holm"))
        rows.append((name, *shares, f"{100 * found.shares['level']:.2f}"))
    head = ("", "one ratio, %", "some, simultaneous, %", "some, Holm, %", "level of each, %")
    yield from table(head, rows)


def tests() -> Iterator[str]:
    """Yield the tables of the permutation test, of bootstrapped gaps and of power."""
    yield from (
        "### The permutation test",
        "",
        "Four groups that do not differ, strong effect, 199 permutations; 1,000 files each, 4,000 of mated comparisons. *Alike*: two people of one group have this many times the",
        f"odds of an error of two people of different groups. How often p is at most {100 - 100 * LEVEL:g} %.",
        "",
    )
    rows = []
    for name, sizes in (
        ("20, 20, 20 and 20 people", (20,) * 4),
        ("40, 20, 10 and 10 people", (40, 20, 10, 10)),
    ):
        single = permuted(Groups(1.0, 0.05, sizes, 10, mated=True, across=True), 4_000)
        rows.append((name, "mated, 5", _with_error(single, "permutation")))
        for own in (1.0, 3.0, 1 / 3):
            found = permuted(Groups(1.0, 0.01, sizes, 10, across=True, own=own), 1_000)
            kind = "non-mated, 1" if own == 1 else f"non-mated, 1; alike {own:.2g}"
            rows.append((name, kind, _with_error(found, "permutation")))
    yield from table(("groups of", "comparisons, rate in %", "p ≤ 5 %, %"), rows)
    gap = gaps(Groups(1.0, 0.01, (40,) * 6, 10), _DRAWS_FAMILY)
    yield from (
        "### Why no gap is bootstrapped",
        "",
        f"Six groups of 40 people with the same rate of 1 %: percentile intervals of the largest rate less the smallest held the true gap of 0 in {_with_error(gap, 'gap')} %",
        f"of {gap.draws:,} files.",
        "",
        "### How many people it takes",
        "",
        "The people that `for_ratio` asks for to see a ratio with a power of 80 %, and the power measured with so many in two groups;",
        "400 files each.",
        "",
    )
    rows = []
    for kind, width, rate, each, ratio in (
        ("non-mated", 0.3, 0.01, 1, 2.0),
        ("non-mated", 0.5, 0.01, 1, 2.0),
        ("non-mated", 1.0, 0.01, 1, 4.0),
        ("mated", 0.5, 0.05, 5, 2.0),
        ("mated", 1.0, 0.01, 10, 4.0),
    ):
        own = kind == "mated"
        needed = for_ratio(rate, 40, 40 * each if own else 780 * each, mated=own, ratio=ratio, spread=width)
        people = int(needed.people)
        found = powers(Groups(width, rate, (people, people), each, (1.0, ratio), mated=own), 400)
        rows.append(
            (
                kind,
                f"{width:g}",
                f"{100 * rate:g}",
                f"{ratio:g}",
                f"{people:,}",
                f"{needed.comparisons:,}",
                _with_error(found, "power"),
            )
        )
    yield from table(("", "spread", "rate, %", "ratio", "people", "comparisons", "power, %"), rows)


_PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "tried": tried,
    "non_mated": non_mated,
    "mated": mated,
    "few": few,
    "to_mean": to_mean,
    "to_reference": to_reference,
    "tests": tests,
}


def main(names: Sequence[str] = ()) -> None:
    """Compute the tables that are asked for, or all, and write the page once all are there."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    for name in names or _PARTS:
        text = "\n".join(_PARTS[name]())
        (_KEPT / f"{name}.md").write_text(text, encoding="utf-8")
        print(text, flush=True)
    kept = [_KEPT / f"{name}.md" for name in _PARTS]
    if all(path.exists() for path in kept):
        text = "\n".join(path.read_text("utf-8") for path in kept)
        marked.write("method/groups-and-subjects.md", "bench/subjects_coverage.py", text)


if __name__ == "__main__":
    main(sys.argv[1:])
