"""A case whose audit is killed at any moment is the old one or the new one, and the next run completes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cases import months, tiny

DRIVER = Path(__file__).with_name("crashing.py")


def crashed(mode: str, sources: Path, scratch: Path) -> dict:
    """Run the driver that kills audits, and read what it tells."""
    ran = subprocess.run(
        [sys.executable, DRIVER, mode, sources, scratch],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def light(tmp_path_factory) -> dict:
    """Audits of two tiny files, killed before every change that Python makes to the disk."""
    scratch = tmp_path_factory.mktemp("light")
    sources = tmp_path_factory.mktemp("sources")
    tiny(sources / "1.csv", 1)
    second = tiny(sources / "2.csv", 2)
    second.write_text(second.read_text("utf-8") + "burglary,then\n", encoding="utf-8")  # one row is set aside
    return crashed("light", sources, scratch)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, town) -> dict:
    """Audits of two months of a town, killed after delays."""
    scratch = tmp_path_factory.mktemp("whole")
    sources = tmp_path_factory.mktemp("sources")
    for month in months(town)[:2]:
        (sources / month.name).write_bytes(month.read_bytes())
    return crashed("whole", sources, scratch)


@pytest.fixture(params=["light", "whole"])
def crashes(request) -> dict:
    """What kills left, at every step and after delays."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("which", ["new", "adding"])
def test_the_kills_happened(light, which):
    """The audits of this file were killed, early and late, so that the other tests can fail."""
    assert len(light[which]) >= 25
    assert all(one["killed"] for one in light[which])
    assert any(one["left"] for one in light[which])


def test_audits_were_killed_after_delays(whole):
    """Among the delays some ended a whole audit before it was done."""
    assert any(one["killed"] for one in whole["new"])
    assert any(one["killed"] for one in whole["adding"])


def test_a_new_case_is_whole_or_not_there(crashes):
    """A kill while a case is made leaves no case, or one that is as its manifest says."""
    for one in crashes["new"]:
        assert one["after"]["sources"] in (0, 2), one
        assert one["after"]["differences"] == [], one


def test_a_case_that_is_added_to_is_the_old_or_the_new_one(crashes):
    """A kill while files are added leaves the old case, byte for byte, or the new one, whole."""
    for one in crashes["adding"]:
        assert one["after"]["differences"] == [], one
        assert one["after"]["manifest"] == crashes["old"]["manifest"] or one["after"]["sources"] == 2, one


def test_both_outcomes_were_seen(light):
    """Kills fell on either side of the one step that puts a version in place."""
    assert {one["after"]["sources"] for one in light["adding"]} == {1, 2}
    assert {one["after"]["sources"] for one in light["new"]} >= {0}


def test_the_next_run_completes(crashes):
    """After any kill the same command makes the case as if nothing had happened."""
    for one in (*crashes["new"], *crashes["adding"]):
        assert one["next"].get("sources") == 2, one
        assert one["next"]["differences"] == [], one


def test_nothing_stray_is_left(crashes):
    """After the next run the case holds its key, its lock and one version."""
    for one in (*crashes["new"], *crashes["adding"]):
        assert one["left next"] == [], one


def test_the_next_run_says_what_the_kill_left(crashes):
    """Where a kill left anything, the next run says that a run was cut off and what the case was then; else nothing."""
    for which in ("new", "adding"):
        for one in crashes[which]:
            if one["after"]["sources"] == 2 and one["left"]:
                said = "when its work was done and in place; the version before it was removed."
            elif one["left"] and which == "adding":
                said = "and the case is as it was before that run; what it left unfinished was removed."
            elif one["begun"] and not one["after"]["sources"]:
                said = "before the case was made; what it left unfinished was removed."
            else:
                assert one["notices"] == [], one
                continue
            assert one["notices"] == [f"An earlier run was cut off {said}"], one
