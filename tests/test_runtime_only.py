"""The package works without the tools that develop it, and without the extras."""

import subprocess
import sys

import pytest

# Runs a program with an import hook that forbids what is installed for tests, checks and benchmarks only.
FORBIDDING = """
import sys

class Forbidden:
    names = {
        "altair", "axe_playwright_python", "h5py", "hypothesis", "importlinter", "mypy", "openpyxl",
        "pandas", "playwright", "polars", "pytest", "ruff", "pyspark", "py4j", "httpx2", "starlette", "uvicorn", "python_multipart",
    }

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"{name} is a development dependency", name=name)

sys.meta_path.insert(0, Forbidden())
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh interpreter where development dependencies cannot be imported."""
    return subprocess.run(
        [sys.executable, "-c", FORBIDDING + program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", ["pytest", "pandas", "openpyxl", "pyspark", "h5py", "starlette"])
def test_the_hook_forbids(name):
    """A development dependency cannot be imported under the hook, so the next tests can fail."""
    ran = run(f"import {name}")
    assert ran.returncode != 0
    assert "is a development dependency" in ran.stderr


def test_the_package_imports():
    """`import answerable`, and every public name, needs no development dependency."""
    ran = run(
        "import answerable\nprint([getattr(answerable, name) is not None for name in answerable.__all__])"
    )
    assert ran.returncode == 0, ran.stderr
    assert "True" in ran.stdout
    assert "False" not in ran.stdout


def test_every_module_imports():
    """No module of the package imports a development dependency; inside the web app they need its extra, and nothing else."""
    ran = run(
        "import importlib, pkgutil, answerable\n"
        "names = [m.name for m in pkgutil.walk_packages(answerable.__path__, 'answerable.')]\n"
        "for name in names:\n"
        "    try:\n"
        "        name.endswith('__main__') or importlib.import_module(name)\n"
        "    except ModuleNotFoundError as error:\n"
        "        extra = error.name.partition('.')[0] in {'starlette', 'uvicorn', 'python_multipart'}\n"
        "        if not (extra and name.startswith('answerable.web.')):\n"
        "            raise\n"
        "print(len(names))"
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 20


def test_the_web_app_says_what_it_needs(tmp_path):
    """`answerable serve` without its extra is one sentence that says how to install it, and exit code 2."""
    program = "from answerable.cli import main\nsys.argv[0] = 'answerable'\nmain()"
    ran = run(program, "serve", str(tmp_path))
    assert ran.returncode == 2
    assert "pip install 'answerable[web]'" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_command_line_gives_help():
    """`answerable --help` needs no development dependency."""
    ran = run("from answerable.cli import main\nsys.argv[0] = 'answerable'\nmain()", "--help")
    assert ran.returncode == 0, ran.stderr
    assert "audit" in ran.stdout


def test_an_audit_runs(tmp_path):
    """A synthetic town is made, audited and reported without any development dependency."""
    program = "from answerable.cli import main\nsys.argv[0] = 'answerable'\nmain()"
    made = run(program, "simulate", "--rows", "200", "--seed", "1", str(tmp_path / "town"))
    assert made.returncode == 0, made.stderr
    audited = run(
        program,
        "audit",
        str(tmp_path / "town"),
        "--case",
        str(tmp_path / "case"),
        "--policy",
        "good-practice",
    )
    assert audited.returncode == 0, audited.stderr
    assert list((tmp_path / "case").rglob("report.html"))
