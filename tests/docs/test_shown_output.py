"""What a page says that a command prints is what it prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(
    r"^<!-- (?P<mark>run|printed) -->\n```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGES = [
    page for page in sorted((ROOT / "docs").rglob("*.md")) if "<!-- printed -->" in page.read_text("utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_is_printed(page, beside_a_town):
    """Each line that a page shows is a line that the commands before it print, in that order."""
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
    }
    printed = iter([])
    shown = 0
    for found in BLOCK.finditer(page.read_text("utf-8")):
        if found["mark"] == "run":
            command = [sys.executable, "-c"] if found["language"] == "python" else ["sh", "-euc"]
            ran = subprocess.run(
                [*command, found["code"]],
                cwd=beside_a_town,
                capture_output=True,
                text=True,
                env=env,
                check=False,
            )
            assert ran.returncode == 0, f"{found['code']}\n{ran.stdout}\n{ran.stderr}"
            assert ran.stdout.strip()
            printed = iter(plain(ran.stdout).splitlines())
            continue
        for line in plain(found["code"]).splitlines():
            shown += 1
            assert line in printed, f"not printed, or not in this order: {line}"
    assert shown > 10


def plain(text):
    """Make every space an ordinary one."""
    return text.replace("\u202f", " ")


def test_some_page_shows_output():
    """The test above looks at something."""
    assert "check-before-publishing.md" in {page.name for page in PAGES}
