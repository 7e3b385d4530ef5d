"""A case that every promise is tried on."""

import shutil
from types import SimpleNamespace

import pytest

from answerable.programmes.plates.simulate import Town, write_town
from promises.seeking import OUTPUTS, command

TOWN = Town(
    rows=300, months=2, canaries=True, faults=True, duplicate=0.05, duplicate_differing=0.5, overlap=5,
    plate_in_reason=0.1, withheld=(("reason", 0.05),),
)  # fmt: skip  # a table: what stands in one line belongs together
AUDIT = ("--policy", "us-ca", "--policy", "good-practice", "--timezone", "America/Los_Angeles")


def audit_town(folder, layout):
    """Write a town with canaries, audit it through the command line, and keep all that was printed and made."""
    logs, case = folder / "logs", folder / "case"
    truth = write_town(TOWN, logs, layout)
    said = {"audit": command("audit", logs, "--case", case, *AUDIT)}
    made = SimpleNamespace(folder=folder, logs=logs, case=case, truth=truth, said=said)
    made.outputs = [case / "current" / name for name in OUTPUTS]
    return made


@pytest.fixture(scope="session")
def audited(tmp_path_factory):
    """A town in the layout that carries most, audited. Tests read it and leave it as it is."""
    made = audit_town(tmp_path_factory.mktemp("promised"), "search-audit-14")
    assert made.said["audit"].code == 0, made.said["audit"].err.decode()
    yield made
    shutil.rmtree(made.folder)
