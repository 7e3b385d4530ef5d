"""Why forecasts and outcomes cannot be set beside each other, what is left out of a comparison, and the query's words and numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.programmes.measure import Columns, Refusal

__all__ = ["are", "left_out", "texts", "unfit"]

_NOTES = {
    "uncovered": "{} before the first or after the last outcome {} left out.",
    "late": "{} with a forecast that came late {} set apart: it may have been made with the outcome at hand.",
}


def unfit(columns: Columns) -> Refusal | None:
    """Say why forecasts and outcomes cannot be set beside each other at all."""
    if stated(columns, "series") > 1:
        return Refusal(
            reason="The forecasts are of several models, or are about several types of event.",
            ask_for="Audit the forecasts of each model and type as a case of its own.",
        )
    if stated(columns, "type_unknown"):
        return Refusal(
            reason="No outcome is of the type that the forecasts are about, as both are written.",
            ask_for="Ask which types of outcome the forecasts are about, and write both alike.",
        )
    cell = texts(columns, "what") == "cell"
    if not (cell & np.ma.filled(columns["is_judged"], False).astype(bool)).any():
        return Refusal(
            reason="No forecast that came in time stands beside an outcome of its period.",
            ask_for="Ask for outcomes of the areas and periods that were forecast, and for the time at which forecasts were issued.",
        )
    return None


def left_out(columns: Columns) -> tuple[str, ...]:
    """Say, one sentence each, what is in no number of the comparison."""
    said = []
    for name, text in _NOTES.items():
        if number := stated(columns, name):
            said.append(text.format(wording.plural(number, "period"), are(number)))
    if number := stated(columns, "areas_apart"):
        said.append(f"Outcomes of {wording.plural(number, 'area')} without a forecast are in no number here.")
    if stated(columns, "unframed"):
        said.append(
            "No file names all areas: those that neither forecasts nor outcomes name are in no number, and what is flagged is a share of the others."
        )
    if stated(columns, "unsteady"):
        said.append(
            "Periods do not follow each other in equal steps: blocks and baselines take them in their order, whatever lies between."
        )
    if number := stated(columns, "untyped"):
        said.append(f"{wording.plural(number, 'outcome')} without a type {are(number)} in no number here.")
    return tuple(said)


def are(number: int) -> str:
    """Give the verb that goes with a number of things."""
    return "is" if number == 1 else "are"


def stated(columns: Columns, column: str) -> int:
    """Give a number that every row of the query holds; 0 where there is no row."""
    return int(np.ma.filled(columns[column], 0)[0]) if len(columns[column]) else 0


def texts(columns: Columns, column: str) -> NDArray[np.str_]:
    """Give a column of the query as text, empty where a cell is NULL."""
    return np.ma.filled(columns[column], "").astype(str)
