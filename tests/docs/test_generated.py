"""The pages made from the code are the code's own, and name everything that exists."""

import re
from pathlib import Path

import pytest
import typer

from answerable.cli import app
from answerable.intake.layout_files import load_layouts
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
