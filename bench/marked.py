"""A page that holds a part which a bench writes: everything between two marks is replaced."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write"]

_ROOT = Path(__file__).resolve().parent.parent
_END = "<!-- coverage: end -->"


def write(page: str, script: str, text: str) -> None:
    """Replace the marked part of a page of docs/ by a text, print it and say so."""
    path = _ROOT / "docs" / page
    begin = f"<!-- coverage: begin ({script} writes this part) -->"
    before, rest = path.read_text("utf-8").split(begin)
    path.write_text(f"{before}{begin}\n\n{text}\n{_END}{rest.split(_END)[1]}", encoding="utf-8")
    print(f"{text}\nWritten: {path.relative_to(_ROOT)}")
