"""The pages made from the code are the code's own, and name everything that exists."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from answerable.cli import app
from answerable.intake.layout_files import load_layout, load_layouts
from answerable.policy import shipped_ids
from answerable.programmes import PROGRAMMES

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
PAGES = ("method/measures.md", "cli.md", "layouts.md", "policies.md")


def headings(page: str) -> set[str]:
    """The names in code marks that a page's headings hold."""
    text = (DOCS / page).read_text("utf-8")
    return {
        name
        for line in re.findall(r"^#+ .*$", text, flags=re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", line)
    }


def commands(command, path: str = "answerable") -> list[str]:
    """Every command below one, with its full path."""
    below = getattr(command, "commands", {})
    return [path, *(name for key, child in below.items() for name in commands(child, f"{path} {key}"))]


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_current(page, generated):
    """The committed page is what the code gives now; `make docs` writes it anew."""
    assert (DOCS / page).read_text("utf-8") == (generated / page).read_text("utf-8"), (
        f"run `make docs`: {page} is out of date"
    )


def test_the_generator_writes_these_pages_and_no_other(generated):
    """Every generated page is compared with its committed one."""
    assert {str(path.relative_to(generated)) for path in generated.rglob("*.md")} == set(PAGES)


@pytest.mark.parametrize("name", [measure.name for programme in PROGRAMMES for measure in programme.measures])
def test_a_measure_is_documented(name):
    """Each measure has its own heading in the page of measures."""
    assert name in headings("method/measures.md")


@pytest.mark.parametrize("name", shipped_ids())
def test_a_shipped_policy_pack_is_documented(name):
    """Each shipped pack has its own heading in the page of policies."""
    assert name in headings("policies.md")


@pytest.mark.parametrize(
    "name",
    [layout.name for programme in PROGRAMMES for layout in load_layouts(programme.layouts, programme.kinds)],
)
def test_a_layout_is_documented(name):
    """Each layout has its own heading in the page of layouts."""
    assert name in headings("layouts.md")


@pytest.mark.parametrize("name", commands(typer.main.get_command(app)))
def test_a_command_is_documented(name):
    """Each command has its own heading in the page of commands."""
    assert name in headings("cli.md")


@pytest.mark.parametrize("name", commands(typer.main.get_command(app)))
def test_a_command_says_what_it_does(name):
    """Each command's help holds a sentence, and an example unless it only leads to other commands."""
    text = (DOCS / "cli.md").read_text("utf-8")
    section = text.split(f"`{name}`\n", 1)[1].split("\n## ", 1)[0]
    paragraphs = [" ".join(paragraph.split()) for paragraph in section.split("\n\n")]
    assert any(re.fullmatch(r"[A-Z][a-z]+ .*\.", paragraph) for paragraph in paragraphs)
    assert "Example: answerable " in section or "Commands" in section


@pytest.fixture(scope="module")
def generator():
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_layout_is_shown_with_all_that_it_says(generator, tmp_path):
    """Places, constants, turned signs and the delimiter of a layout stand in its entry, beside what it always held."""
    (tmp_path / "own.toml").write_text(
        'kind = "read"\ntitle = "Ours"\nheader = false\nwidth = 3\ndelimiter = "space"\nnegated = ["longitude"]\n'
        '[columns]\nread_at = ["1"]\nlongitude = ["3"]\n[constants]\ncamera = "North | South"\n[times]\norder = "DMY"\n',
        "utf-8",
    )
    layout = load_layout(
        tmp_path / "own.toml", [kind for programme in PROGRAMMES for kind in programme.kinds]
    )
    shown = "\n".join(generator._layout(layout))
    assert "| `longitude` | `3` | required |" in shown
    assert "| `camera` | none: `North \\| South` | in every row |" in shown
    assert (
        "The export has no header: columns are named by their place, of 3, separated by runs of blanks."
        in shown
    )
    assert "A lower number is more alike, so the sign is turned: longitude." in shown
    assert "Dates with slashes are day first." in shown


def test_a_kind_says_by_what_its_records_are_known(generator, monkeypatch):
    """Where fields tell a record from others, the page names them; where none do, it says nothing of it."""
    (plates, *_) = PROGRAMMES
    monkeypatch.setattr(generator, "PROGRAMMES", (plates,))
    assert "a record is known by" not in generator.layouts_page()
    kinds = (replace(plates.kinds[0], named_by=("user_id", "searched_at")), *plates.kinds[1:])
    monkeypatch.setattr(generator, "PROGRAMMES", (replace(plates, kinds=kinds),))
    assert (
        "Without an ID of its own, a record is known by `user_id` and `searched_at`"
        in generator.layouts_page()
    )
