"""The records that predictive deployment leaves: forecasts, outcomes, areas and who lives there, borders, patrols."""

from __future__ import annotations

from answerable.intake.kinds import Field, RecordKind, Role

__all__ = ["AREA", "BOUNDARY", "COMPOSITION", "FORECAST", "KINDS", "OUTCOME", "PATROL"]


def _area(meaning: str) -> Field:
    """Make the field that names an area, as text: one domain for every kind."""
    return Field("area", Role.PLACE, meaning, "area", zero_is_blank=False, test_is_blank=False)


def _number(
    name: str, meaning: str, label: str, low: float = float("-inf"), high: float = float("inf")
) -> Field:
    return Field(name, Role.NUMBER, meaning, label, zero_is_blank=False, low=low, high=high)


def _count(name: str, meaning: str, label: str) -> Field:
    return Field(name, Role.COUNT, meaning, label, zero_is_blank=False)


_TYPE = Field(
    "type", Role.CATEGORY, "The offence or the type of call that it is about.", "type", zero_is_blank=False
)

FORECAST = RecordKind(
    name="forecast",
    plural="forecasts",
    meaning="What was forecast for one area and one period: a score, a flag, or both.",
    time="period",
    fields=(
        Field("id", Role.KEY, "The system's own number for the forecast.", "forecast ID"),
        Field("period", Role.TIME, "When the period began that the forecast is for.", "period"),
        Field("period_end", Role.TIME, "When the period ended; it does not belong to it.", "end of the period"),
        _area("The area that the forecast is for, as text."),
        _number("score", "What was forecast: a count, rate, probability or score; the higher, the more.", "score"),
        Field("flag", Role.CATEGORY, "Whether the area was flagged for the period: yes or no.", "flag", zero_is_blank=False),
        Field("issued_at", Role.TIME, "When the forecast was made or sent out.", "time of issue"),
        Field("model", Role.CATEGORY, "The system or model and its version.", "model", zero_is_blank=False),
        _TYPE,
    ),
)  # fmt: skip  # what belongs together stands together

OUTCOME = RecordKind(
    name="outcome",
    plural="outcomes",
    meaning="What was recorded afterwards: one incident, or a number of them in one area and period.",
    time="occurred_at",
    named_by=("id",),  # two burglaries on one day in one area are two outcomes
    fields=(
        Field("id", Role.KEY, "The system's own number for the outcome.", "outcome ID"),
        Field("occurred_at", Role.TIME, "When it happened, as recorded; of a count, when its period began.", "time"),
        _area("The area in which it was recorded, as text."),
        _number("latitude", "How far north it was recorded, in degrees.", "latitude", low=-90, high=90),
        _number("longitude", "How far east it was recorded, in degrees.", "longitude", low=-180, high=180),
        _number("x", "How far east it was recorded, in metres of a map's projection.", "easting"),
        _number("y", "How far north it was recorded, in metres of a map's projection.", "northing"),
        _count("number", "How many incidents the record stands for; where it says nothing, one.", "number of incidents"),
        _TYPE,
        Field(
            "recorded_how", Role.CATEGORY, "How it came to be recorded: reported by the public, found by police ...",
            "how it was recorded",
        ),
    ),
)  # fmt: skip  # what belongs together stands together

AREA = RecordKind(
    name="area",
    plural="areas",
    meaning="One area that forecasts are made for: its size, how many live there, and where it lies.",
    fields=(
        _area("The area, as text."),
        _number("size_km2", "Its size in square kilometres.", "size"),
        _count("population", "How many people live there.", "population"),
        _number("population_margin", "The margin of error of the population at 90 %, as the census states it.", "margin of error of the population", low=0),
        _count("households", "How many households there are.", "households"),
        _number("grid_row", "Its row in a grid of areas; the first is drawn at the top.", "row of the grid"),
        _number(
            "grid_column",
            "Its column in a grid of areas; the first is drawn on the left.",
            "column of the grid",
        ),
        _number("latitude", "How far north its middle lies, in degrees.", "latitude", low=-90, high=90),
        _number("longitude", "How far east its middle lies, in degrees.", "longitude", low=-180, high=180),
    ),
)  # fmt: skip  # what belongs together stands together

COMPOSITION = RecordKind(
    name="share of a population",
    plural="compositions",
    words="shares of populations",
    meaning="How many people of one group live in one area, or what share of its people they are, as a census states it.",
    fields=(
        _area("The area, as text."),
        Field(
            "population_group",
            Role.CATEGORY,
            "The group, as the census calls it.",
            "group",
            zero_is_blank=False,
        ),
        _count("people", "How many people of the group live in the area.", "people of the group"),
        _number(
            "share",
            "The group's share of the area's people, from 0 to 1 or in per cent.",
            "share of the group",
            low=0,
        ),
        _number("margin", "The margin of error at 90 %, as the census states it.", "margin of error", low=0),
        Field("margin_of", Role.CATEGORY, "What the margin is of: people or share.", "what the margin is of"),
    ),
)

BOUNDARY = RecordKind(
    name="boundary corner",
    plural="boundaries",
    words="boundary corners",
    meaning="One corner of an area's border: rings are closed, and the first of a polygon is its outer one.",
    fields=(
        _area("The area, as text."),
        _count("polygon", "Which polygon of the file, from 1.", "polygon"),
        _count("ring", "Which ring of the polygon, from 1; those after the first are holes.", "ring"),
        _count("vertex", "Which corner of the ring, from 1; the last is the first again.", "corner"),
        _number("x", "The corner's longitude in degrees, or its easting in metres.", "x"),
        _number("y", "The corner's latitude in degrees, or its northing in metres.", "y"),
        Field("coordinates", Role.CATEGORY, "longitude/latitude or metres.", "system of coordinates"),
    ),
)

PATROL = RecordKind(
    name="patrol",
    plural="patrols",
    meaning="Officers who were sent to one area for some time.",
    time="started_at",
    named_by=("id",),
    fields=(
        Field("id", Role.KEY, "The system's own number for the patrol.", "patrol ID"),
        Field("started_at", Role.TIME, "When it began.", "start"),
        Field("ended_at", Role.TIME, "When it ended.", "end"),
        _area("The area that it was sent to, as text."),
        _number("hours", "How many hours it lasted.", "hours", low=0),
        _count("officers", "How many officers there were.", "officers"),
        Field(
            "sent_for",
            Role.CATEGORY,
            "Why it was sent: a forecast, a call, routine ...",
            "reason of the patrol",
        ),
    ),
)

KINDS = (FORECAST, OUTCOME, AREA, COMPOSITION, BOUNDARY, PATROL)
"""Every record kind of predictive deployment."""
