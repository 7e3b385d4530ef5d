"""What the tests of the documentation share: the pages, the generated pages, and a small synthetic town."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def generated(tmp_path_factory) -> Path:
    """The pages that docs/generate.py writes now, in a folder of their own."""
    folder = tmp_path_factory.mktemp("generated")
    subprocess.run([sys.executable, ROOT / "docs" / "generate.py", folder], check=True, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def a_town(tmp_path_factory) -> Path:
    """A small synthetic town's month files."""
    town = tmp_path_factory.mktemp("made") / "town"
    answerable(["simulate", "--rows", "400", "--seed", "7", "--faults", str(town)], cwd=town.parent)
    return town


@pytest.fixture
def beside_a_town(tmp_path, a_town) -> Path:
    """A fresh folder that holds the synthetic town in `town/`: where documented commands are run."""
    shutil.copytree(a_town, tmp_path / "town")
    return tmp_path


def answerable(arguments: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, and fail with its own words."""
    command = [Path(sys.executable).with_name("answerable"), *arguments]
    ran = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False
    )
    assert ran.returncode == 0, f"answerable {' '.join(arguments)}\n{ran.stdout}\n{ran.stderr}"
    return ran
