"""How reads and hits read in a report: what they gave, how often plates were misread, and how long reads are kept."""

from __future__ import annotations

from answerable.programmes.plates.points import GRAINS
from answerable.programmes.plates.titles import cost_of_retention
from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="yield",
        title="Yield",
        question="What did the reads give?",
        measures=(
            "reads.records",
            "hits.records",
            "hits.per_read",
            "hits.confirmation_recorded",
            "hits.confirmed",
            "hits.stopped",
            "hits.stopped_unconfirmed",
            "hits.useful",
            "hits.reads_per_useful_outcome",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("hits.confirmed",),
                breakdown="hotlist",
                title=sentence,
                axis="share of hits that were confirmed, by hotlist",
            ),
        ),
        notes=(
            "Cameras are places of the programme, not of anybody: what is counted by camera says nothing of who drove past it.",
        ),
    ),
    Section(
        id="misreads",
        title="Misreads",
        question="How often were plates misread?",
        measures=(
            "verifications.records",
            "verifications.misread_plates",
            "verifications.misread_characters",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("verifications.misread_plates",),
                breakdown="plate state",
                title=sentence,
                axis="share of verified reads that differ from the plate, by plate state, with 95 % intervals",
            ),
        ),
    ),
    Section(
        id="retention",
        title="Retention",
        question="How long are reads kept, and what would keeping them for less have cost?",
        measures=(
            "reads.oldest",
            "reads.older_than",
            "reads.deleted_late",
            "hits.age",
            "hits.cost_of_retention",
            "searches.cost_of_retention",
            "reads.tracking_by_retention",
        ),
        charts=(
            Chart(
                form="curve",
                measures=(
                    "hits.cost_of_retention",
                    "searches.cost_of_retention",
                    "reads.tracking_by_retention",
                ),
                breakdown="days",
                title=cost_of_retention(),
                axis=(
                    "above: share that used, or asked for, reads older than so many days; below: share of vehicles that four "
                    "of their points tell from all others, with reads kept for so many days"
                ),
            ),
        ),
        notes=(
            "The curve says what a shorter retention would have cost by the records of this case. It does not say what the reads are worth, "
            "nor what keeping them costs the people in them: the tracking power beside it is one measure of that.",
        ),
    ),
    Section(
        id="tracking",
        title="Tracking power",
        question="How identifying are the reads?",
        measures=tuple(f"reads.unicity.{grain.id}" for grain in GRAINS),
        charts=(
            Chart(
                form="curve",
                measures=("reads.unicity.camera_hour", "reads.unicity.zip_week"),
                breakdown="points",
                title=sentence,
                axis="share of vehicles with so many points that the points tell from all others",
                across="point",
                marks=(1, 2, 3, 4, 5, 6),
            ),
        ),
        notes=(
            "The number says how much these records tell of whoever is in them. Nothing here takes a vehicle, a place or a time, "
            "and no vehicle can be asked about.",
        ),
    ),
    Section(
        id="cameras",
        title="Cameras and clocks",
        question="Can the cameras and their clocks be relied on?",
        measures=(
            "reads.camera_places",
            "reads.silent_cameras",
            "reads.future",
            "hits.future",
            "reads.bad_cells",
            "hits.bad_cells",
            "searches.turned_clock",
            "reads.turned_clock",
            "hits.turned_clock",
            "reads.duplicates",
            "reads.quarantined",
            "hits.duplicates",
            "hits.quarantined",
        ),
        notes=(
            "What is counted here is in no rate: it was set aside, or it is named so that a rate can be read with care.",
        ),
    ),
)
"""The questions put to reads and hits."""
