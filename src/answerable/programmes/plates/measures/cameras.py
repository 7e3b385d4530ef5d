"""Whether the cameras and clocks behind reads and hits can be relied on: what must not end in a rate."""

from __future__ import annotations

from answerable.intake.kinds import RecordKind
from answerable.programmes.measure import Measure, Parameter, Query
from answerable.programmes.plates.records import HIT, READ
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_OWN = "Answerable's own definition: what a record must be sound in before a rate is made of it."

_PLACES = Query(
    name="reads.camera_places",
    title="Cameras at more than one place",
    definition=(
        "Cameras whose reads state two or more coordinates, addresses or ZIP codes, among cameras whose reads state any. Two "
        "cameras under one name look like one that moved."
    ),
    unit="share of cameras",
    needs=("camera", "latitude|address|zip"),
    sentence="{counted} stand at more than one place by their own reads.",
    rule="two distinct coordinates to 0.0001 degree, two addresses or two ZIP codes, as written",
    source=_OWN,
    neutral="0",
    caveats=("A camera on a vehicle or a trailer does move.",),
    sql=query("camera_places"),
)

_SILENT = Query(
    name="reads.silent_cameras",
    title="Cameras without a read for {days} days",
    definition=(
        "Cameras that have no read at all, or none over {days} successive days between the first and the last day of the reads, among cameras "
        "that a read, a hit or a verified read of the case names."
    ),
    unit="share of cameras",
    needs=("camera", "read_at"),
    sentence="{counted} have no read over {days} days or more.",
    rule="{days} calendar days or more between two reads, or before the first or after the last",
    source=_OWN,
    neutral="0",
    parameters={
        "days": Parameter(7, "days", "How many successive days without a read are counted.", 1, 3_650)
    },
    caveats=(
        "A camera that was put up late, taken down or moved is silent before or after.",
        "A camera that no record of the case names is not seen at all.",
    ),
    sql=query("silent_cameras"),
)


def _future(kind: RecordKind) -> Query:
    return Query(
        name=f"{kind.plural}.future",
        title=f"{kind.plural[0].upper()}{kind.plural[1:]} dated after the audit",
        definition=f"{kind.plural[0].upper()}{kind.plural[1:]} whose date is later than the date of the audit, among {kind.plural} that have one. They are in no rate.",
        unit=f"share of {kind.plural}",
        needs=(kind.time,),
        dated=True,
        sentence="{counted} are dated after the audit, and are in no rate.",
        rule="a later calendar day, by the clock of the records",
        source=_OWN,
        neutral="0",
        caveats=("A camera whose clock is wrong may also be wrong where it does not show.",),
        sql=query("future", kind=kind.plural, time=kind.time),
    )


MEASURES: tuple[Measure, ...] = (_PLACES, _SILENT, _future(READ), _future(HIT))
"""The measures of cameras and clocks."""
