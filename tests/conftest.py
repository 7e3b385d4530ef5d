"""Fixtures that every room of the tests shares."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Timings are no part of what is tested, and a run must not fail on a slow machine.
settings.register_profile("answerable", deadline=None, print_blob=True)
settings.load_profile("answerable")

# A test runs many short queries on few rows: Java then spends its time on making its code fast for later. Two processes
# test at once, each with a Spark of its own: neither may take all the memory that there is. With 1 GB, Java's ran out.
# Without the tier that makes code fast, Java keeps 48 MB for compiled code, and threw it out to compile it again.
os.environ.setdefault(
    "SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"
)
os.environ.setdefault("SPARK_DRIVER_MEMORY", "3g")

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("SPARK_CONF_DIR", str(ROOT / "tests" / "spark"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real released files, which lies beside the project where there is one."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real released files is not beside the project")
    return folder
