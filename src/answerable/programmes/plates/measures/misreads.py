"""Misreads, from a sample of reads that a person held against the picture: rates with intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping

from answerable.estimate import Interval, Part
from answerable.intervals import clopper_pearson, clustered
from answerable.programmes.measure import Computation, Computed, Measure, Refusal
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES", "characters", "plates"]

_LEVEL = 0.95
_SAMPLE = (
    "The interval holds for a sample that was drawn at random from the reads; how it was drawn is not in the file.",
    "The person who verified is taken to be right.",
)
_NONE = Refusal(
    "The sample holds no read with a plate to compare.",
    "Add a verified sample: the plate as read beside the plate as verified.",
)


def plates(
    headline: Part | None, breakdowns: Mapping[str, tuple[Part, ...]], _parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Give each share of misread plates its exact interval (Clopper and Pearson, 1934): a sample is small."""
    if headline is None or not headline.denominator:
        return _NONE
    return Computation(
        value=_ratio(headline),
        numerator=headline.numerator,
        denominator=headline.denominator,
        interval=clopper_pearson(int(headline.numerator or 0), int(headline.denominator), _LEVEL),
        method="a sample; exact binomial interval",
        breakdowns={name: tuple(_exact(part) for part in parts) for name, parts in breakdowns.items()},
    )


def _exact(part: Part) -> Part:
    found = clopper_pearson(int(part.numerator or 0), int(part.denominator or 0), _LEVEL)
    return Part(part.label, _ratio(part), part.numerator, part.denominator, found)


def _ratio(part: Part) -> float:
    return (part.numerator or 0) / (part.denominator or math.nan)


def characters(
    headline: Part | None, breakdowns: Mapping[str, tuple[Part, ...]], _parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Give each share of wrong characters an interval that knows that characters of one plate err together.

    A part's value is, on the way in, the variance of its ratio, and the breakdown ``plates by ...`` counts its plates.
    """
    if headline is None or not headline.denominator:
        return _NONE
    clusters = {
        name: {part.label: part.numerator or 0 for part in parts} for name, parts in breakdowns.items()
    }
    own = {name: parts for name, parts in breakdowns.items() if not name.startswith("plates by ")}
    counted = clusters["plates by all"][headline.label]
    return Computation(
        value=_ratio(headline),
        numerator=headline.numerator,
        denominator=headline.denominator,
        interval=_clustered(headline, counted),
        method="a sample of plates",
        breakdowns={
            name: tuple(
                Part(
                    part.label,
                    _ratio(part),
                    part.numerator,
                    part.denominator,
                    _clustered(part, clusters[f"plates by {name}"][part.label]),
                )
                for part in parts
            )
            for name, parts in own.items()
        },
    )


def _clustered(part: Part, plates_of: float) -> Interval:
    return clustered(part.numerator or 0, part.denominator or 0, part.value, int(plates_of), _LEVEL)


_PLATES = Computed(
    name="verifications.misread_plates",
    title="Plates misread",
    definition=(
        "Reads that differ from the plate in at least one character, among reads of the sample that a person verified. Letters in either "
        "case are one, and spaces and hyphens do not count. By plate state, hour and camera."
    ),
    unit="share of verified reads",
    needs=("comparison",),
    sentence="Of the reads that a person verified, {figure} differ from the plate.",
    rule="one wrong, missing or added character or more",
    source="Exact interval: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934).",
    neutral="0",
    caveats=(*_SAMPLE, "Hours are local where the zone is known, else as the export writes them."),
    sql=query("misreads"),
    finish=plates,
)

_CHARACTERS = Computed(
    name="verifications.misread_characters",
    title="Characters misread",
    definition=(
        "The least number of characters to change, add or take out to make each read the plate, among the characters of the plates as "
        "verified. By plate state, hour and camera."
    ),
    unit="share of characters",
    needs=("comparison",),
    sentence="Of the characters of the plates that a person verified, {figure} were misread.",
    rule="edit distance, every step counting as one character",
    source="Edit distance: V. I. Levenshtein, Soviet Physics Doklady 10 (1966). Interval: Korn and Graubard (1998).",
    neutral="0",
    caveats=_SAMPLE,
    sql=query("misread_characters"),
    finish=characters,
)

MEASURES: tuple[Measure, ...] = (_PLATES, _CHARACTERS)
"""The measures of misreads."""
