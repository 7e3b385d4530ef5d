"""Measures and files that the tests of policy share."""

from pathlib import Path

import pytest

from answerable.programmes.measure import Parameter
from policy.making import make_measure


@pytest.fixture(scope="session")
def measures():
    """Five measures: three shares, one of them of another record kind and two with a parameter, a count and a quantity."""
    days = Parameter(30, "days", "The limit.", 0, 3650)
    made = (
        make_measure(),
        make_measure("searches.gap_days", kind="count", unit="days"),
        make_measure("searches.gini", kind="quantity", unit="Gini coefficient"),
        make_measure("searches.lookback_beyond", parameters={"days": days}),
        make_measure("reads.older_than", unit="share of reads", parameters={"days": days}),
    )
    return {measure.name: measure for measure in made}


@pytest.fixture
def write(tmp_path):
    """Write a pack to a file of its own and give its path."""

    def _write(text: str, name: str = "riverton.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write
