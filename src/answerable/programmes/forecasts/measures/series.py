"""Forecasts as a series: what came late, what is missing, what overlaps, and scores that cannot be judged."""

from __future__ import annotations

from answerable.programmes.forecasts.sql import query
from answerable.programmes.measure import Measure, Query, Share

__all__ = ["MEASURES"]

_PRACTICE = "Practice of evaluations of forecasts."
_SERIES = (
    "A series is the forecasts of one model about one type; where the records name none, all are one series."
)
_VIEW = "base_forecasts"
_BY = ("model", "type", "month")

_LATE = Share(
    name="forecasts.issued_late",
    title="Forecasts issued after their period began",
    definition="Forecasts whose time of issue is after the beginning of their period, among forecasts that state both.",
    unit="share of forecasts",
    needs=("period", "issued_at"),
    sentence="Of the forecasts that state when they were issued, {figure} were issued after their period began.",
    rule="issued at a later instant than the period begins; at the same instant is not late",
    source=f"{_PRACTICE} A forecast that was made when outcomes were known is no forecast.",
    neutral="0",
    caveats=(
        "Where the time of issue is a date, a forecast issued on the first day of its period is taken as in time.",
        "Forecasts that came late are set apart: a cell is judged by the last that came in time, where there is one.",
    ),
    view=_VIEW,
    counts="is_late",
    among="is_late IS NOT NULL",
    by=_BY,
)
_NEGATIVE = Share(
    name="forecasts.negative_scores",
    title="Scores below zero",
    definition="Forecasts whose score is below zero, among forecasts with a score.",
    unit="share of forecasts",
    needs=("score",),
    sentence="Of the forecasts with a score, {figure} have one below zero.",
    rule="score < 0",
    source="A count, a rate and a probability are not below zero.",
    neutral="0",
    caveats=("A score on a scale of its own may be below zero; it is then no count, rate or probability.",),
    view=_VIEW,
    counts="score < 0",
    among="score IS NOT NULL",
    by=_BY,
)
_UNSCORED = Share(
    name="forecasts.without_score_or_flag",
    title="Forecasts with neither a score nor a flag",
    definition="Forecasts with neither a score nor a flag that says yes or no, among all forecasts.",
    unit="share of forecasts",
    needs=("score|flag",),
    sentence="{counted} hold neither a score nor a flag that says yes or no.",
    rule="the score is blank or no number, and the flag is blank or in words that no list knows",
    source=_PRACTICE,
    neutral="0",
    view=_VIEW,
    counts="score IS NULL AND is_flagged IS NULL",
    by=_BY,
)
_NO_AREA = Share(
    name="forecasts.without_area",
    title="Forecasts without an area",
    definition="Forecasts whose area is blank, among all forecasts whose area was exported and not withheld.",
    unit="share of forecasts",
    needs=("area",),
    sentence="{counted} name no area.",
    source=_PRACTICE,
    neutral="0",
    view=_VIEW,
    counts="area IS NULL",
    by=_BY,
)
_FLAG_NO_AREA = Share(
    name="forecasts.flags_without_area",
    title="Flags without an area",
    definition="Flags whose area is blank, among forecasts that flag.",
    unit="share of flags",
    needs=("area", "flag"),
    sentence="Of the forecasts that flag, {figure} do not say which area.",
    source=_PRACTICE,
    neutral="0",
    caveats=("A flag without an area is in no cell: it can be neither right nor wrong.",),
    view=_VIEW,
    counts="area IS NULL",
    among="is_flagged",
    by=_BY,
)
_CONSTANT = Query(
    name="forecasts.constant_scores",
    title="Periods in which every area has the same score",
    definition=(
        f"Periods in which two or more forecasts have a score and all have the same one, among periods with two or more scores. {_SERIES}"
    ),
    unit="share of periods",
    needs=("period", "score"),
    sentence="In {counted} every area has the same score: no area is above another.",
    rule="one distinct score among two or more in the period",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "Where all scores are equal, what is flagged follows from the order of the file and from nothing else.",
    ),
    sql=query("constant_scores"),
)
_DISAGREE = Query(
    name="forecasts.contradicting",
    title="Areas and periods with forecasts that contradict each other",
    definition=(
        "Areas and periods for which two or more forecasts of one series state different scores, or one a flag and another none, among "
        f"areas and periods that have a forecast. {_SERIES}"
    ),
    unit="share of areas and periods",
    needs=("period", "area", "score|flag"),
    sentence="For {counted} the records hold forecasts that contradict each other.",
    source=_PRACTICE,
    neutral="0",
    caveats=("The last that came in time is the one that is judged.",),
    sql=query("contradicting"),
)
_OVERLAPS = Query(
    name="forecasts.overlapping_periods",
    title="Periods that overlap the next",
    definition=f"Periods whose stated end is after the beginning of the next period of their series, among all periods. {_SERIES}",
    unit="share of periods",
    needs=("period",),
    sentence="{counted} end after the next begins: an outcome in both is counted in both.",
    rule="the end is later than the next beginning; an end at the same instant does not overlap",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "Where no end is stated, a period ends where the next begins at the latest, and cannot overlap it.",
    ),
    sql=query("overlapping_periods"),
)
_GAPS = Query(
    name="forecasts.missing_periods",
    title="Periods without a forecast",
    definition=(
        "Whole steps between one period of a series and the next beyond the commonest step, among these and the periods that have forecasts. "
        f"{_SERIES}"
    ),
    unit="share of periods",
    needs=("period",),
    sentence="{counted} from the first to the last have no forecast.",
    rule="a period of the commonest step that would have ended by the beginning of the next one that is there",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "A list of flags has no row for a period in which nothing was flagged: it is missing here as well.",
    ),
    sql=query("missing_periods"),
)
_UNSEEN = Query(
    name="forecasts.areas_without_outcomes",
    title="Areas with forecasts and no outcome",
    definition="Areas that some forecast names and in which no incident is recorded, among areas that some forecast names.",
    unit="share of areas",
    needs=("area",),
    sentence="In {counted} with forecasts no incident is recorded.",
    source="Of 661 cells of a published replication many never have an outcome; a score there can only be too high.",
    caveats=(
        "Nothing may have happened there, nothing may have been recorded, or the two files may name areas differently.",
        "A table with a row of noughts for an area records no incident in it.",
    ),
    also=("outcomes",),
    sql=query("areas_without_outcomes"),
)

MEASURES: tuple[Measure, ...] = (
    _LATE, _OVERLAPS, _GAPS, _NO_AREA, _FLAG_NO_AREA, _UNSCORED, _NEGATIVE, _CONSTANT, _DISAGREE, _UNSEEN,
)  # fmt: skip  # a list of words
"""The measures of forecasts as a series, in the order of the report."""
