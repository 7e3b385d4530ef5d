"""Face recognition: comparison scores, candidate lists, requests and decisions, live deployments.

Nothing here takes a face or says whose it is: what is read are scores, lists and logs, and what comes out are rates.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answerable.programmes.faces.measures import MEASURES
from answerable.programmes.faces.plain import PLAIN
from answerable.programmes.faces.records import KINDS
from answerable.programmes.faces.section import SECTIONS
from answerable.programmes.faces.views import VIEWS
from answerable.programmes.programme import Programme

__all__ = ["PROGRAMME"]


def _simulate(
    folder: Path, *, rows: int, seed: int, layout: str, faults: bool, whole: bool
) -> Mapping[str, Any]:
    from answerable.programmes.faces.simulate import simulate  # noqa: PLC0415 - an audit needs none of it

    return simulate(folder, rows=rows, seed=seed, layout=layout, faults=faults, whole=whole)


PROGRAMME = Programme(
    name="faces",
    title="Face recognition",
    kinds=KINDS,
    layouts=Path(__file__).with_name("layouts"),
    measures=MEASURES,
    sections=SECTIONS,
    views=VIEWS,
    stated={
        "What is mated": "as the file says; where it does not say, two samples of one subject are",
        "What an outcome says": "by its words, in lower case with single spaces",
    },
    simulate=_simulate,
    forms=Path(__file__).with_name("forms"),
    plain=PLAIN,
)
