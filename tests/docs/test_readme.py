"""The README shows real output and counts what there is."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from answerable.auditing import catalogue
from answerable.intake.layout_files import load_layouts
from answerable.policy import shipped_ids
from answerable.programmes import PROGRAMMES
from answerable.programmes.plates.lexicon import LEXICON

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
TOUR = re.findall(r"<!-- tour: (.*?) -->\n```text\n(.*?)```", TEXT, flags=re.DOTALL)
PYTHON = re.search(r"<!-- tour-python -->\n```python\n(.*?)```\n\n```text\n(.*?)```", TEXT, flags=re.DOTALL)
WORDS = {15: "fifteen", 27: "Twenty-seven", 46: "46"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A folder in which the demo has been run."""
    folder = tmp_path_factory.mktemp("readme")
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    for line in re.findall(r"^\t\$\(BIN\)/answerable (.*)$", makefile, flags=re.MULTILINE):
        run([Path(sys.executable).with_name("answerable"), *shlex.split(line)], folder)
    return folder


def run(command, cwd):
    """Run a command as a reader would and give what it printed."""
    ran = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize(("arguments", "shown"), TOUR, ids=[arguments.split()[0] for arguments, _ in TOUR])
def test_the_tour_shows_what_is_printed(demo, arguments, shown):
    """Each line that the README shows is a line that the command prints, in that order."""
    words = shlex.split(arguments)
    if words[0] == "audit":  # the demo has made this case: the tour's is made anew
        words[words.index("--case") + 1] = "demo/again"
        shown = shown.replace("demo/synthetic-town", "demo/again")
    printed = iter(run([Path(sys.executable).with_name("answerable"), *words], demo).splitlines())
    for line in shown.splitlines():
        assert line in printed, f"not printed, or not in this order: {line}"


def test_the_python_of_the_tour_prints_what_is_shown(demo):
    """The code runs beside the demo and prints those two sentences."""
    code, shown = PYTHON.groups()
    assert run([sys.executable, "-c", code], demo) == shown


def test_the_readme_counts_what_there_is():
    """The numbers of measures, layouts, packs and topic lists are those of today."""
    layouts = [one for programme in PROGRAMMES for one in load_layouts(programme.layouts, programme.kinds)]
    assert f"**Measures {len(catalogue.measures())} things**" in TEXT
    assert f"in {WORDS[len(layouts)]} layouts" in TEXT
    assert f"{WORDS[len(shipped_ids())]} [policy packs]" in TEXT
    assert f"words of {WORDS[len(LEXICON.topics)]} topic lists" in TEXT


def test_the_readme_shows_a_picture_of_the_report():
    """The picture is there, and is a picture."""
    (name,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert (ROOT / name).read_bytes().startswith(b"\x89PNG")
