"""Writes the four outputs of an audit from its contents."""

from __future__ import annotations

from pathlib import Path

from answerable.estimate import Estimate
from answerable.intake.kinds import Role
from answerable.report.contents import Contents

__all__ = ["OUTPUTS", "write_outputs"]

OUTPUTS = ("report.html", "findings.json", "measures.csv", "findings.xlsx")
"""The names of the files that `write_outputs` makes, in order."""

_INSIDE_ONLY = frozenset(
    {
        "account",
        "user",
        "user_name",
        "user_id",
        "plate",
        "case_number",
        "pseudonym",
        "vehicle",
        "name",
        "reason",
    }
)
_INSIDE_ROLES = frozenset({Role.IDENTIFIER, Role.KEY, Role.FREE_TEXT})


def write_outputs(contents: Contents, folder: Path) -> tuple[Path, ...]:
    """Write report.html, findings.json, measures.csv and findings.xlsx into a folder, and return their paths.

    Equal contents give equal bytes: nothing reads the clock, the network or the machine's fonts. All four
    are made before the first is written.

    Raises:
        ValueError: A breakdown is by something that stands for a person or vehicle; nothing is written.
        OSError: The folder cannot be written to.
    """
    _refuse_identifiers(contents)
    # Imported here: a renderer, a template engine and a spreadsheet writer cost a third of a second, which
    # every command of the package would otherwise pay.
    from answerable.report.findings_json import findings_json  # noqa: PLC0415 - slow to load, see above
    from answerable.report.measures_csv import measures_csv  # noqa: PLC0415 - slow to load, see above
    from answerable.report.page import page  # noqa: PLC0415 - slow to load, see above
    from answerable.report.workbook import workbook  # noqa: PLC0415 - slow to load, see above

    made = (
        page(contents).encode("utf-8"),
        findings_json(contents),
        measures_csv(contents),
        workbook(contents),
    )
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / name for name in OUTPUTS)
    for path, data in zip(paths, made, strict=True):
        path.write_bytes(data)
    return paths


def _refuse_identifiers(contents: Contents) -> None:
    """Hold the promise that outputs carry no stable pseudonym, whatever a measure returned."""
    fields = (field for each in contents.programmes for kind in each.kinds for field in kind.fields)
    inside = _INSIDE_ONLY | {field.name for field in fields if field.role in _INSIDE_ROLES}
    for estimate in contents.estimates.values():
        if isinstance(estimate, Estimate):
            for name in estimate.breakdowns:
                if name.lower().replace(" ", "_") in inside:
                    raise ValueError(
                        f"{estimate.measure} is broken down by {name}, which must stay inside the case"
                    )
