"""Licence-plate readers: for now, the searches that were made in them."""

from __future__ import annotations

from pathlib import Path

from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.plates.measures import MEASURES
from answerable.programmes.plates.records import KINDS
from answerable.programmes.plates.section import SECTIONS
from answerable.programmes.plates.views import VIEWS
from answerable.programmes.programme import Programme

__all__ = ["PROGRAMME"]

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
)
