"""The ground rules of the repository, held by tests."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 450
LOCK_FILES = {
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
}
# The licence's text as its authors publish it.
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
# A folder that exists on one machine only: a home, a root's home, a temporary or a work folder with a file in it.
MACHINE_PATH = re.compile(r"(?<![\w.~/$}>-])/(?:home|Users|root|work|workspace|tmp|private/var)/[\w.-]+")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--find-links|files\.python[h]osted|pypi\.or[g]|registry\.npm[j]s|\"resolved\": *\"http"
)
EXEMPTION = re.compile(
    r"#\s*(?P<what>noqa\b(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?|fmt:\s*(?:skip|off))(?P<rest>.*)"
)
CODE = re.compile(r"(?P<blanket>noqa|type:\s*ignore)$")


def tracked() -> list[Path]:
    """List the files that are, or would be, committed."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def texts() -> list[tuple[Path, str]]:
    """Read every committed file that is text."""
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            continue  # a binary file, or one in an encoding that a test is about
    return found


def lines_that(pattern: re.Pattern[str]) -> list[str]:
    """List the lines of committed text that a pattern matches, this file's own aside."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in texts()
        if path != Path(__file__).resolve()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def exemptions_without_reason(text: str) -> list[int]:
    """List the lines whose noqa, type: ignore or fmt: skip names no rule or gives no reason of at least two words."""
    bad = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = EXEMPTION.search(line)
        if found and (CODE.match(found["what"]) or len(re.findall(r"[A-Za-z]{2,}", found["rest"])) < 2):
            bad.append(number)
    return bad


def test_the_list_of_files_is_not_empty():
    """The other tests of this file look at something."""
    assert {"LICENSE", "pyproject.toml", "Makefile"} <= {path.name for path in tracked()}


def test_no_lock_file_is_committed():
    """No lock file, which would name the registry that it was made from, is committed."""
    assert [path.name for path in tracked() if path.name in LOCK_FILES or path.match("pylock*.toml")] == []


def test_no_registry_is_named():
    """No committed line names a package registry's host or points an installer at one."""
    assert lines_that(REGISTRY) == []


def test_no_machine_path_is_committed():
    """No committed line holds a path that exists on one machine only."""
    assert lines_that(MACHINE_PATH) == []


@pytest.mark.parametrize("folder", ["home", "Users", "root", "work", "workspace", "tmp"])
@pytest.mark.parametrize("line", ["open('{}')", "cd {}", 'DATA = "{}"', "see {}"])
def test_a_machine_path_would_be_found(line, folder):
    """The pattern for machine paths finds the forms that slip in."""
    assert MACHINE_PATH.search(line.format(f"/{folder}/ana"))


@pytest.mark.parametrize("before", ["https://example.org", "docs", "~", "src"])
def test_an_ordinary_path_would_not_be_found(before):
    """The pattern for machine paths leaves addresses and relative paths alone."""
    assert not MACHINE_PATH.search(f"{before}/home/page")


def test_every_pin_is_exact():
    """Each line of constraints.txt pins one version, with a marker at most."""
    pin = re.compile(r"[a-z0-9][a-z0-9.-]*==[\w.]+( ; [\w '<>=!.]+)?")
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert lines
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_every_requirement_is_pinned():
    """Each requirement of pyproject.toml has a pin in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    wanted += [
        line for group in project["dependency-groups"].values() for line in group if isinstance(line, str)
    ]
    names = {re.split(r"[\[<>=!~ ;]", line, maxsplit=1)[0].lower() for line in wanted}
    pinned = {line.split("==")[0] for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    assert names - pinned == set()


def test_no_module_is_called_utils():
    """Each module says what it does; none is a drawer for the rest."""
    drawers = {"utils", "util", "helpers", "misc", "common"}
    assert [
        str(path.relative_to(ROOT)) for path in tracked() if path.suffix == ".py" and path.stem in drawers
    ] == []


def test_source_files_are_short():
    """A source file does one thing, in at most 450 lines."""
    source = [path for path in tracked() if path.suffix == ".py"]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in source}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_every_exemption_has_a_reason():
    """Each noqa, type: ignore and fmt: skip says why beside it, the first two by their rule too."""
    bad = [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in texts()
        if path.suffix == ".py" and path != Path(__file__).resolve()
        for number in exemptions_without_reason(text)
    ]
    assert bad == []


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa",
        "x = 1  # noqa - it is fine",
        "x = 1  # noqa: E501",
        "x = 1  # type: ignore",
        "x()  # type: ignore[arg-type]",
        ")  # fmt: skip",
    ],
)
def test_an_exemption_without_rule_or_reason_would_be_found(line):
    """A bare noqa or type: ignore, or one without words after it, is found."""
    assert exemptions_without_reason(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: PLR2004 - the rule above",
        "x()  # type: ignore[arg-type]  # the stub is too narrow",
        ")  # fmt: skip  # a list of words",
    ],
)
def test_an_exemption_with_a_reason_is_accepted(line):
    """A rule and a reason are all that is asked."""
    assert exemptions_without_reason(line) == []


def test_the_licence_is_apache_2():
    """LICENSE is the full text of the Apache License 2.0, unchanged."""
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_the_changelog_begins_with_this_version():
    """The newest version in the changelog is that of pyproject.toml; what is not yet released may stand above it."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    entries = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert next(entry for entry in entries if entry != "Unreleased") == version
    assert "Unreleased" not in entries[1:]


def test_ci_is_make_test_and_nothing_else():
    """What CI runs is what a contributor runs."""
    script = ROOT / ".ci" / "run"
    assert script.read_text("utf-8").splitlines()[:2] == ["#!/usr/bin/env bash", "set -euo pipefail"]
    assert script.read_text("utf-8").splitlines()[2:] == ['cd "$(dirname "$0")/.."', "make test"]
    assert script.stat().st_mode & 0o111


def test_make_has_every_promised_target():
    """The targets that the documentation names exist and say what they do."""
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout  # noqa: S607 - make is found on PATH by whoever ran it
    targets = set(re.findall(r"^  make (\w+)", said, flags=re.MULTILINE))
    assert {"demo", "test", "lint", "types", "imports", "format", "docs", "bench", "clean", "help"} <= targets


def test_make_alone_gives_help():
    """`make` without a target runs nothing and prints the targets."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert ".DEFAULT_GOAL := help" in makefile
