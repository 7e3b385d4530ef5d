"""How several logs of the same searches read in a report: what each shows, and what none does."""

from __future__ import annotations

from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="logs",
        title="Completeness across logs",
        question="Do the logs show the same searches?",
        measures=(
            "searches.logs.matched",
            "searches.logs.only_one",
            "searches.logs.contradicting",
            "searches.logs.clock_shift",
            "searches.logs.false_matches",
            "searches.logs.unseen",
            "searches.logs.coverage",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("searches.logs.matched",),
                breakdown="direction",
                title=sentence,
                axis="share of one log's searches that are found in the other",
            ),
            Chart(
                form="bars",
                measures=("searches.logs.contradicting",),
                breakdown="field",
                title=sentence,
                axis="share of pairs of searches that contradict each other, among those of which the field can be compared",
            ),
        ),
        notes=(
            (
                "Each search counts in every log that holds it. Everywhere else in this report a search that several logs hold is "
                "counted once."
            ),
        ),
    ),
)
"""The questions put to several logs."""
