"""Links, commands and code in the documentation work."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from answerable.cli import app
from answerable.intake.layout_files import load_layout
from answerable.programmes import PROGRAMMES

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(
    r"^(?P<mark><!-- (?:run|layout) -->\n)?```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")


def blocks(language: str, mark: str = "") -> list:
    """Every fenced block of a language, optionally only those with a mark before it, named for the test's report."""
    return [
        pytest.param(found["code"], id=f"{page.name}-{number}")
        for page in PAGES
        for number, found in enumerate(BLOCK.finditer(page.read_text("utf-8")), start=1)
        if found["language"] == language and mark in (found["mark"] or "")
    ]


def told_commands() -> list:
    """Every `answerable ...` line of the pages' shell blocks, as the arguments that a shell would pass."""
    told = []
    for page in PAGES:
        for found in BLOCK.finditer(page.read_text("utf-8")):
            if found["language"] != "sh":
                continue
            for line in found["code"].replace("\\\n", " ").splitlines():
                words = shlex.split(line, comments=True)
                if words[:1] == ["answerable"]:
                    told.append(pytest.param(words[1:], id=f"{page.name}: {' '.join(words[:3])}"))
    return told


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Each relative link of a page leads to a file, and each anchor to a heading of it."""
    broken = []
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(f"{target}#{anchor}" if anchor else target)
    assert broken == []


def test_every_page_is_in_the_index():
    """docs/README.md leads to every page of docs/."""
    index = ROOT / "docs" / "README.md"
    linked = {
        (index.parent / target).resolve() for target, _ in LINK.findall(index.read_text("utf-8")) if target
    }
    assert {
        str(page.relative_to(ROOT)) for page in PAGES if page.is_relative_to(index.parent) and page != index
    } == {
        str(page.relative_to(ROOT))
        for page in linked
        if page.is_relative_to(index.parent) and page.suffix == ".md"
    }


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.stem
)
def test_a_decision_is_short_and_whole(page):
    """A decision says its context, the decision and the consequence, within a page and a half."""
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequence"]
    assert text.startswith(f"# {int(page.stem.split('-')[0])}. ")
    assert len(text.splitlines()) <= 70


def test_decisions_are_numbered_once():
    """No two decisions bear the same number, and none is left out."""
    numbers = [int(page.stem.split("-")[0]) for page in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("arguments", told_commands())
def test_a_documented_command_exists(arguments):
    """Each command line of the pages names a command, and only options that the command has."""
    command = typer.main.get_command(app)
    words = list(arguments)
    while words and (child := getattr(command, "commands", {}).get(words[0])):
        command = child
        words.pop(0)
    assert not hasattr(command, "commands") or all(word.startswith("-") for word in words)
    options = {
        name for parameter in command.params for name in [*parameter.opts, *parameter.secondary_opts]
    } | {"--help"}
    assert {word.split("=")[0] for word in words if word.startswith("-")} - options == set()


@pytest.mark.parametrize(
    "page",
    [
        page
        for page in PAGES
        if "<!-- run -->" in (text := page.read_text("utf-8")) and "<!-- printed -->" not in text
    ],
    ids=lambda page: page.name,
)
def test_marked_code_runs(page, beside_a_town):
    """The blocks of a page that are marked to run do so, in order, beside a synthetic town.

    A page that also shows what is printed is run by test_shown_output.py.
    """
    bin_folder = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    for found in BLOCK.finditer(page.read_text("utf-8")):
        if "run" not in (found["mark"] or ""):
            continue
        command = [sys.executable, "-c"] if found["language"] == "python" else ["sh", "-euc"]
        ran = subprocess.run(
            [*command, found["code"]], cwd=beside_a_town, capture_output=True, text=True, env=env, check=False
        )
        assert ran.returncode == 0, f"{found['code']}\n{ran.stdout}\n{ran.stderr}"
        assert ran.stdout.strip()


@pytest.mark.parametrize("code", blocks("toml", "layout"))
def test_a_documented_layout_is_valid(code, tmp_path):
    """A layout shown in the pages can be read, and is what it says."""
    path = tmp_path / "my-export.toml"
    path.write_text(code, "utf-8")
    layout = load_layout(path, [kind for programme in PROGRAMMES for kind in programme.kinds])
    assert layout.title == tomllib.loads(code)["title"]
    assert set(layout.columns) == set(tomllib.loads(code)["columns"])


def test_something_is_marked_to_run():
    """The how-tos for Python and for the command line hold code that runs."""
    assert len(blocks("python", "run")) >= 3
    assert len(blocks("sh", "run")) >= 3
