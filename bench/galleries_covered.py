"""Measures how often the intervals of searches of a gallery hold the truth, on drawn searches whose rates are known.

    .venv/bin/python bench/galleries_covered.py          two Markdown tables, with Monte Carlo errors
    .venv/bin/python bench/galleries_covered.py 200      fewer draws of each

Seeds are fixed. The truth of FNIR is that at the threshold which would be chosen on searches without end. Beside it stands the interval that takes the
chosen threshold as given, as the breakdown by gallery size has it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
from scipy import optimize
from tables import table

from answerable.biometrics import galleries
from answerable.estimate import Interval
from answerable.programmes.faces.measures import MEASURES
from answerable.programmes.faces.simulate.lists import Lists
from answerable.programmes.measure import Computation, Tabled

_DRAWS = 2_000
_RATE = 0.1
_FINISH = {measure.name: measure.finish for measure in MEASURES if isinstance(measure, Tabled)}
_DESIGNS = {
    "people alike, 300 of each, searched twice": Lists(sizes=(1_000,), mean=5e-4),
    "people differ (deviation twice the mean), 300 of each, searched twice": Lists(
        sizes=(1_000,), mean=5e-4, deviation=1e-3
    ),
    "people differ, 40 of each, searched five times": Lists(
        sizes=(1_000,), mean=5e-4, deviation=1e-3, clusters=40, each=5
    ),
}
_GROWN = {
    "people alike, 500 searched twice in 1,000 and 10,000": Lists(clusters=500, mean=5e-5),
    "people differ (deviation three times the mean), 500 searched twice": Lists(
        clusters=500, mean=5e-5, deviation=15e-5
    ),
}


def _made(name: str, columns: dict[str, object], **parameters: float) -> Computation:
    given = {"threshold": -1e9, "rank": 50, "fpir": _RATE} | parameters
    made = _FINISH[f"candidates.{name}"](columns, given, 0)
    if not isinstance(made, Computation):
        raise TypeError(made.reason)
    return made


def _held(interval: Interval | None, truth: float) -> float:
    return np.nan if interval is None else float(interval.low <= truth <= interval.high)


def _covered(hits: list[float]) -> str:
    known = np.array([each for each in hits if not np.isnan(each)])
    if not len(known):
        return "no interval"
    share = known.mean()
    return f"{100 * share:.1f} ± {100 * np.sqrt(share * (1 - share) / len(known)):.1f}"


def _threshold(design: Lists) -> float:
    """Give the threshold that keeps the FPIR on searches without end."""
    size = design.sizes[0]
    return float(optimize.brentq(lambda at: design.fpir(size, at) - _RATE, design.floor, design.floor + 30))


def _rates(draws: int) -> Iterator[tuple[str, ...]]:
    for name, design in _DESIGNS.items():
        size, ideal = design.sizes[0], _threshold(design)
        found: dict[str, list[float]] = {}
        for seed in range(draws):
            columns = design.columns(seed, ideal)
            fpir, at = _made("fpir", columns, threshold=ideal), _made("fnir_at_fpir", columns)
            mean = _made("selectivity", columns, threshold=ideal)
            chosen = at.breakdowns["threshold"][0].value or 0.0
            for label, interval, truth in (
                ("fpir", fpir.interval, _RATE),
                ("joined", at.interval, design.fnir(ideal)),
                ("given", at.breakdowns["gallery size"][0].interval, design.fnir(ideal)),
                ("selectivity", mean.interval, design.selectivity(size, ideal)),
            ):
                found.setdefault(label, []).append(_held(interval, truth))
            found.setdefault("over", []).append(float(design.fpir(size, chosen) > _RATE))
        yield (name, *(_covered(found[each]) for each in ("fpir", "joined", "given", "selectivity", "over")))


def _ratios(draws: int) -> Iterator[tuple[str, ...]]:
    for name, design in _GROWN.items():
        small, large = design.sizes
        fpir = design.fpir(small, design.floor), design.fpir(large, design.floor)
        alone = float(galleries.implied_fmr(fpir[0], small).value)
        truth = fpir[1] / float(galleries.independence(alone, large).value)
        found: dict[str, list[float]] = {"independence": [], "differing probes": []}
        for seed in range(draws):
            made = _made("growth", design.columns(seed))
            held = {
                part.label.rpartition(", ")[2]: part
                for part in made.breakdowns["observed divided by the model"]
            }
            for model, expected in (("independence", truth), ("differing probes", 1.0)):
                if model in held:
                    found[model].append(_held(held[model].interval, expected))
        yield (
            name,
            f"{truth:.3f}",
            *(_covered(each) for each in found.values()),
            f"{100 * len(found['differing probes']) / draws:.0f}",
        )


def main(draws: int) -> None:
    """Print both tables."""
    parts: tuple[tuple[tuple[str, ...], Callable[[int], Iterator[tuple[str, ...]]]], ...] = (
        (("", "FPIR, %", "FNIR at FPIR 0.1, %", "the same, threshold taken as given, %", "selectivity, %", "true FPIR over 0.1, %"), _rates),
        (("", "true ratio", "independence, %", "differing probes, %", "drawn, %"), _ratios),
    )  # fmt: skip  # a table: what stands in one line belongs together
    for head, rows in parts:
        print("\n".join(table(head, rows(draws))), end="\n\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _DRAWS)
