"""Prints what an audited case says of the five compared measures, so that the contenders' answers can be compared."""

from __future__ import annotations

import json
import sys

from making import COMPARED

from answerable import NotMeasurable, open_case


def main(folder: str) -> None:
    """Print numerator and denominator of each compared measure of a case."""
    measures = open_case(folder).measures
    said = {}
    for name in COMPARED:
        estimate = measures[name]
        if isinstance(estimate, NotMeasurable):
            raise SystemExit(f"{name} is not measurable: {estimate.reason}")
        said[name] = [round(estimate.numerator or 0), round(estimate.denominator or 0)]
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
