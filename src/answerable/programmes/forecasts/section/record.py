"""How the records of forecasts and outcomes read in a report: what they hold, and what cannot be judged by them."""

from __future__ import annotations

from answerable.programmes.forecasts.records import KINDS
from answerable.programmes.section import Section

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="forecast-series",
        title="Forecasts and their periods",
        question="Were forecasts made before their period, for every period, and can they be judged?",
        measures=(
            "forecasts.records",
            "forecasts.issued_late",
            "forecasts.missing_periods",
            "forecasts.overlapping_periods",
            "forecasts.constant_scores",
            "forecasts.negative_scores",
            "forecasts.without_score_or_flag",
            "forecasts.without_area",
            "forecasts.flags_without_area",
            "forecasts.contradicting",
            "forecasts.areas_without_outcomes",
        ),
        notes=(
            "A forecast that came after its period began is set apart: it may have been made with the outcome at hand.",
        ),
    ),
    Section(
        id="forecast-outcomes",
        title="Outcomes that forecasts are held against",
        question="Do the outcomes say when and where, and are they of the same areas and periods?",
        measures=(
            "outcomes.records",
            "outcomes.incidents",
            "outcomes.without_time",
            "outcomes.without_area",
            "outcomes.outside_areas",
            "outcomes.in_several_areas",
            "outcomes.without_number",
            "outcomes.in_no_period",
            "outcomes.in_areas_without_forecast",
            "outcomes.alike",
            "outcomes.recoded_types",
        ),
        notes=(
            "Outcomes are what was recorded. Where the police recorded them, a forecast that sends officers to an area also changes what is "
            "recorded there: what is measured is agreement with records, not accuracy.",
        ),
    ),
    Section(
        id="forecast-areas",
        title="Areas, who lives there, and patrols",
        question="Are sizes, people, borders and patrols such that rates can be made of them?",
        measures=(
            "areas.records",
            "areas.zero_size",
            "areas.nobody_lives",
            "areas.without_margin",
            "areas.contradicting",
            "compositions.records",
            "compositions.over_whole",
            "compositions.without_margin",
            "boundaries.records",
            "boundaries.zero_size",
            "boundaries.overlapping",
            "patrols.records",
            "patrols.without_area",
            "patrols.end_before_start",
        ),
    ),
    Section(
        id="forecast-records",
        title="The records of forecasts and outcomes",
        question="What became of the rows that were given?",
        measures=tuple(
            f"{kind.plural}.{name}" for kind in KINDS for name in ("duplicates", "quarantined", "bad_cells")
        ),
        notes=(
            "In a table with a column a day, each cell is a record: what is counted here are cells.",
            "What is counted here is in no rate: it was set aside, or it is named so that a rate can be read with care.",
        ),
    ),
)
"""The questions put to the records of predictive deployment."""
