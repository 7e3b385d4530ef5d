"""How what is published, and the logs of the system and of video, read in a report."""

from __future__ import annotations

from answerable.programmes.plates.titles import most_frequent
from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="published",
        title="Published figures",
        question="What do portals and reports state, and do the logs agree?",
        measures=(
            "portals.records",
            "portals.hits_per_read",
            "portals.retention",
            "portals.retention_beyond",
            "portals.public_audit",
            "portals.searches_in_log",
            "portals.reads_in_log",
            "portals.hits_in_log",
            "portals.bad_cells",
            "hotlists.records",
            "hotlists.confirmed",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("portals.hits_per_read",),
                breakdown="over portals",
                title=sentence,
                axis="hits per 1,000 reads, over portals that state both",
            ),
        ),
    ),
    Section(
        id="system",
        title="The system's own log",
        question="What was changed in the system?",
        measures=(
            "events.records",
            "events.deletions",
            "events.hotlist_changes",
            "events.sharing_changes",
            "events.account_changes",
            "events.user_stated",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("events.deletions",),
                breakdown="event",
                title=most_frequent("event", "The most frequent event is", "system events"),
                axis="share of system events, by kind",
            ),
        ),
    ),
    Section(
        id="video",
        title="Video",
        question="How was the video hub used?",
        measures=(
            "videos.records",
            "videos.no_purpose",
            "videos.other_organisations",
            "videos.exports",
            "videos.duration",
            "videos.bad_cells",
        ),
    ),
)
"""The questions put to what is published, to system events and to video."""
