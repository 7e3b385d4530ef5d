"""A page that holds a part which a bench writes: everything between two marks is replaced."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write"]

_ROOT = Path(__file__).resolve().parent.parent


def write(page: str, script: str, text: str, what: str = "coverage") -> None:
    """Replace the marked part of a page of docs/ by a text, print it and say so.

    Args:
        page: The page, from docs/ on.
        script: The bench, as its mark names it.
        text: What stands between the marks from now on.
        what: What the bench measures, the first word of both marks: coverage or speed.
    """
    path = _ROOT / "docs" / page
    end = f"<!-- {what}: end -->"
    begin = f"<!-- {what}: begin ({script} writes this part) -->"
    before, rest = path.read_text("utf-8").split(begin)
    path.write_text(f"{before}{begin}\n\n{text}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")
    print(f"{text}\nWritten: {path.relative_to(_ROOT)}")
