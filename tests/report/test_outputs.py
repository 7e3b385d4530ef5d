"""The four outputs are written together, from the contents and nothing else."""

import dataclasses
import subprocess
import sys
import time
from pathlib import Path

import pytest

from answerable.estimate import Part
from answerable.report import OUTPUTS, write_outputs


@pytest.fixture(scope="module")
def written(contents, tmp_path_factory):
    """The sample's outputs."""
    return write_outputs(contents, tmp_path_factory.mktemp("outputs") / "new")


def test_four_files_are_written_and_named(written):
    """The folder is made, and holds exactly the four outputs."""
    assert tuple(path.name for path in written) == OUTPUTS
    assert {path.name for path in written[0].parent.iterdir()} == set(OUTPUTS)


def test_equal_contents_give_equal_bytes(written, contents_with, tmp_path):
    """A second run, past the two-second grain of a zip's clock, writes the same bytes."""
    time.sleep(2.1)
    again = write_outputs(contents_with(), tmp_path)
    assert [
        path.name for one, path in zip(written, again, strict=True) if one.read_bytes() != path.read_bytes()
    ] == []


def test_another_process_gives_equal_bytes(written, tmp_path):
    """Nothing depends on the process: not the hash seed, the time zone, the locale nor the fonts."""
    code = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[3]]\n"
        "from pathlib import Path\n"
        "from conftest import make_contents\n"
        "from answerable.report import write_outputs\n"
        "write_outputs(make_contents(), Path(sys.argv[2]))"
    )
    here = Path(__file__).parent
    environment = {"PYTHONHASHSEED": "17", "TZ": "Asia/Tokyo", "LC_ALL": "C", "FONTCONFIG_FILE": "/dev/null"}
    subprocess.run([sys.executable, "-c", code, here, tmp_path, here.parent], check=True, env=environment)
    assert [path.name for path in written if path.read_bytes() != (tmp_path / path.name).read_bytes()] == []


@pytest.mark.parametrize("name", ["account", "plate", "user", "user_name", "case_number", "Plate"])
def test_a_breakdown_by_an_identifier_is_refused(name, contents, tmp_path):
    """A measure that lists accounts or plates writes no output at all."""
    first, *_ = contents.estimates
    leaking = dataclasses.replace(contents.estimates[first], breakdowns={name: (Part("x", 1, 1, 1),)})
    with pytest.raises(ValueError, match="must stay inside the case"):
        write_outputs(dataclasses.replace(contents, estimates={first: leaking}), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_importing_the_report_loads_no_renderer():
    """The package starts fast: what draws and writes is loaded when an output is made."""
    heavy = ("vl_convert", "jinja2", "xlsxwriter", "altair")
    code = f"import sys, answerable.report; print([name for name in {heavy!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"


def test_contents_with_nothing_in_them_still_give_a_report(contents_with, tmp_path):
    """No sources, no findings, no estimates: the report says so and does not fail."""
    empty = contents_with(
        sources=(), overlaps=(), repeated=(), left_out=(), estimates={}, findings=(), programmes=(), as_of=""
    )
    page, *_ = write_outputs(empty, tmp_path)
    text = page.read_text("utf-8")
    assert "0 of 0 measures could be taken from these records." in text
    assert "No policy pack was consulted" in text
