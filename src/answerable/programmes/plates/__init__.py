"""Licence-plate readers: the searches that were made in them, their reads and hits, and who shares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.plates.measures import MEASURES
from answerable.programmes.plates.records import KINDS
from answerable.programmes.plates.section import SECTIONS
from answerable.programmes.plates.views import VIEWS
from answerable.programmes.programme import Programme

__all__ = ["PROGRAMME"]


def _simulate(
    folder: Path, *, rows: int, seed: int, layout: str, faults: bool, whole: bool
) -> Mapping[str, Any]:
    """Write a synthetic town's search logs; with faults they overlap, repeat and withhold as released logs do.

    The whole of a programme is a county's, with one search for ten reads.
    """
    from answerable.programmes.plates.simulate import (  # noqa: PLC0415 - an audit needs none of it
        County,
        Town,
        write_programme,
        write_town,
    )

    data: dict[str, Any]
    if whole:
        county = County(reads=rows, seed=seed, searches=max(rows // 10, 200), faults=faults)
        data = msgspec.to_builtins(write_programme(county, folder))
        return data
    town = Town(rows=rows, seed=seed)
    if faults:
        marred = {"reason": 0.003, "plate": 0.01, "case_number": 0.02}
        town = replace(
            town,
            faults=True,
            overlap=rows // 250,
            duplicate=0.004,
            gap_days=2,
            withheld=tuple(marred.items()),
        )
    truth = write_town(town, folder, layout=layout)
    data = msgspec.to_builtins(truth)
    return data


PROGRAMME = Programme(
    name="plates",
    title="Licence-plate readers",
    kinds=KINDS,
    layouts=Path(__file__).with_name("layouts"),
    measures=MEASURES,
    sections=SECTIONS,
    views=VIEWS,
    stated={
        "Word lists": f"version {LEXICON.version}, SHA-256 {LEXICON.sha256}",
        "How a reason is read": (
            "in lower case, with every run of spaces, plus signs and underscores as one space; the words of a list are "
            "whole words"
        ),
    },
    simulate=_simulate,
    forms=Path(__file__).with_name("forms"),
    plain=LEXICON.plain,
)
