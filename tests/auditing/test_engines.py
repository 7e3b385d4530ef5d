"""Whichever engine measures, the case is the same, byte for byte."""

import shutil

import pytest

from answerable import auditing
from answerable.estimate import Estimate
from cases import OUTPUTS, ZONE, hashes

ROWS = 2_000


def audit(sources, folder, key=None, engine="duckdb"):
    """Audit a town's logs; with a key of another case the pseudonyms are that case's."""
    if key:
        folder.mkdir(parents=True)
        shutil.copy2(key, folder / "key")
    policies = ["us-ca", "good-practice"]
    return auditing.audit(sources, folder, policy=policies, timezone=ZONE, as_of="2026-01-15", engine=engine)


@pytest.mark.spark
def test_both_engines_give_the_same_bytes(tmp_path):
    """A town of 2,000 searches with faults, audited with each engine, is the same case in every file."""
    auditing.simulate(tmp_path / "town", rows=ROWS, seed=11, faults=True)
    one = audit([tmp_path / "town"], tmp_path / "duckdb" / "case")
    two = audit([tmp_path / "town"], tmp_path / "spark" / "case", one.path / "key", engine="spark")
    assert sum(isinstance(each, Estimate) for each in two.measures.values()) > 40
    assert len(one.findings) == len(two.findings) > 5
    assert hashes(tmp_path / "spark" / "case") == hashes(tmp_path / "duckdb" / "case")
    assert set(hashes(tmp_path / "spark" / "case")) >= {*OUTPUTS, "case.json", "MANIFEST.json"}
